"""The goal catalogue by hand: entered, changed as a correction on the known clock, released in versions, taken back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from dashboard.answers.catalogue import catalogue, entered_about
from dashboard.answers.goal_page import goal_page
from dashboard.answers.picture import Picture, picture
from etl.model.store import Store
from etl.pipeline.catalogue import add_record, change_record, release, take_back_release
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.pipeline.export import as_json, export_state
from etl.pipeline.rebuild import rebuild_into
from tests.dashboard.networks import deliver, workbook

DAY = dt.date(2026, 11, 10)
BY: dict[str, Any] = {"person": "Henrike Aulbach", "reason": "Beschluss vom 10. November"}
HEADINGS = (
    "Nr.",
    "Ziel",
    "Handlungsfeld",
    "Indikator",
    "Einheit",
    "Ausgangswert",
    "Datum Ausgangswert",
    "Zielwert",
    "Zieldatum",
)


def at(hour: int) -> dt.datetime:
    return dt.datetime(2026, 11, 10, hour, tzinfo=dt.UTC)


def a_catalogue(store: Store) -> None:
    """One goal with one indicator, from a workbook of spring."""
    row = (
        "S2",
        "Zwei von drei bestehen B1",
        "Sprache",
        "Anteil B1",
        "%",
        48,
        dt.date(2023, 9, 30),
        65,
        dt.date(2027, 9, 30),
    )
    deliver(
        store, "Zielkatalog.xlsx", workbook("Zielkatalog", HEADINGS, row), "Koordinierungsstelle", dt.date(2026, 4, 1)
    )


def the_indicator(shown: Picture) -> str:
    return next(iter(shown.state.kind("indicator")))


def test_a_goal_its_indicator_and_a_value_are_entered_and_stand_like_any_other(store: Store) -> None:
    goal = add_record(store, "goal", {"title": "Kursplatz in sechs Wochen", "id": "S1"}, day=DAY, now=at(9), **BY)
    given = {"indicator": "Wartezeit", "unit": "Wochen", "baseline_value": "14,5", "baseline_date": "31.12.2023"}
    given |= {"target_value": "6", "target_date": "31.12.2027", "direction": "down"}
    indicator = add_record(store, "indicator", given, day=DAY, now=at(10), parent=goal.key, **BY)
    value = {"current_value": "11", "current_date": "30.09.2026"}
    add_record(store, "observation", value, day=DAY, now=at(11), parent=indicator.key, **BY)
    page = goal_page(picture(store, DAY), goal.key)
    assert page is not None
    shown = page.indicators[0]
    assert (shown.indicator.baseline, shown.indicator.target) == (Decimal("14.5"), Decimal(6))
    assert shown.latest is not None
    assert (shown.latest.value, shown.latest.day) == (Decimal(11), dt.date(2026, 9, 30))
    assert shown.earlier == ()


def test_a_changed_target_is_a_correction_and_the_one_before_stays_known(store: Store) -> None:
    a_catalogue(store)
    before = picture(store, DAY)
    key = the_indicator(before)
    numbers = change_record(
        store, key, {"target_value": "60", "target_date": "31.12.2028"}, day=DAY, now=at(9),
        seen={"target_value": 65, "target_date": "2027-09-30"}, **BY,
    )  # fmt: skip
    assert len(numbers) == 1
    now = picture(store, DAY)
    assert now.facts.indicator_by_key[key].target == 60
    assert picture(store, dt.date(2026, 5, 1)).facts.indicator_by_key[key].target == 60, (
        "about the day it was stated for"
    )
    then = picture(store, DAY, at(8))
    assert then.facts.indicator_by_key[key].target == 65, "as it was known before"
    page = goal_page(now, now.facts.goals[0].key)
    assert page is not None
    [earlier] = page.indicators[0].earlier
    assert (earlier.value, earlier.day) == (Decimal(65), dt.date(2027, 9, 30))
    undo_entry(store, numbers[0], now=at(10))
    again = picture(store, DAY)
    assert again.facts.indicator_by_key[key].target == 65
    page = goal_page(again, again.facts.goals[0].key)
    assert page is not None
    assert page.indicators[0].earlier == ()


def test_a_changed_definition_is_told_with_what_it_was(store: Store) -> None:
    a_catalogue(store)
    key = the_indicator(picture(store, DAY))
    for hour, text in ((9, "Erster Versuch"), (10, "Alle Versuche")):
        seen = picture(store, DAY).state.kind("indicator")[key].value("indicator_definition")
        change_record(
            store, key, {"indicator_definition": text}, day=DAY, now=at(hour), seen={"indicator_definition": seen}, **BY
        )
    shown = picture(store, DAY)
    page = goal_page(shown, shown.facts.goals[0].key)
    assert page is not None
    assert [one.before for one in page.indicators[0].redefined] == ["Erster Versuch"]


@pytest.mark.parametrize(
    ("given", "seen", "reason", "code"),
    [
        ({"target_value": "60"}, {"target_value": 65}, " ", "without_reason"),
        ({"target_value": "viele"}, {"target_value": 65}, "so", "not_read"),
        ({"target_value": "ca. 60"}, {"target_value": 65}, "so", "not_read"),
        ({"target_value": "65"}, {"target_value": 65}, "so", "same_value"),
        ({"target_value": "60"}, {"target_value": 70}, "so", "changed_since"),
        ({"indicator": ""}, {"indicator": "Anteil B1"}, "so", "without_name"),
    ],
)
def test_what_can_not_be_changed_is_refused_and_nothing_is_stored(
    store: Store, given: dict[str, str], seen: dict[str, Any], reason: str, code: str
) -> None:
    a_catalogue(store)
    key, version = the_indicator(picture(store, DAY)), store.version()
    with pytest.raises(EntryRefused) as refused:
        change_record(store, key, given, day=DAY, person="A", reason=reason, now=at(9), seen=seen)
    assert refused.value.code == code
    assert store.version() == version


def test_two_goals_do_not_share_a_number_and_a_value_needs_a_day(store: Store) -> None:
    a_catalogue(store)
    with pytest.raises(EntryRefused, match="taken"):
        add_record(store, "goal", {"title": "Anderes", "id": "s2"}, day=DAY, now=at(9), **BY)
    key = the_indicator(picture(store, DAY))
    with pytest.raises(EntryRefused, match=r"without_name: observation\.current_date"):
        add_record(store, "observation", {"current_value": "50"}, day=DAY, now=at(9), parent=key, **BY)
    with pytest.raises(EntryRefused, match="not_there"):
        add_record(store, "indicator", {"indicator": "X"}, day=DAY, now=at(9), parent="goal-99999", **BY)


def test_a_version_stays_as_it_was_released_and_tells_what_changed_since(store: Store) -> None:
    a_catalogue(store)
    number = release(store, "Fassung 1", body="Steuerungsgruppe", day=DAY, note="", person="A", now=at(9))
    shown = catalogue(store, picture(store, DAY))
    assert (shown.changes, shown.finding.sentences[-1].values) == ((), {"n": 0})
    key = the_indicator(picture(store, DAY))
    change_record(store, key, {"target_value": "60"}, day=DAY, now=at(10), seen={"target_value": 65}, **BY)
    add_record(store, "goal", {"title": "Kursplatz in sechs Wochen", "id": "S1"}, day=DAY, now=at(11), **BY)
    shown = catalogue(store, picture(store, DAY))
    told = [(c.code, c.field, c.before and c.before.value, c.after and c.after.value, c.by) for c in shown.changes]
    assert told == [
        ("new", None, None, None, "Henrike Aulbach"),
        ("changed", "goal.target_value", 65, 60, "Henrike Aulbach"),
    ]
    assert [goal.goal.id for field in shown.fields for goal in field.goals if goal.changed] == ["S2", "S1"]
    old = catalogue(store, picture(store, DAY), number)
    assert [g.indicators[0].target for f in old.fields for g in f.goals] == [Decimal(65)]
    with pytest.raises(EntryRefused, match="taken"):
        release(store, "Fassung 1", body="Steuerungsgruppe", day=DAY, note="", person="A", now=at(12))
    take_back_release(store, number, person="A", now=at(13))
    assert catalogue(store, picture(store, DAY)).release is None
    with pytest.raises(EntryRefused, match="nothing_to_undo"):
        take_back_release(store, number, person="A", now=at(14))


def test_what_was_entered_is_listed_and_the_state_can_be_rebuilt(store: Store, sqlite_store: Store) -> None:
    a_catalogue(store)
    key = the_indicator(picture(store, DAY))
    change_record(
        store, key, {"target_value": "60", "target_date": "31.12.2028", "unit": "Prozent"}, day=DAY, now=at(10),
        seen={"target_value": 65, "target_date": "2027-09-30", "unit": "%"}, **BY,
    )  # fmt: skip
    [entry] = entered_about(picture(store, DAY), [key])
    assert {name for name, _ in entry.fields} == {"goal.target_value", "goal.target_date", "goal.unit"}
    assert (entry.person, entry.reason) == ("Henrike Aulbach", "Beschluss vom 10. November")
    rebuild_into(store, sqlite_store)
    assert as_json(export_state(sqlite_store, day=DAY, today=DAY)) == as_json(export_state(store, day=DAY, today=DAY))
