"""On whom a partner's link hangs: no deputy, nobody to write to, contacts that could not be reached; the next round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers import chasing
from dashboard.answers.rounds import ContactRow, RoundView
from dashboard.parts.blocks import definition_list, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import tell, viewer_of
from dashboard.parts.html import Content, plain_label, show
from dashboard.parts.pressed import press, pressed

Say = Callable[..., str]

_MARK, _REACHED, _OPEN = "contact-unreachable", "contact-reached", "round-new"


def carry_out(context: Context) -> None:
    found = pressed(_MARK, _REACHED, _OPEN)
    if found is None:
        return
    decision, typed, viewer = found[0], st.session_state, viewer_of(context)
    if decision == _OPEN and not (typed.get("round-deadline") and typed.get("round-day")):
        tell("round.outcome.without_dates")
        return
    if decision == _OPEN:
        outcome = chasing.open_round(
            context.store,
            viewer,
            typed.get("round-name", ""),
            deadline=typed["round-deadline"],
            day=typed["round-day"],
            now=context.now,
            by=context.user.display_name,
        )
        tell(f"round.outcome.{outcome}")
        return
    contact = typed.get("contact-marked" if decision == _REACHED else "contact-chosen")
    if contact is None:
        tell("round.outcome.no_contact")
        return
    outcome = chasing.contact_reached(
        context.store,
        context.picture(),
        viewer,
        contact,
        reason=None if decision == _REACHED else typed.get("contact-reason", ""),
        now=context.now,
        by=context.user.display_name,
    )
    tell(f"round.outcome.{outcome}")


def show_links(context: Context, view: RoundView) -> None:
    """Partners whose link is thin, and marking a contact."""
    say = context.say
    pairs: list[tuple[Content, Content]] = []
    if view.without_deputy:
        pairs.append((say("round.no_deputy"), ", ".join(view.without_deputy)))
    if view.missing_contact:
        pairs.append((say("round.no_contact"), ", ".join(view.missing_contact)))
    pairs += [(_name(row), _why(row, say)) for row in view.unreachable]
    show(section(say("round.contacts")), definition_list(pairs))
    if view.unreachable:
        _choose(context, "contact-marked", say("round.contact_marked"), view.unreachable)
        st.button(say("round.contact_reached"), key="contact-reached", on_click=press, args=(_REACHED,))
    if view.contacts:
        with st.form("contact", border=False):
            _choose(context, "contact-chosen", say("round.contact_choose"), view.contacts)
            st.text_input(
                say("round.contact_reason"), key="contact-reason", placeholder=say("round.contact_reason_hint")
            )
            st.form_submit_button(say("round.contact_mark"), key="contact-mark", on_click=press, args=(_MARK,))


def _choose(context: Context, key: str, label: str, rows: Sequence[ContactRow]) -> None:
    names = {row.contact.key: _name(row) for row in rows}
    st.selectbox(
        plain_label(label),
        list(names),
        index=None,
        key=key,
        format_func=lambda contact: names.get(contact, contact),
        placeholder=context.say("round.contact_hint"),
    )


def _name(row: ContactRow) -> str:
    return f"{row.contact.name or row.contact.email or row.contact.key} ({row.partner})"


def _why(row: ContactRow, say: Say) -> str:
    return say("round.unreachable", reason=row.reason or "", day=row.since)


def show_new_round(context: Context) -> None:
    """The next round: a name, its deadline, the day of the meeting."""
    say = context.say
    show(section(say("round.new")))
    with st.form("round", border=False):
        st.text_input(say("round.new_name"), key="round-name", placeholder=say("round.new_hint"), width=480)
        with st.container(horizontal=True):
            st.date_input(
                say("deliveries.round.deadline"), value=None, key="round-deadline", format="DD.MM.YYYY", width=240
            )
            st.date_input(say("deliveries.round.meeting"), value=None, key="round-day", format="DD.MM.YYYY", width=240)
        st.form_submit_button(say("round.new_do"), key="round-new", on_click=press, args=(_OPEN,))
