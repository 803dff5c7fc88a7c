"""Where a click inside markup leads: targets read ``ziel:<key>``, ``massnahme:<key>``, ``sitzung:<key>``,
``idee:<key>``, ``seit:<meeting>:<group>``, ``seite:<page>`` or ``klaerung:<view>``, and ``woher:…`` or ``summe:…``
where a value or a sum is asked for its source.
"""

from __future__ import annotations

from dashboard.parts.context import Context
from dashboard.parts.trace_dialog import show_trace
from dashboard.parts.traced import SUM, VALUE


def goal_target(key: str) -> str:
    return f"ziel:{key}"


def measure_target(key: str) -> str:
    return f"massnahme:{key}"


def clarification_target(view: str) -> str:
    """A view of Klärungen."""
    return f"klaerung:{view}"


def meeting_target(key: str) -> str:
    return f"sitzung:{key}"


def since_target(meeting: str, group: str) -> str:
    """What changed before a meeting, with one group of it opened."""
    return f"seit:{meeting}:{group}"


def idea_target(key: str) -> str:
    return f"idee:{key}"


def page_target(page: str) -> str:
    return f"seite:{page}"


def follow(context: Context, target: str | None) -> None:
    """Turn to what was clicked, or tell where it comes from; does nothing where nothing was clicked."""
    kind, _, value = (target or "").partition(":")
    if kind == "ziel":
        context.open("ziele", ziel=value)
    elif kind == "massnahme":
        context.open("massnahmen", massnahme=value)
    elif kind == "klaerung":
        context.open("klaerungen", ansicht=value)
    elif kind == "sitzung":
        context.open("sitzung", sitzung=value)
    elif kind == "seit":
        meeting, _, group = value.partition(":")
        context.open("sitzung", sitzung=meeting, ansicht="seit", gruppe=group)
    elif kind == "idee":
        context.open("ideen", idee=value)
    elif kind == "seite":
        context.open(value)
    elif kind in (VALUE, SUM):
        show_trace(context, f"{kind}:{value}")
