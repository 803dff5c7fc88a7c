"""Numbers with their unit and the marks that travel with them, as parts and charts write them."""

from __future__ import annotations

from decimal import Decimal

from etl.wording import formatted
from etl.wording.marks import mark_word, mark_words, marked
from etl.wording.quantity import Quantity

__all__ = ["is_percent", "mark_word", "mark_words", "marked", "quantity", "shortened"]


def quantity(
    language: str, value: Decimal, unit: str | None, *, computed: bool = False, difference: bool = False
) -> str:
    """„51,2 %“, „38 Kinder“, „9,6 Punkte“. ``computed`` values are rounded to what is honest."""
    return formatted(
        language, Quantity(shortened(value) if computed else value, unit, difference=difference), "quantity"
    )


def is_percent(unit: str | None) -> bool:
    return unit == "%"


def shortened(number: Decimal) -> Decimal:
    """Whole from 100 on, else one decimal."""
    return number.quantize(Decimal(1) if abs(number) >= 100 else Decimal("0.1"))
