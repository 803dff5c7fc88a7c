"""What people decided about two records that look alike: explained likeness is a proposal, this is the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, get_args

PairKind = Literal["measure", "goal"]
#: About two measures: they complete each other, should become one, send people to each other, or stay apart.
MeasureVerdict = Literal["complementary", "merge", "refer", "keep_apart"]
MEASURE_VERDICTS: tuple[MeasureVerdict, ...] = get_args(MeasureVerdict)
#: About a house's own goal beside a shared one.
GoalVerdict = Literal["supports", "competes", "independent"]
GOAL_VERDICTS: tuple[GoalVerdict, ...] = get_args(GoalVerdict)
#: A decision taken back: the pair is open again.
OPEN = "open"
VERDICTS: dict[PairKind, tuple[str, ...]] = {"measure": MEASURE_VERDICTS, "goal": GOAL_VERDICTS}


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


def decided(
    relations: Iterable[Relation], counts_as: Callable[[str], str] = lambda key: key
) -> dict[frozenset[str], Relation]:
    """Pair -> what holds about it, of relations in the order they were said. Records merged since then count as the one
    they were merged into; a pair that became one record is none."""
    found: dict[frozenset[str], Relation] = {}
    for relation in relations:
        pair = frozenset((counts_as(relation.one), counts_as(relation.other)))
        if len(pair) < 2 or relation.verdict == OPEN:
            found.pop(pair, None)
        else:
            found[pair] = relation
    return found
