"""Old Excel files, written here with xlwt and read with what xlrd sees."""

from __future__ import annotations

import datetime as dt
import io

import xlwt

from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import Sheet


def sheet_of(book: xlwt.Workbook) -> Sheet:
    written = io.BytesIO()
    book.save(written)
    read = read_workbook(written.getvalue(), "liste.xlsx")
    assert read.format == "xls"
    return read.sheets[0]


def test_values_dates_percentages_and_colours_of_an_old_workbook_are_seen() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    sheet.write(1, 0, "Maßnahme")
    sheet.write(1, 1, 12)
    sheet.write(1, 2, dt.date(2026, 3, 1), xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    sheet.write(1, 3, 0.512, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(1, 4, "", xlwt.easyxf("pattern: pattern solid, fore_colour red"))
    sheet.write(1, 5, True)
    sheet.write(2, 0, "gestrichen", xlwt.easyxf("font: struck_out on"))
    sheet.write(2, 1, dt.time(14, 30), xlwt.easyxf(num_format_str="HH:MM"))
    read = sheet_of(book)
    assert read.rows[1] == ["Maßnahme", 12, dt.date(2026, 3, 1), 0.512, None, True]
    assert read.value(3, 2) == dt.time(14, 30)
    assert read.percent == {(2, 4)}
    assert read.fills == {(2, 5): "FF0000"}
    assert read.struck == {(3, 1)}


def test_merged_hidden_and_error_cells_of_an_old_workbook_are_seen() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    sheet.write_merge(0, 0, 0, 2, "Titel")
    sheet.write(1, 0, 1)
    sheet.write(2, 2, 2)
    sheet.row(1).hidden = True
    sheet.col(2).hidden = True
    sheet.row(1).set_cell_error(1, 0x2A)
    read = sheet_of(book)
    assert read.merged == [(1, 1, 1, 3)]
    assert (read.hidden_rows, read.hidden_columns) == ({2}, {3})
    assert read.errors == {(2, 2): "#N/A"}
    assert read.count_filled() == 4


def test_text_of_an_old_workbook_that_is_struck_out_in_part_is_seen() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Liste")
    sheet.write_rich_text(0, 0, ("gilt ", ("nicht", xlwt.easyfont("struck_out on"))))
    read = sheet_of(book)
    assert (read.rows, read.struck_parts, read.struck) == ([["gilt nicht"]], {(1, 1)}, set())


def test_dates_of_an_old_workbook_counted_from_1904_are_the_same_days() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("Liste").write(0, 0, 44621, xlwt.easyxf(num_format_str="DD.MM.YYYY"))
    assert sheet_of(book).rows == [[dt.date(2026, 3, 2)]]
