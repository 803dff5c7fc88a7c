"""Which measures belong to what a network needs month after month, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from etl.rules.facts import Facts, Funding, Measure
from etl.rules.funding_rules import follow_up_missing
from etl.rules.measure_rules import ENDED
from etl.rules.spread import per_month
from etl.vocabulary.one_off import names_one_off

#: What a list says comes after: money that was promised or asked for is asked for because the work goes on.
_GOES_ON = ("secured", "applied")


@dataclass(frozen=True, slots=True)
class Needing:
    """The measures that run or are planned, in the order of the facts. ``counted`` make up the need, ``monthly`` are
    their euros per month by key; ``unpriced`` would, if anyone stated a cost that can be put in months. ``one_off``
    are built or bought once, ``over`` have passed their end: neither is needed month after month."""

    counted: tuple[Measure, ...]
    monthly: dict[str, Decimal]
    unpriced: tuple[Measure, ...]
    one_off: tuple[Measure, ...]
    over: tuple[Measure, ...]

    @property
    def without_cost(self) -> tuple[Measure, ...]:
        """Of the ``unpriced`` those of which nobody states a cost that can be one."""
        return tuple(m for m in self.unpriced if m.cost is None or m.cost.amount < 0)

    @property
    def without_period(self) -> tuple[Measure, ...]:
        """Of the ``unpriced`` those with a total that has no start and end to be spread over."""
        return tuple(m for m in self.unpriced if m.cost is not None and m.cost.amount >= 0)


def needing(facts: Facts) -> Needing:
    """Each measure that runs or is planned on the facts' day, in the one group it belongs to."""
    going: list[Measure] = []
    once: list[Measure] = []
    over: list[Measure] = []
    for measure in facts.measures:
        if measure.status in ENDED or measure.status == "proposed":
            continue
        past = not measure.open_end and measure.end is not None and measure.end < facts.day
        (once if is_one_off(measure, facts) else over if past else going).append(measure)
    monthly = {m.key: amount for m in going if (amount := _measure_per_month(m)) is not None}
    return Needing(
        tuple(m for m in going if m.key in monthly),
        monthly,
        tuple(m for m in going if m.key not in monthly),
        tuple(once),
        tuple(over),
    )


def is_one_off(measure: Measure, facts: Facts) -> bool:
    """Whether the measure is built or bought once, so that nothing is needed month by month, not even before its end.

    Three things have to come together, because a need wrongly left out hides a gap: its title names building or buying
    (``data/vocabulary/one_off.csv``); it has a stated end, and its cost is a total if stated at all; nobody says that
    it goes on – it is not permanent, and no funding of it has follow-up money secured or applied for.
    """
    if measure.open_end or measure.end is None or measure.status == "permanent":
        return False
    if measure.cost is not None and measure.cost.per is not None:
        return False
    if any(f.follow_up_state in _GOES_ON for f in facts.fundings_of_measure.get(measure.key, ())):
        return False
    return names_one_off(measure.title)


def pays_once(funding: Funding, facts: Facts) -> bool:
    """Whether the money is known to carry only what is built or bought once, and no list asks what comes after it."""
    carried = facts.measures_of_funding.get(funding.key, ())
    said = funding.follow_up or funding.follow_up_state
    return not said and bool(carried) and all(is_one_off(measure, facts) for measure in carried)


def awaits_follow_up(funding: Funding, facts: Facts) -> bool:
    """Whether other money would have to come after it and nothing secures that; what pays once needs none."""
    return follow_up_missing(funding) and not pays_once(funding, facts)


def _measure_per_month(measure: Measure) -> Decimal | None:
    return per_month(measure.cost, measure.start, None if measure.open_end else measure.end)
