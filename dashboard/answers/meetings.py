"""Meetings as the page shows them: every one by body, and one with what this person may do in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.bodies import bodies
from etl.model.composition import guests
from etl.model.meetings import agenda, every_meeting_role, plans
from etl.model.store import Store
from etl.pipeline.meeting import rights
from etl.rules.facts import Agreement, Decision, Meeting
from etl.rules.gaps import decisions_waiting
from etl.rules.meeting import Body, Plan


@dataclass(frozen=True, slots=True)
class Before:
    """The meeting of the same body that came before."""

    key: str
    day: dt.date


@dataclass(frozen=True)
class MeetingView:
    """One meeting and this person's part in it.

    ``body`` is None where the meeting's body is only a name in somebody's list (``body_name``, or not even that);
    ``plan`` is None where nothing was planned here. ``shown_day`` and ``known_on``: see ``Plan.shown_day``.
    ``today`` is the day the page is looked at, ``said_day`` the day lists name for the meeting.
    ``guests``: houses invited beside the members, key -> name as people use it.
    """

    key: str
    title: str
    day: dt.date | None
    today: dt.date
    body_name: str | None
    body: Body | None
    plan: Plan | None
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    runs: bool = False
    presents: bool = False
    records: bool = False
    sees_papers: bool = True
    shown_day: dt.date = dt.date.min
    known_on: dt.date | None = None
    previous: Before | None = None
    said_day: dt.date | None = None
    guests: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        if self.plan is not None and self.plan.state == "closed":
            return True
        return self.day is not None and self.day < self.today


@dataclass(frozen=True, slots=True)
class BodyMeetings:
    """The meetings of one body: those that come, the next one first, and those that were, the latest first.
    ``runs``: whether this user runs it."""

    name: str | None
    body: Body | None
    coming: tuple[MeetingView, ...]
    past: tuple[MeetingView, ...]
    runs: bool = False


def meeting_view(store: Store, picture: Picture, key: str, user: User, now: dt.datetime) -> MeetingView | None:
    """The meeting ``key``; None where there is none."""
    return next((one for one in meeting_views(store, picture, user, now) if one.key == key), None)


def meeting_views(store: Store, picture: Picture, user: User, now: dt.datetime) -> tuple[MeetingView, ...]:
    """Every meeting, the earliest first; one without a day last."""
    return _views(store, picture, user, now)


def _views(
    store: Store, picture: Picture, user: User, now: dt.datetime, since: dt.date | None = None
) -> tuple[MeetingView, ...]:
    """``since``: only those planned for that day or later."""
    today, known = picture.facts.day, picture.facts.meetings
    with store.reading() as connection:
        planned = plans(connection, since)
        every = bodies(connection)
        roles = every_meeting_role(connection)
        invited = guests(connection)
    by_number, by_name = {body.id: body for body in every}, {body.name.casefold(): body for body in every}
    found, befores = [], _befores(known)
    for meeting in sorted(known, key=_when):
        if since is not None and meeting.key not in planned:
            continue
        plan = planned.get(meeting.key)
        body = by_number.get(plan.body) if plan else by_name.get((meeting.body or "").casefold())
        view = _view(meeting, befores.get(meeting.key), body, plan, roles.get(meeting.key, {}), user, today, now)
        asked = picture.names_of(invited.get(meeting.key, ()))
        found.append(replace(view, guests=asked) if asked else view)
    return tuple(found)


def coming_meetings(store: Store, picture: Picture, user: User, now: dt.datetime) -> tuple[MeetingView, ...]:
    """Planned meetings still to come whose agenda this person makes."""
    views = _views(store, picture, user, now, since=picture.facts.day)
    return tuple(view for view in views if view.runs and view.plan is not None and not view.is_over)


def decisions_on(store: Store, key: str) -> int:
    """How many decisions stand on the agenda of a meeting."""
    with store.reading() as connection:
        return sum(item.origin == "decision" for item in agenda(connection, key))


def came_of(seen: Picture, meeting: MeetingView) -> tuple[tuple[Decision, ...], tuple[Agreement, ...]]:
    """What the body resolved on the meeting's day (see ``by_kind``), and the agreements made that day."""
    facts, body = seen.facts, (meeting.body_name or "").casefold()
    if meeting.day is None:
        return (), ()
    waiting = {decision.key for decision in decisions_waiting(facts)}
    taken = (d for d in facts.decisions if d.day == meeting.day and (d.body or "").casefold() == body)
    made = tuple(a for a in facts.agreements if a.meeting_day == meeting.day)
    return tuple(d for d in taken if d.key not in waiting), made


