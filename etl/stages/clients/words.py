"""The words of ``client_data.csv`` and ``client_texts.csv``: what a label says about the people in a list."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary import load_vocabulary, normalise

#: No label is longer.
_LONGEST = 60
_SENTENCE = re.compile(r"\s*(?:\S+\s+){4,}\S+[.!]\s*")
_NO_ROLES: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def roles_of(text: str) -> frozenset[str]:
    """What a label speaks of: the roles of ``client_data.csv``, and ``subject`` where it heads the things a list of
    ours is about (measures, goals, grants)."""
    name = normalise(text) if len(text) <= _LONGEST and not _SENTENCE.fullmatch(text) else ""
    if not name or not (name in _subjects() or _likely(name)):
        return _NO_ROLES
    found = {role for role, pattern in _patterns().items() if pattern.fullmatch(name)}
    if name in _subjects() and not found & {"person", "client", "maybe_client"}:
        found.add("subject")
    return frozenset(found) if found else _NO_ROLES


@lru_cache(maxsize=1)
def _words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(role, its words cut at the stars)."""
    rows = _rows("client_data.csv")
    return tuple((row["role"], tuple(normalise(part) for part in row["words"].split("*"))) for row in rows)


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    found = defaultdict(list)
    for role, parts in _words():
        found[role].append(".*".join(map(re.escape, parts)))
    return {role: re.compile("|".join(patterns)) for role, patterns in found.items()}


@lru_cache(maxsize=1)
def _beginnings() -> tuple[str, ...]:
    return tuple({parts[0] for _, parts in _words() if parts[0]})


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """A piece of each word that may begin anyhow."""
    return re.compile("|".join({re.escape(parts[1]) for _, parts in _words() if not parts[0]}))


def _likely(name: str) -> bool:
    """Whether the patterns are worth asking: most texts of a sheet are none of ours."""
    return name.startswith(_beginnings()) or bool(_elsewhere().search(name))


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    """Headings of the field that names a record of ours."""
    vocabulary = load_vocabulary()
    naming = {f"{entity}.{name}" for entity in vocabulary.entities for name in ("title", "text", "programme")}
    found = (vocabulary.headings[entity].items() for entity in vocabulary.entities)
    return frozenset(heading for items in found for heading, fields in items if fields[0] in naming)


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Given names that are common here, in lower case."""
    return frozenset(row["name"].casefold() for row in _rows("first_names.csv"))


@lru_cache(maxsize=1)
def text_patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    """A piece that every match contains -> patterns of free text about one client."""
    found: dict[str, list[re.Pattern[str]]] = defaultdict(list)
    for row in _rows("client_texts.csv"):
        found[row["trigger"]].append(re.compile(row["pattern"]))
    return {trigger: tuple(patterns) for trigger, patterns in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "vocabulary" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
