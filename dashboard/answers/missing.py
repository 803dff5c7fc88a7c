"""Who is missing at the network's tables: seats nobody fills, houses that work on a matter and are not there.

What is found about one house is for that house, the office and whoever runs the body; everybody else sees the seats.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User, list_users
from etl.model.bodies import bodies, members
from etl.model.composition import guests
from etl.model.judgements import CountedAs
from etl.model.meetings import plans
from etl.model.store import Store
from etl.model.who_came import every_present, houses_that_reported, said_in_meetings, stand_of_tables
from etl.pipeline.composition import composition_in
from etl.pipeline.meeting import rights
from etl.rules.composition import ReferenceSeat
from etl.rules.facts import Facts
from etl.rules.finding import Finding
from etl.rules.house_work import work_of_houses
from etl.rules.meeting import Body, Plan
from etl.rules.missing import Gathering, Missing, MissingKind, Table, filled_by, missing
from etl.rules.results import said_of

_WORK = Once(lambda picture: work_of_houses(picture.facts))
#: Empty seats, then what people can do most about.
_ORDER: tuple[MissingKind, ...] = ("seat", "silent", "unheard", "undecided", "concerned")
#: So many meetings stand beside one another, the latest at the right.
_SHOWN_MEETINGS = 6


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat of the reference at one table: ``there`` are the houses that fill it, ``fitting`` those of the network
    that would (only where the viewer may see who is missing)."""

    seat: ReferenceSeat
    there: tuple[str, ...]
    fitting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HouseRow:
    """A house at one table: ``guest`` where it is only invited; per meeting ``contributed``, ``came``, ``missed``,
    ``open`` (nobody said) or None (it was not asked)."""

    key: str
    name: str
    guest: bool
    meetings: tuple[str | None, ...]


@dataclass(frozen=True)
class TableView:
    """One body's table as this user may see it. ``found``: what is missing; ``names``: key -> name of every house.
    ``meetings``: days of the latest meetings of which somebody noted who came; ``coming``: those still open (key,
    day). ``guests``: key of a coming meeting -> houses invited beside the members. ``whole``: nothing is held back from
    this viewer. ``sitting``: how many houses have a seat."""

    body: Body
    runs: bool
    whole: bool
    seats: tuple[SeatRow, ...]
    found: tuple[Missing, ...]
    houses: tuple[HouseRow, ...]
    meetings: tuple[dt.date, ...]
    coming: tuple[tuple[str, dt.date], ...]
    guests: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    sitting: int

    @property
    def empty(self) -> tuple[SeatRow, ...]:
        """None where nobody has entered who sits there."""
        return tuple(row for row in self.seats if not row.there) if self.sitting else ()

    @property
    def about_houses(self) -> tuple[Missing, ...]:
        return tuple(one for one in self.found if one.kind != "seat")

    @property
    def finding(self) -> Finding:
        """Empty seats, then houses."""
        about = self.about_houses
        if not self.sitting:
            return Finding("missing.headline.nobody_entered")
        also = Finding("missing.headline.houses", {"n": len(about)}) if about else None
        if not self.seats:
            return Finding("missing.headline.no_reference", {}, also)
        return Finding("missing.headline.seats", {"n": len(self.empty)}, also)


@dataclass(frozen=True)
class Missed:
    """All tables, by the name of their body; ``seats``: the reference in its order."""

    tables: tuple[TableView, ...]
    seats: tuple[ReferenceSeat, ...]
    own_reference: bool

    @property
    def finding(self) -> Finding:
        if not self.tables:
            return Finding("missing.headline.no_tables")
        lacking = sum(bool(table.empty or table.found) for table in self.tables)
        empty = sum(len(table.empty) for table in self.tables)
        return Finding("missing.headline.tables", {"n": lacking}, Finding("missing.headline.empty", {"n": empty}))


def who_is_missing(store: Store, seen: Picture, user: User) -> Missed:
    """Every body with members that has not ended."""
    return _MISSED(seen, store, user, _stand(store))


