"""Every file that was ever sent is either read or refused with a sentence, and no cell is lost on the way."""

from __future__ import annotations

import datetime as dt
import io
import warnings
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
import xlrd

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import Sheet, Workbook, address, is_filled
from tests.corpora import corpus_file, corpus_index, corpus_names, needs_corpora
from tests.stages.readers.packages import sheet_xml, xlsx, zipped

CODES = {
    "file_not_a_spreadsheet",
    "file_empty",
    "file_password_protected",
    "file_damaged",
    "file_too_large",
    "file_took_too_long",
}
#: Text files read as one delimited sheet although the index, made with other readers, expects an error.
TEXT = (".csv", ".txt", ".prn", ".tsv", "test_properties1")
#: Files the index expects to be refused and that are read after all, with the reason.
READ_AFTER_ALL = {
    "bad/made__csv_as.xlsx": "content decides: text named xlsx is read as the csv it is",
    "bad/made__deep_xml.xlsx": "200,000 nested elements: an empty sheet, which the index allows",
}
#: Values we read differently from openpyxl, and why; the cells counted are the same.
DIFFERENT_TEXT = {
    "bad/calamine__tests__has_x000D_.xlsx": "_x000D_ is a carriage return",
    "bad/calamine__tests__has_x000D_inline.xlsx": "_x000D_ is a carriage return",
    "bad/calamine__tests__whitespace_trim.xlsx": "blanks around a text count only under xml:space=preserve",
    "bad/poi__test-data__spreadsheet__56278.xlsx": "blanks around a text count only under xml:space=preserve",
    "bad/poi__test-data__spreadsheet__52575_main.xlsx": "a formula's text that openpyxl gives without value",
}
#: Files whose values under merged ranges openpyxl drops; we keep what the file stores.
UNDER_MERGED = ("PF_Round_1_Success.xlsx",)


