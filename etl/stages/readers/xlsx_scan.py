"""A quick look through a sheet's XML for what calamine does not tell.

It looks only for what is there: a sheet without error cells, formulas or styles of interest costs a few searches.
It reads what the usual writers write (plain names, double quotes, UTF-8); ``is_usual`` tells so,
``xlsx_walk`` takes the rest.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from etl.stages.readers.cells import Digits, Position, column_number, no_digits
from etl.stages.readers.xlsx_styles import PLAIN, Styles
from etl.stages.shapes import address

CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: [a-z:]+="[^"<]*")*\s*/?>')
REFERENCE = re.compile(rb'([A-Z]{1,3})([1-9][0-9]{0,6})"[^<>]*')
CELL_STYLE = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*? s="([0-9]+)"')
CELL_FILLED = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
ROW = re.compile(rb'<row [^>]*?\br="([0-9]{1,7})"')
COLUMN = re.compile(rb"<col [^>]*>")
MERGED = re.compile(rb'<mergeCell [^>]*?ref="\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"')
#: A cell with a formula and either no value, an empty one, or only blanks.
FORMULA_ONLY = re.compile(rb"<c ([^>]*)>\s*<f(?:\s[^>]*?)?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v[^>]*>\s*</v>)?\s*</c>")
#: A formula's text result that its writer called an inline text, which calamine reads as blank.
FORMULA_INLINE = re.compile(
    rb'<c [^>]*? t="inlineStr"[^>]*>\s*<f(?:\s[^>]*?)?(?:/>|>[^<]*</f>)\s*<v[^>]*>([^<]*[^<\s][^<]*)</v>'
)
VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
#: Above so many cells of interest one pass over all cells is cheaper than stepping back from each find.
MANY = 600
STRETCH = 4 * 1024 * 1024


@dataclass(slots=True)
class SheetFacts:
    """What the XML says beside the values. ``blank_results`` are formulas whose stored result is an empty text,
    ``texts`` stored texts that calamine does not see.

    ``last_row`` and ``last_column`` bound the cells that hold something (0: not known, nothing to fear).
    """

    errors: dict[Position, str] = field(default_factory=dict)
    formulas_without_value: dict[Position, str] = field(default_factory=dict)
    blank_results: set[Position] = field(default_factory=set)
    texts: dict[Position, str] = field(default_factory=dict)
    percent: set[Position] = field(default_factory=set)
    fills: dict[Position, str] = field(default_factory=dict)
    struck: set[Position] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
    digits: Digits = no_digits


def is_usual(xml: bytes) -> bool:
    """Whether this is the XML the usual programs write, so that ``scan`` sees all there is to see."""
    data = xml.find(b"<sheetData")
    if data < 0 or xml.startswith((b"\xff\xfe", b"\xfe\xff")) or xml.find(b'encoding="UTF-16', 0, 100) > 0:
        return False
    first = xml.find(b"<c", data)
    while first >= 0 and xml[first + 2 : first + 3] not in b" >/":
        first = xml.find(b"<c", first + 2)
    if first < 0 or xml.find(b"</sheetData>", data, first) >= 0:
        return True
    row = xml.find(b"<row", data)
    return bool(CELL.match(xml, first)) and 0 <= row < first and bool(ROW.match(xml, row))


def scan(xml: bytes, styles: Styles) -> SheetFacts:
    """What stands in usual XML beside the values."""
    facts = SheetFacts(digits=lambda row, column: digits_at(xml, row, column))
    facts.last_row, facts.last_column = _extent(xml)
    facts.errors = dict(_errors(xml))
    if b"</f>" in xml:
        _formulas(xml, facts)
        facts.texts = dict(_inline_results(xml)) if b' t="inlineStr"' in xml else {}
    if styles:
        _styled(xml, styles, facts)
    _hidden(xml, facts)
    tail = xml.rfind(b"</sheetData>")
    if xml.find(b"<mergeCell ", max(tail, 0)) >= 0:
        facts.merged = _merged(xml[max(tail, 0) :])
    return facts


def frame_facts(head: bytes, tail: bytes, facts: SheetFacts) -> None:
    """What stands before and behind the rows: hidden columns and merged ranges."""
    _hidden(head, facts)
    facts.merged = _merged(tail)


def _finds(xml: bytes, needle: bytes) -> Iterator[int]:
    at = xml.find(needle)
    while at >= 0:
        yield at
        at = xml.find(needle, at + len(needle))


def _errors(xml: bytes) -> Iterator[tuple[Position, str]]:
    for at in _finds(xml, b' t="e"'):
        cell = CELL.match(xml, xml.rfind(b"<", 0, at))
        if cell is None:
            continue
        value = VALUE.search(xml, at, max(xml.find(b"</c>", at), at))
        yield (int(cell[2]), column_number(cell[1])), text_of(value[1]) if value else "#VALUE!"


def _formulas(xml: bytes, facts: SheetFacts) -> None:
    for match in FORMULA_ONLY.finditer(xml):
        cell = CELL.match(xml, match.start())
        if cell is None:
            continue
        position = (int(cell[2]), column_number(cell[1]))
        if position in facts.errors:
            continue
        facts.formulas_without_value[position] = "=" + text_of(match[2] or b"")
        if b't="str"' in match[1]:
            facts.blank_results.add(position)


def _inline_results(xml: bytes) -> Iterator[tuple[Position, str]]:
    for match in FORMULA_INLINE.finditer(xml):
        cell = CELL.match(xml, match.start())
        if cell is not None:
            yield (int(cell[2]), column_number(cell[1])), text_of(match[1])


@lru_cache(maxsize=64)
def _pattern(numbers: tuple[int, ...]) -> re.Pattern[bytes]:
    return re.compile(b' s="(' + b"|".join(b"%d" % number for number in numbers) + b')"')


def _styled(xml: bytes, styles: Styles, facts: SheetFacts) -> None:
    pattern = _pattern(tuple(styles)) if len(styles) <= 200 else re.compile(rb' s="([0-9]+)"')
    finds = list(islice(pattern.finditer(xml), MANY + 1))
    cells = _each(xml, finds) if len(finds) <= MANY else _all(xml, {b"%d" % number for number in styles})
    while cells:
        number, places = cells.popitem()
        style = styles.get(int(number), PLAIN)
        if style.percent:
            facts.percent.update(places)
        if style.fill:
            facts.fills.update(dict.fromkeys(places, style.fill))
        if style.struck:
            facts.struck.update(places)


def _each(xml: bytes, finds: list[re.Match[bytes]]) -> dict[bytes, list[Position]]:
    """Style -> the cells around the finds: each must lie in the tag that the last ``<c r="`` before it opens."""
    before = xml.rfind
    cells: defaultdict[bytes, list[Position]] = defaultdict(list)
    for find in finds:
        at = find.start()
        place = _place(xml[before(b'<c r="', 0, at) + 6 : at])
        if place:
            cells[find[1]].append(place)
    return cells


