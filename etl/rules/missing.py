"""Who is missing at a table: kinds of organisation without a seat, houses that work on its matters and are not there,
migrant organisations nobody hears, houses without authority in the room, houses that fell silent.

Compared with the reference the network sets for itself (steering groups of municipal integration management: decision
makers of the administration, welfare, school, employment, education, migrant organisations, volunteers). What is said
about one house is for that house and the office; a body sees it when the office puts it on its agenda.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from etl.rules.composition import ReferenceSeat
from etl.rules.facts import Facts, Partner
from etl.rules.goal_proposals import fields_meant
from etl.rules.house_work import Work
from etl.rules.meeting import Body, Member
from etl.rules.meeting_series import can_attend

MissingKind = Literal["seat", "concerned", "unheard", "undecided", "silent"]
MISSING_KINDS: tuple[MissingKind, ...] = get_args(MissingKind)
#: So many meetings in a row without a house that came before: it fell silent.
SILENT_AFTER = 3
#: So many meetings it was asked to come to: fewer say nothing about being heard.
HEARD_AFTER = 2
#: So many of the latest meetings tell who is in the room, and which guests are.
RECENT = 4
#: A house at work in so many fields concerns a body that deals with all of them.
MANY_FIELDS = 3
_MIGRANTS = "migrant_organisation"
_HELPERS = ("association", "volunteer_individual")
#: Departments of an administration stand for themselves; other houses' units are spoken for by their house.
_ADMINISTRATION = ("district", "municipality")


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting that was, of which somebody noted who came. ``members``: numbers of those who came; ``guests``: houses
    (keys) invited beside them -> whether they came; ``contributed``: houses that reported on an item, promised
    something or held a view."""

    key: str
    day: dt.date
    members: frozenset[int] = frozenset()
    guests: Mapping[str, bool | None] | None = None
    contributed: frozenset[str] = frozenset()
    starts_at: dt.datetime | None = None
    minutes: int = 120


@dataclass(frozen=True, slots=True)
class Missing:
    """``partner`` and ``seat``: who or what kind. ``reason`` says which sentence tells why; ``n``: meetings (invited,
    came or missed), ``last``: when it came last. ``work``: what it does here, ``fitting``: houses of the network that
    would fill an empty seat."""

    kind: MissingKind
    reason: str
    partner: str | None = None
    seat: ReferenceSeat | None = None
    n: int = 0
    last: dt.date | None = None
    work: tuple[Work, ...] = ()
    fitting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A body with who sits in it on ``facts.day`` and its meetings, the earliest first. ``hosts``: houses that prepare
    its meetings, which are there without a seat and promise nothing."""

    body: Body
    members: tuple[Member, ...]
    gatherings: tuple[Gathering, ...]
    facts: Facts
    hosts: frozenset[str] = frozenset()

    @cached_property
    def fields(self) -> frozenset[str]:
        """Codes of the fields it deals with (none: all)."""
        titles = {field.key: field.title for field in self.facts.fields_of_action}
        return frozenset[str]().union(*(fields_meant(titles.get(key)) for key in self.body.fields))

    @cached_property
    def seated(self) -> Mapping[str, tuple[Member, ...]]:
        """House -> its members and their deputies on the day."""
        found: dict[str, tuple[Member, ...]] = {}
        for member in self.members:
            if member.partner in self.facts.partner_by_key and member.belongs_on(self.facts.day):
                found[member.partner] = (*found.get(member.partner, ()), member)
        return found

    @cached_property
    def asked(self) -> Mapping[str, tuple[Gathering, ...]]:
        """House -> the meetings it was asked to come to: those since it is a member, and those it was a guest of."""
        found: dict[str, list[Gathering]] = {}
        for gathering in self.gatherings:
            here = {m.partner for m in self.members if m.belongs_on(gathering.day) and m.partner}
            for house in here | set(gathering.guests or ()):
                found.setdefault(house, []).append(gathering)
        return {house: tuple(meetings) for house, meetings in found.items()}

    def came(self, house: str, gathering: Gathering) -> bool:
        if (gathering.guests or {}).get(house):
            return True
        return any(m.partner == house and m.id in gathering.members for m in self.members)

    @cached_property
    def guests_there(self) -> frozenset[str]:
        """Houses that came as guests to one of the latest meetings."""
        latest = self.gatherings[-RECENT:]
        return frozenset(house for g in latest for house, came in (g.guests or {}).items() if came)


def missing(table: Table, seats: Sequence[ReferenceSeat], work: Mapping[str, tuple[Work, ...]]) -> tuple[Missing, ...]:
    """What a coordinator would name, kind by kind; ``work``: see ``work_of_houses``. Bodies without members lack
    nobody, and where nobody has entered who sits there, nothing can be said."""
    if not table.body.has_members or not table.seated:
        return ()
    unheard = tuple(_unheard(table))
    heard_of = {found.partner for found in unheard}
    empty = tuple(_empty_seats(table, seats, heard_of))
    concerned = tuple(_concerned(table, seats, [found.seat for found in empty if found.seat], work, heard_of))
    return (*empty, *concerned, *unheard, *_undecided(table), *_silent(table, heard_of))


def filled_by(table: Table, seat: ReferenceSeat, extra: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Houses at the table (guests who came, too) that are of this kind."""
    known = table.facts.partner_by_key
    there = dict.fromkeys([*table.seated, *sorted(table.guests_there | extra)])
    return tuple(house for house in there if house in known and seat.fits(known[house]))


