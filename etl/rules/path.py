"""The expected path of an indicator (Soll-Verlauf): a straight line from baseline to target, and where a trend leads.

Source: the project's rule proposal for goals with numbers (share of the way ``p`` against share of the time ``e``),
after the Federal Statistical Office's indicator report, which carries the latest trend on to the target year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from etl.rules.records import Indicator, Observation

ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Path:
    """An indicator whose four corner values are all stated and in order, so that a line can be drawn."""

    baseline: Decimal
    baseline_day: dt.date
    target: Decimal
    target_day: dt.date

    @property
    def way(self) -> Decimal:
        """From baseline to target, in the indicator's unit; negative where less is better."""
        return self.target - self.baseline

    def elapsed(self, day: dt.date) -> Decimal:
        """Share of the time that has passed on ``day``, 0 to 1."""
        share = Decimal((day - self.baseline_day).days) / Decimal((self.target_day - self.baseline_day).days)
        return min(max(share, ZERO), ONE)

    def share(self, value: Decimal) -> Decimal:
        """Share of the way a value has covered: 0 at the baseline, 1 at the target, negative in the wrong direction."""
        return (value - self.baseline) / self.way

    def expected(self, day: dt.date) -> Decimal:
        return self.baseline + self.way * self.elapsed(day)

    def forecast(self, value: Decimal, day: dt.date) -> Decimal:
        """The value on the target day if it goes on as from the baseline to ``value`` on ``day``."""
        elapsed = self.elapsed(day)
        if elapsed in (ZERO, ONE):
            return value
        return self.baseline + (value - self.baseline) / elapsed


def path_of(indicator: Indicator) -> Path | None:
    """The path, or None where a corner is missing, the days are not in order or there is no way to go."""
    baseline, baseline_day = indicator.baseline, indicator.baseline_day
    target, target_day = indicator.target, indicator.target_day
    if baseline is None or baseline_day is None or target is None or target_day is None:
        return None
    if baseline_day >= target_day or baseline == target:
        return None
    return Path(baseline, baseline_day, target, target_day)


def expected_on(indicator: Indicator, day: dt.date) -> Decimal | None:
    """Where the indicator should be on ``day``, in its unit; before the baseline day and after the target day level."""
    path = path_of(indicator)
    return path.expected(day) if path else None


def forecast_of(indicator: Indicator, latest: Observation) -> Decimal | None:
    """The value on the target day by linear trend from the baseline to the latest value."""
    path = path_of(indicator)
    return path.forecast(latest.value, latest.day) if path else None


def gap(indicator: Indicator, latest: Observation) -> Decimal | None:
    """How far a value lies behind the path on its own day, in the indicator's unit; negative: ahead of it."""
    path = path_of(indicator)
    if path is None:
        return None
    behind = path.expected(latest.day) - latest.value
    return behind if path.way > 0 else -behind
