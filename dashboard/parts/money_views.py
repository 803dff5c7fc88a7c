"""The views of Fördermittel: what each shows under the page's finding, with its headline."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.contacts import Viewer
from dashboard.answers.funding import all_source_rows, endings, funding_headline, sources, sources_finding
from dashboard.answers.funding_dates import dates_finding, due_dates
from dashboard.answers.money_checks import doubts_finding, may_see, money_doubts
from dashboard.answers.picture import Picture
from dashboard.answers.programmes import programme_rows, programmes_finding
from dashboard.answers.runout import loss_rows, runout_finding
from dashboard.answers.selection import VIEWS, Selection
from dashboard.parts import confirmations, filters, funding_dates, funding_sources, money_markup, programmes
from dashboard.parts import funding as tables
from dashboard.parts import runout as runs_out
from dashboard.parts.context import Context
from dashboard.parts.coverage_chart import show_course
from dashboard.parts.downloads import download
from dashboard.parts.html import clickable
from dashboard.parts.programme_form import programme_dialog
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sum_target
from etl.rules.finding import Finding

_AUDIENCE = "body"
_SHOWN, _PROGRAMME = "zeigen", "programm"
_OPEN, _ALL = "offen", "alle"
#: How the codes of headlines begin that hold money against need.
_BALANCE = ("finding.funding.gap", "finding.funding.covered")


def offered(context: Context) -> tuple[str, ...]:
    """What does not fit in a partner's list is not everybody's to read."""
    return VIEWS if may_see(viewer(context)) else tuple(view for view in VIEWS if view != "checks")


def viewer(context: Context) -> Viewer:
    return Viewer(context.role, context.user.partner)


def finding(view: str, context: Context, picture: Picture) -> Finding:
    """The view's headline."""
    own: dict[str, Callable[[], Finding]] = {
        "runout": lambda: runout_finding(picture),
        "sources": lambda: sources_finding(picture),
        "dates": lambda: dates_finding(picture),
        "programmes": lambda: programmes_finding(picture),
        "checks": lambda: doubts_finding(money_doubts(picture, viewer(context))),
    }
    return own[view]() if view in own else funding_headline(picture)


def counted(view: str, found: Finding) -> str:
    """What the view's headline ``found`` counts, to be asked „woher?“: of the chart both sides, unless its headline
    only says what ends."""
    if view == "course":
        return sum_target("balance" if found.code.startswith(_BALANCE) else "endings")
    return sum_target("runout" if view in ("runout", "programmes") else "fundings")


def beside(view: str, context: Context, picture: Picture) -> None:
    """What stands in the row of the views: what the chart rests on, or whether what is secured is shown too."""
    if view == "course":
        notes = money_markup.course_notes(picture, context.language, may_see(viewer(context)))
        follow(context, clickable(notes, key="foerdermittel-grundlage"))
    elif view == "runout":
        words = {code: context.say(f"runout.shown.{code}") for code in (_OPEN, _ALL)}
        switch(context.say("runout.shown"), _SHOWN, tuple(words), words.__getitem__)


def _course(context: Context, picture: Picture, selection: Selection) -> None:
    show_course(picture, context.language)
    listed, more, ways = money_markup.endings_markup(picture, context.language)
    follow(context, clickable(listed, key="foerdermittel-endet"))
    with st.container(key="rt-below", horizontal=True, vertical_alignment="center"):
        clicked = clickable(more, key="foerdermittel-weitere") if more else None
        follow(context, clickable(ways, key="foerdermittel-quellen-des-verlaufs"))
        rows = tables.endings_download(lambda: endings(picture), context.say, context.language)
        download(rows, "foerdermittel-was-wann-endet", context, _AUDIENCE)
    if clicked:
        filters.change(view="runout")
        st.rerun()


def _runout(context: Context, picture: Picture, selection: Selection) -> None:
    secured = asked(_SHOWN, (_OPEN, _ALL)) == _ALL
    decides = may_see(viewer(context))
    shown = money_markup.runout_markup(picture, context.language, secured, selection.page, decides)
    clicked = clickable(shown, key="foerdermittel-auslauf")
    rows = runs_out.losses_download(lambda: loss_rows(picture), context.say, context.language)
    download(rows, "foerdermittel-was-auslaeuft", context, _AUDIENCE)
    kind, _, number = (clicked or "").partition(":")
    if kind == "programm":
        filters.change(view="programmes")
        st.query_params[_PROGRAMME] = number
        st.rerun()
    _on(context, clicked)


def _sources(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    funding_sources.source_filters(sources(picture, selection), say, language)
    clicked = clickable(money_markup.sources_markup(picture, language, selection), key="foerdermittel-quellen")
    rows = funding_sources.sources_download(lambda: all_source_rows(picture, selection), say, language)
    download(rows, "foerdermittel-alle-quellen", context, _AUDIENCE)
    confirmations.show_confirm_of_kind(context, "funding")
    _on(context, clicked)


def _dates(context: Context, picture: Picture, selection: Selection) -> None:
    shown = money_markup.dates_markup(picture, context.language, selection.page)
    clicked = clickable(shown, key="foerdermittel-termine")
    rules = picture.thresholds
    rows = funding_dates.dates_download(lambda: due_dates(picture), rules, context.say, context.language)
    download(rows, "foerdermittel-termine", context, _AUDIENCE)
    _on(context, clicked)


def _programmes(context: Context, picture: Picture, selection: Selection) -> None:
    say, office = context.say, context.is_office and not context.as_shown
    chosen = st.query_params.get(_PROGRAMME, "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
    shown = money_markup.programmes_markup(picture, context.language, selection.page, number, office)
    clicked = clickable(shown, key="foerdermittel-programme")
    if office and st.button(say("programme.add"), key="programme-add"):
        programme_dialog(context, None)
    rows = programmes.programmes_download(lambda: programme_rows(picture), say, context.language)
    download(rows, "foerdermittel-programme", context, _AUDIENCE)
    kind, _, wanted = (clicked or "").partition(":")
    entered = next((p for p in picture.programmes if kind == "programm" and str(p.id) == wanted), None)
    if entered is not None and office:
        programme_dialog(context, entered)
    _on(context, clicked)


def _checks(context: Context, picture: Picture, selection: Selection) -> None:
    shown = money_markup.checks_markup(picture, context.language, viewer(context))
    follow(context, clickable(shown, key="foerdermittel-zu-pruefen"))


def _on(context: Context, clicked: str | None) -> None:
    """Another page of rows, or where else the click leads."""
    filters.turn_page(clicked)
    follow(context, clicked)


SHOW: dict[str, Callable[[Context, Picture, Selection], None]] = {
    "course": _course,
    "runout": _runout,
    "sources": _sources,
    "dates": _dates,
    "programmes": _programmes,
    "checks": _checks,
}
