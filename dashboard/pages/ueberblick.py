"""Überblick: which goals are on track, what moved and why, what needs a decision, what runs out."""

from __future__ import annotations

from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.html import clickable
from dashboard.parts.overview import overview_page
from dashboard.parts.targets import follow


def render(context: Context) -> None:
    page = overview_page(context.picture(), context.is_office, context.language)
    if page is None:
        nothing_yet(context, "ueberblick")
        return
    headline, board_and_lists = page
    above, below = clickable(headline, key="kopf"), clickable(board_and_lists, key="ueberblick")
    follow(context, above or below)
