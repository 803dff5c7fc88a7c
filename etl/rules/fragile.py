"""Where the network would tear: what hangs on one person, one partner, one agreement, and what would mend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from etl.rules.bridges import bridges, neighbours
from etl.rules.cooperation_rules import PLANNED, living, renewal
from etl.rules.days import add_months
from etl.rules.facts import Contact, Facts
from etl.rules.gaps import houses_with_deputy, is_active
from etl.rules.thresholds import Thresholds

#: In the order they are told: what tears most first.
SpotKind = Literal[
    "bridge",
    "goal_on_one",
    "agreement_over",
    "vacant",
    "no_contact",
    "single_contact",
    "unconfirmed",
    "agreement_ends",
    "no_deputy",
]
SPOT_KINDS: tuple[SpotKind, ...] = get_args(SpotKind)

#: Beginnings of words in a function that say that somebody stands in for the others, in small letters.
_DEPUTY = ("stellv", "stv", "vertretung", "deputy")


@dataclass(frozen=True, slots=True)
class Spot:
    """One fragile spot. ``partners`` are the keys of those it concerns, first whom it is about; ``record`` the goal or
    cooperation in question; ``day`` when an agreement ends or a contact was confirmed last; ``n`` how many persons;
    ``parts`` (of a bridge) the keys of each part that hangs on it, largest first; of a goal, who takes part beside."""

    kind: SpotKind
    partners: tuple[str, ...]
    record: str | None = None
    day: dt.date | None = None
    n: int = 1
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def key(self) -> str:
        """Names the spot as long as it is there, for what people say about it."""
        about = self.record or (self.partners[0] if self.partners else "")
        return f"{self.kind}:{about}"


def fragile_spots(facts: Facts, thresholds: Thresholds, together: Mapping[str, tuple[str, ...]]) -> tuple[Spot, ...]:
    """All of them, by kind. ``together``: cooperation key -> the keys of the partners that take part."""
    found = [
        *_of_contacts(facts, thresholds, together),
        *_of_agreements(facts, thresholds, together),
        *_of_goals(facts, together),
        *_of_bridges(facts, together),
    ]
    return tuple(sorted(found, key=lambda spot: (SPOT_KINDS.index(spot.kind), spot.key)))


def _of_contacts(facts: Facts, thresholds: Thresholds, together: Mapping[str, tuple[str, ...]]) -> Iterator[Spot]:
    persons = _persons(facts)
    vacant = {c.partner for c in facts.contacts if c.vacant}
    yield from (Spot("vacant", (p,)) for p in sorted(vacant))
    deputised = houses_with_deputy(facts)
    old = add_months(facts.day, -thresholds.contact_age_months)
    for partner in sorted(persons.keys() & facts.partner_by_key.keys()):
        last = [max((c.reported_on for c in one if c.reported_on), default=None) for one in persons[partner]]
        days = [day for day in last if day is not None and day < old]
        if days:
            yield Spot("unconfirmed", (partner,), day=min(days), n=len(days))
        if partner in deputised or any(_deputised(contact) for one in persons[partner] for contact in one):
            continue
        if len(persons[partner]) == 1 and partner in vacant:
            continue  # the vacant post says it already
        yield Spot("no_deputy" if len(persons[partner]) > 1 else "single_contact", (partner,), n=len(persons[partner]))
    needed = {key for c in living(facts) for key in together.get(c.key, ())}
    needed |= {key for m in filter(is_active, facts.measures) if (key := m.lead_partner or m.partner)}
    silent = needed & facts.partner_by_key.keys() - persons.keys()
    yield from (Spot("no_contact", (partner,)) for partner in sorted(silent))


def _persons(facts: Facts) -> dict[str, list[list[Contact]]]:
    """Partner -> its reachable persons, each with what every list says of it: two lists may name the same person."""
    found: dict[str, dict[str, list[Contact]]] = {}
    for contact in facts.contacts:
        if not contact.vacant:
            name = (contact.name or contact.email or contact.key).strip().casefold()
            found.setdefault(contact.partner, {}).setdefault(name, []).append(contact)
    return {partner: list(persons.values()) for partner, persons in found.items()}


def _deputised(contact: Contact) -> bool:
    words = (contact.function or "").casefold().split()
    return bool(contact.deputy) or any(word.startswith(_DEPUTY) for word in words)


def _of_agreements(facts: Facts, thresholds: Thresholds, together: Mapping[str, tuple[str, ...]]) -> Iterator[Spot]:
    for cooperation in living(facts):
        when = renewal(cooperation, facts, thresholds)
        partners = together.get(cooperation.key, ())
        if partners and when in ("over", "soon"):
            kind: SpotKind = "agreement_over" if when == "over" else "agreement_ends"
            yield Spot(kind, partners, cooperation.key, cooperation.end)


def _of_goals(facts: Facts, together: Mapping[str, tuple[str, ...]]) -> Iterator[Spot]:
    """Goals of which every active measure is led by the same partner; a lead the network does not know is another."""
    helping: dict[str, set[str]] = {}
    for cooperation in living(facts):
        for key in cooperation.measures:
            helping.setdefault(key, set()).update(together.get(cooperation.key, ()))
    for goal in facts.goals:
        own = (goal, *facts.children_of.get(goal.key, ()))
        active = {m.key: m for one in own for m in facts.measures_of_goal.get(one.key, ()) if is_active(m)}
        leads = {m.lead_partner or m.lead or m.partner for m in active.values()}
        only = next(iter(leads)) if len(leads) == 1 else None
        if only in facts.partner_by_key:
            others = {key for m in active.values() for key in (*m.partner_keys, *helping.get(m.key, ()))} - {only}
            yield Spot("goal_on_one", (only,), goal.key, n=len(active), parts=(tuple(sorted(others)),))


def _of_bridges(facts: Facts, together: Mapping[str, tuple[str, ...]]) -> Iterator[Spot]:
    at_work = (c for c in living(facts) if c.status not in PLANNED)
    pairs = (
        (one, other)
        for cooperation in at_work
        for keys in [sorted(together.get(cooperation.key, ()))]
        for index, one in enumerate(keys)
        for other in keys[index + 1 :]
    )
    for partner, parts in bridges(neighbours(pairs)).items():
        hanging = [tuple(sorted(part)) for part in parts]
        yield Spot("bridge", (partner, *(key for part in hanging[1:] for key in part)), parts=tuple(hanging))
