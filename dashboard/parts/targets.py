"""Where a click inside markup leads: targets read ``ziel:<key>``, ``massnahme:<key>`` or ``seite:<page>``."""

from __future__ import annotations

from dashboard.parts.context import Context


def goal_target(key: str) -> str:
    return f"ziel:{key}"


def measure_target(key: str) -> str:
    return f"massnahme:{key}"


def page_target(page: str) -> str:
    return f"seite:{page}"


def follow(context: Context, target: str | None) -> None:
    """Turn to what was clicked; does nothing where nothing was."""
    kind, _, value = (target or "").partition(":")
    if kind == "ziel":
        context.open("ziele", ziel=value)
    elif kind == "massnahme":
        context.open("massnahmen", massnahme=value)
    elif kind == "seite":
        context.open(value)
