"""The network's goals as a tree by effect, and by the partners that contribute to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.said import Sentence, said_about
from etl.rules.facts import Facts, Goal, Indicator, Measure, Observation, Partner
from etl.rules.findings import Finding, goals_finding
from etl.rules.gaps import is_active
from etl.rules.rating import Rating


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal in the tree. ``depth`` counts from 0, ``below`` tallies the rated goals beneath it, ``measures`` counts
    the active measures that serve it directly or through goals beneath it."""

    goal: Goal
    depth: int
    rating: Rating
    indicator: Indicator | None = None
    latest: Observation | None = None
    measures: int = 0
    below: Mapping[str, int] = field(default_factory=dict)
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldOfGoals:
    """A field of action's goals in the order of the catalogue. ``title`` None: goals without a field."""

    title: str | None
    goals: tuple[GoalLine, ...]


@dataclass(frozen=True, slots=True)
class Contribution:
    """A goal a partner contributes to, and the measures through which it does."""

    goal: Goal
    rating: Rating
    measures: tuple[Measure, ...]
    said: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A partner with the goals it contributes to, and how many of its measures serve no goal of the network."""

    partner: Partner
    contributions: tuple[Contribution, ...]
    without_goal: int = 0


def rated_goals(picture: Picture) -> tuple[Goal, ...]:
    """The goals that have a rating of their own: all but those shown by the goals below them."""
    return tuple(goal for goal in goals_in_order(picture.facts) if picture.ratings[goal.key].code is not None)


def finding_of_goals(picture: Picture) -> Finding:
    """Which goals need a voice."""
    return goals_finding(picture.facts, picture.thresholds)


def rating_counts(picture: Picture) -> dict[str, int]:
    """Rating code -> number of goals."""
    return dict(Counter(str(picture.ratings[goal.key].code) for goal in rated_goals(picture)))


def goals_in_order(facts: Facts) -> tuple[Goal, ...]:
    """Parents before their sub-goals, else as the catalogue has them."""
    return tuple(goal for goal, _ in goals_with_depth(facts))


def goals_below(goal: Goal, facts: Facts) -> tuple[Goal, ...]:
    """All goals beneath ``goal``, in the order of the tree."""
    walked = goals_with_depth(facts)
    at, depth = next((at, depth) for at, (other, depth) in enumerate(walked) if other.key == goal.key)
    return tuple(other for other, _ in takewhile(lambda step: step[1] > depth, walked[at + 1 :]))


def goal_tree(picture: Picture) -> tuple[FieldOfGoals, ...]:
    """Fields of action in the order of the catalogue, each with its goals as a tree; goals without a field last."""
    grouped: dict[str | None, list[GoalLine]] = {}
    for goal, depth in goals_with_depth(picture.facts):
        grouped.setdefault(field_title(goal, picture.facts), []).append(_line(goal, depth, picture))
    named = [FieldOfGoals(title, tuple(lines)) for title, lines in grouped.items() if title]
    return (*named, *(FieldOfGoals(None, tuple(lines)) for title, lines in grouped.items() if not title))


def goals_by_provider(picture: Picture) -> tuple[Provider, ...]:
    """Partners with active measures, alphabetical; every partner alike, none is rated."""
    facts = picture.facts
    found = []
    for partner in sorted(facts.partners, key=lambda p: alphabetical(p.short_name or p.name)):
        own = [m for m in facts.measures if is_active(m) and partner.key in providers_of(m)]
        if own:
            contributions = _contributions(own, picture)
            unlinked = sum(1 for m in own if not any(g in facts.goal_by_key for g in m.goals))
            found.append(Provider(partner, contributions, unlinked))
    return tuple(found)


def providers_of(measure: Measure) -> frozenset[str]:
    """The partners that carry out a measure: lead and those named beside it, else the one that reports it."""
    named = frozenset(key for key in (measure.lead_partner, *measure.partner_keys) if key)
    return named or frozenset({measure.partner} if measure.partner else ())


def field_title(goal: Goal, facts: Facts) -> str | None:
    """The title of the goal's field of action, its own or the one of the goal above."""
    titles = {f.key: f.title for f in facts.fields_of_action}
    seen: set[str] = set()
    current: Goal | None = goal
    while current is not None and current.key not in seen:
        if current.field_of_action:
            return titles.get(current.field_of_action, current.field_of_action)
        seen.add(current.key)
        current = facts.goal_by_key.get(current.parent or "")
    return None


def deciding_indicator(goal: Goal, rating: Rating, facts: Facts) -> Indicator | None:
    """The indicator a goal's rating rests on; its first where none can be rated."""
    own = facts.indicators_of.get(goal.key, ())
    named = facts.indicator_by_key.get(str(rating.inputs.get("indicator", "")))
    return named or (own[0] if own else None)


def goals_with_depth(facts: Facts) -> list[tuple[Goal, int]]:
    """Depth first; a circle of parents is cut where it begins, so no goal is lost."""
    walked: dict[str, tuple[Goal, int]] = {}

    def visit(goal: Goal, depth: int) -> None:
        if goal.key not in walked:
            walked[goal.key] = (goal, depth)
            for child in facts.children_of.get(goal.key, ()):
                visit(child, depth + 1)

    for goal in facts.goals:
        if goal.parent not in facts.goal_by_key:
            visit(goal, 0)
    for goal in facts.goals:
        visit(goal, 0)
    return list(walked.values())


def _line(goal: Goal, depth: int, picture: Picture) -> GoalLine:
    facts, rating = picture.facts, picture.ratings[goal.key]
    indicator = deciding_indicator(goal, rating, facts)
    observations = facts.observations_of.get(indicator.key, ()) if indicator else ()
    return GoalLine(
        goal,
        depth,
        rating,
        indicator,
        observations[-1] if observations else None,
        len(active_measures(goal, facts)),
        rating.inputs.get("tally", {}),
        said_about(rating, picture),
    )


def active_measures(goal: Goal, facts: Facts) -> tuple[Measure, ...]:
    """Active measures that serve the goal or one beneath it, each once."""
    waiting, seen = [goal.key], {goal.key}
    found: dict[str, Measure] = {}
    while waiting:
        key = waiting.pop()
        found |= {m.key: m for m in facts.measures_of_goal.get(key, ()) if is_active(m)}
        below = [child.key for child in facts.children_of.get(key, ()) if child.key not in seen]
        seen.update(below)
        waiting.extend(below)
    return tuple(found.values())


def goals_are_assigned(measure: Measure, facts: Facts) -> bool:
    """Whether the goals a measure serves are the office's word, not its own."""
    assigned = facts.assigned.get((measure.key, "goal_ref"))
    return assigned is not None and bool(measure.goals) and set(measure.goals) <= set(assigned.targets)


def _contributions(measures: list[Measure], picture: Picture) -> tuple[Contribution, ...]:
    by_goal: dict[str, list[Measure]] = {}
    for measure in sorted(measures, key=lambda m: alphabetical(m.title)):
        for key in dict.fromkeys(measure.goals):
            by_goal.setdefault(key, []).append(measure)
    return tuple(
        _contribution(goal, by_goal[goal.key], picture) for goal in goals_in_order(picture.facts) if goal.key in by_goal
    )


def _contribution(goal: Goal, measures: list[Measure], picture: Picture) -> Contribution:
    rating = picture.ratings[goal.key]
    return Contribution(goal, rating, tuple(measures), said_about(rating, picture))
