"""Who writes from which address, by the contacts that partners have given, and the sender of a file that came by mail.

What the file itself says and what its mail says must agree: where they do not, a person decides. The office forwards
what others wrote, so its own address says nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from etl.issues import DeliveryRefused, Issue
from etl.model.accounts import list_users
from etl.model.deliveries import senders_of_files
from etl.model.state import state_on
from etl.model.store import Connection
from etl.pipeline.network import Network
from etl.pipeline.picture.typed_records import contact_of
from etl.pipeline.senders import Sender, told_by_file
from etl.pipeline.understanding import Understood
from etl.stages.open_mail import Mail

#: From so much likeness (of 100) on a file's name points to who sent one called alike.
_ALIKE = 75
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Correspondents:
    """Address, and domain, -> keys of the partners whose contacts have it; ``office``: the partners it belongs to;
    ``files``: what earlier files were called, without their numbers -> who sent them."""

    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)
    domains: Mapping[str, frozenset[str]] = field(default_factory=dict)
    office: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)

    def called_alike(self, file: str) -> str | None:
        """The partner that sent a file with a similar name before: no more than a proposal."""
        found = process.extractOne(_without_numbers(file), list(self.files), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self.files[found[0]] if found else None

    def writes_from(self, address: str) -> frozenset[str]:
        """Partners with a contact of this address, the office's own left out."""
        return self.addresses.get(address.casefold(), frozenset()) - self.office

    def writes_from_domain(self, address: str) -> frozenset[str]:
        """Partners with contacts at the address's domain, which may be a mail provider's: no more than a proposal."""
        return self.domains.get(address.casefold().rpartition("@")[2], frozenset()) - self.office


def correspondents_in(connection: Connection) -> Correspondents:
    """As the network knows them now."""
    state = state_on(connection, kinds=["contact"])
    addresses: dict[str, set[str]] = defaultdict(set)
    domains: dict[str, set[str]] = defaultdict(set)
    for known in state.kind("contact").values():
        contact = contact_of(known)
        for address in _ADDRESS.findall((contact.email or "").casefold()):
            partner = state.counts_as(contact.partner)
            addresses[address].add(partner)
            domains[address.rpartition("@")[2]].add(partner)
    office = frozenset(user.partner for user in list_users(connection) if user.role == "coordinator" and user.partner)
    return Correspondents(
        {address: frozenset(keys) for address, keys in addresses.items()},
        {domain: frozenset(keys) for domain, keys in domains.items()},
        office,
        {_without_numbers(file): state.counts_as(key) for file, key in senders_of_files(connection).items()},
    )


def _without_numbers(file: str) -> str:
    """„Zielkatalog_2026 Oktober.xlsx“ and „Zielkatalog_2025 März.xlsx“ are nearly the same."""
    return re.sub(r"[\d_ ().-]+", " ", file.rpartition(".")[0] or file).casefold().strip()


@dataclass(slots=True)
class MailSender:
    """Finds the sender of one file (a ``FindSender``); ``how`` and ``candidates`` tell afterwards what it went by.

    ``how``: template, series, named (what the file says), mail (the address of its mail); "" where it is not certain.
    """

    mail: Mail | None
    correspondents: Correspondents
    how: str = ""
    candidates: tuple[str, ...] = ()

    def __call__(self, connection: Connection, understood: Understood, file: str, network: Network) -> Sender:
        address = self.mail.from_address if self.mail is not None else ""
        by_mail = self.correspondents.writes_from(address)
        told = told_by_file(connection, understood, file, network)
        if told.sender is not None and (not by_mail or told.sender.key in by_mail):
            self.how = told.how
            return told.sender
        if told.sender is None and len(by_mail) == 1:
            [key] = by_mail
            name = network.name_of(key)
            if name is not None:
                self.how = "mail"
                return Sender(name, key)
        near = by_mail or self.correspondents.writes_from_domain(address)
        alike = network.name_of(self.correspondents.called_alike(file) or "")
        names = [name for name in (told.sender.name if told.sender else None, alike) if name]
        names += sorted(name for key in near if (name := network.name_of(key)) is not None)
        names += [told.proposal] if told.proposal else []
        self.candidates = tuple(dict.fromkeys(names))[:5]
        raise DeliveryRefused(Issue("sender_unknown", found=file, proposal=next(iter(self.candidates), None)))
