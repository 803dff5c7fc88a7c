"""The words of ``client_data.csv`` and ``client_texts.csv``: what a label says about the people in a list."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import lru_cache

from etl.settings import data_folder
from etl.vocabulary import normalise

#: No label is longer.
_LONGEST = 60
_NO_ROLES: frozenset[str] = frozenset()


@lru_cache(maxsize=10_000)
def roles_of(text: str) -> frozenset[str]:
    """What a label speaks of: person, client, initials, birth, birth_year, number, customer, residence, origin, trait,
    organisation, offer, list."""
    name = normalise(text) if len(text) <= _LONGEST else ""
    if not name:
        return _NO_ROLES
    found = {role for role, pattern in _patterns().items() if pattern.fullmatch(name)}
    return frozenset(found) if found else _NO_ROLES


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words = defaultdict(list)
    for row in _rows("client_data.csv"):
        parts = [re.escape(normalise(part)) for part in row["words"].split("*")]
        words[row["role"]].append(".*".join(parts))
    return {role: re.compile("|".join(found)) for role, found in words.items()}


@lru_cache(maxsize=1)
def text_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(a piece every match contains, pattern) of free text about one client."""
    return tuple((row["trigger"], re.compile(row["pattern"])) for row in _rows("client_texts.csv"))


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "vocabulary" / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))
