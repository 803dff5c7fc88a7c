"""A partner's sheet as it looks, with what became of each cell."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.sheet_view import FIRST_ROWS, MOST_ROWS, GridCell, SheetView, cells_of, sheet_names, sheet_view
from etl.model.store import Store
from etl.pipeline import Preview, preview_delivery
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, book, xlsx

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


def preview(store: Store, content: bytes) -> Preview:
    return preview_delivery(store, content, "Liste.xlsx", partner="VHS", now=NOW)


def cells(view: SheetView) -> dict[str, GridCell]:
    return {cell.address: cell for row in view.rows for cell in row.cells}


def test_every_filled_cell_shows_what_became_of_it(sqlite_store: Store) -> None:
    rows = [
        ("Maßnahmenliste der VHS",),
        (*HEADINGS, "Büro"),
        (*SPRACHCAFE, "2. OG"),
        ("M-2", "Elterncafé", "VHS", "Herbst 2026", "läuft irgendwie", "laufend", "ca. 25", "4.200 + 1.100"),
    ]
    view = sheet_view(preview(sqlite_store, xlsx(rows)), None)
    shown = cells(view)
    assert (shown["A1"].outcome, shown["A1"].reason) == ("aside", "title")
    assert shown["A1"].span == len(view.columns), "a title runs over the empty cells at its right"
    assert shown["B2"].outcome == "heading"
    assert shown["B3"].outcome == "loaded"
    assert shown["I3"].outcome == "kept"
    assert shown["D4"].outcome == "read"
    assert shown["D4"].reading is not None
    assert shown["E4"].outcome == shown["H4"].outcome == "ask"
    assert shown["E4"].reason == "date_unreadable"
    assert shown["H4"].reason == "amount_two"
    assert shown["G4"].reading is not None
    assert (shown["G4"].reading.value, shown["G4"].reading.qualifier.get("approx")) == (25, True)


def test_the_cells_shown_are_the_cells_counted(sqlite_store: Store) -> None:
    view = sheet_view(preview(sqlite_store, xlsx([("Liste",), HEADINGS, SPRACHCAFE])), None)
    filled = [cell for cell in cells(view).values() if cell.outcome != "empty"]
    assert len(filled) == view.cells["filled"]
    assert view.cells["filled"] == view.cells["headings"] + view.cells["loaded"] + sum(view.aside.values())


def test_what_each_column_is_taken_for_stands_above_its_heading(sqlite_store: Store) -> None:
    view = sheet_view(preview(sqlite_store, xlsx([("Liste",), HEADINGS, SPRACHCAFE])), None)
    [row] = [row for row in view.rows if row.taken_for]
    assert row.number == 2
    assert row.taken_for is not None
    assert row.taken_for[1] is not None
    assert (row.taken_for[1].field, row.taken_for[1].how) == ("measure.title", "known")


def test_calm_rows_fold_and_a_row_that_asks_does_not(sqlite_store: Store) -> None:
    calm = [(f"M-{n}", f"Maßnahme {n}", *SPRACHCAFE[2:5], "läuft", *SPRACHCAFE[6:]) for n in range(40)]
    asking = ("M-99", "Elterncafé", "VHS", dt.date(2026, 1, 1), "läuft irgendwie", "laufend", 4, 100)
    found = preview(sqlite_store, xlsx([HEADINGS, *calm, asking]))
    view = sheet_view(found, None)
    assert [row.folded for row in view.rows[:FIRST_ROWS]] == [False] * FIRST_ROWS
    assert view.folded == 41 - FIRST_ROWS
    assert not view.rows[-1].folded
    assert not next(row for row in sheet_view(found, None, "C30").rows if row.number == 30).folded


def test_a_long_sheet_ends_and_says_how_much_is_left(sqlite_store: Store) -> None:
    calm = [(f"M-{n}", f"Maßnahme {n}", *SPRACHCAFE[2:]) for n in range(MOST_ROWS + 50)]
    view = sheet_view(preview(sqlite_store, xlsx([HEADINGS, *calm])), None)
    assert (len(view.rows), view.left_off) == (MOST_ROWS, 51)


def test_the_sheet_that_asks_comes_first_and_an_unknown_name_is_no_error(sqlite_store: Store) -> None:
    asking = (*SPRACHCAFE[:4], "läuft irgendwie", *SPRACHCAFE[5:])
    found = preview(sqlite_store, book({"Fertig": [HEADINGS, SPRACHCAFE], "Offen": [HEADINGS, ("9", *asking[1:])]}))
    assert [(sheet.name, sheet.to_clarify) for sheet in sheet_names(found)] == [("Fertig", 0), ("Offen", 1)]
    assert sheet_view(found, None).name == "Offen"
    assert sheet_view(found, "Gibt es nicht").name == "Offen"
    assert sheet_view(found, "Fertig").name == "Fertig"


def test_an_address_or_a_range_names_its_cells() -> None:
    assert list(cells_of("D17")) == [(17, 4)]
    assert list(cells_of("A3:B4")) == [(3, 1), (3, 2), (4, 1), (4, 2)]
    assert list(cells_of("AA1")) == [(1, 27)]
    assert list(cells_of("A1:XFD1048576")) == []
    assert list(cells_of("Zeile 3")) == []
