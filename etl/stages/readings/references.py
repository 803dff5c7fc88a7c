"""Names of other records in one cell, taken apart where it is certain that they are several."""

from __future__ import annotations

import re
from collections.abc import Container

from etl.stages.readings.reading import BLANKS

_LINES = re.compile(r"\s*[;\n\u2022|]+\s*|\s+/\s+")
_BULLET = re.compile(r"^(?:[-*\u2022\u2013·]\s+|\d{1,2}\)\s*)")
_COMMA = re.compile(r"\s*,\s*")
_AND = re.compile(r"\s+(?:und|sowie|and|&)\s+")
_PLUS = re.compile(r"\s+\+\s+")
#: An own number: ``S2``, ``B1``, ``1.2``, ``M-04``, ``HF1``.
_TOKEN = re.compile(r"(?=[^\s]*\d)[^\W_]{0,4}[-. ]?\d{1,4}(?:[.\-]\d{1,3}){0,3}[a-z]?\.?|[A-ZÄÖÜ]{1,3}", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-ZÄÖÜ]{2,6}|[A-Z][A-Za-z]*[A-Z]+")
#: Words that only the name of one organisation ends with: on both sides of an "und" they are two.
_CLEARLY_ONE = re.compile(
    r"\w(?:verein|verband|stelle|büro|ring|amt|kreis|stiftung|kasse|schule|werk|zentrum|center)\b"
)
_OFFICE_FOR = re.compile(r"\b(?:für|for|of|des|der)\b", re.IGNORECASE)


def split_names(text: str, of: str, known: Container[str] = ()) -> list[str]:
    """The names in ``text`` of records of the kind ``of`` (partner, goal, measure, funding).

    Goals and measures: semicolons and line breaks; commas and "und" only between own numbers (``S2, B1``), for titles
    contain both. Partners and funding: commas too, but never inside ``Amt für Soziales, Senioren und Integration``;
    "und" and "/" only between abbreviations or words that are ``known``.
    """
    pieces = [_BULLET.sub("", p.strip(BLANKS)) for p in _LINES.split(text.strip(BLANKS))]
    names: list[str] = []
    for piece in pieces:
        names.extend(_numbers(piece) or ([piece] if of in ("goal", "measure") else _organisations(piece, of, known)))
    return list(dict.fromkeys(name for name in (n.strip(BLANKS + ",") for n in names) if name))


def _numbers(piece: str) -> list[str] | None:
    parts = re.split(r"\s*[,/&+]\s*|\s+(?:und|and)\s+", piece)
    if len(parts) > 1 and all(_TOKEN.fullmatch(part) for part in parts):
        return parts if any(c.isdigit() for c in piece) else None
    return None


def _organisations(piece: str, of: str, known: Container[str]) -> list[str]:
    names: list[str] = []
    for part in _PLUS.split(piece):
        for listed in _joined(_COMMA.split(part)):
            names.extend(_split_pair(listed, known))
    return names


def _joined(parts: list[str]) -> list[str]:
    """Puts ``Amt für Soziales`` and ``Senioren und Integration`` together again."""
    whole: list[str] = []
    for part in parts:
        continues = part[:1].islower() or (bool(_AND.search(part)) and not _either_short(part))
        if whole and continues and _OFFICE_FOR.search(whole[-1]):
            whole[-1] = f"{whole[-1]}, {part}"
        else:
            whole.append(part)
    return whole


def _either_short(part: str) -> bool:
    return any(_ABBREVIATION.fullmatch(side.strip()) for side in _AND.split(part))


def _split_pair(name: str, known: Container[str]) -> list[str]:
    for separator in (_AND, re.compile("/")):
        sides = [side.strip() for side in separator.split(name)]
        if len(sides) > 1 and all(_is_name(side, known) for side in sides):
            return sides
    return [name]


def _is_name(side: str, known: Container[str]) -> bool:
    return (
        bool(_CLEARLY_ONE.search(side) or _ABBREVIATION.fullmatch(side))
        or side in known
        or side.endswith(("e.V.", "e. V.", "gGmbH", "GmbH"))
    )
