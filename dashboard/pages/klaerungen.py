"""Klärungen: what sources state differently, and what may be reported twice; the office decides."""

from __future__ import annotations

from dashboard.answers.clarifications import Clarifications, clarifications
from dashboard.answers.to_check import check_list, values_to_check
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


def render(context: Context) -> None:
    parts.carry_out(context)
    picture = context.picture()
    if not picture.facts.partners:
        nothing_yet(context, "klaerungen")
        return
    found = clarifications(picture, parts.viewer_of(context))
    view = asked(parts.VIEW, parts.VIEWS)
    words = sentence(found.finding, context.say)
    if view == "pruefen":
        words = context.say("clarify.check.headline", n=values_to_check(picture, parts.viewer_of(context)))
    show(headline(context.say(f"clarify.over.{view}"), words))
    parts.show_told(context)
    deliveries.show_told(context)
    _show(context, found)


def _show(context: Context, found: Clarifications) -> None:
    checks = check_list(context.picture(), parts.viewer_of(context), asked_page())
    counts = {"widersprueche": len(found.disputes), "doppelt": len(found.pairs), "pruefen": checks.n}
    words = {name: context.say(f"clarify.view.{name}", n=count) for name, count in counts.items()}
    view = switch(context.say("clarify.views"), parts.VIEW, parts.VIEWS, words.__getitem__)
    if view == "pruefen":
        show_values(context, checks)
    elif view == "doppelt":
        show_pairs(context, found)
    else:
        show_disputes(context, found)