def outcome(content: bytes, name: str) -> Workbook | str:
    try:
        return read_workbook(content, name)
    except DeliveryRefused as refused:
        return refused.issue.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\t \n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"%PDF-1.7 ...", "file_not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "file_not_a_spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "file_not_a_spreadsheet"),
        (zipped({"word/document.xml": "<w/>"}), "file_not_a_spreadsheet"),
        (zipped({"liste.txt": "x"}), "file_not_a_spreadsheet"),
        (xlsx(sheet_xml(""))[:400], "file_damaged"),
        (b"PK\x03\x04" + bytes(50), "file_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "file_damaged"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_by_its_content(content: bytes, code: str) -> None:
    assert outcome(content, "liste.xlsx") == code


def test_an_excel_file_named_csv_and_a_csv_named_xlsx_are_read_for_what_they_are() -> None:
    excel = outcome(xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')), "liste.csv")
    text = outcome(b"A;B\n1;2\n", "liste.xlsx")
    assert isinstance(excel, Workbook)
    assert isinstance(text, Workbook)
    assert (excel.format, text.format) == ("xlsx", "csv")


@needs_corpora
@pytest.mark.parametrize("name", corpus_names())
def test_every_collected_file_is_read_or_refused_as_expected(name: str) -> None:
    expected = str(corpus_index()[name].get("expected", ""))
    found = outcome(corpus_file(name), name)
    if isinstance(found, str):
        assert found in CODES
        should_be_read = expected.startswith("readable") or name.startswith("real/")
        assert not should_be_read, f"{name} was refused: {found}"
    else:
        may_be_read = not expected.startswith(("clear error", "clean error")) or "or read" in expected
        assert may_be_read or name.endswith(TEXT) or name in READ_AFTER_ALL, f"{name} was read, expected {expected}"
        for sheet in found.sheets:
            assert len({len(row) for row in sheet.rows}) <= 1, "all rows are equally long"


@needs_corpora
@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_no_cell_of_the_collected_xlsx_files_is_lost_against_openpyxl(every: int) -> None:
    """One file in three in each run, all of them in the long one: openpyxl takes its time."""
    differences, cells = [], 0
    for name in corpus_names(".xlsx", ".xlsm")[::every]:
        book = outcome(corpus_file(name), name)
        if isinstance(book, str) or book.format == "csv":
            continue
        seen = seen_by_openpyxl(corpus_file(name))
        for sheet in book.sheets if seen else ():
            cells += sheet.count_filled()
            differences += [f"{name} {line}" for line in differing(name, sheet, seen.get(sheet.name, {}))]
    assert not differences, "\n" + "\n".join(differences)
    assert cells > 20_000 // every


@needs_corpora
def test_no_cell_of_the_collected_xls_files_is_lost_against_xlrd() -> None:
    differences, cells = [], 0
    for name in corpus_names(".xls", ".biff5"):
        book = outcome(corpus_file(name), name)
        if isinstance(book, str) or book.format != "xls":
            continue
        seen = seen_by_xlrd(corpus_file(name))
        for sheet in book.sheets:
            cells += sheet.count_filled()
            ours, theirs = set(filled_cells(sheet)), seen.get(sheet.name, set())
            differences += [f"{name} {sheet.name} {address(*at)}" for at in sorted(ours ^ theirs)[:5]]
    assert not differences, "\n" + "\n".join(differences)
    assert cells > 5_000


def filled_cells(sheet: Sheet) -> Iterator[tuple[int, int]]:
    for row in range(1, len(sheet.rows) + 1):
        for column in range(1, len(sheet.rows[0]) + 1):
            if sheet.filled(row, column):
                yield row, column


def seen_by_openpyxl(content: bytes) -> dict[str, dict[tuple[int, int], Any]]:
    """Sheet -> cell -> stored value, of all cells openpyxl knows as filled; empty where it gives up."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            formulas = openpyxl.load_workbook(io.BytesIO(content))
            values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        except Exception:
            return {}
    found: dict[str, dict[tuple[int, int], Any]] = {}
    for sheet in formulas.worksheets:
        stored = values[sheet.title]
        found[sheet.title] = {
            (cell.row, cell.column): stored.cell(cell.row, cell.column).value
            for line in sheet.iter_rows()
            for cell in line
            if cell.value is not None and is_filled(str(cell.value))
        }
    return found


def differing(name: str, sheet: Sheet, theirs: dict[tuple[int, int], Any]) -> Iterator[str]:
    ours = set(filled_cells(sheet))
    merged = {at for at in ours - theirs.keys() if name.endswith(UNDER_MERGED) and under_merged(sheet, at)}
    for at in sorted((ours ^ theirs.keys()) - merged):
        yield f"{sheet.name} {address(*at)} filled for {'us' if at in ours else 'openpyxl'} only"
    for at in sorted(ours & theirs.keys() - sheet.errors.keys() - sheet.formulas_without_value.keys()):
        if not same(sheet.value(*at), theirs[at]) and name not in DIFFERENT_TEXT:
            yield f"{sheet.name} {address(*at)} {sheet.value(*at)!r} is {theirs[at]!r} for openpyxl"


def under_merged(sheet: Sheet, at: tuple[int, int]) -> bool:
    return any(
        top <= at[0] <= bottom and left <= at[1] <= right and at != (top, left)
        for top, left, bottom, right in sheet.merged
    )


def same(ours: object, theirs: object) -> bool:
    if isinstance(theirs, dt.datetime) and type(ours) is dt.date:
        return theirs == dt.datetime.combine(ours, dt.time())
    return ours == theirs


def seen_by_xlrd(content: bytes) -> dict[str, set[tuple[int, int]]]:
    book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO())
    return {
        sheet.name: {
            (row + 1, column + 1)
            for row in range(sheet.nrows)
            for column in range(sheet.ncols)
            if sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
            and is_filled(sheet.cell_value(row, column))
        }
        for sheet in book.sheets()
    }
