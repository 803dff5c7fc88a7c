"""Planning a body's meeting: the meeting is a record of the facts, stated by an entry; its plan is a row beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from etl.model.accounts import User, find_user
from etl.model.meetings import plan_of, save_plan, set_meeting_role
from etl.model.state import GONE, State, state_on
from etl.model.store import Connection, Store
from etl.pipeline.enter import enter_in
from etl.pipeline.meeting import rights
from etl.pipeline.meeting.bodies import adopted_in
from etl.pipeline.meeting.refused import MeetingRefused, body_run_by, meeting_run_by, refuse_clients
from etl.rules.meeting import Body, Plan
from etl.rules.meeting_series import starts_at

#: Longer than this is no meeting but a typing mistake.
_LONGEST = 24 * 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What is planned, as typed. ``key``: of a meeting that stands in the facts already; ``body``: its number, or the
    name of one that nobody has entered yet."""

    body: int | str
    title: str
    day: dt.date
    time: dt.time | None = None
    minutes: int = 120
    place: str = ""
    editorial_deadline: dt.date | None = None
    own_words: str = ""
    key: str | None = None


def plan_meeting(
    store: Store,
    user: User,
    wish: Wish,
    *,
    day: dt.date,
    reason: str,
    now: dt.datetime,
    seen: Plan | None = None,
) -> Plan:
    """Plan a meeting or change what is planned (``seen``: as it was shown), all or nothing. ``day`` is today: from
    then on the facts say so. ``reason`` is the entry's. Raises ``MeetingRefused``."""
    start = _checked(wish)
    with store.writing() as connection:
        body = _body(connection, user, wish, now)
        if wish.key is None:
            wish = replace(wish, key=_in_a_list(connection, wish))
        before = plan_of(connection, wish.key) if wish.key else None
        if before is not None:
            body_run_by(connection, user, before.body)
        if before != seen:
            raise MeetingRefused("changed_since", wish.title)
        if before is not None and before.state == "closed":
            raise MeetingRefused("closed", wish.title)
        key = _stated(connection, state_on(connection), body, wish, day, user.display_name, reason, now)
        plan = replace(
            before or Plan(key, body.id, wish.day),
            body=body.id,
            day=wish.day,
            starts_at=start,
            minutes=wish.minutes,
            place=wish.place.strip(),
            editorial_deadline=wish.editorial_deadline,
            own_words=wish.own_words.strip(),
        )
        save_plan(connection, plan, by=user.display_name, now=now)
        return plan


def _checked(wish: Wish) -> dt.datetime | None:
    """When the meeting starts. Raises ``MeetingRefused`` where what was typed cannot be."""
    if not wish.title.strip():
        raise MeetingRefused("without_name")
    if not 0 < wish.minutes <= _LONGEST:
        raise MeetingRefused("no_minutes", str(wish.minutes))
    if wish.editorial_deadline is not None and wish.editorial_deadline > wish.day:
        raise MeetingRefused("deadline_after", wish.editorial_deadline.isoformat())
    refuse_clients([wish.title, wish.place, wish.own_words])
    if wish.time is None:
        return None
    start = starts_at(wish.day, wish.time)
    if start is None:
        raise MeetingRefused("no_such_time", f"{wish.time:%H:%M}")
    return start


def _in_a_list(connection: Connection, wish: Wish) -> str | None:
    """The meeting of this title and day that a list has named already; raises ``MeetingRefused`` (taken) where it was
    planned before."""
    for known in state_on(connection, kinds=["meeting"]).kind("meeting").values():
        title = str(known.value("title") or "")
        if title.casefold() == wish.title.strip().casefold() and known.value("date") == wish.day.isoformat():
            if plan_of(connection, known.key) is not None:
                raise MeetingRefused("taken", title)
            return known.key
    return None


def _body(connection: Connection, user: User, wish: Wish, now: dt.datetime) -> Body:
    if isinstance(wish.body, int):
        return body_run_by(connection, user, wish.body)
    if not wish.body.strip():
        raise MeetingRefused("without_name")
    body = adopted_in(connection, wish.body, by=user.display_name, now=now)
    if not rights.runs(user, body):
        raise MeetingRefused("not_allowed", body.name)
    return body


def _stated(
    connection: Connection,
    state: State,
    body: Body,
    wish: Wish,
    day: dt.date,
    person: str,
    reason: str,
    now: dt.datetime,
) -> str:
    """State in the facts what they do not say yet; the meeting's key."""
    values: dict[str, Any] = {"title": wish.title.strip(), "date": wish.day.isoformat(), "body": body.name}
    known = state.kind("meeting").get(wish.key) if wish.key else None
    if wish.key and known is None:
        raise MeetingRefused("not_there", wish.key)
    if known is not None:
        values = {name: value for name, value in values.items() if known.value(name) != value}
        if not values:
            return known.key
        day = max(day, known.last_day)  # the latest day holds: a list about a later day would win over this change
    return enter_in(
        connection, "meeting", values, day=day, person=person, reason=reason, now=now, key=wish.key
    ).key  # fmt: skip


def call_off(store: Store, user: User, key: str, *, day: dt.date, reason: str, now: dt.datetime) -> None:
    """The meeting does not take place: from ``day`` on the facts no longer name it; plan and agenda stay as rows.

    Raises ``MeetingRefused`` (closed: it has taken place or is taking place), ``EntryRefused`` (without_reason).
    """
    refuse_clients([reason])
    with store.writing() as connection:
        plan, _ = meeting_run_by(connection, user, key)
        if plan.state in ("running", "closed"):
            raise MeetingRefused("closed", key)
        known = state_on(connection, kinds=["meeting"]).kind("meeting").get(key)
        if known is None:
            raise MeetingRefused("not_there", key)
        since = max(day, known.last_day)
        gone = {GONE: "removed"}
        enter_in(connection, "meeting", gone, day=since, person=user.display_name, reason=reason, now=now, key=key)


def show_to_leadership(store: Store, user: User, key: str, *, now: dt.datetime) -> Plan:
    """From now on leadership sees the meeting's papers. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        plan, _ = meeting_run_by(connection, user, key)
        if plan.shown_to_leadership is None:
            plan = replace(plan, shown_to_leadership=now)
            save_plan(connection, plan, by=user.display_name, now=now)
        return plan


def invite(store: Store, user: User, key: str, *, now: dt.datetime) -> Plan:
    """The invitation is out: from now on everyone sees the papers. Raises ``MeetingRefused`` (leadership_first,
    invited_before)."""
    with store.writing() as connection:
        plan, _ = meeting_run_by(connection, user, key)
        if plan.shown_to_leadership is None:
            raise MeetingRefused("leadership_first")
        if plan.invited_at is not None:
            raise MeetingRefused("invited_before")
        state = "invited" if plan.state == "planned" else plan.state
        plan = replace(plan, state=state, invited_at=now, invited_by=user.display_name)
        save_plan(connection, plan, by=user.display_name, now=now)
        return plan


def give_role(store: Store, user: User, key: str, username: str, role: str, *, holds: bool) -> None:
    """Who presents or records beside whoever runs the body: an outside moderator too. Raises ``MeetingRefused``."""
    if role not in ("presenter", "recorder"):
        raise MeetingRefused("not_allowed", role)
    with store.writing() as connection:
        meeting_run_by(connection, user, key)
        if find_user(connection, username) is None:
            raise MeetingRefused("no_such_user", username)
        set_meeting_role(connection, key, username, role, holds=holds)
