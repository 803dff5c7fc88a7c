"""Beside free text that others will read: nothing about a single client belongs there."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.parts.blocks import note
from dashboard.parts.html import Content, Markup, joined

Say = Callable[..., str]


def no_clients(say: Say, told: Content = None) -> Markup:
    """A muted line below the field, behind what is ``told`` there already. What is refused when it is stored is the
    business of ``etl.pipeline.single_clients``."""
    asks = say("word.no_clients")
    return note(joined([told, " ", asks]) if told is not None else asks)
