"""Zuständigkeiten: the interface paper, who is responsible for which step, and whom one hands over to."""

from __future__ import annotations

from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet


def render(context: Context) -> None:
    nothing_yet(context, "zustaendigkeiten")
