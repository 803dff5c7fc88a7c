"""Every cause of a change, made to happen in a real store; and the demo network between two meetings."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert

from etl.model.state import state_on
from etl.model.store import Store, raise_version
from etl.model.tables import Rating
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.correct import correct
from etl.pipeline.gone import say_gone
from etl.pipeline.merging import merge
from etl.pipeline.picture import rated
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds, note_rules, thresholds_on
from etl.rules.change import Change
from etl.rules.changes import changes_between
from etl.rules.days import end_of_day
from etl.rules.differences import applied, differences
from etl.rules.facts import Facts
from tests.pipeline.workbooks import SPRACHCAFE, WOHNLOTSEN, measures, xlsx
from tests.rules.test_differences import all_told

SPRING, MEETING, AUTUMN, TODAY = (dt.date(2026, m, d) for m, d in ((4, 10), (5, 12), (10, 12), (11, 10)))
GOALS = (
    "Nr.",
    "Ziel",
    "Indikator",
    "Ausgangswert",
    "Datum Ausgangswert",
    "Zielwert",
    "Zieldatum",
    "aktueller Wert",
    "Stand",
)
_START, _END = dt.date(2024, 9, 30), dt.date(2027, 9, 30)


def at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), dt.UTC)


def deliver(store: Store, content: bytes, on: dt.date, about: dt.date | None = None, partner: str = "VHS") -> int:
    """A file that comes ``on`` a day and speaks about that day, or about an earlier one."""
    preview = preview_delivery(
        store, content, f"{on}.xlsx", partner=partner, day=about or on, now=at(on), received_at=at(on)
    )
    number = accept_delivery(store, preview, now=at(on)).number
    assert number is not None
    return number


def goals(*values: tuple[str, int | float, dt.date], target: int = 65) -> bytes:
    """One goal; of each value its indicator, the number and its day."""
    rows = [("S2", "Prüfung", name, 48, _START, target, _END, number, day) for name, number, day in values]
    return xlsx([GOALS, *rows], "Ziele")


def facts(store: Store, day: dt.date, known: dt.date) -> Facts:
    with store.reading() as connection:
        return facts_of(connection, state_on(connection, day, end_of_day(known)), day)


def since(store: Store, known: dt.date = TODAY) -> tuple[Change, ...]:
    """What changed from the meeting as known then to today."""
    before, after = facts(store, MEETING, MEETING), facts(store, TODAY, known)
    assert applied(before, differences(before, after)) == after
    all_told(before, after)
    with store.reading() as connection:
        then, now = (thresholds_on(connection, end_of_day(day)) for day in (MEETING, known))
    return changes_between(before, after, now, then)


def told(changes: tuple[Change, ...], kind: str = "measure") -> list[tuple[str, str | None]]:
    return [(c.cause, c.field) for c in changes if c.kind == kind]


def list_of(*, status: str = "laufend", people: int = 40, end: dt.date = dt.date(2027, 6, 30)) -> bytes:
    return measures((*SPRACHCAFE[:4], end, status, people, SPRACHCAFE[7]))


def test_a_new_value(store: Store) -> None:
    deliver(store, list_of(people=40), SPRING)
    deliver(store, list_of(people=52), AUTUMN)
    assert told(since(store)) == [("new_value", "participants_reached")]


def test_a_deadline_passed(sqlite_store: Store) -> None:
    deliver(sqlite_store, list_of(end=dt.date(2026, 9, 30)), SPRING)
    (change,) = since(sqlite_store)
    assert (change.cause, change.rating_changed, change.after and change.after.rule) == (
        "deadline_passed", True, "end_passed",
    )  # fmt: skip


def test_late_news(store: Store) -> None:
    deliver(store, goals(("B1", 57, SPRING)), SPRING)
    deliver(store, goals(("B1", 52, MEETING)), AUTUMN, about=MEETING)
    (change,) = [c for c in since(store) if c.kind == "goal" and c.field == "current_value"]
    assert (change.cause, change.new, change.day) == ("reported_late", Decimal(52), MEETING)


def test_a_correction(store: Store) -> None:
    deliver(store, list_of(people=40), SPRING)
    correct(
        store, "measure-00001", "participants_actual", "24",
        day=AUTUMN, person="Henrike Aulbach", reason="Anruf", now=at(AUTUMN),
    )  # fmt: skip
    (change,) = since(store)
    assert (change.cause, change.field, change.is_progress) == ("correction", "participants_reached", False)


def test_a_threshold_changed(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The office edits the file of thresholds and starts the program anew."""
    deliver(store, goals(("B1", 55, SPRING)), SPRING)
    assert note_rules(store, at(SPRING))
    assert not note_rules(store, at(MEETING)), "the same is not noted twice"
    strict = replace(load_thresholds(), path_margin=Decimal("0.0"), miss_at_risk=Decimal("0.01"))
    monkeypatch.setattr(rated, "load_thresholds", lambda: strict)
    version = store.version()
    assert note_rules(store, at(AUTUMN))
    assert store.version() == version + 1, "what is kept by the store's version is made anew"
    changes = [c for c in since(store) if c.rating_changed]
    assert [(c.cause, c.before and c.before.code, c.after and c.after.code) for c in changes] == [
        ("new_rule", "at_risk", "off_track")
    ]


