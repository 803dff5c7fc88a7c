"""xls (Excel 2 to 2003) through xlrd, which also sees formats."""

from __future__ import annotations

import datetime as dt
import io

import xlrd
from xlrd import biffh, xldate

from etl.stages.readers.cells import check_area, square
from etl.stages.readers.limits import Limits
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xlsx_styles import NO_STATUS, PLAIN, CellStyle, is_percent
from etl.stages.shapes import CellValue, Sheet, Workbook

#: Built-in formats that count hours beyond a day.
ELAPSED = ("[h", "[m", "[s")


def read_xls(content: bytes, limits: Limits) -> Workbook:
    """What xlrd reads; a file it gives up is refused (calamine would read some, but blank out their error cells)."""
    try:
        return _workbook(_open(content), limits)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # xlrd raises whatever a broken record makes of it
        raise Refusal("file_damaged", kind="xls", why=f"{type(error).__name__}: {error}"[:200]) from None


def _open(content: bytes) -> xlrd.Book:
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refusal("file_password_protected", kind="xls") from None
        raise


def _workbook(book: xlrd.Book, limits: Limits) -> Workbook:
    styles = _styles(book)
    sheets, area = [], 0
    for sheet in book.sheets():
        check_area(sheet.nrows, sheet.ncols, limits, sheet.name, area)
        read = _sheet(book, sheet, styles)
        area += square(read, limits, area)
        sheets.append(read)
    if not sheets:
        raise Refusal("file_damaged", kind="xls")
    return Workbook("xls", sheets)


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet, styles: list[CellStyle]) -> Sheet:
    sheet = Sheet(source.name, hidden=source.visibility != 0)
    for row in range(source.nrows):
        kinds, values = source.row_types(row), source.row_values(row)
        sheet.rows.append([None] * source.ncols)
        for column, kind in enumerate(kinds):
            if kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                _cell(book, source, sheet, (row, column), kind, values[column])
            _style(sheet, (row, column), styles[source.cell_xf_index(row, column)])
    sheet.struck_parts = _struck_parts(book, source) - sheet.struck
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in source.merged_cells]
    sheet.comments = {(row + 1, column + 1): note.text for (row, column), note in source.cell_note_map.items()}
    sheet.hidden_rows = {row + 1 for row, about in source.rowinfo_map.items() if about.hidden}
    sheet.hidden_columns = {column + 1 for column, about in source.colinfo_map.items() if about.hidden}
    return sheet


def _cell(
    book: xlrd.Book, source: xlrd.sheet.Sheet, sheet: Sheet, place: tuple[int, int], kind: int, value: object
) -> None:
    row, column = place
    if kind == xlrd.XL_CELL_ERROR:
        sheet.errors[row + 1, column + 1] = biffh.error_text_from_code.get(value, "#ERR!")
    elif kind == xlrd.XL_CELL_BOOLEAN:
        sheet.rows[row][column] = bool(value)
    elif kind == xlrd.XL_CELL_DATE:
        assert isinstance(value, (int, float)), "xlrd gives dates as numbers"
        sheet.rows[row][column] = _moment(float(value), book.datemode, _pattern(book, source, row, column))
    elif isinstance(value, (str, int, float)):
        sheet.rows[row][column] = value


def _pattern(book: xlrd.Book, source: xlrd.sheet.Sheet, row: int, column: int) -> str:
    style = book.xf_list[source.cell_xf_index(row, column)]
    return str(book.format_map[style.format_key].format_str or "")


def _moment(serial: float, mode: int, pattern: str) -> CellValue:
    """A date serial as what its format shows: a duration, a time of day, a date, or both."""
    if any(mark in pattern.lower() for mark in ELAPSED):
        return dt.timedelta(seconds=round(serial * 86400, 3))
    if 0 <= serial < 1:
        return (dt.datetime(2000, 1, 1) + dt.timedelta(milliseconds=round(serial * 86400e3))).time()
    try:
        moment: dt.datetime = xldate.xldate_as_datetime(serial, mode)
    except (OverflowError, ValueError, xldate.XLDateError):
        return serial
    return moment.date() if moment.time() == dt.time() else moment


def _styles(book: xlrd.Book) -> list[CellStyle]:
    """What matters about each cell format, by number."""
    return [_style_of(book, style) for style in book.xf_list]


def _style_of(book: xlrd.Book, style: xlrd.formatting.XF) -> CellStyle:
    known = book.format_map.get(style.format_key)
    font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
    fill = None
    if style.background.fill_pattern:
        colour = book.colour_map.get(style.background.pattern_colour_index)
        fill = "".join(f"{part:02X}" for part in colour) if colour else None
    return CellStyle(
        percent=bool(known and is_percent(known.format_str or "")),
        fill=None if fill in NO_STATUS else fill,
        struck=bool(font and font.struck_out),
    )


def _struck_parts(book: xlrd.Book, source: xlrd.sheet.Sheet) -> set[tuple[int, int]]:
    """Cells whose text changes to a struck-out font on its way."""
    struck = {number for number, font in enumerate(book.font_list) if font.struck_out}
    return {
        (row + 1, column + 1)
        for (row, column), runs in source.rich_text_runlist_map.items()
        if any(font in struck for _, font in runs)
    }


def _style(sheet: Sheet, place: tuple[int, int], style: CellStyle) -> None:
    if style is PLAIN or style == PLAIN:
        return
    position = (place[0] + 1, place[1] + 1)
    if style.percent:
        sheet.percent.add(position)
    if style.fill:
        sheet.fills[position] = style.fill
    if style.struck:
        sheet.struck.add(position)
