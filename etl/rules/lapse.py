"""Money that is there and may not be spent any more: it lapses, must be carried over to another budget year, or goes
back.

A budget year (Haushaltsjahr) is the calendar year. What a year has of a total over several is its even share, as in the
chart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.rules.days import add_months, months_touched
from etl.rules.facts import Facts, Funding
from etl.rules.funding import carried_measures
from etl.rules.funding_rules import is_granted
from etl.rules.rounding import cents
from etl.rules.thresholds import Thresholds

#: lapses: what is not spent by a year's end that is near is lost unless it is carried over. extend: the period ends
#: soon, in the middle of a year, so that only a longer period would keep what is left. carry_over: the period goes on,
#: but less was spent than this budget year's share. transfer, give_back: the period is over; whether a measure goes on
#: decides which.
LapseKind = Literal["lapses", "extend", "carry_over", "transfer", "give_back"]
_YEAR_END = (12, 31)
_SETTLED = ("report_submitted", "closed")


@dataclass(frozen=True, slots=True)
class Lapse:
    """``left`` (euros) is not spent as last told, ``expected`` what will be left on ``day`` at the pace so far: the
    last one on which it may be spent, or was. ``year`` is the budget year it belongs to."""

    funding: Funding
    kind: LapseKind
    day: dt.date
    year: int
    left: Decimal
    expected: Decimal


def lapses(facts: Facts, thresholds: Thresholds) -> tuple[Lapse, ...]:
    """Earliest day first, then the larger amount."""
    found = [lapse for funding in facts.fundings for lapse in _lapse(funding, facts, thresholds)]
    return tuple(sorted(found, key=lambda one: (one.day, -one.left, one.funding.name, one.funding.key)))


@dataclass(frozen=True, slots=True)
class _Purse:
    """What was granted and spent (euros) since ``start``, as told on ``told``."""

    granted: Decimal
    spent: Decimal
    start: dt.date
    told: dt.date

    @property
    def left(self) -> Decimal:
        return self.granted - self.spent

    def left_on(self, last: dt.date) -> Decimal:
        """What is left on ``last`` if spending goes on as it did; negative where it would not be enough."""
        pace = self.spent / months_touched(self.start, self.told)
        return cents(self.granted - pace * months_touched(self.start, last))


def _lapse(funding: Funding, facts: Facts, thresholds: Thresholds) -> Iterator[Lapse]:
    granted, spent, end = funding.granted, funding.spent, None if funding.open_end else funding.end
    if not is_granted(funding) or granted is None or spent is None or granted.per != spent.per:
        return
    if granted.amount <= spent.amount or spent.amount < 0 or granted.per == "month":
        return
    start = dt.date(facts.day.year, 1, 1) if granted.per == "year" else funding.start
    if start is None or (end is not None and start > end):
        return
    told = min(funding.reported_on or facts.day, facts.day)
    purse = _Purse(granted.amount, spent.amount, max(start, funding.start or start), told)
    if granted.per == "year":
        year_end = dt.date(facts.day.year, 12, 31)
        yield from _near_its_end(funding, purse, min(end or year_end, year_end), facts.day, thresholds)
    elif end is not None and end < facts.day:
        yield from _over(funding, end, purse.left, facts)
    elif end is not None and start <= facts.day:
        yield from _near_its_end(funding, purse, end, facts.day, thresholds)
        yield from _behind(funding, purse, end, facts.day, thresholds)


def _near_its_end(
    funding: Funding, purse: _Purse, last: dt.date, day: dt.date, thresholds: Thresholds
) -> Iterator[Lapse]:
    expected = purse.left_on(last)
    if day <= last <= add_months(day, thresholds.funding_warning_months) and expected > 0:
        kind: LapseKind = "lapses" if (last.month, last.day) == _YEAR_END else "extend"
        yield Lapse(funding, kind, last, last.year, purse.left, min(purse.left, expected))


def _over(funding: Funding, end: dt.date, left: Decimal, facts: Facts) -> Iterator[Lapse]:
    if funding.status in _SETTLED:
        return
    goes_on = any(m.open_end or (m.end is not None and m.end > end) for m in carried_measures(funding, facts))
    yield Lapse(funding, "transfer" if goes_on else "give_back", end, end.year, left, left)


def _behind(funding: Funding, purse: _Purse, end: dt.date, day: dt.date, thresholds: Thresholds) -> Iterator[Lapse]:
    """Of a total over several budget years: the shares up to this one's end are not spent by then."""
    year_end = dt.date(day.year, 12, 31)
    if end <= year_end or end <= add_months(day, thresholds.funding_warning_months):
        return
    share = purse.granted / months_touched(purse.start, end) * months_touched(purse.start, year_end)
    expected = share - (purse.granted - purse.left_on(year_end))
    if expected > share * thresholds.carry_over_share:
        yield Lapse(funding, "carry_over", year_end, day.year, purse.left, cents(expected))
