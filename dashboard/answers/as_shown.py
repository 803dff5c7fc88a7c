"""„Stand wie gezeigt am …“: an earlier day and what was known then, as all pages can be switched to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.meetings import MeetingView
from etl.model.meetings import meeting_closings
from etl.model.store import Store
from etl.rules.days import end_of_day, in_berlin

#: In the address: the day, and up to when the news is known (a day: its end; or an instant) where it is another.
DAY, KNOWN = "stand", "bekannt"
#: Nothing was known before, nothing will be after: at the ends of the calendar no instant can be told in another zone.
_FIRST, _LAST = 1900, 2200


@dataclass(frozen=True, slots=True)
class Shown:
    """The facts of ``day`` as known at ``known_on``."""

    day: dt.date
    known_on: dt.datetime

    @property
    def query(self) -> dict[str, str]:
        """What stands for it in the address."""
        if self.known_on == end_of_day(self.day):
            return {DAY: self.day.isoformat()}
        whole = in_berlin(self.known_on)
        known = whole.isoformat() if self.known_on == end_of_day(whole) else self.known_on.isoformat()
        return {DAY: self.day.isoformat(), KNOWN: known}


def shown_from(day: str | None, known: str | None, today: dt.date) -> Shown | None:
    """What an address asks for; None where it asks for nothing, for nonsense, or for a day that has not come."""
    try:
        asked = _day(day or "")
        known_on = _instant(known) if known else end_of_day(asked)
    except ValueError:
        return None
    return Shown(asked, known_on) if asked <= today else None


def _instant(text: str) -> dt.datetime:
    if len(text) == len("2026-11-10"):
        return end_of_day(_day(text))
    instant = dt.datetime.fromisoformat(text)
    _check(instant)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} does not say of which time zone it is")
    return instant


def _day(text: str) -> dt.date:
    day = dt.date.fromisoformat(text)
    _check(day)
    return day


def _check(day: dt.date) -> None:
    if not _FIRST <= day.year <= _LAST:
        raise ValueError(f"{day.isoformat()} is no day of which anybody can know anything")


def shown_at(store: Store, meeting: MeetingView) -> Shown | None:
    """What a meeting that is over was shown: as of its editorial deadline, else as known when it was closed first, else
    at the end of its day. None for a meeting that still comes."""
    if meeting.day is None or not meeting.is_over:
        return None
    day, known_day = meeting.plan.shown_day(meeting.day) if meeting.plan else (meeting.day, None)
    if known_day is not None:
        return Shown(day, end_of_day(known_day))
    with store.reading() as connection:
        closings = meeting_closings(connection, meeting.key)
    return Shown(day, closings[0].closed_at if closings else end_of_day(meeting.day))
