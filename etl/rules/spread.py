"""Amounts as euros per month and per year: totals in equal parts over the time they are for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from etl.rules.days import add_months, months_touched
from etl.rules.facts import Money
from etl.rules.rounding import cents


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
