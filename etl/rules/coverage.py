"""Money month by month: which funding pays until when, what the running measures need, what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.days import add_months, first_of_month, last_of_month
from etl.rules.facts import Facts, Funding, Measure
from etl.rules.funding_rules import is_granted
from etl.rules.need import Needing, needing
from etl.rules.spread import per_month

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
    never part of ``covered``. ``measures`` says which measures the need is made of, and which not and why.
    ``unplaced`` fundings lack an amount or a period, ``beside`` are fundings known to carry only measures that are not
    in the need: the money of both is in no month, which has to be said beside the chart. What ended before is neither.
    """

    months: tuple[dt.date, ...]
    steps: tuple[Step, ...]
    applied: tuple[Step, ...]
    need: tuple[Decimal, ...]
    unplaced: tuple[Funding, ...]
    beside: tuple[Funding, ...]
    measures: Needing

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
    and of planned ones from their start. A measure that ends with its grant is the very gap the group has to see; what
    is built or bought once (``etl.rules.need.is_one_off``) is none: it is paid for once, so neither its cost nor the
    money that carries nothing else is in any month. Nor is a measure whose end has passed.
    Like is set against like: a funding that is known to carry only measures outside the need is left out.
    """
    first = first_of_month(first_month)
    shown = tuple(add_months(first, i) for i in range(months))
    promised = [f for f in facts.fundings if is_granted(f)]
    asked = [f for f in facts.fundings if f.status in ("idea", "applied")]
    measures = needing(facts)
    need = tuple(sum((measures.monthly[m.key] for m in measures.counted if _begun(m, month)), _ZERO) for month in shown)
    carrying = {f.key for m in measures.counted for f in facts.fundings_of_measure.get(m.key, ())}
    linked = {f.key for found in facts.fundings_of_measure.values() for f in found}
    placed = [f for f in promised if f.key in carrying or f.key not in linked]
    return Coverage(
        shown,
        _steps(placed, shown),
        _steps(asked, shown),
        need,
        tuple(f for f in placed if _funding_per_month(f) is None and _within(first, None, _end(f))),
        tuple(f for f in promised if f not in placed and _within(first, None, _end(f))),
        measures,
    )


def _steps(fundings: list[Funding], months: tuple[dt.date, ...]) -> tuple[Step, ...]:
    steps = []
    for funding in sorted(fundings, key=_permanent_first):
        amount = _funding_per_month(funding)
        if amount is not None:
            paid = (_within(month, funding.start, _end(funding)) for month in months)
            steps.append(Step(funding, tuple(amount if pays else _ZERO for pays in paid)))
    return tuple(steps)


def _permanent_first(funding: Funding) -> tuple[int, str, str]:
    end = dt.date.max if funding.open_end or funding.end is None else funding.end
    return -end.toordinal(), funding.name, funding.key


def _funding_per_month(funding: Funding) -> Decimal | None:
    money = funding.granted if is_granted(funding) else funding.applied
    return per_month(money, funding.start, _end(funding))


def _end(funding: Funding) -> dt.date | None:
    return None if funding.open_end else funding.end


def _begun(measure: Measure, month: dt.date) -> bool:
    return measure.start is None or measure.start <= last_of_month(month)


def _within(month: dt.date, start: dt.date | None, end: dt.date | None) -> bool:
    return (start is None or start <= last_of_month(month)) and (end is None or end >= month)
