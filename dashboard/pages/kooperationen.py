"""Kooperationen: the partners at the table, by field of action, what is agreed, whom to ask."""

from __future__ import annotations

from dashboard.parts import confirmations, erasing, spots
from dashboard.parts.context import Context
from dashboard.parts.cooperations_views import (
    show_agreements,
    show_contacts,
    show_fields,
    show_goals,
    show_table,
)
from dashboard.parts.empty import nothing_yet
from dashboard.parts.missing import show_missing
from dashboard.parts.views import View, show_views

#: The views in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("tisch", show_table),
    View("felder", show_fields),
    View("ziele", show_goals),
    View("vereinbarungen", show_agreements),
    View("fragil", spots.show_spots, spots.offered),
    View("fehlt", show_missing),
    View("kontakte", show_contacts, lambda context: context.sees_contacts),
)


def render(context: Context) -> None:
    confirmations.carry_out(context)
    erasing.carry_out(context)
    spots.carry_out(context)
    picture = context.picture()
    if picture.facts.partners:
        show_views(context, picture, VIEWS)
    else:
        nothing_yet(context, "kooperationen")
