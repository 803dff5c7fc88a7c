"""What a page opens with: its finding as the headline, and what is to be told once."""

from __future__ import annotations

from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.html import Content, clickable
from dashboard.parts.targets import follow


def show_head(context: Context, over: Content, found: Content, key: str = "kopf") -> None:
    """The muted line above the headline can be asked „woher?“; a click leads on."""
    follow(context, clickable(headline(over, found), key=key))
    show_told(context)
