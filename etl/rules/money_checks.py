"""Amounts and periods that cannot be right, or do not fit each other: asked about, never mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from etl.rules.days import months_touched
from etl.rules.facts import Facts, Funding, Money
from etl.rules.funding_rules import is_granted

#: over_allocated: more was handed to measures than was granted. over_spent: more was spent than was granted. negative:
#: an amount below zero. backwards: the end is before the start. no_amount: promised or applied for, but how much stands
#: nowhere. no_period: promised money of which nobody knows until when it pays.
CheckKind = Literal["over_allocated", "over_spent", "negative", "backwards", "no_amount", "no_period"]
CHECK_KINDS: tuple[CheckKind, ...] = (
    "over_allocated",
    "over_spent",
    "negative",
    "backwards",
    "no_amount",
    "no_period",
)
_AMOUNTS = ("granted", "applied", "spent", "paid", "own_share", "total")
_GONE = ("rejected", "withdrawn", "closed")


@dataclass(frozen=True, slots=True)
class Check:
    """``amount`` and ``beyond`` in euros where the kind has them: what stands there, and how much more than granted."""

    kind: CheckKind
    funding: Funding
    amount: Decimal | None = None
    beyond: Decimal | None = None


def money_checks(facts: Facts) -> tuple[Check, ...]:
    """By kind, the larger excess first, then by name."""
    found = [check for funding in facts.fundings for check in _checks(funding)]
    order = {kind: place for place, kind in enumerate(CHECK_KINDS)}
    return tuple(
        sorted(
            found, key=lambda c: (order[c.kind], -(c.beyond or Decimal(0)), c.funding.name.casefold(), c.funding.key)
        )
    )


def _checks(funding: Funding) -> Iterator[Check]:
    negative = next((m for name in _AMOUNTS if (m := getattr(funding, name)) is not None and m.amount < 0), None)
    if negative is not None:
        yield Check("negative", funding, negative.amount)
    if funding.start and funding.end and not funding.open_end and funding.start > funding.end:
        yield Check("backwards", funding)
    granted = whole_of(funding.granted, funding)
    if granted is not None and granted >= 0:
        yield from _beyond(funding, granted)
    if funding.status in _GONE:
        return
    if funding.granted is None and funding.applied is None and funding.total is None:
        yield Check("no_amount", funding)
    if is_granted(funding) and funding.end is None and not funding.open_end:
        yield Check("no_period", funding)


def _beyond(funding: Funding, granted: Decimal) -> Iterator[Check]:
    if funding.allocated is not None and funding.allocated > granted:
        yield Check("over_allocated", funding, funding.allocated, funding.allocated - granted)
    spent = whole_of(funding.spent, funding)
    if spent is not None and spent > granted:
        yield Check("over_spent", funding, spent, spent - granted)


def whole_of(money: Money | None, funding: Funding) -> Decimal | None:
    """Euros over the whole period; None where an amount a year or month has no period to be counted over."""
    if money is None or money.per is None:
        return money.amount if money else None
    start, end = funding.start, None if funding.open_end else funding.end
    if start is None or end is None or start > end:
        return None
    months = months_touched(start, end)
    return money.amount * months if money.per == "month" else money.amount * -(-months // 12)
