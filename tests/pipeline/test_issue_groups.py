"""What is told about a workbook: one issue a cause, what matters first, never more than forty, no cell lost."""

from __future__ import annotations

import random

import pytest

from etl.issues import CATALOGUE, Issue
from etl.model.store import Store
from etl.pipeline import Preview, preview_delivery
from etl.pipeline.issue_groups import AT_MOST, grouped
from etl.wording.issues import issue_wording
from tests.pipeline.workbooks import HEADINGS, NOW, SPRACHCAFE, WOHNLOTSEN, book, measures


def look(store: Store, content: bytes) -> Preview:
    return preview_delivery(store, content, "liste.xlsx", partner="VHS", now=NOW)


def told(preview: Preview) -> list[tuple[str, str | None, int]]:
    """Code, sheet and number of cells of each issue, without what is told about every one of these lists."""
    always = ("partner_created", "word_interpreted")
    return [(i.code, i.sheet, len(i.cells)) for i in preview.issues if i.code not in always]


def named_cells(issues: list[Issue]) -> set[tuple[str | None, str]]:
    return {(part.sheet, cell) for issue in issues for part in issue.parts or (issue,) for cell in part.cells}


def test_a_hopeless_workbook_is_told_in_forty_groups_and_names_every_cell(sqlite_store: Store) -> None:
    numbers = random.Random(3)
    sheets = {}
    for sheet in range(13):
        rows = [
            [f"M-{n}", f"Kurs {n}" if n % 9 else None, *(f"x{numbers.random()}" for _ in range(6))] for n in range(293)
        ]
        sheets[f"Maßnahmen {sheet}"] = [[*HEADINGS[:6], "Teilnehmende", "Kosten"], *rows]
    preview = look(sqlite_store, book(sheets))
    assert sum(len(rows) - 1 for rows in sheets.values()) > 3_803
    assert len(preview.issues) <= AT_MOST
    errors = [issue for issue in preview.issues if issue.severity == "error"]
    named = named_cells(preview.issues)
    for sheet in preview.understood.sheets:
        for row, column in sheet.outcomes.cells_with("reported"):
            assert (sheet.sheet.name, f"{'ABCDEFGH'[column - 1]}{row}") in named
    assert preview.issues[: len(errors)] == errors


def test_up_to_three_unreadable_dates_are_told_one_by_one_and_more_as_one(sqlite_store: Store) -> None:
    def liste(number: int) -> bytes:
        return measures(*[(f"M-{n}", f"Kurs {n}", "VHS", f"bald {n}", None, "läuft", 1, 1) for n in range(number)])

    assert told(look(sqlite_store, liste(3))) == [("date_unreadable", "Maßnahmen", 1)] * 3
    (group,) = [i for i in look(sqlite_store, liste(4)).issues if i.code == "date_unreadable"]
    assert group.cells == ("D2", "D3", "D4", "D5")
    assert [part.found for part in group.parts] == ["bald 0", "bald 1", "bald 2", "bald 3"]
    assert group.found == "bald 0; bald 1; bald 2; bald 3"


def test_the_same_text_in_many_cells_is_one_issue(sqlite_store: Store) -> None:
    rows = [(f"M-{n}", f"Kurs {n}", "VHS", "bald", None, "läuft", 1, 1) for n in range(30)]
    assert told(look(sqlite_store, measures(*rows))) == [("date_unreadable", "Maßnahmen", 30)]


def test_thirty_names_the_network_does_not_know_are_one_note(sqlite_store: Store) -> None:
    rows = [(f"M-{n}", f"Kurs {n}", f"Verein Nr. {n} Nirgendwo", None, None, "läuft", 1, 1) for n in range(30)]
    assert told(look(sqlite_store, measures(*rows))) == [("reference_unknown", "Maßnahmen", 30)]


def test_a_row_without_title_gives_one_issue_whatever_else_is_wrong_with_it(sqlite_store: Store) -> None:
    content = measures(SPRACHCAFE, ("M-9", None, "VHS", "irgendwann", "nie", "blau", "viele", "teuer"))
    assert told(look(sqlite_store, content)) == [("record_without_title", "Maßnahmen", 7)]


