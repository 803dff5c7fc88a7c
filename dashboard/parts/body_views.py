"""Views of a body beside its own page: „Neu dabei“ and its agreements, for whoever may sign in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.newcomer import body_numbered
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.follow_up import show_agreements_of
from dashboard.parts.html import show
from dashboard.parts.meeting_frame import VIEW
from dashboard.parts.newcomer import show_newcomer
from dashboard.parts.switches import switch
from etl.rules.meeting import Body

#: The name in the address.
BODY = "gremium"
#: The body's own page first; wording ``body.view.<code>``.
_VIEWS = ("gremium", "neu", "vereinbarungen")


def show_body_view(context: Context) -> bool:
    """The way between a body's views and, where the address names one of ours, that one; False: the body's own page."""
    said = st.query_params.get(BODY, "")
    body = body_numbered(context.store, int(said[:9])) if said.isascii() and said.isdigit() else None
    if body is None:
        return False
    with st.container(key="rt-body-views"):
        chosen = switch(context.say("body.views"), VIEW, _VIEWS, lambda code: context.say(f"body.view.{code}"))
    shown = _SHOWN.get(chosen)
    if shown is not None:
        shown(context, body)
    return shown is not None


def _agreements(context: Context, body: Body) -> None:
    show(headline(body.name, context.say("follow.over")))
    show_agreements_of(context, body)


_SHOWN: dict[str, Callable[[Context, Body], None]] = {"neu": show_newcomer, "vereinbarungen": _agreements}
