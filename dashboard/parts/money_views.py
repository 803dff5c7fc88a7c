"""The views of Fördermittel: what each shows under the page's finding, with its headline."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.contacts import Viewer
from dashboard.answers.funding import all_source_rows, endings, funding_headline, sources
from dashboard.answers.funding_dates import dates_finding, due_dates
from dashboard.answers.money_checks import counted_twice, doubts_finding, may_see, money_doubts
from dashboard.answers.picture import Picture
from dashboard.answers.programmes import programme_rows, programmes_finding, waiting_gaps
from dashboard.answers.runout import lapsing, loss_rows, runout, runout_finding
from dashboard.answers.selection import VIEWS, Selection
from dashboard.parts import confirmations, filters, funding_dates, funding_sources, programmes
from dashboard.parts import funding as tables
from dashboard.parts import runout as runs_out
from dashboard.parts.blocks import note
from dashboard.parts.context import Context
from dashboard.parts.coverage_chart import show_course
from dashboard.parts.downloads import download
from dashboard.parts.html import clickable
from dashboard.parts.money_checks import doubts_markup
from dashboard.parts.programme_form import programme_dialog
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sum_target, traced
from etl.rules.finding import Finding

_ROWS_BELOW_THE_CHART = 4
_MOST_GAPS = 60
_AUDIENCE = "body"
_SHOWN, _PROGRAMME = "zeigen", "programm"


def offered(context: Context) -> tuple[str, ...]:
    """What does not fit in a partner's list is not everybody's to read."""
    return VIEWS if may_see(viewer(context)) else tuple(view for view in VIEWS if view != "checks")


def viewer(context: Context) -> Viewer:
    return Viewer(context.role, context.user.partner)


def finding(view: str, context: Context, picture: Picture) -> Finding:
    """The view's headline."""
    own: dict[str, Callable[[], Finding]] = {
        "runout": lambda: runout_finding(picture),
        "dates": lambda: dates_finding(picture),
        "programmes": lambda: programmes_finding(picture),
        "checks": lambda: doubts_finding(money_doubts(picture, viewer(context))),
    }
    return own[view]() if view in own else funding_headline(picture)


def counted(view: str) -> str:
    """What the view's headline counts, to be asked „woher?“."""
    return sum_target({"course": "endings", "runout": "runout", "programmes": "runout"}.get(view, "fundings"))


def show_course_view(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    shown = endings(picture, _ROWS_BELOW_THE_CHART)
    show_course(picture, language)
    follow(context, clickable(tables.endings_table(shown, say, language), key="foerdermittel-endet"))
    with st.container(key="rt-below", horizontal=True, vertical_alignment="center"):
        more = tables.more_endings(shown, say)
        clicked = clickable(more, key="foerdermittel-weitere") if more else None
        follow(context, clickable(tables.chart_sources(say), key="foerdermittel-quellen-des-verlaufs"))
        rows = tables.endings_download(lambda: endings(picture), say, language)
        download(rows, "foerdermittel-was-wann-endet", context, _AUDIENCE)
    if clicked:
        filters.change(view="runout")
        st.rerun()


def show_runout(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    secured = asked(_SHOWN, ("offen", "alle")) == "alle"
    found = runout(picture, secured=secured, page=selection.page)
    follow(context, clickable(runs_out.years_table(found.years, say, language), key="foerdermittel-jahre"))
    switch(say("runout.shown"), _SHOWN, ("offen", "alle"), lambda code: say(f"runout.shown.{code}"))
    clicked = clickable(runs_out.months_markup(found, say, language), key="foerdermittel-monate")
    lapses = runs_out.lapsing_table(lapsing(picture), say, language)
    if lapses is not None:
        follow(context, clickable(lapses, key="foerdermittel-verfall"))
    rows = runs_out.losses_download(lambda: loss_rows(picture), say, language)
    download(rows, "foerdermittel-was-auslaeuft", context, _AUDIENCE)
    filters.turn_page(clicked)
    _open_programme(clicked)
    follow(context, clicked)


def show_sources(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    found = sources(picture, selection)
    funding_sources.source_filters(found, say, language)
    sums = funding_sources.sums_markup(found, selection, say, language)
    follow(context, clickable(sums, key="foerdermittel-summen"))
    twice = counted_twice(picture, [entry.level for entry in found.sums])
    if twice:
        told = note(traced(say("money.counted_twice", n=twice), sum_target("fundings")))
        follow(context, clickable(told, key="foerdermittel-doppelt"))
    clicked = clickable(funding_sources.sources_table(found, say, language), key="foerdermittel-quellen")
    rows = funding_sources.sources_download(lambda: all_source_rows(picture, selection), say, language)
    download(rows, "foerdermittel-alle-quellen", context, _AUDIENCE)
    confirmations.show_confirm_of_kind(context, "funding")
    filters.turn_page(clicked)
    follow(context, clicked)


def show_dates(context: Context, picture: Picture, selection: Selection) -> None:
    say, language, rules = context.say, context.language, picture.thresholds
    dates = funding_dates.dates_table(due_dates(picture), rules, say, language)
    follow(context, clickable(dates, key="foerdermittel-termine"))
    rows = funding_dates.dates_download(lambda: due_dates(picture), rules, say, language)
    download(rows, "foerdermittel-termine", context, _AUDIENCE)


def show_programmes(context: Context, picture: Picture, selection: Selection) -> None:
    say, language, office = context.say, context.language, context.is_office and not context.as_shown
    rows, gaps = programme_rows(picture), waiting_gaps(picture)
    chosen = st.query_params.get(_PROGRAMME, "")
    number = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
    follow(context, clickable(programmes.gaps_table(gaps, _MOST_GAPS, say, language), key="foerdermittel-luecken"))
    listed = programmes.programmes_table(rows, number, say, language, office=office)
    clicked = clickable(listed, key="foerdermittel-programme")
    if office and st.button(say("programme.add"), key="programme-add"):
        programme_dialog(context, None)
    download(programmes.programmes_download(lambda: rows, say, language), "foerdermittel-programme", context, _AUDIENCE)
    kind, _, wanted = (clicked or "").partition(":")
    entered = next((row.programme for row in rows if kind == "programm" and str(row.programme.id) == wanted), None)
    if entered is not None and office:
        programme_dialog(context, entered)
    follow(context, clicked)


def show_checks(context: Context, picture: Picture, selection: Selection) -> None:
    found = money_doubts(picture, viewer(context))
    shown = doubts_markup(found, picture, context.say, context.language)
    follow(context, clickable(shown, key="foerdermittel-zu-pruefen"))


def _open_programme(target: str | None) -> None:
    kind, _, number = (target or "").partition(":")
    if kind == "programm":
        filters.change(view="programmes")
        st.query_params[_PROGRAMME] = number
        st.rerun()


SHOW: dict[str, Callable[[Context, Picture, Selection], None]] = {
    "course": show_course_view,
    "runout": show_runout,
    "sources": show_sources,
    "dates": show_dates,
    "programmes": show_programmes,
    "checks": show_checks,
}
