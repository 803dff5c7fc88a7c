"""What changed about a goal between two days: values, corrections, rules, time.

The way from the earlier rating to the later one is walked in steps, so that each cause shows only what it did itself:
earlier facts -> the same day as we know it now (corrections, late reports, undone deliveries) -> today's rules on it
(new rule) -> the later day (new values, else time).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.rules.change import Cause, Change
from etl.rules.change_compared import Compared, changed_fields
from etl.rules.facts import Goal, Indicator, Observation
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal

#: What a goal's rating rests on beside its values.
YARDSTICKS = ("baseline", "baseline_day", "target", "target_day", "direction", "unit")
#: What the catalogue says of a goal, or of an indicator, without having been agreed.
_SAID = ("short_title", "responsible", "comment", "data_source", "collection")

_Pair = tuple[Observation | None, Observation | None]


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
        yield Change("goal", goal.key, _by_time(steps.later), before=steps.ruled, after=steps.later)
    for name, was, now in changed_fields(earlier, goal):
        if name == "said_status":
            cause: Cause = compared.cause(earlier, goal, "status_changed") if goal.reported_on else "status_changed"
        else:
            cause = compared.cause(earlier, goal, _news_of(name))
        yield Change("goal", goal.key, cause, name, was, now, goal.reported_on, steps.later, steps.later)


def _by_time(later: Rating) -> Cause:
    return "too_old" if later.rule == "value_too_old" else "deadline_passed"


def _news_of(field: str) -> Cause:
    """The catalogue is what the network agreed; of what it merely says, something new is a new value."""
    return "new_value" if field in _SAID else "decided_by_group"


def _steps(earlier: Goal, later: Goal, compared: Compared) -> _Steps:
    first = compared.earlier(earlier)
    restated = rate_goal(earlier, compared.restated, compared.old_thresholds)
    ruled = restated if compared.same_rules else rate_goal(earlier, compared.restated, compared.thresholds)
    return _Steps(first, restated, ruled, compared.later(later))


def _restated_changes(goal: Goal, compared: Compared, steps: _Steps) -> Iterator[Change]:
    before = {i.key: i for i in compared.before.indicators_of.get(goal.key, ())}
    after = {i.key: i for i in compared.after.indicators_of.get(goal.key, ())}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None:
            yield from _indicator_changes(old, new, compared, steps)
            continue
        cause: Cause = "new"
        if old is not None:
            cause = "delivery_withdrawn" if compared.is_undone(old) else "correction"
        was, now = (indicator.title if indicator else None for indicator in (old, new))
        yield Change("goal", goal.key, cause, "indicator", was, now, None, steps.earlier, steps.restated, key)


def _indicator_changes(old: Indicator, new: Indicator, compared: Compared, steps: _Steps) -> Iterator[Change]:
    """A changed baseline or target is no news about the world: corrected, or agreed anew."""
    for name, was, now in changed_fields(old, new):
        cause = compared.cause(old, new, _news_of(name))
        first = steps.earlier if name in YARDSTICKS else steps.restated
        yield Change("goal", new.goal, cause, name, was, now, new.reported_on, first, steps.restated, new.key)
    for was_said, is_said in _pairs(old, new, compared):
        yield from _about_the_past(new, was_said, is_said, compared, steps)


def _pairs(old: Indicator, new: Indicator, compared: Compared) -> Iterator[_Pair]:
    """Each value of the time up to the earlier day with what stands for it now: the same record, else the same day."""
    before = {o.key: o for o in compared.before.observations_of.get(old.key, ())}
    after = {o.key: o for o in compared.after.observations_of.get(new.key, ())}
    unmatched: dict[dt.date, list[Observation]] = {}
    for observation in after.values():
        if observation.key not in before and observation.day <= compared.before.day:
            unmatched.setdefault(observation.day, []).append(observation)
    for observation in before.values():
        same_day = unmatched.get(observation.day, [])
        yield observation, after.get(observation.key) or (same_day.pop(0) if same_day else None)
    for observations in unmatched.values():
        yield from ((None, observation) for observation in observations)


def _about_the_past(
    indicator: Indicator, old: Observation | None, new: Observation | None, compared: Compared, steps: _Steps
) -> Iterator[Change]:
    def change(cause: Cause, name: str, was: object, now: object, day: dt.date) -> Change:
        way = (steps.earlier, steps.restated)
        return Change("goal", indicator.goal, cause, name, was, now, day, *way, indicator=indicator.key)

    if old is None:
        assert new is not None, "one of a pair is there"
        yield change("reported_late", "current_value", None, new.value, new.day)
        return
    cause: Cause = "delivery_withdrawn" if compared.is_undone(old) else "correction"
    if new is None or new.value != old.value:
        yield change(cause, "current_value", old.value, new.value if new else None, old.day)
    if new is not None and new.day != old.day:
        yield change(cause, "current_date", old.day, new.day, new.day)
    if new is not None and new.provisional != old.provisional:
        yield change(cause, "provisional", old.provisional, new.provisional, new.day)


def _news(goal: Goal, compared: Compared, steps: _Steps) -> Iterator[Change]:
    """The latest new value of each indicator, against the latest one known for the earlier day.

    The first values of a new indicator are no news about the goal: that it is measured by it is what is new.
    """
    known = {i.key for i in compared.before.indicators_of.get(goal.key, ())}
    for indicator in compared.after.indicators_of.get(goal.key, ()):
        values = compared.after.observations_of.get(indicator.key, ())
        if not values or values[-1].day <= compared.before.day:
            continue
        was = _latest([o for o in values if o.day <= compared.before.day])
        cause: Cause = "new_value" if indicator.key in known else "new"
        yield Change(
            "goal", goal.key, cause, "current_value", was, values[-1].value, values[-1].day,
            steps.ruled, steps.later, indicator.key,
        )  # fmt: skip


def _latest(values: Sequence[Observation]) -> object:
    return values[-1].value if values else None
