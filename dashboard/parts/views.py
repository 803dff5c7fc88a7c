"""A page in several views: which one the address names, and the switch between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers.picture import Picture
from dashboard.parts.context import Context
from dashboard.parts.html import show, tag
from dashboard.parts.switches import asked, switch

#: Name in the address of the view that is shown.
VIEW = "ansicht"


def everyone(_: Any) -> bool:
    return True


class View(NamedTuple):
    """A view of a page: its code in the address (wording ``<page>.view.<code>``), what shows it, given the codes of all
    views offered, and to whom it is offered."""

    code: str
    show: Callable[[Context, Picture, Sequence[str]], None]
    offered: Callable[[Context], bool] = everyone


def show_views(context: Context, picture: Picture, views: Sequence[View]) -> None:
    """The view the address names; one that nobody is offered, or none, is the first one."""
    offered = {view.code: view for view in views if view.offered(context)}
    not_yours(context, [view.code for view in views], tuple(offered))
    offered[asked(VIEW, tuple(offered))].show(context, picture, tuple(offered))


def not_yours(context: Context, known: Sequence[str], offered: Sequence[str]) -> None:
    """Say so where the address names a view of the page that this viewer is not offered."""
    named = st.query_params.get(VIEW)
    if named in known and named not in offered:
        show(tag("p", context.say("views.not_yours"), class_="rt-told", role="status"))


def show_switch(context: Context, page: str, views: Sequence[str]) -> DeltaGenerator:
    """The switch between views (wording ``<page>.views``); its row, in which more may follow."""
    say = context.say
    row = st.container(horizontal=True, vertical_alignment="center", key=f"{page}-controls")
    with row:
        switch(say(f"{page}.views"), VIEW, views, lambda code: say(f"{page}.view.{code}"))
    return row
