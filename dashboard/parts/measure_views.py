"""The list of measures with its timeline, and one measure with everything known about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from dashboard.answers.measure_page import MeasurePage
from dashboard.answers.measures import ORDERS, Order, all_rows, measure_choices, measure_list, measures_headline
from dashboard.answers.picture import Picture
from dashboard.answers.results import assessments
from dashboard.parts import confirmations, filters, sharing
from dashboard.parts import measure_page as one
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.downloads import download
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, clickable
from dashboard.parts.measure_history import history_markup
from dashboard.parts.measures import measure_download, measure_filters, measure_over, measure_table
from dashboard.parts.offers_frame import SIGHT, show_switches
from dashboard.parts.switches import asked
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target


def show_list(context: Context, picture: Picture, views: Sequence[str]) -> None:
    selection, say = filters.selected(), context.say
    order = cast(Order, asked(SIGHT, ORDERS))
    shown = drawn(picture, "measure_list", lambda: measure_list(picture, selection, order), selection, order)
    over: Content = measure_over(shown, say)
    if not selection.filters:
        over = sourced(over, say, sum_target("measures"))
    head = clickable(headline(over, sentence(measures_headline(picture, selection), say)), key="kopf")
    show_switches(context, views, ORDERS)
    measure_filters(measure_choices(picture), say)
    language = context.language
    table = drawn(picture, "measures", lambda: measure_table(shown, say, language), language, selection, order)
    clicked = clickable(table, key="massnahmen")
    rows = measure_download(lambda: list(all_rows(picture, selection, order)), say, context.language)
    download(rows, "massnahmen", context, "body")
    filters.turn_page(clicked)
    if clicked == "liste":
        context.open("massnahmen")
    filters.open_measure(clicked)
    follow(context, head or clicked)


def show_one(context: Context, page: MeasurePage) -> None:
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
    with st.container(horizontal=True, vertical_alignment="center", key="measure-files"):
        download(one.facts_download(page, say, language), one.short_title(page.measure), context, "internal")
        sharing.way_in(context)
    links = clickable(one.links_markup(page, say, language), key="massnahme-verbindungen")
    history = clickable(history_markup(page, say, language), key="massnahme-verlauf")
    if above == "liste" and page.chosen:
        filters.show_list()
    elif above == "liste":
        context.open("massnahmen")
    filters.open_measure(above)
    follow(context, above or head or rated or run or goals or facts or links or history)
