"""What of the network's facts is a body's own matter: the goals of its fields, and the decisions put to it."""

from __future__ import annotations

from dataclasses import replace

from etl.rules.facts import Decision, Facts
from etl.rules.finding import Finding
from etl.rules.findings import goals_on_track_finding
from etl.rules.gaps import decisions_waiting
from etl.rules.meeting import Body
from etl.rules.since_fields import FieldsOf
from etl.rules.thresholds import Thresholds


def goals_of(facts: Facts, body: Body | None) -> frozenset[str]:
    """Keys of the goals of the body's fields; all goals where it deals with everything. A goal below another one is of
    that one's field, where it names none."""
    if body is None or not body.fields:
        return frozenset(facts.goal_by_key)
    fields, own = FieldsOf(facts), frozenset(body.fields)
    return frozenset(key for key in facts.goal_by_key if fields.of("goal", key) & own)


def decisions_put_to(facts: Facts, body: Body | None) -> tuple[Decision, ...]:
    """Decisions that wait for this body: those that name it, and those that name nobody about goals of its fields. All
    that wait where the body deals with everything."""
    waiting = decisions_waiting(facts)
    if body is None or not body.fields:
        return waiting
    own = goals_of(facts, body)
    return tuple(d for d in waiting if _names(d, body) or (d.body is None and own.intersection(d.goals)))


def _names(decision: Decision, body: Body) -> bool:
    return decision.body is not None and decision.body.casefold() == body.name.casefold()


def body_finding(facts: Facts, thresholds: Thresholds, body: Body | None) -> Finding:
    """How many of the body's goals are on track, then what it has to decide. Who may not decide recommends, and is told
    so only where something is asked of it."""
    own, n = goals_of(facts, body), len(decisions_put_to(facts, body))
    limited = replace(facts, goals=tuple(goal for goal in facts.goals if goal.key in own))
    if body is None or body.may_decide:
        return goals_on_track_finding(limited, thresholds, Finding("finding.overview.decisions", {"n": n}))
    also = Finding("finding.body.recommendations", {"n": n}) if n else None
    return goals_on_track_finding(limited, thresholds, also)
