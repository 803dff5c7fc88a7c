"""Fördermittel: how long the money lasts, what ends when, all sources, the dates that are due."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.coverage import course
from dashboard.answers.funding import all_source_rows, endings, funding_headline, sources
from dashboard.answers.funding_dates import due_dates
from dashboard.answers.picture import Picture
from dashboard.answers.selection import VIEWS, Selection
from dashboard.parts import confirmations, deliveries, filters, funding_dates, funding_sources
from dashboard.parts import funding as tables
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.coverage_chart import show_course
from dashboard.parts.downloads import download
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target

_ROWS_BELOW_THE_CHART = 4
_AUDIENCE = "body"


def render(context: Context) -> None:
    confirmations.carry_out(context)
    picture = context.picture()
    if not picture.facts.fundings:
        nothing_yet(context, "foerdermittel")
        return
    selection = filters.selected()
    over = sourced(tables.funding_over(course(picture), context.say), context.say, sum_target("endings"))
    follow(context, clickable(headline(over, sentence(funding_headline(picture), context.say)), key="kopf"))
    deliveries.show_told(context)
    with st.container(key="rt-above", horizontal=True, vertical_alignment="center"):
        view = filters.views(context.say("funding.views"), VIEWS, lambda code: context.say(f"funding.view.{code}"))
        if view == "course":
            follow(context, clickable(tables.course_notes(course(picture), context.say), key="foerdermittel-grundlage"))
    {"course": _course, "sources": _sources, "dates": _dates}[view](context, picture, selection)


def _course(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    found, shown = course(picture), endings(picture, _ROWS_BELOW_THE_CHART)
    show_course(found, picture, language)
    follow(context, clickable(tables.endings_table(shown, say, language), key="foerdermittel-endet"))
    with st.container(key="rt-below", horizontal=True, vertical_alignment="center"):
        more = tables.more_endings(shown, say)
        clicked = clickable(more, key="foerdermittel-weitere") if more else None
        follow(context, clickable(tables.chart_sources(say), key="foerdermittel-quellen-des-verlaufs"))
        rows = tables.endings_download(lambda: endings(picture), say, language)
        download(rows, "foerdermittel-was-wann-endet", context, _AUDIENCE)
    if clicked:
        filters.change(view="sources")
        st.rerun()


def _sources(context: Context, picture: Picture, selection: Selection) -> None:
    say, language = context.say, context.language
    found = sources(picture, selection)
    funding_sources.source_filters(found, say, language)
    sums = funding_sources.sums_markup(found, selection, say, language)
    follow(context, clickable(sums, key="foerdermittel-summen"))
    clicked = clickable(funding_sources.sources_table(found, say, language), key="foerdermittel-quellen")
    rows = funding_sources.sources_download(lambda: all_source_rows(picture, selection), say, language)
    download(rows, "foerdermittel-alle-quellen", context, _AUDIENCE)
    confirmations.show_confirm_of_kind(context, "funding")
    filters.turn_page(clicked)
    follow(context, clicked)


def _dates(context: Context, picture: Picture, selection: Selection) -> None:
    say, language, months = context.say, context.language, picture.thresholds.report_due_months
    dates = funding_dates.dates_table(due_dates(picture), months, say, language)
    follow(context, clickable(dates, key="foerdermittel-termine"))
    rows = funding_dates.dates_download(lambda: due_dates(picture), months, say, language)
    download(rows, "foerdermittel-termine", context, _AUDIENCE)
