"""The views of the page about cooperations, one function each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import cooperation_list, cooperation_table, presence
from dashboard.answers import cooperations as answers
from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.cooperation_choice import cooperation_choices
from dashboard.answers.picture import Picture
from dashboard.answers.presence import Matrix
from dashboard.parts import agreements, confirmations, contacts, erasing, filters, matrix
from dashboard.parts import cooperations as parts
from dashboard.parts.context import Context
from dashboard.parts.cooperation_filters import EVERYONE, chosen_markup, forget_choice, show_filters
from dashboard.parts.cooperations_frame import Top, show_top
from dashboard.parts.drawn import drawn
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable, show
from dashboard.parts.round_table import round_table_markup
from dashboard.parts.switches import asked, switch
from dashboard.parts.targets import follow


def _filtering(context: Context, picture: Picture) -> Callable[[], None]:
    return lambda: show_filters(cooperation_choices(picture), context.say, context.language)


def _show_choice(context: Context) -> None:
    """What was chosen, and the way back to everything."""
    shown = chosen_markup(filters.selected(), context.say, context.language)
    if shown is not None and clickable(shown, key="cooperations-chosen") == EVERYONE:
        forget_choice()
        st.rerun()


def show_table(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, selection = context.say, filters.selected()
    grouping = asked("gruppen", cooperation_table.GROUPINGS)
    partner = parts.chosen_partner()
    choices = context.language, partner, selection, grouping
    shown = cooperation_table.round_table(picture, partner, selection, grouping)
    found = sentence(cooperation_table.headline(picture, selection), say)
    table = parts.lines_download(shown, say)
    top = Top(found, answers.counts(picture), table, choose=_filtering(context, picture))
    show_top(context, "tisch", views, top)
    _show_choice(context)
    left, right = st.columns([2.9, 1], gap="large")
    with right:
        parts.choose_partner(shown, say)
        if shown.grouping in cooperation_table.GROUPINGS and not (selection.kind or selection.field):
            by = cooperation_table.GROUPINGS
            switch(say("cooperations.grouped"), "gruppen", by, lambda name: say(f"cooperations.by.{name}"))
        show(parts.lines_key(shown, say))
        beside = drawn(picture, "beside", lambda: parts.beside_markup(shown, say), *choices)
        listed = clickable(beside, key="cooperations-together")
    with left:
        table_drawn = drawn(picture, "table", lambda: round_table_markup(shown, say), *choices)
        seat = clickable(table_drawn, key="cooperations-table")
    follow(context, listed)
    parts.take(shown, seat or listed)


def _show_matrix(context: Context, picture: Picture, views: Sequence[str], view: str, shown: Matrix) -> None:
    say = context.say
    headline = presence.goals_headline if view == "ziele" else presence.matrix_headline
    finding = drawn(picture, f"headline of {view}", lambda: headline(picture))
    table, choose = matrix.matrix_download(shown, say), _filtering(context, picture)
    top = Top(sentence(finding, say), answers.counts(picture), table, matrix.matrix_key(say), choose=choose)
    show_top(context, view, views, top)
    _show_choice(context)
    choices = context.language, view, filters.selected()
    inner = drawn(picture, "matrix", lambda: matrix.matrix_markup(shown, say), *choices)
    clicked = clickable(inner, key="cooperations-matrix")
    filters.turn_page(clicked)
    follow(context, clicked)


def show_fields(context: Context, picture: Picture, views: Sequence[str]) -> None:
    _show_matrix(context, picture, views, "felder", presence.field_matrix(picture, filters.selected()))


def show_goals(context: Context, picture: Picture, views: Sequence[str]) -> None:
    _show_matrix(context, picture, views, "ziele", presence.goal_matrix(picture, filters.selected()))


def show_agreements(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, found = context.say, cooperation_list.agreements(picture, filters.selected())
    table = agreements.agreements_download(found.every, say, context.language)
    headline = sentence(cooperation_list.agreements_headline(found), say)
    top = Top(headline, answers.counts(picture), table, choose=_filtering(context, picture))
    show_top(context, "vereinbarungen", views, top)
    _show_choice(context)
    choices = context.language, filters.selected()
    page = drawn(picture, "agreements", lambda: agreements.agreement_page(found, say, context.language), *choices)
    clicked = clickable(page, key="cooperations-agreements")
    filters.turn_page(clicked)
    confirmations.show_confirm_of_kind(context, "cooperation")
    follow(context, clicked)


def show_contacts(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, viewer = context.say, Viewer(context.role, context.user.partner)
    shown = drawn(picture, "contact_list", lambda: contact_list(picture, viewer), viewer)
    found = say("cooperations.contacts.headline", n=len(shown.rows))
    table = contacts.contacts_download(shown, say)
    top = Top(found, answers.counts(picture), table, counted="contacts", audience="internal")
    show_top(context, "kontakte", views, top)
    listed = drawn(picture, "contacts", lambda: contacts.contacts_markup(shown, say), context.language, viewer)
    follow(context, clickable(listed, key="cooperations-contacts"))
    erasing.show_erasing(context, picture, viewer)
