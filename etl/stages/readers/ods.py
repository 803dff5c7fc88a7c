"""ods and flat ods, walked element by element: values as typed, repeats unrolled only where they hold something."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from etl.stages.readers.cells import check_area, square, stretch
from etl.stages.readers.limits import Limits
from etl.stages.readers.ods_styles import OdsStyles
from etl.stages.readers.ods_values import cell_comment, cell_error, cell_value
from etl.stages.readers.package import read_part, without_entities
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xml_parts import attribute, local
from etl.stages.shapes import CellValue, Sheet, Workbook, is_filled

#: The widest sheet any program writes.
WIDEST = 16_384
HIDDEN = ("collapse", "filter")
#: Beyond any sheet, and small enough that rows times columns stays a number of 64 bits.
MOST_REPEATED = 2**31 - 1
#: A formula that fetches from another file or program.
ELSEWHERE = re.compile(r"""['"][a-z]{2,8}://|\bDDE\(""")
#: A cell's address behind its sheet's name, and the end of its range.
ADDRESS = re.compile(r"\.([A-Z]+[0-9]+)(?::(?:'[^']*'|[^' .]*)\.([A-Z]+[0-9]+))?")


def read_ods(content: bytes, package: zipfile.ZipFile | None, limits: Limits) -> Workbook:
    """``package`` is None for a flat file (``fods``), whose bytes are the XML itself."""
    styles = OdsStyles()
    if package is not None:
        if "content.xml" not in package.namelist():
            raise Refusal("file_damaged", kind="ods")
        if "styles.xml" in package.namelist():
            styles.read(read_part(package, "styles.xml"))
        content = read_part(package, "content.xml")
    else:
        without_entities(content)
    reader = _Reader(styles, limits)
    try:
        reader.read(content)
    except (ElementTree.ParseError, LookupError) as error:
        raise Refusal("file_damaged", kind="ods", why=str(error)[:200]) from None
    return Workbook("ods" if package is not None else "fods", reader.sheets)


class _Reader:
    """Keeps where it stands: the sheet, the row (from 0), and the styles of columns."""

    def __init__(self, styles: OdsStyles, limits: Limits) -> None:
        self.styles, self.limits = styles, limits
        self.sheets: list[Sheet] = []
        self.area = 0
        self.depth = 0

    def read(self, xml: bytes) -> None:
        for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
            name = local(element.tag)
            if name == "table":
                self._table(event, element)
            elif event == "end" and name == "style":
                self.styles.add(element)
            elif event == "end" and name == "table-row" and self.depth == 1:
                self._row(element)
                element.clear()
            elif event == "end" and name == "table-column" and self.depth == 1:
                self._column(element)
            elif event == "end" and name == "conditional-format" and self.sheets:
                self._coloured_by_rule(attribute(element, "target-range-address") or "")

    def _table(self, event: str, element: ElementTree.Element) -> None:
        self.depth += 1 if event == "start" else -1
        if event == "start" and self.depth == 1:
            hidden = self.styles.hides(attribute(element, "style-name"))
            self.sheets.append(Sheet(attribute(element, "name") or f"Tabelle{len(self.sheets) + 1}", hidden))
            self.row, self.column = 0, 0
            self.column_styles: list[tuple[int, int, str]] = []
        elif event == "end" and self.depth == 0:
            self.area += square(self.sheets[-1], self.limits, self.area)
            element.clear()

    def _column(self, element: ElementTree.Element) -> None:
        count = _times(element, "number-columns-repeated")
        if attribute(element, "visibility") in HIDDEN:
            last = min(self.column + count, WIDEST)
            self.sheets[-1].hidden_columns.update(range(self.column + 1, last + 1))
        style = attribute(element, "default-cell-style-name")
        if style:
            self.column_styles.append((self.column, self.column + count, style))
        self.column += count

    def _coloured_by_rule(self, target: str) -> None:
        """``$Liste.$B$2:$Liste.$B$9 Liste.D1`` -> ``B2:B9``, ``D1``."""
        for first, last in ADDRESS.findall(target.replace("$", "")):
            self.sheets[-1].conditional.append(f"{first}:{last}" if last else first)

    def _row(self, element: ElementTree.Element) -> None:
        times = _times(element, "number-rows-repeated")
        cells = list(_cells(element))
        filled = [cell for cell in cells if cell.holds_something]
        width = max((cell.column + cell.times for cell in filled), default=0)
        if width:
            rows = times if any(cell.filled for cell in filled) else 1
            check_area(self.row + rows, width, self.limits, self.sheets[-1].name, self.area)
            for row in range(self.row, self.row + rows):
                self._place(row, width, filled, element)
            self._styled(cells, rows, width, attribute(element, "default-cell-style-name"))
        if attribute(element, "visibility") in HIDDEN:
            self.sheets[-1].hidden_rows.update(range(self.row + 1, self.row + min(times, 100_000) + 1))
        self.row += times

    def _place(self, row: int, width: int, cells: list[_Cell], element: ElementTree.Element) -> None:
        sheet = self.sheets[-1]
        broadest = max(width, len(sheet.rows[0]) if sheet.rows else 0)
        check_area(row + 1, broadest, self.limits, sheet.name, self.area)
        stretch(sheet.rows, row + 1, broadest)
        for cell in cells:
            for column in range(cell.column, cell.column + cell.times):
                cell.put(sheet, row, column)

    def _styled(self, cells: list[_Cell], rows: int, width: int, row_style: str | None) -> None:
        sheet = self.sheets[-1]
        for cell in cells:
            struck_parts = self.styles.any_struck and self.styles.strikes_part_of(cell.element)
            for column in range(cell.column, min(cell.column + cell.times, width)):
                if struck_parts:
                    sheet.struck_parts.update((row, column + 1) for row in range(self.row + 1, self.row + rows + 1))
                name = cell.style or row_style or self._column_style(column)
                style = self.styles.of(name)
                if style is None and not cell.percent:
                    continue
                for row in range(self.row + 1, self.row + rows + 1):
                    if cell.percent or (style and style.percent):
                        sheet.percent.add((row, column + 1))
                    if style and style.fill:
                        sheet.fills[row, column + 1] = style.fill
                    if style and style.struck:
                        sheet.struck.add((row, column + 1))

    def _column_style(self, column: int) -> str | None:
        return next((style for first, end, style in self.column_styles if first <= column < end), None)


class _Cell:
    """One cell element and where its first copy stands (column from 0)."""

    def __init__(self, element: ElementTree.Element, column: int) -> None:
        self.element = element
        self.column = column
        self.times = _times(element, "number-columns-repeated")
        self.style = attribute(element, "style-name")
        self.percent = attribute(element, "value-type") == "percentage"
        self.spans = (_times(element, "number-rows-spanned"), _times(element, "number-columns-spanned"))
        self.error = cell_error(element)
        self.value: CellValue = None if self.error else cell_value(element)
        self.formula = attribute(element, "formula")
        self.comment = cell_comment(element)

    @property
    def filled(self) -> bool:
        return bool(self.error or self.formula is not None or is_filled(self.value))

    @property
    def holds_something(self) -> bool:
        return self.filled or bool(self.comment) or self.spans != (1, 1) or self.value is not None

    def put(self, sheet: Sheet, row: int, column: int) -> None:
        place = (row + 1, column + 1)
        sheet.rows[row][column] = self.value
        if self.error:
            sheet.errors[place] = self.error
        elif self.formula is not None and not is_filled(self.value):
            sheet.formulas_without_value[place] = "=" + self.formula.partition(":=")[2]
        if self.formula is not None and ELSEWHERE.search(self.formula):
            sheet.external.add(place)
        if self.comment:
            sheet.comments[place] = self.comment
        if self.spans != (1, 1):
            sheet.merged.append((*place, row + self.spans[0], column + self.spans[1]))


def _cells(row: ElementTree.Element) -> Iterator[_Cell]:
    column = 0
    for element in row:
        if local(element.tag) in ("table-cell", "covered-table-cell"):
            cell = _Cell(element, column)
            yield cell
            column += cell.times
            if column > WIDEST:
                return


def _times(element: ElementTree.Element, name: str) -> int:
    text = attribute(element, name)
    return min(max(int(text), 1), MOST_REPEATED) if text and text.isdecimal() else 1