#: What a meeting can resolve, in the order in which it is told.
RESOLVED = ("decision", "recommendation", "examination")


def by_kind(taken: Sequence[Decision], body: Body | None = None) -> dict[str, tuple[Decision, ...]]:
    """Kind of result -> what was resolved so; without those of which there is none. A list that says no kind means a
    decision; where ``body`` may not decide, that is the list's word alone (``listed``)."""
    found = {kind: tuple(d for d in taken if (d.kind or "decision") == kind) for kind in RESOLVED}
    may = body is None or body.may_decide
    return {"listed" if kind == "decision" and not may else kind: told for kind, told in found.items() if told}


def by_body(
    views: Sequence[MeetingView], every: Sequence[Body] = (), user: User | None = None
) -> tuple[BodyMeetings, ...]:
    """The body with the next meeting first; bodies that plan nothing behind them, by name. ``every``: those without a
    meeting stand there too, unless they have ended."""
    grouped: dict[str, list[MeetingView]] = {}
    for view in views:
        grouped.setdefault((view.body.name if view.body else view.body_name) or "", []).append(view)
    known = {body.name: body for body in every}
    for body in every:
        if body.ended_on is None:
            grouped.setdefault(body.name, [])
    found = []
    for name, group in grouped.items():
        body_of_it = group[0].body if group else known[name]
        coming = tuple(one for one in group if not one.is_over)
        past = tuple(reversed([one for one in group if one.is_over]))
        runs = body_of_it is not None and user is not None and rights.runs(user, body_of_it)
        found.append(BodyMeetings(name or None, body_of_it, coming, past, runs))
    return tuple(sorted(found, key=_next_day))


def _next_day(body: BodyMeetings) -> tuple[dt.date, str]:
    coming = body.coming[0].day if body.coming else None
    return coming or dt.date.max, (body.name or "\U0010ffff").casefold()


def _when(meeting: Meeting) -> tuple[dt.date, str]:
    return meeting.day or dt.date.max, meeting.key


def _view(
    meeting: Meeting,
    before: Before | None,
    body: Body | None,
    plan: Plan | None,
    roles: Mapping[str, frozenset[str]],
    user: User,
    today: dt.date,
    now: dt.datetime,
) -> MeetingView:
    shown_day, known_on = plan.shown_day(today) if plan else (today, None)
    office = user.role == "coordinator"
    return MeetingView(
        key=meeting.key,
        title=meeting.title,
        day=plan.day if plan else meeting.day,
        today=today,
        body_name=meeting.body,
        body=body,
        plan=plan,
        roles=roles,
        runs=rights.runs(user, body) if body else office,
        presents=rights.presents(user, body, roles) if body else office,
        records=rights.records(user, body, roles) if body else office,
        sees_papers=user.username in roles or _sees_papers(user, body, plan, now),
        shown_day=shown_day,
        known_on=known_on,
        previous=before,
        said_day=meeting.day,
    )


def _sees_papers(user: User, body: Body | None, plan: Plan | None, now: dt.datetime) -> bool:
    """Of a meeting nobody planned here there are no papers to hold back."""
    if plan is None or body is None or plan.state in ("running", "closed"):
        return True
    return rights.sees_papers(user, body, plan, now)


def _befores(known: Sequence[Meeting]) -> dict[str, Before]:
    """Key of a meeting -> the last one of its body on an earlier day; left out where there was none."""
    found: dict[str, Before] = {}
    days: dict[str, list[Before]] = {}
    for meeting in sorted(known, key=_when):
        if meeting.day is None or meeting.body is None:
            continue
        earlier = days.setdefault(meeting.body.casefold(), [])
        last = next((before for before in reversed(earlier) if before.day < meeting.day), None)
        if last is not None:
            found[meeting.key] = last
        earlier.append(Before(meeting.key, meeting.day))
    return found
