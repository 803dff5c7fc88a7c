"""The days of feasts that partners plan by: Easter and what hangs on it, Advent, the turn of the year."""

from __future__ import annotations

import datetime as dt

_FEASTS = {
    "neujahr": (1, 1), "nikolaus": (12, 6), "weihnachten": (12, 24), "christmas": (12, 24), "silvester": (12, 31),
}  # fmt: skip
_AFTER_EASTER = {"ostern": 0, "easter": 0, "pfingsten": 49}
FEASTS = (*_FEASTS, *_AFTER_EASTER, "advent")


def day_of_feast(name: str, year: int) -> dt.date:
    """The day of one of ``FEASTS``; of Advent the first Sunday."""
    if name == "advent":
        christmas = dt.date(year, 12, 25)
        return christmas - dt.timedelta(days=christmas.isoweekday() + 21)
    if name in _AFTER_EASTER:
        return _easter(year) + dt.timedelta(days=_AFTER_EASTER[name])
    return dt.date(year, *_FEASTS[name])


def _easter(year: int) -> dt.date:
    """Gauss's rule, as Lichtenberg wrote it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    shift = 2 - (3 * century + 3) // 4
    golden = year % 19
    full = (19 * golden + moon) % 30
    full = 21 + full - (full // 29 + (full // 28 - full // 29) * (golden // 11))
    sunday = 7 - (year + year // 4 + shift) % 7
    return dt.date(year, 3, 1) + dt.timedelta(days=full + 7 - (full - sunday) % 7 - 1)
