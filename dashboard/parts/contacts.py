"""The contacts a viewer may see, and the links that hang on one person."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.contact_list import ContactList, ContactRow
from dashboard.answers.cooperations import FragileLinks
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, joined, tag

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
    return [row.partner, _person(row, say), row.phone or "–", _mail(row.email), _shared(row, say)]


def _person(row: ContactRow, say: Say) -> Markup:
    name = tag("b", say("cooperations.contact.vacant")) if row.vacant else (row.name or "–")
    deputy = tag("small", say("cooperations.contact.deputy", name=row.deputy)) if row.deputy else None
    return joined([name, tag("small", row.function) if row.function else None, deputy])


def _mail(address: str | None) -> Content:
    return tag("span", address, class_="rt-file") if address else "–"


def _shared(row: ContactRow, say: Say) -> str:
    return say(f"shared_with.{row.shared_with}") if row.shared_with else say("word.unknown")


def fragile_markup(links: FragileLinks, say: Say) -> Markup | None:
    """For the office and the partner itself: which links hang on one person, which posts are unfilled."""
    lines = []
    if links.one_contact:
        n = len(links.one_contact)
        lines.append(tag("p", say("cooperations.one_contact", n=n, partners=list(links.one_contact))))
    if links.vacant:
        lines.append(tag("p", say("cooperations.vacant", n=len(links.vacant), partners=list(links.vacant))))
    if not lines:
        return None
    return joined([section(say("cooperations.fragile"), say("cooperations.fragile_aside")), *lines])


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
