"""Who may see which contact: it says itself with whom it is shared."""

from __future__ import annotations

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
