"""LibreOffice's own format: typed values, repeats, what lies beside them."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import Sheet
from tests.stages.readers.packages import ods, zipped


def only_sheet(rows: str, automatic: str = "", columns: str = "") -> Sheet:
    return read_workbook(ods(f'<table:table table:name="Liste">{columns}{rows}</table:table>', automatic), "x").sheets[
        0
    ]


def cell(kind: str, value: str, text: str = "", more: str = "") -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    opening = f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"{more}>'
    return f"{opening}<text:p>{text}</text:p></table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_every_kind_of_value_is_read_as_its_kind() -> None:
    sheet = only_sheet(
        row(
            cell("percentage", "0.75"),
            cell("currency", "1234.5"),
            cell("float", "7"),
            cell("date", "2026-03-01"),
            cell("date", "2026-03-01T10:30:00"),
            cell("time", "PT14H30M00S"),
            cell("time", "PT37H30M00S"),
            cell("boolean", "true"),
            "<table:table-cell><text:p>a</text:p><text:p>b<text:s text:c='2'/>c</text:p></table:table-cell>",
        )
    )
    assert sheet.rows[0] == [
        0.75,
        1234.5,
        7,
        dt.date(2026, 3, 1),
        dt.datetime(2026, 3, 1, 10, 30),
        dt.time(14, 30),
        dt.timedelta(hours=37, minutes=30),
        True,
        "a\nb  c",
    ]
    assert sheet.percent == {(1, 1)}


def test_repeated_rows_and_cells_are_unrolled_and_the_blank_tail_is_not() -> None:
    thrice = cell("float", "1", more=' table:number-columns-repeated="3"')
    sheet = only_sheet(
        f'<table:table-row table:number-rows-repeated="2">{thrice}'
        '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    )
    assert sheet.rows == [[1, 1, 1], [1, 1, 1]]


def test_errors_formulas_merges_colours_comments_and_hidden_things_are_seen() -> None:
    styles = (
        '<style:style style:name="ce1"><style:table-cell-properties fo:background-color="#92d050"/></style:style>'
        '<style:style style:name="ce2" style:parent-style-name="ce1"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    sheet = only_sheet(
        row(
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error">'
            "<text:p>#DIV/0!</text:p></table:table-cell>",
            '<table:table-cell table:formula="of:=[.A1]"/>',
            cell("float", "5", more=' table:style-name="ce2" table:number-columns-spanned="2"'),
            "<table:covered-table-cell office:value-type='string'><text:p>darunter</text:p></table:covered-table-cell>",
            "<table:table-cell><office:annotation><text:p>Prüfen</text:p></office:annotation></table:table-cell>",
        )
        + f'<table:table-row table:visibility="collapse">{cell("float", "1")}</table:table-row>',
        styles,
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>',
    )
    assert sheet.errors == {(1, 1): "#DIV/0!"}
    assert sheet.formulas_without_value == {(1, 2): "=[.A1]"}
    assert sheet.merged == [(1, 3, 1, 4)]
    assert sheet.value(1, 4) == "darunter"
    assert (sheet.fills, sheet.struck) == ({(1, 3): "92D050"}, {(1, 3)})
    assert sheet.comments == {(1, 5): "Prüfen"}
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3})
    assert sheet.count_filled() == 5


def test_a_repeat_count_that_would_fill_the_memory_is_refused() -> None:
    with pytest.raises(DeliveryRefused) as refused:
        only_sheet(f'<table:table-row table:number-rows-repeated="999999999">{cell("float", "1")}</table:table-row>')
    assert refused.value.issue.code == "file_too_large"


def test_an_encrypted_document_asks_for_its_password() -> None:
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest}
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(zipped(parts), "liste.ods")
    assert refused.value.issue.code == "file_password_protected"


def test_a_flat_file_says_the_same_as_a_packed_one() -> None:
    table = f'<table:table table:name="Liste">{row(cell("float", "1"), cell("date", "2026-03-01"))}</table:table>'
    packed, flat = read_workbook(ods(table), "a.ods"), read_workbook(ods(table, flat=True), "a.fods")
    assert (packed.format, flat.format) == ("ods", "fods")
    assert packed.sheets == flat.sheets


def test_stretches_of_struck_out_text_rules_and_formulas_that_fetch_from_elsewhere_are_seen() -> None:
    styles = '<style:style style:name="T1"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    cells = row(
        '<table:table-cell><text:p>gilt <text:span text:style-name="T1">nicht</text:span></text:p></table:table-cell>',
        "<table:table-cell table:formula=\"of:='file:///tmp/a.ods'#$Tabelle1.A1\" office:value-type='float'"
        " office:value='7'><text:p>7</text:p></table:table-cell>",
        "<table:table-cell table:formula='of:=[.A1]' office:value-type='float' office:value='8'/>",
    )
    rule = (
        '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="Liste.B1:Liste.B9"/>'
        "</calcext:conditional-formats>"
    )
    sheet = only_sheet(cells + rule, styles)
    assert sheet.rows == [["gilt nicht", 7, 8]]
    assert (sheet.struck_parts, sheet.external, sheet.conditional) == ({(1, 1)}, {(1, 2)}, ["B1:B9"])
