"""Words in the names of organisations and programmes: legal forms, abbreviations, levels of a federation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from etl.settings import data_folder
from etl.vocabulary.loader import rows_of
from etl.vocabulary.normalise import normalise


@dataclass(frozen=True, eq=False)
class NameWords:
    """All normalised. ``legal`` and ``numbers`` are patterns; ``legal_words`` are the last words of the legal forms.

    ``meanings``: phrase -> what it stands for. ``levels``: two of them make two partners. ``one``: the words of kinds
    of organisation that a network has one of.
    """

    legal: re.Pattern[str]
    legal_words: frozenset[str]
    numbers: re.Pattern[str]
    meanings: dict[str, str]
    levels: frozenset[str]
    fill: frozenset[str]
    one: frozenset[frozenset[str]]


@lru_cache(maxsize=4)
def load_names(folder: Path | None = None) -> NameWords:
    """``names.csv`` in ``folder`` (default: the project's own vocabulary)."""
    by_role: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows_of((folder or data_folder() / "vocabulary") / "names.csv"):
        by_role[row["role"]].append((normalise(row["word"]), normalise(row["means"])))
    words = {role: [word for word, _ in found] for role, found in by_role.items()}
    fill = frozenset(words["fill"])
    return NameWords(
        legal=re.compile(rf"(?<=\w )(?:{_any_of(words['legal'])})\b"),
        legal_words=frozenset(phrase.split(" ")[-1] for phrase in words["legal"]),
        numbers=re.compile(rf"^(?:{_any_of(words['number'])})\s+(?=\w)"),
        meanings=dict(by_role["means"]),
        levels=frozenset(words["level"]),
        fill=fill,
        one=frozenset(frozenset(phrase.split(" ")) - fill for phrase in words["one"]),
    )


def _any_of(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
