"""Files nobody wrote: sheets from ``any_sheet``, written by other people's writers as xlsx, xls, ods or csv."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import xlsxwriter
import xlwt
from hypothesis import strategies as st
from odf import opendocument, table, teletype, text
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from tests.pipeline.any_sheet import AnySheet, sheets
from tests.pipeline.any_words import ErrorCell, Formula, Percent, Value


@dataclass
class AnyWorkbook:
    """A file; ``sheets`` (what it was made from) is shown when a property fails."""

    format: str
    sheets: list[AnySheet]
    content: bytes = field(repr=False)

    @property
    def file(self) -> str:
        return f"irgendeine.{self.format}"


@st.composite
def any_workbooks(draw: st.DrawFn) -> AnyWorkbook:
    """Mostly xlsx by two writers, some xls, ods and csv."""
    format_, write = draw(st.sampled_from(_WRITERS))
    count = 1 if format_ == "csv" else draw(st.sampled_from([1, 1, 1, 2, 3]))
    drawn = [draw(sheets(number)) for number in range(1, count + 1)]
    return written(format_, write, drawn)


def written(format_: str, write: Callable[[list[AnySheet]], bytes], drawn: list[AnySheet]) -> AnyWorkbook:
    return AnyWorkbook(format_, drawn, write(drawn))


def by_xlsxwriter(drawn: list[AnySheet]) -> bytes:
    """As programs write that store the results of formulas."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for sheet in drawn:
        page = book.add_worksheet(sheet.name)
        if sheet.hidden:
            page.hide()
        for top, left, bottom, right in sheet.merged:
            page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
        for at in {**dict.fromkeys(sheet.fills), **dict.fromkeys(sheet.struck)}:
            if at not in sheet.cells:
                page.write_blank(at[0] - 1, at[1] - 1, None, book.add_format(_xlsx_format(sheet, at, None)))
        for at, value in sheet.cells.items():
            _write_xlsx(page, at[0] - 1, at[1] - 1, value, book.add_format(_xlsx_format(sheet, at, value)))
        for row in sheet.hidden_rows:
            page.set_row(row - 1, None, None, {"hidden": True})
        for column in sheet.hidden_columns:
            page.set_column(column - 1, column - 1, None, None, {"hidden": True})
        for (row, column), comment in sheet.comments.items():
            page.write_comment(row - 1, column - 1, comment)
    book.close()
    return out.getvalue()


def _xlsx_format(sheet: AnySheet, at: tuple[int, int], value: Value | None) -> dict[str, Any]:
    found: dict[str, Any] = {"font_strikeout": at in sheet.struck}
    if at in sheet.fills:
        found["bg_color"] = "#" + sheet.fills[at]
    number_format = _number_format(value)
    return found | ({"num_format": number_format} if number_format else {})


def _number_format(value: Value | None) -> str | None:
    if isinstance(value, dt.datetime):
        return "dd.mm.yyyy hh:mm:ss"
    if isinstance(value, dt.date):
        return "dd.mm.yyyy"
    if isinstance(value, dt.time):
        return "hh:mm:ss"
    return "0.0%" if isinstance(value, Percent) else None


def _write_xlsx(page: Any, row: int, column: int, value: Value, style: Any) -> None:
    if isinstance(value, bool):
        page.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        page.write_string(row, column, value, style)
    elif isinstance(value, Formula):
        page.write_formula(row, column, value.text, style, _stored_result(value))
    elif isinstance(value, ErrorCell):
        page.write_formula(row, column, "=" + value.code, style, value.code)
    elif isinstance(value, dt.date | dt.time):
        page.write_datetime(row, column, value, style)
    else:
        page.write_number(row, column, value.number if isinstance(value, Percent) else value, style)


def _stored_result(formula: Formula) -> str | float | bool:
    return "" if formula.result is None else formula.result


