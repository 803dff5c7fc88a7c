"""When funding runs out: what ends in which month and budget year, and who loses what by it.

Only promised money can run out; applications are told beside it and never counted as money.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.coverage import coverage
from etl.rules.days import add_months, days_after, first_of_month
from etl.rules.facts import Cooperation, Facts, Funding, Goal, Measure
from etl.rules.funding import carried_goals, carried_measures
from etl.rules.funding_rules import ending_day, is_granted
from etl.rules.gaps import is_active
from etl.rules.need import awaits_follow_up
from etl.rules.spread import per_year

#: How far ahead the network looks.
MONTHS_AHEAD = 24
_ENDED = ("ended", "dormant")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LostMeasure:
    """``last``: no other promised money carries the measure on the day after."""

    measure: Measure
    last: bool


@dataclass(frozen=True, slots=True)
class LostGoal:
    """``hit`` of the goal's ``active`` measures lose money. ``all_of_it``: each active one loses its last."""

    goal: Goal
    hit: int
    active: int
    all_of_it: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """A funding that ends on ``day``. ``yearly`` (euros) is missing from then on, None where nobody stated an amount;
    ``own_yearly`` is the own share that was stated with it. ``secured``: what comes after is certain, or nothing
    has to come after what is built or bought once."""

    funding: Funding
    day: dt.date
    yearly: Decimal | None
    own_yearly: Decimal | None
    secured: bool
    measures: tuple[LostMeasure, ...]
    goals: tuple[LostGoal, ...]
    cooperations: tuple[Cooperation, ...]

    @property
    def month(self) -> dt.date:
        return first_of_month(self.day)

    @property
    def start(self) -> dt.date:
        """The day from which other money would have to pay."""
        return days_after(self.day)


@dataclass(frozen=True, slots=True)
class BudgetYear:
    """A budget year (Haushaltsjahr: the calendar year) with what ends in it; of the current one the months that are
    left. Euros: ``promised`` flows in it, ``need`` are the costs of what goes on, ``missing`` the months without enough
    money. ``applied`` was only asked for and is part of none of them."""

    year: int
    losses: tuple[Loss, ...]
    months: int
    promised: Decimal
    applied: Decimal
    need: Decimal
    missing: Decimal

    @property
    def open_losses(self) -> tuple[Loss, ...]:
        return tuple(loss for loss in self.losses if not loss.secured)


def losses(facts: Facts, months: int = MONTHS_AHEAD) -> tuple[Loss, ...]:
    """What ends from ``facts.day`` on within ``months`` calendar months, that of the day being the first."""
    last_month = add_months(first_of_month(facts.day), months - 1)
    cooperating = _cooperations_of_measure(facts)
    found = []
    for funding in facts.fundings:
        day = ending_day(funding)
        backwards = funding.start is not None and day is not None and funding.start > day
        if day is not None and not backwards and facts.day <= day and first_of_month(day) <= last_month:
            found.append(_loss(funding, day, facts, cooperating))
    return tuple(sorted(found, key=lambda loss: (loss.day, loss.secured, -(loss.yearly or _ZERO), loss.funding.name)))


def _loss(funding: Funding, day: dt.date, facts: Facts, cooperating: dict[str, list[Cooperation]]) -> Loss:
    lost = tuple(LostMeasure(m, not _carried_after(m, day, facts)) for m in carried_measures(funding, facts))
    touched = {c.key: c for one in lost for c in cooperating.get(one.measure.key, ())}
    return Loss(
        funding,
        day,
        per_year(funding.granted, funding.start, funding.end),
        per_year(funding.own_share, funding.start, funding.end),
        not awaits_follow_up(funding, facts),
        lost,
        tuple(_lost_goal(goal, lost, day, facts) for goal in carried_goals((one.measure for one in lost), facts)),
        tuple(touched.values()),
    )


def _carried_after(measure: Measure, day: dt.date, facts: Facts) -> bool:
    return any(_pays_after(f, day) for f in facts.fundings_of_measure.get(measure.key, ()))


def _pays_after(funding: Funding, day: dt.date) -> bool:
    return is_granted(funding) and (funding.open_end or (funding.end is not None and funding.end > day))


def _lost_goal(goal: Goal, lost: Iterable[LostMeasure], day: dt.date, facts: Facts) -> LostGoal:
    active = [m for m in facts.measures_of_goal.get(goal.key, ()) if is_active(m)]
    lasts = {one.measure.key for one in lost if one.last}
    hit = {one.measure.key for one in lost}
    return LostGoal(
        goal,
        sum(m.key in hit for m in active),
        len(active),
        bool(active) and all(m.key in lasts for m in active),
    )


def _cooperations_of_measure(facts: Facts) -> dict[str, list[Cooperation]]:
    """Measure -> the living cooperations that name it, or whose partners all carry it together."""
    found: dict[str, list[Cooperation]] = {}
    together: dict[frozenset[str], list[Cooperation]] = {}
    for cooperation in facts.cooperations:
        if cooperation.status in _ENDED:
            continue
        for key in cooperation.measures:
            found.setdefault(key, []).append(cooperation)
        houses = frozenset(cooperation.partner_keys)
        if not cooperation.measures and len(houses) == 2:
            together.setdefault(houses, []).append(cooperation)
    for measure in facts.measures:
        houses = frozenset(key for key in (measure.lead_partner or measure.partner, *measure.partner_keys) if key)
        if len(houses) == 2:
            found.setdefault(measure.key, []).extend(together.get(houses, ()))
    return found


def budget_years(facts: Facts, found: tuple[Loss, ...], months: int = MONTHS_AHEAD) -> tuple[BudgetYear, ...]:
    """Each calendar year the ``months`` touch, the last one whole: budgets are made for whole years."""
    first = first_of_month(facts.day)
    last_year = add_months(first, months - 1).year
    shown = coverage(facts, first, (last_year - first.year) * 12 + 13 - first.month)
    covered, gap = shown.covered, shown.gap
    asked = [sum((step.monthly[i] for step in shown.applied), _ZERO) for i in range(len(shown.months))]
    years = []
    for year in range(first.year, last_year + 1):
        places = [i for i, month in enumerate(shown.months) if month.year == year]
        promised, applied, need, missing = (
            sum((row[i] for i in places), _ZERO) for row in (covered, asked, shown.need, gap)
        )
        ends = tuple(loss for loss in found if loss.day.year == year)
        years.append(BudgetYear(year, ends, len(places), promised, applied, need, missing))
    return tuple(years)
