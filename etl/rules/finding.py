"""What a page's headline says: a wording key with its values, and the sentences that follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from etl.rules.rating import Rating
from etl.rules.rounding import rounded
from etl.wording.quantity import Quantity

#: Inputs of a rating that are values of the indicator, and those that are distances between two of them.
_VALUES = ("value", "expected", "baseline", "target", "forecast")
_DISTANCES = ("gap", "forecast_missing")


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence as a wording key (``code``) with ``values``; ``also`` is the sentence that follows it.

    Sentences with two numbers are two sentences, so that each is right at 0, 1, 2 and many.
    """

    code: str
    values: Mapping[str, Any] = field(default_factory=dict)
    also: Finding | None = None

    @property
    def sentences(self) -> tuple[Finding, ...]:
        """This finding and those that follow, in order."""
        return (self, *(self.also.sentences if self.also else ()))


def rule_finding(rating: Rating) -> Finding:
    """The sentence that says why a rating is what it is: ``rule.<rule>`` with its inputs as quantities."""
    return Finding(f"rule.{rating.rule}", shown_inputs(rating))


def shown_inputs(rating: Rating) -> dict[str, Any]:
    """A rating's inputs for sentences: values with their unit and mark, computed ones rounded, nothing that is None."""
    shown = {name: value for name, value in rating.inputs.items() if value is not None}
    if "days_late" in shown:
        shown["n"] = shown["days_late"]
    unit = rating.inputs.get("unit")
    for name in (*_VALUES, *_DISTANCES):
        if isinstance(shown.get(name), Decimal):
            stated = name in ("value", "baseline", "target")
            number = shown[name] if stated else shortened(shown[name])
            provisional = name == "value" and bool(rating.inputs.get("provisional"))
            shown[name] = Quantity(number, unit, provisional, difference=name in _DISTANCES)
    return shown


def shortened(number: Decimal) -> Decimal:
    """A computed number as precise as is honest: whole from 100 on, else one decimal."""
    return rounded(number, 0 if abs(number) >= 100 else 1)
