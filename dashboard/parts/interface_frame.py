"""What stands around every view of the interface paper, and where a click in it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.context import Context
from dashboard.parts.findings import sentence
from dashboard.parts.head import show_head
from dashboard.parts.html import Markup, go, show, tag
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target
from dashboard.parts.views import VIEW, show_switch
from etl.rules.finding import Finding

Say = Callable[..., str]

#: The address of a step, of an organisation, of a question, and of a page of rows.
STEP, HOUSE, QUESTION, PAGE = "schritt", "organisation", "frage", "blatt"


def show_top(
    context: Context, picture: Picture, view: str, views: Sequence[str], found: Finding, legend: Markup | None = None
) -> None:
    """Headline, the switch between views, and what the view's signs mean."""
    say = context.say
    over = sourced(say("interface.over", **answers.counts(picture)), say, sum_target("interfaces"))
    show_head(context, over, sentence(found, say))
    with show_switch(context, "interface", views):
        if legend is not None:
            show(legend)


def step_target(code: str) -> str:
    return f"{STEP}:{code}"


def lead(context: Context, clicked: str | None, view: str = "papier") -> None:
    """A step leads to ``view``, a page of rows to that page, everything else where it always leads."""
    kind, _, code = (clicked or "").partition(":")
    if kind == PAGE:
        st.query_params[PAGE] = code
        st.rerun()
    if kind == STEP:
        context.open("zustaendigkeiten", **{VIEW: view, STEP: code})
    follow(context, clicked)


def pages(n: int, page: int, most: int, say: Say) -> Markup | None:
    """Which of ``n`` rows are shown, and the way to the others (a click reports ``blatt:<number>``)."""
    last = -(-n // most)
    if last < 2:
        return None
    first = (page - 1) * most + 1
    told = say("interface.page", first=first, last=min(n, first + most - 1), n=n)
    back = go(say("pages.back"), f"{PAGE}:{page - 1}", class_="rt-link") if page > 1 else None
    on = go(say("pages.on"), f"{PAGE}:{page + 1}", class_="rt-link") if page < last else None
    return tag("p", told, " ", back, " ", on, class_="rt-note")
