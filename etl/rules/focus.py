"""Focus topics and steps agreed in a workshop or conference, who watches them, and what they noted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
