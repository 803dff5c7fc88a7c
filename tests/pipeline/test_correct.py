"""The office puts a partner's value right: with its reason, marked wherever it shows, and the partner is told."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.confirmations import all_corrections
from etl.model.state import Known, state_on
from etl.model.store import Store
from etl.pipeline import Preview, accept_delivery, export_state, preview_delivery, undo_delivery
from etl.pipeline.confirm import confirm
from etl.pipeline.correct import CORRECTED, correct, tell
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds, ratings_of
from etl.pipeline.rebuild import rebuild_into
from etl.rules.changes import changes_between
from etl.stages.compare import FieldChange
from tests.pipeline.test_authority import goals
from tests.pipeline.workbooks import NOW, SPRACHCAFE, measures

SUMMER, AUTUMN, LATER = dt.date(2026, 7, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)
MEASURE = "measure-00001"


def after(hours: int) -> dt.datetime:
    return NOW + dt.timedelta(hours=hours)


def deliver(store: Store, day: dt.date = SUMMER, people: int = 40, hours: int = 0) -> int:
    content = measures((*SPRACHCAFE[:6], people, 12500))
    preview = preview_delivery(store, content, "liste.xlsx", partner="VHS", day=day, now=after(hours))
    number = accept_delivery(store, preview, now=after(hours)).number
    assert number is not None
    return number


def put_right(store: Store, name: str, given: str | list[str], hours: int = 1, seen: int | None = None) -> int:
    return correct(
        store,
        MEASURE,
        name,
        given,
        day=LATER,
        person="Henrike Aulbach",
        reason="Anruf vom 3. November",
        now=after(hours),
        seen=seen,
    )


def measure(store: Store, known_on: dt.datetime | None = None) -> Known:
    with store.reading() as connection:
        return state_on(connection, LATER, known_on).kind("measure")[MEASURE]


def test_a_value_put_right_holds_with_its_mark_and_reason(store: Store) -> None:
    deliver(store)
    number = put_right(store, "participants_actual", "24")
    known = measure(store)
    assert (known.value("participants_actual"), known.mark("participants_actual")) == (24, CORRECTED)
    assert known.holds["participants_actual"].entry == number
    assert known.value("status") == "running"
    assert known.last_day == SUMMER, "a correction is no news"
    with store.reading() as connection:
        (row,) = all_corrections(connection)
        partners = state_on(connection).kind("partner")
    assert (row.person, row.reason, row.field) == ("Henrike Aulbach", "Anruf vom 3. November", "participants_actual")
    assert partners[row.partner].value("name") == "VHS"
    assert row.told_on is None


def test_a_correction_never_looks_like_progress(store: Store) -> None:
    deliver(store)

    def now() -> object:
        with store.reading() as connection:
            return facts_of(connection, state_on(connection, LATER), LATER)

    before = now()
    put_right(store, "participants_actual", "400")
    causes = {change.cause for change in changes_between(before, now(), load_thresholds())}  # type: ignore[arg-type]
    assert causes == {"correction"}
    rating = ratings_of(now(), load_thresholds())[MEASURE]  # type: ignore[arg-type]
    assert ("participants_actual", CORRECTED) in rating.marks, "a rating resting on it says so"


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("participants_actual", "ca. 25", 25),
        ("cost_total", "9.800,50 €", "9800.50"),
        ("end", "31.12.2026", "2026-12-31"),
        ("end", "dauerhaft", None),
        ("status", "paused", "paused"),
        ("status", "ruht", "paused"),
        ("title", "Sprachcafé am Abend", "Sprachcafé am Abend"),
    ],
)
def test_what_the_office_writes_is_read_like_a_cell(sqlite_store: Store, name: str, given: str, value: object) -> None:
    deliver(sqlite_store)
    put_right(sqlite_store, name, given)
    assert measure(sqlite_store).value(name) == value


@pytest.mark.parametrize(
    ("name", "given", "code"),
    [
        ("participants_actual", "viele nette Leute", "not_read"),
        ("participants_actual", "  ", "not_read"),
        ("participants_actual", "40", "same_value"),
        ("volunteer_hours", "3", "nothing_to_correct"),
        ("id", "M-9", "unknown_field"),
    ],
)
def test_what_cannot_be_stored_is_refused(sqlite_store: Store, name: str, given: str, code: str) -> None:
    deliver(sqlite_store)
    version = sqlite_store.version()
    with pytest.raises(EntryRefused) as refused:
        put_right(sqlite_store, name, given)
    assert refused.value.code == code
    assert sqlite_store.version() == version


def test_a_correction_needs_its_reason_and_what_was_seen(store: Store) -> None:
    deliver(store)
    seen = measure(store).holds["participants_actual"].id
    with pytest.raises(EntryRefused, match="without_reason"):
        correct(store, MEASURE, "participants_actual", "9", day=LATER, person="h", reason=" ", now=NOW)
    deliver(store, AUTUMN, 44, hours=1)
    with pytest.raises(EntryRefused, match="changed_since"):
        put_right(store, "participants_actual", "24", hours=2, seen=seen)


def test_a_newer_report_of_the_partner_replaces_the_correction(store: Store) -> None:
    deliver(store)
    put_right(store, "participants_actual", "24")
    deliver(store, AUTUMN, 44, hours=2)
    known = measure(store)
    assert (known.value("participants_actual"), known.mark("participants_actual")) == (44, None)


def test_the_same_wrong_value_sent_again_is_shown_beside_the_correction(store: Store) -> None:
    deliver(store)
    put_right(store, "participants_actual", "24")
    deliver(store, SUMMER, 41, hours=2)
    known = measure(store)
    assert known.value("participants_actual") == 24
    assert {s.body.values["participants_actual"] for s in known.contested["participants_actual"]} == {24, 41}


def test_the_next_list_is_compared_with_what_was_put_right(store: Store) -> None:
    deliver(store)
    put_right(store, "participants_actual", "24")
    deliver(store, SUMMER, 41, hours=2)
    content = measures((*SPRACHCAFE[:6], 44, 12500))
    for day in (SUMMER, AUTUMN):
        again = preview_delivery(store, content, "liste.xlsx", partner="VHS", day=day, now=after(3))
        assert again.comparison.changed["measure"] == {0: [FieldChange("participants_actual", 24, 44)]}


def test_a_correction_of_the_networks_own_value_is_compared_with_too(sqlite_store: Store) -> None:
    def preview(value: int) -> Preview:
        return preview_delivery(sqlite_store, goals(value), "z.xlsx", partner="VHS", day=SUMMER, now=after(0))

    accept_delivery(sqlite_store, preview(60), now=after(0))
    indicator = next(m.key for m in preview(60).matches if m.key and m.key.startswith("indicator"))
    correct(sqlite_store, indicator, "target_value", "70", day=LATER, person="h", reason="Anruf", now=after(1))
    [[change]] = preview(65).comparison.changed["indicator"].values()
    assert (change.old, change.new) == (70, 65)


def test_a_value_the_partner_had_confirmed_can_still_be_put_right(store: Store) -> None:
    deliver(store)
    with store.reading() as connection:
        partner = state_on(connection).kind("measure")[MEASURE].partner
    assert partner is not None
    confirm(store, partner, day=AUTUMN, person="Marietta Lühning", now=after(1))
    put_right(store, "participants_actual", "24", hours=2)
    assert measure(store).value("participants_actual") == 24
    confirm(store, partner, day=LATER, person="Marietta Lühning", now=after(3))
    known = measure(store)
    assert (known.value("participants_actual"), known.mark("participants_actual")) == (24, CORRECTED)


def test_taking_a_correction_back_brings_the_partners_value_back(store: Store) -> None:
    deliver(store)
    number = put_right(store, "participants_actual", "24")
    undo_entry(store, number, now=after(2))
    assert measure(store).value("participants_actual") == 40
    assert measure(store, known_on=after(1)).value("participants_actual") == 24
    with store.reading() as connection:
        assert all_corrections(connection) == []
        assert len(all_corrections(connection, after(1))) == 1


def test_when_the_partner_was_told_is_noted_and_can_be_put_right(store: Store) -> None:
    deliver(store)
    number = put_right(store, "participants_actual", "24")
    version = store.version()
    tell(store, number, LATER, person="Henrike Aulbach")
    assert store.version() > version
    with store.reading() as connection:
        (row,) = all_corrections(connection)
    assert (row.told_on, row.told_by) == (LATER, "Henrike Aulbach")
    with pytest.raises(EntryRefused):
        tell(store, 99, LATER, person="x")


def test_a_rebuild_corrects_again(store: Store, sqlite_store: Store) -> None:
    first = deliver(store)
    number = put_right(store, "participants_actual", "ca. 24")
    tell(store, number, LATER, person="Henrike Aulbach")
    undo_entry(store, put_right(store, "status", "paused", hours=2), now=after(3))
    deliver(store, AUTUMN, 44, hours=4)
    undo_delivery(store, first, now=after(5))
    rebuild_into(store, sqlite_store)
    assert export_state(sqlite_store, today=LATER) == export_state(store, today=LATER)
    with store.reading() as one, sqlite_store.reading() as other:
        assert all_corrections(one, with_undone=True) == all_corrections(other, with_undone=True)
