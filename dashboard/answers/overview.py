"""The Überblick: everything leadership and a meeting's opening need, on one screen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from dashboard.answers.board import Board, board_of
from dashboard.answers.goals import goal_tree, rating_counts
from dashboard.answers.moves import Move, moves_of
from dashboard.answers.picture import Picture
from etl.rules.days import add_months, latest_round
from etl.rules.facts import Facts, Goal, Meeting, Money, Partner, Round
from etl.rules.figures import (
    Figure,
    MoneyFigure,
    cost,
    funding_granted,
    people_reached_of_planned,
    staff,
    volunteer_hours,
)
from etl.rules.findings import Finding, overview_finding
from etl.rules.funding import Ending, funding_ending_within
from etl.rules.gaps import (
    decisions_waiting,
    goals_without_current_value,
    is_active,
    partners_expected,
    reported_in_round,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that is waiting. ``details`` is what stands behind the question, or what follows without an answer."""

    key: str
    text: str
    details: str | None
    consequence: str | None
    amount: Money | None
    goals: tuple[Goal, ...]
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Reports:
    """How many of the expected partners have reported (``this`` None: ever), and goals without a current value.

    ``missing`` are filled for the office only.
    """

    this: Round | None
    reported: int
    expected: int
    missing: tuple[Partner, ...]
    stale: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over the active measures and the money that runs on the day, each with who stated it."""

    people: Figure
    staff: Figure
    hours: Figure
    cost: MoneyFigure
    funding: MoneyFigure


@dataclass(frozen=True, slots=True)
class Overview:
    """``since`` is the day ``moves`` are counted from, None where there is nothing to compare with."""

    finding: Finding
    meeting: Meeting | None
    day: dt.date
    latest_report: dt.date | None
    counts: dict[str, int]
    board: Board
    since: dt.date | None
    moves: tuple[Move, ...]
    measures_moved: int
    figures: Figures
    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]
    months_ahead: int
    reports: Reports


def overview(picture: Picture, *, office: bool = False) -> Overview | None:
    """The Überblick on the picture's day; None where the network has nothing yet. ``office``: names who is missing."""
    facts = picture.facts
    if not (facts.goals or facts.measures or facts.fundings or facts.cooperations):
        return None
    moves, measures_moved = moves_of(picture)
    months = int(picture.thresholds.funding_warning_months)
    return Overview(
        finding=overview_finding(facts, picture.thresholds),
        meeting=picture.next_meeting,
        day=facts.day,
        latest_report=max((d.received for sent in facts.delivered.values() for d in sent), default=None),
        counts=rating_counts(picture),
        board=board_of(goal_tree(picture)),
        since=picture.before.day if picture.before else None,
        moves=moves,
        measures_moved=measures_moved,
        figures=figures_of(facts),
        questions=open_questions(facts),
        endings=endings_of(facts, months),
        months_ahead=months,
        reports=reports_of(picture, office=office),
    )


def figures_of(facts: Facts) -> Figures:
    """People, staff, hours and cost of active measures; money of the fundings that run on the day."""
    active = [measure for measure in facts.measures if is_active(measure)]
    running = tuple(f for f in facts.fundings if _runs(f.start, f.end, facts.day))
    return Figures(
        people=people_reached_of_planned(active),
        staff=staff(active),
        hours=volunteer_hours(active),
        cost=cost(active),
        funding=funding_granted(replace(facts, fundings=running)),
    )


def _runs(start: dt.date | None, end: dt.date | None, day: dt.date) -> bool:
    return (start is None or start <= day) and (end is None or day <= end)


def open_questions(facts: Facts) -> tuple[Question, ...]:
    """Decisions that stand to be taken, the earliest due first."""
    found = []
    for decision in sorted(decisions_waiting(facts), key=lambda d: (d.day or dt.date.max, d.id or "", d.key)):
        text, details = _question(decision.title)
        goals = tuple(facts.goal_by_key[key] for key in decision.goals if key in facts.goal_by_key)
        found.append(Question(decision.key, text, details, decision.consequence, decision.amount, goals, decision.due))
    return tuple(found)


def _question(text: str) -> tuple[str, str | None]:
    """A text that begins with a question is the question, and what stands behind it."""
    head, mark, rest = text.partition("? ")
    return (head + "?", rest.strip() or None) if mark else (text, None)


def endings_of(facts: Facts, months: int) -> tuple[Ending, ...]:
    """Money that runs out within ``months``: first what nothing follows, then the earliest, then what carries most."""
    found = funding_ending_within(facts, (add_months(facts.day, months) - facts.day).days)
    return tuple(sorted(found, key=lambda e: (not e.follow_up_missing, e.day, -len(e.measures), e.funding.name)))


def reports_of(picture: Picture, *, office: bool = False) -> Reports:
    facts = picture.facts
    this = latest_round(facts.rounds, facts.day)
    if this is not None:
        reported, expected = reported_in_round(facts, this)
    else:
        expected = partners_expected(facts)
        reported = tuple(p for p in expected if facts.delivered.get(p.key))
    here = {partner.key for partner in reported}
    return Reports(
        this,
        len(reported),
        len(expected),
        tuple(p for p in expected if p.key not in here) if office else (),
        goals_without_current_value(facts, picture.thresholds),
    )