def table_view(store: Store, seen: Picture, user: User, body: Body) -> TableView:
    return _VIEWS(seen, store, user, _stand(store))[body.id]


def _stand(store: Store) -> str:
    with store.reading() as connection:
        return f"{store.writes}|{stand_of_tables(connection)}"


def _views_for(seen: Picture, store: Store, user: User, stand: str) -> Mapping[int, TableView]:
    """Number of a body -> its table as this user may see it."""
    return {view.body.id: _for(user, view) for view in _WORKED(seen, store, stand).views}


_VIEWS: Once[Picture, Mapping[int, TableView]] = Once(_views_for)


def _missed(seen: Picture, store: Store, user: User, stand: str) -> Missed:
    seats, day = _WORKED(seen, store, stand).seats, seen.facts.day
    views = _VIEWS(seen, store, user, stand).values()
    alive = [v for v in views if v.body.has_members and (v.body.ended_on is None or v.body.ended_on >= day)]
    tables = tuple(sorted(alive, key=lambda view: alphabetical(view.body.name)))
    return Missed(tables, tuple(seat for seat in seats if not seat.ended), any(seat.id for seat in seats))


_MISSED: Once[Picture, Missed] = Once(_missed)


def _for(user: User, view: TableView) -> TableView:
    """What this user may see of a table."""
    runs = rights.runs(user, view.body)
    if user.role == "coordinator" or runs:
        return replace(view, runs=runs)
    own = user.partner if user.role == "partner" else None
    found = (one for one in view.found if one.kind == "seat" or one.partner == own)
    return replace(
        view,
        runs=False,
        whole=False,
        seats=tuple(replace(row, fitting=()) for row in view.seats),
        found=tuple(replace(one, reason="vacant", fitting=()) if one.seat else one for one in found),
        houses=tuple(row for row in view.houses if row.key == own),
        guests={},
    )


@dataclass(frozen=True, slots=True)
class _Worked:
    """Every body's table with nothing held back, and the reference."""

    views: tuple[TableView, ...]
    seats: tuple[ReferenceSeat, ...]


def _work_out(seen: Picture, store: Store, _stand: str) -> _Worked:
    """Made once for the picture and what is said about bodies and meetings."""
    told = _Told(store)
    return _Worked(tuple(_view(told, seen, body) for body in told.bodies), told.seats)


_WORKED = Once(_work_out)


class _Told:
    """What the store says about all tables, read at once."""

    def __init__(self, store: Store) -> None:
        with store.reading() as connection:
            self.bodies = bodies(connection)
            self.members = members(connection)
            self.plans = plans(connection)
            self.present = every_present(connection)
            self.guests = guests(connection)
            self.counted = CountedAs(connection)
            reported = houses_that_reported(connection)
            self.reported = {key: frozenset(self.counted.each(houses)) for key, houses in reported.items()}
            self.said = said_in_meetings(connection)
            self.seats = composition_in(connection)
            people = list_users(connection)
            self.office = frozenset(
                self.counted(one.partner) for one in people if one.role == "coordinator" and one.partner
            )


def _view(told: _Told, seen: Picture, body: Body) -> TableView:
    facts = seen.facts
    table = _table(told, facts, body)
    names = {partner.key: partner.short_name or partner.name for partner in facts.partners}
    coming = [p for p in told.plans.values() if p.body == body.id and p.state != "closed" and p.day >= facts.day]
    here = {meeting.key for meeting in facts.meetings}
    return TableView(
        body=body,
        runs=True,
        whole=True,
        seats=tuple(_seat(seat, table, names) for seat in told.seats if seat.belongs_to(body, table.fields)),
        found=_ordered(missing(table, told.seats, _WORK(seen)), names),
        houses=tuple(_houses(table, names)),
        meetings=tuple(gathering.day for gathering in table.gatherings[-_SHOWN_MEETINGS:]),
        coming=tuple((plan.key, plan.day) for plan in coming if plan.key in here),
        guests={plan.key: tuple(told.guests.get(plan.key, ())) for plan in coming},
        names=names,
        sitting=len(table.seated),
    )


