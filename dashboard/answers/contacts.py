"""Who may see which contact: it says itself with whom it is shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.rules.facts import Contact

#: Whom a contact is shared with -> roles that may see it beside the office and its own partner.
_SHARED: dict[str | None, frozenset[str]] = {
    "network": frozenset({"member", "leadership", "partner"}),
    "body": frozenset({"member", "leadership"}),
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: a role, and the partner it speaks for."""

    role: str
    partner: str | None = None

    def may_see(self, contact: Contact) -> bool:
        """Observers see none; the office and the partner itself see all; without a word on sharing nobody else does.

        Who refused consent, or is a volunteer who was not asked, is shown to the office and the own partner only.
        """
        if self.role == "observer":
            return False
        if self.role == "coordinator" or (self.partner is not None and self.partner == contact.partner):
            return True
        return contact.consent is not False and self.role in _SHARED.get(contact.shared_with, frozenset())

    def sees_received(self, partner: str | None) -> bool:
        """Kept columns and original files: the office and the partner itself."""
        return self.role == "coordinator" or (self.partner is not None and self.partner == partner)


def each_once(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """One contact a person: whom two lists name, the office's and the partner's own, is told by the one that says most.

    Persons are told apart by partner and name, those without a name by their address; vacant posts stay.
    """
    found: dict[tuple[str, str], Contact] = {}
    for contact in contacts:
        known = found.get(_person(contact))
        if known is None or _said(contact) > _said(known):
            found[_person(contact)] = contact
    return tuple(found.values())


def same_person(contacts: Iterable[Contact], key: str) -> tuple[Contact, ...]:
    """All contacts that ``each_once`` tells as one with contact ``key``, itself among them."""
    known = tuple(contacts)
    persons = {_person(contact) for contact in known if contact.key == key}
    return tuple(contact for contact in known if _person(contact) in persons)


def _person(contact: Contact) -> tuple[str, str]:
    return contact.partner, (contact.name or contact.email or contact.key).strip().casefold()


def _said(contact: Contact) -> int:
    return sum(bool(part) for part in (contact.function, contact.phone, contact.email))
