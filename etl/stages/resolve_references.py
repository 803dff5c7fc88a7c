"""Stage 5: which goal, partner, measure or funding a text names.

Exact first (own id, title, short name, without legal form), then a code at the beginning ("S2: Kurs mit B1"), then
similarity of at least 0.9 for names of eight letters or more, told as similar. Anything less stays the text it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz, process

from etl.vocabulary import normalise

_LEGAL_FORMS = re.compile(r"\b(e ?v|ggmbh|gmbh|gemeinnuetzige?|eg|ag|kg|ug|stiftung buergerlichen rechts|koer|kdoer)\b")
#: A legal form contains one of these.
_WORDS_OF_LEGAL_FORMS = frozenset(
    ("e", "ev", "ggmbh", "gmbh", "gemeinnuetzig", "gemeinnuetzige", "eg", "ag", "kg", "ug", "stiftung", "koer", "kdoer")
)
_CODE = re.compile(r"^[A-ZÄÖÜ]{1,4}[-. ]?\d{1,3}(?:[.\-]\d{1,3})*[a-z]?\b|^\d{1,2}(?:\.\d{1,2})+\b")
SIMILAR = 90


@dataclass(frozen=True, slots=True)
class Resolved:
    """``how`` is known or similar."""

    key: str
    how: str


@dataclass
class Names:
    """The names by which records of one kind are known. A name that two records share names neither."""

    by_name: dict[str, str | None] = field(default_factory=dict)

    def add(self, key: str, *texts: str | None) -> None:
        for text in texts:
            name = bare(text) if text else ""
            if not name:
                continue
            if self.by_name.get(name, key) == key:
                self.by_name[name] = key
            else:
                self.by_name[name] = None

    def copy(self) -> Names:
        return Names(dict(self.by_name))


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """A name without spelling and legal form: ``"Volkshochschule Lindenmark e. V." -> "volkshochschule
    lindenmark"``.
    """
    normal = normalise(text)
    if _WORDS_OF_LEGAL_FORMS.isdisjoint(normal.split(" ")):
        return normal
    return re.sub(r" +", " ", _LEGAL_FORMS.sub("", normal)).strip() or normal


def resolve_references(texts: Iterable[str], names: Names) -> dict[str, Resolved]:
    """What each text names; texts that name nothing we know are left out."""
    found: dict[str, Resolved] = {}
    for text in texts:
        resolved = _resolve(text, names)
        if resolved is not None:
            found[text] = resolved
    return found


def _resolve(text: str, names: Names) -> Resolved | None:
    name = bare(text)
    key = names.by_name.get(name)
    if key is not None:
        return Resolved(key, "known")
    code = _CODE.match(text.strip())
    if code:
        key = names.by_name.get(bare(code.group()))
        if key is not None:
            return Resolved(key, "known")
    if len(name) < 8:
        return None
    best = process.extractOne(name, names.by_name.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR)
    key = names.by_name[best[0]] if best else None
    return Resolved(key, "similar") if key is not None else None
