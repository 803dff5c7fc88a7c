"""The ratings of all goals and measures on the facts' day, with the thresholds from ``data/vocabulary``."""

from __future__ import annotations

from functools import lru_cache

from etl.rules.facts import Facts
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal, rate_measure
from etl.rules.thresholds import Thresholds, read_thresholds
from etl.settings import data_folder


@lru_cache(maxsize=1)
def load_thresholds() -> Thresholds:
    """The network's thresholds; raises FileNotFoundError or ValueError where the file is missing or wrong."""
    return read_thresholds((data_folder() / "vocabulary" / "thresholds.csv").read_text(encoding="utf-8"))


def ratings_of(facts: Facts, thresholds: Thresholds) -> dict[str, Rating]:
    """Record key -> rating, for goals and measures."""
    found = {goal.key: rate_goal(goal, facts, thresholds) for goal in facts.goals}
    return found | {measure.key: rate_measure(measure, facts, thresholds) for measure in facts.measures}
