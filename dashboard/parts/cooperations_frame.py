"""What stands around every view of the cooperations: the finding, the way between the views, its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from dashboard.answers.picture import Picture
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.downloads import Table, download
from dashboard.parts.html import Markup, clickable, show
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target

VIEW = "ansicht"


def everyone(_: Context) -> bool:
    return True


class View(NamedTuple):
    """A view of the cooperations: its code in the address (wording ``cooperations.view.<code>``), what shows it, given
    the codes of all views offered for ``show_top``, and to whom it is offered."""

    code: str
    show: Callable[[Context, Picture, Sequence[str]], None]
    offered: Callable[[Context], bool] = everyone


class Top(NamedTuple):
    """What stands above a view: ``counts`` fill ``cooperations.over.<code>``, whose figures come from ``counted`` (what
    ``sum_target`` is given), ``choose`` shows further controls beside the switch."""

    found: str
    counts: Mapping[str, int]
    table: Table | None = None
    legend: Markup | None = None
    counted: str = "cooperations"
    audience: str = "body"
    choose: Callable[[], None] | None = None


def show_views(context: Context, picture: Picture, views: Sequence[View]) -> None:
    """The view the address names; one that nobody is offered, or none, is the first one."""
    offered = {view.code: view for view in views if view.offered(context)}
    offered[asked(VIEW, tuple(offered))].show(context, picture, tuple(offered))


def show_top(context: Context, view: str, views: Sequence[str], top: Top) -> None:
    """Headline, the switch between views, what the view's signs mean, and its table to take along."""
    say = context.say
    over = sourced(say(f"cooperations.over.{view}", **top.counts), say, sum_target(top.counted))
    follow(context, clickable(headline(over, top.found), key="kopf"))
    show_told(context)
    with st.container(horizontal=True, vertical_alignment="center", key="cooperations-controls"):
        switch(say("cooperations.views"), VIEW, views, lambda name: say(f"cooperations.view.{name}"))
        if top.choose is not None:
            top.choose()
        if top.legend is not None:
            show(top.legend)
        if top.table is not None:
            download(top.table, f"kooperationen-{view}", context, top.audience)
