"""A round from its opening to the meeting, in counts: what happened on which day, how many had reported by then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.answers.rounds import ReminderRow, chased
from etl.model.reminders import reminders_of
from etl.model.round_closings import ClosingRow, all_closings
from etl.model.store import Store
from etl.pipeline.reminders import reminder_rules
from etl.rules.days import in_berlin
from etl.rules.facts import Round
from etl.rules.finding import Finding
from etl.rules.reminders import InRound, Reported, partners_in_round, round_finding, ways_counted

#: What stands first where several things happened on one day.
_ORDER = ("opened", "reports", "reminded", "deadline", "closed", "reopened", "meeting")


@dataclass(frozen=True, slots=True)
class Event:
    """``what`` is opened, reminded (``n`` letters), reports (``n`` partners for the first time in this round,
    ``so_far`` with them), deadline, closed, reopened or meeting; ``ahead``: it lies after the day of the page."""

    day: dt.date
    what: str
    n: int = 0
    so_far: int = 0
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class RoundTimeline:
    """``day`` is the day it speaks of; ``late`` how many reported after the deadline (or after it was closed)."""

    this: Round
    day: dt.date
    finding: Finding
    expected: int
    late: int
    ways: Mapping[Reported, int]
    events: tuple[Event, ...]


def round_timeline(store: Store, picture: Picture, viewer: Viewer) -> RoundTimeline | None:
    """The round the office looks at. None for everyone else, and where there is no round."""
    if viewer.role != "coordinator":
        return None
    with store.reading() as connection:
        this = chased(picture, reminder_rules(connection))
        if this is None:
            return None
        sent, closed = reminders_of(connection, this.name), all_closings(connection, this.name)
    found, day = partners_in_round(picture.facts, this), picture.facts.day
    reported = [one for one in found if one.state != "nothing"]
    return RoundTimeline(
        this=this,
        day=day,
        finding=round_finding(len(reported), len(found), 0, 0, closed=this.closed),
        expected=len(found),
        late=sum(one.late for one in reported),
        ways=ways_counted(found),
        events=_events(this, day, reported, sent, closed),
    )


def _events(
    this: Round, day: dt.date, reported: Sequence[InRound], sent: Iterable[ReminderRow], closed: Iterable[ClosingRow]
) -> tuple[Event, ...]:
    found = [Event(this.deadline, "deadline", ahead=this.deadline > day)]
    found.append(Event(this.day, "meeting", ahead=this.day > day))
    if this.opened:
        found.append(Event(this.opened, "opened"))
    letters = Counter(in_berlin(row.sent_at) for row in sent if row.sent_at)
    found += [Event(on, "reminded", n) for on, n in letters.items()]
    for row in closed:
        found.append(Event(in_berlin(row.closed_at), "closed"))
        if row.reopened_at:
            found.append(Event(in_berlin(row.reopened_at), "reopened"))
    came = sorted(Counter(one.came for one in reported if one.came).items())
    so_far = accumulate(n for _, n in came)
    found += [Event(on, "reports", n, total) for (on, n), total in zip(came, so_far, strict=True)]
    return tuple(sorted(found, key=lambda event: (event.day, _ORDER.index(event.what))))
