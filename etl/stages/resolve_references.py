"""Stage 5: which goal, partner, measure or funding a text names.

Exact first (own id, title, short name, without legal form), then a code at the beginning ("S2: Kurs mit B1"), then
similarity of at least 0.9 for names of eight letters or more, told as similar. Anything less stays the text it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz, process

from etl.vocabulary import normalise

_LEGAL_FORMS = re.compile(r"\b(e ?v|ggmbh|gmbh|gemeinnuetzige?|eg|ag|kg|ug|stiftung buergerlichen rechts|koer|kdoer)\b")
#: A legal form contains one of these.
_WORDS_OF_LEGAL_FORMS = frozenset(
    ("e", "ev", "ggmbh", "gmbh", "gemeinnuetzig", "gemeinnuetzige", "eg", "ag", "kg", "ug", "stiftung", "koer", "kdoer")
)
_CODE = re.compile(r"^[A-ZÄÖÜ]{1,4}[-. ]?\d{1,3}(?:[.\-]\d{1,3})*[a-z]?\b|^\d{1,2}(?:\.\d{1,2})+\b")
SIMILAR = 90
MOST_COMPARED = 5_000


@dataclass(frozen=True, slots=True)
class Resolved:
    """``how`` is known or similar."""

    key: str
    how: str


@dataclass
class Names:
    """The names by which records of one kind are known. A name that two records share names neither."""

    by_name: dict[str, str | None] = field(default_factory=dict)
    #: The first so many names are those this was copied from, for which all copies share what was compared.
    _copied: int = 0
    _compared: dict[str, tuple[int, str | None, float]] = field(default_factory=dict)

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
        """The same names, to add some of one's own."""
        return Names(dict(self.by_name), len(self.by_name), self._compared)

    def likest(self, name: str) -> str | None:
        """The known name most like ``name``, if it is at least ``SIMILAR``. Compares no two names twice."""
        compared, best, score = self._compared.get(name, (0, None, 0.0))
        if compared > self._copied:  # by a copy with more names
            compared, best, score = 0, None, 0.0
        best, score = _better(name, islice(self.by_name, compared, self._copied), best, score)
        if len(self._compared) >= MOST_COMPARED:
            self._compared.clear()
        self._compared[name] = self._copied, best, score
        return _better(name, islice(self.by_name, self._copied, None), best, score)[0]


def _better(name: str, others: Iterable[str], best: str | None, score: float) -> tuple[str | None, float]:
    found = process.extractOne(name, list(others), scorer=fuzz.ratio, score_cutoff=SIMILAR)
    return (found[0], found[1]) if found and found[1] > score else (best, score)


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
    best = names.likest(name)
    key = names.by_name[best] if best else None
    return Resolved(key, "similar") if key is not None else None
