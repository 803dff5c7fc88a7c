"""What stands on a sheet only for the eye (lines through text, rules for colours), and what formulas fetch."""

from __future__ import annotations

import io
import zipfile

import pytest

from etl.issues import DeliveryRefused
from etl.stages.read_workbook import read_workbook
from etl.stages.shapes import Sheet
from tests.stages.readers.packages import MAIN, STYLES, ods, sheet_xml, xlsx, zipped

RUNS = "<si><r><t>alt</t></r><r><rPr><strike/></rPr><t>neu</t></r></si>"
ALL_RUNS = "<si><r><rPr><strike/></rPr><t>alt</t></r><r><t xml:space='preserve'> </t></r></si>"
NOT_STRUCK = '<si><r><rPr><strike val="0"/></rPr><t>gilt</t></r></si>'


def shared(number: int, place: str, more: str = "") -> str:
    return f'<c r="{place}"{more} t="s"><v>{number}</v></c>'


def with_texts(*texts: str, data: str, after: str = "") -> Sheet:
    strings = {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>'}
    return read_workbook(xlsx(sheet_xml(data, after=after), more=strings), "liste.xlsx").sheets[0]


def test_text_struck_out_by_its_own_format_is_told_from_text_struck_out_in_part() -> None:
    cells = "".join(shared(number, f"{letter}1") for number, letter in enumerate("ABC"))
    sheet = with_texts(RUNS, ALL_RUNS, NOT_STRUCK, data=f'<row r="1">{cells}</row>')
    assert sheet.rows == [["altneu", "alt ", "gilt"]]
    assert (sheet.struck_parts, sheet.struck) == ({(1, 1)}, {(1, 2)})


def test_inline_text_struck_out_in_part_is_seen() -> None:
    inline = RUNS.replace("si>", "is>")
    sheet = with_texts(data=f'<row r="1"><c r="A1" t="inlineStr">{inline}</c><c r="B1"><v>1</v></c></row>')
    assert (sheet.struck_parts, sheet.struck) == ({(1, 1)}, set())


@pytest.mark.parametrize("formula", ["[1]Tabelle1!B4", "SUM([12]Blatt!A1:A9)", "cmd|'/c calc'!A0"])
def test_a_formula_that_fetches_from_elsewhere_gives_its_stored_value_and_is_known(formula: str) -> None:
    sheet = with_texts(data=f'<row r="2"><c r="B2"><f>{formula}</f><v>77</v></c></row>')
    assert (sheet.value(2, 2), sheet.external) == (77, {(2, 2)})


def test_a_formula_over_the_sheets_own_table_fetches_from_nowhere_else() -> None:
    sheet = with_texts(data='<row r="1"><c r="A1"><f>SUM(Liste[Betrag])</f><v>7</v></c></row>')
    assert not sheet.external


def test_ranges_whose_colour_a_rule_decides_are_known() -> None:
    rule = '<conditionalFormatting sqref="B2:B40 D2"><cfRule type="cellIs" dxfId="0"/></conditionalFormatting>'
    sheet = with_texts(data='<row r="1"><c r="A1"><v>1</v></c></row>', after=rule)
    assert sheet.conditional == ["B2:B40", "D2"]


def test_phonetic_readings_are_no_part_of_a_text_and_escaped_characters_are_read() -> None:
    texts = ("<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>", "<si><t>a_x000D_\nb_x00E4_</t></si>")
    sheet = with_texts(*texts, data=f'<row r="1">{shared(0, "A1")}{shared(1, "B1")}</row>')
    assert sheet.rows == [["東京", "a\r\nbä"]]


def test_a_sheet_whose_part_cannot_be_found_is_refused_rather_than_read_in_part() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c></row>'
    sound = xlsx(sheet_xml(data), sheet_xml(data))
    path = "xl/_rels/workbook.xml.rels"
    relations = zipfile.ZipFile(io.BytesIO(sound)).read(path).decode()
    assert read_workbook(sound, "liste.xlsx").sheets[1].errors == {(1, 2): "#N/A"}
    broken = relations.replace("</Relationships>", '<Relationship Id="x" Type="y" Target="a&b"/></Relationships>')
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(xlsx(sheet_xml(data), sheet_xml(data), more={path: broken}), "liste.xlsx")
    assert refused.value.issue.code == "file_damaged"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
DECLARED = {
    "laughs": (f"<!DOCTYPE x [{LAUGHS}]>", "&a8;"),
    "outside": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
    "quadratic": (f'<!-- - --><!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]>', "&a;" * 50_000),
    "harmless": ('<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "ha">]>', "&a;"),
}


@pytest.mark.parametrize("name", DECLARED)
@pytest.mark.parametrize("part", ["sheet", "strings", "styles", "ods", "fods"])
def test_a_part_that_declares_entities_is_refused(name: str, part: str) -> None:
    doctype, used = DECLARED[name]
    data = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c><c r="B1" t="s"><v>0</v></c></row>'
    strings = f'<sst xmlns="{MAIN}"><si><t>{used if part == "strings" else ""}</t></si></sst>'
    sheet = sheet_xml(data.format(used if part == "sheet" else "x"))
    table = "<table:table table:name='L'>" + (
        f"<table:table-row><table:table-cell><text:p>{used}</text:p></table:table-cell></table:table-row></table:table>"
    )
    content = {
        "sheet": lambda: xlsx(doctype + sheet, more={"xl/sharedStrings.xml": strings}),
        "strings": lambda: xlsx(sheet, more={"xl/sharedStrings.xml": doctype + strings}),
        "styles": lambda: xlsx(sheet, more={"xl/sharedStrings.xml": strings, "xl/styles.xml": doctype + STYLES}),
        "ods": lambda: ods(table, doctype=doctype),
        "fods": lambda: ods(table, doctype=doctype, flat=True),
    }[part]()
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(content, "liste.xlsx")
    unread = ("file_unsafe", "file_not_a_spreadsheet") if part == "fods" else ("file_unsafe",)
    assert refused.value.issue.code in unread


def test_entities_hidden_behind_utf_16_are_refused_too() -> None:
    part = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>' + sheet_xml("")).encode("utf-16")
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(xlsx(part), "liste.xlsx")
    assert refused.value.issue.code in ("file_unsafe", "file_damaged")


def test_merged_ranges_that_cover_one_another_are_refused() -> None:
    merged = "".join(f'<mergeCell ref="A1:J{row}"/>' for row in range(500, 1200))
    data = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 1201))
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(xlsx(sheet_xml(data, after=f"<mergeCells>{merged}</mergeCells>")), "liste.xlsx")
    assert refused.value.issue.code == "file_damaged"


def test_a_package_without_a_sheet_is_refused() -> None:
    with pytest.raises(DeliveryRefused):
        read_workbook(zipped({"xl/workbook.xml": "<workbook/>"}), "liste.xlsx")


def test_a_workbook_whose_formats_cannot_be_read_is_refused_rather_than_read_without_its_percentages() -> None:
    broken = xlsx(sheet_xml('<row r="1"><c r="A1" s="1"><v>0.5</v></c></row>'), more={"xl/styles.xml": STYLES + "<&>"})
    with pytest.raises(DeliveryRefused) as refused:
        read_workbook(broken, "liste.xlsx")
    assert refused.value.issue.code == "file_damaged"
