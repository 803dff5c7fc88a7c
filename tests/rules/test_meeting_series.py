"""When a body could meet next, at which instant, and who can attend."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.rules.facts import Meeting
from etl.rules.meeting import Body, Member
from etl.rules.meeting_series import (
    BERLIN,
    also_deal_with,
    attending,
    can_attend,
    ends_at,
    next_days,
    next_title,
    starts_at,
)

_BODY = Body(1, "Steuerungsgruppe", "steering_group", rhythm_months=6)
_TODAY = dt.date(2026, 11, 10)


def _at(day: str, time: str) -> dt.datetime:
    start = starts_at(dt.date.fromisoformat(day), dt.time.fromisoformat(time))
    assert start is not None
    return start


def test_the_next_dates_keep_the_rhythm_and_the_day_of_the_week() -> None:
    days = next_days(_BODY, [dt.date(2026, 2, 10), _TODAY], _TODAY)
    assert days == (dt.date(2027, 5, 11), dt.date(2027, 11, 9), dt.date(2028, 5, 9))
    assert {day.weekday() for day in days} == {_TODAY.weekday()}


def test_a_series_that_rested_goes_on_in_the_future() -> None:
    assert next_days(_BODY, [dt.date(2020, 1, 7)], _TODAY, 1)[0] > _TODAY
    assert next_days(_BODY, [], _TODAY) == ()
    assert next_days(Body(1, "Treffen", "open_format"), [_TODAY], _TODAY) == ()


def test_a_numbered_meeting_is_counted_on() -> None:
    held = Meeting(key="m", title="7. Sitzung der Steuerungsgruppe", day=_TODAY, body="Steuerungsgruppe")
    assert next_title(_BODY, [held]) == "8. Sitzung der Steuerungsgruppe"
    assert next_title(_BODY, []) == "Steuerungsgruppe"


def test_an_hour_the_clock_leaves_out_is_no_time_and_one_that_comes_twice_is_the_first() -> None:
    assert starts_at(dt.date(2027, 3, 28), dt.time(2, 30)) is None
    assert _at("2026-10-25", "02:30") == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(("day", "end"), [("2026-10-25", "03:00"), ("2027-03-28", "05:00"), ("2027-01-10", "04:00")])
def test_minutes_are_counted_on_instants_over_a_clock_change(day: str, end: str) -> None:
    start = _at(day, "00:00")
    assert f"{ends_at(start, 240):%H:%M}" == end
    assert ends_at(start, 240) - start.astimezone(BERLIN) == dt.timedelta(0) or (
        ends_at(start, 240).astimezone(dt.UTC) - start == dt.timedelta(minutes=240)
    )


@pytest.mark.parametrize(
    ("attends", "day", "time", "can"),
    [
        ("any_time", "2026-11-10", "14:00", True),
        ("working_hours", "2026-11-10", "14:00", True),
        ("working_hours", "2026-11-10", "17:00", False),
        ("working_hours", "2026-11-14", "10:00", False),
        ("after_work", "2026-11-10", "14:00", False),
        ("after_work", "2026-11-10", "18:00", True),
        ("after_work", "2026-11-14", "10:00", True),
        ("weekend", "2026-11-10", "18:00", False),
        ("weekend", "2026-11-14", "10:00", True),
    ],
)
def test_who_can_attend(attends: str, day: str, time: str, can: bool) -> None:
    assert can_attend(Member(1, 1, "Ada", attends=attends), _at(day, time), 120) is can  # type: ignore[arg-type]


def test_a_deputy_fills_the_seat_of_a_member_who_cannot_come() -> None:
    members = (
        Member(1, 1, "Ada", attends="after_work"),
        Member(2, 1, "Bo", deputy_for=1),
        Member(3, 1, "Cem", attends="after_work"),
        Member(4, 1, "Dora"),
        Member(5, 1, "Früher", until=dt.date(2026, 1, 1)),
    )
    found = attending(members, _at("2026-11-10", "14:00"), 120)
    assert [m.name for m in found.can] == ["Dora"]
    assert [m.name for m in found.by_deputy] == ["Ada"]
    assert [m.name for m in found.cannot] == ["Cem"]
    assert found.seats == 3


def test_bodies_that_name_the_same_field_are_told() -> None:
    one = Body(1, "AG Wohnen", "working_group", fields=("w", "s"))
    other = Body(2, "Runder Tisch Wohnen", "round_table", fields=("w",))
    ended = Body(3, "Alt", "working_group", fields=("s",), ended_on=dt.date(2020, 1, 1))
    assert also_deal_with(one, (one, other, ended, _BODY), _TODAY) == {"w": (other,)}
