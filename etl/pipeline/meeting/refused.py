"""What every transaction about bodies and meetings may answer, and what it asks first."""

from __future__ import annotations

from collections.abc import Iterable

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.meetings import plan_of
from etl.model.store import Connection
from etl.pipeline.meeting import rights
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.rules.meeting import Body, Plan


class MeetingRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, not_there, without_name, taken, single_client, changed_since,
    no_such_partner, no_such_user, own_deputy, no_such_time, no_minutes, deadline_after, closed, leadership_first,
    invited_before, too_long or no_such_day."""

    sentences = "meeting.refused."


def body_run_by(connection: Connection, user: User, number: int) -> Body:
    """The body, where this user runs it. Raises ``MeetingRefused`` (not_there, not_allowed)."""
    body = body_of(connection, number)
    if body is None:
        raise MeetingRefused("not_there")
    if not rights.runs(user, body):
        raise MeetingRefused("not_allowed", body.name)
    return body


def meeting_run_by(connection: Connection, user: User, key: str) -> tuple[Plan, Body]:
    """The planned meeting, where this user runs its body. Raises ``MeetingRefused`` (not_there, not_allowed)."""
    plan = plan_of(connection, key)
    if plan is None:
        raise MeetingRefused("not_there", key)
    return plan, body_run_by(connection, user, plan.body)


def refuse_clients(texts: Iterable[object]) -> None:
    """Raises ``MeetingRefused`` (single_client) where one of the texts tells of a single client."""
    if tells_of_client(texts):
        raise MeetingRefused("single_client")
