"""Maßnahmen: the list, what is alike, what is missing, what there is for whom; ``?massnahme=KEY``: one measure."""

from __future__ import annotations

from dashboard.answers.measure_page import measure_page
from dashboard.parts import confirmations, filters, house_goals, overlaps, sharing
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.empty import nothing_yet
from dashboard.parts.measure_views import show_list, show_one
from dashboard.parts.offer_gaps import show_gaps
from dashboard.parts.offer_matrix import show_matrix
from dashboard.parts.views import View, show_views
from dashboard.reports.share_paper import share_file

#: The views in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("liste", show_list),
    View("aehnlich", overlaps.show_overlaps),
    View("luecken", show_gaps),
    View("angebote", show_matrix),
)


def render(context: Context) -> None:
    confirmations.carry_out(context)
    overlaps.carry_out(context)
    house_goals.carry_out(context)
    picture = context.picture()
    if not picture.facts.measures:
        nothing_yet(context, "massnahmen")
        return
    selection = filters.selected()
    page = measure_page(picture, selection.measure, viewer_of(context), selection) if selection.measure else None
    if page is None:
        show_views(context, picture, VIEWS)
    elif not sharing.show_shared(context, "measure", page.measure.key, share_file):
        show_one(context, page)
