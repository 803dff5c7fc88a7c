"""Bodies, their members, their meetings and what stands on an agenda, as rules and screens take them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

BodyKind = Literal["steering_group", "planning_group", "working_group", "round_table", "conference", "open_format"]
BODY_KINDS: tuple[BodyKind, ...] = get_args(BodyKind)
#: Bodies that have results but no list of members: whoever comes takes part.
WITHOUT_MEMBERS: frozenset[BodyKind] = frozenset({"conference", "open_format"})
#: More members than this are told, not refused (domain: 20 to 25 people can still decide together).
MANY_MEMBERS = 25

#: When a member can attend: volunteers often only after work.
Attends = Literal["any_time", "working_hours", "after_work", "weekend"]
ATTENDS: tuple[Attends, ...] = get_args(Attends)

MeetingState = Literal["planned", "invited", "running", "closed"]

#: Where an item of the agenda comes from, in the order of a meeting (practice: Typische Tagesordnung).
ItemOrigin = Literal[
    "opening",
    "open_agreements",
    "goal",
    "decision",
    "funding",
    "cooperation",
    "contradiction",
    "idea",
    "council_report",
    "own",
    "next_meeting",
]
ORIGINS: tuple[ItemOrigin, ...] = get_args(ItemOrigin)

#: What a meeting can write down. Only an agreement binds somebody: whoever said yes.
ResultKind = Literal[
    "agreement",
    "recommendation",
    "examination",
    "decision",
    "adjourned",
    "dissent",
    "information",
    "human_rating",
    "correction",
]
RESULT_KINDS: tuple[ResultKind, ...] = get_args(ResultKind)
Stance = Literal["promised", "with_reservation", "open"]
STANCES: tuple[Stance, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True)
class Body:
    """A group that meets. ``run_by``: the partner that runs it with the office's rights for this body alone (None: the
    office). ``may_decide``: its own rules know decisions. ``fields``: keys of the fields of action it deals with (none:
    all). ``purpose`` and ``differs`` (from other bodies) are the group's own words; ``rhythm_months``: how many months
    lie between two meetings of its series."""

    id: int
    name: str
    kind: BodyKind
    run_by: str | None = None
    may_decide: bool = False
    fields: tuple[str, ...] = ()
    purpose: str = ""
    differs: str = ""
    rhythm_months: int | None = None
    ended_on: dt.date | None = None

    @property
    def has_members(self) -> bool:
        return self.kind not in WITHOUT_MEMBERS

    def deals_with(self, field_of_action: str | None) -> bool:
        """Whether matters of this field (None: of no field) are the body's own."""
        return not self.fields or field_of_action is None or field_of_action in self.fields


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a body for a partner (key; None: for nobody). ``decides``: may promise for the house they come from.
    ``deputy_for``: number of the member they stand in for. ``name`` is empty once the person was erased."""

    id: int
    body: int
    name: str
    partner: str | None = None
    function: str = ""
    decides: bool = False
    deputy_for: int | None = None
    attends: Attends = "any_time"
    username: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def belongs_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned about a meeting. ``key`` is its record's key in the facts; ``editorial_deadline``: its papers and
    screens show the network as known at the end of that day (None: as known now). ``shown_to_leadership``: since when
    leadership sees its papers, before everyone else (``invited_at``). ``guests``: how many came beside the members."""

    key: str
    body: int
    day: dt.date
    state: MeetingState = "planned"
    starts_at: dt.datetime | None = None
    minutes: int = 120
    place: str = ""
    editorial_deadline: dt.date | None = None
    shown_to_leadership: dt.datetime | None = None
    invited_at: dt.datetime | None = None
    invited_by: str | None = None
    guests: int | None = None
    own_words: str = ""

    def shown_day(self, today: dt.date) -> tuple[dt.date, dt.date | None]:
        """(day the papers speak about, last day whose news they know; None: all of it) when looked at ``today``.

        Until the editorial deadline has passed they are a draft and show today.
        """
        if self.editorial_deadline is None or self.editorial_deadline >= today:
            return today, None
        return self.editorial_deadline, self.editorial_deadline


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an agenda, ``place`` from 1. ``records``: keys of what it is about (goals, measures, decisions,
    agreements, fundings …), the first is what its screen shows. ``reports``: partners that speak about it.
    ``seconds``: how long it has taken so far, ``dropped``: taken off, kept as a record."""

    id: int
    meeting: str
    place: int
    origin: ItemOrigin
    title: str
    records: tuple[str, ...] = ()
    proposal: str = ""
    consequence: str = ""
    reports: tuple[str, ...] = ()
    minutes: int = 10
    temperature: bool = False
    dropped: bool = False
    seconds: int = 0
