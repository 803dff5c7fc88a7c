"""Maßnahmen: the list with its timeline, or with ``?massnahme=KEY`` everything known about one measure."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.measure_page import MeasurePage, measure_page
from dashboard.answers.measures import all_rows, measure_choices, measure_list, measures_headline
from dashboard.answers.results import assessments
from dashboard.parts import confirmations, filters
from dashboard.parts import measure_page as one
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told, viewer_of
from dashboard.parts.downloads import download
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, clickable
from dashboard.parts.measure_history import history_markup
from dashboard.parts.measures import measure_download, measure_filters, measure_over, measure_table
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target


def render(context: Context) -> None:
    confirmations.carry_out(context)
    picture = context.picture()
    if not picture.facts.measures:
        nothing_yet(context, "massnahmen")
        return
    selection = filters.selected()
    page = measure_page(picture, selection.measure, viewer_of(context), selection) if selection.measure else None
    if page is None:
        _list(context)
    else:
        _one(context, page)


def _list(context: Context) -> None:
    picture, selection, say = context.picture(), filters.selected(), context.say
    shown = measure_list(picture, selection)
    over: Content = measure_over(shown, say)
    if not selection.filters:
        over = sourced(over, say, sum_target("measures"))
    head = clickable(headline(over, sentence(measures_headline(picture, selection), say)), key="kopf")
    measure_filters(measure_choices(picture), say)
    clicked = clickable(measure_table(shown, say, context.language), key="massnahmen")
    rows = measure_download(lambda: list(all_rows(picture, selection)), say, context.language)
    download(rows, "massnahmen", context, "body")
    filters.turn_page(clicked)
    if clicked == "liste":
        context.open("massnahmen")
    filters.open_measure(clicked)
    follow(context, head or clicked)


def _one(context: Context, page: MeasurePage) -> None:
    say, language = context.say, context.language
    above = clickable(one.neighbours(page, say), key="massnahme-nachbarn")
    head = clickable(one.measure_headline(page, say), key="kopf")
    show_told(context)
    left, right = st.columns([1, 1.6], gap="large")
    with left:
        felt = assessments(context.store, page.measure.key, context.known_on)
        rated = clickable(one.proof(page, context.picture().thresholds, say, language, felt), key="massnahme-wertung")
        confirmations.show_confirm_one(context, page.measure.key)
    with right:
        run = clickable(one.run_markup(page, say, language), key="massnahme-laufzeit")
        goals = clickable(one.goals_markup(page, say), key="massnahme-ziele")
    facts = clickable(one.facts_markup(page, say, language), key="massnahme-angaben")
    download(one.facts_download(page, say, language), one.short_title(page.measure), context, "internal")
    links = clickable(one.links_markup(page, say, language), key="massnahme-verbindungen")
    history = clickable(history_markup(page, say, language), key="massnahme-verlauf")
    if above == "liste" and page.chosen:
        filters.show_list()
    elif above == "liste":
        context.open("massnahmen")
    filters.open_measure(above)
    follow(context, above or head or rated or run or goals or facts or links or history)
