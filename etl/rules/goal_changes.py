"""What changed about a goal between two days: values, corrections, rules, time.

The way from the earlier rating to the later one is walked in steps, so that each cause shows only what it did itself:
earlier facts -> the same day as we know it now (corrections, late reports, undone deliveries) -> today's rules on it
(new rule) -> the later day (new values, else time).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from etl.rules.change import Cause, Change, withdrawn_deliveries
from etl.rules.facts import Facts, Goal, Indicator, Observation
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal
from etl.rules.thresholds import Thresholds

_INDICATOR_FIELDS = ("baseline", "baseline_day", "target", "target_day", "direction", "unit")


@dataclass(frozen=True)
class Compared:
    """Two days and the thresholds in force on each; what both comparisons of goals and of measures need."""

    before: Facts
    after: Facts
    old_thresholds: Thresholds
    thresholds: Thresholds

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        return withdrawn_deliveries(self.before.delivered, self.after.delivered, self.after.day)

    @cached_property
    def restated(self) -> Facts:
        """The earlier day with its values and indicators as we know them now."""
        known_now = tuple(o for o in self.after.observations if o.day <= self.before.day)
        return replace(self.before, observations=known_now, indicators=self.after.indicators)


@dataclass(frozen=True, slots=True)
class _Steps:
    """The goal's rating after each step of the way."""

    earlier: Rating
    restated: Rating
    ruled: Rating
    later: Rating


def goal_changes(goal: Goal, compared: Compared) -> Iterator[Change]:
    """Changes of a goal that exists on both days (``goal`` as it is later)."""
    earlier = compared.before.goal_by_key[goal.key]
    steps = _steps(earlier, goal, compared)
    yield from _restated_changes(goal, compared, steps)
    if steps.restated.code != steps.ruled.code:
        yield Change("goal", goal.key, "new_rule", before=steps.restated, after=steps.ruled)
    news = list(_news(goal, compared, steps))
    yield from news
    if not news and steps.ruled.code != steps.later.code:
        cause: Cause = "too_old" if steps.later.rule == "value_too_old" else "deadline_passed"
        yield Change("goal", goal.key, cause, before=steps.ruled, after=steps.later)
    if earlier.said_status != goal.said_status:
        yield Change(
            "goal", goal.key, "status_changed", "said_status", earlier.said_status, goal.said_status,
            before=steps.later, after=steps.later,
        )  # fmt: skip
    yield from human_changes("goal", goal.key, compared, steps.later)


def _steps(earlier: Goal, later: Goal, compared: Compared) -> _Steps:
    first = rate_goal(earlier, compared.before, compared.old_thresholds)
    restated = rate_goal(earlier, compared.restated, compared.old_thresholds)
    same_rules = compared.thresholds == compared.old_thresholds
    ruled = restated if same_rules else rate_goal(earlier, compared.restated, compared.thresholds)
    return _Steps(first, restated, ruled, rate_goal(later, compared.after, compared.thresholds))


def _restated_changes(goal: Goal, compared: Compared, steps: _Steps) -> Iterator[Change]:
    before = {i.key: i for i in compared.before.indicators_of.get(goal.key, ())}
    after = {i.key: i for i in compared.after.indicators_of.get(goal.key, ())}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is None:
            yield Change("goal", goal.key, "new", "indicator", None, key, None, steps.earlier, steps.restated)
        elif new is None:
            cause: Cause = "delivery_withdrawn" if compared.withdrawn else "correction"
            yield Change("goal", goal.key, cause, "indicator", key, None, None, steps.earlier, steps.restated)
        else:
            yield from _indicator_changes(old, new, compared, steps)


def _indicator_changes(old: Indicator, new: Indicator, compared: Compared, steps: _Steps) -> Iterator[Change]:
    """A changed baseline or target is no news about the world: it counts as a correction."""
    for name in _INDICATOR_FIELDS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change("goal", new.goal, "correction", name, was, now, None, steps.earlier, steps.restated)
    before = {o.day: o for o in compared.before.observations_of.get(new.key, ())}
    after = {o.day: o for o in compared.after.observations_of.get(new.key, ())}
    for day in sorted(before.keys() | {d for d in after if d <= compared.before.day}):
        cause = _cause_about_the_past(before.get(day), after.get(day), compared)
        if cause:
            was, now = _value(before.get(day)), _value(after.get(day))
            yield Change("goal", new.goal, cause, "current_value", was, now, day, steps.earlier, steps.restated)


def _cause_about_the_past(old: Observation | None, new: Observation | None, compared: Compared) -> Cause | None:
    if old is None:
        return "reported_late"
    if new is not None and new.value == old.value:
        return None
    return "delivery_withdrawn" if old.delivery in compared.withdrawn else "correction"


def _news(goal: Goal, compared: Compared, steps: _Steps) -> Iterator[Change]:
    """The latest new value of each indicator, against the latest one known for the earlier day."""
    for indicator in compared.after.indicators_of.get(goal.key, ()):
        values = compared.after.observations_of.get(indicator.key, ())
        if not values or values[-1].day <= compared.before.day:
            continue
        past = [o for o in values if o.day <= compared.before.day]
        was = past[-1].value if past else None
        new = values[-1]
        yield Change(
            "goal", goal.key, "new_value", "current_value", was, new.value, new.day, steps.ruled, steps.later
        )  # fmt: skip


def _value(observation: Observation | None) -> object:
    return observation.value if observation else None


def human_changes(kind: str, key: str, compared: Compared, rating: Rating) -> Iterator[Change]:
    """A body's new rating: it stands beside, so the computed rating is the same before and after."""
    old, new = compared.before.human_rating_of.get(key), compared.after.human_rating_of.get(key)
    if new is not None and new != old:
        was = old.code if old else None
        yield Change(kind, key, "decided_by_group", "human", was, new.code, new.day, rating, rating)
