"""Reads ``data/vocabulary/*.csv``, files that a coordinator can open and extend in a spreadsheet program."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from etl.settings import data_folder
from etl.vocabulary.normalise import normalise


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the vocabulary.

    ``name`` is entity and field (``"goal.indicator"``); ``kind`` is the kind of record it is exported with
    (``"indicator"``); ``type`` says how its cells are read: text, id, date, date_end, period, amount, count, number,
    percent, code, codes, bool, reference, references, contact, postcode, milestone; ``values`` is the domain of a coded
    field or the kind a reference points to.
    """

    name: str
    kind: str
    type: str
    values: str
    #: The two halves of ``name``, asked for in every column of every list.
    entity: str = field(init=False, compare=False, repr=False)
    short: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        entity, _, short = self.name.partition(".")
        object.__setattr__(self, "entity", entity)
        object.__setattr__(self, "short", short)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words, already normalised where they are compared. Two are equal when they have the same ``version``.

    ``headings``: entity -> normalised heading -> field names (the first is the likelier one).
    ``words``: domain -> normalised word -> code; ``raw_words``: domain -> word as written -> code (for words that
    are only signs).
    ``sheets``: normalised sheet name -> kind or "ignore".  ``set_aside``: reason -> normalised beginnings.
    ``others``: normalised headings of columns that are no business of the network's: kept, never guessed.
    ``turns``: (word in a heading, field the heading is like) -> the field it is then.
    ``cousins``: field -> fields of other kinds that people head with the same words.
    ``ambiguous``: normalised heading -> field names across entities.  ``colours``: hex -> traffic light code.
    ``version``: changes when any of the files changes (part of cache keys and of a delivery's record).
    """

    fields: dict[str, Field]
    headings: dict[str, dict[str, tuple[str, ...]]]
    words: dict[str, dict[str, str]]
    raw_words: dict[str, dict[str, str]]
    sheets: dict[str, str]
    set_aside: dict[str, tuple[str, ...]]
    others: frozenset[str]
    cousins: dict[str, tuple[str, ...]]
    turns: dict[tuple[str, str], str]
    ambiguous: dict[str, tuple[str, ...]]
    colours: dict[str, str]
    version: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    @property
    def entities(self) -> tuple[str, ...]:
        return tuple(self.headings)

    def codes(self, domain: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.raw_words[domain].values()))


@lru_cache(maxsize=4)
def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The vocabulary in ``folder`` (default: the project's own). Raises FileNotFoundError where a file is missing."""
    folder = folder or data_folder() / "vocabulary"
    tables = {
        name: rows_of(folder / f"{name}.csv")
        for name in (
            "fields",
            "headings",
            "values",
            "sheets",
            "set_aside",
            "ambiguous",
            "colours",
            "other_columns",
            "cousins",
            "turns",
        )
    }
    fields = {row["field"]: Field(row["field"], row["kind"], row["type"], row["values"]) for row in tables["fields"]}
    headings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in tables["headings"]:
        fitting = headings[fields[row["field"]].entity][normalise(row["heading"])]
        if row["field"] not in fitting:
            fitting.append(row["field"])
    words: dict[str, dict[str, str]] = defaultdict(dict)
    raw_words: dict[str, dict[str, str]] = defaultdict(dict)
    for row in tables["values"]:
        raw_words[row["domain"]].setdefault(row["word"], row["code"])
        if normalise(row["word"]):
            words[row["domain"]].setdefault(normalise(row["word"]), row["code"])
    set_aside: dict[str, list[str]] = defaultdict(list)
    for row in tables["set_aside"]:
        set_aside[row["reason"]].append(normalise(row["text"]) or row["text"])
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.csv")))).hexdigest()[:12]
    return Vocabulary(
        fields=fields,
        headings={entity: {h: tuple(f) for h, f in found.items()} for entity, found in headings.items()},
        words=dict(words),
        raw_words=dict(raw_words),
        sheets={normalise(row["name"]): row["kind"] for row in tables["sheets"]},
        set_aside={reason: tuple(texts) for reason, texts in set_aside.items()},
        others=frozenset(normalise(row["heading"]) for row in tables["other_columns"]),
        turns={(normalise(row["word"]), row["field"]): row["instead"] for row in tables["turns"]},
        cousins=_cousins([row["fields"].split() for row in tables["cousins"]]),
        ambiguous={row["heading"]: tuple(row["fields"].split()) for row in tables["ambiguous"]},
        colours={row["hex"]: row["code"] for row in tables["colours"]},
        version=digest,
    )


def _cousins(groups: list[list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(other for other in group if other != name) for group in groups for name in group}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
