"""The next 24 months of money as bands: large sources alone, small ones gathered so that labels stay legible."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from etl.rules.coverage import Coverage, Step, coverage
from etl.rules.facts import Funding
from etl.rules.need import Needing

MONTHS = 24
#: A band thinner than this share of the whole gets no room for a label, so it joins others.
_THIN = Decimal("0.075")
_MOST_BANDS = 7
_MOST_EDGES = 4
#: Red rules closer than this many months would write over each other.
_EDGES_APART = 3
#: Months at the right end in which the words would not find room.
_ROOM_FOR_WORDS = 3
_ZERO = Decimal(0)


#: (band, first month, month after the last, lower edge, upper edge): months as places, edges in euros per month.
Rectangle = tuple[int, int, int, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Band:
    """One layer of the stack: a source, or several (``sources`` > 1, ``name`` None) that are too small alone.

    ``monthly`` are euros per month; ``ends`` the first day of its last month with money, None where it goes on.
    ``permanent``: no source of it ends. ``others`` marks the band that gathers what fits nowhere else.
    """

    name: str | None
    level: str | None
    sources: int
    monthly: tuple[Decimal, ...]
    ends: dt.date | None
    permanent: bool = False
    others: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A month from which more is missing than before: euros per month, and how high the money still reaches."""

    month: dt.date
    missing: Decimal
    covered: Decimal
    need: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """What the chart shows. ``bands`` from the bottom up, in euros per month.

    ``measures`` are those the need is made of, and those it is not. ``drawn`` fundings are in the bands, ``not_drawn``
    lack an amount or a period, or carry only measures that are not in the need. All that is left out has to be said
    beside the chart. ``paid``: by the key of what is drawn its euros per month, at their highest. ``applied`` is asked
    for, at its highest, and in no band.
    """

    months: tuple[dt.date, ...]
    bands: tuple[Band, ...]
    need: tuple[Decimal, ...]
    covered: tuple[Decimal, ...]
    gap: tuple[Decimal, ...]
    edges: tuple[Edge, ...]
    measures: Needing
    drawn: tuple[Funding, ...]
    not_drawn: tuple[Funding, ...]
    paid: dict[str, Decimal]
    applied: Decimal

    @property
    def empty(self) -> bool:
        return not self.bands and not any(self.need)


def course(picture: Picture) -> Course:
    """The coverage of the next 24 months, the month of the facts' day first."""
    return _course(picture)


def _make_course(picture: Picture) -> Course:
    facts = picture.facts
    found = coverage(facts, facts.day, MONTHS)
    covered, gap = found.covered, found.gap
    return Course(
        months=found.months,
        bands=_bands(found),
        need=found.need,
        covered=covered,
        gap=gap,
        edges=_edges(found, covered, gap),
        measures=found.measures,
        drawn=tuple(step.funding for step in found.steps if any(step.monthly)),
        not_drawn=(*found.unplaced, *found.beside),
        paid={step.funding.key: most for step in found.steps if (most := max(step.monthly))},
        applied=max((sum((s.monthly[i] for s in found.applied), _ZERO) for i in range(MONTHS)), default=_ZERO),
    )


_course = Once(_make_course)


def _bands(found: Coverage) -> tuple[Band, ...]:
    """From the bottom up: what lasts longest first, small sources gathered by the half-year in which they end."""
    steps = [step for step in found.steps if any(step.monthly)]
    whole = max((*found.covered, *found.need), default=_ZERO)
    large = [step for step in steps if max(step.monthly) >= whole * _THIN]
    large = sorted(large, key=lambda s: -max(s.monthly))[: _MOST_BANDS - 2]
    own = [_band((step,), found.months) for step in large]
    groups: dict[object, list[Step]] = defaultdict(list)
    for step in steps:
        if step not in large:
            groups[_half_year(_end_of(step.monthly, found.months))].append(step)
    gathered = sorted(((_band(g, found.months), g) for g in groups.values()), key=lambda pair: -max(pair[0].monthly))
    room = max(0, _MOST_BANDS - 1 - len(own))
    kept = [band for band, _ in gathered[:room] if max(band.monthly) >= whole * _THIN]
    rest = [step for _, group in gathered[len(kept) :] for step in group]
    gathered_rest = [_band(rest, found.months, others=True)] if rest else []
    return tuple(sorted(own + kept + gathered_rest, key=_stairs))


def _stairs(band: Band) -> tuple[bool, int, Decimal]:
    return band.ends is not None, -(band.ends or dt.date.min).toordinal(), -sum(band.monthly, _ZERO)


def _band(steps: Sequence[Step], months: Sequence[dt.date], *, others: bool = False) -> Band:
    monthly = tuple(sum((step.monthly[i] for step in steps), _ZERO) for i in range(len(months)))
    alone = steps[0].funding if len(steps) == 1 else None
    levels = {step.funding.level for step in steps}
    return Band(
        name=alone.name if alone else None,
        level=levels.pop() if len(levels) == 1 else None,
        sources=len(steps),
        monthly=monthly,
        ends=_end_of(monthly, months),
        permanent=all(step.funding.open_end for step in steps),
        others=others and alone is None,
    )


def _end_of(monthly: Sequence[Decimal], months: Sequence[dt.date]) -> dt.date | None:
    paid = [month for month, amount in zip(months, monthly, strict=True) if amount]
    return None if not paid or paid[-1] == months[-1] else paid[-1]


def _half_year(month: dt.date | None) -> object:
    return month if month is None else (month.year, month.month > 6)


def _edges(found: Coverage, covered: Sequence[Decimal], gap: Sequence[Decimal]) -> tuple[Edge, ...]:
    """Where the gap widens: the first month in which money is missing (the headline speaks of it), then the widest
    jumps, far enough apart to be written beside each other; in order of time.
    """
    whole = max((*covered, *found.need), default=_ZERO)
    jumps = [(gap[i] - (gap[i - 1] if i else _ZERO), i) for i in range(len(gap) - _ROOM_FOR_WORDS)]
    telling = [(jump, i) for jump, i in jumps if jump > 0 and _worth_telling(gap[i], found.need[i], whole)]
    kept = [i for i, missing in enumerate(gap[:-_ROOM_FOR_WORDS]) if missing][:1]
    for _, place in sorted(telling, key=lambda jump: (-jump[0], jump[1])):
        if len(kept) < _MOST_EDGES and all(abs(place - other) >= _EDGES_APART for other in kept):
            kept.append(place)
    return tuple(Edge(found.months[i], gap[i], covered[i], found.need[i]) for i in sorted(kept))


def _worth_telling(missing: Decimal, need: Decimal, whole: Decimal) -> bool:
    """A tenth of the picture, or of what is needed then at least three tenths."""
    return missing > whole / 10 or missing > need * 3 / 10


def rectangles(bands: Iterable[Band]) -> list[Rectangle]:
    """The stack as rectangles, band by band from the bottom up, each in order of time."""
    found: list[Rectangle] = []
    floor: list[Decimal] = []
    for number, band in enumerate(bands):
        floor = floor or [_ZERO] * len(band.monthly)
        edges = [(low, low + amount) for low, amount in zip(floor, band.monthly, strict=True)]
        first = 0
        for i in range(1, len(edges) + 1):
            if i == len(edges) or edges[i] != edges[first]:
                if edges[first][1] > edges[first][0]:
                    found.append((number, first, i, *edges[first]))
                first = i
        floor = [high for _, high in edges]
    return found
