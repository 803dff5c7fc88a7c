"""The headline of each page about goals and measures. The network's other pages: ``network_findings``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from etl.rules.facts import Facts, Goal, Measure
from etl.rules.finding import Finding, rule_finding
from etl.rules.gaps import decisions_waiting, goals_without_current_value
from etl.rules.measure_rules import ENDED
from etl.rules.network_findings import (
    cooperations_finding,
    cooperations_matrix_finding,
    deliveries_finding,
    funding_finding,
)
from etl.rules.ratings import rate_goal, rate_measure
from etl.rules.thresholds import Thresholds

__all__ = [
    "Finding",
    "cooperations_finding",
    "cooperations_matrix_finding",
    "deliveries_finding",
    "found_measures_finding",
    "funding_finding",
    "goal_finding",
    "goals_finding",
    "goals_on_track_finding",
    "measure_finding",
    "measures_finding",
    "overview_finding",
    "rule_finding",
]

#: Rules whose sentence is the distance to the path.
_PATH_RULES = ("behind_path", "forecast_misses_far", "moving_wrong_way")
_NOT_RUNNING = (*ENDED, "proposed", "planned", "paused")


def overview_finding(facts: Facts, thresholds: Thresholds) -> Finding:
    """How many goals are on track, then what has to be decided."""
    waiting = len(decisions_waiting(facts))
    return goals_on_track_finding(facts, thresholds, Finding("finding.overview.decisions", {"n": waiting}))


def goals_on_track_finding(facts: Facts, thresholds: Thresholds, also: Finding | None = None) -> Finding:
    """How many goals are on track, then ``also``."""
    return _goals_on_track(_tally(facts, thresholds), also)


def goals_finding(facts: Facts, thresholds: Thresholds) -> Finding:
    """The goals that need a voice: off track, at risk, without a current value; else how many are on track."""
    tally = _tally(facts, thresholds)
    missing = len(goals_without_current_value(facts, thresholds))
    silent = Finding("finding.goals.without_value", {"n": missing}) if missing else None
    off, risk = tally["off_track"], tally["at_risk"]
    if off:
        also = Finding("finding.goals.also_at_risk", {"n": risk}, silent) if risk else silent
        return Finding("finding.goals.off_track", {"n": off}, also)
    if risk:
        return Finding("finding.goals.at_risk", {"n": risk}, silent)
    return _goals_on_track(tally, silent)


def _goals_on_track(tally: Counter[str], also: Finding | None) -> Finding:
    total, on_track = tally.total(), tally["on_track"]
    if not total:
        return Finding("finding.goals.none", also=also)
    if total == 1:
        return Finding(f"finding.goals.only.{next(iter(tally))}", also=also)
    if tally["cannot_be_rated"] == total:
        return Finding("finding.goals.none_rated", {"n": total}, also)
    if on_track == total:
        return Finding(f"finding.goals.{_all(total)}_on_track", {"n": total}, also)
    return Finding("finding.goals.on_track", {"n": on_track, "total": total}, also)


def _all(total: int) -> str:
    """German (and English) say „beide“ where there are two."""
    return "both" if total == 2 else "all"


def _tally(facts: Facts, thresholds: Thresholds) -> Counter[str]:
    """Goals by rating; those shown by their sub-goals are not counted beside these."""
    codes = (rate_goal(goal, facts, thresholds).code for goal in facts.goals)
    return Counter(code for code in codes if code)


def goal_finding(goal: Goal, facts: Facts, thresholds: Thresholds) -> Finding:
    """Where the goal's number stands and where it should; without a number, why it is rated as it is."""
    rating = rate_goal(goal, facts, thresholds)
    if rating.rule == "shown_by_sub_goals":
        tally: Counter[str] = Counter(rating.inputs["tally"])
        if tally.total() == 1:
            return Finding(f"finding.goal.sub_goal.{next(iter(tally))}")
        return Finding("finding.goal.sub_goals", {"n": tally["on_track"], "total": tally.total()})
    found = rule_finding(rating)
    if rating.rule in _PATH_RULES and rating.inputs["gap"] > 0:
        return Finding("finding.goal.behind", found.values)
    return found


def measures_finding(facts: Facts, thresholds: Thresholds) -> Finding:
    """How many measures run, and how many of them are not on track."""
    if not facts.measures:
        return Finding("finding.measures.none")
    running = [measure for measure in facts.measures if measure.status not in _NOT_RUNNING]
    tally: Counter[str | None] = Counter(rate_measure(measure, facts, thresholds).code for measure in running)
    return Finding("finding.measures.running", {"n": len(running)}, _rated_measures(tally))


def found_measures_finding(found: Sequence[tuple[Measure, str | None]]) -> Finding:
    """The same about the measures somebody chose, with the rating of each."""
    running = [code for measure, code in found if measure.status not in _NOT_RUNNING]
    also = Finding("finding.measures.found_running", {"n": len(running)}, _found_rated(Counter(running)))
    if len(found) == 1:
        also = Finding("finding.measures.found_one", {"n": len(running)}, also.also)
    return Finding("finding.measures.found", {"n": len(found)}, also if found else None)


def _rated_measures(tally: Counter[str | None]) -> Finding | None:
    if tally.total() == 1:
        return Finding(f"finding.measures.only.{next(iter(tally))}")
    return _measures_in_need(tally)


def _found_rated(tally: Counter[str | None]) -> Finding | None:
    """„Alle sind auf Kurs“ would be heard as all measures there are."""
    rated = _rated_measures(tally)
    if rated is None or not rated.code.endswith("all_on_track"):
        return rated
    return Finding("finding.measures.found_on_track")


def _measures_in_need(tally: Counter[str | None]) -> Finding | None:
    off, risk, unrated = tally["off_track"], tally["at_risk"], tally["cannot_be_rated"]
    if off:
        also = Finding("finding.measures.also_at_risk", {"n": risk}) if risk else None
        return Finding("finding.measures.off_track", {"n": off}, also)
    if risk:
        return Finding("finding.measures.at_risk", {"n": risk})
    if unrated:
        return Finding("finding.measures.unrated", {"n": unrated})
    return Finding(f"finding.measures.{_all(tally.total())}_on_track") if tally else None


def measure_finding(measure: Measure, facts: Facts, thresholds: Thresholds) -> Finding:
    """Why the measure is rated as it is; the money that ends stands after it."""
    rating = rate_measure(measure, facts, thresholds)
    found = rule_finding(rating)
    ending = next((remark for remark in rating.beside if remark.code == "funding_ends"), None)
    if ending is None:
        return found
    title = facts.funding_by_key[ending.key].name
    return Finding(found.code, found.values, Finding("beside.funding_ends", {"title": title, "day": ending.day}))
