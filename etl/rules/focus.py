"""Focus topics and steps agreed in a workshop or conference, who watches them, and what they noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.rules.days import add_months
from etl.rules.finding import Finding


@dataclass(frozen=True, slots=True)
class FocusStep:
    """What somebody does for a topic. ``responsible``: key of a partner; ``done_on``: None while it is open."""

    id: int
    topic: int
    text: str
    responsible: str | None = None
    due: dt.date | None = None
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """``agreed_on`` at ``meeting`` (key) or in a workshop outside of it. ``watched_by``: key of the partner that
    watches it; ``sites``: keys of the partners (sites of one organisation, too) it runs across; ``goals``: keys of what
    it is about. ``ended_on``: since when nobody needs to watch any more."""

    id: int
    title: str
    agreed_on: dt.date
    why: str = ""
    body: int | None = None
    meeting: str | None = None
    watched_by: str | None = None
    sites: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    steps: tuple[FocusStep, ...] = ()
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody who watches saw on ``day``; ``about`` is "focus-<number>" or a goal's key. ``partner``: who watches
    (None: the office). Taken back, it stays as withdrawn."""

    id: int
    about: str
    day: dt.date
    text: str
    by: str
    partner: str | None = None
    withdrawn_at: dt.datetime | None = None


#: So many months without a note: nobody has told what became of a topic.
QUIET_MONTHS = 3
FocusState = Literal["ended", "unwatched", "overdue", "quiet", "watched"]


def overdue(topic: Topic, day: dt.date) -> tuple[FocusStep, ...]:
    return tuple(step for step in topic.steps if step.done_on is None and step.due is not None and step.due < day)


def last_note(topic: Topic, notes: Iterable[Note], day: dt.date) -> Note | None:
    """The latest note about the topic up to ``day`` that was not taken back."""
    own = [n for n in notes if n.about == about_topic(topic.id) and n.withdrawn_at is None and n.day <= day]
    return max(own, key=lambda n: (n.day, n.id), default=None)


def state_of(topic: Topic, notes: Iterable[Note], day: dt.date) -> FocusState:
    """What is to be said first: nobody watches it, a step is late, or nobody has told anything for a while."""
    if topic.ended_on is not None and topic.ended_on <= day:
        return "ended"
    if topic.watched_by is None:
        return "unwatched"
    if overdue(topic, day):
        return "overdue"
    latest = last_note(topic, notes, day)
    since = latest.day if latest is not None else topic.agreed_on
    return "quiet" if add_months(since, QUIET_MONTHS) < day else "watched"


def focus_finding(topics: Iterable[Topic], notes: Sequence[Note], day: dt.date) -> Finding:
    """How many topics are watched over, how many steps are late, how many topics nobody watches or tells of."""
    living = [topic for topic in topics if state_of(topic, notes, day) != "ended"]
    late = sum(len(overdue(topic, day)) for topic in living)
    states = [state_of(topic, notes, day) for topic in living]
    also: Finding | None = None
    for code, n in (("quiet", states.count("quiet")), ("unwatched", states.count("unwatched")), ("overdue", late)):
        if n:
            also = Finding(f"focus.headline.{code}", {"n": n}, also)
    return Finding("focus.headline.topics", {"n": len(living)}, also)


def about_topic(number: int) -> str:
    """How notes name a topic."""
    return f"focus-{number}"
