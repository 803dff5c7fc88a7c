"""How an indicator, and with it a goal, is rated on a day.

Source: design (order of the rules; moving the wrong way and standing still count) and the domain report's proposal for
goals with numbers. What they leave open is decided here and said in ``indicator_verdict``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.rules.days import add_months, days_after
from etl.rules.path import ONE, ZERO, Path, path_of
from etl.rules.rating import Verdict
from etl.rules.records import Indicator, Observation
from etl.rules.rounding import rounded
from etl.rules.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the latest value stands on the path: all the rules look at, computed once."""

    path: Path
    latest: Observation
    p: Decimal
    e: Decimal
    miss: Decimal
    fell: Decimal
    stood_still: bool

    def behind(self, thresholds: Thresholds) -> bool:
        return self.p < self.e - thresholds.path_margin


def indicator_verdict(
    indicator: Indicator, observations: tuple[Observation, ...], day: dt.date, thresholds: Thresholds
) -> Verdict:
    """The rating of one indicator on ``day``; observations oldest first, none later than ``day`` is needed.

    ``p`` is the share of the way covered, ``e`` the share of the time elapsed **on the value's own day**: a yearly
    figure published in autumn is compared with where it should have been then, so no goal turns red for want of a
    report.

    1. *cannot be rated*: baseline, target, their days or a value since the baseline are missing; the direction
       contradicts the target; the value is older than ``goal_value_age_months``.
    2. *off track*: the value is worse than the baseline, or fell since the value before and lies behind the path
       (moving the wrong way); the target day has a value that misses by more than ``miss_at_risk`` of the way; or it
       is behind the path and the trend misses by more than that.
    3. *at risk*: the target day passed without a value that reaches it; fell, though still on the path; behind the
       path with a forecast within ``miss_at_risk``; standing still.
    4. *on track*: target reached, whatever the trend, or on the path within ``path_margin``.
    """
    values = [o for o in observations if o.day <= day]
    unrated = _why_not(indicator, values, day, thresholds)
    if unrated is not None:
        rule, inputs = unrated
        return Verdict("cannot_be_rated", rule, _stated(indicator) | inputs)
    if indicator.baseline == indicator.target:
        return _held(indicator, values[-1])
    path = path_of(indicator)
    assert path is not None, "an indicator that can be rated has a path"
    standing = _standing(path, values, thresholds)
    return _judged(standing, day, thresholds, _stated(indicator) | _inputs(standing))


def _why_not(
    indicator: Indicator, values: list[Observation], day: dt.date, thresholds: Thresholds
) -> tuple[str, dict[str, Any]] | None:
    if not values:
        return "no_value", {}
    latest = values[-1]
    told: dict[str, Any] = {"value": latest.value, "value_day": latest.day}
    if day > add_months(latest.day, thresholds.goal_value_age_months):
        return "value_too_old", told | {"months": thresholds.goal_value_age_months}
    missing = _missing_corner(indicator)
    if missing:
        return missing, told
    if indicator.baseline_day and latest.day <= indicator.baseline_day:
        return "no_value_since_baseline", told
    return None


def _missing_corner(indicator: Indicator) -> str | None:
    if indicator.baseline is None:
        return "no_baseline"
    if indicator.target is None:
        return "no_target"
    if indicator.baseline_day is None or indicator.target_day is None:
        return "no_path_days"
    if indicator.baseline_day >= indicator.target_day:
        return "path_days_reversed"
    wanted = {"up": 1, "down": -1}.get(indicator.direction or "", 0)
    if wanted * (indicator.target - indicator.baseline) < 0:
        return "direction_contradicts_target"
    if indicator.target == indicator.baseline and wanted == 0:
        return "no_way_to_go"
    return None


def _held(indicator: Indicator, latest: Observation) -> Verdict:
    """A target equal to the baseline means: hold the level."""
    assert indicator.target is not None, "a level to hold is stated"
    sign = 1 if indicator.direction == "up" else -1
    inputs = _stated(indicator) | {"value": latest.value, "value_day": latest.day, "expected": indicator.target}
    if sign * (latest.value - indicator.target) >= 0:
        return Verdict("on_track", "target_reached", inputs)
    return Verdict("off_track", "moving_wrong_way", inputs)


def _standing(path: Path, values: list[Observation], thresholds: Thresholds) -> _Standing:
    latest = values[-1]
    p = path.share(latest.value)
    miss = ONE - path.share(path.forecast(latest.value, latest.day))
    since = [o for o in values[:-1] if o.day >= path.baseline_day]
    fell = path.share(since[-1].value) - p if since else ZERO
    apart = dt.timedelta(days=thresholds.standing_still_days)
    older = [o for o in since if latest.day - o.day >= apart]
    still = bool(older) and all(
        abs(path.share(o.value) - p) <= thresholds.standing_still_share for o in since if o.day >= older[-1].day
    )
    return _Standing(path, latest, p, path.elapsed(latest.day), miss, fell, still)


def _judged(standing: _Standing, day: dt.date, thresholds: Thresholds, inputs: dict[str, Any]) -> Verdict:
    if standing.p >= ONE:
        return Verdict("on_track", "target_reached", inputs)
    off = _off_track(standing, thresholds)
    if off:
        return Verdict("off_track", off, inputs)
    risk = _at_risk(standing, day, thresholds)
    if risk:
        return Verdict("at_risk", risk, inputs)
    return Verdict("on_track", "on_path", inputs)


def _off_track(standing: _Standing, thresholds: Thresholds) -> str | None:
    behind, too_far = standing.behind(thresholds), standing.miss > thresholds.miss_at_risk
    if standing.p < -thresholds.wrong_way_share:
        return "moving_wrong_way"
    if behind and standing.fell > thresholds.wrong_way_share:
        return "moving_wrong_way"
    if standing.latest.day >= standing.path.target_day and too_far:
        return "target_missed"
    if behind and too_far:
        return "forecast_misses_far"
    return None


def _at_risk(standing: _Standing, day: dt.date, thresholds: Thresholds) -> str | None:
    if day > standing.path.target_day and standing.p < ONE - thresholds.path_margin:
        return "target_day_passed"
    if standing.fell > thresholds.wrong_way_share:
        return "falling_on_path"
    if standing.behind(thresholds):
        return "behind_path"
    if standing.stood_still:
        return "standing_still"
    return None


def _stated(indicator: Indicator) -> dict[str, Any]:
    return {
        "indicator": indicator.key,
        "unit": indicator.unit,
        "baseline": indicator.baseline,
        "baseline_day": indicator.baseline_day,
        "target": indicator.target,
        "target_day": indicator.target_day,
    }


def _inputs(standing: _Standing) -> dict[str, Any]:
    path, latest = standing.path, standing.latest
    expected = path.expected(latest.day)
    behind = expected - latest.value
    return {
        "value": latest.value,
        "value_day": latest.day,
        "provisional": latest.provisional,
        "expected": rounded(expected),
        "gap": rounded(behind if path.way > 0 else -behind),
        "p": rounded(standing.p),
        "e": rounded(standing.e),
        "forecast": rounded(path.forecast(latest.value, latest.day)),
        "forecast_missing": rounded(standing.miss * abs(path.way)),
    }


def indicator_turning_days(
    indicator: Indicator, observations: tuple[Observation, ...], thresholds: Thresholds
) -> tuple[dt.date, ...]:
    """The only days on which ``indicator_verdict`` can change without a new value."""
    days = [days_after(indicator.target_day)] if indicator.target_day else []
    if observations:
        days.append(days_after(add_months(observations[-1].day, thresholds.goal_value_age_months)))
    return tuple(days)
