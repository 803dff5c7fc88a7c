"""What people decided about two records that look alike: explained likeness is a proposal, this is the answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

#: About two measures: they complete each other, should become one, send people to each other, or stay apart.
MeasureVerdict = Literal["complementary", "merge", "refer", "keep_apart"]
MEASURE_VERDICTS: tuple[MeasureVerdict, ...] = get_args(MeasureVerdict)
#: About a house's own goal beside a shared one.
GoalVerdict = Literal["supports", "competes", "independent"]
GOAL_VERDICTS: tuple[GoalVerdict, ...] = get_args(GoalVerdict)


@dataclass(frozen=True, slots=True)
class Relation:
    """``one`` and ``other`` are keys of two measures (in order) or of a house's goal and a shared one. The latest about
    a pair counts; earlier ones stay as its history."""

    id: int
    one: str
    other: str
    verdict: str
    reason: str
    by: str
    at: dt.datetime
