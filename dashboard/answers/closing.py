"""Closing a meeting and opening it again, and what is kept of it, as a page shows and does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.answers.meetings import MeetingView
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline.meeting.closing import (
    AboutToClose,
    ClosingRefused,
    Paper,
    Verified,
    close_meeting,
    closings_of,
    papers_of,
    reopen_meeting,
    verify,
)
from etl.rules.days import in_berlin

#: Makes the papers of a meeting that is about to be closed.
Papers = Callable[[AboutToClose], Sequence[Paper]]


@dataclass(frozen=True, slots=True)
class KeptState:
    """A closing with its papers and what became of them."""

    verified: Verified
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class MinutesState:
    """What this person may do with the minutes of a meeting. ``closed``: it is closed now; ``names``: they may have the
    minutes, which name who was there; ``may_close`` and ``may_reopen`` are for whoever runs the body."""

    kept: tuple[KeptState, ...]
    closed: bool
    planned: bool
    names: bool
    may_close: bool
    may_reopen: bool


def minutes_state(store: Store, meeting: MeetingView, user: User, now: dt.datetime) -> MinutesState:
    with store.reading() as connection:
        found = closings_of(connection, meeting.key)
        kept = tuple(KeptState(verify(connection, one), papers_of(connection, one.id)) for one in found)
    closed = meeting.plan is not None and meeting.plan.state == "closed"
    begun = meeting.day is not None and meeting.day <= in_berlin(now)
    inside = meeting.runs or meeting.records
    return MinutesState(
        kept=kept,
        closed=closed,
        planned=meeting.plan is not None,
        names=begun and (inside or (user.role != "observer" and (closed or meeting.plan is None))),
        may_close=meeting.runs and meeting.plan is not None and not closed and begun,
        may_reopen=meeting.runs and closed,
    )


def close(store: Store, meeting: str, user: User, *, now: dt.datetime, papers: Papers) -> str:
    """Close it; returns the key of the sentence that says what came of it."""
    try:
        closing = close_meeting(store, meeting, user, now=now, papers=papers)
    except ClosingRefused as refused:
        return refused.sentence
    return "kept.done.supplement" if closing.supplement else "kept.done.closed"


def reopen(store: Store, meeting: str, user: User, *, reason: str, now: dt.datetime) -> str:
    """Open it again; returns the key of the sentence that says what came of it."""
    try:
        reopen_meeting(store, meeting, user, reason=reason, now=now)
    except ClosingRefused as refused:
        return refused.sentence
    return "kept.done.reopened"
