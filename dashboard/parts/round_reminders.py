"""Reminders: preparing those that are due, one letter at a time, and the texts the office may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import streamlit as st

from dashboard.answers import chasing
from dashboard.answers.rounds import PLACEHOLDERS, RoundView
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, tell, viewer_of
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.pressed import press, pressed

Say = Callable[..., str]

_PREPARE, _SENT, _CHANGE = "reminders-prepare", "reminder-sent", "reminder-change"
#: Names in the address: the letter that is open, the kind of reminder whose text is.
LETTER, TEXT = "erinnerung", "erinnerungstext"


def carry_out(context: Context) -> None:
    found = pressed(_PREPARE, _SENT, _CHANGE)
    if found is None:
        return
    decision, subject = found
    act = {_PREPARE: _prepare, _SENT: _sent, _CHANGE: _change}[decision]
    act(context, *subject)


def _prepare(context: Context, code: str) -> None:
    outcome, n = chasing.prepare_reminders(
        context.store, context.picture(), viewer_of(context), code, now=context.now, by=context.user.display_name
    )
    tell(f"round.outcome.{outcome}", n=n)


def _sent(context: Context, number: int, through_server: bool) -> None:
    outcome = chasing.reminder_sent(
        context.store,
        viewer_of(context),
        number,
        through_server=through_server,
        now=context.now,
        by=context.user.display_name,
    )
    tell(f"round.outcome.{outcome}")
    address(**{LETTER: None})


def _change(context: Context, code: str, language: str) -> None:
    typed = st.session_state
    outcome, found = chasing.change_reminder(
        context.store,
        viewer_of(context),
        code,
        days=int(typed.get(_key("days", code, language), 0)),
        language=language,
        subject=typed.get(_key("subject", code, language), ""),
        text=typed.get(_key("text", code, language), ""),
        now=context.now,
        by=context.user.display_name,
    )
    tell(f"round.outcome.{outcome}", found=found)
    if outcome == "changed":
        address(**{TEXT: None})


def _key(name: str, code: str, language: str) -> str:
    """A text's field keeps what was typed only for this reminder in this language."""
    return f"reminder-{name}-{code}-{language}"


def show_due(context: Context, view: RoundView) -> None:
    """The one button: prepare the letters of the reminder whose turn it is."""
    if view.due and view.to_remind:
        label = context.say("round.prepare", n=view.to_remind)
        st.button(label, type="primary", key="reminders-prepare", on_click=press, args=(_PREPARE, view.due))


def show_letters(context: Context, view: RoundView) -> None:
    """What was prepared and sent in this round; a click opens a letter."""
    if not view.reminders:
        return
    say = context.say
    show(section(say("round.letters"), say("round.letters_open", n=view.unsent)))
    _letter(context, view)
    rows = [
        ListRow(
            go(_letter_title(row, say), str(row.id), class_="rt-link"),
            note=_letter_note(row, say),
            strong=row.sent_at is None,
        )
        for row in view.reminders
    ]
    open_letter(clickable(list_rows(rows), key="reminders-letters"))


def open_letter(clicked: str | None) -> None:
    """Show the letter that was clicked; nothing where none was."""
    if clicked:
        address(**{LETTER: clicked})
        st.rerun()


def _letter_title(row: Any, say: Say) -> str:
    return say("round.letter", name=row.name or row.address, kind=say(f"round.kind.{row.code}"))


def _letter_note(row: Any, say: Say) -> str:
    if row.sent_at:
        return say("round.letter_sent", address=row.address, day=row.sent_at, person=row.sent_by)
    return say("round.letter_prepared", address=row.address, day=row.prepared_at, person=row.prepared_by)


def _letter(context: Context, view: RoundView) -> None:
    """The open letter: to the mail programme, to copy, or through the mail server; then noted as sent."""
    row = next((r for r in view.reminders if str(r.id) == st.query_params.get(LETTER)), None)
    if row is None:
        return
    say = context.say
    with st.container(key="reminder-letter"):
        show(tag("p", tag("b", say("round.letter_to", name=row.name, address=row.address)), class_="rt-told"))
        show(tag("p", mail_link(row.address, row.subject, row.text, say("round.mail"))))
        show(note(say("round.copy")))
        st.code(f"{row.subject}\n\n{row.text}", language=None, wrap_lines=True)
        with st.container(horizontal=True):
            if row.sent_at is None:
                _send_buttons(context, view, row.id)
            st.button(say("correct.leave"), key="reminder-close", on_click=address, kwargs={LETTER: None})


def _send_buttons(context: Context, view: RoundView, number: int) -> None:
    say = context.say
    if view.sends_mail:
        args = (_SENT, number, True)
        st.button(say("round.send"), type="primary", key="reminder-send", on_click=press, args=args)
    st.button(say("round.mark_sent"), key="reminder-sent", on_click=press, args=(_SENT, number, False))


def mail_link(to: str, subject: str, text: str, label: str) -> Markup:
    """Opens the reader's own mail programme with everything filled in."""
    body = text.replace("\r\n", "\n").replace("\n", "\r\n")
    link = f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
    return tag("a", label, href=link, class_="rt-link")


def show_texts(context: Context, view: RoundView) -> None:
    """The days and words of the reminders, which the office may change."""
    say = context.say
    show(section(say("round.texts")))
    rows = [
        ListRow(
            go(say(f"round.kind.{rule.code}"), rule.code, class_="rt-link"),
            note=say(f"round.days.{rule.code}", n=abs(rule.days)),
        )
        for rule in view.rules
    ]
    clicked = clickable(list_rows(rows), key="reminders-texts")
    if clicked:
        address(**{TEXT: clicked})
        st.rerun()
    rule = next((rule for rule in view.rules if rule.code == st.query_params.get(TEXT)), None)
    if rule is None:
        return
    language = st.segmented_control(
        say("round.text_language"),
        list(rule.texts),
        default=context.language,
        key="reminder-language",
        format_func=lambda code: say(f"round.language.{code}"),
    )
    language = language or context.language
    with st.form("reminder", border=False):
        after = rule.days > 0
        low, high = (1, 60) if after else (-60, 0)
        st.number_input(
            say("round.text_days"),
            min_value=low,
            max_value=high,
            value=rule.days,
            key=_key("days", rule.code, language),
            width=240,
        )
        st.text_input(
            say("round.text_subject"), value=rule.subjects[language], key=_key("subject", rule.code, language)
        )
        st.text_area(
            say("round.text_text"), value=rule.texts[language], key=_key("text", rule.code, language), height=320
        )
        names = joined(["{", name, "} "] for name in PLACEHOLDERS)
        show(note(joined([say("round.text_names"), " ", names])))
        st.form_submit_button(
            say("round.text_do"),
            type="primary",
            key="reminder-change",
            on_click=press,
            args=(_CHANGE, rule.code, language),
        )
    st.button(plain_label(say("correct.leave")), key="reminder-leave", on_click=address, kwargs={TEXT: None})
