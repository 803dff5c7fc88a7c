"""Fördermittel: how long the money lasts, what runs out, all sources, dates, programmes, what does not fit."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.coverage import course
from dashboard.parts import confirmations, filters, money_views
from dashboard.parts import funding as tables
from dashboard.parts.context import Context
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.head import show_head
from dashboard.parts.traced import sourced


def render(context: Context) -> None:
    confirmations.carry_out(context)
    picture, say = context.picture(), context.say
    if not picture.facts.fundings and not picture.programmes:
        nothing_yet(context, "foerdermittel")
        return
    selection, offered = filters.selected(), money_views.offered(context)
    view = selection.view if selection.view in offered else offered[0]
    found = money_views.finding(view, context, picture)
    over = sourced(tables.funding_over(view, course(picture), say), say, money_views.counted(view, found))
    show_head(context, over, sentence(found, say))
    with st.container(key="rt-above", horizontal=True, vertical_alignment="center"):
        filters.views(say("funding.views"), offered, lambda code: say(f"funding.view.{code}"))
        money_views.beside(view, context, picture)
    money_views.SHOW[view](context, picture, selection)
