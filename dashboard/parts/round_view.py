"""The office's view of a round: who has reported, reminders, contacts. Names are for the office only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from dashboard.answers.rounds import PartnerRow, ReminderRow, RoundView, round_view
from dashboard.parts import round_calls, round_contacts, round_links, round_reminders, round_state
from dashboard.parts.blocks import Column, definition_list, headline, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, show_told, viewer_of
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.views import VIEW

Say = Callable[..., str]

#: The view's name in the address.
ROUND = "runde"


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    round_reminders.carry_out(context)
    round_contacts.carry_out(context)
    round_state.carry_out(context)
    round_links.carry_out(context)


def asked(context: Context) -> bool:
    return context.is_office and st.query_params.get(VIEW) in (ROUND, round_calls.CALLS)


def show_way_in(context: Context) -> None:
    """For the office: from the start of Rückmeldungen to this view."""
    if context.is_office:
        label = plain_label(context.say("round.open"))
        st.button(label, key="round-open", on_click=address, kwargs={VIEW: ROUND})


def show_round(context: Context, letters: round_links.Letters, timeline: round_state.Timeline) -> None:
    """``letters`` makes the printed ones of personal links, ``timeline`` the round on one page of paper."""
    if st.query_params.get(VIEW) == round_calls.CALLS:
        round_calls.show_calls(context)
        return
    view, say = round_view(context.store, context.picture(), viewer_of(context)), context.say
    if view is None:
        show(headline(say("round.over_none"), say("round.none")))
        show_told(context)
        round_contacts.show_new_round(context)
        _leave(context)
        return
    over = say("round.over", name=view.this.name, deadline=view.this.deadline, day=view.this.day)
    show(headline(over, sentence(view.finding, say)), round_state.state_line(view, say, context.language))
    show_told(context)
    round_state.show_doing(context, view, timeline, lambda: round_calls.show_way_in(context, view.ways["open"]))
    _leave(context)
    if view.unsent:
        round_reminders.show_letters(context, view)
    left, right = st.columns([1.6, 1], gap="large")
    with left:
        show(section(say("round.who"), say("deliveries.round.of", n=view.reported, total=len(view.partners))))
        _who(context, view)
    with right:
        show(_days(view, say))
        round_reminders.show_due(context, view)
        round_contacts.show_links(context, view)
    round_links.show_links(context, view, letters)
    if not view.unsent:
        round_reminders.show_letters(context, view)
    round_reminders.show_texts(context, view)
    round_contacts.show_new_round(context)


def _who(context: Context, view: RoundView) -> None:
    """The partners; a click on a reminder opens its letter."""
    if not view.partners:
        show(note(context.say("round.nobody")))
        return
    round_reminders.open_letter(clickable(_partners(view.partners, context.say), key="round-who"))


def _leave(context: Context) -> None:
    st.button(context.say("round.leave"), key="round-leave", on_click=st.query_params.clear)


def _days(view: RoundView, say: Say) -> Markup:
    """When which reminder is due, and whose turn it is."""
    pairs: list[tuple[Content, Content]] = [
        (say(f"round.due.{rule.code}"), say("round.due", day=view.this.deadline + timedelta(days=rule.days)))
        for rule in view.rules
    ]
    return joined([section(say("round.remind")), definition_list(pairs), tag("p", tag("b", say(_now(view))))])


def _now(view: RoundView) -> str:
    """A reminder that is written has had its turn; one that would go to nobody has none."""
    if view.due and view.to_remind:
        return f"round.now.{view.due}"
    if view.this.closed:
        return "round.now.closed"
    return f"round.written.{view.due}" if view.due and view.written else "round.now.none"


def _partners(rows: Sequence[PartnerRow], say: Say) -> Markup:
    columns = [
        Column(say("round.column.partner")),
        Column(say("round.column.state"), narrow=True),
        Column(say("round.column.contact")),
        Column(say("round.column.reminded")),
    ]
    shown = len(columns) if any(row.reminders for row in rows) else len(columns) - 1
    return table(columns[:shown], (_row(row, say)[:shown] for row in rows), label=say("round.who"))


def _row(row: PartnerRow, say: Say) -> list[Content]:
    """The last cell is about reminders, and left out while there are none."""
    return [row.name, _state(row, say), _contact(row, say), _reminded(row, say)]


def _state(row: PartnerRow, say: Say) -> Markup:
    """Calm where something came; what needs a voice is bold."""
    found = row.state
    word = say(f"round.state.{found.reported}")
    if found.day is None:
        return tag("b", word)
    return joined([word, tag("small", say("round.state.late" if found.late else "round.state.day", day=found.day))])


def _contact(row: PartnerRow, say: Say) -> Content:
    if row.former is not None:
        return joined([row.former.name or row.former.email or "–", tag("small", say("round.contact.former"))])
    if row.contact is None:
        return say("round.contact.none")
    return joined([row.contact.name or row.contact.email or "–", tag("small", row.contact.function)])


def _reminded(row: PartnerRow, say: Say) -> Content:
    return joined(tag("span", _letter(r, say), class_="rt-each") for r in row.reminders)


def _letter(reminder: ReminderRow, say: Say) -> Markup:
    """When it was prepared or sent, leading to the letter; what is still to be sent is bold."""
    text = say("round.sent" if reminder.sent_at else "round.prepared", day=reminder.sent_at or reminder.prepared_at)
    link = go(text, str(reminder.id), class_="rt-link")
    return link if reminder.sent_at else tag("b", link)
