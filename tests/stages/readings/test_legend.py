"""A legend on the sheet explains its signs: they are words of that sheet, marked, with the legend as their source."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.pipeline.understanding import understand
from etl.stages.find_tables import find_tables
from etl.stages.name_columns import name_columns
from etl.stages.read_values import read_values
from etl.stages.shapes import CellValue, Draft, Sheet
from tests.stages.readings.tables import DAY, VOCABULARY

HEADINGS = ["Maßnahme", "Träger", "Status", "Zielgruppe"]


def drafts_of(
    signs: Sequence[CellValue], *notes: Sequence[CellValue], headings: Sequence[str] = HEADINGS
) -> list[Draft]:
    rows: list[list[CellValue]] = [list(headings)]
    for number, sign in enumerate(signs, 1):
        rows.append([f"Sprachtreff Gruppe {number}", "VHS Lindenmark", sign, "Frauen"])
    rows += [[None] * 4, *([*note, *[None] * (4 - len(note))] for note in notes)]
    sheet = Sheet("Maßnahmen", rows=rows)
    (table,), _, _ = find_tables(sheet, VOCABULARY)
    table, _ = name_columns(table, sheet, VOCABULARY)
    return read_values(table, sheet, VOCABULARY, DAY)[0]


def statuses(drafts: list[Draft]) -> list[object]:
    return [draft.values.get("status") for draft in drafts]


@pytest.mark.parametrize(
    ("signs", "notes"),
    [
        (("A", "L", "P"), [["Legende: A = abgeschlossen, L = läuft, P = geplant"]]),
        (("A", "L", "P"), [["Legende"], ["A = abgeschlossen"], ["L = läuft"], ["P = geplant"]]),
        (("a", "l", "p"), [["Status: A = abgeschlossen; L = läuft; P = geplant"]]),
        ((3, 2, 1), [["Legende: 1 = geplant, 2 = in Umsetzung, 3 = abgeschlossen"]]),
        (("grün", "gelb", "grau"), [["grün = abgeschlossen, gelb = läuft, grau = geplant"]]),
        (("●", "◐", "○"), [["Legende:"], ["●", "abgeschlossen"], ["◐", "läuft"], ["○", "geplant"]]),
    ],
)
def test_signs_mean_what_the_legend_says(signs: Sequence[CellValue], notes: list[list[CellValue]]) -> None:
    drafts = drafts_of(signs, *notes)
    assert statuses(drafts) == ["completed", "running", "planned"]
    assert {draft.marks["status"] for draft in drafts} == {"word_from_legend"}
    for draft in drafts:
        (_, column, role), explained = draft.cells["status"]
        assert (column, role, explained[2]) == (3, "value", "heading")
        assert explained[0] > len(signs) + 1


def test_a_sign_explained_in_two_ways_is_asked() -> None:
    drafts = drafts_of(
        ("A", "L", "P"), ["Legende: A = abgeschlossen, L = läuft, P = geplant"], ["Legende: A = abgesagt"]
    )
    assert statuses(drafts) == [None, "running", "planned"]


def test_without_a_legend_a_letter_means_nothing() -> None:
    assert statuses(drafts_of(("A", "L", "P"))) == [None, None, None]


def test_a_legend_about_something_else_explains_nothing() -> None:
    drafts = drafts_of(("läuft", "geplant", "läuft"), ["Legende: TN = Teilnehmende, VHS = Volkshochschule"])
    assert statuses(drafts) == ["running", "planned", "running"]
    assert all("status" not in draft.marks for draft in drafts)


def test_a_legend_counts_as_heading_and_the_sum_of_the_cells_holds() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Maßnahmen"
    for row in (
        HEADINGS,
        ["Sprachtreff", "VHS Lindenmark", "A", "Frauen"],
        ["Lesepaten", "Caritas Lindenmark", "L", "Kinder"],
        ["Fahrradkurs", "Sportkreis Lindenmark", "P", "Frauen"],
        [],
        ["Legende"],
        ["A = abgeschlossen, L = läuft"],
        ["P = geplant"],
    ):
        sheet.append(row)
    content = BytesIO()
    workbook.save(content)
    understood = understand(content.getvalue(), "Liste.xlsx", VOCABULARY, DAY)
    ledger = understood.sheets[0].ledger
    assert ledger.adds_up
    assert (ledger.headings, ledger.loaded, ledger.set_aside) == (4 + 2, 12, {"legend": 1})
    (told,) = [issue for issue in understood.issues if issue.code == "word_from_legend" and issue.found == "A"]
    assert told.cells == ("C2",)
