"""The dialog in which the office enters a funding programme or says what is true of it now."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import streamlit as st

from dashboard.answers.programmes import store_programme
from dashboard.answers.selection import LEVELS
from dashboard.parts.attempts import done
from dashboard.parts.context import Context
from dashboard.parts.deliveries import show_told
from dashboard.parts.html import plain_label, show
from dashboard.parts.no_clients import no_clients
from dashboard.parts.values import code_word
from etl.rules.programmes import APPLICANTS, Programme

_LONGEST_NAME, _LONGEST_NOTE = 400, 2000


def programme_dialog(context: Context, programme: Programme | None) -> None:
    shown = programme or Programme(0, "", "")
    title = context.say("programme.change" if shown.id else "programme.new")
    st.dialog(plain_label(title), width="large")(lambda: _form(context, shown))()


def _form(context: Context, one: Programme) -> None:
    say, key = context.say, f"programme-{one.id}"
    left, right = st.columns([3, 2])
    left.text_input(say("programme.column.title"), one.title, key=f"{key}-title", max_chars=_LONGEST_NAME)
    right.text_input(say("programme.column.funder"), one.funder, key=f"{key}-funder", max_chars=_LONGEST_NAME)
    _who(context, one, key)
    _terms(context, one, key)
    _when(context, one, key)
    st.text_area(say("programme.column.note"), one.note, key=f"{key}-note", height=80, max_chars=_LONGEST_NOTE)
    show(no_clients(say, say("programme.seen.what")))
    if one.id:
        st.checkbox(say("programme.field.ended"), one.ended, key=f"{key}-ended")
    if st.button(say("programme.save"), type="primary", key=f"{key}-save"):
        told, seen = _typed(one, key), one if one.id else None
        if done(
            lambda: store_programme(context.store, context.user, told, now=context.now, seen=seen),
            "programme.outcome.ended" if told.ended else "programme.outcome.saved",
            title=told.title,
        ):
            st.rerun()
    show_told(context)


def _who(context: Context, one: Programme, key: str) -> None:
    """Level, who may apply, which fields of action."""
    say, language = context.say, context.language
    titles = {field.key: field.title for field in context.picture().facts.fields_of_action}
    levels = ("", *LEVELS)
    first, second, third = st.columns(3)
    first.selectbox(
        say("programme.column.level"),
        levels,
        levels.index(one.level) if one.level in levels else 0,
        format_func=lambda code: code_word("funding.level", code, language) if code else say("funding.no_level"),
        key=f"{key}-level",
    )
    second.multiselect(
        say("programme.column.applicants"),
        APPLICANTS,
        [code for code in one.applicants if code in APPLICANTS],
        format_func=lambda code: say(f"programme.applicant.{code}"),
        placeholder=say("programme.applicants_all"),
        key=f"{key}-applicants",
    )
    third.multiselect(
        say("programme.column.fields"),
        list(titles),
        [one_field for one_field in one.fields if one_field in titles],
        format_func=titles.__getitem__,
        placeholder=say("programme.fields_all"),
        key=f"{key}-fields",
    )


def _terms(context: Context, one: Programme, key: str) -> None:
    """What is out of bounds is refused when it is saved: a number field would say so in English and store the rest."""
    say = context.say
    first, second, third, fourth = st.columns(4)
    share = float(one.own_share) if one.own_share is not None else None
    most = float(one.most_per_year) if one.most_per_year is not None else None
    least = float(one.least_per_year) if one.least_per_year is not None else None
    first.number_input(say("programme.field.own_share"), None, None, share, 5.0, key=f"{key}-own_share")
    second.number_input(say("programme.field.least_per_year"), None, None, least, 1000.0, key=f"{key}-least_per_year")
    third.number_input(say("programme.field.most_per_year"), None, None, most, 1000.0, key=f"{key}-most_per_year")
    fourth.number_input(say("programme.field.longest"), None, None, one.longest_months, 1, key=f"{key}-longest_months")


def _when(context: Context, one: Programme, key: str) -> None:
    say = context.say
    first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
    first.date_input(say("programme.field.deadline"), one.deadline, key=f"{key}-deadline", format="DD.MM.YYYY")
    second.checkbox(say("programme.field.yearly"), one.yearly, key=f"{key}-yearly")
    third.number_input(say("programme.field.lead"), None, None, one.lead_months, 1, key=f"{key}-lead_months")
    fourth.date_input(say("programme.field.seen"), one.seen_on, key=f"{key}-seen_on", format="DD.MM.YYYY")


def _typed(one: Programme, key: str) -> Programme:
    def said(name: str) -> Any:
        return st.session_state.get(f"{key}-{name}")

    share, least, most = (said(name) for name in ("own_share", "least_per_year", "most_per_year"))
    return replace(
        one,
        title=str(said("title") or ""),
        funder=str(said("funder") or ""),
        level=said("level") or None,
        applicants=tuple(said("applicants") or ()),
        fields=tuple(said("fields") or ()),
        own_share=Decimal(str(share)) if share is not None else None,
        least_per_year=Decimal(str(least)) if least is not None else None,
        most_per_year=Decimal(str(most)) if most is not None else None,
        longest_months=said("longest_months"),
        lead_months=said("lead_months"),
        deadline=said("deadline"),
        yearly=bool(said("yearly")) and said("deadline") is not None,
        note=str(said("note") or "").strip(),
        seen_on=said("seen_on"),
        ended=bool(said("ended")),
    )
