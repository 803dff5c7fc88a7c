"""Ideen: what was collected under which challenge, how it is rated, what became of it; focus topics."""

from __future__ import annotations

from dashboard.parts import ideas_rating
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.focus import show_focus
from dashboard.parts.ideas_collected import show_collected
from dashboard.parts.ideas_rating import show_rating
from dashboard.parts.ideas_results import show_results
from dashboard.parts.views import View, show_views

#: The views in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("sammlung", show_collected),
    View("bewertung", show_rating),
    View("ergebnis", show_results),
    View("schwerpunkte", show_focus),
)


def render(context: Context) -> None:
    ideas_rating.carry_out(context)
    picture = context.picture()
    if picture.facts.partners or picture.facts.ideas:
        show_views(context, picture, VIEWS)
    else:
        nothing_yet(context, "ideen")