def test_what_became_too_old(sqlite_store: Store) -> None:
    """A year and more after the only report."""
    deliver(sqlite_store, list_of(end=dt.date(2029, 6, 30)), SPRING)
    before, after = facts(sqlite_store, MEETING, TODAY), facts(sqlite_store, dt.date(2028, 1, 1), TODAY)
    assert told(changes_between(before, after, load_thresholds())) == [("too_old", None)]


def test_what_people_decided(store: Store) -> None:
    deliver(store, goals(("B1", 52, SPRING)), SPRING)
    with store.writing() as connection:
        connection.execute(
            insert(Rating).values(
                record="goal-00001", code="at_risk", body="Steuerungsgruppe", reason="Prüfungstermin verschoben",
                day=AUTUMN, expires=dt.date(2027, 3, 31), known_from=at(AUTUMN),
            )
        )  # fmt: skip
        raise_version(connection)
    assert ("decided_by_group", "human") in told(since(store), "goal")


def test_another_target_agreed_later(sqlite_store: Store) -> None:
    deliver(sqlite_store, goals(("B1", 52, SPRING)), SPRING)
    deliver(sqlite_store, goals(("B1", 52, SPRING), target=60), AUTUMN)
    assert ("decided_by_group", "target") in told(since(sqlite_store), "goal")


def test_a_new_indicator_is_no_new_value(sqlite_store: Store) -> None:
    """What turned the rating is that the goal is measured by something else too."""
    deliver(sqlite_store, goals(("B1", 60, SPRING)), SPRING)
    deliver(sqlite_store, goals(("B1", 60, SPRING), ("Wartezeit", 49, AUTUMN)), AUTUMN)
    changes = [c for c in since(sqlite_store) if c.rating_changed]
    assert [(c.cause, c.field, c.indicator) for c in changes] == [("new", "current_value", "indicator-00002")]


def test_a_delivery_undone(store: Store) -> None:
    number = deliver(store, list_of(status="abgeschlossen"), SPRING)
    deliver(store, list_of(status="laufend"), SPRING - dt.timedelta(days=30))
    undo_delivery(store, number, now=at(AUTUMN))
    assert {cause for cause, _ in told(since(store))} == {"delivery_withdrawn"}
    assert facts(store, MEETING, MEETING).measures[0].status == "completed", "it held as long as nobody took it back"


def test_what_a_delivery_alone_had_brought_goes_with_it(sqlite_store: Store) -> None:
    number = deliver(sqlite_store, list_of(), SPRING)
    undo_delivery(sqlite_store, number, now=at(AUTUMN))
    assert told(since(sqlite_store)) == [("delivery_withdrawn", None)]
    assert told(since(sqlite_store), "partner") == [("delivery_withdrawn", None)]


def test_new_ended_and_another_status(store: Store) -> None:
    deliver(store, measures(SPRACHCAFE, WOHNLOTSEN), SPRING)
    ended, paused = (*SPRACHCAFE[:5], "abgeschlossen", *SPRACHCAFE[6:]), (*WOHNLOTSEN[:5], "pausiert", *WOHNLOTSEN[6:])
    new = ("M-9", "Lernpaten", "VHS", dt.date(2026, 9, 1), dt.date(2027, 7, 31), "laufend", 3, 800)
    deliver(store, measures(ended, paused, new), AUTUMN)
    assert told(since(store)) == [("ended", "status"), ("status_changed", "status"), ("new", None)]


def test_what_is_removed_or_merged_by_a_person_ends(sqlite_store: Store) -> None:
    deliver(sqlite_store, measures(SPRACHCAFE, WOHNLOTSEN), SPRING)
    deliver(sqlite_store, measures(SPRACHCAFE), SPRING, partner="Diakonie")
    say_gone(
        sqlite_store, "measure-00002", "removed", day=AUTUMN, person="Aulbach", reason="nie begonnen", now=at(AUTUMN)
    )
    merge(sqlite_store, "measure-00001", "measure-00003", person="Aulbach", reason="dieselbe", now=at(AUTUMN))
    gone = [(c.key, c.cause) for c in since(sqlite_store) if c.cause == "ended"]
    assert gone == [("measure-00002", "ended"), ("measure-00003", "ended")]


_PAIRS = (
    ("2024-11-12", "2024-11-12", "2025-05-13", "2025-05-13"),
    ("2026-02-10", "2026-02-10", "2026-11-10", "2026-11-03"),
    ("2026-05-12", "2026-05-12", "2026-05-12", "2026-11-10"),
    ("2026-05-12", "2026-11-10", "2026-11-10", "2026-11-10"),
    ("2026-10-01", "2026-10-20", "2027-12-31", "2026-11-10"),
)


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: f"{pair[0]}…{pair[2]}")
def test_the_demo_network_between_two_meetings(demo: Store, pair: tuple[str, str, str, str]) -> None:
    before, after = (facts(demo, *map(dt.date.fromisoformat, clocks)) for clocks in (pair[:2], pair[2:]))
    assert applied(before, differences(before, after)) == after
    assert applied(after, differences(after, before)) == before, "the way back, too: what came is removed"
    assert differences(before, after).found
    all_told(before, after)
