"""What an uploader puts right about a waiting file: kept beside it, seen by nobody else, gone with it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import partial

import pytest

from dashboard.answers import uploads
from dashboard.answers.cell_view import cell_view, known_names, why_unreadable
from dashboard.answers.column_view import column_view
from dashboard.answers.offers import Offer, every_offer, offers
from dashboard.answers.put_right import Word, as_sent, correct, may_say, range_of, said_so_far
from dashboard.answers.sheet_view import GridCell, sheet_view
from dashboard.answers.uploads import NotAsShown, Preview, WaitingFile
from dashboard.parts.delivery_grid import sheet_grid
from etl.issues import Issue
from etl.model.deliveries import all_deliveries
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.mappings import list_mappings
from etl.wording import say as wording
from etl.wording.issues import issue_wording
from tests.dashboard.networks import deliver
from tests.pipeline.workbooks import HEADINGS, SPRACHCAFE, measures, xlsx

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
SHEET = "Maßnahmen"
ROWS = (
    ("Nr.", "Maßnahme", "Ende", "TN Ist", "Kosten in TEUR", "Dampf"),
    ("M-1", "Sprachcafé", "läuft", "2O", "4,2 + 1,1", "läuft"),
    ("M-2", "Wohnlotsen", "31.04.2027", "2O", 3, "ruht"),
    ("M-3", "Lernpaten", dt.date(2027, 1, 31), None, 3, "läuft"),
)
MESSY = xlsx(ROWS)


def received(store: Store, content: bytes = MESSY) -> WaitingFile:
    found = uploads.receive(store, content, "Liste.xlsx", partner="VHS", person="vhs", at=NOW)
    assert found.waiting is not None, found.refused
    return found.waiting


def shown(store: Store, file: WaitingFile) -> Preview:
    found = uploads.understood(store, file, uploads.put_right(store, file))
    assert isinstance(found, Preview), found
    return found


def say(store: Store, file: WaitingFile, word: Word) -> Preview:
    assert correct(store, file, shown(store, file), word) == "kept"
    return shown(store, file)


def cells(**said: str | None) -> Word:
    return Word(cells=tuple((SHEET, cell, text) for cell, text in said.items()))


def grid_cell(preview: Preview, address: str) -> GridCell:
    return next(c for row in sheet_view(preview, SHEET).rows for c in row.cells if c.address == address)


def by_kind(preview: Preview, kind: str) -> list[Offer]:
    return [offer for offer in every_offer(preview).values() if offer.kind == kind]


def test_a_correction_is_kept_beside_the_file_and_the_preview_follows(store: Store) -> None:
    file = received(store)
    before = shown(store, file)
    after = say(store, file, cells(D2="20"))
    assert uploads.put_right(store, file) == after.corrections
    assert after.understood.drafts[0].values["participants_actual"] == 20
    reported = [s.understood.sheets[0].ledger.reported for s in (before, after)]
    assert reported[0] - reported[1] == 1
    cell = grid_cell(after, "D2")
    assert (cell.outcome, cell.value, cell.said) == ("corrected", "2O", "20")


def test_nothing_is_a_fact_and_no_version_is_raised_by_a_correction(store: Store) -> None:
    file, version = received(store), store.version()
    say(store, file, cells(D2="20"))
    assert store.version() == version


def test_each_correction_can_be_taken_back_and_all_together(store: Store) -> None:
    file = received(store)
    column = Word(columns=((SHEET, "Dampf", "measure.status"),), areas=((SHEET, "A1:F3"),))
    preview = say(store, file, Word(column.columns, cells(D2="20", D3="").cells, column.areas))
    told = said_so_far(preview.corrections)
    assert [(c.kind, c.place) for c in told] == [("column", "Dampf"), ("cell", "D2"), ("cell", "D3"), ("area", "A1:F3")]
    fewer = say(store, file, told[1].back)
    assert len(said_so_far(fewer.corrections)) == 3
    assert not say(store, file, as_sent(fewer.corrections)).corrections


def test_nothing_put_right_is_a_word_too_where_the_same_file_was_accepted_with_corrections(store: Store) -> None:
    file = received(store)
    uploads.accept(store, file, say(store, file, cells(D2="20")), now=NOW, by="Anna")
    again = received(store)
    assert shown(store, again).outcome == "unchanged"
    as_it_is = say(store, again, as_sent(shown(store, again).corrections))
    assert (as_it_is.outcome, bool(as_it_is.corrections)) == ("preview", False)


def test_what_was_put_right_is_accepted_and_remembered_for_the_next_list(store: Store) -> None:
    file = received(store)
    preview = say(store, file, Word(columns=((SHEET, "Dampf", "measure.status"),)))
    uploads.accept(store, file, preview, now=NOW, by="Anna", remember=True)
    assert [(m.heading, m.field) for m in list_mappings(store)] == [("Dampf", "measure.status")]
    later = xlsx([ROWS[0], ("M-1", "Sprachcafé", dt.date(2027, 1, 1), 25, 5, "ruht")])
    view = column_view(shown(store, received(store, later)), SHEET, "F1")
    assert view is not None
    assert (view.field, view.how, view.said) == ("measure.status", "remembered", None)
    with store.reading() as connection:
        known = state_on(connection).kind("measure").values()
    assert {k.value("status") for k in known} == {"running", "paused"}


def test_a_file_that_was_discarded_or_corrected_elsewhere_is_not_accepted_as_it_was_shown(store: Store) -> None:
    file = received(store)
    seen = shown(store, file)
    say(store, file, cells(D2="20"))
    with pytest.raises(NotAsShown, match="corrected"):
        uploads.accept(store, file, seen, now=NOW, by="Anna")
    uploads.discard(store, file)
    with pytest.raises(NotAsShown, match="gone"):
        uploads.accept(store, file, seen, now=NOW, by="Anna")
    assert correct(store, file, seen, cells(D2="20")) == "gone"
    with store.reading() as connection:
        assert all_deliveries(connection) == []


def test_two_windows_lose_no_word_of_each_other(store: Store) -> None:
    file = received(store)
    seen = shown(store, file)
    assert correct(store, file, seen, cells(D2="20")) == "kept"
    assert correct(store, file, seen, cells(D3="21")) == "kept"
    assert {c.place for c in said_so_far(shown(store, file).corrections)} == {"D2", "D3"}


def test_somebody_elses_file_can_not_be_put_right(store: Store) -> None:
    file = received(store)
    theirs = replace(file, uploaded_by="fremd")
    assert correct(store, theirs, shown(store, file), cells(D2="20")) == "gone"
    assert uploads.put_right(store, theirs) is None
    assert not shown(store, file).corrections


@pytest.mark.parametrize(
    "word",
    [
        Word(cells=(("Anderes Blatt", "D2", "20"),)),
        Word(cells=((SHEET, "ZZ900", "20"),)),
        Word(cells=((SHEET, "D2:D9", "20"),)),
        Word(cells=((SHEET, "<b>", "20"),)),
        Word(cells=((SHEET, "D2", "2" * 5000),)),
        Word(columns=((SHEET, "Dampf", "measure.nonsense"),)),
        Word(columns=((SHEET, "Dampf", "funding.amount"),)),
        Word(columns=((SHEET, "Gibt es nicht", "measure.status"),)),
        Word(areas=((SHEET, "A900:B901"),)),
        Word(areas=((SHEET, "unsinn"),)),
    ],
)
def test_a_word_about_something_that_is_not_there_is_left_out(sqlite_store: Store, word: Word) -> None:
    file = received(sqlite_store)
    preview = shown(sqlite_store, file)
    assert not may_say(preview, word)
    assert correct(sqlite_store, file, preview, word) == "ignored"
    assert uploads.put_right(sqlite_store, file) is None


def test_a_range_that_leaves_no_table_is_told_and_not_kept(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    told = correct(sqlite_store, file, shown(sqlite_store, file), Word(areas=((SHEET, "F3:F4"),)))
    assert isinstance(told, Issue)
    assert told.code == "file_no_table"
    assert uploads.put_right(sqlite_store, file) is None


def test_what_lies_outside_of_the_chosen_range_says_so(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    preview = say(sqlite_store, file, Word(areas=((SHEET, "A1:F2"),)))
    cell = grid_cell(preview, "B4")
    assert (cell.outcome, cell.reason) == ("aside", "outside_area")


def test_a_range_is_written_in_many_ways() -> None:
    assert range_of(" h20 : $A$4 ") == "A4:H20"
    assert [range_of(text) for text in ("", "A4", "4:20", "A4-H20", "A1:B2:C3", "A0:B2")] == [None] * 6


def test_proposals_are_offered_as_they_will_be_read(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    preview = shown(sqlite_store, file)
    taken = {kind: by_kind(preview, kind) for kind in ("no_end", "date", "amount", "value")}
    assert {kind: [o.shown for o in found] for kind, found in taken.items()} == {
        "no_end": [""],
        "date": ["2027-04-30"],
        "amount": ["5300.00"],
        "value": ["20"],
    }
    assert taken["value"][0].word == cells(D2="20", D3="20"), "equal reports are put right together"
    for [offer] in taken.values():
        preview = say(sqlite_store, file, offer.word)
    first, second = preview.understood.drafts[:2]
    assert first.qualifier["end"] == {"open_end": True}
    assert (first.values["cost_total"], first.values["participants_actual"]) == ("5300.00", 20)
    assert (second.values["end"], second.values["participants_actual"]) == ("2027-04-30", 20)
    assert not [issue for issue in preview.issues if issue.severity == "error"]


def test_a_group_is_taken_over_at_once(sqlite_store: Store) -> None:
    rows = [(f"M-{n}", f"Kurs {n}", f"3{n % 2 + 1}.0{4 + n % 2 * 2}.2027", f"{n}O", n, "x") for n in range(1, 8)]
    file = received(sqlite_store, xlsx([ROWS[0], *rows]))
    preview = shown(sqlite_store, file)
    groups = [issue for issue in preview.issues if issue.code == "count_unreadable" and issue.parts]
    assert len(groups) == 1
    [everything] = offers(groups[0], preview)
    assert (everything.kind, everything.shown, len(everything.word.cells)) == ("all", "7", 7)
    preview = say(sqlite_store, file, everything.word)
    assert [d.values["participants_actual"] for d in preview.understood.drafts[:7]] == [10, 20, 30, 40, 50, 60, 70]


def test_a_similar_name_is_confirmed_in_all_cells_that_hold_it(sqlite_store: Store) -> None:
    deliver(sqlite_store, "A.xlsx", measures(SPRACHCAFE), "Migrationsberatung Lindenmark e. V.", dt.date(2026, 5, 1))
    rows = [(f"M-{n}", f"Kurs {n}", "Migratonsberatung Lindenmark", *SPRACHCAFE[3:]) for n in (1, 2)]
    file = received(sqlite_store, xlsx([HEADINGS, *rows]))
    preview = shown(sqlite_store, file)
    [issue] = [i for i in preview.issues if i.code == "reference_similar"]
    name, other = offers(issue, preview)
    assert (name.kind, name.shown) == ("name", "Migrationsberatung Lindenmark e. V.")
    assert (other.kind, other.cells) == ("open_name", ("C2", "C3"))
    assert name.shown in known_names(sqlite_store, "partner")
    after = say(sqlite_store, file, name.word)
    assert "reference_similar" not in {i.code for i in after.issues}


def test_an_older_click_finds_no_offer_any_more(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    [offer] = by_kind(shown(sqlite_store, file), "no_end")
    after = say(sqlite_store, file, offer.word)
    assert offer.key not in every_offer(after)


def test_a_column_tells_what_it_could_be(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    view = column_view(shown(sqlite_store, file), SHEET, "F1")
    assert view is not None
    assert (view.heading, view.field, view.how, view.said) == ("Dampf", "measure.status", "content", None)
    assert view.samples == ("läuft", "ruht")
    assert all(field.startswith("measure.") for field in view.fields)
    kept = column_view(say(sqlite_store, file, view.means("")), SHEET, "F1")
    assert kept is not None
    assert (kept.field, kept.said, kept.likely[0]) == (None, "", "measure.status")
    again = column_view(say(sqlite_store, file, view.means(None)), SHEET, "F1")
    assert again == view
    assert column_view(shown(sqlite_store, file), SHEET, "F2") is None


def test_a_cell_tells_what_stood_there_and_how_it_was_read(sqlite_store: Store) -> None:
    preview = shown(sqlite_store, received(sqlite_store))
    asked, read = cell_view(preview, SHEET, "D2"), cell_view(preview, SHEET, "C4")
    assert asked is not None
    assert read is not None
    assert (asked.cell.value, asked.heading, asked.read, asked.issues[0].code) == (
        "2O",
        "TN Ist",
        (),
        "count_unreadable",
    )
    assert [(r.field, r.reading.value) for r in read.read] == [("measure.end", "2027-01-31")]
    assert cell_view(preview, SHEET, "ZZ999") is None
    assert cell_view(preview, "Anderes Blatt", "D2") is None


def test_an_empty_cell_may_be_filled(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    preview = say(sqlite_store, file, cells(D4="17"))
    assert preview.understood.drafts[2].values["participants_actual"] == 17
    cell = grid_cell(preview, "D4")
    assert (cell.outcome, cell.value, cell.said) == ("corrected", None, "17")
    assert preview.understood.sheets[0].ledger.adds_up


def test_a_meaning_taken_from_another_column_is_told_truthfully(sqlite_store: Store) -> None:
    rows = [(*ROWS[0], "Status"), *((*row, "geplant") for row in ROWS[1:])]
    file = received(sqlite_store, xlsx(rows))
    view = column_view(shown(sqlite_store, file), SHEET, "F1")
    assert view is not None
    assert view.elsewhere["measure.status"] == "Status"
    after = say(sqlite_store, file, view.means("measure.status"))
    told = {issue.code: issue for issue in after.issues if issue.cells == ("G1",)}
    assert list(told) == ["heading_taken"]
    assert "auf Ihr Wort aus der Spalte „Dampf“" in issue_wording("de")(told["heading_taken"])[0]
    displaced = column_view(after, SHEET, "G1")
    assert displaced is not None
    assert (displaced.field, displaced.how) == (None, "displaced")
    [row] = [row for row in sheet_view(after, SHEET).rows if row.taken_for]
    assert row.taken_for is not None
    assert [taken.how for taken in row.taken_for[5:] if taken] == ["said", "displaced"]
    before = say(sqlite_store, file, view.means(None))
    assert not [issue for issue in before.issues if issue.code == "heading_taken"]


def test_a_text_that_cannot_be_read_is_told_before_it_is_taken(sqlite_store: Store) -> None:
    preview = shown(sqlite_store, received(sqlite_store))
    count, end, title = (cell_view(preview, SHEET, cell) for cell in ("D2", "C2", "B2"))
    assert count is not None
    assert end is not None
    assert title is not None
    told = why_unreadable(count, "viele nette Leute", NOW.date())
    assert told is not None
    assert (told.code, told.cells, told.found) == ("count_unreadable", ("D2",), "viele nette Leute")
    assert why_unreadable(end, "irgendwann bald", NOW.date()) is not None
    for view, text in ((count, "ca. 25"), (end, "31.12.2026"), (end, "dauerhaft"), (title, "viele nette Leute")):
        assert why_unreadable(view, text, NOW.date()) is None


def test_it_is_said_before_a_list_loses_what_its_rows_are_called_by(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    view = column_view(shown(sqlite_store, file), SHEET, "B1")
    assert view is not None
    assert (view.field, view.kind) == ("measure.title", "measure")
    assert view.unnames("measure.place")
    assert view.unnames("")
    assert not view.unnames("measure.title")
    assert not view.unnames(None), "as proposed"
    status = column_view(shown(sqlite_store, file), SHEET, "F1")
    assert status is not None
    assert not status.unnames("")
    refused = correct(sqlite_store, file, shown(sqlite_store, file), view.means(""))
    assert isinstance(refused, Issue)
    assert refused.code == "file_no_table", "what was said beforehand"


def test_a_number_put_right_stands_at_the_right_as_numbers_do(sqlite_store: Store) -> None:
    file = received(sqlite_store)
    preview = say(sqlite_store, file, cells(D2="20", F2="laufend"))
    html = str(sheet_grid(sheet_view(preview, SHEET), partial(wording, "de"), "de"))
    number, word = (re.search(rf'<td class="([^"]*)"[^>]*data-go="oeffnen:{cell}"', html) for cell in ("D2", "F2"))
    assert number is not None
    assert word is not None
    assert "rt-cell-corrected rt-cell-number" in number[1]
    assert "rt-cell-number" not in word[1]
