"""Kooperationen: the partners at the table, by field of action, what is agreed, whom to ask."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import cooperations as answers
from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.parts import confirmations, contacts, erasing, matrix
from dashboard.parts import cooperations as parts
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable
from dashboard.parts.round_table import round_table_markup
from dashboard.parts.targets import follow


def render(context: Context) -> None:
    confirmations.carry_out(context)
    erasing.carry_out(context)
    picture = context.picture()
    if not picture.facts.partners:
        nothing_yet(context, "kooperationen")
        return
    show_view = {"tisch": _table, "felder": _fields, "vereinbarungen": _agreements, "kontakte": _contacts}
    show_view[parts.asked_view(context)](context, picture)


def _table(context: Context, picture: Picture) -> None:
    say, shown = context.say, answers.round_table(picture, parts.chosen_partner())
    found = sentence(answers.table_headline(picture), say)
    parts.show_top(context, "tisch", found, answers.counts(picture), parts.lines_download(shown, say))
    left, right = st.columns([2.9, 1], gap="large")
    with right:
        parts.choose_partner(shown, say)
        listed = clickable(parts.together_markup(shown, say), key="cooperations-together")
    with left:
        seat = clickable(round_table_markup(shown, say), key="cooperations-table")
    follow(context, listed)
    if seat or parts.is_partner(shown, listed):
        parts.take_partner(seat or listed)
        st.rerun()


def _fields(context: Context, picture: Picture) -> None:
    say, shown = context.say, answers.matrix(picture)
    found = sentence(answers.matrix_headline(picture), say)
    parts.show_top(context, "felder", found, answers.counts(picture), matrix.matrix_download(shown, say))
    follow(context, clickable(matrix.matrix_markup(shown, say), key="cooperations-matrix"))


def _agreements(context: Context, picture: Picture) -> None:
    say, rows = context.say, answers.agreements(picture)
    found = sentence(answers.table_headline(picture), say)
    table = parts.agreements_download(rows, say, context.language)
    parts.show_top(context, "vereinbarungen", found, answers.counts(picture), table)
    shown = parts.agreements_markup(rows, say, context.language)
    clicked = clickable(shown, key="cooperations-agreements")
    confirmations.show_confirm_of_kind(context, "cooperation")
    follow(context, clicked)


def _contacts(context: Context, picture: Picture) -> None:
    say, viewer = context.say, Viewer(context.role, context.user.partner)
    shown = contact_list(picture, viewer)
    found = say("cooperations.contacts.headline", n=len(shown.rows))
    parts.show_top(context, "kontakte", found, answers.counts(picture), contacts.contacts_download(shown, say))
    show_told(context)
    fragile = contacts.fragile_markup(answers.fragile_links(picture, viewer), say)
    follow(context, clickable(fragile, key="cooperations-fragile") if fragile else None)
    follow(context, clickable(contacts.contacts_markup(shown, say), key="cooperations-contacts"))
    erasing.show_erasing(context, shown)
