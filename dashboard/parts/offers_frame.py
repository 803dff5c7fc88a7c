"""What stands around the views of the measures: the finding, the way between the views, by provider or by effect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers.overlaps import SIGHTS, Sight
from dashboard.parts.context import Context
from dashboard.parts.downloads import Table, download
from dashboard.parts.head import show_head
from dashboard.parts.html import Content
from dashboard.parts.switches import asked, switch
from dashboard.parts.views import show_switch

SIGHT, PAGE = "sicht", "seite"


class Top(NamedTuple):
    """What stands above a view: the muted line, the finding, its table to take along."""

    over: Content
    found: str
    table: Table | None = None
    audience: str = "body"


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


def show_switches(context: Context, views: Sequence[str], sights: Sequence[str] = SIGHTS) -> DeltaGenerator:
    """Which view, and by provider or by effect; on a phone one below the other. Their row."""
    say = context.say
    row = show_switch(context, "offers", views)
    with row:
        switch(say("offers.sights"), SIGHT, sights, lambda code: say(f"offers.sight.{code}"))
    return row


def show_top(context: Context, view: str, views: Sequence[str], top: Top) -> None:
    """Headline, switches, and the view's table."""
    show_head(context, top.over, top.found)
    with show_switches(context, views):
        if top.table is not None:
            download(top.table, f"massnahmen-{view}", context, top.audience)
