"""Money that ends, all sources with their sums, and the dates that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import LEVELS, Selection
from etl.rules.days import add_months
from etl.rules.facts import Facts, Funding, Goal, Measure, Money
from etl.rules.finding import Finding
from etl.rules.findings import funding_finding
from etl.rules.funding import (
    LevelSum,
    carried_goals,
    carried_measures,
    funding_ending_within,
    sums_by_level,
)
from etl.rules.funding_rules import ending_day, follow_up_missing, is_granted
from etl.rules.need import pays_once
from etl.rules.spread import per_year

ROWS_PER_PAGE = 25
#: What „Was wann endet“ looks ahead; the rest stands under „Alle Quellen“.
ENDING_MONTHS = 12

NextStep = Literal["deadline", "open", "applied", "secured", "said", "permanent", "once", "none"]
_URGENCY: tuple[NextStep, ...] = ("deadline", "open", "applied", "said", "secured", "permanent", "once", "none")
#: Nothing secures what comes after.
_WAITING = ("deadline", "open", "applied")


@dataclass(frozen=True, slots=True)
class GoalMark:
    """A goal by its number or short title, with its rating."""

    key: str
    label: str
    title: str
    rating: str | None


@dataclass(frozen=True, slots=True)
class FundingRow:
    """One funding. ``yearly``: euros per year, ``computed`` where the amount was stated as a total or per month.

    ``stated`` is the amount as stated (granted, else applied). ``leftover`` (euros): promised and not spent although
    the period is over and a measure goes on, so that it has to be carried over to another budget year.
    """

    key: str
    name: str
    level: str | None
    status: str | None
    granted: bool
    start: dt.date | None
    end: dt.date | None
    permanent: bool
    days_left: int | None
    yearly: Decimal | None
    computed: bool
    stated: Money | None
    granted_money: Money | None
    applied_money: Money | None
    carries: tuple[str, ...]
    goals: tuple[GoalMark, ...]
    next_step: NextStep
    follow_up: str | None
    deadline: dt.date | None
    leftover: Decimal | None
    marked: bool


@dataclass(frozen=True, slots=True)
class Endings:
    """Money that ends within ``ENDING_MONTHS``, what is open first; ``more`` are those beyond the rows asked for."""

    rows: tuple[FundingRow, ...]
    more: int
    until: dt.date


@dataclass(frozen=True, slots=True)
class Sources:
    """All fundings of a selection by level, one page of rows; sums over all of them. ``years``: what can be chosen."""

    rows: tuple[FundingRow, ...]
    sums: tuple[LevelSum, ...]
    found: int
    total: int
    page: int
    pages: int
    levels: tuple[str, ...]
    years: tuple[int, ...]


def _make_endings(picture: Picture, rows: int | None) -> Endings:
    facts = picture.facts
    until = add_months(facts.day, ENDING_MONTHS)
    ending = funding_ending_within(facts, (until - facts.day).days)
    found = sorted((funding_row(e.funding, picture) for e in ending), key=_urgent_first)
    shown = found if rows is None else found[:rows]
    return Endings(tuple(shown), len(found) - len(shown), until)


_endings: Once[Picture, Endings] = Once(_make_endings)


def endings(picture: Picture, rows: int | None = None) -> Endings:
    """What ends when, with what it carries: what is open first, then what is secured, each by its last day; of one day
    what has a deadline before it, then the larger amount."""
    return _endings(picture, rows)


def _urgent_first(row: FundingRow) -> tuple[bool, int, int, Decimal, str]:
    amount = row.yearly or Decimal(0)
    waiting = row.next_step in _WAITING
    return not waiting, row.days_left or 0, _URGENCY.index(row.next_step), -amount, alphabetical(row.name)


def _make_sources(picture: Picture, selection: Selection) -> Sources:
    everything = picture.facts.fundings
    found = chosen_fundings(picture.facts, selection)
    pages = max(1, -(-len(found) // ROWS_PER_PAGE))
    page = min(selection.page, pages)
    first = (page - 1) * ROWS_PER_PAGE
    present = {funding.level for funding in everything}
    return Sources(
        rows=tuple(funding_row(funding, picture) for funding in found[first : first + ROWS_PER_PAGE]),
        sums=_sums(picture.facts, found),
        found=len(found),
        total=len(everything),
        page=page,
        pages=pages,
        levels=tuple(level for level in LEVELS if level in present),
        years=_years(everything),
    )


_sources: Once[Picture, Sources] = Once(_make_sources)


def sources(picture: Picture, selection: Selection) -> Sources:
    """The list by level and end: permanent money first, then by last day, so that it reads like the chart."""
    return _sources(picture, selection)


def all_source_rows(picture: Picture, selection: Selection) -> tuple[FundingRow, ...]:
    """Every row the selection finds, for the download."""
    return tuple(funding_row(funding, picture) for funding in chosen_fundings(picture.facts, selection))


def _make_headline(picture: Picture) -> Finding:
    return funding_finding(picture.facts, picture.thresholds)


_headline = Once(_make_headline)


def funding_headline(picture: Picture) -> Finding:
    """The page's finding."""
    return _headline(picture)


