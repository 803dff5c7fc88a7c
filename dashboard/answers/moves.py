"""What moved since the last meeting, one line a goal: from which rating to which, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.answers.goals import deciding_indicator, goals_in_order
from dashboard.answers.picture import Picture
from dashboard.answers.said import Sentence, said_about
from etl.rules.changes import Change, changes_between, rating_changes
from etl.rules.facts import Goal, Marks
from etl.rules.rating import BAD_TO_GOOD, Rating

#: Causes by how much they explain, where one goal has several changes of the same weight.
_EXPLAINS = ("new_value", "deadline_passed", "too_old", "reported_late", "delivery_withdrawn", "new_rule", "correction")


@dataclass(frozen=True, slots=True)
class Move:
    """A goal's way since the day of comparison. ``before`` and ``after`` are rating codes; equal ones where only a
    value was corrected or a body decided. ``old`` and ``new`` are what the cause is about, in ``unit``; ``marks``,
    where there is room to tell them, travel with the new one."""

    goal: Goal
    before: str
    after: str
    cause: str
    rule: str
    field: str | None
    old: Any
    new: Any
    unit: str | None
    day: dt.date | None
    expected: Any = None
    months: Any = None
    said: tuple[Sentence, ...] = ()
    marks: Marks = ()


def moves_of(picture: Picture) -> tuple[tuple[Move, ...], int]:
    """(moves of goals, number of measures whose rating is another than it was): worse first, then better, then those
    that stayed. „Seit dem letzten Mal“ counts alike."""
    if picture.before is None:
        return (), 0
    changes = rating_changes(_changes(picture))
    by_goal, by_measure = _chains(changes, "goal"), _chains(changes, "measure")
    order = [goal for goal in goals_in_order(picture.facts) if goal.key in by_goal]
    moves = [move for goal in order if (move := _move(goal, by_goal[goal.key], picture))]
    return tuple(sorted(moves, key=_direction)), sum(map(_is_rated_anew, by_measure.values()))


def _chains(changes: Sequence[Change], kind: str) -> dict[str, list[Change]]:
    """Record -> its changes, the first first."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind == kind and change.after is not None and change.before is not None:
            found.setdefault(change.key, []).append(change)
    return found


def _is_rated_anew(chain: Sequence[Change]) -> bool:
    before, after = chain[0].before, chain[-1].after
    return before is not None and after is not None and after.code is not None and before.code != after.code


def _changes(picture: Picture) -> Sequence[Change]:
    assert picture.before is not None, "there is something to compare with"
    return changes_between(
        picture.before,
        picture.facts,
        picture.thresholds,
        picture.old_thresholds,
        rated_before=picture.ratings_before,
        rated_after=picture.ratings,
    )


def _move(goal: Goal, chain: Sequence[Change], picture: Picture) -> Move | None:
    before, after = chain[0].before, chain[-1].after
    assert before is not None, "only changes with both ratings are chained"
    assert after is not None, "only changes with both ratings are chained"
    telling = min(chain, key=lambda c: (not c.rating_changed, _rank(c), not _about_the_rated(c, after)))
    return move_told_by(telling, goal, before, after, picture)


def move_told_by(telling: Change, goal: Goal, before: Rating, after: Rating, picture: Picture) -> Move | None:
    """The way from one rating to another, told by one change; None where the goal has no rating of its own."""
    if before.code is None or after.code is None:
        return None
    about = picture.facts.indicator_by_key.get(telling.indicator or "")
    indicator = about or deciding_indicator(goal, after, picture.facts)
    return Move(
        goal=goal,
        before=before.code,
        after=after.code,
        cause=telling.cause,
        rule=after.rule,
        field=telling.field,
        old=telling.old,
        new=telling.new,
        unit=indicator.unit if indicator else None,
        day=telling.day,
        expected=after.inputs.get("expected"),
        months=after.inputs.get("months"),
        said=said_about(after, picture),
    )


def _rank(change: Change) -> int:
    cause = "new_value" if change.cause == "new" else change.cause
    return _EXPLAINS.index(cause) if cause in _EXPLAINS else len(_EXPLAINS)


def _about_the_rated(change: Change, after: Rating) -> bool:
    """Of several indicators with news, the one the rating rests on."""
    return change.indicator is not None and change.indicator == after.inputs.get("indicator")


def _direction(move: Move) -> int:
    if move.before == move.after:
        return 3
    if move.before not in BAD_TO_GOOD or move.after not in BAD_TO_GOOD:
        return 1
    return 0 if BAD_TO_GOOD.index(move.after) < BAD_TO_GOOD.index(move.before) else 2
