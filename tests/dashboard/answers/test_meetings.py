"""Meetings of the demo network through different eyes, their agenda, what was reported later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

import pytest

from dashboard.answers.agenda import agenda_view, proposed_items
from dashboard.answers.meetings import MeetingView, by_body, by_kind, decisions_on, meeting_view, meeting_views
from dashboard.answers.picture import Picture, picture
from dashboard.answers.reported_later import reported_later
from etl.model.accounts import User, find_user
from etl.model.store import Store
from etl.rules.days import end_of_day
from etl.rules.facts import Decision
from etl.wording import say
from tests.demo import DEMO_DAY

_NOW = dt.datetime(2026, 11, 10, 8, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def today(demo: Store) -> Picture:
    return picture(demo, DEMO_DAY)


def _user(demo: Store, name: str) -> User:
    with demo.reading() as connection:
        found = find_user(connection, name)
    assert found is not None
    return found


def _seventh(demo: Store, today: Picture, name: str = "koordination", now: dt.datetime = _NOW) -> MeetingView:
    key = next(m.key for m in today.facts.meetings if m.day == DEMO_DAY)
    found = meeting_view(demo, today, key, _user(demo, name), now)
    assert found is not None
    return found


def test_the_body_with_the_next_meeting_comes_first(demo: Store, today: Picture) -> None:
    found = by_body(meeting_views(demo, today, _user(demo, "gast"), _NOW))
    assert found[0].name == "Steuerungsgruppe"
    assert [view.day for view in found[0].coming] == [DEMO_DAY]
    assert found[0].past[0].day == dt.date(2026, 2, 10)
    assert all(body.body is not None for body in found)


@pytest.mark.parametrize(
    ("name", "runs", "before_leadership", "before_invited", "invited"),
    [
        ("koordination", True, True, True, True),
        ("landraetin", False, False, True, True),
        ("steuerung", False, False, False, True),
        ("vhs", False, False, False, True),
    ],
)
def test_who_sees_the_papers_when(
    demo: Store, today: Picture, name: str, runs: bool, before_leadership: bool, before_invited: bool, invited: bool
) -> None:
    days = (dt.datetime(2026, 10, d, 12, tzinfo=dt.UTC) for d in (12, 15, 21))
    views = [_seventh(demo, today, name, now) for now in days]
    assert [view.sees_papers for view in views] == [before_leadership, before_invited, invited]
    assert {view.runs for view in views} == {runs}


def test_papers_show_the_day_of_the_editorial_deadline_once_it_has_passed(demo: Store, today: Picture) -> None:
    meeting = _seventh(demo, today)
    assert (meeting.shown_day, meeting.known_on) == (dt.date(2026, 11, 3), dt.date(2026, 11, 3))
    assert meeting.previous is not None
    assert meeting.previous.day == dt.date(2026, 2, 10)


def test_the_demo_agenda_fits_its_two_hours_and_lacks_no_consequence(demo: Store, today: Picture) -> None:
    meeting = _seventh(demo, today)
    view = agenda_view(demo, today, meeting)
    assert view.finding.also is not None
    assert view.finding.also.code == "agenda.finding.fits"
    assert view.silent == 0
    assert decisions_on(demo, meeting.key) == 3
    assert [item.origin for item in view.dropped] == ["contradiction"]
    assert {name for line in view.lines for name in line.reports} >= {"VHS", "Sozialamt"}


def test_nothing_is_proposed_twice_and_a_group_without_records_has_its_frame(demo: Store, today: Picture) -> None:
    meeting = _seventh(demo, today)
    shown = picture(demo, meeting.shown_day, end_of_day(meeting.shown_day))
    assert proposed_items(demo, meeting, shown, partial(say, "de")) == ()
    empty = replace(meeting, key="meeting-none")
    assert proposed_items(demo, empty, shown, partial(say, "en"))[0].origin == "opening"


def test_what_came_after_the_deadline_is_listed_apart(demo: Store, today: Picture) -> None:
    meeting = _seventh(demo, today)
    assert reported_later(today, meeting) == ()
    assert reported_later(today, replace(meeting, known_on=None)) == ()
    earlier = replace(meeting, known_on=dt.date(2026, 10, 15))
    found = reported_later(today, earlier)
    assert {one.kind for one in found} == {"goal", "measure"}
    assert any("AWO" in one.partners for one in found)
    assert not any(one.partners == ("Agentur für Arbeit",) for one in found)  # it reported on the 9th


def test_what_a_meeting_resolved_is_counted_by_kind() -> None:
    told = [
        Decision(key=f"d{n}", title="x", kind=kind) for n, kind in enumerate(("recommendation", None, "examination"))
    ]
    assert {kind: [d.key for d in found] for kind, found in by_kind(told).items()} == {
        "decision": ["d1"],
        "recommendation": ["d0"],
        "examination": ["d2"],
    }
    for kind in by_kind(told):
        assert say("de", f"meeting.finding.{kind}", n=1).endswith(".")
        assert say("en", f"meeting.finding.{kind}", n=3).endswith(".")
