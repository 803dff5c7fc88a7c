"""The ratings of all goals and measures on the facts' day, with the thresholds from ``data/vocabulary``, or with those
that were in force then."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from functools import lru_cache

from etl.model.rules_in_force import note_thresholds, noted_thresholds
from etl.model.store import Connection, Store
from etl.rules.facts import Facts
from etl.rules.rating import Rating
from etl.rules.ratings import rate_goal, rate_measure
from etl.rules.thresholds import Thresholds, read_thresholds, thresholds_from
from etl.settings import data_folder


@lru_cache(maxsize=1)
def load_thresholds() -> Thresholds:
    """The network's thresholds; raises FileNotFoundError or ValueError where the file is missing or wrong."""
    return read_thresholds((data_folder() / "vocabulary" / "thresholds.csv").read_text(encoding="utf-8"))


def thresholds_on(connection: Connection, known_on: dt.datetime | None) -> Thresholds:
    """Those in force at ``known_on`` (None: now). A threshold that did not exist then counts as it does now."""
    now = load_thresholds()
    noted = noted_thresholds(connection, known_on) if known_on is not None else None
    if noted is None:
        return now
    known = _written(now)
    return thresholds_from(known | {name: text for name, text in noted.items() if name in known})


def note_rules(store: Store, now: dt.datetime) -> bool:
    """Note the thresholds in force from now on; to be called where the program starts. Whether they were others."""
    thresholds = load_thresholds()
    with store.writing() as connection:
        return note_thresholds(connection, _written(thresholds), now)


def _written(thresholds: Thresholds) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(thresholds).items()}


def ratings_of(facts: Facts, thresholds: Thresholds) -> dict[str, Rating]:
    """Record key -> rating, for goals and measures."""
    found = {goal.key: rate_goal(goal, facts, thresholds) for goal in facts.goals}
    return found | {measure.key: rate_measure(measure, facts, thresholds) for measure in facts.measures}
