"""What stands in a file's cells, by readers that are not ours: openpyxl, xlrd, odfpy and Python's csv."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl
import xlrd
from odf import opendocument, table, teletype
from openpyxl.utils.escape import unescape

Position = tuple[int, int]
#: Blank in the words of the ledger: no-break spaces and marks without width too.
BLANK = " \t\r\n\u00a0\u202f\u2007\ufeff\u200b"


@dataclass
class ForeignSheet:
    """``texts`` as ``said`` writes them (a formula by its stored result); ``filled`` as the ledger defines it."""

    texts: dict[Position, str] = field(default_factory=dict)
    filled: set[Position] = field(default_factory=set)

    def add(self, at: Position, value: Any) -> None:
        if value is not None:
            self.texts[at] = text_of(value)
            if self.texts[at].strip(BLANK):
                self.filled.add(at)


def foreign_sheets(content: bytes, format_: str) -> dict[str, ForeignSheet]:
    """Sheet name -> its cells; the one sheet of a csv is called ""."""
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}[format_](content)


def text_of(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(Decimal(repr(value)), "f")
    return str(value)


def _xlsx(content: bytes) -> dict[str, ForeignSheet]:
    """Read-only, because otherwise openpyxl drops what is stored beneath merged ranges."""
    found: dict[str, ForeignSheet] = {}
    for name, at, value in _openpyxl_cells(content, results=True):
        # openpyxl leaves "_x0041_" as stored; in this format it is the letter A (ST_Xstring), as Excel shows it
        found.setdefault(name, ForeignSheet()).add(at, unescape(value) if isinstance(value, str) else value)
    for name, at, value in _openpyxl_cells(content, results=False):
        if isinstance(value, str) and value.startswith("="):
            found.setdefault(name, ForeignSheet()).filled.add(at)
    return found


def _openpyxl_cells(content: bytes, *, results: bool) -> list[tuple[str, Position, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=results, read_only=True)
    return [
        (page.title, (cell.row, cell.column), cell.value)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and (results or cell.data_type == "f")
    ]


def _xls(content: bytes) -> dict[str, ForeignSheet]:
    book = xlrd.open_workbook(file_contents=content)
    found = {}
    for page in book.sheets():
        sheet = found[page.name] = ForeignSheet()
        for row in range(page.nrows):
            for column in range(page.ncols):
                sheet.add((row + 1, column + 1), _xls_value(book, page.cell(row, column)))
    return found


def _xls_value(book: xlrd.Book, cell: Any) -> Any:
    if cell.ctype == xlrd.XL_CELL_DATE:
        if cell.value < 1:
            return (dt.datetime.min + dt.timedelta(seconds=round(cell.value * 86_400))).time()
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code[cell.value]
    return bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value


def _ods(content: bytes) -> dict[str, ForeignSheet]:
    document = opendocument.load(io.BytesIO(content))
    found = {}
    for page in document.spreadsheet.getElementsByType(table.Table):
        sheet = found[page.getAttribute("name")] = ForeignSheet()
        row = 0
        for line in page.getElementsByType(table.TableRow):
            for _ in range(min(int(line.getAttribute("numberrowsrepeated") or 1), 1000)):
                row += 1
                column = 0
                for cell in line.childNodes:
                    for _ in range(min(int(cell.getAttribute("numbercolumnsrepeated") or 1), 100)):
                        column += 1
                        sheet.add((row, column), _ods_value(cell))
    return found


def _ods_value(cell: Any) -> Any:
    kind = cell.getAttribute("valuetype")
    if kind == "date":
        return dt.datetime.fromisoformat(cell.getAttribute("datevalue"))
    if kind == "time":
        return dt.datetime.strptime(cell.getAttribute("timevalue"), "PT%HH%MM%SS").time()
    if kind == "boolean":
        return cell.getAttribute("booleanvalue") == "true"
    if kind in {"float", "percentage", "currency"}:
        return float(cell.getAttribute("value"))
    return "\n".join(teletype.extractText(paragraph) for paragraph in cell.childNodes) if cell.childNodes else None


def _csv(content: bytes) -> dict[str, ForeignSheet]:
    text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "cp1252")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    sheet = ForeignSheet()
    for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
        for column, value in enumerate(values, 1):
            sheet.add((row, column), value)
    return {"": sheet}
