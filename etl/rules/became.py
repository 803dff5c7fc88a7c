"""What became of what a partner reported: the goals its figures support, and what a meeting did with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.rules.facts import Facts, Measure, Observation
from etl.rules.finding import Finding
from etl.rules.organisation import measures_of


@dataclass(frozen=True, slots=True)
class Supported:
    """A goal that a partner's figures support: its ``values`` (of each indicator the latest) and its ``measures``."""

    goal: str
    values: tuple[Observation, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What a meeting spoke about or wrote down. ``kind``: item, or what kind of result; ``about``: keys of records;
    ``record``: its own key where it is a fact itself. ``meeting``: key, None where only its day is known. ``houses``:
    keys of the partners it makes responsible."""

    kind: str
    text: str
    about: tuple[str, ...]
    meeting: str | None = None
    day: dt.date | None = None
    record: str | None = None
    houses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedTo:
    """``because``: keys of the partner's own measures or figures, else of the goals they support; none of these where
    it makes the partner itself responsible."""

    told: Told
    because: tuple[str, ...]


def own_values(facts: Facts, partner: str) -> dict[str, Observation]:
    """Indicator -> the latest value this partner sent, of those that hold."""
    numbers = {delivery.number for delivery in facts.delivered.get(partner, ())}
    found: dict[str, Observation] = {}
    for observation in sorted(facts.observations, key=lambda o: (o.day, o.key)):
        if observation.delivery in numbers:
            found[observation.indicator] = observation
    return found


def supported_goals(facts: Facts, partner: str) -> tuple[Supported, ...]:
    """The goals its values measure or its measures serve, in the order of the catalogue."""
    values, own = own_values(facts, partner), measures_of(facts, partner)
    found = []
    for goal in facts.goals:
        indicators = facts.indicators_of.get(goal.key, ())
        sent = tuple(values[i.key] for i in indicators if i.key in values)
        serving = tuple(m for m in own if goal.key in m.goals)
        if sent or serving:
            found.append(Supported(goal.key, sent, serving))
    return tuple(found)


def led_to(facts: Facts, partner: str, goals: Sequence[Supported], told: Iterable[Told]) -> tuple[LedTo, ...]:
    """What of ``told`` is about something of the partner's, about a goal its figures support, or what it is responsible
    for; the latest first."""
    own = {m.key for m in measures_of(facts, partner)} | {f.key for f in facts.fundings if f.partner == partner}
    own |= {c.key for c in facts.cooperations if partner == c.partner or partner in c.partner_keys}
    own |= {i for one in goals for v in one.values for i in (v.key, v.indicator)}
    served = {one.goal for one in goals}
    found = []
    for one in told:
        because = tuple(k for k in dict.fromkeys(one.about) if k in own) or tuple(
            k for k in dict.fromkeys(one.about) if k in served
        )
        if because or partner in one.houses:
            found.append(LedTo(one, because))
    return tuple(sorted(found, key=lambda one: one.told.day or dt.date.min, reverse=True))


def became_finding(goals: int, led: int) -> Finding:
    """How many goals the figures support, and how often a meeting took them up; kindly where there is nothing yet."""
    if not goals:
        return Finding("became.finding.no_goal")
    return Finding("became.finding.goals", {"n": goals}, Finding("became.finding.led", {"n": led}))
