"""Who may do what about a body and its meetings; asked anew whenever something is shown or stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from etl.model.accounts import User
from etl.rules.meeting import Body, Plan


def runs(user: User, body: Body) -> bool:
    """The office runs every body; a partner the one it runs has the office's rights for that body alone."""
    return user.role == "coordinator" or (
        user.role == "partner" and user.partner is not None and user.partner == body.run_by
    )


def presents(user: User, body: Body, roles: Mapping[str, frozenset[str]]) -> bool:
    """``roles``: see ``etl.model.meetings.meeting_roles``."""
    return runs(user, body) or "presenter" in roles.get(user.username, ())


def records(user: User, body: Body, roles: Mapping[str, frozenset[str]]) -> bool:
    return runs(user, body) or "recorder" in roles.get(user.username, ())


def sees_papers(user: User, body: Body, plan: Plan, now: dt.datetime) -> bool:
    """Whoever runs the body always; leadership from the moment the papers are shown to it; all others once invited."""
    if runs(user, body) or (plan.invited_at is not None and plan.invited_at <= now):
        return True
    shown = plan.shown_to_leadership
    return user.role == "leadership" and shown is not None and shown <= now
