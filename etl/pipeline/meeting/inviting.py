"""Houses invited to a meeting beside its members; whether they came is noted with everybody else's coming."""

from __future__ import annotations

import datetime as dt

from etl.model.accounts import User
from etl.model.bodies import members
from etl.model.composition import forget_guest, guests, note_guest
from etl.model.presenting import raise_revision
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.pipeline.meeting.refused import MeetingRefused, meeting_run_by
from etl.rules.meeting import Plan


def invite_house(store: Store, user: User, meeting: str, partner: str, *, now: dt.datetime) -> bool:
    """A house that is no member is asked to come; whether the meeting's invitation is out already. Raises
    ``MeetingRefused`` (not_there, not_allowed, closed, no_such_partner, member_already: it is invited as such)."""
    with store.writing() as connection:
        body, plan = _open(connection, user, meeting)
        known = state_on(connection, kinds=["partner"]).find(partner)
        if known is None or known.kind != "partner":
            raise MeetingRefused("no_such_partner", partner)
        partner = known.key
        if any(one.partner == partner and one.belongs_on(plan.day) for one in members(connection, body)):
            raise MeetingRefused("member_already")
        if partner not in guests(connection).get(meeting, {}):
            note_guest(connection, meeting, partner, None, by=user.display_name, now=now)
            raise_revision(connection, meeting)
        return plan.invited_at is not None


def take_back_invitation(store: Store, user: User, meeting: str, partner: str) -> bool:
    """Whether the meeting's invitation is out already. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        _, plan = _open(connection, user, meeting)
        forget_guest(connection, meeting, partner)
        raise_revision(connection, meeting)
        return plan.invited_at is not None


def _open(connection: Connection, user: User, meeting: str) -> tuple[int, Plan]:
    """Number of the body and plan of a meeting that is not closed, where this user runs the body."""
    plan, body = meeting_run_by(connection, user, meeting)
    if plan.state == "closed":
        raise MeetingRefused("closed")
    return body.id, plan
