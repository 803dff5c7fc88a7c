"""The records facts consist of: plain, frozen, without behaviour.

Not stated is None (or an empty tuple), never 0 or "". Keys are the store's record keys,
coded fields hold vocabulary codes. ``marks`` name the fields whose reading was not exact, as ``(field, issue code)``;
they travel with the value. ``reported_on`` is the latest day a source spoke about the record, ``delivery`` brought its
latest statement (None: an entry did).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

GoalLevel = Literal["lead_goal", "impact_goal", "sub_goal"]
Direction = Literal["up", "down", "neutral"]
Per = Literal["year", "month"]
FollowUp = Literal["open", "applied", "secured"]
RatingCode = Literal["on_track", "at_risk", "off_track", "cannot_be_rated"]
Way = Literal["file", "link", "phone"]
Agreed = Literal["none", "spoken", "written", "signed"]
Marks = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people (or hours); ``min`` and ``max`` differ where a range was stated. ``approx``: "ca. 25"."""

    min: int
    max: int
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """Euros. ``per`` is None for a total; an amount per month or year is never a total."""

    amount: Decimal
    per: Per | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated check point; ``day`` is the last day on which it is in time. ``done`` None: nobody said."""

    day: dt.date | None
    text: str
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Allocation:
    """A measure that a funding carries; ``amount`` (euros, total) only where the funder's list splits it."""

    measure: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """An accepted delivery that has not been undone: its number, the day it is about, the day it was received, and how
    it came: a file, or a form answered by link or on the phone."""

    number: int
    day: dt.date
    received: dt.date
    way: Way = "file"


@dataclass(frozen=True, slots=True)
class Round:
    """A reporting round: ``day`` is its Stichtag, ``deadline`` the last day on which a report is in time. ``opened`` is
    None where nobody noted it, ``closed`` while it is open."""

    name: str
    day: dt.date
    deadline: dt.date
    opened: dt.date | None = None
    closed: dt.date | None = None

    @property
    def last_day(self) -> dt.date:
        """The last day on which a report is in time: the deadline, or an earlier one on which it was closed."""
        return min(self.deadline, self.closed) if self.closed else self.deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    key: str
    name: str
    short_name: str | None = None
    type: str | None = None
    administration: str | None = None
    unit: str | None = None
    site: str | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact of a partner. ``shared_with``: office, body or network; ``consent`` None: nobody said. ``reported_on``
    is the latest day a source named or confirmed it."""

    key: str
    partner: str
    name: str | None = None
    function: str | None = None
    phone: str | None = None
    email: str | None = None
    shared_with: str | None = None
    consent: bool | None = None
    vacant: bool = False
    deputy: str | None = None
    reported_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOfAction:
    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """``parent`` is a goal's key, ``field_of_action`` the network's title or code, ``said_status`` its owner's."""

    key: str
    title: str
    id: str | None = None
    short_title: str | None = None
    level: GoalLevel | None = None
    parent: str | None = None
    field_of_action: str | None = None
    responsible: str | None = None
    said_status: str | None = None
    comment: str | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """``goal`` is the key of the goal it measures. ``target_day`` is the last day on which the target is in time."""

    key: str
    goal: str
    title: str
    unit: str | None = None
    baseline: Decimal | None = None
    baseline_day: dt.date | None = None
    target: Decimal | None = None
    target_day: dt.date | None = None
    direction: Direction | None = None
    data_source: str | None = None
    collection: str | None = None
    definition: str | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A value of an indicator on ``day``; ``received`` is when its delivery came, ``known`` since when we know it."""

    key: str
    indicator: str
    day: dt.date
    value: Decimal
    provisional: bool = False
    delivery: int | None = None
    received: dt.date | None = None
    known: dt.datetime | None = None
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A partner said on ``day`` that everything it had reported is unchanged."""

    entry: int
    day: dt.date
    person: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What the office says a record belongs to: keys, none where it belongs to nothing. ``number`` takes it back."""

    number: int
    targets: tuple[str, ...]
    person: str
    reason: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """``partner`` is the key of the partner that reports it, ``lead`` the text that names the accountable organisation.

    ``reported_on`` is the latest day any source spoke about it, ``reported_in_rounds`` all those days in order,
    ``confirmed_on`` the latest day on which it was stated unchanged. ``delivery`` brought the latest statement.
    ``progress`` is a percentage, 0 to 100. ``staff_fte`` are full-time equivalents. ``language_level`` and
    ``access`` (who can come) stand as written; ``etl.rules.offer`` reads them. ``own_goals``: named
    as goals, but none of the shared ones.
    """

    key: str
    title: str
    id: str | None = None
    partner: str | None = None
    description: str | None = None
    goals: tuple[str, ...] = ()
    field_of_action: str | None = None
    lead: str | None = None
    lead_partner: str | None = None
    partners: tuple[str, ...] = ()
    partner_keys: tuple[str, ...] = ()
    target_group: tuple[str, ...] = ()
    location: str | None = None
    start: dt.date | None = None
    start_precision: str | None = None
    end: dt.date | None = None
    end_precision: str | None = None
    open_end: bool = False
    status: str | None = None
    traffic_light: str | None = None
    progress: Decimal | None = None
    participants_planned: Count | None = None
    participants_reached: Count | None = None
    staff_fte: Decimal | None = None
    volunteer_hours: Decimal | None = None
    cost: Money | None = None
    next_step: str | None = None
    obstacle: str | None = None
    result: str | None = None
    cancel_reason: str | None = None
    funding_keys: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    reported_on: dt.date | None = None
    reported_in_rounds: tuple[dt.date, ...] = ()
    confirmed_on: dt.date | None = None
    delivery: int | None = None
    comment: str | None = None
    language_level: str | None = None
    access: str | None = None
    own_goals: tuple[str, ...] = ()
    marks: Marks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation:
    """``partners`` are the names as stated, ``partner_keys`` those we know. ``agreement`` None: nobody said. What lists
    say is at times "written" where it is signed as well; ``signed`` only where a signature is named."""

    key: str
    title: str
    id: str | None = None
    partner: str | None = None
    partners: tuple[str, ...] = ()
    partner_keys: tuple[str, ...] = ()
    type: str | None = None
    status: str | None = None
    agreement: Agreed | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    purpose: str | None = None
    contribution: tuple[str, ...] = ()
    field_of_action: str | None = None
    frequency: str | None = None
    measures: tuple[str, ...] = ()
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """A grant applied for or running. ``level`` is eu, federal, state, … as in the vocabulary.

    ``follow_up`` is the text that says how it goes on, ``follow_up_state`` what that text means where it is known.
    ``report_due`` and ``interim_report_due`` only where stated (else rules compute them). ``open_end`` marks permanent
    money. ``allocated``: euros its list hands to measures in all, known here or not; None where it splits nothing.
    """

    key: str
    title: str | None = None
    id: str | None = None
    partner: str | None = None
    programme: str | None = None
    funder: str | None = None
    level: str | None = None
    status: str | None = None
    applied: Money | None = None
    granted: Money | None = None
    spent: Money | None = None
    paid: Money | None = None
    own_share: Money | None = None
    total: Money | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    open_end: bool = False
    report_due: dt.date | None = None
    interim_report_due: dt.date | None = None
    follow_up: str | None = None
    follow_up_state: FollowUp | None = None
    recipient: str | None = None
    measures: tuple[Allocation, ...] = ()
    allocated: Decimal | None = None
    application_deadline: dt.date | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()

    @property
    def name(self) -> str:
        """The words people use for it: its title, else the programme, else the funder."""
        return self.title or self.programme or self.funder or self.id or self.key