def _empty_seats(table: Table, seats: Sequence[ReferenceSeat], unheard: set[str | None]) -> Iterator[Missing]:
    invited = frozenset(house for house in unheard if house)
    for seat in seats:
        if seat.belongs_to(table.body, table.fields) and not filled_by(table, seat, invited):
            fitting = tuple(p.key for p in table.facts.partners if seat.fits(p))
            yield Missing("seat", "empty" if fitting else "nobody", seat=seat, fitting=fitting)


def _concerned(
    table: Table,
    seats: Sequence[ReferenceSeat],
    empty: Sequence[ReferenceSeat],
    work: Mapping[str, tuple[Work, ...]],
    unheard: set[str | None],
) -> Iterator[Missing]:
    for partner in table.facts.partners:
        there = partner.key in unheard or any(partner.key in those for those in (table.seated, table.guests_there))
        if there or partner.key in table.hosts or _spoken_for(partner, table):
            continue
        told = sorted(
            _touching(table, partner, seats, empty, work.get(partner.key, ())), key=lambda w: w.kind != "goal"
        )
        if told:
            asked = table.asked.get(partner.key, ())
            reason = "never_came" if asked else "goal" if told[0].kind == "goal" else "work"
            yield Missing("concerned", reason, partner.key, n=len(asked) or len(told), work=tuple(told))


def _touching(
    table: Table,
    partner: Partner,
    seats: Sequence[ReferenceSeat],
    empty: Sequence[ReferenceSeat],
    work: tuple[Work, ...],
) -> tuple[Work, ...]:
    """What a house does that is the body's matter. A body that deals with everything is not concerned by everything:
    by goals, by houses at work in many fields, and by those whose kind has nobody at the table."""
    if table.fields:
        of_kind = any(seat.fields and set(seat.fields) & table.fields and seat.fits(partner) for seat in seats)
        return tuple(w for w in work if w.fields & table.fields or (w.read and not w.fields and of_kind))
    goals = tuple(w for w in work if w.kind == "goal")
    across = len(frozenset[str]().union(*(w.fields for w in work))) >= MANY_FIELDS
    return work if across or any(seat.fits(partner) for seat in empty) else goals


def _spoken_for(partner: Partner, table: Table) -> bool:
    """Whether it is a unit of a house that sits there („Diakonie – Fachstelle Flucht“)."""
    if partner.type in _ADMINISTRATION:
        return False
    known = table.facts.partner_by_key
    return any(partner.name.startswith((f"{known[h].name} – ", f"{known[h].name}, ")) for h in table.seated)


def _unheard(table: Table) -> Iterator[Missing]:
    for house, meetings in table.asked.items():
        partner = table.facts.partner_by_key.get(house)
        if partner is None or partner.type != _MIGRANTS or len(meetings) < HEARD_AFTER:
            continue
        came = [meeting for meeting in meetings if table.came(house, meeting)]
        if any(house in meeting.contributed for meeting in meetings):
            continue
        if not came:
            reason = "wrong_time" if _never_can(table, house, meetings) else "never_came"
            yield Missing("unheard", reason, house, n=len(meetings))
        elif len(came) >= HEARD_AFTER:
            yield Missing("unheard", "no_word", house, n=len(came), last=came[-1].day)


def _never_can(table: Table, house: str, meetings: Sequence[Gathering]) -> bool:
    """None of its people could come at the hours the body met."""
    people = table.seated.get(house, ())
    timed = [meeting for meeting in meetings if meeting.starts_at is not None]
    return bool(people and timed) and not any(
        can_attend(person, meeting.starts_at, meeting.minutes)
        for person in people
        for meeting in timed
        if meeting.starts_at is not None
    )


def _undecided(table: Table) -> Iterator[Missing]:
    """Only where the body decides: elsewhere nobody has to promise anything. Of helpers' circles nobody expects it."""
    if not table.body.may_decide:
        return
    known = table.facts.partner_by_key
    for house, people in table.seated.items():
        if house in table.hosts or known[house].type in _HELPERS:
            continue
        if not any(person.decides for person in people):
            yield Missing("undecided", "nobody", house)
            continue
        latest = [meeting for meeting in table.asked.get(house, ()) if table.came(house, meeting)][-SILENT_AFTER:]
        deciding = {person.id for person in people if person.decides}
        if len(latest) == SILENT_AFTER and not any(deciding & meeting.members for meeting in latest):
            yield Missing("undecided", "others_came", house, n=len(latest))


def _silent(table: Table, unheard: set[str | None]) -> Iterator[Missing]:
    for house in table.seated:
        if house in unheard:
            continue
        meetings = table.asked.get(house, ())
        came = [meeting.day for meeting in meetings if table.came(house, meeting)]
        missed = [meeting for meeting in meetings if came and meeting.day > came[-1]]
        if came and len(missed) >= SILENT_AFTER:
            yield Missing("silent", "stayed_away", house, n=len(missed), last=came[-1])
