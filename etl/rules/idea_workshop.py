"""Ideas rated by each member alone: what was said, and how far apart people are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

#: Practice (Ideenwerkstatt): Umsetzbarkeit, Wirkungsstärke, Innovationsstärke.
Criterion = Literal["feasibility", "impact", "innovation"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Workshop:
    """Ideas rated together. ``body``: number of the body whose members rate (None: every house with a sign-in).
    ``ideas``: keys. ``closed_at``: from then on nobody rates; until then nobody sees what others said before having
    rated everything."""

    id: int
    title: str
    day: dt.date
    body: int | None = None
    meeting: str | None = None
    ideas: tuple[str, ...] = ()
    opened_at: dt.datetime | None = None
    closed_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's marks (1 to 5) for one idea in one workshop; what was left out is None."""

    workshop: int
    idea: str
    username: str
    feasibility: int | None = None
    impact: int | None = None
    innovation: int | None = None


@dataclass(frozen=True, slots=True)
class Dots:
    """What a flipchart said: ``count`` dots on an idea, entered by the office."""

    workshop: int
    idea: str
    count: int
