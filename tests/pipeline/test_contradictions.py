"""Two sources that state one fact differently: both stand until the office decides, and again when one says more."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.state import State, state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery, undo_delivery
from etl.pipeline.contradictions import (
    Contradiction,
    open_contradictions,
    settle_contradiction,
    settled_contradictions,
    undo_settlement,
)
from etl.pipeline.export import as_json, export_state
from etl.pipeline.judging import JudgementRefused
from etl.pipeline.rebuild import rebuild_into
from tests.pipeline.workbooks import NOW, book

AUTUMN = dt.date(2026, 10, 1)
HEADING = ("Ziel-Nr.", "Wirkungsziel", "Indikator", "Istwert", "Stichtag")


def says(store: Store, partner: str, value: int, day: dt.date = AUTUMN, indicator: str = "Quote B1") -> int | None:
    """The partner's list states the indicator's value."""
    content = book({"Ziele": [HEADING, ("S1", "Mehr Deutsch", indicator, value, AUTUMN)]})
    preview = preview_delivery(store, content, f"{partner}.xlsx", partner=partner, day=day, now=NOW)
    return accept_delivery(store, preview, now=NOW).number


def now(store: Store, known_on: dt.datetime | None = None) -> State:
    with store.reading() as connection:
        return state_on(connection, known_on=known_on)


def the_one(store: Store) -> Contradiction:
    [found] = open_contradictions(now(store))
    return found


def decide(store: Store, holds: int | None, reason: str = "Fachverfahren", shown: Contradiction | None = None) -> int:
    shown = shown or the_one(store)
    about = {"person": "Anna Weber", "reason": reason, "now": NOW, "seen": shown.seen}
    return settle_contradiction(store, shown.known.key, shown.field, holds=holds, **about)  # type: ignore[arg-type]


def value(store: Store, known_on: dt.datetime | None = None) -> object:
    [known] = now(store, known_on).kind("observation").values()
    return known.value("current_value")


@pytest.fixture
def contested(store: Store) -> Store:
    """The office says 41, the Jobcenter 39."""
    says(store, "Landkreis", 41)
    says(store, "Jobcenter", 39)
    return store


def exported(store: Store) -> bytes:
    return as_json(export_state(store, today=NOW.date()))


def test_both_sources_are_shown_and_the_latest_holds_until_someone_decides(contested: Store) -> None:
    found = the_one(contested)
    assert [s.body.values["current_value"] for s in found.statements] == [41, 39]
    assert value(contested) == 39


def test_the_chosen_statement_holds_with_its_own_cell_and_no_longer_contested(contested: Store) -> None:
    chosen = the_one(contested).statements[0]
    decide(contested, 0)
    assert open_contradictions(now(contested)) == []
    [settled] = settled_contradictions(now(contested))
    assert settled.settled is not None
    assert (settled.settled.person, settled.settled.reason) == ("Anna Weber", "Fachverfahren")
    assert settled.known.holds["current_value"].id == chosen.id
    assert value(contested) == 41


def test_both_may_be_right_and_stay_beside_each_other(contested: Store) -> None:
    decide(contested, None, "Das Jobcenter zählt nur SGB II.")
    [settled] = settled_contradictions(now(contested))
    assert len(settled.statements) == 2
    assert (open_contradictions(now(contested)), value(contested)) == ([], 39)


def test_a_source_that_says_the_same_again_reopens_nothing(contested: Store) -> None:
    decide(contested, 0)
    assert says(contested, "Jobcenter", 39, day=AUTUMN + dt.timedelta(days=20)) is not None
    assert open_contradictions(now(contested)) == []


def test_a_source_that_says_something_new_reopens_it_and_says_what(contested: Store) -> None:
    decide(contested, 0)
    says(contested, "Jobcenter", 40)
    found = the_one(contested)
    assert found.reopened is not None
    [news] = found.news
    assert (news.code, news.before, news.after) == ("new_value", 39, 40)


def test_a_third_source_reopens_it_unless_it_agrees_with_what_holds(contested: Store) -> None:
    decide(contested, 0)
    says(contested, "Kreis Nord", 41)
    assert open_contradictions(now(contested)) == []
    says(contested, "Kreis Ost", 44)
    [news] = the_one(contested).news
    assert (news.code, news.after) == ("new_source", 44)


def test_a_source_that_comes_round_ends_the_contradiction(contested: Store) -> None:
    decide(contested, 0)
    says(contested, "Jobcenter", 41)
    state = now(contested)
    assert (open_contradictions(state), settled_contradictions(state), value(contested)) == ([], [], 41)


def test_undoing_the_delivery_that_was_news_brings_the_decision_back(contested: Store) -> None:
    decide(contested, 0)
    number = says(contested, "Jobcenter", 40)
    assert number is not None
    undo_delivery(contested, number, now=NOW)
    assert (open_contradictions(now(contested)), value(contested)) == ([], 41)


def test_a_chosen_source_that_is_undone_takes_the_decision_with_it(contested: Store) -> None:
    says(contested, "Kreis Nord", 44)
    decide(contested, 0)
    undo_delivery(contested, 1, now=NOW)
    assert [news.code for news in the_one(contested).news] == ["withdrawn"]


def test_a_decision_is_on_the_known_clock_and_can_be_taken_back(contested: Store) -> None:
    before = exported(contested)
    number = decide(contested, 0)
    [settled] = settled_contradictions(now(contested))
    assert settled.settled is not None
    decided = settled.settled.known_from
    undo_settlement(contested, number, now=NOW, by="Anna Weber")
    assert exported(contested) == before
    assert value(contested, decided) == 41
    assert value(contested, decided - dt.timedelta(microseconds=1)) == 39
    with pytest.raises(JudgementRefused):
        undo_settlement(contested, number, now=NOW, by="Anna Weber")


def test_deciding_needs_a_reason_and_what_was_shown(contested: Store) -> None:
    shown, version = the_one(contested), contested.version()
    with pytest.raises(JudgementRefused) as refused:
        decide(contested, 0, " ")
    assert (refused.value.code, contested.version()) == ("without_reason", version)
    says(contested, "Jobcenter", 40)
    with pytest.raises(JudgementRefused) as refused:
        decide(contested, 0, shown=shown)
    assert refused.value.code == "changed"


def test_a_second_click_decides_nothing_twice(contested: Store) -> None:
    shown = the_one(contested)
    decide(contested, 0, shown=shown)
    with pytest.raises(JudgementRefused) as refused:
        decide(contested, 1, shown=shown)
    assert refused.value.code == "not_contested"


def test_the_rebuild_replays_decisions_and_their_undo(contested: Store, sqlite_store: Store) -> None:
    first = decide(contested, 0)
    undo_settlement(contested, first, now=NOW, by="Anna Weber")
    decide(contested, None, "Andere Zählung")
    rebuild_into(contested, sqlite_store)
    assert exported(sqlite_store) == exported(contested)
    [settled] = settled_contradictions(now(sqlite_store))
    assert settled.settled is not None
    assert settled.settled.reason == "Andere Zählung"
