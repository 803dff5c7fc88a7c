"""Rare marks of a sheet that neither calamine nor the scan sees: text struck out in part, formulas that fetch from
elsewhere, colours a rule decides."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from etl.stages.readers.cells import Position, column_number
from etl.stages.readers.xml_parts import local, truth
from etl.stages.shapes import Sheet

_REFERENCE = rb"""[^<>]*?\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>\s*"""
#: A cell and its formula.
FORMULA = re.compile(rb"<(?:\w+:)?c\b" + _REFERENCE + rb"<(?:\w+:)?f\b[^<>]*>([^<]*)</")
#: Another workbook (``[1]Blatt!A1``), or another program (``cmd|'/c calc'!A0``).
ELSEWHERE = re.compile(rb"\[[0-9]+\]|\w\|(?:'|&apos;)")
#: A cell and the number of its shared text, or its own text.
SHARED = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*?\bt=["']s["'])""" + _REFERENCE + rb"<(?:\w+:)?v>([0-9]+)</")
INLINE = re.compile(rb"<(?:\w+:)?c\b" + _REFERENCE + rb"<(?:\w+:)?is>(.*?)</(?:\w+:)?is>", re.DOTALL)
CONDITIONAL = re.compile(rb"""<(?:\w+:)?conditionalFormatting\b[^<>]*?\bsqref=["']([^"']+)["']""")


@dataclass(slots=True)
class StruckTexts:
    """Numbers of the shared texts that are struck out: ``whole`` all of it, ``parts`` some of it."""

    whole: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)


def struck_texts(shared_strings: bytes) -> StruckTexts:
    """Which of a workbook's shared texts are struck out."""
    found = StruckTexts()
    if b"strike" not in shared_strings:
        return found
    number = 0
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(shared_strings)):
            if local(element.tag) == "si":
                _sort_in(found, number, element)
                number += 1
                element.clear()
    except ElementTree.ParseError:  # calamine decides whether the part can be used at all
        pass
    return found


def _sort_in(found: StruckTexts, number: int, text: ElementTree.Element) -> None:
    struck = [_is_struck(run) for run in text if local(run.tag) in ("r", "t") and _says_something(run)]
    if struck and all(struck):
        found.whole.add(number)
    elif any(struck):
        found.parts.add(number)


def _says_something(run: ElementTree.Element) -> bool:
    return any((part.text or "").strip() for part in run.iter() if local(part.tag) == "t")


def _is_struck(run: ElementTree.Element) -> bool:
    return any(local(part.tag) == "strike" and truth(part.get("val", "1")) for part in run.iter())


def add_marks(sheet: Sheet, xml: bytes, texts: StruckTexts) -> None:
    """Put the marks of a sheet's XML into ``sheet``."""
    if texts.whole or texts.parts:
        for place, number in _places(SHARED, xml):
            if int(number) in texts.whole:
                sheet.struck.add(place)
            elif int(number) in texts.parts:
                sheet.struck_parts.add(place)
    tail = max(xml.rfind(b"sheetData"), 0)
    # a single letter is looked for ten times as fast as a word, and cells without text of their own hold no "k"
    if xml.find(b"k", xml.find(b"sheetData"), tail) >= 0 and b"strike" in xml:
        _add_inline(sheet, xml)
    if b"[" in xml or b"|" in xml:
        sheet.external = {place for place, formula in _places(FORMULA, xml) if ELSEWHERE.search(formula)}
    sheet.conditional = conditional_ranges(xml, tail)


def conditional_ranges(xml: bytes, tail: int = 0) -> list[str]:
    """The ranges coloured by a rule; ``tail`` is where the rows end."""
    if xml.find(b"conditionalFormatting", tail) < 0:
        return []
    return b" ".join(match[1] for match in CONDITIONAL.finditer(xml, tail)).decode("ascii", "replace").split()


def _add_inline(sheet: Sheet, xml: bytes) -> None:
    for place, text in _places(INLINE, xml):
        if b"strike" in text:
            found = struck_texts(b"<sst><si>" + re.sub(rb"(</?)\w+:", rb"\1", text) + b"</si></sst>")
            (sheet.struck if found.whole else sheet.struck_parts).update([place] if found.whole or found.parts else [])


def _places(pattern: re.Pattern[bytes], xml: bytes) -> list[tuple[Position, bytes]]:
    return [((int(match[2]), column_number(match[1])), match[3]) for match in pattern.finditer(xml)]
