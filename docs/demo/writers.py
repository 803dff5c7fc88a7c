"""Books become files: XLSX, XLS, ODS and CSV, byte for byte the same on every run."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf import style as odf_style
from odf import table as odf_table
from odf import text as odf_text
from odf.opendocument import OpenDocumentSpreadsheet
from pages import Book, Cell, Page

ZIP_DAY = (1980, 1, 1, 0, 0, 0)

XLSX_STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "note": {"italic": True, "font_color": "#595959"},
    "head": {"bold": True, "bg_color": "#D9E1F2", "border": 1, "text_wrap": True, "valign": "vcenter"},
    "section": {"bold": True, "bg_color": "#EDEDED"},
    "total": {"bold": True, "top": 1},
    "bold": {"bold": True},
    "date": {"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"},
    "month": {"num_format": "mm/yyyy", "valign": "top", "align": "left"},
    "money": {"num_format": '#,##0.00 "€"', "valign": "top"},
    "percent": {"num_format": "0.0%", "valign": "top"},
    "share": {"num_format": "0%", "valign": "top"},
    "green": {"bg_color": "#92D050"},
    "yellow": {"bg_color": "#FFC000"},
    "red": {"bg_color": "#FF0000"},
}


def write(book: Book, path: Path, created: datetime) -> None:
    """Write ``book`` to ``path`` in the format its suffix names."""
    book.check()
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[path.suffix](book, path, created)


def write_xlsx(book: Book, path: Path, created: datetime) -> None:
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"title": book.title, "author": "", "created": created})
    formats = {name: workbook.add_format(look) for name, look in XLSX_STYLES.items()}
    for page in book.pages:
        sheet = workbook.add_worksheet(page.name)
        for column, width in enumerate(page.widths):
            sheet.set_column(column, column, width)
        covered = {(merge.first_row, merge.first_column): merge for merge in page.merges}
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                look = formats[cell.style]
                merge = covered.get((row, column))
                if merge:
                    sheet.merge_range(merge.first_row, merge.first_column, merge.last_row, merge.last_column, "", look)
                if cell.formula:
                    sheet.write_formula(row, column, cell.formula, look, cell.value)
                elif isinstance(cell.value, date):
                    sheet.write_datetime(row, column, datetime.combine(cell.value, time()), look)
                elif isinstance(cell.value, str):
                    sheet.write_string(row, column, cell.value, look)
                elif cell.value is not None:
                    sheet.write_number(row, column, cell.value, look)
                elif not merge and cell.style != "text" and not _inside_merge(page, row, column):
                    sheet.write_blank(row, column, None, look)
        for area, words in page.choices:
            sheet.data_validation(
                area.first_row,
                area.first_column,
                area.last_row,
                area.last_column,
                {"validate": "list", "source": words},
            )
        if page.hidden:
            sheet.hide()
    workbook.close()


def _inside_merge(page: Page, row: int, column: int) -> bool:
    return any(
        merge.first_row <= row <= merge.last_row and merge.first_column <= column <= merge.last_column
        for merge in page.merges
    )


def write_xls(book: Book, path: Path, created: datetime) -> None:
    del created  # the old format keeps no such date here
    workbook = xlwt.Workbook(encoding="utf-8")
    looks = {
        "plain": xlwt.easyxf(""),
        "bold": xlwt.easyxf("font: bold on"),
        "date": xlwt.easyxf("", num_format_str="DD.MM.YYYY"),
        "money": xlwt.easyxf("", num_format_str="#,##0.00"),
        "share": xlwt.easyxf("", num_format_str="0.0%"),
    }
    by_style = {"date": "date", "money": "money", "percent": "share", "title": "bold", "head": "bold", "total": "bold"}
    for page in book.pages:
        sheet = workbook.add_sheet(page.name)
        for column, width in enumerate(page.widths):
            sheet.col(column).width = int(width * 256)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell.value is not None:
                    value = datetime.combine(cell.value, time()) if isinstance(cell.value, date) else cell.value
                    sheet.write(row, column, value, looks[by_style.get(cell.style, "plain")])
    workbook.save(str(path))


def write_ods(book: Book, path: Path, created: datetime) -> None:
    document = OpenDocumentSpreadsheet()
    bold = odf_style.Style(name="bold", family="table-cell")
    bold.addElement(odf_style.TextProperties(fontweight="bold"))
    document.automaticstyles.addElement(bold)
    for page in book.pages:
        sheet = odf_table.Table(name=page.name)
        for cells in page.rows:
            line = odf_table.TableRow()
            for cell in cells:
                line.addElement(_ods_cell(cell, bold))
            if not cells:
                line.addElement(odf_table.TableCell())
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    buffer = io.BytesIO()
    document.save(buffer)
    _rezip(buffer, path, created)


def _ods_cell(cell: Cell, bold: odf_style.Style) -> odf_table.TableCell:
    look: dict[str, Any] = {"stylename": bold} if cell.style in {"title", "head", "total"} else {}
    if isinstance(cell.value, date):
        made = odf_table.TableCell(valuetype="date", datevalue=cell.value.isoformat(), **look)
        made.addElement(odf_text.P(text=german_date(cell.value)))
    elif isinstance(cell.value, str):
        made = odf_table.TableCell(valuetype="string", **look)
        for part in cell.value.split("\n"):
            made.addElement(odf_text.P(text=part))
    elif cell.value is not None:
        made = odf_table.TableCell(valuetype="float", value=str(cell.value), **look)
        made.addElement(odf_text.P(text=str(cell.value).replace(".", ",")))
    else:
        made = odf_table.TableCell(**look)
    return made


def _rezip(buffer: io.BytesIO, path: Path, created: datetime) -> None:
    """Copy an archive with fixed times, so that two runs give the same bytes."""
    stamp = created.strftime("%Y-%m-%dT%H:%M:%S")
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "meta.xml":
                content = _dated_meta(content.decode(), stamp).encode()
            fixed = zipfile.ZipInfo(entry.filename, ZIP_DAY)
            fixed.compress_type = zipfile.ZIP_STORED if entry.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)


def _dated_meta(xml: str, stamp: str) -> str:
    date_element = f"<meta:creation-date>{stamp}</meta:creation-date><dc:date>{stamp}</dc:date>"
    return xml.replace("</office:meta>", f"{date_element}</office:meta>")


def write_csv(book: Book, path: Path, created: datetime) -> None:
    del created  # a text file keeps no such date
    (page,) = book.pages
    with path.open("w", encoding=book.encoding, newline="") as file:
        lines = csv.writer(file, delimiter=book.delimiter, lineterminator="\r\n")
        for cells in page.rows:
            lines.writerow([_csv_text(cell) for cell in cells])


def _csv_text(cell: Cell) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, date):
        return german_date(cell.value)
    if isinstance(cell.value, float):
        return f"{cell.value:g}".replace(".", ",")
    return str(cell.value)


def german_date(day: date) -> str:
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


WRITERS: dict[str, Callable[[Book, Path, datetime], None]] = {
    ".xlsx": write_xlsx,
    ".xls": write_xls,
    ".ods": write_ods,
    ".csv": write_csv,
}
