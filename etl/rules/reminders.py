"""Who has reported in a round, and who is to be reminded when: at most once before and once after the deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from etl.rules.days import falls_in_round, reported_since
from etl.rules.facts import Contact, Facts, Partner, Round
from etl.rules.finding import Finding
from etl.rules.gaps import partners_expected

State = Literal["delivered", "confirmed", "nothing"]
#: Functions that stand in for somebody: asked only where nobody else is.
_DEPUTY = ("stellv", "vertret", "deputy")


@dataclass(frozen=True, slots=True)
class InRound:
    """How far a partner is: by a file, by confirming everything, or not yet. ``day`` is what it is about; ``late``:
    it came after the deadline."""

    partner: Partner
    state: State
    day: dt.date | None = None
    late: bool = False


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
    """The reminder whose turn it is (``days`` from the deadline on); one before the deadline ends with it."""
    begun = [
        (offset, code)
        for code, offset in days.items()
        if this.deadline + dt.timedelta(days=offset) <= day and (offset > 0 or day <= this.deadline)
    ]
    return max(begun)[1] if begun else None


def partners_in_round(facts: Facts, this: Round) -> tuple[InRound, ...]:
    """Everybody a report is expected of. What comes after the deadline counts as late, not as missing."""
    return tuple(_in_round(facts, this, partner) for partner in partners_expected(facts))


def _in_round(facts: Facts, this: Round, partner: Partner) -> InRound:
    sources: tuple[tuple[State, list[tuple[dt.date, dt.date]]], ...] = (
        ("delivered", [(d.day, d.received) for d in facts.delivered.get(partner.key, ())]),
        ("confirmed", [(c.day, c.day) for c in facts.confirmed.get(partner.key, ())]),
    )
    for state, reports in sources:
        counts = [(day, came) for day, came in reports if reported_since((day,), facts.rounds, this)]
        in_time = [d for d, came in counts if came <= this.deadline and falls_in_round(d, facts.rounds, this)]
        if counts:
            return InRound(partner, state, max(in_time or [day for day, _ in counts]), late=not in_time)
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


def round_finding(reported: int, expected: int, to_remind: int, unsent: int) -> Finding:
    """How many have reported, how many letters are to be written and how many of those written still to be sent."""
    also = _letters_finding(to_remind, unsent)
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
