"""What stands in an Excel workbook beside its values is seen, whoever wrote it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import read_workbook
from etl.stages.readers.xlsx_scan import is_usual, scan
from etl.stages.readers.xlsx_styles import is_percent, read_styles, tinted
from etl.stages.readers.xlsx_walk import walk
from etl.stages.shapes import Sheet
from tests.corpora import corpus_file, corpus_names, needs_corpora
from tests.stages.readers.packages import (
    DARKER_WHITE,
    DATE,
    GREEN,
    MAIN,
    OFFICE,
    PERCENT,
    RED,
    RELATIONS,
    STRUCK,
    STYLES,
    THEME,
    WHITE,
    sheet_xml,
    xlsx,
    zipped,
)


def only_sheet(data: str, before: str = "", after: str = "") -> Sheet:
    return read_workbook(xlsx(sheet_xml(data, before, after)), "liste.xlsx").sheets[0]


def test_an_error_cell_is_filled_and_keeps_its_code() -> None:
    sheet = only_sheet('<row r="2"><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2"><v>5</v></c></row>')
    assert sheet.errors == {(2, 2): "#DIV/0!"}
    assert sheet.rows == [[None, None, None], [None, None, 5]]
    assert sheet.count_filled() == 2


def test_a_formula_without_stored_value_is_filled_and_keeps_its_text() -> None:
    sheet = only_sheet('<row r="1"><c r="A1"><v>1</v></c><c r="D1"><f>SUM(A1:A9)&amp;"x"</f></c></row>')
    assert sheet.formulas_without_value == {(1, 4): '=SUM(A1:A9)&"x"'}
    assert sheet.rows == [[1, None, None, None]]
    assert sheet.count_filled() == 2


def test_a_formula_with_a_stored_value_is_that_value() -> None:
    sheet = only_sheet('<row r="1"><c r="A1"><f>6*7</f><v>42</v></c></row>')
    assert sheet.rows == [[42]]
    assert not sheet.formulas_without_value


def test_a_formula_that_gives_an_empty_text_is_filled_but_lacks_nothing() -> None:
    sheet = only_sheet('<row r="1"><c r="A1" t="str"><f>IF(B1="","",1)</f><v></v></c><c r="B1"><v>1</v></c></row>')
    assert sheet.rows == [["", 1]]
    assert (1, 1) in sheet.formulas_without_value
    assert sheet.count_filled() == 2


def test_a_formulas_text_is_read_even_when_its_writer_called_it_inline() -> None:
    sheet = only_sheet('<row r="1"><c r="A1" t="inlineStr"><f>B1</f><v>läuft</v></c></row>')
    assert sheet.rows == [["läuft"]]


def test_colours_are_resolved_from_rgb_palette_and_theme() -> None:
    cells = "".join(
        f'<c r="{letter}1" s="{style}"><v>1</v></c>'
        for letter, style in zip("ABCD", (GREEN, RED, DARKER_WHITE, WHITE), strict=True)
    )
    sheet = only_sheet(f'<row r="1">{cells}</row>')
    assert sheet.fills == {(1, 1): "92D050", (1, 2): "FF0000", (1, 3): "BFBFBF"}


def test_a_coloured_cell_without_value_is_not_filled_but_its_colour_is_known() -> None:
    sheet = only_sheet(f'<row r="1"><c r="A1" s="{GREEN}"/><c r="B1"><v>1</v></c></row>')
    assert sheet.fills == {(1, 1): "92D050"}
    assert sheet.count_filled() == 1


def test_percentages_struck_out_text_and_dates_are_known_by_their_format() -> None:
    cells = f'<c r="A1" s="{PERCENT}"><v>0.512</v></c><c r="B1" s="{STRUCK}"><v>7</v></c>'
    cells += f'<c r="C1" s="{DATE}"><v>45292</v></c>'
    sheet = only_sheet(f'<row r="1">{cells}</row>')
    assert sheet.rows == [[0.512, 7, dt.date(2024, 1, 1)]]
    assert sheet.percent == {(1, 1)}
    assert sheet.struck == {(1, 2)}


def test_a_fully_coloured_table_loses_no_colour() -> None:
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{letter}{row}" s="{GREEN}"><v>1</v></c>' for letter in "ABCDE") + "</row>"
        for row in range(1, 301)
    )
    assert len(only_sheet(rows).fills) == 1500


def test_hidden_rows_and_columns_and_merged_ranges_are_known() -> None:
    sheet = only_sheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="B2"><v>3</v></c></row>',
        before='<cols><col min="3" max="9" width="5" hidden="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
    )
    assert sheet.hidden_rows == {2}
    assert sheet.hidden_columns == {3}
    assert sheet.merged == [(1, 1, 2, 2)]
    assert sheet.value(2, 2) == 3, "what the file stores beneath a merged range counts"


def test_a_long_number_keeps_its_digits() -> None:
    sheet = only_sheet(
        '<row r="1"><c r="A1"><v>1234567890123456789</v></c><c r="B1"><v>123456789012345678</v></c></row>'
    )
    assert sheet.rows[0][1] == 123456789012345678


def test_a_wrong_dimension_record_loses_nothing() -> None:
    sheet = only_sheet(
        '<row r="3"><c r="B3"><v>1</v></c></row><row r="9"><c r="D9"><v>2</v></c></row>', before='<dimension ref="A1"/>'
    )
    assert (sheet.value(3, 2), sheet.value(9, 4)) == (1, 2)


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576"])
def test_a_single_cell_at_the_end_of_the_sheet_is_refused_as_too_large(cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    data = (
        f'<row r="1"><c r="A1"><v>1</v></c><c r="F1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    )
    with pytest.raises(DeliveryRefused) as refused:
        only_sheet(data)
    assert refused.value.issue.code == "file_too_large"


def test_a_formatted_row_at_the_end_of_the_sheet_does_no_harm() -> None:
    sheet = only_sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576" s="{GREEN}"/></row>')
    assert sheet.rows == [[1]]
    assert not sheet.fills


def test_a_prefixed_namespace_says_the_same() -> None:
    plain = sheet_xml(
        f'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" s="{PERCENT}"><v>0.5</v></c><c r="C1"><f>A1</f></c></row>'
    )
    prefixed = plain.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x=")
    assert not is_usual(prefixed.encode())
    assert read_workbook(xlsx(prefixed), "x").sheets[0] == read_workbook(xlsx(plain), "x").sheets[0]


def test_strict_ooxml_reads_like_transitional() -> None:
    data = (
        f'<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" s="{PERCENT}"><v>0.5</v></c></row>'
    )
    transitional = xlsx(sheet_xml(data), sheet_xml(data))
    strict = in_strict_names(transitional)
    assert b"schemas.openxmlformats.org/spreadsheetml" not in b"".join(parts_of(strict).values())
    assert read_workbook(strict, "x") == read_workbook(transitional, "x")


def parts_of(content: bytes) -> dict[str, bytes]:
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name) for name in package.namelist()}


def in_strict_names(content: bytes) -> bytes:
    """The same workbook in the names of ISO 29500 Strict."""
    strict = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
    }
    parts = parts_of(content)
    for old, new in strict.items():
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return zipped(parts)


def test_a_workbook_with_macros_is_read_and_its_macros_are_not_looked_at() -> None:
    book = read_workbook(
        xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'), more={"xl/vbaProject.bin": b"?"}), "x"
    )
    assert (book.format, book.sheets[0].rows) == ("xlsm", [[1]])


def test_dates_counted_from_1904_are_the_same_days() -> None:
    sheet = sheet_xml(f'<row r="1"><c r="A1" s="{DATE}"><v>44621</v></c></row>')
    workbook = parts_of(xlsx(sheet))["xl/workbook.xml"].replace(b"<sheets>", b'<workbookPr date1904="1"/><sheets>')
    assert read_workbook(xlsx(sheet, more={"xl/workbook.xml": workbook}), "x").sheets[0].rows == [[dt.date(2026, 3, 2)]]


def test_booleans_times_and_durations_are_read_as_what_they_are() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(
        [True, dt.time(14, 30), dt.timedelta(hours=37, minutes=30), dt.datetime(2026, 3, 1, 10, 30), "01.03.2026"]
    )
    written = io.BytesIO()
    book.save(written)
    assert read_workbook(written.getvalue(), "x").sheets[0].rows == [
        [True, dt.time(14, 30), dt.timedelta(hours=37, minutes=30), dt.datetime(2026, 3, 1, 10, 30), "01.03.2026"]
    ]


def test_a_thread_of_comments_is_read_whole_and_wins_over_its_notice() -> None:
    threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    more = {
        "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="a" Type="{OFFICE}/comments" Target="../comments1.xml"/>'
        '<Relationship Id="b" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        ' Target="../threadedComments/threadedComment1.xml"/></Relationships>',
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>'
        '<comment ref="A1"><text><t>[Threaded comment]</t></text></comment>'
        '<comment ref="B1"><text><r><t>alter </t></r><r><t>Zettel</t></r></text></comment></commentList></comments>',
        "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{threads}"><threadedComment ref="A1">'
        "<text>Stimmt das?</text></threadedComment>"
        '<threadedComment ref="A1" parentId="1"><text>Ja.</text></threadedComment></ThreadedComments>',
    }
    sheet = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert read_workbook(xlsx(sheet, more=more), "x").sheets[0].comments == {
        (1, 1): "Stimmt das?\nJa.",
        (1, 2): "alter Zettel",
    }


def test_comments_and_hidden_sheets_of_a_real_workbook_are_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"], sheet["B2"] = "Maßnahme", "Sprachcafé"
    sheet["B2"].comment = Comment("Bitte prüfen", "Koordination")
    very = book.create_sheet("Ganz versteckt")
    very["A1"], very.sheet_state = "x", "veryHidden"
    book.create_sheet("Versteckt").sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    sheets = read_workbook(written.getvalue(), "liste.xlsx").sheets
    assert [(found.name, found.hidden) for found in sheets] == [
        ("Sheet", False),
        ("Ganz versteckt", True),
        ("Versteckt", True),
    ]
    assert sheets[0].comments == {(2, 2): "Bitte prüfen"}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("0%", True), ("0.0\\ %", True), ('0.0"%"', False), ("0.00", False), ("[Red]0%;0", True), ("0;0%", False)],
)
def test_a_percent_sign_counts_only_where_it_scales(pattern: str, expected: bool) -> None:
    assert is_percent(pattern) is expected


def test_a_tint_darkens_and_lightens() -> None:
    assert tinted("4F81BD", 0) == "4F81BD"
    assert tinted("FFFFFF", -0.5) in ("7F7F7F", "808080")
    assert tinted("000000", 0.5) in ("7F7F7F", "808080")


@needs_corpora
def test_the_quick_scan_and_the_slow_walk_agree_on_every_collected_workbook() -> None:
    styles = read_styles(STYLES.encode(), THEME.encode)
    compared, differences = 0, []
    for name in corpus_names(".xlsx", ".xlsm"):
        try:
            package = zipfile.ZipFile(io.BytesIO(corpus_file(name)))
            parts = [(part, package.read(part)) for part in package.namelist() if "worksheets/sheet" in part]
        except (zipfile.BadZipFile, OSError):
            continue
        for part, xml in parts:
            if part.endswith(".xml") and is_usual(xml):
                compared += 1
                quick, slow = scan(xml, styles), walk(xml, styles)
                quick.digits = slow.digits
                quick.last_row, quick.last_column = slow.last_row, slow.last_column
                differences += [] if quick == slow else [f"{name} {part}"]
    assert not differences
    assert compared > 100
