"""What stands above every view of the ideas: the finding, the way between the views."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.parts.context import Context
from dashboard.parts.head import show_head
from dashboard.parts.html import Content
from dashboard.parts.views import show_switch

#: Name in the address: the idea one comes from or was led to.
IDEA = "idee"


def show_top(context: Context, views: Sequence[str], over: Content, found: Content) -> None:
    """Headline and the switch between views."""
    show_head(context, over, found)
    show_switch(context, "idea", views)
