"""What a person confirmed about a heading holds for that partner's later lists, and only for those."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest

from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, StaleComparison, accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.export import as_json, export_state
from etl.pipeline.mappings import KEEP, MappingRefused, confirm_mapping, forget_mapping, list_mappings
from etl.pipeline.rebuild import rebuild_into
from etl.pipeline.report import sheets_as_json
from tests.pipeline.workbooks import NOW, xlsx

HEADINGS = ("Nr.", "Maßnahme", "Träger", "Dampf", "Bemerkung")
ROWS = (("M-1", "Sprachcafé", "VHS", "läuft", "gut"), ("M-2", "Wohnlotsen", "VHS", "ruht", "ok"))


@cache
def liste(headings: tuple[str, ...] = HEADINGS, sheet: str = "Maßnahmen") -> bytes:
    """The same two measures under ``headings``, in their order; unknown headings get texts of their own."""
    known = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]
    return xlsx([headings, *([row.get(h, f"Text {n}") for h in headings] for n, row in enumerate(known))], sheet)


def look(store: Store, content: bytes, partner: str | None = "VHS", hours: int = 0) -> Preview:
    return preview_delivery(store, content, "liste.xlsx", partner=partner, now=NOW + dt.timedelta(hours=hours))


def deliver(store: Store, content: bytes, partner: str | None = "VHS", hours: int = 0) -> int | None:
    return accept_delivery(store, look(store, content, partner, hours), now=NOW + dt.timedelta(hours=hours)).number


def confirm(store: Store, field: str = "measure.status", heading: str = "Dampf", hours: int = 1) -> int:
    return confirm_mapping(store, "VHS", heading, field, by="anna", when=NOW + dt.timedelta(hours=hours))


def named(preview: Preview) -> dict[str, tuple[str | None, str]]:
    """Heading -> (field, how) as ``import --json`` shows them."""
    (sheet,) = sheets_as_json(preview.understood)
    return {c["heading"]: (c.get("field"), c["how"]) for table in sheet["tables"] for c in table["columns"]}


def statuses(store: Store) -> dict[str, object]:
    with store.reading() as connection:
        return {str(k.value("title")): k.value("status") for k in state_on(connection).kind("measure").values()}


def test_a_confirmed_heading_is_remembered_in_the_next_list(store: Store) -> None:
    deliver(store, liste())
    assert named(look(store, liste()))["Dampf"] == (None, "kept")
    confirm(store)
    assert named(look(store, liste()))["Dampf"] == ("measure.status", "remembered")


def test_the_same_file_is_read_again_once_a_mapping_was_confirmed_and_once_it_ended(store: Store) -> None:
    deliver(store, liste())
    assert look(store, liste()).outcome == "unchanged"
    number = confirm(store)
    assert look(store, liste()).outcome == "preview"
    assert deliver(store, liste(), hours=2) is not None
    assert statuses(store) == {"Sprachcafé": "running", "Wohnlotsen": "paused"}
    assert look(store, liste(), hours=3).outcome == "unchanged"
    forget_mapping(store, number, when=NOW + dt.timedelta(hours=4))
    assert look(store, liste(), hours=5).outcome == "preview"


@pytest.mark.parametrize(
    "headings",
    [
        ("Dampf", "Bemerkung", "Maßnahme", "Nr.", "Träger"),
        ("Nr.", "Maßnahme", "Ort", "Träger", "Dampf", "Kosten in €", "Bemerkung", "Zielgruppe", "Intern"),
        ("Nr.", "Maßnahme", "Dampf", "Ort", "Zielgruppe"),
    ],
    ids=["reordered", "added", "some replaced"],
)
def test_a_mapping_survives_columns_that_move_and_come_and_go(sqlite_store: Store, headings: tuple[str, ...]) -> None:
    deliver(sqlite_store, liste())
    confirm(sqlite_store)
    assert named(look(sqlite_store, liste(headings)))["Dampf"] == ("measure.status", "remembered")


def test_in_another_list_of_the_partner_the_same_word_may_mean_something_else(sqlite_store: Store) -> None:
    deliver(sqlite_store, liste())
    confirm(sqlite_store)
    other = liste(("Maßnahme", "Dampf", "Ort", "Zielgruppe", "Handlungsfeld", "Laune"))
    assert named(look(sqlite_store, other))["Dampf"][1] != "remembered"


def test_of_two_lists_each_gets_what_was_confirmed_among_its_own_headings(sqlite_store: Store) -> None:
    longer = (*HEADINGS, "Zielgruppe")
    deliver(sqlite_store, liste())
    confirm(sqlite_store)
    confirm_mapping(
        sqlite_store, "VHS", "Dampf", "measure.comment", by="anna", when=NOW + dt.timedelta(hours=2), headings=longer
    )
    assert named(look(sqlite_store, liste()))["Dampf"] == ("measure.status", "remembered")
    assert named(look(sqlite_store, liste(longer)))["Dampf"] == ("measure.comment", "remembered")


def test_what_one_partner_confirmed_says_nothing_about_another(store: Store) -> None:
    deliver(store, liste())
    confirm(store)
    assert named(look(store, liste(), "Diakonie"))["Dampf"] == (None, "kept")


def test_a_column_confirmed_to_be_kept_is_kept_and_no_longer_asked_about(store: Store) -> None:
    deliver(store, liste())
    assert "heading_kept" in {issue.code for issue in look(store, liste()).issues}
    confirm(store, KEEP)
    confirm(store, KEEP, "Bemerkung")
    preview = look(store, liste())
    assert (named(preview)["Dampf"], named(preview)["Bemerkung"]) == ((None, "kept"), (None, "kept"))
    assert "heading_kept" not in {issue.code for issue in preview.issues}


def test_the_later_word_about_a_heading_counts_and_the_earlier_is_ended(store: Store) -> None:
    deliver(store, liste())
    confirm(store, hours=1)
    confirm(store, "measure.comment", hours=2)
    (mapping,) = list_mappings(store, "VHS")
    assert (mapping.field, mapping.person, mapping.partner) == ("measure.comment", "anna", "VHS")
    (before,) = list_mappings(store, "VHS", known_on=NOW + dt.timedelta(minutes=90))
    assert before.field == "measure.status"


def test_a_mapping_of_a_funding_field_is_no_word_about_a_list_of_measures(sqlite_store: Store) -> None:
    deliver(sqlite_store, liste())
    confirm(sqlite_store, "funding.amount_granted", "Bemerkung")
    assert named(look(sqlite_store, liste()))["Bemerkung"] == ("measure.comment", "known")


def test_a_heading_with_a_year_is_remembered_in_the_next_year(sqlite_store: Store) -> None:
    deliver(sqlite_store, liste(("Nr.", "Maßnahme", "Träger", "Laune 2025")))
    confirm(sqlite_store, "measure.comment", "Laune 2025")
    later = named(look(sqlite_store, liste(("Nr.", "Maßnahme", "Träger", "Laune 2026"))))
    assert later["Laune 2026"] == ("measure.comment", "remembered")


def test_a_sender_found_by_its_headings_has_its_mappings_too(store: Store) -> None:
    deliver(store, liste())
    confirm(store)
    preview = look(store, liste(), partner=None)
    assert preview.sender.name == "VHS"
    assert named(preview)["Dampf"] == ("measure.status", "remembered")


def test_a_preview_older_than_a_mapping_is_not_stored_as_it_was(store: Store) -> None:
    deliver(store, liste())
    preview = look(store, liste(("Nr.", "Maßnahme", "Dampf", "Bemerkung")))
    confirm(store)
    with pytest.raises(StaleComparison) as stale:
        accept_delivery(store, preview, now=NOW + dt.timedelta(hours=2))
    assert named(stale.value.preview)["Dampf"] == ("measure.status", "remembered")
    accept_delivery(store, stale.value.preview, now=NOW + dt.timedelta(hours=2))
    assert statuses(store)["Wohnlotsen"] == "paused"


def test_the_state_is_rebuilt_with_the_mappings_known_at_the_time(store: Store, sqlite_store: Store) -> None:
    deliver(store, liste())
    number = confirm(store, hours=1)
    second = deliver(store, liste(), hours=2)
    forget_mapping(store, number, when=NOW + dt.timedelta(hours=3))
    deliver(store, liste((*HEADINGS, "Ort")), hours=4)
    confirm(store, "measure.comment", hours=5)
    assert second is not None
    rebuild_into(store, sqlite_store)
    day = NOW.date()
    assert as_json(export_state(sqlite_store, today=day)) == as_json(export_state(store, today=day))
    assert [(m.number, m.field) for m in list_mappings(sqlite_store)] == [(2, "measure.comment")]
    undo_delivery(store, second, now=NOW + dt.timedelta(hours=6))
    assert statuses(store)["Wohnlotsen"] is None


def test_what_can_not_be_confirmed_is_refused(store: Store) -> None:
    deliver(store, liste())
    for partner, heading, field, code in (
        ("Niemand", "Dampf", "measure.status", "partner_unknown"),
        ("VHS", " – ", "measure.status", "heading_empty"),
        ("VHS", "Dampf", "measure.dampf", "field_unknown"),
    ):
        with pytest.raises(MappingRefused) as refused:
            confirm_mapping(store, partner, heading, field, by="anna", when=NOW)
        assert refused.value.code == code
    with pytest.raises(MappingRefused):
        forget_mapping(store, 1, when=NOW)
    assert list_mappings(store) == []
