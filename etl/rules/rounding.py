"""Rounding computed numbers, without ever failing on what somebody wrote by mistake."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

#: Larger numbers have no room for places behind the comma; they are nobody's figures but must not stop a page.
_TOO_LARGE = Decimal(10) ** 18
_ONE = Decimal(1)


def rounded(number: Decimal, places: int = 4) -> Decimal:
    """Half up, without trailing zeros and never with an exponent. Four places are enough to recompute a rating."""
    if abs(number) >= _TOO_LARGE:
        return number
    short = number.quantize(_ONE.scaleb(-places), ROUND_HALF_UP).normalize()
    return short.quantize(_ONE) if short == short.to_integral_value() else short


def cents(amount: Decimal) -> Decimal:
    """Euros with two places, half up."""
    return amount if abs(amount) >= _TOO_LARGE else amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
