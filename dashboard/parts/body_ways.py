"""From a list of bodies to their agreements and to the page for who is new."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.parts.context import Context
from dashboard.parts.html import Markup, go, tag
from dashboard.parts.meeting_body import BODY
from dashboard.parts.views import VIEW
from etl.rules.meeting import Body

Say = Callable[..., str]

#: What a click on ``ways_of`` reports begins with.
WAY = "gremiumansicht:"


def ways_of(body: Body, overdue: int, say: Say) -> Markup:
    """How many of its agreements are late, and the page for who is new."""
    late = go(say("follow.list.overdue", n=overdue), f"{WAY}vereinbarungen:{body.id}", class_="rt-go rt-link")
    new = go(say("body.view.neu"), f"{WAY}neu:{body.id}", label=f": {body.name}", class_="rt-go rt-link")
    return tag("p", late, " · ", new, class_="rt-note rt-ways")


def follow_way(context: Context, clicked: str) -> None:
    """Turn to what was clicked in ``ways_of``."""
    view, _, number = clicked.removeprefix(WAY).partition(":")
    context.open("sitzung", **{BODY: number, VIEW: view})