def _ordered(found: Sequence[Missing], names: Mapping[str, str]) -> tuple[Missing, ...]:
    """By kind, houses by the name people use."""
    named = ((_ORDER.index(one.kind), alphabetical(names.get(one.partner or "", "")), one) for one in found)
    return tuple(one for *_, one in sorted(named, key=lambda row: row[:2]))


def _seat(seat: ReferenceSeat, table: Table, names: Mapping[str, str]) -> SeatRow:
    there = tuple(sorted((names[key] for key in filled_by(table, seat)), key=alphabetical))
    if there:
        return SeatRow(seat, there)
    fitting = [names[partner.key] for partner in table.facts.partners if seat.fits(partner)]
    return SeatRow(seat, (), tuple(sorted(fitting, key=alphabetical)))


def _houses(table: Table, names: Mapping[str, str]) -> list[HouseRow]:
    """Members and invited houses by name."""
    latest = table.gatherings[-_SHOWN_MEETINGS:]
    asked = {house for house, meetings in table.asked.items() if any(meeting in latest for meeting in meetings)}
    every = {*table.seated, *asked} & set(names)
    rows = [
        HouseRow(house, names[house], house not in table.seated, tuple(_mark(table, house, one) for one in latest))
        for house in every
    ]
    return sorted(rows, key=lambda row: (alphabetical(row.name), row.key))


def _mark(table: Table, house: str, gathering: Gathering) -> str | None:
    if gathering not in table.asked.get(house, ()):
        return None
    if house in gathering.contributed:
        return "contributed"
    if table.came(house, gathering):
        return "came"
    return "open" if (gathering.guests or {}).get(house, False) is None else "missed"


def _table(told: _Told, facts: Facts, body: Body) -> Table:
    """The body's meetings up to the day of which somebody noted who came."""
    held = [plan for plan in told.plans.values() if plan.body == body.id and plan.day <= facts.day]
    noted = [plan for plan in held if plan.key in told.present or any(_came(told, plan).values())]
    sitting = tuple(member for member in told.members if member.body == body.id)
    named = {partner.name.casefold(): partner.key for partner in facts.partners}
    named |= {p.short_name.casefold(): p.key for p in facts.partners if p.short_name}
    gatherings = []
    for plan in sorted(noted, key=lambda plan: (plan.day, plan.key)):
        there = told.present.get(plan.key, frozenset())
        houses = {member.partner for member in sitting if member.id in there}
        houses |= {house for house, came in _came(told, plan).items() if came}
        spoke = told.reported.get(plan.key, frozenset()) | _promised(told, plan) | _agreed(facts, plan, named)
        contributed = frozenset(house for house in spoke if house in houses)
        guests_of = _came(told, plan)
        gatherings.append(
            Gathering(plan.key, plan.day, there, guests_of, contributed, plan.starts_at, plan.minutes)
        )  # fmt: skip
    hosts = told.office | {body.run_by} if body.run_by else told.office
    return Table(body, sitting, tuple(gatherings), facts, hosts)


def _came(told: _Told, plan: Plan) -> Mapping[str, bool | None]:
    return told.guests.get(plan.key, {})


def _promised(told: _Told, plan: Plan) -> set[str]:
    """Houses that said yes to something, or held a view of their own."""
    said = [said_of(data) for data in told.said.get(plan.key, ())]
    bound = {holder.partner for one in said for holder in one.bound}
    return set(told.counted.each(bound | {house for one in said for view in one.views for house in view.houses}))


def _agreed(facts: Facts, plan: Plan, named: Mapping[str, str]) -> set[str]:
    """Houses that lists name as responsible for what was agreed on the day."""
    made: Sequence[str | None] = [a.responsible for a in facts.agreements if a.meeting_day == plan.day]
    return {named[name.casefold()] for name in made if name and name.casefold() in named}
