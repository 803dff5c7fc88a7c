"""The cells of one sheet's XML: found, made where nothing stands yet, styled and filled; all else stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.pipeline.give_back.package import Element, added, child, created, local
from etl.stages.readers.xlsx_parts import reference
from etl.stages.shapes import address

Position = tuple[int, int]
#: What stands before the drawings of notes on a sheet (ECMA-376 18.3.1.99).
_BEFORE_NOTES = frozenset(
    {
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection"),
        *("protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews"),
        *("mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
        *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
        *("ignoredErrors", "smartTags", "drawing", "drawingHF"),
    }
)
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_TEXT = 32_000


def writable(text: str) -> str:
    """``text`` without what XML can't hold, and no longer than a cell is."""
    text = _UNWRITABLE.sub("", text)
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def like_a_formula(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS)


class Grid:
    """Rows and cells of a sheet, whether or not their writer gave them their numbers."""

    def __init__(self, root: Element) -> None:
        self.root = root
        data = child(root, "sheetData")
        assert data is not None, "a sheet without sheetData was let in"
        self.data = data
        self._rows = dict(self._numbered_rows())
        self._cells: dict[int, dict[int, Element]] = {}
        self.merged = list(_merged(root))

    def _numbered_rows(self) -> Iterator[tuple[int, Element]]:
        number = 0
        for row in self.data:
            if local(row) == "row":
                number = int(row.get("r") or number + 1)
                yield number, row

    def find(self, row: int, column: int) -> Element | None:
        return self._cells_of(row).get(column)

    def shown_at(self, place: Position) -> Position:
        """Where a cell is seen: of a merged range only the first one is."""
        row, column = place
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return place

    def all_cells(self) -> Iterator[Element]:
        for row in self._rows.values():
            yield from (cell for cell in row if local(cell) == "c")

    def _cells_of(self, row: int) -> dict[int, Element]:
        if row not in self._cells:
            self._cells[row] = dict(_numbered_cells(self._rows[row])) if row in self._rows else {}
        return self._cells[row]

    def cell(self, row: int, column: int) -> Element:
        """The cell, made blank where the file holds none."""
        found = self.find(row, column)
        if found is None:
            found = created(self.data, "c", r=address(row, column))
            style = self.style_beneath(row, column)
            if style:
                found.set("s", str(style))
            line, cells = self._row(row), self._cells_of(row)
            later = next((cells[n] for n in sorted(cells) if n > column), None)
            line.append(found) if later is None else later.addprevious(found)
            cells[column] = found
            _stretch_spans(line, column)
        return found

    def _row(self, row: int) -> Element:
        if row not in self._rows:
            line = created(self.data, "row", r=str(row))
            later = next((self._rows[n] for n in sorted(self._rows) if n > row), None)
            self.data.append(line) if later is None else later.addprevious(line)
            self._rows[row] = line
        return self._rows[row]

    def style_beneath(self, row: int, column: int) -> int:
        """The style that shows where no cell is stored: the row's, else the column's."""
        line = self._rows.get(row)
        if line is not None and line.get("s") and line.get("customFormat") in ("1", "true"):
            return int(line.get("s"))
        columns = child(self.root, "cols")
        for entry in columns if columns is not None else ():
            if entry.get("style") and int(entry.get("min")) <= column <= int(entry.get("max")):
                return int(entry.get("style"))
        return 0

    def hang_notes(self, relation_name: str, relation: str) -> None:
        """Tell the sheet where the shapes of its notes are; ``relation_name`` is the attribute's full name."""
        notes = created(self.root, "legacyDrawing")
        notes.set(relation_name, relation)
        before = [element for element in self.root if local(element) in _BEFORE_NOTES]
        before[-1].addnext(notes)


def _merged(root: Element) -> Iterator[tuple[int, int, int, int]]:
    ranges = child(root, "mergeCells")
    for entry in ranges if ranges is not None else ():
        first, _, last = (entry.get("ref") or "").partition(":")
        top, bottom = reference(first), reference(last or first)
        if top and bottom:
            yield (*top, *bottom)


def _numbered_cells(row: Element) -> Iterator[tuple[int, Element]]:
    column = 0
    for cell in row:
        if local(cell) == "c":
            place = reference(cell.get("r") or "")
            column = place[1] if place else column + 1
            yield column, cell


def _stretch_spans(row: Element, column: int) -> None:
    first, _, last = (row.get("spans") or "").partition(":")
    if first.isdigit() and last.isdigit() and not int(first) <= column <= int(last):
        row.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")


def write_text(cell: Element, text: str) -> None:
    """Put ``text`` in as what it is: a text, whatever it looks like, beside the workbook's shared ones."""
    empty(cell)
    cell.set("t", "inlineStr")
    part = added(added(cell, "is"), "t", writable(text))
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def write_number(cell: Element, digits: str) -> None:
    empty(cell)
    added(cell, "v", digits)


def empty(cell: Element) -> None:
    """Take a cell's content out; its style stays."""
    for part in list(cell):
        cell.remove(part)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, None)
