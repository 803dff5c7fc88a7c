"""A body in its views: its own page, „Neu dabei“, its agreements, who is missing; or a new meeting of it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.bodies import body_view
from dashboard.answers.meetings import meeting_views
from dashboard.parts import meeting_body, meeting_planning
from dashboard.parts.context import Context
from dashboard.parts.follow_up import show_agreements_of
from dashboard.parts.missing import SEATS, show_missing_at
from dashboard.parts.newcomer import show_newcomer
from dashboard.parts.switches import switch
from dashboard.parts.views import VIEW
from etl.rules.meeting import Body

#: The body's own page first; wording ``body.view.<code>``.
_VIEWS = ("gremium", "neu", "vereinbarungen", SEATS)


def show_body(context: Context) -> bool:
    """The body the address names in one of its views, or a new meeting of it; False where it names none."""
    new = st.query_params.get(meeting_planning.NEW)
    asked = new or st.query_params.get(meeting_body.BODY, "")
    number = int(asked[:9]) if asked.isascii() and asked.isdigit() else 0
    view = body_view(context.store, context.picture(), context.user, number) if number else None
    if view is None:
        return False
    if new and view.runs:
        meeting_planning.show_new(context, view)
        return True
    with st.container(key="rt-body-views"):
        chosen = switch(context.say("body.views"), VIEW, _VIEWS, lambda code: context.say(f"body.view.{code}"))
    if chosen in _SHOWN:
        _SHOWN[chosen](context, view.body)
    else:
        meetings = meeting_views(context.store, context.picture(), context.user, context.now)
        own = tuple(one for one in meetings if one.body is not None and one.body.id == number)
        meeting_body.show_body(context, view, own)
    return True


_SHOWN: dict[str, Callable[[Context, Body], None]] = {
    "neu": show_newcomer,
    "vereinbarungen": show_agreements_of,
    SEATS: show_missing_at,
}
