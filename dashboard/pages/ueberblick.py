"""Überblick: which goals are on track, what moved and why, what needs a decision, what runs out."""

from __future__ import annotations

from dashboard.answers.overview import overview
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.html import clickable, show
from dashboard.parts.overview import overview_headline, overview_markup
from dashboard.parts.targets import follow


def render(context: Context) -> None:
    shown = overview(context.picture(), office=context.is_office)
    if shown is None:
        nothing_yet(context, "ueberblick")
        return
    show(overview_headline(shown, context.say))
    follow(context, clickable(overview_markup(shown, context.say, context.language), key="ueberblick"))
