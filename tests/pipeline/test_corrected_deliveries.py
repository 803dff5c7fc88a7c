"""What was put right in one delivery: accepted with it, kept with it, replayed with it, and taken back with it."""

from __future__ import annotations

import datetime as dt
import json

from etl.model.deliveries import all_deliveries, received_content
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.export import as_json, export_state
from etl.pipeline.mappings import list_mappings
from etl.pipeline.rebuild import rebuild_into
from etl.stages.corrections import Corrections
from tests.pipeline.workbooks import NOW, xlsx

HEADINGS = ("Nr.", "Maßnahme", "TN Ist", "Dampf")
ROWS = (("M-1", "Sprachcafé", "2O", "läuft"), ("M-2", "Wohnlotsen", 46, "ruht"))
FILE = xlsx([HEADINGS, *ROWS])
CORRECTIONS = (
    Corrections()
    .with_cell("Maßnahmen", "C2", "20")
    .with_cell("Maßnahmen", "C3", "48")
    .with_column("Maßnahmen", "Dampf", "measure.status")
)


def look(store: Store, corrections: Corrections | None = None, content: bytes = FILE, hours: int = 0) -> Preview:
    now = NOW + dt.timedelta(hours=hours)
    return preview_delivery(store, content, "liste.xlsx", partner="VHS", now=now, corrections=corrections)


def deliver(
    store: Store,
    corrections: Corrections | None = None,
    content: bytes = FILE,
    hours: int = 0,
    *,
    remember: bool = False,
) -> int | None:
    shown = look(store, corrections, content, hours)
    now = NOW + dt.timedelta(hours=hours)
    return accept_delivery(store, shown, now=now, by="anna", remember=remember).number


def stated(store: Store) -> dict[str, tuple[object, object]]:
    with store.reading() as connection:
        known = state_on(connection).kind("measure").values()
    return {str(k.value("title")): (k.value("participants_actual"), k.value("status")) for k in known}


def test_a_delivery_is_accepted_as_it_was_put_right_and_its_file_stays_as_it_was_sent(store: Store) -> None:
    number = deliver(store, CORRECTIONS)
    assert number is not None
    assert stated(store) == {"Sprachcafé": (20, "running"), "Wohnlotsen": (48, "paused")}
    with store.reading() as connection:
        [row] = all_deliveries(connection)
        assert received_content(connection, number) == FILE
    assert Corrections.from_data(row.corrections) == CORRECTIONS
    [measure] = [m for m in as_records(store) if m["title"] == "Sprachcafé"]
    assert measure["said"]["participants_actual"] == ["2O"]
    undo_delivery(store, number, now=NOW + dt.timedelta(hours=1))
    assert stated(store) == {}


def as_records(store: Store) -> list[dict[str, object]]:

    found: list[dict[str, object]] = json.loads(as_json(export_state(store, today=NOW.date())))["measure"]
    return found


def test_the_same_file_again_takes_no_correction_back(store: Store) -> None:
    deliver(store, CORRECTIONS)
    again = look(store, hours=1)
    assert (again.corrections, again.outcome) == (CORRECTIONS, "unchanged")


def test_the_same_file_may_be_sent_again_without_its_corrections(store: Store) -> None:
    deliver(store, CORRECTIONS)
    as_sent = look(store, Corrections(), hours=1)
    assert as_sent.outcome == "preview"
    [changes] = as_sent.comparison.changed["measure"].values()
    assert [(c.field, c.old, c.new) for c in changes] == [("participants_actual", 48, 46)]


def test_what_was_said_about_a_column_is_remembered_only_where_the_sender_wants_it(store: Store) -> None:
    later = xlsx([HEADINGS, ("M-1", "Sprachcafé", 25, "ruht")])
    deliver(store, CORRECTIONS)
    assert list_mappings(store) == []
    assert "status" not in look(store, content=later, hours=1).understood.drafts[0].values
    deliver(store, CORRECTIONS.with_cell("Maßnahmen", "C3", "49"), hours=2, remember=True)
    assert [(m.heading, m.field, m.person) for m in list_mappings(store)] == [("Dampf", "measure.status", "anna")]
    assert look(store, content=later, hours=3).understood.drafts[0].values["status"] == "paused"


def test_corrected_deliveries_are_replayed_by_the_rebuild(store: Store, sqlite_store: Store) -> None:
    deliver(store, CORRECTIONS, remember=True)
    deliver(store, content=xlsx([HEADINGS, ("M-1", "Sprachcafé", 25, "ruht")]), hours=1)
    rebuild_into(store, sqlite_store)
    assert as_json(export_state(store, today=NOW.date())) == as_json(export_state(sqlite_store, today=NOW.date()))
