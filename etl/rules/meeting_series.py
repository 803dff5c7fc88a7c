"""A body's series of meetings: when it could meet next, what that meeting is called, and who can attend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from etl.rules.days import add_months
from etl.rules.facts import Meeting, Round
from etl.rules.meeting import Body, Member

BERLIN = ZoneInfo("Europe/Berlin")
#: Papers go out so long before a meeting, and show the network as of so long before it.
INVITED_BEFORE = dt.timedelta(weeks=3)
DEADLINE_BEFORE = dt.timedelta(days=7)
#: A meeting within these hours takes working time; from ``_AFTER`` on it does not.
_WORK = (dt.time(7, 0), dt.time(18, 0))
_AFTER = dt.time(17, 0)
_NUMBERED = re.compile(r"^(\d+)(\..*)$")


@dataclass(frozen=True, slots=True)
class Attending:
    """Members who can come, and those who cannot, as seats: a deputy who can stand in fills a seat (``by_deputy``)."""

    can: tuple[Member, ...]
    cannot: tuple[Member, ...]
    by_deputy: tuple[Member, ...] = ()

    @property
    def seats(self) -> int:
        return len(self.can) + len(self.cannot) + len(self.by_deputy)


def starts_at(day: dt.date, time: dt.time) -> dt.datetime | None:
    """The instant of a time of day in Berlin; None where the clock is set forward over it. Of an hour that comes twice
    it is the first."""
    local = dt.datetime.combine(day, time.replace(tzinfo=None), BERLIN)
    instant = local.astimezone(dt.UTC)
    return instant if instant.astimezone(BERLIN).time() == time.replace(tzinfo=None) else None


def ends_at(start: dt.datetime, minutes: int) -> dt.datetime:
    """When a meeting of so many minutes ends, in Berlin: minutes are counted on instants, the clock may change."""
    return (start.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)).astimezone(BERLIN)


def next_days(body: Body, held: Iterable[dt.date], today: dt.date, count: int = 3) -> tuple[dt.date, ...]:
    """The next dates of the series: the rhythm after the last meeting (held or planned), on its day of the week.

    None where the body has no rhythm or never met.
    """
    days = sorted(held)
    if not body.rhythm_months or not days:
        return ()
    last, step = days[-1], 1
    found: list[dt.date] = []
    while len(found) < count and step < 600:
        day = _same_weekday(add_months(last, body.rhythm_months * step), last)
        if day > today:
            found.append(day)
        step += 1
    return tuple(found)


def _same_weekday(day: dt.date, as_on: dt.date) -> dt.date:
    """The nearest day with the weekday of ``as_on``."""
    off = (as_on.weekday() - day.weekday() + 3) % 7 - 3
    return day + dt.timedelta(days=off) if day < dt.date.max - dt.timedelta(days=7) else day


def next_title(body: Body, meetings: Sequence[Meeting]) -> str:
    """What the next meeting is called: counted on where the last one carries a number („7. Sitzung …“), else the
    body's name."""
    own = [m for m in meetings if (m.body or "").casefold() == body.name.casefold()]
    for meeting in sorted(own, key=lambda m: (m.day or dt.date.min, m.key), reverse=True):
        numbered = _NUMBERED.match(meeting.title)
        if numbered:
            return f"{int(numbered[1]) + 1}{numbered[2]}"
    return body.name


def round_of(rounds: Iterable[Round], day: dt.date, previous: dt.date | None) -> Round | None:
    """The reporting round a meeting belongs to: the one of its day, else the latest since the body met last."""
    since = [r for r in rounds if r.day <= day and (previous is None or r.day > previous)]
    return max(since, key=lambda r: r.day) if since else None


def can_attend(member: Member, start: dt.datetime, minutes: int) -> bool:
    """Whether the times a member gave allow the whole meeting. Whoever comes after work can come at a weekend too."""
    begin, end = start.astimezone(BERLIN), ends_at(start, minutes)
    weekend = begin.weekday() >= 5
    if member.attends == "working_hours":
        same_day = end.date() == begin.date()
        return not weekend and _WORK[0] <= begin.time() and same_day and end.time() <= _WORK[1]
    if member.attends == "after_work":
        return weekend or begin.time() >= _AFTER
    return weekend if member.attends == "weekend" else True


def attending(members: Iterable[Member], start: dt.datetime, minutes: int) -> Attending:
    """Who can come to a meeting: one seat a member, filled by a deputy where the member cannot."""
    day = start.astimezone(BERLIN).date()
    here = [member for member in members if member.belongs_on(day)]
    seats = [member for member in here if member.deputy_for is None]
    stand_in = {m.deputy_for: m for m in here if m.deputy_for is not None and can_attend(m, start, minutes)}
    can = tuple(member for member in seats if can_attend(member, start, minutes))
    others = [member for member in seats if member not in can]
    return Attending(
        can,
        tuple(member for member in others if member.id not in stand_in),
        tuple(member for member in others if member.id in stand_in),
    )


def also_deal_with(body: Body, bodies: Iterable[Body], day: dt.date) -> dict[str, tuple[Body, ...]]:
    """Field of action (key) of the body -> other bodies that name it too and still exist on the day; no others."""
    alive = [b for b in bodies if b.id != body.id and (b.ended_on is None or b.ended_on >= day)]
    found = {key: tuple(other for other in alive if key in other.fields) for key in body.fields}
    return {key: others for key, others in found.items() if others}
