"""Whom to call: the partners still open, each with a person and a number. For the office only, ready to print."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.call_list import CallList, CallRow, call_list
from dashboard.parts.blocks import Column, headline, note, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address, viewer_of
from dashboard.parts.downloads import Table, download
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, joined, plain_label, show, tag
from dashboard.parts.views import VIEW
from etl.wording import formatted

Say = Callable[..., str]

#: The view's name in the address.
CALLS = "anrufe"
_COLUMNS = ("partner", "contact", "phone", "deputy", "reached", "noted")


def show_way_in(context: Context, open_partners: int) -> None:
    if open_partners:
        label = plain_label(context.say("calls.open", n=open_partners))
        st.button(label, key="round-calls", on_click=address, kwargs={VIEW: CALLS})


def show_calls(context: Context) -> None:
    """The list alone, so that it prints alone."""
    found, say = call_list(context.store, context.picture(), viewer_of(context)), context.say
    if found is None:
        show(headline(say("round.over_none"), say("round.none")))
    else:
        this = found.this
        over = say("calls.over", name=this.name, deadline=this.deadline)
        show(headline(over, sentence(found.finding, say)))
    with st.container(horizontal=True, key="rt-calls-doing"):
        st.button(say("calls.leave"), key="calls-leave", on_click=address, kwargs={VIEW: "runde"})
        if found is not None and found.rows:
            download(_download(found, say, context.language), say("calls.file"), context)
    if found is not None and found.rows:
        show(calls_markup(found, say), note(say("calls.what")))


def calls_markup(found: CallList, say: Say) -> Markup:
    columns = [Column(say(f"calls.column.{name}"), narrow=name == "phone") for name in _COLUMNS]
    return table(columns, (_row(row, say) for row in found.rows), label=say("calls.table"))


def _row(row: CallRow, say: Say) -> list[Content]:
    contact = row.contact
    phone = contact.phone if contact else None
    number: Content = tag("a", phone, href=_dial(phone), class_="rt-link") if phone else say("calls.no_phone")
    function = tag("small", contact.function) if contact and contact.function else None
    return [
        row.partner,
        joined([_person(row, say), function]),
        number,
        _deputy(row, say),
        joined(
            [_on_phone("reached", say), say("calls.reached", day=row.reached) if row.reached else say("calls.never")]
        ),
        _noted(row, say),
    ]


def _reached(row: CallRow, say: Say) -> str:
    return say("calls.reached", day=row.reached) if row.reached else say("calls.never")


def _deputy(row: CallRow, say: Say) -> Markup:
    if not row.deputy:
        return tag("span", "–", class_="rt-room-only")
    return joined([_on_phone("deputy", say), row.deputy, tag("small", row.deputy_phone) if row.deputy_phone else None])


def _on_phone(column: str, say: Say) -> Markup:
    """On a phone the table's heads are gone, so a cell says itself what it is."""
    return tag("span", say(f"calls.column.{column}"), " ", class_="rt-phone-only")


def _dial(phone: str) -> str:
    return "tel:" + "".join(c for c in phone if c.isdigit() or c == "+")


def _person(row: CallRow, say: Say) -> str:
    if row.contact is None:
        return say("calls.no_contact")
    return row.contact.name or row.contact.email or "–"


def _noted(row: CallRow, say: Say) -> Content:
    """What speaks against calling this person, in words; else room for a note on paper."""
    if row.unreachable is not None:
        return tag("b", say("calls.unreachable", reason=row.unreachable, day=row.since))
    return tag("b", say("calls.former")) if row.former else ""


def _download(found: CallList, say: Say, language: str) -> Table:
    names = ("partner", "contact", "function", "phone", "deputy", "deputy_phone", "reached", "noted")
    headings = tuple(say(f"calls.column.{name}") for name in names)
    return Table(headings, lambda: [_texts(row, say, language) for row in found.rows])


def _texts(row: CallRow, say: Say, language: str) -> list[str]:
    contact = row.contact
    unreachable = say("calls.unreachable", reason=row.unreachable, day=row.since) if row.unreachable is not None else ""
    return [
        row.partner,
        _person(row, say),
        (contact.function if contact else None) or "",
        (contact.phone if contact else None) or "",
        row.deputy or "",
        row.deputy_phone or "",
        formatted(language, row.reached, "short_date") if row.reached else "",
        unreachable or (say("calls.former") if row.former else ""),
    ]
