"""Counting in months and reporting rounds."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from etl.rules.records import Round

_BERLIN = ZoneInfo("Europe/Berlin")


def in_berlin(instant: dt.datetime) -> dt.date:
    """The day on which an instant fell for the network."""
    return instant.astimezone(_BERLIN).date()


def end_of_day(day: dt.date) -> dt.datetime:
    """The last instant of a day of the network."""
    return dt.datetime.combine(day, dt.time.max, _BERLIN)


def days_after(day: dt.date, days: int = 1) -> dt.date:
    """``days`` later; the last day there is where the calendar ends (31.12.9999 is a usual way to write "no end")."""
    return dt.date.max if (dt.date.max - day).days < days else day + dt.timedelta(days=days)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day ``months`` later; the month's last day where it has fewer days (31 August + 6 -> 28 February)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.max if year > dt.MAXYEAR else dt.date.min
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def first_of_month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_touched(start: dt.date, end: dt.date) -> int:
    """How many calendar months a period touches; never less than 1."""
    return max(1, (end.year - start.year) * 12 + end.month - start.month + 1)


def current_round(rounds: Iterable[Round], day: dt.date) -> Round | None:
    """The round a report must belong to in order to count on ``day``: the latest whose deadline has passed.

    Up to and including the deadline a partner still has time, so that nothing turns grey before it.
    """
    closed = [r for r in rounds if r.deadline < day]
    return max(closed, key=lambda r: r.deadline) if closed else None


def latest_round(rounds: Iterable[Round], day: dt.date) -> Round | None:
    """The round that is spoken of on ``day``: the latest whose Stichtag has come, closed or still open."""
    begun = [r for r in rounds if r.day <= day]
    return max(begun, key=lambda r: r.day) if begun else None


def round_before(rounds: Iterable[Round], this: Round) -> Round | None:
    earlier = [r for r in rounds if r.deadline < this.deadline]
    return max(earlier, key=lambda r: r.deadline) if earlier else None


def falls_in_round(day: dt.date, rounds: Sequence[Round], this: Round) -> bool:
    """Whether a statement about ``day`` counts for ``this`` round: after the deadline before, up to its own.

    Deadlines part the time, not Stichtage: many files carry no „Stand“, so their day is the day of receipt, which lies
    between Stichtag and deadline.
    """
    before = round_before(rounds, this)
    return (before is None or day > before.deadline) and day <= this.deadline


def reported_since(days: Iterable[dt.date], rounds: Sequence[Round], this: Round) -> bool:
    """Whether a statement counts for ``this`` round or a later one: newer news never makes a record unreported."""
    before = round_before(rounds, this)
    return any(before is None or day > before.deadline for day in days)
