"""A meeting's results as screens take them: what they name is told as it was called then and counts today."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from dashboard.answers.result_words import worded
from dashboard.answers.results import assessments, results, results_on, temperatures
from etl.model.accounts import User
from etl.model.bodies import save_body
from etl.model.meetings import plan_of, save_item, save_plan
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.enter import enter
from etl.pipeline.gone import say_gone
from etl.pipeline.meeting.attending import note_attendance, note_guests
from etl.pipeline.meeting.recording import record, withdraw
from etl.pipeline.meeting.stating import RecordingRefused
from etl.pipeline.meeting.temperature import count_hands
from etl.pipeline.merging import merge
from etl.rules.meeting import Body, Item, Plan
from etl.rules.results import Holder, ResultSaid

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)
ANNA = User("anna", "Anna", "coordinator", None, "de", False, NOW)
MEETING = "meeting-00001"


@pytest.fixture
def keys(store: Store) -> dict[str, str]:
    """A house, two measures of two houses, an item about the second."""
    told = {"day": DAY, "person": "Amt", "reason": "Liste", "now": NOW - dt.timedelta(days=1)}
    found = {name: enter(store, "partner", {"name": name}, **told).key for name in ("VHS", "Diakonie")}  # type: ignore[arg-type]
    for name, house in (("Café der Sprachen", "Diakonie"), ("Sprachcafé", "VHS")):
        found[name] = enter(store, "measure", {"title": name}, partner=found[house], **told).key  # type: ignore[arg-type]
    with store.writing() as connection:
        body = save_body(connection, Body(0, "Netzwerktreffen", "open_format"), by="Amt", now=NOW)
        save_plan(connection, Plan(MEETING, body.id, DAY, "running"), by="Amt", now=NOW)
        about = (found["Café der Sprachen"],)
        found["item"] = str(save_item(connection, Item(0, MEETING, 0, "own", "Café", about), by="Amt", now=NOW))
    return found


def _agreed(store: Store, keys: dict[str, str]) -> int:
    said = ResultSaid("Ein Café", (Holder(keys["VHS"]),), DAY, measures=(keys["Café der Sprachen"],))
    return record(store, MEETING, "agreement", said, name="eins", user=ANNA, now=NOW, item=int(keys["item"])).result


def test_a_measure_merged_later_is_told_as_it_was_and_as_what_it_counts(store: Store, keys: dict[str, str]) -> None:
    _agreed(store, keys)
    hands = {"on_track": 4, "at_risk": 1}
    count_hands(store, int(keys["item"]), hands, computed=None, by=ANNA, day=DAY, now=NOW)
    merge(store, keys["Sprachcafé"], keys["Café der Sprachen"], person="Amt", reason="dasselbe", now=NOW)
    (one,) = results(store, MEETING)
    named = one.named[keys["Café der Sprachen"]]
    assert (named.then, named.now, named.gone) == ("Café der Sprachen", "Sprachcafé", False)
    assert worded(one, "de").later == ("„Café der Sprachen“ heißt oder zählt heute als „Sprachcafé“.",)
    (felt,) = assessments(store, keys["Sprachcafé"])
    assert felt.spread is not None
    assert felt.spread.counts == {"on_track": 4, "at_risk": 1, "off_track": 0}


def test_a_measure_removed_later_is_told_as_gone(store: Store, keys: dict[str, str]) -> None:
    _agreed(store, keys)
    say_gone(store, keys["Café der Sprachen"], "removed", day=DAY, person="Amt", reason="nie begonnen", now=NOW)
    (one,) = results(store, MEETING)
    assert worded(one, "de").later == ("„Café der Sprachen“ gibt es so nicht mehr.",)


def test_what_was_withdrawn_is_shown_only_to_whoever_records(store: Store, keys: dict[str, str]) -> None:
    number = _agreed(store, keys)
    with store.reading() as connection:
        (fact,) = state_on(connection).kind("agreement")
    assert [one.id for one in results_on(store, fact)] == [number]
    withdraw(store, number, user=ANNA, now=NOW)
    assert results(store, MEETING) == ()
    assert [one.withdrawn for one in results(store, MEETING, with_withdrawn=True)] == [True]
    assert results_on(store, fact) == ()


def test_few_voices_are_a_number_and_no_assessment(store: Store, keys: dict[str, str]) -> None:
    count_hands(store, int(keys["item"]), {"at_risk": 2}, computed=None, by=ANNA, day=DAY, now=NOW)
    (felt,) = temperatures(store, MEETING)
    assert (felt.voices, felt.spread) == (2, None)
    assert assessments(store, keys["Café der Sprachen"]) == ()


def test_an_open_format_counts_heads_and_has_no_list(store: Store, keys: dict[str, str]) -> None:
    note_guests(store, MEETING, 48, user=ANNA, now=NOW)
    with store.reading() as connection:
        plan = plan_of(connection, MEETING)
    assert plan is not None
    assert plan == replace(plan, guests=48)
    for wrong, code in ((-1, "no_count"), (100_000, "no_count")):
        with pytest.raises(RecordingRefused, match=code):
            note_guests(store, MEETING, wrong, user=ANNA, now=NOW)
    with pytest.raises(RecordingRefused, match="unknown_member"):
        note_attendance(store, MEETING, 1, there=True, user=ANNA, now=NOW)
