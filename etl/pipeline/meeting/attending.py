"""Who came to a meeting: members and invited houses by tick, other guests as a number; formats without members only as
a number."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from etl.model.accounts import User
from etl.model.bodies import body_of, members
from etl.model.composition import guests, note_guest
from etl.model.meetings import meeting_roles, note_present, plan_of, save_plan
from etl.model.presenting import raise_revision
from etl.model.store import Connection, Store
from etl.pipeline.meeting.rights import records
from etl.pipeline.meeting.stating import RecordingRefused
from etl.rules.meeting import Plan

#: More guests than this is a slip of the keyboard.
MOST_GUESTS = 5_000


def note_attendance(
    store: Store, meeting: str, member: int, *, there: bool, user: User, now: dt.datetime
) -> None:  # fmt: skip
    """Raises ``RecordingRefused`` (also unknown_member: nobody of this body)."""
    with store.writing() as connection:
        plan = _open_plan(connection, meeting, user)
        if member not in {one.id for one in members(connection, plan.body)}:
            raise RecordingRefused("unknown_member")
        note_present(connection, meeting, member, there=there, by=user.display_name, now=now)
        raise_revision(connection, meeting)


def note_invited(
    store: Store, meeting: str, house: str, *, there: bool, user: User, now: dt.datetime
) -> None:  # fmt: skip
    """Whether an invited house (key) was there. Raises ``RecordingRefused`` (also unknown_member: not invited)."""
    with store.writing() as connection:
        _open_plan(connection, meeting, user)
        if house not in guests(connection).get(meeting, {}):
            raise RecordingRefused("unknown_member")
        note_guest(connection, meeting, house, there, by=user.display_name, now=now)
        raise_revision(connection, meeting)


def note_guests(store: Store, meeting: str, guests: int | None, *, user: User, now: dt.datetime) -> None:
    """How many came beside the members (None: nobody counted). Raises ``RecordingRefused`` (also no_count)."""
    if guests is not None and (type(guests) is not int or not 0 <= guests <= MOST_GUESTS):
        raise RecordingRefused("no_count")
    with store.writing() as connection:
        plan = _open_plan(connection, meeting, user)
        save_plan(connection, replace(plan, guests=guests), by=user.display_name, now=now)
        raise_revision(connection, meeting)


def _open_plan(connection: Connection, meeting: str, user: User) -> Plan:
    plan = plan_of(connection, meeting)
    body = body_of(connection, plan.body) if plan is not None else None
    if plan is None or body is None:
        raise RecordingRefused("unknown_meeting")
    if not records(user, body, meeting_roles(connection, meeting)):
        raise RecordingRefused("not_yours")
    if plan.state == "closed":
        raise RecordingRefused("closed")
    return plan