def by_openpyxl(drawn: list[AnySheet]) -> bytes:
    """As programs write that store formulas without results."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in drawn:
        page = book.create_sheet(sheet.name)
        page.sheet_state = "hidden" if sheet.hidden else "visible"
        for at in {**dict.fromkeys(sheet.cells), **dict.fromkeys(sheet.fills), **dict.fromkeys(sheet.struck)}:
            _write_openpyxl(page.cell(*at), sheet.cells.get(at))
            page.cell(*at).font = Font(strike=at in sheet.struck)
            if at in sheet.fills:
                page.cell(*at).fill = PatternFill("solid", fgColor=sheet.fills[at])
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        for row in sheet.hidden_rows:
            page.row_dimensions[row].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[get_column_letter(column)].hidden = True
        for at, comment in sheet.comments.items():
            if not any(_inside(area, at) for area in sheet.merged):
                page.cell(*at).comment = Comment(comment, "Büro")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _inside(area: tuple[int, int, int, int], at: tuple[int, int]) -> bool:
    return area[0] <= at[0] <= area[2] and area[1] <= at[1] <= area[3]


def _write_openpyxl(cell: Any, value: Value | None) -> None:
    if isinstance(value, str):
        cell.value, cell.data_type = value, "s"
    elif isinstance(value, Formula):
        cell.value, cell.data_type = value.text, "f"
    elif isinstance(value, ErrorCell):
        cell.value, cell.data_type = value.code, "e"
    elif isinstance(value, Percent):
        cell.value, cell.number_format = value.number, "0.0%"
    else:
        cell.value = value


def by_xlwt(drawn: list[AnySheet]) -> bytes:
    book = xlwt.Workbook()
    for sheet in drawn:
        page = book.add_sheet(sheet.name)
        page.visibility = int(sheet.hidden)
        for (row, column), value in sheet.cells.items():
            _write_xlwt(page, row - 1, column - 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_xlwt(page: Any, row: int, column: int, value: Value) -> None:
    if isinstance(value, ErrorCell):
        page.row(row).set_cell_error(column, {"#N/A": "#N/A!"}.get(value.code, value.code))
        return
    number_format = _number_format(value)
    style = xlwt.easyxf(num_format_str=number_format) if number_format else xlwt.Style.default_style
    page.write(row, column, _result(value), style)


def _result(value: Value) -> Any:
    """What a format without formulas and percentages holds."""
    if isinstance(value, Formula):
        return value.text if value.result is None else value.result
    return value.number if isinstance(value, Percent) else value


def by_odfpy(drawn: list[AnySheet]) -> bytes:
    book = opendocument.OpenDocumentSpreadsheet()
    for sheet in drawn:
        page = table.Table(name=sheet.name)
        for row in range(1, max((row for row, _ in sheet.cells), default=1) + 1):
            line = table.TableRow()
            for column in range(1, max((c for r, c in sheet.cells if r == row), default=1) + 1):
                line.addElement(_ods_cell(sheet.cells.get((row, column))))
            page.addElement(line)
        book.spreadsheet.addElement(page)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def _ods_cell(value: Value | None) -> Any:
    if value is None:
        return table.TableCell()
    held = _result(value) if not isinstance(value, ErrorCell) else value.code
    about: dict[str, Any] = {"valuetype": "string"}
    if isinstance(held, bool):
        about = {"valuetype": "boolean", "booleanvalue": "true" if held else "false"}
    elif isinstance(held, dt.date):
        about = {"valuetype": "date", "datevalue": held.isoformat()}
    elif isinstance(held, dt.time):
        about = {"valuetype": "time", "timevalue": held.strftime("PT%HH%MM%SS")}
    elif isinstance(held, int | float):
        about = {"valuetype": "percentage" if isinstance(value, Percent) else "float", "value": repr(held)}
    cell = table.TableCell(**about)
    paragraph = text.P()
    teletype.addTextToElement(paragraph, plain(held))
    cell.addElement(paragraph)
    return cell


def plain(value: Any) -> str:
    """A value as a list of plain text holds it."""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    return f"{value}".replace(".", ",") if isinstance(value, float) else f"{value}"


def by_csv(drawn: list[AnySheet]) -> bytes:
    """The first sheet, as a German spreadsheet program exports it."""
    cells = drawn[0].cells
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    width = max((column for _, column in cells), default=1)
    for row in range(1, max((row for row, _ in cells), default=0) + 1):
        values = [cells.get((row, column)) for column in range(1, width + 1)]
        writer.writerow(
            ["" if v is None else v.code if isinstance(v, ErrorCell) else plain(_result(v)) for v in values]
        )
    return out.getvalue().encode("utf-8-sig")


_WRITERS: list[tuple[str, Callable[[list[AnySheet]], bytes]]] = [
    *[("xlsx", by_xlsxwriter)] * 8,
    *[("xlsx", by_openpyxl)] * 3,
    ("xls", by_xlwt),
    ("ods", by_odfpy),
    ("csv", by_csv),
]
