"""Bodies as the page shows them: what they are for, who sits in them, whom they share a field with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User, list_users
from etl.model.bodies import bodies, members
from etl.model.store import Store
from etl.pipeline.meeting import rights
from etl.rules.facts import Round
from etl.rules.meeting import MANY_MEMBERS, Body, Member
from etl.rules.meeting_series import Attending, also_deal_with, attending, next_days, next_title, round_of, starts_at

#: When bodies usually meet: in the morning, in the afternoon, after work.
_HOURS = (dt.time(10), dt.time(14), dt.time(17, 30))


@dataclass(frozen=True, slots=True)
class Seat:
    """A member with the house they come from and those who stand in for them."""

    member: Member
    house: str | None
    deputies: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A field of action the body deals with, and the other bodies that do too."""

    title: str
    others: tuple[Body, ...]


@dataclass(frozen=True)
class BodyView:
    """``seats`` are those of the picture's day, by name; ``past`` counts members who left. ``led_by`` is None where
    the office runs it; ``coming`` are the next dates of its series. ``names``:
    whether this user sees who sits there, not the houses alone. ``too_many``: more members than usually decide
    well together."""

    body: Body
    runs: bool
    led_by: str | None
    seats: tuple[Seat, ...]
    past: int
    fields: tuple[Shared, ...]
    coming: tuple[dt.date, ...]
    title: str
    names: bool

    @property
    def deciding(self) -> int:
        return sum(seat.member.decides for seat in self.seats)

    @property
    def too_many(self) -> bool:
        return len(self.seats) > MANY_MEMBERS


def every_body(store: Store) -> tuple[Body, ...]:
    with store.reading() as connection:
        return bodies(connection)


def body_view(store: Store, seen: Picture, user: User, number: int) -> BodyView | None:
    """The body on the picture's day; None where there is none of this number."""
    with store.reading() as connection:
        every = bodies(connection)
        sitting = members(connection, number)
    body = next((one for one in every if one.id == number), None)
    if body is None:
        return None
    day, facts = seen.facts.day, seen.facts
    titles = {field.key: field.title for field in facts.fields_of_action}
    shared = also_deal_with(body, every, day)
    return BodyView(
        body=body,
        runs=rights.runs(user, body),
        led_by=seen.names_of([body.run_by]).get(body.run_by) if body.run_by else None,
        seats=_seats(sitting, seen, day),
        past=sum(not member.belongs_on(day) for member in sitting),
        fields=tuple(Shared(titles[key], shared.get(key, ())) for key in body.fields if key in titles),
        coming=next_days(body, _held(body, seen), day) if body.ended_on is None else (),
        title=next_title(body, facts.meetings),
        names=_sees_names(user, body, sitting),
    )


def _sees_names(user: User, body: Body, sitting: Sequence[Member]) -> bool:
    """Office, leadership, members, who runs the body, and the houses that sit in it."""
    if user.role == "partner":
        return rights.runs(user, body) or user.partner in {member.partner for member in sitting if member.partner}
    return user.role != "observer"


def _held(body: Body, seen: Picture) -> list[dt.date]:
    own = body.name.casefold()
    return [m.day for m in seen.facts.meetings if m.day and (m.body or "").casefold() == own]


def _seats(sitting: Sequence[Member], seen: Picture, day: dt.date) -> tuple[Seat, ...]:
    here = [member for member in sitting if member.belongs_on(day)]
    names = seen.names_of({member.partner for member in here if member.partner})
    seats = [
        Seat(member, names.get(member.partner or ""), tuple(d for d in here if d.deputy_for == member.id))
        for member in here
        if member.deputy_for is None
    ]
    return tuple(sorted(seats, key=lambda seat: (alphabetical(seat.house or seat.member.name), seat.member.id)))


def who_can_come(store: Store, body: int, day: dt.date, time: dt.time, minutes: int) -> Attending | None:
    """None where the clock leaves that time out on that day."""
    start = starts_at(day, time)
    if start is None:
        return None
    with store.reading() as connection:
        return attending(members(connection, body), start, minutes)


def times_to_choose(store: Store, body: int, day: dt.date, minutes: int) -> tuple[tuple[dt.datetime, int, int], ...]:
    """(start, seats that can be filled, all seats) of usual hours on the day and on the Saturday after it."""
    saturday = day + dt.timedelta(days=(5 - day.weekday()) % 7)
    with store.reading() as connection:
        sitting = members(connection, body)
    found = []
    for on, time in (*((day, time) for time in _HOURS), *([(saturday, _HOURS[0])] if saturday != day else [])):
        start = starts_at(on, time)
        if start is not None:
            came = attending(sitting, start, minutes)
            found.append((start, came.seats - len(came.cannot), came.seats))
    return tuple(found)


def round_for(seen: Picture, body: Body | None, day: dt.date) -> Round | None:
    """The reporting round a meeting on ``day`` would belong to."""
    earlier = [held for held in _held(body, seen) if held < day] if body else []
    return round_of(seen.facts.rounds, day, max(earlier, default=None))


def accounts(store: Store, user: User, body: int | None) -> dict[str, str]:
    """User name -> display name of those whom this user may give a part: the office everyone who may sign in, a partner
    the members of its body."""
    with store.reading() as connection:
        known = [one for one in list_users(connection) if not one.disabled]
        sitting = {member.username for member in members(connection, body)} if body is not None else set()
    shown = known if user.role == "coordinator" else [one for one in known if one.username in sitting | {user.username}]
    return {one.username: one.display_name for one in shown}
