"""Kooperationen: the partners at the table, by field of action, what is agreed, whom to ask."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import cooperations as answers
from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.parts import contacts, matrix
from dashboard.parts import cooperations as parts
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.downloads import download
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.html import clickable, show
from dashboard.parts.round_table import round_table_markup
from dashboard.parts.switches import asked, switch

_VIEWS = ("tisch", "felder", "vereinbarungen", "kontakte")


def render(context: Context) -> None:
    picture = context.picture()
    if not picture.facts.partners:
        nothing_yet(context, "kooperationen")
        return
    views = _VIEWS if context.sees_contacts else _VIEWS[:3]
    show_view = {"tisch": _table, "felder": _fields, "vereinbarungen": _agreements, "kontakte": _contacts}
    show_view[asked("ansicht", views)](context, picture, views)


def _top(context: Context, picture: Picture, views: tuple[str, ...], found: str, over: str, legend: object = None) -> None:
    """Headline and switch; the legend stands beside the switch."""
    facts = picture.facts
    say = context.say
    show(headline(say(over, partners=len(facts.partners), n=len(answers.agreements(picture))), found))
    with st.container(horizontal=True, vertical_alignment="center", key="cooperations-controls"):
        switch(say("cooperations.views"), "ansicht", views, lambda view: say(f"cooperations.view.{view}"))
        if legend is not None:
            show(legend)


def _table(context: Context, picture: Picture, views: tuple[str, ...]) -> None:
    say = context.say
    shown = answers.round_table(picture, parts.chosen_partner())
    _top(context, picture, views, sentence(answers.table_headline(picture), say), "cooperations.over", parts.legend(say))
    left, right = st.columns([3.6, 1], gap="large")
    with right:
        parts.choose_partner(shown, say)
        listed = clickable(parts.together_markup(shown, say), key="cooperations-together")
        download(parts.lines_download(shown, say), "kooperationen-paare", context, "body")
    with left:
        seat = clickable(round_table_markup(shown, say), key="cooperations-table")
    if seat or listed:
        parts.take_partner(seat or listed)
        st.rerun()


def _fields(context: Context, picture: Picture, views: tuple[str, ...]) -> None:
    say, shown = context.say, answers.matrix(picture)
    found = sentence(answers.matrix_headline(picture), say)
    _top(context, picture, views, found, "cooperations.over_fields", matrix.matrix_key(say))
    show(matrix.matrix_markup(shown, say))
    download(matrix.matrix_download(shown, say), "kooperationen-handlungsfelder", context, "body")


def _agreements(context: Context, picture: Picture, views: tuple[str, ...]) -> None:
    say, rows = context.say, answers.agreements(picture)
    _top(context, picture, views, sentence(answers.table_headline(picture), say), "cooperations.over_agreements")
    show(parts.agreements_markup(rows, say, context.language))
    download(parts.agreements_download(rows, say, context.language), "vereinbarungen", context, "body")


def _contacts(context: Context, picture: Picture, views: tuple[str, ...]) -> None:
    say, viewer = context.say, Viewer(context.role, context.user.partner)
    shown = contact_list(picture, viewer)
    _top(context, picture, views, say("cooperations.contacts.headline", n=len(shown.rows)), "cooperations.over_contacts")
    show(contacts.fragile_markup(answers.fragile_links(picture, viewer), say))
    show(contacts.contacts_markup(shown, say))
    download(contacts.contacts_download(shown, say), "kontakte", context, "internal")
