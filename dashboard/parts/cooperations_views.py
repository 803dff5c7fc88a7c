"""The views of the page about cooperations, one function each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers import cooperations as answers
from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.parts import confirmations, contacts, erasing, matrix
from dashboard.parts import cooperations as parts
from dashboard.parts.context import Context
from dashboard.parts.cooperations_frame import Top, show_top
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable
from dashboard.parts.round_table import round_table_markup
from dashboard.parts.targets import follow


def show_table(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, shown = context.say, answers.round_table(picture, parts.chosen_partner())
    found = sentence(answers.table_headline(picture), say)
    top = Top(found, answers.counts(picture), parts.lines_download(shown, say), parts.lines_key(say))
    show_top(context, "tisch", views, top)
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


def show_fields(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, shown = context.say, answers.matrix(picture)
    found = sentence(answers.matrix_headline(picture), say)
    table = matrix.matrix_download(shown, say)
    show_top(context, "felder", views, Top(found, answers.counts(picture), table, matrix.matrix_key(say)))
    follow(context, clickable(matrix.matrix_markup(shown, say), key="cooperations-matrix"))


def show_agreements(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, rows = context.say, answers.agreements(picture)
    found = sentence(answers.table_headline(picture), say)
    table = parts.agreements_download(rows, say, context.language)
    show_top(context, "vereinbarungen", views, Top(found, answers.counts(picture), table))
    shown = parts.agreements_markup(rows, say, context.language)
    clicked = clickable(shown, key="cooperations-agreements")
    confirmations.show_confirm_of_kind(context, "cooperation")
    follow(context, clicked)


def show_contacts(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, viewer = context.say, Viewer(context.role, context.user.partner)
    shown = contact_list(picture, viewer)
    found = say("cooperations.contacts.headline", n=len(shown.rows))
    table = contacts.contacts_download(shown, say)
    top = Top(found, answers.counts(picture), table, counted="contacts", audience="internal")
    show_top(context, "kontakte", views, top)
    fragile = contacts.fragile_markup(answers.fragile_links(picture, viewer), say)
    follow(context, clickable(fragile, key="cooperations-fragile") if fragile else None)
    follow(context, clickable(contacts.contacts_markup(shown, say), key="cooperations-contacts"))
    erasing.show_erasing(context, shown)
