"""What people see beside the values is told with its cells; a line struck out is no line like any other."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from etl.issues import DeliveryRefused, Issue
from etl.pipeline.understanding import Understood, understand
from etl.vocabulary import load_vocabulary
from tests.pipeline.workbooks import HEADINGS, LERNPATEN, SPRACHCAFE, WOHNLOTSEN
from tests.stages.readers.packages import sheet_xml, xlsx

DAY = dt.date(2026, 11, 10)


def understood(change: Callable[[Worksheet], object], file: str = "liste.xlsx") -> Understood:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (HEADINGS, SPRACHCAFE, WOHNLOTSEN, LERNPATEN):
        sheet.append(row)
    change(sheet)
    written = io.BytesIO()
    book.save(written)
    return understand(written.getvalue(), file, load_vocabulary(), DAY)


def told(result: Understood, code: str) -> list[Issue]:
    return [issue for issue in result.issues if issue.code == code]


def test_a_plain_list_has_nothing_to_tell() -> None:
    assert {issue.code for issue in understood(lambda sheet: None).issues} <= {"word_interpreted"}


def test_a_row_struck_out_is_loaded_marked_and_told() -> None:
    def strike(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True)

    result = understood(strike)
    (issue,) = told(result, "cell_struck")
    assert (issue.severity, issue.cells) == ("warning", ("A3:H3",))
    first, second, third = result.drafts
    assert second.values["title"] == "Wohnlotsen"
    assert {"title", "status", "participants_actual"} <= set(second.marks)
    assert {second.marks["title"], second.marks["participants_actual"]} == {"cell_struck"}
    assert "cell_struck" not in {**first.marks, **third.marks}.values()


def test_a_single_value_struck_out_marks_only_itself() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["H2"].font = Font(strike=True)

    first = understood(strike).drafts[0]
    assert [name for name, mark in first.marks.items() if mark == "cell_struck"] == ["cost_total"]


def test_an_empty_cell_struck_out_is_not_told() -> None:
    def strike(sheet: Worksheet) -> None:
        sheet["J9"].font = Font(strike=True)

    assert not told(understood(strike), "cell_struck")


def test_hidden_rows_and_columns_with_content_are_told_as_ranges() -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True
        sheet.column_dimensions["G"].hidden = True

    result = understood(hide)
    assert [i.cells for i in told(result, "rows_hidden")] == [("A3:H4",)]
    assert [i.cells for i in told(result, "columns_hidden")] == [("G1:G4",)]
    assert len(result.drafts) == 3


def test_comments_are_one_note_a_sheet() -> None:
    def comment(sheet: Worksheet) -> None:
        sheet["B2"].comment = Comment("Bitte prüfen", "K")
        sheet["B3"].comment = Comment("Hier auch", "K")

    (issue,) = told(understood(comment), "comment_not_read")
    assert (issue.severity, issue.cells, issue.found) == ("note", ("B2:B3",), "Bitte prüfen")


def test_a_colour_on_some_rows_that_no_status_was_taken_from_is_told() -> None:
    def colour(sheet: Worksheet) -> None:
        sheet["B3"].fill = PatternFill("solid", fgColor="FFFF0000")

    (issue,) = told(understood(colour), "colour_not_read")
    assert issue.cells == ("B3",)


def test_a_column_coloured_all_the_way_down_is_decoration() -> None:
    def colour(sheet: Worksheet) -> None:
        for row in (2, 3, 4):
            sheet.cell(row, 2).fill = PatternFill("solid", fgColor="FFFFFF00")

    assert not told(understood(colour), "colour_not_read")


def test_colours_by_rule_are_told() -> None:
    def rule(sheet: Worksheet) -> None:
        red = PatternFill(bgColor="FFFF0000")
        sheet.conditional_formatting.add("F2:F40", CellIsRule(operator="equal", formula=['"offen"'], fill=red))

    (issue,) = told(understood(rule), "colour_by_rule")
    assert issue.cells == ("F2:F40",)


def test_a_list_of_headings_without_a_row_is_told() -> None:
    result = understand(";".join(HEADINGS).encode() + b"\n", "liste.csv", load_vocabulary(), DAY)
    (issue,) = told(result, "table_without_rows")
    assert (issue.cells, result.drafts) == (("A1:H1",), [])


def test_a_file_that_is_not_what_its_name_says_is_told() -> None:
    (issue,) = told(understood(lambda sheet: None, "liste.csv"), "format_differs")
    assert (issue.severity, issue.values) == ("note", {"ending": ".csv", "format": "xlsx"})
    assert not told(understood(lambda sheet: None, "Liste ohne Endung"), "format_differs")


def test_text_that_was_garbled_before_it_came_is_told_with_its_cells() -> None:
    garbled = "Titel;Träger;Status\nSprachcafé;VHS;läuft\n".encode().decode("cp1252").encode()
    (issue,) = told(understand(garbled, "liste.csv", load_vocabulary(), DAY), "text_garbled")
    assert issue.cells == ("B1", "A2", "C2")
    assert issue.found == "TrÃ¤ger"


def test_a_file_so_garbled_that_no_table_shows_is_refused_for_that_reason() -> None:
    garbled = "Maßnahme;Träger\nSprachcafé;Füreinander\n".encode().decode("cp1252").encode()
    with pytest.raises(DeliveryRefused) as refused:
        understand(garbled, "liste.csv", load_vocabulary(), DAY)
    assert refused.value.issue.code == "text_garbled"


def test_values_beneath_merged_cells_and_values_fetched_from_elsewhere_are_told() -> None:
    cells = "".join(
        f'<c r="{letter}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for row, texts in ((1, ("Maßnahme", "Träger")), (2, ("Sprachcafé", "VHS")))
        for letter, text in zip("AB", texts, strict=True)
    )
    data = f'<row r="1">{cells}</row><row r="3"><c r="A3" t="str"><f>[1]Liste!A1</f><v>Lernpaten</v></c></row>'
    content = xlsx(sheet_xml(data, after='<mergeCells><mergeCell ref="A2:B2"/></mergeCells>'))
    result = understand(content, "liste.xlsx", load_vocabulary(), DAY)
    assert [issue.cells for issue in told(result, "merged_hides_values")] == [("B2",)]
    assert [issue.cells for issue in told(result, "value_from_elsewhere")] == [("A3",)]
    assert [draft.values["title"] for draft in result.drafts] == ["Sprachcafé", "Lernpaten"]
