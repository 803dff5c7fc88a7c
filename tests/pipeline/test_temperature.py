"""How a body feels about an item: one voice per device, changed with its receipt, counts alone, none before the end."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from etl.model.accounts import User
from etl.model.bodies import save_body
from etl.model.meeting_results import TemperatureVoice, temperature_of, voices_heard
from etl.model.meetings import plan_of, save_item, save_plan
from etl.model.store import Store
from etl.pipeline.meeting.temperature import (
    TemperatureRefused,
    ask,
    close,
    close_open,
    count_hands,
    drop,
    said_by,
    speak,
)
from etl.rules.meeting import Body, Item, Plan
from etl.rules.temperature import CHOICES, Spread, finding_of

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, 30, tzinfo=dt.UTC)
ANNA = User("anna", "Anna", "coordinator", None, "de", False, NOW)
CEM = User("cem", "Cem", "member", None, "de", False, NOW)
MEETING = "meeting-00001"


@pytest.fixture
def item(store: Store) -> int:
    with store.writing() as connection:
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="Amt", now=NOW)
        save_plan(connection, Plan(MEETING, body.id, DAY, "running"), by="Amt", now=NOW)
        about = ("decision-00001", "goal-00002")
        return save_item(connection, Item(0, MEETING, 0, "goal", "Abendkurs", about), by="Amt", now=NOW)


def asked(store: Store, item: int) -> int:
    return ask(store, item, computed="at_risk", by=ANNA, day=DAY, now=NOW)


def counts(store: Store, number: int) -> tuple[int, ...]:
    with store.reading() as connection:
        row = temperature_of(connection, number)
    return tuple(getattr(row, name) for name in (*CHOICES, "voices"))


def test_each_device_counts_once_and_may_change_its_mind_until_the_end(store: Store, item: int) -> None:
    number = asked(store, item)
    receipts = {device: speak(store, number, "on_track", device=device) for device in ("a", "b", "c")}
    assert counts(store, number) == (3, 0, 0, 3)
    changed = speak(store, number, "off_track", device="b", receipt=receipts["b"])
    assert counts(store, number) == (2, 0, 1, 3)
    assert said_by(store, number, device="b", receipt=changed) == "off_track"
    assert speak(store, number, "off_track", device="b", receipt=changed) != changed
    assert counts(store, number) == (2, 0, 1, 3)
    close(store, number, by=ANNA, now=NOW)
    close(store, number, by=ANNA, now=NOW)
    assert counts(store, number) == (2, 0, 1, 3)
    with store.reading() as connection:
        row = temperature_of(connection, number)
        assert connection.execute(select(TemperatureVoice.device_hash)).all() == []
    assert (row.secret, row.record, row.computed) == (None, "goal-00002", "at_risk")


def test_nobody_counts_twice_with_old_forged_or_borrowed_receipts(store: Store, item: int) -> None:
    number = asked(store, item)
    first = speak(store, number, "on_track", device="a")
    second = speak(store, number, "at_risk", device="a", receipt=first)
    other = speak(store, number, "at_risk", device="b")
    for receipt, code in (
        ("", "spoken_already"),
        (first, "forged"),  # used before
        (other, "forged"),  # another device's
        (second.replace("at_risk", "off_track"), "forged"),
        ("2.at_risk." + "0" * 64, "forged"),
        ("x", "forged"),
        ("2.at_risk.ü\ud800", "forged"),
    ):
        with pytest.raises(TemperatureRefused, match=code):
            speak(store, number, "off_track", device="a", receipt=receipt)
    with pytest.raises(TemperatureRefused, match="forged"):
        speak(store, number, "off_track", device="c", receipt=second)
    with pytest.raises(TemperatureRefused, match="no_choice"):
        speak(store, number, "voices", device="c")
    assert counts(store, number) == (0, 2, 0, 2)
    with store.reading() as connection:
        assert voices_heard(connection, number) == 2


def test_after_the_end_nothing_is_counted(store: Store, item: int) -> None:
    number = asked(store, item)
    receipt = speak(store, number, "on_track", device="a")
    close(store, number, by=ANNA, now=NOW)
    for device, held in (("a", receipt), ("b", "")):
        with pytest.raises(TemperatureRefused, match="over"):
            speak(store, number, "off_track", device=device, receipt=held)
    assert said_by(store, number, device="a", receipt=receipt) is None
    with pytest.raises(TemperatureRefused, match="over"):
        drop(store, number, by=ANNA)
    again = asked(store, item)
    with pytest.raises(TemperatureRefused, match="forged"):
        speak(store, again, "off_track", device="a", receipt=receipt)


@pytest.mark.parametrize("voices", [0, 1, 2])
def test_of_fewer_than_three_only_how_many_is_kept(store: Store, item: int, voices: int) -> None:
    number = asked(store, item)
    for device in range(voices):
        speak(store, number, "off_track", device=str(device))
    close(store, number, by=ANNA, now=NOW)
    assert counts(store, number) == (0, 0, 0, voices)


def test_hands_are_counted_by_whoever_records_and_one_question_is_open_at_a_time(store: Store, item: int) -> None:
    number = count_hands(store, item, {"on_track": 9, "off_track": 4}, computed=None, by=ANNA, day=DAY, now=NOW)
    assert counts(store, number) == (9, 0, 4, 13)
    for wrong in ({}, {"on_track": -1, "at_risk": 3}, {"on_track": 10_000}):
        with pytest.raises(TemperatureRefused, match="no_count"):
            count_hands(store, item, wrong, computed=None, by=ANNA, day=DAY, now=NOW)
    with pytest.raises(TemperatureRefused, match="not_yours"):
        ask(store, item, computed=None, by=CEM, day=DAY, now=NOW)
    opened = ask(store, item, computed=None, by="Frau Moderation", day=DAY, now=NOW)
    with pytest.raises(TemperatureRefused, match="open_already"):
        asked(store, item)
    drop(store, opened, by=ANNA)
    assert asked(store, item) != number


def test_closing_the_meeting_closes_what_was_left_open(store: Store, item: int) -> None:
    number = asked(store, item)
    for device in "abc":
        speak(store, number, "at_risk", device=device)
    with store.writing() as connection:
        plan = plan_of(connection, MEETING)
        assert plan is not None
        save_plan(connection, replace(plan, state="closed"), by="Amt", now=NOW)
        close_open(connection, MEETING, NOW)
    assert counts(store, number) == (0, 3, 0, 3)
    with pytest.raises(TemperatureRefused, match="closed"):
        asked(store, item)


@pytest.mark.parametrize(
    ("spread", "code"),
    [
        (Spread(), "too_few"),
        (Spread(1, 1, 0), "too_few"),
        (Spread(3, 0, 0), "all"),
        (Spread(0, 9, 3), "most"),
        (Spread(7, 2, 3), "differs"),  # more than half, but both ends weigh
        (Spread(1, 1, 1), "differs"),
        (Spread(5, 5, 0), "differs"),
    ],
)
def test_the_spread_in_a_word(spread: Spread, code: str) -> None:
    assert finding_of(spread.voices, spread)[0] == f"temperature.{code}"


def test_a_room_full_of_devices_at_once_is_counted_to_the_last(store: Store, item: int) -> None:
    number = asked(store, item)
    said = [CHOICES[n % 3] for n in range(25)]
    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(lambda n: speak(store, number, said[n], device=str(n)), range(25)))
        assert counts(store, number) == (9, 8, 8, 25)
        again = [(n, "on_track", receipts[n]) for n in range(25) if said[n] == "off_track"]
        list(threads.map(lambda one: speak(store, number, one[1], device=str(one[0]), receipt=one[2]), again))
    assert counts(store, number) == (17, 8, 0, 25)
