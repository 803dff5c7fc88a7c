"""Whom the office rings up: the partners that have not reported, each with a person, a number and a deputy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.rounds import chased, not_written_to
from etl.model.reminders import reached_again, unreachable_contacts
from etl.model.store import Store
from etl.pipeline.reminders import reminder_rules
from etl.rules.days import in_berlin
from etl.rules.facts import Contact, Facts, Round
from etl.rules.finding import Finding
from etl.rules.reminders import contact_to_call, deputy_of, partners_in_round


@dataclass(frozen=True, slots=True)
class CallRow:
    """A partner that is still open. ``reported`` is the day its last report came, ``reached`` the day on which it was
    last heard of in any way; ``unreachable`` says why its contact could not be reached, ``former`` that the newest list
    names it no more. ``deputy`` is the name as stated where no contact bears it."""

    key: str
    partner: str
    contact: Contact | None
    deputy: str | None
    deputy_phone: str | None
    reached: dt.date | None
    unreachable: str | None
    since: dt.date | None
    former: bool


@dataclass(frozen=True, slots=True)
class CallList:
    this: Round
    finding: Finding
    rows: tuple[CallRow, ...]


def call_list(store: Store, picture: Picture, viewer: Viewer) -> CallList | None:
    """Alphabetical. None for everyone but the office, and where there is no round."""
    if viewer.role != "coordinator":
        return None
    with store.reading() as connection:
        this = chased(picture, reminder_rules(connection))
        if this is None:
            return None
        marked, left_out = unreachable_contacts(connection), not_written_to(connection)
        again = {key: in_berlin(at) for key, at in reached_again(connection).items()}
    missing = [one.partner.key for one in partners_in_round(picture.facts, this) if one.state == "nothing"]
    names = picture.names_of(missing)
    rows = (_row(picture.facts, key, names[key], marked, left_out, again) for key in missing)
    ordered = tuple(sorted(rows, key=lambda row: alphabetical(row.partner)))
    return CallList(this, Finding("finding.round.still_open", {"n": len(ordered)}), ordered)


def _row(
    facts: Facts,
    key: str,
    name: str,
    marked: Mapping[str, Any],
    left_out: frozenset[str],
    again: Mapping[str, dt.date],
) -> CallRow:
    contact = contact_to_call(facts, key, left_out)
    deputy = deputy_of(facts, contact) if contact else None
    mark = marked.get(contact.key) if contact else None
    return CallRow(
        key=key,
        partner=name,
        contact=contact,
        deputy=(deputy.name if deputy else None) or (contact.deputy if contact else None),
        deputy_phone=deputy.phone if deputy else None,
        reached=_last_heard_of(facts, key, contact, again),
        unreachable=mark.reason if mark else None,
        since=in_berlin(mark.known_from) if mark else None,
        former=mark is None and contact is not None and contact.key in left_out,
    )


def _last_heard_of(facts: Facts, partner: str, contact: Contact | None, again: Mapping[str, dt.date]) -> dt.date | None:
    days = [d.received for d in facts.delivered.get(partner, ())]
    days += [c.day for c in facts.confirmed.get(partner, ())]
    if contact is not None and contact.key in again:
        days.append(again[contact.key])
    return max(days, default=None)
