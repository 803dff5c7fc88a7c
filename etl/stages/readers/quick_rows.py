"""Rows that are built alike are read together.

Most rows of a list differ from the one above in nothing but their number and their values. So each row is cut at its
values; what is left, the row's shape, is understood once, and the values of all rows of one shape are converted column
by column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat

from etl.stages.readers.cells import Position, column_number
from etl.stages.readers.quick_styles import DATE, NUMBER
from etl.stages.readers.quick_texts import Unusual, inline_texts
from etl.stages.readers.quick_values import Convert, Values, dates, errors, numbers, truths
from etl.stages.readers.xlsx_scan import SheetFacts, frame_facts, text_of
from etl.stages.readers.xlsx_styles import CellStyle, Styles
from etl.stages.shapes import CellValue

#: So much XML is cut into rows at a time.
BLOCK_BYTES = 32 * 1024
#: The first rows (title, headings) hardly ever look like those below: they are cut apart.
FIRST_BYTES = 6 * 1024
#: A row is compared with so many known shapes before it is understood anew.
SHAPES_TRIED = 6
#: After so many blocks of unlike rows no block is taken for one of like rows any more.
UNLIKE_BLOCKS = 3
#: A cell in a shape: its row number made ``#``, its value (if any) cut out.
CELL = re.compile(rb'<c r="([A-Z]{1,3})#"(?: s="([0-9]{1,5})")?(?: t="(s|n|b|e|inlineStr)")?(/>|>\n</c>)')
REFERENCE = re.compile(rb'(<c r="[A-Z]{1,3})[0-9]+"')
Line = tuple[Sequence[int], Sequence[CellValue]]


@dataclass(slots=True)
class _Shape:
    """How rows of one shape are built: the columns that hold a value and how to convert each, those with error cells,
    and those whose style matters. ``pattern`` is the shape with ``#`` for the row's number; ``rows`` and ``values``
    wait to be converted."""

    pattern: bytes
    columns: list[int] = field(default_factory=list)
    converts: list[Convert] = field(default_factory=list)
    errors: list[int] = field(default_factory=list)
    styled: list[tuple[int, CellStyle]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    values: list[list[bytes]] = field(default_factory=list)


@dataclass(slots=True)
class RowReader:
    """Reads one sheet. ``kinds``: style -> what its number format makes of a number; ``texts``: the shared ones
    by their number as written."""

    kinds: Sequence[str]
    styles: Styles
    texts: Mapping[bytes, str]
    facts: SheetFacts = field(default_factory=SheetFacts)
    shapes: dict[bytes, _Shape] = field(default_factory=dict)
    lines: dict[int, Line] = field(default_factory=dict)

    def rows(self, xml: bytes, check: Callable[[int, int], object]) -> list[list[CellValue]]:
        """The rows from A1 on, all equally long; ``check`` refuses too large a range before it is made."""
        start, end = _bounds(xml)
        frame_facts(xml[:start], xml[end:], self.facts)
        last, unlike = 0, 1
        for block in _blocks(xml, start, end):
            after = self._take_alike(block, last) if unlike < UNLIKE_BLOCKS else None
            unlike = 0 if after else unlike + 1
            last = after or self._cut(block, last)
        width = max((shape.columns[-1] for shape in self.shapes.values() if shape.columns), default=0)
        height = max(self.lines, default=0)
        check(height, width)
        return _square(self.lines, height, width)

    def _take_alike(self, block: bytes, last: int) -> int | None:
        """Takes in a block of rows of one shape that are numbered on, and gives the last one's number; None where they
        are no such rows. The block with its values cut out must be the first row's shape again and again."""
        pieces = block.replace(b"</v>", b"<v>").split(b"<v>")
        count = block.count(b"<row ")
        each, rest = divmod(len(pieces) // 2, count)
        first = [*pieces[: 2 * each : 2], pieces[2 * each].partition(b"<row ")[0]]
        head, _, cells = b"\n".join(first).removeprefix(b"<row ").partition(b">")
        if rest or not each or b"#" in head or b"hidden=" in head or b"<row " in cells:
            return None
        number = _number_of(head, last)
        try:
            shape = self._known(cells, number)
        except Unusual:
            return None
        whole = b"<row " + head.replace(b'r="' + number + b'"', b'r="#"', 1) + b">" + shape.pattern
        rows = range(int(number), int(number) + count)
        if len(shape.columns) != each or b"\n".join(pieces[::2]) != b"".join(
            [whole.replace(b"#", b"%d" % row) for row in rows]
        ):
            return None
        self._take_in(shape, rows, [pieces[2 * place + 1 :: 2 * each] for place in range(each)])
        return rows[-1]

    def _cut(self, block: bytes, last: int) -> int:
        """Takes in a block of rows, sorted by shape; gives the last row's number."""
        tried: list[_Shape] = []
        for row in block.split(b"<row ")[1:]:
            head, _, cells = row.partition(b">")
            number = _number_of(head, last)
            last = int(number)
            if b"hidden=" in head and (b'hidden="1"' in head or b'hidden="true"' in head):
                self.facts.hidden_rows.add(last)
            if head.endswith(b"/"):
                if cells.strip():
                    raise Unusual
                continue
            pieces = cells.replace(b"</v>", b"<v>").split(b"<v>")
            left = b"\n".join(pieces[::2])
            if not tried or tried[0].pattern.replace(b"#", number) != left:
                self._find(left, number, tried)
            tried[0].rows.append(last)
            tried[0].values.append(pieces[1::2])
        for shape in self.shapes.values():
            if shape.rows:
                self._take_in(shape, shape.rows, list(zip(*shape.values, strict=True)))
                shape.rows, shape.values = [], []
        return last

    def _find(self, left: bytes, number: bytes, tried: list[_Shape]) -> None:
        """Puts the shape of a row in front of the shapes to try."""
        for place, shape in enumerate(tried[1:], 1):
            if shape.pattern.replace(b"#", number) == left:
                tried.insert(0, tried.pop(place))
                return
        tried.insert(0, self._known(left, number))
        del tried[SHAPES_TRIED:]

    def _take_in(self, shape: _Shape, rows: Sequence[int], columns: Sequence[Values]) -> None:
        """Converts rows of one shape, given column by column."""
        if shape.columns:
            converted = [convert(values) for convert, values in zip(shape.converts, columns, strict=True)]
            self.lines.update(zip(rows, zip(repeat(shape.columns), zip(*converted, strict=True)), strict=False))
            for place in shape.errors:
                texts = map(text_of, columns[place])
                self.facts.errors.update(zip(zip(rows, repeat(shape.columns[place])), texts, strict=False))
        for column, style in shape.styled:
            self._note(style, [(row, column) for row in rows])

    def _note(self, style: CellStyle, places: list[Position]) -> None:
        if style.percent:
            self.facts.percent.update(places)
        if style.fill:
            self.facts.fills.update(dict.fromkeys(places, style.fill))
        if style.struck:
            self.facts.struck.update(places)

    def _known(self, left: bytes, number: bytes) -> _Shape:
        pattern = REFERENCE.sub(rb'\1#"', left)
        if pattern.replace(b"#", number) != left:
            raise Unusual
        if pattern not in self.shapes:
            self.shapes[pattern] = self._understood(pattern)
        return self.shapes[pattern]

    def _understood(self, pattern: bytes) -> _Shape:
        shape, at, before = _Shape(pattern), 0, 0
        for cell in CELL.finditer(pattern):
            letters, style, kind, end = cell.groups()
            column = column_number(letters)
            if cell.start() != at or column <= before:
                raise Unusual
            at, before = cell.end(), column
            if int(style or 0) in self.styles:
                shape.styled.append((column, self.styles[int(style or 0)]))
            if end != b"/>":
                if kind == b"e":
                    shape.errors.append(len(shape.columns))
                shape.columns.append(column)
                shape.converts.append(self._converting(kind or b"n", int(style or 0)))
        if pattern[at:].rstrip() != b"</row>":
            raise Unusual
        return shape

    def _converting(self, kind: bytes, style: int) -> Convert:
        if kind == b"s":
            return self._shared
        if kind == b"inlineStr":
            return inline_texts
        if kind == b"b":
            return truths
        if kind == b"e":
            return errors
        meaning = self.kinds[style] if style < len(self.kinds) else ""
        if meaning == NUMBER:
            return numbers
        if meaning == DATE:
            return dates
        raise Unusual

    def _shared(self, values: Values) -> list[CellValue]:
        try:
            return list(map(self.texts.__getitem__, values))
        except KeyError:
            raise Unusual from None


def _number_of(head: bytes, last: int) -> bytes:
    """The number of a row as its tag (from behind ``<row ``) says; rows come in order."""
    number = head[3 : head.find(b'"', 3)]
    if not head.startswith(b'r="') or not number.isdigit() or int(number) <= last:
        raise Unusual
    return number


def _bounds(xml: bytes) -> tuple[int, int]:
    """Where the rows begin and end."""
    start = xml.find(b"<sheetData>")
    if start < 0:
        start = xml.find(b"<sheetData/>")
        if start < 0:
            raise Unusual
        return start, start
    end = xml.find(b"</sheetData>", start)
    first = xml.find(b"<row ", start)
    if end < 0 or (0 <= first < end and xml[start + 11 : first].strip()) or xml.find(b"<row ", end) >= 0:
        raise Unusual
    if not 0 <= first < end and xml[start + 11 : end].strip():
        raise Unusual
    return start, end


def _blocks(xml: bytes, start: int, end: int) -> Iterator[bytes]:
    """The rows, some at a time."""
    at, size = xml.find(b"<row ", start, end), FIRST_BYTES
    while at >= 0:
        until = xml.find(b"<row ", min(at + size, end), end)
        size = BLOCK_BYTES
        block = xml[at : until if until >= 0 else end]
        if b"<is>" in block:
            block = _values_of_inline(block)
        yield block
        at = until


def _values_of_inline(block: bytes) -> bytes:
    opened = block.replace(b'<is><t xml:space="preserve">', b"<v>").replace(b"<is><t>", b"<v>")
    return opened.replace(b"</t></is>", b"</v>")


def _square(lines: Mapping[int, Line], height: int, width: int) -> list[list[CellValue]]:
    whole = list(range(1, width + 1))
    rows: list[list[CellValue]] = []
    for number in range(1, height + 1):
        columns, values = lines.get(number, _NOTHING)
        if columns == whole:
            rows.append(list(values))
            continue
        row: list[CellValue] = [None] * width
        for column, value in zip(columns, values, strict=True):
            row[column - 1] = value
        rows.append(row)
    return rows


_NOTHING: Line = ((), ())
