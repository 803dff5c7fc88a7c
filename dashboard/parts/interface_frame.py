"""What stands around every view of the interface paper, and where a click in it leads."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.cooperations_frame import VIEW
from dashboard.parts.deliveries import show_told
from dashboard.parts.findings import sentence
from dashboard.parts.html import Markup, clickable, show
from dashboard.parts.switches import switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target
from etl.rules.finding import Finding

#: The address of a step, of an organisation, and of a question.
STEP, HOUSE, QUESTION = "schritt", "organisation", "frage"


def show_top(
    context: Context, picture: Picture, view: str, views: Sequence[str], found: Finding, legend: Markup | None = None
) -> None:
    """Headline, the switch between views, and what the view's signs mean."""
    say = context.say
    over = sourced(say("interface.over", **answers.counts(picture)), say, sum_target("interfaces"))
    follow(context, clickable(headline(over, sentence(found, say)), key="kopf"))
    show_told(context)
    with st.container(horizontal=True, vertical_alignment="center", key="interface-controls"):
        switch(say("interface.views"), VIEW, views, lambda code: say(f"interface.view.{code}"))
        if legend is not None:
            show(legend)


def step_target(code: str) -> str:
    return f"{STEP}:{code}"


def lead(context: Context, clicked: str | None, view: str = "papier") -> None:
    """A step leads to ``view``, everything else where it always leads."""
    kind, _, code = (clicked or "").partition(":")
    if kind == STEP:
        context.open("zustaendigkeiten", **{VIEW: view, STEP: code})
    follow(context, clicked)
