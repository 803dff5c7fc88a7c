"""Excel's binary workbooks, written here record by record: what stands beside the values is seen as in xlsx."""

from __future__ import annotations

import struct

from etl.stages.read_workbook import read_workbook
from tests.corpora import corpus_file, needs_corpora
from tests.stages.readers.packages import record, wide, xlsb

PERCENT, GREEN, DARKER_WHITE, STRUCK, RED = range(1, 6)


def row(number: int, *cells: tuple[int, float], hidden: bool = False) -> bytes:
    """A row of numbers as (style, value), from column A on."""
    head = struct.pack("<IIHBB", number - 1, 0, 300, 0, 0x10 if hidden else 0) + bytes(5)
    written = (record(5, struct.pack("<IId", column, style, value)) for column, (style, value) in enumerate(cells))
    return record(0, head) + b"".join(written)


def data(*rows: bytes) -> bytes:
    return record(145) + b"".join(rows) + record(146)


def test_formats_colours_and_struck_out_cells_of_a_binary_workbook_are_seen() -> None:
    cells = [(0, 7.0), (PERCENT, 0.512), (GREEN, 1.0), (DARKER_WHITE, 2.0), (STRUCK, 3.0), (RED, 4.0)]
    book = read_workbook(xlsb(data(row(1, *cells))), "liste.xlsb")
    (sheet,) = book.sheets
    assert (book.format, sheet.rows) == ("xlsb", [[7, 0.512, 1, 2, 3, 4]])
    assert sheet.percent == {(1, 2)}
    assert sheet.fills == {(1, 3): "92D050", (1, 4): "BFBFBF", (1, 6): "FF0000"}
    assert sheet.struck == {(1, 5)}


def test_hidden_merged_errors_and_rules_of_a_binary_workbook_are_seen() -> None:
    columns = record(60, struct.pack("<4IH", 1, 1, 2560, 0, 1))
    error = record(3, struct.pack("<II", 1, 0) + bytes([42]))
    merged = record(176, struct.pack("<4I", 0, 1, 0, 1))
    rule = record(461, struct.pack("<3I", 1, 0, 1) + struct.pack("<4I", 0, 4, 0, 0))
    body = columns + data(row(1, (0, 1.0)) + error, row(2, (0, 2.0), (0, 3.0), hidden=True)) + merged + rule
    (sheet,) = read_workbook(xlsb(body), "liste.xlsb").sheets
    assert sheet.rows == [[1, None], [2, 3]]
    assert sheet.errors == {(1, 2): "#N/A"}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2})
    assert (sheet.merged, sheet.conditional) == ([(1, 1, 2, 2)], ["A1:A5"])


def test_a_comment_in_a_binary_workbook_is_seen() -> None:
    comment = record(635, struct.pack("<5I", 0, 0, 0, 0, 0) + bytes(16)) + record(637, b"\0" + wide("Bitte prüfen"))
    (sheet,) = read_workbook(xlsb(data(row(1, (0, 1.0))), comment), "liste.xlsb").sheets
    assert sheet.comments == {(1, 1): "Bitte prüfen"}


@needs_corpora
def test_the_comments_of_a_workbook_that_excel_wrote_are_seen() -> None:
    (sheet, *_) = read_workbook(corpus_file("bad/poi__test-data__spreadsheet__testVarious.xlsb"), "x.xlsb").sheets
    assert len(sheet.comments) == 10
    assert sheet.comments[8, 3].endswith("test comment2")
    assert sheet.percent
