"""The round that is on, for the office: who has reported, whom to remind, who cannot be reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer, each_once, same_person
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.reminders import ReminderRow, reminders_of, unreachable_contacts
from etl.model.round_closings import ClosingRow, closings
from etl.model.store import Connection, Store
from etl.pipeline.gone import no_longer_named
from etl.pipeline.reminders import PLACEHOLDERS, ReminderRule, reminder_rules
from etl.rules.facts import Contact, Round
from etl.rules.finding import Finding
from etl.rules.reminders import (
    InRound,
    Reported,
    addressees,
    contact_to_ask,
    partners_in_round,
    reminder_due,
    round_chased,
    round_finding,
    ways_counted,
    without_deputy,
)
from etl.settings import mail_server

__all__ = ["PLACEHOLDERS", "ReminderRow", "ReminderRule"]


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One partner in the round. ``contact`` is who would be written to, ``former`` who would be if the partner's newest
    list still named them; ``reminders`` those it got in this round."""

    key: str
    name: str
    state: InRound
    contact: Contact | None
    former: Contact | None
    reminders: tuple[ReminderRow, ...]


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact and its partner's name; ``reason`` and ``since`` where the office could not reach it."""

    contact: Contact
    partner: str
    reason: str | None = None
    since: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class RoundView:
    """``due`` is the reminder whose turn it is (None: none), ``written`` whether letters of it are, ``to_remind`` how
    many people it would go to and have not got it, ``unsent`` how many letters are prepared and not sent;
    ``missing_contact`` are partners without a report that nobody can be written to for; ``ways`` counts who reported
    how, ``closing`` tells who closed it, and when."""

    this: Round
    finding: Finding
    partners: tuple[PartnerRow, ...]
    reported: int
    rules: tuple[ReminderRule, ...]
    due: str | None
    written: bool
    to_remind: int
    unsent: int
    reminders: tuple[ReminderRow, ...]
    missing_contact: tuple[str, ...]
    without_deputy: tuple[str, ...]
    contacts: tuple[ContactRow, ...]
    unreachable: tuple[ContactRow, ...]
    sends_mail: bool
    ways: Mapping[Reported, int]
    closing: ClosingRow | None


def round_view(store: Store, picture: Picture, viewer: Viewer) -> RoundView | None:
    """The round the office looks at today; None for everyone else, and where there is no round."""
    if viewer.role != "coordinator":
        return None
    with store.reading() as connection:
        rules = reminder_rules(connection)
        this = chased(picture, rules)
        if this is None:
            return None
        sent = reminders_of(connection, this.name)
        marked = unreachable_contacts(connection)
        left_out = not_written_to(connection)
        closing = closings(connection).get(this.name)
    facts = picture.facts
    found = partners_in_round(facts, this)
    keys = [one.partner.key for one in found]
    seated = (_partner(one, picture, marked, left_out, sent) for one in found)
    rows = tuple(sorted(seated, key=lambda row: alphabetical(row.name)))
    missing = [one.partner.key for one in found if one.state == "nothing"]
    due = reminder_due(this, facts.day, days_of(rules))
    got = {row.address.casefold() for row in sent if row.code == due}
    to_remind = [a for a in addressees(facts, missing, left_out) if a.address.casefold() not in got] if due else []
    contacts = _contacts(picture, keys, marked)
    unsent = sum(row.sent_at is None for row in sent)
    return RoundView(
        this=this,
        finding=round_finding(len(found) - len(missing), len(found), len(to_remind), unsent, closed=this.closed),
        partners=rows,
        reported=len(found) - len(missing),
        rules=tuple(rules.values()),
        due=due,
        written=bool(got),
        to_remind=len(to_remind),
        unsent=unsent,
        reminders=tuple(sent),
        missing_contact=tuple(r.name for r in rows if r.state.state == "nothing" and r.contact is None),
        without_deputy=_names(picture, (p.key for p in without_deputy(facts, keys))),
        contacts=tuple(row for row in contacts if row.reason is None),
        unreachable=tuple(row for row in contacts if row.reason is not None),
        sends_mail=mail_server() is not None,
        ways=ways_counted(found),
        closing=closing,
    )


def days_of(rules: dict[str, ReminderRule]) -> dict[str, int]:
    return {code: rule.days for code, rule in rules.items()}


def chased(picture: Picture, rules: dict[str, ReminderRule]) -> Round | None:
    return round_chased(picture.facts.rounds, picture.facts.day, days_of(rules))


def not_written_to(connection: Connection) -> frozenset[str]:
    """Contacts no reminder goes to: those the office could not reach, and those their list no longer names."""
    return frozenset(unreachable_contacts(connection)) | no_longer_named(connection).keys()


def _partner(
    one: InRound, picture: Picture, marked: Mapping[str, Any], left_out: Collection[str], sent: list[ReminderRow]
) -> PartnerRow:
    key = one.partner.key
    contact = contact_to_ask(picture.facts, key, left_out)
    former = contact_to_ask(picture.facts, key, marked) if contact is None else None
    got = tuple(row for row in sent if key in row.partners)
    return PartnerRow(key, one.partner.short_name or one.partner.name, one, contact, former, got)


def _names(picture: Picture, keys: Iterable[str]) -> tuple[str, ...]:
    partners = picture.facts.partner_by_key
    names = [partners[key].short_name or partners[key].name for key in keys if key in partners]
    return tuple(sorted(names, key=alphabetical))


def _contacts(picture: Picture, keys: list[str], marked: Mapping[str, Any]) -> tuple[ContactRow, ...]:
    """The persons to reach at partners a report is expected of, each once; vacant posts left out."""
    found = []
    filled = [c for c in picture.facts.contacts if c.partner in keys and not c.vacant]
    for contact in each_once(filled):
        name = "".join(_names(picture, (contact.partner,)))
        row = next((marked[c.key] for c in same_person(filled, contact.key) if c.key in marked), None)
        reason, since = (row.reason, row.known_from) if row is not None else (None, None)
        found.append(ContactRow(contact, name, reason, since))
    return tuple(sorted(found, key=lambda row: (alphabetical(row.partner), alphabetical(row.contact.name or ""))))
