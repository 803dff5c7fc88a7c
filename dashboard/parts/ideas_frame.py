"""What stands around every view of the ideas: the finding, the way between the views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st

from dashboard.answers.picture import Picture
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.html import Content, clickable
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow

VIEW = "ansicht"
#: Name in the address: the idea one comes from or was led to.
IDEA = "idee"


def everyone(_: Context) -> bool:
    return True


class View(NamedTuple):
    """A view of the page: its code in the address (wording ``idea.view.<code>``), what shows it, given the codes of all
    views offered for ``show_top``, and to whom it is offered."""

    code: str
    show: Callable[[Context, Picture, Sequence[str]], None]
    offered: Callable[[Context], bool] = everyone


def show_views(context: Context, picture: Picture, views: Sequence[View]) -> None:
    """The view the address names; one that nobody is offered, or none, is the first one."""
    offered = {view.code: view for view in views if view.offered(context)}
    offered[asked(VIEW, tuple(offered))].show(context, picture, tuple(offered))


def show_top(context: Context, views: Sequence[str], over: Content, found: Content) -> None:
    """Headline and the switch between views."""
    follow(context, clickable(headline(over, found), key="kopf"))
    show_told(context)
    if len(views) > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="ideas-controls"):
            switch(context.say("idea.views"), VIEW, views, lambda name: context.say(f"idea.view.{name}"))
