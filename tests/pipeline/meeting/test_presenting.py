"""Presenting: steps, taking over, codes and the moderator's link, on both engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from etl.model.bodies import save_body
from etl.model.meetings import item_of, plan_of, save_item, save_plan
from etl.model.presenting import presentation_by_code, presentation_of, running_presentations, shown_items
from etl.model.store import Store
from etl.pipeline.meeting import presenting
from etl.pipeline.meeting.presenting import PresentingRefused, place_of
from etl.rules.meeting import Body, Item, Plan

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, tzinfo=dt.UTC)
KEY = "meeting-00012"


@dataclass
class Meeting:
    store: Store
    items: list[int]

    @property
    def row(self) -> Any:
        with self.store.reading() as connection:
            return presentation_of(connection, KEY)

    def begin(self, by: str = "Anna", now: dt.datetime = NOW) -> None:
        presenting.begin(self.store, KEY, by=by, now=now)

    def step(self, to: str, *, seen: str | None = None, by: str = "Anna", seconds: float = 0) -> None:
        seen = place_of(self.row) if seen is None else seen
        presenting.step(self.store, KEY, to, seen=seen, by=by, now=NOW + dt.timedelta(seconds=seconds))

    def taken(self, place: int) -> int:
        with self.store.reading() as connection:
            item = item_of(connection, self.items[place])
        assert item is not None
        return item.seconds


@pytest.fixture
def meeting(store: Store) -> Meeting:
    with store.writing() as connection:
        body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="amt", now=NOW)
        save_plan(connection, Plan(KEY, body.id, DAY, "invited"), by="amt", now=NOW)
        items = [
            save_item(connection, Item(0, KEY, 0, "own", title), by="amt", now=NOW)
            for title in ("eins", "zwei", "drei")
        ]
    return Meeting(store, items)


def test_steps_through_the_agenda_and_adds_up_the_time(meeting: Meeting) -> None:
    meeting.begin()
    with meeting.store.reading() as connection:
        plan = plan_of(connection, KEY)
        assert plan is not None
        assert plan.state == "running"
        assert running_presentations(connection) == [KEY]
    one, two, three = meeting.items
    meeting.step("previous")
    assert meeting.row.item is None, "before the opening there is nothing"
    meeting.step("next")
    meeting.step("next", seconds=90)
    assert (meeting.row.item, meeting.taken(0)) == (two, 90)
    meeting.step(f"item:{three}", seconds=100)
    meeting.step("next", seconds=110)
    assert meeting.row.item == three, "after the last there is nothing"
    meeting.step("opening", seconds=130)
    assert (meeting.row.item, meeting.taken(1), meeting.taken(2)) == (None, 10, 30)
    meeting.step("last", seconds=140)
    assert meeting.row.item == three
    with meeting.store.reading() as connection:
        assert shown_items(connection, KEY) == {one, two, three}
    for wrong in ("item:999", "item:x", "anywhere", ""):
        with pytest.raises(PresentingRefused, match="no_item"):
            meeting.step(wrong)


def test_what_was_on_the_wall_for_a_moment_has_been_shown(meeting: Meeting) -> None:
    meeting.begin()
    meeting.step("next")
    meeting.step("next")
    with meeting.store.reading() as connection:
        assert shown_items(connection, KEY) == set(meeting.items[:2])


def test_a_goal_looked_at_in_between_leads_back_to_the_item(meeting: Meeting) -> None:
    meeting.begin()
    meeting.step("next")
    revision = meeting.row.revision
    for way in ("back", "next", "previous"):
        meeting.step("record:goal-00003")
        assert place_of(meeting.row) == f"{meeting.items[0]}/goal-00003"
        meeting.step(way)
        assert place_of(meeting.row) == str(meeting.items[0])
    assert meeting.row.revision == revision + 6
    meeting.step("back")
    assert meeting.row.revision == revision + 6, "nothing else is to be seen, so nobody is asked to look"
    assert meeting.taken(0) == 0, "the time goes on"


def test_two_presenters_see_each_others_steps_and_skip_nothing(meeting: Meeting) -> None:
    meeting.begin()
    meeting.begin(by="Ben")
    seen = place_of(meeting.row)
    meeting.step("next", seen=seen)
    meeting.step("next", seen=seen, by="Ben")
    assert (meeting.row.item, meeting.row.presented_by) == (meeting.items[0], "Anna")


def test_a_browser_closed_in_the_middle_is_taken_over_where_it_stood(meeting: Meeting) -> None:
    meeting.begin()
    meeting.step("next")
    code = meeting.row.code
    meeting.begin(by="Ben", now=NOW + dt.timedelta(seconds=40))
    assert (meeting.row.item, meeting.row.code, meeting.row.presented_by) == (meeting.items[0], code, "Ben")
    meeting.step("next", by="Ben", seconds=60)
    assert meeting.taken(0) == 60


def test_ended_and_taken_up_again(meeting: Meeting) -> None:
    meeting.begin()
    meeting.step("next")
    code = meeting.row.code
    presenting.end(meeting.store, KEY, by="Anna", now=NOW + dt.timedelta(seconds=30))
    with meeting.store.reading() as connection:
        assert presentation_by_code(connection, code, NOW) is None
        assert running_presentations(connection) == []
    with pytest.raises(PresentingRefused, match="not_running"):
        meeting.step("next")
    meeting.begin(now=NOW + dt.timedelta(minutes=10))
    with meeting.store.reading() as connection:
        assert presentation_by_code(connection, code, NOW) is not None
    meeting.step("next", seconds=610)
    assert meeting.taken(0) == 40, "the pause is nobody's time"


def test_the_code_ends_with_the_day_after_and_with_the_meeting(meeting: Meeting) -> None:
    meeting.begin()
    code, berlin = meeting.row.code, ZoneInfo("Europe/Berlin")
    assert meeting.row.code_until == dt.datetime(2026, 11, 12, tzinfo=berlin)
    with meeting.store.reading() as connection:
        plan = plan_of(connection, KEY)
        assert plan is not None
        assert presentation_by_code(connection, code, dt.datetime(2026, 11, 11, 23, 59, tzinfo=berlin)) is not None
        assert presentation_by_code(connection, code, dt.datetime(2026, 11, 12, tzinfo=berlin)) is None
        assert presentation_by_code(connection, "", NOW) is None
    meeting.begin(now=dt.datetime(2026, 11, 13, 9, tzinfo=berlin))
    assert meeting.row.code != code, "what was read on the wall then opens nothing now"
    with meeting.store.writing() as connection:
        save_plan(connection, replace(plan, state="closed"), by="amt", now=NOW)
    with meeting.store.reading() as connection:
        assert presentation_by_code(connection, meeting.row.code, NOW) is None
    for refused in (meeting.begin, lambda: meeting.step("next")):
        with pytest.raises(PresentingRefused, match="closed"):
            refused()
    with pytest.raises(PresentingRefused, match="no_plan"):
        presenting.begin(meeting.store, "meeting-00099", by="Anna", now=NOW)


def test_a_clock_that_is_set_back_in_the_meeting_changes_no_time(meeting: Meeting) -> None:
    """25 October 2026, 3:00 becomes 2:00: given as times of Berlin, 2:50 and then 2:10 are twenty minutes apart."""
    berlin = ZoneInfo("Europe/Berlin")
    before, after = (
        dt.datetime(2026, 10, 25, 2, 50, tzinfo=berlin),
        dt.datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=berlin),
    )
    meeting.begin(now=before)
    presenting.step(meeting.store, KEY, "next", seen="0", by="Anna", now=before)
    presenting.step(meeting.store, KEY, "next", seen=place_of(meeting.row), by="Anna", now=after)
    assert meeting.taken(0) == 20 * 60
    spring = dt.datetime(2027, 3, 28, 1, 50, tzinfo=berlin), dt.datetime(2027, 3, 28, 3, 10, tzinfo=berlin)
    presenting.step(meeting.store, KEY, f"item:{meeting.items[2]}", seen="", by="Anna", now=spring[0])
    presenting.step(meeting.store, KEY, "opening", seen="", by="Anna", now=spring[1])
    assert meeting.taken(2) == 20 * 60


def test_a_moderators_link_becomes_one_browsers(meeting: Meeting) -> None:
    def plan() -> Plan | None:
        with meeting.store.reading() as connection:
            return plan_of(connection, KEY)

    token = presenting.invite_moderator(meeting.store, KEY, " Frau  Anders ", by="amt", now=NOW)
    with meeting.store.reading() as connection:
        assert running_presentations(connection) == [], "an invitation presents nothing"
    assert meeting.row.moderator_name == "Frau Anders"
    assert token not in str(tuple(meeting.row)), "a copy of the store opens nothing"
    assert presenting.bind_moderator(meeting.store, KEY, "guessed") is None
    secret = presenting.bind_moderator(meeting.store, KEY, token)
    assert presenting.is_moderator(meeting.row, plan(), secret)
    assert presenting.bind_moderator(meeting.store, KEY, token) is None, "the link is used up"
    assert not presenting.is_moderator(meeting.row, plan(), token)
    meeting.begin(by="Frau Anders")
    assert presenting.is_moderator(meeting.row, plan(), secret)
    other = presenting.invite_moderator(meeting.store, KEY, "Herr Baum", by="amt", now=NOW)
    assert not presenting.is_moderator(meeting.row, plan(), secret), "the latest link counts alone"
    held = presenting.bind_moderator(meeting.store, KEY, other)
    presenting.revoke_moderator(meeting.store, KEY)
    assert not presenting.is_moderator(meeting.row, plan(), held)
    last = presenting.bind_moderator(
        meeting.store, KEY, presenting.invite_moderator(meeting.store, KEY, "C", by="amt", now=NOW)
    )
    assert presenting.is_moderator(meeting.row, plan(), last)
    now_planned = plan()
    assert now_planned is not None
    assert not presenting.is_moderator(meeting.row, replace(now_planned, state="closed"), last)


def test_an_item_that_is_dropped_while_it_is_shown_leads_to_its_neighbours(meeting: Meeting) -> None:
    meeting.begin()
    for way, neighbour in (("next", 2), ("previous", 0)):
        meeting.step(f"item:{meeting.items[1]}")
        with meeting.store.writing() as connection:
            shown = item_of(connection, meeting.items[1])
            assert shown is not None
            save_item(connection, replace(shown, dropped=True), by="amt", now=NOW)
        meeting.step(way)
        assert meeting.row.item == meeting.items[neighbour]
        with meeting.store.writing() as connection:
            save_item(connection, replace(shown, dropped=False), by="amt", now=NOW)
