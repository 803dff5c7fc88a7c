"""Who has reported in a round, and who is to be reminded when: at most once before and once after the deadline."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.rules.days import falls_in_round, reported_since
from etl.rules.facts import Contact, Facts, Partner, Round, Way
from etl.rules.finding import Finding
from etl.rules.gaps import partners_expected

State = Literal["delivered", "confirmed", "nothing"]
Reported = Literal["file", "link", "phone", "confirmed", "open"]
#: In the order in which they are told.
REPORTED: tuple[Reported, ...] = ("file", "link", "phone", "confirmed", "open")
#: Functions that stand in for somebody: asked only where nobody else is.
_DEPUTY = ("stellv", "vertret", "deputy")


@dataclass(frozen=True, slots=True)
class InRound:
    """How far a partner is: by a delivery (its ``way``), by confirming everything, or not yet. ``day`` is what it is
    about, ``came`` when it was first there; ``late``: it came after the deadline, or after the round was closed."""

    partner: Partner
    state: State
    day: dt.date | None = None
    late: bool = False
    way: Way = "file"
    came: dt.date | None = None

    @property
    def reported(self) -> Reported:
        """The one way in which this partner counts in the round."""
        return self.way if self.state == "delivered" else "confirmed" if self.state == "confirmed" else "open"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person to be written to, once, however many partners it speaks for (their keys)."""

    address: str
    name: str
    partners: tuple[str, ...]


def round_chased(rounds: Sequence[Round], day: dt.date, days: Mapping[str, int]) -> Round | None:
    """The latest round whose first reminder is due; before any is, the one whose deadline comes next."""
    first = dt.timedelta(days=min(days.values(), default=0))
    begun = [this for this in rounds if this.deadline + first <= day]
    if begun:
        return max(begun, key=lambda this: this.deadline)
    return min(rounds, key=lambda this: this.deadline, default=None)


def reminder_due(this: Round, day: dt.date, days: Mapping[str, int]) -> str | None:
    """The reminder whose turn it is (``days`` from the deadline on); one before the deadline ends with it. Nobody is
    reminded in a round that is closed."""
    if this.closed is not None:
        return None
    begun = [
        (offset, code)
        for code, offset in days.items()
        if this.deadline + dt.timedelta(days=offset) <= day and (offset > 0 or day <= this.deadline)
    ]
    return max(begun)[1] if begun else None


def partners_in_round(facts: Facts, this: Round) -> tuple[InRound, ...]:
    """Everybody a report is expected of. What comes after the deadline counts as late, not as missing."""
    return tuple(_in_round(facts, this, partner) for partner in partners_expected(facts))


def ways_counted(found: Iterable[InRound]) -> dict[Reported, int]:
    """How many have reported in which way, and how many have not; together everybody expected."""
    counted = Counter(one.reported for one in found)
    return {way: counted[way] for way in REPORTED}


def _in_round(facts: Facts, this: Round, partner: Partner) -> InRound:
    sources: tuple[tuple[State, list[tuple[dt.date, dt.date, Way]]], ...] = (
        ("delivered", [(d.day, d.received, d.way) for d in facts.delivered.get(partner.key, ())]),
        ("confirmed", [(c.day, c.day, "file") for c in facts.confirmed.get(partner.key, ())]),
    )
    for state, reports in sources:
        counts = [report for report in reports if reported_since((report[0],), facts.rounds, this)]
        in_time = [r for r in counts if r[1] <= this.last_day and falls_in_round(r[0], facts.rounds, this)]
        if counts:
            day, _, way = max(in_time or counts, key=lambda report: report[:2])
            return InRound(partner, state, day, not in_time, way, min(came for _, came, _ in in_time or counts))
    return InRound(partner, "nothing")


def addressees(facts: Facts, partners: Iterable[str], unreachable: Collection[str]) -> tuple[Addressee, ...]:
    """One person for each of these partners, and one letter a person; ``unreachable`` are keys of contacts."""
    found: dict[str, Addressee] = {}
    for key in partners:
        contact = contact_to_ask(facts, key, unreachable)
        if contact is None or contact.email is None:
            continue
        address = contact.email.strip()
        known = found.get(address.casefold())
        found[address.casefold()] = (
            Addressee(known.address, known.name, (*known.partners, key))
            if known
            else Addressee(address, contact.name or "", (key,))
        )
    return tuple(found.values())


def contact_to_ask(facts: Facts, partner: str, unreachable: Collection[str]) -> Contact | None:
    """The first contact that can be written to; one that only stands in where there is no other."""
    reachable = [
        c
        for c in facts.contacts
        if c.partner == partner and c.email and "@" in c.email and not c.vacant and c.key not in unreachable
    ]
    return min(reachable, key=stands_in, default=None)


def contact_to_call(facts: Facts, partner: str, unreachable: Collection[str]) -> Contact | None:
    """Whom to ring up: somebody reachable before somebody who is not, with a number before without, who stands in
    last."""
    filled = [c for c in facts.contacts if c.partner == partner and not c.vacant]
    return min(filled, key=lambda c: (c.key in unreachable, c.phone is None, stands_in(c)), default=None)


def deputy_of(facts: Facts, contact: Contact) -> Contact | None:
    """The contact of the same partner that the list names as deputy, or that is one by its function."""
    others = [c for c in facts.contacts if c.partner == contact.partner and c.name != contact.name and not c.vacant]
    named = [c for c in others if contact.deputy and c.name and c.name.casefold() == contact.deputy.casefold()]
    return next(iter([*named, *filter(stands_in, others)]), None)


def stands_in(contact: Contact) -> bool:
    return any(word in (contact.function or "").casefold() for word in _DEPUTY)


def without_deputy(facts: Facts, partners: Collection[str]) -> tuple[Partner, ...]:
    """Those of ``partners`` with exactly one contact that is filled, and nobody named to stand in."""
    found = []
    for key in partners:
        filled = [c for c in facts.contacts if c.partner == key and not c.vacant]
        if len(filled) == 1 and not filled[0].deputy and key in facts.partner_by_key:
            found.append(facts.partner_by_key[key])
    return tuple(found)


def round_finding(reported: int, expected: int, to_remind: int, unsent: int, closed: dt.date | None = None) -> Finding:
    """How many have reported; that the round is closed, or how many letters are to be written and how many of those
    written still to be sent."""
    also = Finding("finding.round.closed", {"day": closed}) if closed else _letters_finding(to_remind, unsent)
    if not expected:
        return Finding("finding.deliveries.nobody_expected", also=also)
    if reported == expected:
        return Finding(f"finding.deliveries.{'both' if expected == 2 else 'all'}", {"n": expected}, also)
    if expected == 1:
        return Finding("finding.deliveries.only_missing", also=also)
    return Finding("finding.deliveries.reported", {"n": reported, "total": expected}, also)


def _letters_finding(to_remind: int, unsent: int) -> Finding:
    """Nobody is to be reminded only where no letter waits either."""
    waits = Finding("finding.round.unsent", {"n": unsent}) if unsent else None
    if waits is not None and not to_remind:
        return waits
    return Finding("finding.round.to_remind", {"n": to_remind}, waits)
