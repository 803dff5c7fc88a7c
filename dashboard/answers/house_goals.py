"""Goals that one house names beside the shared ones, and whether they support them, as people decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.overlaps import decided_in
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline.relate import relate
from etl.rules.facts import Goal
from etl.rules.goal_proposals import proposable_goals
from etl.rules.house_goals import HouseGoal, house_goals
from etl.rules.relations import Relation


@dataclass(frozen=True, slots=True)
class HouseGoalRow:
    """``near``: the shared goal most alike, None where none is; ``held``: what was decided, with the shared goal."""

    goal: HouseGoal
    house: str
    near: Goal | None
    held: tuple[tuple[Goal, Relation], ...]


def house_goal_rows(store: Store, picture: Picture, viewer: Viewer) -> tuple[tuple[HouseGoalRow, ...], int]:
    """The rows this viewer sees, and how many others: the house and the office see a goal first."""
    found = _goals(picture)
    with store.reading() as connection:
        held = decided_in(connection, picture, "goal") if found else {}
    seen = [goal for goal in found if viewer.sees_received(goal.partner)]
    rows = (_row(picture, goal, held) for goal in seen)
    return tuple(sorted(rows, key=lambda row: (alphabetical(row.house), row.goal.text))), len(found) - len(seen)


def shared_goals(picture: Picture) -> dict[str, str]:
    """Key -> title of the goals a house's own may stand beside, in their order."""
    return {goal.key: goal.short_title or goal.title for goal in proposable_goals(picture.facts)}


def decide_goal(
    store: Store, user: User, row: HouseGoalRow, shared: str, verdict: str, *, reason: str, now: dt.datetime
) -> int:
    """Number of the decision. Raises ``RelationRefused``."""
    seen = next((relation.id for goal, relation in row.held if goal.key == shared), None)
    pair = (row.goal.key, shared)
    return relate(store, user, "goal", pair, verdict, reason=reason, now=now, seen=seen)


def _row(picture: Picture, goal: HouseGoal, held: dict[frozenset[str], Relation]) -> HouseGoalRow:
    known = picture.facts.goal_by_key
    about = [
        (known[key], relation)
        for pair, relation in held.items()
        if goal.key in pair
        for key in pair - {goal.key}
        if key in known
    ]
    house = next(iter(picture.names_of([goal.partner] if goal.partner else []).values()), "")
    return HouseGoalRow(goal, house, known.get(goal.near or ""), tuple(about))


_goals: Once[Picture, tuple[HouseGoal, ...]] = Once(lambda picture: house_goals(picture.facts))
