"""The network's money: what ends when, what it carries, what is due, sums that may be added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from etl.rules.days import days_after
from etl.rules.facts import Facts, Funding, Goal, Measure, Money
from etl.rules.funding_rules import ReportDue, ending_day, interim_report_due, is_granted, report_due
from etl.rules.measure_rules import ENDED
from etl.rules.need import awaits_follow_up
from etl.rules.thresholds import Thresholds

__all__ = [
    "Ending",
    "LevelSum",
    "carried_goals",
    "carried_measures",
    "funding_ending_within",
    "reports_due",
    "sums_by_level",
]


@dataclass(frozen=True, slots=True)
class Ending:
    """A funding that ends soon: days left (0 = last day), what it carries, and whether what comes after is open."""

    funding: Funding
    day: dt.date
    days_left: int
    follow_up_missing: bool
    measures: tuple[Measure, ...]
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts that may be added to one another: totals, amounts a year and amounts a month stay apart.

    A negative amount is nobody's money: it is asked about (``etl.rules.money_checks``) and never added.
    """

    total: Decimal = Decimal(0)
    per_year: Decimal = Decimal(0)
    per_month: Decimal = Decimal(0)
    stated_by: int = 0
    approx: bool = False

    def plus(self, money: Money | None) -> Sum:
        if money is None or money.amount < 0:
            return self
        return Sum(
            self.total + (money.amount if money.per is None else 0),
            self.per_year + (money.amount if money.per == "year" else 0),
            self.per_month + (money.amount if money.per == "month" else 0),
            self.stated_by + 1,
            self.approx or money.approx,
        )


@dataclass(frozen=True, slots=True)
class LevelSum:
    """Money of one level (eu, federal, …; None: not stated). Granted and applied are two sums and never one."""

    level: str | None
    fundings: int = 0
    granted: Sum = field(default_factory=Sum)
    applied: Sum = field(default_factory=Sum)


def funding_ending_within(facts: Facts, days: int, *, without_follow_up: bool = False) -> tuple[Ending, ...]:
    """Promised money whose last day lies within ``days`` days from ``facts.day`` (that day counts), earliest first."""
    last = days_after(facts.day, days)
    found = []
    for funding in facts.fundings:
        ends = ending_day(funding)
        if ends is None or not facts.day <= ends <= last:
            continue
        missing = awaits_follow_up(funding, facts)
        if missing or not without_follow_up:
            carried = carried_measures(funding, facts)
            left = (ends - facts.day).days
            found.append(Ending(funding, ends, left, missing, carried, carried_goals(carried, facts)))
    return tuple(sorted(found, key=lambda e: (e.day, e.funding.name, e.funding.key)))


def carried_measures(funding: Funding, facts: Facts) -> tuple[Measure, ...]:
    """The measures a funding carries, whichever side stated the link; ended ones left out."""
    return tuple(m for m in facts.measures_of_funding.get(funding.key, ()) if m.status not in ENDED)


def carried_goals(measures: Iterable[Measure], facts: Facts) -> tuple[Goal, ...]:
    """The goals those measures serve, in the order of the facts."""
    keys = {goal for measure in measures for goal in measure.goals}
    return tuple(goal for goal in facts.goals if goal.key in keys)


def reports_due(facts: Facts, thresholds: Thresholds, days: int | None = None) -> tuple[ReportDue, ...]:
    """Funders' reports not yet handed in, about budget years and at the end, earliest first; those overdue first.

    ``days`` limits how far ahead to look.
    """
    found = [due for funding in facts.fundings for due in _reports_of(funding, facts.day, thresholds)]
    last = days_after(facts.day, days) if days is not None else dt.date.max
    return tuple(sorted((d for d in found if d.day <= last), key=lambda d: (d.day, d.funding.name, d.funding.key)))


def _reports_of(funding: Funding, day: dt.date, thresholds: Thresholds) -> Iterable[ReportDue]:
    return filter(None, (report_due(funding, thresholds), interim_report_due(funding, day, thresholds)))


def sums_by_level(facts: Facts) -> tuple[LevelSum, ...]:
    """Money by level, in the order of level codes, not stated last. Rejected and withdrawn applications don't count.

    What was granted is no longer applied for: an application counts only while nothing is promised.
    """
    sums: dict[str | None, LevelSum] = {}
    for funding in facts.fundings:
        if funding.status in ("rejected", "withdrawn"):
            continue
        before = sums.get(funding.level, LevelSum(funding.level))
        granted = before.granted.plus(funding.granted) if is_granted(funding) else before.granted
        applied = before.applied if is_granted(funding) else before.applied.plus(funding.applied)
        sums[funding.level] = LevelSum(funding.level, before.fundings + 1, granted, applied)
    return tuple(sums[level] for level in sorted(sums, key=lambda code: (code is None, code or "")))
