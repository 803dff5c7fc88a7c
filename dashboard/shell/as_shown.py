"""Switches all pages to an earlier day as known then, keeps that while one moves about, and takes care that nothing is
changed meanwhile."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from dashboard.answers.as_shown import DAY, KNOWN, Shown, shown_from
from dashboard.parts.blocks import headline, note
from dashboard.parts.context import Context
from dashboard.parts.html import show, tag
from etl.model.store import Store
from etl.wording import say

_KEPT = "rt-as-shown"
_CHOSEN = "rt-as-shown-day"


def looking_back(context: Context) -> Context:
    """The context as the address, or what was chosen in this window, asks for it; the same where nothing does."""
    shown = _asked(context.day)
    if shown is None:
        return context

    def admit() -> Store:
        return context.admit().read_only()

    return replace(context, day=shown.day, known_on=shown.known_on, as_shown=True, admit=admit)


def _asked(today: dt.date) -> Shown | None:
    """The address counts; where a change of page has emptied it, what it said before."""
    if DAY in st.query_params:
        found = shown_from(st.query_params[DAY], st.query_params.get(KNOWN), today)
        st.session_state[_KEPT] = found
    else:
        found = st.session_state.get(_KEPT)
        if found is not None:
            for name, value in found.query.items():
                st.query_params[name] = value
    return found


def show_line(context: Context) -> None:
    """Above every page: which day is shown, and the way back."""
    if not context.as_shown:
        return
    with st.container(key="rt-as-shown-line", horizontal=True, vertical_alignment="center"):
        day = tag("b", context.say("as_shown.line", day=context.day))
        show(tag("p", day, " · ", context.say("as_shown.no_change")))
        st.button(context.say("as_shown.back"), key="as-shown-back", type="tertiary", on_click=back_to_today)


def back_to_today() -> None:
    st.session_state.pop(_KEPT, None)
    for name in (DAY, KNOWN):
        st.query_params.pop(name, None)


def refuse(context: Context) -> None:
    """Instead of a page that works on what is there today."""
    show(headline(None, context.say("as_shown.only_today")), note(context.say("as_shown.only_today_why")))


def nothing_changes(language: str) -> None:
    """Instead of what would have been stored."""
    show(note(say(language, "as_shown.refused")))


def offer(language: str, today: dt.date) -> None:
    """In the account menu: choose a day."""
    st.session_state[_CHOSEN] = kept.day if (kept := st.session_state.get(_KEPT)) else None
    st.date_input(say(language, "as_shown.offer"), key=_CHOSEN, format="DD.MM.YYYY", max_value=today, on_change=_take)


def _take() -> None:
    day = st.session_state[_CHOSEN]
    back_to_today()
    if isinstance(day, dt.date):
        st.query_params[DAY] = day.isoformat()
