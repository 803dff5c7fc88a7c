"""A small invented network for the tests of the rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from etl.rules.facts import Facts, Funding, Goal, Indicator, Measure, Observation, Round
from etl.rules.thresholds import read_thresholds
from etl.settings import PROJECT

THRESHOLDS = read_thresholds((PROJECT / "data" / "vocabulary" / "thresholds.csv").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 11, 20)

SPRING = Round("Frühjahr 2026", dt.date(2026, 3, 31), dt.date(2026, 4, 15))
AUTUMN = Round("Herbst 2026", dt.date(2026, 9, 30), dt.date(2026, 10, 15))
NEXT_SPRING = Round("Frühjahr 2027", dt.date(2027, 3, 31), dt.date(2027, 4, 15))
ROUNDS = (SPRING, AUTUMN, NEXT_SPRING)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def goal(key: str = "S2", **more: Any) -> Goal:
    return Goal(key=key, title=f"Ziel {key}", **more)


def indicator(goal_key: str = "S2", key: str | None = None, **more: Any) -> Indicator:
    """B1 at the first attempt: 48 % in September 2023, 65 % wanted in September 2027."""
    corners: dict[str, Any] = {
        "unit": "%",
        "baseline": Decimal(48),
        "baseline_day": day("2023-09-30"),
        "target": Decimal(65),
        "target_day": day("2027-09-30"),
    }
    return Indicator(key=key or f"{goal_key}-i", goal=goal_key, title="B1 beim ersten Versuch", **(corners | more))


def value(number: str, on: str, of: str = "S2-i", **more: Any) -> Observation:
    return Observation(key=f"{of}-{on}", indicator=of, day=day(on), value=Decimal(number), **more)


def measure(key: str = "M1", **more: Any) -> Measure:
    """A running measure reported in autumn, with a year to go."""
    usual: dict[str, Any] = {
        "title": f"Maßnahme {key}",
        "partner": "vhs",
        "status": "running",
        "start": day("2026-01-01"),
        "end": day("2027-12-31"),
        "reported_on": day("2026-09-30"),
    }
    usual |= more
    usual.setdefault("reported_in_rounds", (usual["reported_on"],) if usual["reported_on"] else ())
    return Measure(key=key, **usual)


def funding(key: str = "F1", **more: Any) -> Funding:
    return Funding(key=key, **({"title": f"Förderung {key}", "status": "running"} | more))


def facts(on: dt.date = TODAY, **more: Any) -> Facts:
    return Facts(day=on, **({"rounds": ROUNDS} | more))


def b1(*values: Observation, on: dt.date = TODAY, **more: Any) -> Facts:
    """The goal S2 with its indicator and these values."""
    return facts(on, goals=(goal(),), indicators=(indicator(**more),), observations=values)
