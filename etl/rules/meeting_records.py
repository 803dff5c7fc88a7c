"""What meetings and workshops leave behind: needs, ideas, decisions, agreements, the group's own ratings.

``reported_on`` and ``delivery`` as in ``records``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.records import Money, RatingCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    key: str
    title: str
    id: str | None = None
    partner: str | None = None
    field_of_action: str | None = None
    target_group: tuple[str, ...] = ()
    location: str | None = None
    noticed_by: str | None = None
    noticed_on: dt.date | None = None
    evidence: str | None = None
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    reported_on: dt.date | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    key: str
    title: str
    id: str | None = None
    partner: str | None = None
    field_of_action: str | None = None
    feasibility: Decimal | None = None
    impact: Decimal | None = None
    innovation: Decimal | None = None
    votes: int | None = None
    cluster: str | None = None
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    reported_on: dt.date | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    key: str
    title: str
    day: dt.date | None = None
    body: str | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a body resolved. ``kind``: decision (also where none is stated), recommendation or examination (an order to
    look into something). ``amount`` is what it costs, ``consequence`` what follows if it is not taken."""

    key: str
    title: str
    id: str | None = None
    day: dt.date | None = None
    body: str | None = None
    responsible: str | None = None
    due: dt.date | None = None
    status: str | None = None
    kind: str | None = None
    goals: tuple[str, ...] = ()
    consequence: str | None = None
    amount: Money | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What someone promised to do by a day."""

    key: str
    title: str
    responsible: str | None = None
    partners: tuple[str, ...] = ()
    due: dt.date | None = None
    status: str | None = None
    meeting_day: dt.date | None = None
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    reported_on: dt.date | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanRating:
    """A body's own rating of a record: stands beside the computed one until ``expires`` (inclusive)."""

    record: str
    code: RatingCode
    body: str
    reason: str
    day: dt.date
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidBeside:
    """A partner's own sentence beside a rating that its delivery made worse: ``rating`` is the code it speaks about.

    It stands there as long as the rating is that one or worse.
    """

    record: str
    partner: str
    rating: RatingCode
    text: str
    day: dt.date
    delivery: int | None = None