@lru_cache(maxsize=50_000)
def _place(opened: bytes) -> Position | None:
    """A tag from its reference on, ``b'B7" t="s"' -> (7, 2)``; None where the tag is already closed."""
    match = REFERENCE.fullmatch(opened)
    return (int(match[2]), column_number(match[1])) if match else None


def _all(xml: bytes, wanted: Collection[bytes]) -> dict[bytes, list[Position]]:
    """Style -> its cells, for the styles wanted. In stretches: two million finds at once would fill the memory."""
    cells: defaultdict[bytes, list[Position]] = defaultdict(list)
    start = 0
    while start < len(xml):
        end = xml.find(b"<row ", start + STRETCH)
        end = len(xml) if end < 0 else end
        for letters, row, number in CELL_STYLE.findall(xml, start, end):
            if number in wanted:
                cells[number].append((int(row), column_number(letters)))
        start = end
    return cells


def _hidden(xml: bytes, facts: SheetFacts) -> None:
    for at in _finds(xml, b' hidden="'):
        if not xml.startswith((b"1", b"t"), at + 9):
            continue
        start = xml.rfind(b"<", 0, at)
        tag = xml[start : xml.find(b">", at)]
        if tag.startswith(b"<row "):
            row = ROW.match(tag)
            facts.hidden_rows.update({int(row[1])} if row else ())
        elif tag.startswith(b"<col "):
            facts.hidden_columns.update(_column_span(tag))


def _column_span(tag: bytes) -> range:
    bounds = dict(re.findall(rb'\b(min|max)="([0-9]{1,5})"', tag))
    first = int(bounds.get(b"min", b"1"))
    return range(first, min(int(bounds.get(b"max", b"%d" % first)), 16_384) + 1)


def _merged(tail: bytes) -> list[tuple[int, int, int, int]]:
    return [
        (int(top), column_number(left), int(bottom), column_number(right))
        for left, top, right, bottom in MERGED.findall(tail)
    ]


def _extent(xml: bytes) -> tuple[int, int]:
    """The last filled row and column, looked for only where a few cells could span a huge range."""
    match = ROW.match(xml, max(xml.rfind(b"<row "), 0))
    last = int(match[1]) if match else 0
    if last <= 2_000 or (last <= 50_000 and not re.search(rb'<c r="[A-Z]{3}[0-9]', xml)):
        return 0, 0
    rows, columns = 0, set()
    for letters, row in CELL_FILLED.findall(xml):
        rows = max(rows, int(row))
        columns.add(letters)
    return rows, max(map(column_number, columns), default=0)


def digits_at(xml: bytes, row: int, column: int) -> str | None:
    """A number as written."""
    at = xml.find(b'<c r="%s"' % address(row, column).encode())
    value = VALUE.search(xml, at, max(xml.find(b"</c>", at), at)) if at >= 0 else None
    return value[1].decode("ascii", "replace") if value else None


def text_of(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))
