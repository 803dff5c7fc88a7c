"""When funding runs out: by month and budget year, what each ending takes from whom, and what would prevent it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.answers.funding import GoalMark, NextStep, goal_mark, next_step
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from etl.rules.days import add_months, first_of_month, months_touched
from etl.rules.facts import Cooperation
from etl.rules.finding import Finding
from etl.rules.lapse import Lapse, lapses
from etl.rules.programme_match import Match, Prevention, matching, prevention
from etl.rules.rounding import cents
from etl.rules.runout import MONTHS_AHEAD, BudgetYear, Loss, LostGoal, budget_years, losses

#: Rows that stand on one page: each says much.
ROWS_PER_PAGE = 25
#: Kinds of lapse that can still be kept from happening.
_STILL_TO_COME = ("lapses", "extend", "carry_over")


@dataclass(frozen=True, slots=True)
class LostGoalMark:
    """``all_of_it``: every active measure of the goal loses its last money on that day."""

    mark: GoalMark
    all_of_it: bool


@dataclass(frozen=True, slots=True)
class LossRow:
    """One ending with who loses by it. ``measures``: (key, title, whether it is the last money). ``prevention`` is None
    where it is secured or nobody knows of anything; ``others`` are more programmes that may be asked."""

    loss: Loss
    measures: tuple[tuple[str, str, bool], ...]
    goals: tuple[LostGoalMark, ...]
    cooperations: tuple[Cooperation, ...]
    next_step: NextStep
    prevention: Prevention | None
    matches: tuple[Match, ...]

    @property
    def key(self) -> str:
        return self.loss.funding.key

    @property
    def others(self) -> int:
        shown = self.prevention.match if self.prevention else None
        return sum(match is not shown for match in self.matches)


@dataclass(frozen=True, slots=True)
class MonthLosses:
    """What ends in a month; ``yearly`` (euros) is missing from then on where what comes after is open."""

    month: dt.date
    rows: tuple[LossRow, ...]
    found: int
    open: int
    yearly: Decimal


@dataclass(frozen=True, slots=True)
class YearLosses:
    """A budget year. ``own``: euros somebody would have to bring in it for what ends before, ``lapsing``: euros that
    may not be spent in time at the pace so far."""

    year: BudgetYear
    last_money: int
    own: Decimal
    lapsing: Decimal


@dataclass(frozen=True, slots=True)
class Runout:
    """``months`` hold the page's rows; ``hidden`` are endings whose follow-up is secured and that are not shown."""

    months: tuple[MonthLosses, ...]
    years: tuple[YearLosses, ...]
    found: int
    hidden: int
    page: int
    pages: int


def _make_rows(picture: Picture) -> tuple[LossRow, ...]:
    return tuple(_row(loss, picture) for loss in losses(picture.facts))


_rows = Once[Picture, tuple[LossRow, ...]](_make_rows)
_lapses = Once[Picture, tuple[Lapse, ...]](lambda picture: lapses(picture.facts, picture.thresholds))


def loss_rows(picture: Picture) -> tuple[LossRow, ...]:
    """All endings within ``MONTHS_AHEAD`` months, earliest first, of one day what is open first."""
    return _rows(picture)


def lapsing(picture: Picture) -> tuple[Lapse, ...]:
    """Money that lapses, must be carried over or goes back, earliest day first."""
    return _lapses(picture)


def _row(loss: Loss, picture: Picture) -> LossRow:
    facts = picture.facts
    matches = () if loss.secured else matching(loss, picture.programmes, facts)
    return LossRow(
        loss,
        tuple((one.measure.key, one.measure.title, one.last) for one in loss.measures),
        tuple(_goal(one, picture) for one in loss.goals),
        loss.cooperations,
        next_step(loss.funding, facts),
        None if loss.secured else prevention(loss, matches, facts.day),
        matches,
    )


