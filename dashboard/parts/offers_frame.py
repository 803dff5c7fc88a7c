"""What stands around the views of the measures: the finding, the way between the views, by provider or by effect."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

import streamlit as st

from dashboard.answers.overlaps import SIGHTS, Sight
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.downloads import Table, download
from dashboard.parts.html import Content, clickable
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow

VIEW, SIGHT, PAGE = "ansicht", "sicht", "seite"


class View(NamedTuple):
    """A view of the measures: its code in the address (wording ``offers.view.<code>``), and what shows it, given the
    codes of all views for ``show_top`` or ``show_switches``."""

    code: str
    show: Callable[[Context, Sequence[str]], None]


class Top(NamedTuple):
    """What stands above a view: the muted line, the finding, its table to take along."""

    over: Content
    found: str
    table: Table | None = None
    audience: str = "body"


def show_views(context: Context, views: Sequence[View]) -> None:
    """The view the address names; one that is none, or no name, is the first one."""
    codes = tuple(view.code for view in views)
    dict(views)[asked(VIEW, codes)](context, codes)


def sight() -> Sight:
    """By effect or by provider, as the address says."""
    return cast(Sight, asked(SIGHT, SIGHTS))


def page_of_rows() -> int:
    """The page of rows the address asks for, from 1."""
    said = st.query_params.get(PAGE, "1")
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 7 else 1


def turn_page(clicked: str | None) -> None:
    """Show the page of rows that was clicked (``blatt:<number>``); the other choices stay."""
    kind, _, number = (clicked or "").partition(":")
    if kind == "blatt":
        st.query_params[PAGE] = number
        st.rerun()


def show_switches(context: Context, views: Sequence[str], sights: Sequence[str] = SIGHTS) -> None:
    """Which view, and by provider or by effect; on a phone one below the other."""
    say = context.say
    switch(say("offers.views"), VIEW, views, lambda code: say(f"offers.view.{code}"))
    switch(say("offers.sights"), SIGHT, sights, lambda code: say(f"offers.sight.{code}"))


def show_top(context: Context, view: str, views: Sequence[str], top: Top) -> None:
    """Headline, switches, and the view's table."""
    follow(context, clickable(headline(top.over, top.found), key="kopf"))
    show_told(context)
    with st.container(horizontal=True, vertical_alignment="center", key="offers-controls"):
        show_switches(context, views)
        if top.table is not None:
            download(top.table, f"massnahmen-{view}", context, top.audience)
