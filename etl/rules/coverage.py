"""Money month by month: which funding pays until when, what the running measures need, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.days import add_months, first_of_month, last_of_month, months_touched
from etl.rules.facts import Facts, Funding, Measure, Money
from etl.rules.funding_rules import is_granted
from etl.rules.measure_rules import ENDED
from etl.rules.rounding import cents

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Step:
    """One funding's euros per month, an amount for each month shown; 0 before its start and after its end."""

    funding: Funding
    monthly: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months (their first days) with promised money, need and what is missing, all in euros per month.

    ``steps`` are ordered by end, permanent money first, so that they stack to stairs; ``applied`` are applications,
    never part of ``covered``. ``unplaced`` fundings and ``unpriced`` measures lack an amount or a period, ``beside``
    are
    fundings known to carry only measures without a price: their money is in no month, which has to be said beside
    the chart.
    """

    months: tuple[dt.date, ...]
    steps: tuple[Step, ...]
    applied: tuple[Step, ...]
    need: tuple[Decimal, ...]
    unplaced: tuple[Funding, ...]
    beside: tuple[Funding, ...]
    unpriced: tuple[Measure, ...]

    @property
    def covered(self) -> tuple[Decimal, ...]:
        return tuple(sum((step.monthly[i] for step in self.steps), _ZERO) for i in range(len(self.months)))

    @property
    def gap(self) -> tuple[Decimal, ...]:
        """What is missing in each month, 0 where the money is enough."""
        return tuple(max(need - covered, _ZERO) for need, covered in zip(self.need, self.covered, strict=True))


def coverage(facts: Facts, first_month: dt.date, months: int) -> Coverage:
    """``months`` calendar months from that of ``first_month``.

    An amount per month counts as it is, per year as a twelfth, a total in equal parts over the months its period
    touches. The need is what it takes to go on: the monthly cost of the measures that run on the day, in every month,
    and of planned ones from their start. A measure that ends with its grant is the very gap the group has to see.
    Like is set against like: a funding that is known to carry only measures without a known cost is left out.
    """
    first = first_of_month(first_month)
    shown = tuple(add_months(first, i) for i in range(months))
    promised = [f for f in facts.fundings if is_granted(f)]
    asked = [f for f in facts.fundings if f.status in ("idea", "applied")]
    running = [m for m in facts.measures if m.status not in ENDED and m.status != "proposed"]
    priced = {m.key: monthly for m in running if (monthly := _measure_per_month(m)) is not None}
    need = tuple(
        sum((priced[m.key] for m in running if m.key in priced and _goes_on(m, month, facts.day)), _ZERO)
        for month in shown
    )
    carrying = {f.key for key in priced for f in facts.fundings_of_measure.get(key, ())}
    linked = {f.key for found in facts.fundings_of_measure.values() for f in found}
    placed = [f for f in promised if f.key in carrying or f.key not in linked]
    return Coverage(
        shown,
        _steps(placed, shown),
        _steps(asked, shown),
        need,
        tuple(f for f in placed if _funding_per_month(f) is None),
        tuple(f for f in promised if f not in placed),
        tuple(m for m in running if m.key not in priced),
    )


def _steps(fundings: list[Funding], months: tuple[dt.date, ...]) -> tuple[Step, ...]:
    steps = []
    for funding in sorted(fundings, key=_permanent_first):
        amount = _funding_per_month(funding)
        if amount is not None:
            end = None if funding.open_end else funding.end
            steps.append(Step(funding, tuple(amount if _within(m, funding.start, end) else _ZERO for m in months)))
    return tuple(steps)


def _permanent_first(funding: Funding) -> tuple[int, str, str]:
    end = dt.date.max if funding.open_end or funding.end is None else funding.end
    return -end.toordinal(), funding.name, funding.key


def _funding_per_month(funding: Funding) -> Decimal | None:
    money = funding.granted if is_granted(funding) else funding.applied
    return per_month(money, funding.start, None if funding.open_end else funding.end)


def _measure_per_month(measure: Measure) -> Decimal | None:
    return per_month(measure.cost, measure.start, None if measure.open_end else measure.end)


def per_month(money: Money | None, start: dt.date | None, end: dt.date | None) -> Decimal | None:
    """Euros per month, rounded to cents; None where a total has no period to be spread over, or is negative."""
    if money is None or money.amount < 0:
        return None
    if money.per == "month":
        return money.amount
    if money.per == "year":
        return cents(money.amount / 12)
    if start is None or end is None or start > end:
        return None
    return cents(money.amount / months_touched(start, end))


def per_year(money: Money | None, start: dt.date | None, end: dt.date | None) -> Decimal | None:
    """Euros per year. A total within one year is that year's money; over more than one it is spread evenly."""
    if money is None or money.amount < 0 or money.per == "year":
        return money.amount if money and money.amount >= 0 else None
    if money.per is None and start and end and start <= end < add_months(start, 12):
        return money.amount
    monthly = per_month(money, start, end)
    return monthly * 12 if monthly is not None else None


def _goes_on(measure: Measure, month: dt.date, day: dt.date) -> bool:
    """Whether the measure needs money in ``month`` if it goes on: it has not ended by ``day`` and has begun by then."""
    over = not measure.open_end and measure.end is not None and measure.end < day
    return not over and (measure.start is None or measure.start <= last_of_month(month))


def _within(month: dt.date, start: dt.date | None, end: dt.date | None) -> bool:
    return (start is None or start <= last_of_month(month)) and (end is None or end >= month)
