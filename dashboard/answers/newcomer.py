"""„Neu dabei“: a body for somebody who joins it late, generated from what is known, beside the group's own words."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dashboard.answers.follow_up import FollowUp, extras_of, followed_for
from dashboard.answers.meetings import MeetingView, meeting_views
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.bodies import bodies, members
from etl.model.following import own_words, results_with_record
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused
from etl.pipeline.meeting import following, rights
from etl.rules.finding import Finding
from etl.rules.follow_up import Became, Extras, bodies_of, follow_up
from etl.rules.gaps import decisions_waiting
from etl.rules.meeting import Body, Member
from etl.rules.meeting_series import also_deal_with
from etl.rules.newcomer import newcomer_finding
from etl.rules.results import ResultSaid, said_of


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the group says of itself, by whom and when."""

    text: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Resolved:
    """Something a meeting resolved. ``kind`` of result; ``why`` is its reason or remark; ``state`` of what is followed
    up (None: nothing is to be done); ``views`` of a dissent; ``gone``: what it was about and is there no longer."""

    kind: str
    text: str
    why: str = ""
    state: str | None = None
    record: str | None = None
    views: tuple[str, ...] = ()
    gone: tuple[Became, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """A meeting so far with what it resolved; ``title`` None: only the day is known."""

    key: str | None
    title: str | None
    day: dt.date | None
    resolved: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class SeatOf:
    """A seat: its house, the function, who sits there (None: not for these eyes, "" once erased), who stands in."""

    house: str | None
    function: str
    decides: bool
    name: str | None
    deputies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Newcomer:
    """``open``: what is still to be done, without what only waits to be noted. ``fields``: title of a field of action
    -> names of the other bodies that deal with it; none: all fields."""

    body: Body
    finding: Finding
    led_by: str | None
    own: OwnWords | None
    may_write: bool
    fields: Mapping[str, tuple[str, ...]]
    past: tuple[Past, ...]
    seats: tuple[SeatOf, ...]
    open: FollowUp
    next_meeting: MeetingView | None = None


def body_numbered(store: Store, number: int) -> Body | None:
    with store.reading() as connection:
        return next((body for body in bodies(connection) if body.id == number), None)


def newcomer(store: Store, picture: Picture, user: User, body: Body, now: dt.datetime) -> Newcomer:
    """Names of members only for those who may see contacts; contact data not at all."""
    day, facts = picture.facts.day, picture.facts
    views = [v for v in meeting_views(store, picture, user, now) if v.body is not None and v.body.id == body.id]
    with store.reading() as connection:
        every, sitting = bodies(connection), members(connection, body.id)
        words = own_words(connection, body.id)
    shared = also_deal_with(body, every, day)
    titles = {field.key: field.title for field in facts.fields_of_action}
    past = _past(store, picture, body, [v for v in views if v.sees_papers])
    found = followed_for(store, picture, user, body)
    standing = [row for row in found.rows if not row.to_note]
    met = [view.day for view in views if view.day is not None and view.is_over]
    resolved = Counter(one.kind for meeting in past for one in meeting.resolved)
    return Newcomer(
        body=body,
        finding=newcomer_finding(met, resolved, len(standing), found.overdue, may_decide=body.may_decide),
        led_by=picture.names_of([body.run_by]).get(body.run_by) if body.run_by else None,
        own=OwnWords(words.text, words.by, words.at) if words is not None and words.text else None,
        may_write=rights.runs(user, body),
        fields={titles[k]: tuple(other.name for other in shared.get(k, ())) for k in body.fields if k in titles},
        past=past,
        seats=_seats(sitting, picture, names=user.role != "observer"),
        open=replace(found, rows=tuple(standing)),
        next_meeting=next((view for view in views if not view.is_over and view.day is not None), None),
    )


def _seats(sitting: tuple[Member, ...], picture: Picture, *, names: bool) -> tuple[SeatOf, ...]:
    """By house, in the order of the alphabet; who comes for none behind them."""
    here = [member for member in sitting if member.belongs_on(picture.facts.day)]
    houses = picture.names_of({member.partner for member in here if member.partner})
    seats = [
        SeatOf(
            house=houses.get(member.partner or ""),
            function=member.function,
            decides=member.decides,
            name=member.name if names else None,
            deputies=tuple(d.name for d in here if d.deputy_for == member.id and d.name) if names else (),
        )
        for member in here
        if member.deputy_for is None
    ]
    return tuple(sorted(seats, key=lambda seat: (seat.house is None, alphabetical(seat.house or seat.name or ""))))


def _past(store: Store, picture: Picture, body: Body, views: list[MeetingView]) -> tuple[Past, ...]:
    """The latest first: what its lists say and what was written down in the room alike, each once."""
    extras = extras_of(store, picture)
    shown = {view.key: view for view in views}
    grouped: dict[tuple[str | None, dt.date | None], list[Resolved]] = {}
    for meeting, day, resolved in _resolved(store, picture, extras, body, shown):
        key = meeting or next((view.key for view in views if day is not None and view.day == day), None)
        when = shown[key].day if key in shown else day
        grouped.setdefault((key, when), []).append(resolved)
    ordered = sorted(grouped.items(), key=lambda item: item[0][1] or dt.date.min, reverse=True)
    return tuple(
        Past(key, shown[key].title if key in shown else None, day, tuple(lines)) for (key, day), lines in ordered
    )


def _resolved(
    store: Store, picture: Picture, extras: Extras, body: Body, shown: Mapping[str, MeetingView]
) -> Iterator[tuple[str | None, dt.date | None, Resolved]]:
    with store.reading() as connection:
        rows = [row for row in results_with_record(connection, picture.facts.known_on) if row.meeting in shown]
    written = {picture.state.counts_as(row.record): said_of(row.said) for row in rows if row.record}
    states = {one.key: one for one in follow_up(picture.facts, extras)}
    waiting = {decision.key for decision in decisions_waiting(picture.facts)}
    for decision in picture.facts.decisions:
        if decision.key in waiting or body.id not in bodies_of(decision.key, picture.facts, extras):
            continue
        one, said = states.get(decision.key), written.get(decision.key)
        why = (said.reason if said else "") or extras.remarks.get(decision.key, "") or (decision.consequence or "")
        waits = one is not None and one.result == "recommendation" and one.state == "running"
        state = one.state if one is not None and not waits else None
        told = Resolved(
            decision.kind or "decision", decision.title, why, state, decision.key, gone=one.gone if one else ()
        )
        yield extras.meeting_of.get(decision.key), decision.day, told
    for row in rows:
        known = picture.state.find(row.record) if row.record else None
        if row.kind in _TOLD and (known is None or known.kind != "decision"):
            said = said_of(row.said)
            yield (
                row.meeting,
                shown[row.meeting].day,
                Resolved(row.kind, said.text, said.reason, views=_views(said, picture)),
            )


#: Results a newcomer is told of: what was only an information, or put right, is in the minutes.
_TOLD = frozenset({"recommendation", "examination", "decision", "adjourned", "dissent", "human_rating"})


def _views(said: ResultSaid, picture: Picture) -> tuple[str, ...]:
    """„Diakonie, Caritas: …“."""
    names = picture.names_of(house for view in said.views for house in view.houses)
    return tuple(f"{', '.join(names.get(h, h) for h in view.houses)}: {view.text}" for view in said.views)


def write_own_words(store: Store, user: User, body: int, text: str, *, now: dt.datetime) -> str:
    """written or the code of why not."""
    try:
        following.write_own_words(store, user, body, text, now=now)
    except EntryRefused as refused:
        return refused.code
    except NotYours:
        return "not_yours"
    return "written"
