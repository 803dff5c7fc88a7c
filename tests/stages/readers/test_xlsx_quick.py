"""The quick way through a usual xlsx sees exactly what the complete one sees, or gives up."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from bench.workbooks import workbook
from etl.stages.readers.limits import DEFAULT, Limits
from etl.stages.readers.package import open_package
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.wire import pack_workbook, unpack
from etl.stages.readers.xlsx import read_completely
from etl.stages.readers.xlsx_quick import read_quickly
from etl.stages.shapes import Workbook
from tests.corpora import corpus_file, corpus_names, needs_corpora
from tests.stages.readers.packages import DATE, GREEN, PERCENT, STRUCK, sheet_xml, xlsx

PROJECT = Path(__file__).resolve().parents[3]
OURS = sorted(path for folder in ("data/demo", "tests/evaluation") for path in (PROJECT / folder).rglob("*.xlsx"))


def quick(content: bytes, limits: Limits = DEFAULT) -> Workbook | None:
    found = read_quickly(open_package(content), "xlsx", limits)
    return unpack(pack_workbook(*found)) if found else None


def complete(content: bytes) -> Workbook:
    return unpack(pack_workbook(*read_completely(content, open_package(content), "xlsx", DEFAULT)))


def both_agree(content: bytes) -> None:
    found, expected = quick(content), complete(content)
    assert found == expected
    for ours, theirs in zip(found.sheets, expected.sheets, strict=True):  # True == 1 == 1.0
        assert [list(map(type, row)) for row in ours.rows] == [list(map(type, row)) for row in theirs.rows]


def usual() -> bytes:
    """Every kind of cell that the quick way knows, as a usual program writes it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Maßnahmen & mehr")
    day, share = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "0.0%"})
    amount = book.add_format({"num_format": '#,##0.00 "€"', "font_strikeout": True})
    green = book.add_format({"bg_color": "#92D050"})
    for row in range(3, 40):
        sheet.write(row, 0, f"Kurs {row} <A&B> für „Ältere“")
        sheet.write(row, 1, row * (0.1 if row % 3 else 1))
        sheet.write_datetime(row, 2, dt.datetime(2025, 1, 1) + dt.timedelta(days=row), day)
        sheet.write_boolean(row, 4, row % 2 == 0)
        sheet.write(row, 5, row / 100, share)
        sheet.write(row, 6, 1000.5 + row, amount)
        if row % 5 == 0:
            sheet.write_blank(row, 7, None, green)
        sheet.write(row, 9, "  eingerückt")
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    sheet.merge_range(50, 0, 51, 3, "verbunden", green)
    sheet.write_comment(5, 0, "bitte prüfen")
    sheet.conditional_format("B4:B40", {"type": "cell", "criteria": ">", "value": 7, "format": green})
    hidden = book.add_worksheet("leer")
    hidden.hide()
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("content", [usual(), workbook(1), workbook(10)], ids=["usual", "list", "coloured list"])
def test_a_usual_workbook_reads_the_same_both_ways(content: bytes) -> None:
    both_agree(content)


def test_ranges_coloured_by_a_rule_are_told_on_the_quick_way_too() -> None:
    found = quick(usual())
    assert found is not None
    assert found.sheets[0].conditional == ["B4:B40"]


def test_cells_with_text_of_their_own_and_errors_read_the_same_both_ways() -> None:
    rows = "".join(
        f'<row r="{n}" spans="1:5"><c r="A{n}" t="inlineStr"><is><t>Kurs {n} &amp; mehr</t></is></c>'
        f'<c r="B{n}" s="{PERCENT}"><v>0.5</v></c><c r="C{n}" s="{GREEN}"/><c r="D{n}" s="{DATE}"><v>4600{n}</v></c>'
        f'<c r="E{n}" s="{STRUCK}" t="e"><v>#N/A</v></c></row>'
        for n in (2, 3, 5)
    )
    content = xlsx(sheet_xml(rows))
    both_agree(content)
    sheet = quick(content).sheets[0]
    assert sheet.errors == {(2, 5): "#N/A", (3, 5): "#N/A", (5, 5): "#N/A"}
    assert sheet.fills == {(2, 3): "92D050", (3, 3): "92D050", (5, 3): "92D050"}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_the_workbooks_of_the_demo_and_the_evaluation_read_the_same_both_ways(path: Path) -> None:
    content = path.read_bytes()
    if quick(content) is None:
        pytest.skip("not for the quick way")
    both_agree(content)


@needs_corpora
def test_there_are_collected_workbooks_to_compare_both_ways_with() -> None:
    assert corpus_names(".xlsx", ".xlsm")


@pytest.mark.parametrize("name", corpus_names(".xlsx", ".xlsm"))
def test_collected_workbooks_read_the_same_both_ways_or_are_left_to_the_complete_one(name: str) -> None:
    content = corpus_file(name)
    if not content.startswith(b"PK"):
        return
    try:
        found = quick(content)
    except Refusal as refusal:
        with pytest.raises(Refusal, match=refusal.code):
            complete(content)
        return
    if found is not None:
        both_agree(content)


UNUSUAL = {
    "a formula": '<row r="1"><c r="A1"><f>6*7</f><v>42</v></c></row>',
    "a time of day": f'<row r="1"><c r="A1" s="{DATE}"><v>46000.25</v></c></row>',
    "Excel's 29 February 1900": f'<row r="1"><c r="A1" s="{DATE}"><v>60</v></c></row>',
    "more digits than a float holds": '<row r="1"><c r="A1"><v>1234567890123456</v></c></row>',
    "rich text in the cell": '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>',
    "blanks that do not count": '<row r="1"><c r="A1" t="inlineStr"><is><t> a</t></is></c></row>',
    "rows out of order": '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    "cells out of order": '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
    "a cell of another row": '<row r="1"><c r="A2"><v>1</v></c></row>',
    "a comment": '<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>',
    "a number that is none": '<row r="1"><c r="A1"><v>1_000</v></c></row>',
    "a text that is not there": '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
    "an unknown attribute": '<row r="1"><c r="A1" vm="1"><v>1</v></c></row>',
    "an escaped character": '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c></row>',
    "a text struck out in part": '<row r="1"><c r="A1" t="inlineStr"><is><r><rPr><strike/></rPr></r></is></c></row>',
    "a formula that fetches from elsewhere": '<row r="1"><c r="A1"><f>[1]Blatt!A1</f><v>42</v></c></row>',
    "a row without a number": '<row><c r="A1"><v>1</v></c></row>',
}


@pytest.mark.parametrize("data", UNUSUAL.values(), ids=UNUSUAL)
def test_anything_unusual_is_left_to_the_complete_way(data: str) -> None:
    assert quick(xlsx(sheet_xml(data))) is None


def test_a_workbook_that_counts_days_from_1904_is_left_to_the_complete_way() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "date_1904": True})
    book.add_worksheet().write(0, 0, "x")
    book.close()
    assert quick(out.getvalue()) is None


def test_a_range_beyond_the_limit_is_refused_before_it_is_made() -> None:
    content = xlsx(
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="900000"><c r="XFD900000"><v>1</v></c></row>')
    )
    with pytest.raises(Refusal, match="file_too_large"):
        quick(content)
