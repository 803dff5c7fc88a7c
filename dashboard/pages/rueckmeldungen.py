"""Rückmeldungen: send a table, see what was understood, accept it; what came so far."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.deliveries import deliveries_headline, delivery_row, delivery_rows, round_state
from dashboard.parts import confirmations, corrections, deliveries, folder, round_view
from dashboard.parts.blocks import headline, section
from dashboard.parts.clarifications import link_to_cases
from dashboard.parts.context import Context
from dashboard.parts.delivery_decision import show_decision
from dashboard.parts.delivery_gone import show_gone
from dashboard.parts.delivery_list import round_markup, show_accepted, show_list
from dashboard.parts.delivery_office import given_files, show_for_office, show_policy
from dashboard.parts.findings import sentence
from dashboard.parts.html import show
from dashboard.parts.provenance import show_sources
from dashboard.reports.link_letter import letters_for
from dashboard.reports.round_timeline import round_on_paper


def render(context: Context) -> None:
    deliveries.carry_out(context)
    confirmations.carry_out(context)
    corrections.carry_out(context)
    round_view.carry_out(context)
    folder.carry_out(context)
    if round_view.asked(context):
        picture, viewer = context.picture(), deliveries.viewer_of(context)
        round_view.show_round(
            context,
            lambda links, origin: letters_for(links, origin, context.network.name, context.language),
            lambda: round_on_paper(context.store, picture, viewer, context.network.name, context.language),
        )
        return
    wrong = corrections.asked(context)
    if wrong is not None:
        corrections.show_form(context, wrong, lambda: show_sources(context, wrong.record, wrong.name))
        return
    dropped = folder.asked(context)
    if dropped is not None:
        folder.show_folder(context, dropped)
        return
    files = [*deliveries.waiting(context), *given_files(context)]
    chosen = deliveries.chosen(files)
    if chosen is None:
        _start(context)
    else:
        show_decision(context, chosen, [file for file in files if file.id != chosen.id])


def _start(context: Context) -> None:
    picture, viewer = context.picture(), deliveries.viewer_of(context)
    rows = delivery_rows(context.store, picture, viewer)
    over = context.say("deliveries.start.over", n=len(rows))
    show(headline(over, sentence(deliveries_headline(picture), context.say)))
    deliveries.show_told(context)
    accepted = st.query_params.get(deliveries.ACCEPTED, "")
    if accepted.isascii() and accepted.isdigit():
        show_accepted(context, delivery_row(context.store, picture, viewer, int(accepted[:9])))
    show_for_office(context)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        show(section(context.say("deliveries.send")))
        deliveries.upload(context, folder.take)
        folder.show_folders(context)
        deliveries.show_waiting(context, folder.apart(context, deliveries.waiting(context)))
    with right:
        show(round_markup(round_state(picture, viewer), context.say))
        link_to_cases(context)
        round_view.show_way_in(context)
        confirmations.show_confirm_all(context)
        show_policy(context)
    show_gone(context)
    corrections.show_list(context)
    show_list(context, rows)
