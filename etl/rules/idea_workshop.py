"""Ideas rated by each member alone: what was said, and how far apart people are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, get_args

from etl.rules.meeting_records import Idea
from etl.rules.temperature import FEWEST

#: Practice (Ideenwerkstatt): Umsetzbarkeit, Wirkungsstärke, Innovationsstärke.
Criterion = Literal["feasibility", "impact", "innovation"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)
LOWEST, HIGHEST = 1, 5
#: Simple and strong come first: a quick effect wins partners. Then what is strong but hard, simple but small, the rest.
Quadrant = Literal["first", "strong", "simple", "later"]
QUADRANTS: tuple[Quadrant, ...] = get_args(Quadrant)
#: The middle of the scale: easy, or strong, is what lies above it.
MIDDLE = Decimal(3)
#: Marks lie on average at most this far from their median: people agree. From ``_DIVIDED`` on they do not.
_AGREED, _DIVIDED = Fraction(1, 2), Fraction(1)
#: Lowest and highest mark are told from so many marks on: with three, these and the median would be all there are.
FEWEST_SPREAD = 5
Unity = Literal["agreed", "near", "divided"]


@dataclass(frozen=True, slots=True)
class Workshop:
    """Ideas rated together. ``body``: number of the body whose members rate (None: every house with a sign-in).
    ``ideas``: keys. ``closed_at``: from then on nobody rates, and from then on it is shown what was said."""

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


@dataclass(frozen=True, slots=True)
class Opinion:
    """What several people said about an idea by one criterion: ``marks`` from low to high."""

    marks: tuple[int, ...]

    @property
    def median(self) -> Decimal:
        half = len(self.marks) // 2
        middle = self.marks[half : half + 1] if len(self.marks) % 2 else self.marks[half - 1 : half + 1]
        return Decimal(sum(middle)) / len(middle)

    @property
    def unity(self) -> Unity:
        median = Fraction(self.median)
        apart = sum(abs(mark - median) for mark in self.marks) / len(self.marks)
        return "agreed" if apart <= _AGREED else "divided" if apart >= _DIVIDED else "near"


@dataclass(frozen=True, slots=True)
class Rated:
    """How an idea stands. ``medians``: by criterion, what people said alone, else what a list states; ``opinions``:
    only of people, and of no fewer than three, for fewer would be known by name. ``voices``: how many rated it."""

    idea: Idea
    medians: Mapping[Criterion, Decimal] = field(default_factory=dict)
    opinions: Mapping[Criterion, Opinion] = field(default_factory=dict)
    voices: int = 0
    dots: int | None = None

    @property
    def quadrant(self) -> Quadrant | None:
        """None where feasibility or impact is not known."""
        easy, strong = self.medians.get("feasibility"), self.medians.get("impact")
        if easy is None or strong is None:
            return None
        if strong > MIDDLE:
            return "first" if easy > MIDDLE else "strong"
        return "simple" if easy > MIDDLE else "later"

    @property
    def divided(self) -> tuple[Criterion, ...]:
        return tuple(name for name in CRITERIA if name in self.opinions and self.opinions[name].unity == "divided")


def rated(ideas: Iterable[Idea], voices: Iterable[Voice], dots: Iterable[Dots]) -> tuple[Rated, ...]:
    """Each idea with what was said about it, simple and strong first; ideas nobody rated come last. ``voices`` and
    ``dots`` are those of one workshop; voices about other ideas count for nothing."""
    said: dict[str, list[Voice]] = {}
    for voice in voices:
        said.setdefault(voice.idea, []).append(voice)
    counted = {one.idea: one.count for one in dots}
    found = [_rated(idea, said.get(idea.key, ()), counted.get(idea.key)) for idea in ideas]
    return sorted_by(found)


def sorted_by(found: Iterable[Rated]) -> tuple[Rated, ...]:
    """Simple and strong first, and there what is simplest and strongest."""
    return tuple(sorted(found, key=_order))


def _rated(idea: Idea, voices: Iterable[Voice], dots: int | None) -> Rated:
    voices = tuple(voices)
    given = {name: sorted(m for v in voices if (m := getattr(v, name)) is not None) for name in CRITERIA}
    opinions = {name: Opinion(tuple(marks)) for name, marks in given.items() if len(marks) >= FEWEST}
    medians = {name: opinion.median for name, opinion in opinions.items()}
    if not voices:
        medians = {name: value for name in CRITERIA if (value := _stated(idea, name)) is not None}
    return Rated(idea, medians, opinions, len(voices), dots if dots is not None else idea.votes)


def _stated(idea: Idea, name: Criterion) -> Decimal | None:
    """What a list states, where it is on our scale."""
    value: Decimal | None = getattr(idea, name)
    return value if value is not None and LOWEST <= value <= HIGHEST else None


def _order(one: Rated) -> tuple[int, Decimal, Decimal, int, str]:
    at = QUADRANTS.index(one.quadrant) if one.quadrant else len(QUADRANTS)
    both = one.medians.get("feasibility", Decimal(0)) + one.medians.get("impact", Decimal(0))
    return at, -both, -one.medians.get("innovation", Decimal(0)), -(one.dots or 0), one.idea.title.casefold()


def most_divided(found: Iterable[Rated]) -> tuple[Criterion, int] | None:
    """The criterion on which most ideas divide people, and how many these are; None where nobody is divided."""
    counts: dict[Criterion, int] = dict.fromkeys(CRITERIA, 0)
    for one in found:
        for name in one.divided:
            counts[name] += 1
    name = max(CRITERIA, key=lambda criterion: counts[criterion])
    return (name, counts[name]) if counts[name] else None
