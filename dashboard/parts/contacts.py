"""The contacts a viewer may see, and the links that hang on one person."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.contact_list import ContactList, ContactRow
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.interface_part import called, mailed
from dashboard.parts.traced import asked, traced, value_target

Say = Callable[..., str]

_COLUMNS = ("partner", "name", "phone", "email", "shared")


def contacts_markup(contacts: ContactList, say: Say) -> Markup:
    if not contacts.rows:
        return note(say("cooperations.contacts.none"))
    columns = [Column(say(f"cooperations.contact.{name}"), narrow=name == "phone") for name in _COLUMNS]
    body = table(columns, (_row(row, say) for row in contacts.rows), label=say("cooperations.view.kontakte"))
    more = note(say("cooperations.contacts.withheld", n=contacts.withheld)) if contacts.withheld else None
    return joined([body, more])


def _row(row: ContactRow, say: Say) -> list[Content]:
    key = row.key
    return [
        traced(row.partner, value_target(key)),
        _person(row, say),
        traced(called(row.phone) or row.phone or "–", value_target(key, "phone", "mobile")),
        traced(_mail(row.email), value_target(key, "email")),
        traced(_shared(row, say), value_target(key, "shared_with")),
    ]


def _person(row: ContactRow, say: Say) -> Markup:
    key = row.key
    name = tag("b", say("cooperations.contact.vacant")) if row.vacant else (row.name or "–")
    told = say("cooperations.contact.deputy", name=row.deputy) if row.deputy else None
    deputy = tag("small", traced(told, value_target(key, "deputy"))) if told else None
    function = tag("small", traced(row.function, value_target(key, "function"))) if row.function else None
    return joined([asked(name, value_target(key)), function, deputy])


def _mail(address: str | None) -> Content:
    return mailed(address) or (tag("span", address, class_="rt-file") if address else "–")


def _shared(row: ContactRow, say: Say) -> str:
    return say(f"shared_with.{row.shared_with}") if row.shared_with else say("word.unknown")


def contacts_download(contacts: ContactList, say: Say) -> Table:
    headings = ("partner", "name", "function", "phone", "email", "shared")
    return Table(
        tuple(say(f"cooperations.contact.{name}") for name in headings),
        lambda: [
            [
                row.partner,
                say("cooperations.contact.vacant") if row.vacant else row.name or "",
                row.function or "",
                row.phone or "",
                row.email or "",
                _shared(row, say),
            ]
            for row in contacts.rows
        ],
    )
