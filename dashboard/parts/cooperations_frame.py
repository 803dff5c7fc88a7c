"""What stands above every view of the cooperations: the finding, the way between the views, its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from dashboard.parts.context import Context
from dashboard.parts.downloads import Table, download
from dashboard.parts.head import show_head
from dashboard.parts.html import Markup, show
from dashboard.parts.traced import sourced, sum_target
from dashboard.parts.views import show_switch


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


def show_top(context: Context, view: str, views: Sequence[str], top: Top) -> None:
    """Headline, the switch between views, what the view's signs mean, and its table to take along."""
    say = context.say
    over = sourced(say(f"cooperations.over.{view}", **top.counts), say, sum_target(top.counted))
    show_head(context, over, top.found)
    with show_switch(context, "cooperations", views):
        if top.choose is not None:
            top.choose()
        if top.legend is not None:
            show(top.legend)
        if top.table is not None:
            download(top.table, f"kooperationen-{view}", context, top.audience)
