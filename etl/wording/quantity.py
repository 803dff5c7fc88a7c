"""A measured value as people read it: number, unit and how sure it is, never a bare number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value for the form ``quantity``: „51,2 % (vorläufig)“, „ca. 38 Kinder“, „9,6 Punkte“.

    ``unit`` as stated by the network. ``difference``: the distance between two values, so that percent become points.
    """

    number: Decimal | float | int
    unit: str | None = None
    provisional: bool = False
    approx: bool = False
    difference: bool = False
