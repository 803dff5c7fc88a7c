"""What a number format makes of a number, where that is beyond doubt: a number or a day."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.stages.readers.xml_parts import local, parse

NUMBER, DATE, UNSURE = "number", "date", ""
#: Built-in formats (ECMA-376 18.8.30) that show a number, and the one that shows a day.
BUILT_IN = dict.fromkeys((*range(0, 14), *range(37, 41), 48, 49), NUMBER) | {14: DATE}
#: A format without any letter that is not quoted or escaped, or names a language and currency in brackets.
PLAIN_NUMBER = re.compile(r'(?:[-#0.,%€$£()+*?/;:_ \u00a0]|\\.|"[^"]*"|\[\$[^\]A-Za-z]*(?:-[0-9A-Fa-f]+)?\])*')
#: ``dd.mm.yyyy`` and its kin.
DAY = re.compile(
    r"(?:\[\$-[0-9A-Fa-f]+\])?(?:d{1,2}|m{1,2}|yy|yyyy)(?:(?:[-./]|\\[-./ ])(?:d{1,2}|m{1,2}|yy|yyyy)){1,2}(?:;@)?"
)


@lru_cache(maxsize=16)
def number_kinds(xml: bytes) -> list[str]:
    """Style number -> ``NUMBER``, ``DATE`` or ``UNSURE``."""
    root = parse(xml) if xml else None
    if root is None:
        return [NUMBER] if not xml else []
    groups = {local(child.tag): child for child in root}
    kinds = dict(BUILT_IN)
    for entry in groups.get("numFmts", ()):
        number = entry.get("numFmtId") or ""
        if number.isdecimal():
            kinds[int(number)] = _kind(entry.get("formatCode") or "")
    found = []
    for xf in groups.get("cellXfs", ()):
        number = xf.get("numFmtId") or "0"
        found.append(kinds.get(int(number), UNSURE) if number.isdecimal() else UNSURE)
    return found


def _kind(code: str) -> str:
    if code == "General" or PLAIN_NUMBER.fullmatch(code):
        return NUMBER
    return DATE if DAY.fullmatch(code.lower()) else UNSURE
