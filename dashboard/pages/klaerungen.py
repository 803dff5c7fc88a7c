"""Klärungen: what sources state differently, what may be reported twice, what belongs to nothing; the office
decides.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.answers.clarifications import Clarifications, clarifications
from dashboard.answers.to_check import check_list, values_to_check
from dashboard.answers.unassigned import VIEWS, Unassigned, unassigned, waiting_by_view
from dashboard.parts import clarifications as parts
from dashboard.parts import deliveries
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.contradictions import show_disputes
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import show
from dashboard.parts.same_twice import show_pairs
from dashboard.parts.switches import asked, switch
from dashboard.parts.to_check import asked_page, show_values
from dashboard.parts.unassigned import carry_out_assigning, show_unassigned


def render(context: Context) -> None:
    parts.carry_out(context)
    carry_out_assigning(context)
    picture = context.picture()
    if not picture.facts.partners:
        nothing_yet(context, "klaerungen")
        return
    viewer = parts.viewer_of(context)
    found = clarifications(picture, viewer)
    view = asked(parts.VIEW, parts.VIEWS)
    belonging = unassigned(picture, viewer, view) if view in VIEWS else None
    finding = belonging.finding if belonging is not None else found.finding
    words = sentence(finding, context.say)
    if view == "pruefen":
        words = context.say("clarify.check.headline", n=values_to_check(picture, viewer))
    show(headline(context.say(f"clarify.over.{view}"), words))
    parts.show_told(context)
    deliveries.show_told(context)
    _show(context, found, belonging, waiting_by_view(picture, viewer))


def _show(context: Context, found: Clarifications, belonging: Unassigned | None, elsewhere: Mapping[str, int]) -> None:
    checks = check_list(context.picture(), parts.viewer_of(context), asked_page())
    counts = {"widersprueche": len(found.disputes), "doppelt": len(found.pairs), "pruefen": checks.n, **elsewhere}
    words = {name: context.say(f"clarify.view.{name}", n=count) for name, count in counts.items()}
    chosen = switch(context.say("clarify.views"), parts.VIEW, parts.VIEWS, words.__getitem__)
    if belonging is not None:
        show_unassigned(context, belonging)
    elif chosen == "pruefen":
        show_values(context, checks)
    elif chosen == "doppelt":
        show_pairs(context, found)
    else:
        show_disputes(context, found)