def _goal(lost: LostGoal, picture: Picture) -> LostGoalMark:
    return LostGoalMark(goal_mark(lost.goal, picture), lost.all_of_it)


def runout(picture: Picture, *, secured: bool = False, page: int = 1) -> Runout:
    """What runs out, by month, in each what is open first; ``secured``: what goes on too."""
    rows = loss_rows(picture)
    found = [row for row in rows if secured or not row.loss.secured]
    shown = sorted(found, key=lambda row: (row.loss.month, row.loss.secured))
    pages = max(1, -(-len(shown) // ROWS_PER_PAGE))
    page = min(page, pages)
    on_page = shown[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    return Runout(_months(on_page, rows), _years(picture), len(rows), len(rows) - len(shown), page, pages)


def _months(rows: Sequence[LossRow], everything: Sequence[LossRow]) -> tuple[MonthLosses, ...]:
    whole: dict[dt.date, list[LossRow]] = defaultdict(list)
    for row in everything:
        whole[row.loss.month].append(row)
    shown: dict[dt.date, list[LossRow]] = defaultdict(list)
    for row in rows:
        shown[row.loss.month].append(row)
    return tuple(_month(month, found, whole[month]) for month, found in shown.items())


def _month(month: dt.date, shown: Sequence[LossRow], whole: Sequence[LossRow]) -> MonthLosses:
    waiting = [row.loss for row in whole if not row.loss.secured]
    yearly = sum((loss.yearly or Decimal(0) for loss in waiting), Decimal(0))
    return MonthLosses(month, tuple(shown), len(whole), len(waiting), yearly)


def _make_years(picture: Picture) -> tuple[YearLosses, ...]:
    rows, found = loss_rows(picture), lapsing(picture)
    years = budget_years(picture.facts, tuple(row.loss for row in rows))
    return tuple(_year(year, rows, found) for year in years)


_years = Once[Picture, tuple[YearLosses, ...]](_make_years)


def _year(year: BudgetYear, rows: Sequence[LossRow], found: Sequence[Lapse]) -> YearLosses:
    ending = [row for row in rows if row.loss.day.year == year.year and not row.loss.secured]
    own = sum((own_due(row, year.year) for row in rows), Decimal(0))
    last = {key for row in ending for key, _, last in row.measures if last}
    expected = (one.expected for one in found if one.year == year.year and one.kind in _STILL_TO_COME)
    return YearLosses(year, len(last), own, sum(expected, Decimal(0)))


def own_due(row: LossRow, year: int) -> Decimal:
    """Euros of the own share that would be due in a calendar year: month by month from the day after the end, or from
    when the programme's money could come, for as long as the programme pays."""
    found = row.prevention
    if found is None or not found.own:
        return Decimal(0)
    match = found.match
    begins = add_months(row.loss.start, match.late_months if match else 0)
    longest = match.programme.longest_months if match else None
    first, last = max(begins, dt.date(year, 1, 1)), dt.date(year, 12, 31)
    if longest is not None:
        last = min(last, add_months(begins, longest) - dt.timedelta(days=1))
    return cents(found.own * months_touched(first, last) / 12) if first <= last else Decimal(0)


def runout_finding(picture: Picture) -> Finding:
    """How many fundings end, for how many what comes after is open, and how many measures lose their last money."""
    rows = loss_rows(picture)
    if not rows:
        until = add_months(first_of_month(picture.facts.day), MONTHS_AHEAD - 1)
        return Finding("runout.headline.nothing", {"month": until})
    waiting = [row for row in rows if not row.loss.secured]
    last = {key for row in waiting for key, _, last_money in row.measures if last_money}
    also = Finding("runout.headline.last_money", {"n": len(last)}) if last else None
    if not waiting:
        return Finding("runout.headline.all_secured", {"n": len(rows), "months": MONTHS_AHEAD})
    return Finding("runout.headline", {"n": len(waiting), "of": len(rows), "months": MONTHS_AHEAD}, also)
