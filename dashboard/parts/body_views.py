"""Views of a body beside its own page: „Neu dabei“ and its agreements, for whoever may sign in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.parts.context import Context
from dashboard.parts.follow_up import show_agreements_of
from dashboard.parts.html import Markup, go, tag
from dashboard.parts.meeting_body import BODY
from dashboard.parts.meeting_frame import VIEW
from dashboard.parts.newcomer import show_newcomer
from dashboard.parts.switches import switch
from etl.rules.meeting import Body

Say = Callable[..., str]

#: What a click on ``ways_of`` reports begins with.
WAY = "gremiumansicht:"
#: The body's own page first; wording ``body.view.<code>``.
_VIEWS = ("gremium", "neu", "vereinbarungen")


def show_body_view(context: Context, body: Body) -> bool:
    """The way between a body's views and, where the address names one of ours, that one; False: the body's own page."""
    with st.container(key="rt-body-views"):
        chosen = switch(context.say("body.views"), VIEW, _VIEWS, lambda code: context.say(f"body.view.{code}"))
    shown = _SHOWN.get(chosen)
    if shown is not None:
        shown(context, body)
    return shown is not None


def ways_of(body: Body, overdue: int, say: Say) -> Markup:
    """For a list of bodies: how many of its agreements are late, and the page for who is new."""
    late = go(say("follow.list.overdue", n=overdue), f"{WAY}vereinbarungen:{body.id}", class_="rt-go rt-link")
    new = go(say("body.view.neu"), f"{WAY}neu:{body.id}", label=f": {body.name}", class_="rt-go rt-link")
    return tag("p", late, " · ", new, class_="rt-note")


def follow_way(context: Context, clicked: str) -> None:
    """Turn to what was clicked in ``ways_of``."""
    view, _, number = clicked.removeprefix(WAY).partition(":")
    context.open("sitzung", **{BODY: number, VIEW: view})


_SHOWN: dict[str, Callable[[Context, Body], None]] = {"neu": show_newcomer, "vereinbarungen": show_agreements_of}