def _make_sources_finding(picture: Picture) -> Finding:
    day, fundings = picture.facts.day, picture.facts.fundings
    running = sum(is_granted(f) and _runs(f, day) for f in fundings)
    asked = sum(f.status in ("idea", "applied") for f in fundings)
    return Finding("money.headline.sources", {"n": running}, Finding("money.headline.asked", {"n": asked}))


def _runs(funding: Funding, day: dt.date) -> bool:
    ends = ending_day(funding)
    return (funding.start is None or funding.start <= day) and (ends is None or day <= ends)


_sources_finding: Once[Picture, Finding] = Once(_make_sources_finding)


def sources_finding(picture: Picture) -> Finding:
    """How many sources carry the network on the day, and about how many nobody has decided yet."""
    return _sources_finding(picture)


def chosen_fundings(facts: Facts, selection: Selection) -> list[Funding]:
    """The fundings of a level and a calendar year (any day of their period in it), in the order of the list."""
    fits = [f for f in facts.fundings if _fits(f, selection)]
    return sorted(fits, key=lambda f: (_level_place(f.level), _last_day(f), alphabetical(f.name), f.key))


def funding_row(funding: Funding, picture: Picture) -> FundingRow:
    facts = picture.facts
    measures = carried_measures(funding, facts)
    granted = is_granted(funding)
    stated = funding.granted if granted else funding.applied
    ends = ending_day(funding)
    return FundingRow(
        key=funding.key,
        name=funding.name,
        level=funding.level,
        status=funding.status,
        granted=granted,
        start=funding.start,
        end=funding.end,
        permanent=funding.open_end,
        days_left=(ends - facts.day).days if ends else None,
        yearly=per_year(stated, funding.start, None if funding.open_end else funding.end),
        computed=stated is not None and stated.per != "year",
        stated=stated,
        granted_money=funding.granted,
        applied_money=funding.applied,
        carries=tuple(measure.title for measure in measures),
        goals=goal_marks(measures, picture),
        next_step=next_step(funding, facts),
        follow_up=funding.follow_up,
        deadline=funding.application_deadline,
        leftover=_leftover(funding, measures, facts.day),
        marked=any(name in ("end", "amount_granted", "amount_applied", "status") for name, _ in funding.marks),
    )


def goal_marks(measures: Iterable[Measure], picture: Picture) -> tuple[GoalMark, ...]:
    return tuple(goal_mark(goal, picture) for goal in carried_goals(measures, picture.facts))


def goal_mark(goal: Goal, picture: Picture) -> GoalMark:
    rating = picture.ratings.get(goal.key)
    return GoalMark(goal.key, goal.id or goal.short_title or goal.title, goal.title, rating.code if rating else None)


def next_step(funding: Funding, facts: Facts) -> NextStep:
    """What comes after a funding, or what has to be done for it; ``once``: nothing has to come after it."""
    day = facts.day
    if not is_granted(funding) or (funding.end and funding.end < day):
        return "none"
    if funding.open_end:
        return "permanent"
    if pays_once(funding, facts):
        return "once"
    if funding.application_deadline and funding.application_deadline >= day and follow_up_missing(funding):
        return "deadline"
    if funding.follow_up_state is not None:
        return funding.follow_up_state
    return "said" if funding.follow_up else "open"


def _leftover(funding: Funding, measures: tuple[Measure, ...], day: dt.date) -> Decimal | None:
    granted, spent = funding.granted, funding.spent
    if not (granted and spent and granted.per == spent.per and funding.end and funding.end < day):
        return None
    goes_on = any(m.open_end or (m.end is not None and m.end > funding.end) for m in measures)
    left = granted.amount - spent.amount
    return left if goes_on and left > 0 else None


def _fits(funding: Funding, selection: Selection) -> bool:
    if selection.level and funding.level != selection.level:
        return False
    if selection.year is None:
        return True
    begins = funding.start.year if funding.start else None
    ends = funding.end.year if funding.end and not funding.open_end else None
    return (begins is None or begins <= selection.year) and (ends is None or ends >= selection.year)


def _sums(facts: Facts, found: list[Funding]) -> tuple[LevelSum, ...]:
    keys = {funding.key for funding in found}
    chosen = Facts(day=facts.day, fundings=tuple(f for f in facts.fundings if f.key in keys))
    return tuple(sorted(sums_by_level(chosen), key=lambda s: _level_place(s.level)))


def _level_place(level: str | None) -> int:
    return LEVELS.index(level) if level in LEVELS else len(LEVELS)


def _last_day(funding: Funding) -> int:
    return -(dt.date.max if funding.open_end or funding.end is None else funding.end).toordinal()


def _years(fundings: Iterable[Funding]) -> tuple[int, ...]:
    years: set[int] = set()
    for funding in fundings:
        first, last = funding.start, funding.end
        if first and last and first <= last:
            years.update(range(first.year, min(last.year, first.year + 30) + 1))
        else:
            years.update(day.year for day in (first, last) if day)
    return tuple(sorted(years))
