"""A heading taken apart: its words, and the unit, year and "per year" that it carries along.

``"Kosten 2026 (TEUR)"`` -> base ``"kosten"``, unit ``"TEUR"``, year 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.vocabulary import normalise

#: Spellings of units -> the unit handed on. Money factors keep their own name, plain euros are "€".
UNITS: dict[str, str] = {
    "€": "€",
    "eur": "€",
    "euro": "€",
    "teur": "TEUR",
    "t€": "TEUR",
    "t €": "TEUR",
    "k€": "TEUR",
    "keur": "TEUR",
    "tsd €": "TEUR",
    "tsd eur": "TEUR",
    "tsd euro": "TEUR",
    "tausend €": "TEUR",
    "tausend eur": "TEUR",
    "tausend euro": "TEUR",
    "thousand euros": "TEUR",
    "mio €": "Mio. €",
    "mio eur": "Mio. €",
    "mio euro": "Mio. €",
    "million euros": "Mio. €",
    "%": "%",
    "prozent": "%",
    "percent": "%",
    "v h": "%",
    "vzae": "VZÄ",
    "fte": "VZÄ",
    "std": "h",
    "stunden": "h",
    "hours": "h",
    "monate": "Monate",
    "monaten": "Monate",
    "months": "Monate",
}
_PER = {
    "p a": "year",
    "pa": "year",
    "pro jahr": "year",
    "je jahr": "year",
    "im jahr": "year",
    "im monat": "month",
    "jaehrlich": "year",
    "per year": "year",
    "annually": "year",
    "pro monat": "month",
    "je monat": "month",
    "monatlich": "month",
    "mtl": "month",
    "per month": "month",
    "monthly": "month",
}
_units_longest_first = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_UNIT_AT_END = re.compile(rf"(?:^|\s)(?:in\s+|i\s+)?({_units_longest_first})$")
_PER_AT_END = re.compile(rf"(?:^|\s)({'|'.join(sorted(_PER, key=len, reverse=True))})$")
_YEAR = re.compile(
    r"(?:\b(?:\d{1,2}|i{1,3}|iv|q[1-4]|[12]\s?hj|[12]\s?halbjahr|quartal)\s+){0,2}\b((?:19|20)\d\d)\b(?!\s+\d)"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_SEPARATORS = re.compile(r"\s*(?:/|\||;|,|\n|\bbzw\.?|\boder\b|\bund\b|&|\+)\s*")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-z]\))\s+(?=\D)")
_WRAPPED = re.compile(r'^="(.*)"$', re.DOTALL)


@dataclass(frozen=True, slots=True)
class HeadingParts:
    """``whole`` is the normalised text; ``base`` the same without unit, year, period, numbering and bracketed remark;
    ``pieces`` the normalised parts around slashes, commas and line breaks (empty where there is only one)."""

    whole: str
    base: str
    unit: str | None
    year: int | None
    per: str | None
    pieces: tuple[str, ...]


@lru_cache(maxsize=10_000)
def heading_parts(text: str) -> HeadingParts:
    wrapped = _WRAPPED.match(text.strip())
    text = wrapped.group(1) if wrapped else text
    whole = normalise(text)
    plain = _NUMBERING.sub("", text)
    remarks = [normalise(remark) for remark in _BRACKETS.findall(plain)]
    outside = _BRACKETS.sub(" ", plain)
    base, unit, year, per = _strip_marks(normalise(outside) or whole)
    for remark in remarks:
        rest, remark_unit, remark_year, remark_per = _strip_marks(remark)
        if not rest:
            unit, year, per = unit or remark_unit, year or remark_year, per or remark_per
    pieces = tuple(piece for piece in (_strip_marks(normalise(p))[0] for p in _SEPARATORS.split(outside)) if piece)
    return HeadingParts(whole, base, unit, year, per, pieces if len(pieces) > 1 else ())


def _strip_marks(words: str) -> tuple[str, str | None, int | None, str | None]:
    """Takes year, unit and period off normalised ``words``, in whatever order they stand at the end."""
    unit = per = None
    year = None
    years = _YEAR.findall(words)
    if len(years) == 1 and len(re.findall(r"\b(?:19|20)\d\d\b", words)) == 1:
        year = int(years[0])
        words = _YEAR.sub(" ", words).strip()
        words = re.sub(r"\s+", " ", words)
    for _ in range(3):
        if per is None and (found := _PER_AT_END.search(words)):
            per, words = _PER[found.group(1)], words[: found.start()].strip()
        elif unit is None and (found := _UNIT_AT_END.search(words)):
            unit, words = UNITS[found.group(1)], words[: found.start()].strip()
        else:
            break
    return words, unit, year, per


def series_key(text: str) -> str:
    """A heading without what changes from one delivery to the next: ``"Sachstand 06/2026" -> "sachstand"``."""
    parts = heading_parts(text)
    return parts.base if parts.year else parts.whole
