"""Organisation: where a partner stands, as it sees it and as others do. The office opens any partner's."""

from __future__ import annotations

from dashboard.answers.organisation import organisation, organisations
from dashboard.parts import organisation as parts
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.empty import nothing_yet
from dashboard.reports.own_figures import own_figures_workbook


def render(context: Context) -> None:
    parts.carry_out(context)
    picture, viewer = context.picture(), viewer_of(context)
    names = organisations(picture, viewer)
    partner = parts.chosen_partner(context, names)
    found = organisation(context.store, picture, viewer, partner, parts.seen_as()) if partner else None
    if found is None:
        nothing_yet(context, "organisation")
    else:
        parts.show_organisation(context, found, names, own_figures_workbook)
