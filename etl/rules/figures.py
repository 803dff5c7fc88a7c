"""The figures leadership asks for: people reached, staff, hours, cost, money. Each says how many measures stated it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.facts import Count, Facts, Measure
from etl.rules.funding import Sum
from etl.rules.funding_rules import is_granted

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum over measures: ``value`` to ``value_max`` (equal unless a range was stated), None where nobody stated it.

    ``of`` is what it is measured against (people planned), over the same measures. ``stated_by`` of ``out_of`` measures
    stated it; ``approx`` where one of them is.
    """

    value: Decimal | None
    stated_by: int
    out_of: int
    value_max: Decimal | None = None
    of: Decimal | None = None
    of_max: Decimal | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class MoneyFigure:
    """Euros: totals, amounts a year and amounts a month side by side, never added to one another."""

    amounts: Sum
    stated_by: int
    out_of: int


def people_reached(measures: Iterable[Measure]) -> Figure:
    """People reached in all measures that state it."""
    shown = list(measures)
    return _people([m.participants_reached for m in shown if m.participants_reached], len(shown))


def people_reached_of_planned(measures: Iterable[Measure]) -> Figure:
    """People reached against people planned, only over measures that state both: else the two would not compare."""
    shown = list(measures)
    both = [m for m in shown if m.participants_reached and m.participants_planned]
    reached = _people([m.participants_reached for m in both if m.participants_reached], len(shown))
    planned = _people([m.participants_planned for m in both if m.participants_planned], len(shown))
    approx = reached.approx or planned.approx
    return Figure(
        reached.value, reached.stated_by, len(shown), reached.value_max, planned.value, planned.value_max, approx
    )


def _people(counts: list[Count], out_of: int) -> Figure:
    if not counts:
        return Figure(None, 0, out_of)
    low, high = Decimal(sum(c.min for c in counts)), Decimal(sum(c.max for c in counts))
    return Figure(low, len(counts), out_of, high, approx=any(c.approx for c in counts))


def staff(measures: Iterable[Measure]) -> Figure:
    """Full-time equivalents."""
    return _added(measures, lambda measure: measure.staff_fte)


def volunteer_hours(measures: Iterable[Measure]) -> Figure:
    return _added(measures, lambda measure: measure.volunteer_hours)


def _added(measures: Iterable[Measure], stated: Callable[[Measure], Decimal | None]) -> Figure:
    shown = list(measures)
    numbers = [number for measure in shown if (number := stated(measure)) is not None]
    total = sum(numbers, _ZERO) if numbers else None
    return Figure(total, len(numbers), len(shown), total)


def cost(measures: Iterable[Measure]) -> MoneyFigure:
    shown = list(measures)
    amounts = Sum()
    for measure in shown:
        amounts = amounts.plus(measure.cost)
    return MoneyFigure(amounts, amounts.stated_by, len(shown))


def funding_granted(facts: Facts) -> MoneyFigure:
    """Promised money of all fundings; applications are not in it."""
    promised = [funding for funding in facts.fundings if is_granted(funding)]
    amounts = Sum()
    for funding in promised:
        amounts = amounts.plus(funding.granted)
    return MoneyFigure(amounts, amounts.stated_by, len(promised))
