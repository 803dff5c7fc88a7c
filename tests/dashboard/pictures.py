"""Pictures made by hand from facts, for answers that need no store."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from dashboard.answers.picture import Picture
from etl.model.state import State
from etl.pipeline.picture.rated import load_thresholds, ratings_of
from etl.rules.facts import Facts, Funding, Goal, Measure

DAY = dt.date(2026, 11, 10)


def a_measure(key: str, title: str, **values: Any) -> Measure:
    """A running measure that was reported a month ago."""
    said = {"status": "running", "partner": "partner-1", "reported_on": dt.date(2026, 10, 10)} | values
    return Measure(key=key, title=title, reported_in_rounds=(said["reported_on"],), **said)


def a_funding(key: str, title: str, **values: Any) -> Funding:
    return Funding(key=key, title=title, **({"status": "running"} | values))


def a_goal(key: str, number: str, field: str) -> Goal:
    return Goal(key=key, id=number, title=f"Ziel {number}", field_of_action=field)


def a_picture(**facts: Any) -> Picture:
    """What the dashboard would show of these facts on ``DAY``; statements and sources are left out."""
    whole = Facts(day=DAY, **facts)
    thresholds = load_thresholds()
    return Picture(
        facts=whole,
        ratings=ratings_of(whole, thresholds),
        before=None,
        ratings_before={},
        thresholds=thresholds,
        state=State(DAY, None, {}),
        provenance=cast(Any, None),
        version=1,
        last_meeting=None,
        next_meeting=None,
    )
