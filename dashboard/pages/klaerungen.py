"""Klärungen: what sources state differently, and what may be reported twice; the office decides."""

from __future__ import annotations

from dashboard.answers.clarifications import Clarifications, clarifications
from dashboard.parts import clarifications as parts
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.contradictions import show_disputes
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import show
from dashboard.parts.same_twice import show_pairs
from dashboard.parts.switches import asked, switch


def render(context: Context) -> None:
    parts.carry_out(context)
    picture = context.picture()
    if not picture.facts.partners:
        nothing_yet(context, "klaerungen")
        return
    found = clarifications(picture, parts.viewer_of(context))
    view = asked(parts.VIEW, parts.VIEWS)
    show(headline(context.say(f"clarify.over.{view}"), sentence(found.finding, context.say)))
    parts.show_told(context)
    _show(context, found)


def _show(context: Context, found: Clarifications) -> None:
    counts = {"widersprueche": len(found.disputes), "doppelt": len(found.pairs)}
    words = {name: context.say(f"clarify.view.{name}", n=count) for name, count in counts.items()}
    if switch(context.say("clarify.views"), parts.VIEW, parts.VIEWS, words.__getitem__) == "doppelt":
        show_pairs(context, found)
    else:
        show_disputes(context, found)
