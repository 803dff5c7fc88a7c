"""The network's contacts, as far as they are shared with who looks."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.answers.contacts import Viewer, each_once
from dashboard.answers.cooperations import partner_name
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact this viewer may see. ``shared_with`` is office, body, network or None (nobody said)."""

    key: str
    partner: str
    name: str | None
    function: str | None
    phone: str | None
    email: str | None
    shared_with: str | None
    vacant: bool
    deputy: str | None


@dataclass(frozen=True, slots=True)
class ContactList:
    """``withheld`` counts contacts that exist but are not shared with this viewer."""

    rows: tuple[ContactRow, ...]
    withheld: int


def contact_list(picture: Picture, viewer: Viewer) -> ContactList:
    """By partner, then by name, each person once; nothing at all for observers."""
    facts = picture.facts
    seen = [contact for contact in facts.contacts if viewer.may_see(contact)]
    rows = []
    for contact in each_once(seen):
        partner = facts.partner_by_key.get(contact.partner)
        rows.append(
            ContactRow(
                key=contact.key,
                partner=partner_name(partner) if partner else contact.partner,
                name=contact.name,
                function=contact.function,
                phone=contact.phone,
                email=contact.email,
                shared_with=contact.shared_with,
                vacant=contact.vacant,
                deputy=contact.deputy,
            )
        )
    ordered = sorted(rows, key=lambda row: (alphabetical(row.partner), alphabetical(row.name or "")))
    return ContactList(tuple(ordered), len(facts.contacts) - len(seen))