def test_a_heading_nobody_knows_gives_one_note_and_no_value_errors(sqlite_store: Store) -> None:
    rows = [
        [*HEADINGS, "Wumme"],
        [*SPRACHCAFE, "31.04.2027"],
        [*WOHNLOTSEN, "#"],
        ["M-3", "Lernpaten", *[None] * 6, "??"],
    ]
    assert told(look(sqlite_store, book({"Maßnahmen": rows}))) == [
        ("heading_kept", "Maßnahmen", 1),
        ("reference_unknown", "Maßnahmen", 1),
    ]


def test_a_table_that_is_not_understood_gives_one_issue_and_no_cell_errors(sqlite_store: Store) -> None:
    shopping = [
        ["Obst", "Preis", "Menge", "Wann"],
        ["Apfel", "1,20", "zwei", "morgen"],
        ["Birne", "x", "y", "31.04.27"],
    ]
    preview = look(sqlite_store, book({"Maßnahmen": [HEADINGS, SPRACHCAFE], "Einkauf": shopping}))
    assert told(preview) == [("table_not_understood", "Einkauf", 1)]


def test_a_total_over_a_cell_that_was_not_read_is_not_told_as_well(sqlite_store: Store) -> None:
    rows = [HEADINGS, SPRACHCAFE, [*WOHNLOTSEN[:6], "4O Personen!", 62000], ["Summe", *[None] * 5, 86, 74500]]
    assert told(look(sqlite_store, book({"Maßnahmen": rows}))) == [
        ("count_unreadable", "Maßnahmen", 1),
        ("reference_unknown", "Maßnahmen", 1),
    ]
    rows[2][6] = 41
    assert ("total_differs", "Maßnahmen", 1) in told(look(sqlite_store, book({"Maßnahmen": rows})))


def test_the_same_on_more_than_three_sheets_is_told_once(sqlite_store: Store) -> None:
    sheets = {
        f"Jahr {year}": [[*HEADINGS, "Wumme"], [f"M-{year}", f"Kurs {year}", "VHS", *[None] * 5, "a"]]
        for year in range(2021, 2026)
    }
    preview = look(sqlite_store, book(sheets))
    (group,) = [i for i in preview.issues if i.code == "heading_kept"]
    assert (group.sheet, group.cells[0], len(group.cells)) == (None, "'Jahr 2021'!I1", 5)
    assert issue_wording("de")(group)[0] == (
        "„Jahr 2021“, „Jahr 2022“, „Jahr 2023“, „Jahr 2024“ und „Jahr 2025“: "
        "Die Spalten „Wumme“ kennen wir nicht. Sie werden mit ihren Angaben aufbewahrt."
    )


def test_errors_come_before_warnings_and_warnings_before_notes() -> None:
    issues = [Issue(code, "A", (f"D{n + 2}",), f"text {n}") for n, code in enumerate(sorted(CATALOGUE))]
    severities = [issue.severity for issue in grouped(issues, at_most=200)]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)


@pytest.mark.parametrize("at_most", [5, 10, 40])
def test_what_is_beyond_the_limit_is_summed_and_every_cell_still_named(at_most: int) -> None:
    codes = [code for code in CATALOGUE if not code.startswith(("file_", "more_", "total_"))]
    issues = [
        Issue(code, f"Blatt {n % 7}", (f"D{n}",), f"text {n}", {"field": f"f{n % 5}"})
        for n, code in enumerate(codes * 60, 1)
    ]
    found = grouped(issues, at_most)
    assert len(found) <= at_most
    assert named_cells(found) == named_cells(issues)
    if at_most == 5:
        assert [issue.code for issue in found[-3:]] == ["more_errors", "more_warnings", "more_notes"]


def test_grouping_what_is_grouped_already_changes_nothing() -> None:
    issues = [Issue("date_unreadable", "A", (f"D{n}",), f"text {n}", {"field": "measure.start"}) for n in range(2, 90)]
    once = grouped(issues)
    assert grouped(once) == once
