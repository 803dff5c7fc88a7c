"""Zuständigkeiten: who is responsible for which step, whom one hands over to, and what is open about it."""

from __future__ import annotations

from functools import partial

from dashboard.parts import interface_own
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.empty import nothing_yet
from dashboard.parts.interface_answer import show_asking
from dashboard.parts.interface_lines import Writers, show_lines
from dashboard.parts.interface_matrix import show_matrix
from dashboard.parts.interface_open import show_open
from dashboard.parts.interface_steps import show_steps
from dashboard.parts.views import View, show_views
from dashboard.reports.interface_paper import Wanted, interface_docx, interface_pdf, interface_xlsx


def _wanted(context: Context, contacts: bool) -> Wanted:
    return Wanted(context.picture(), context.network.name, viewer_of(context), context.language, contacts)


_WRITERS: Writers = {
    "docx": lambda context, contacts: interface_docx(_wanted(context, contacts)),
    "pdf": lambda context, contacts: interface_pdf(_wanted(context, contacts)),
    "xlsx": lambda context, contacts: interface_xlsx(_wanted(context, contacts)),
}


def _changes_steps(context: Context) -> bool:
    return context.is_office and not context.as_shown


#: The views in the order of their switch; the first is shown where the address names none.
VIEWS: tuple[View, ...] = (
    View("fragen", show_asking),
    View("matrix", show_matrix),
    View("papier", partial(show_lines, writers=_WRITERS)),
    View("offen", show_open),
    View("zeilen", interface_own.show_own, interface_own.has_own),
    View("schritte", show_steps, _changes_steps),
)


def render(context: Context) -> None:
    interface_own.carry_out(context)
    picture = context.picture()
    if picture.facts.interfaces:
        show_views(context, picture, VIEWS)
    else:
        nothing_yet(context, "zustaendigkeiten")
