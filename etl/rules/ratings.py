"""Rating goals and measures on the day of the facts: ``rate_goal`` and ``rate_measure``."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from etl.rules.days import add_months
from etl.rules.facts import Facts, Goal, HumanRating, Indicator, Marks, Measure, Observation, SaidBeside
from etl.rules.funding_rules import ending_day
from etl.rules.goal_rules import indicator_turning_days, indicator_verdict
from etl.rules.measure_rules import ENDED, measure_turning_days, measure_verdict, report_days
from etl.rules.need import awaits_follow_up
from etl.rules.rating import BAD_TO_GOOD, Rating, Remark, Verdict, first_flip, is_worse
from etl.rules.thresholds import Thresholds

#: Fields whose inexact reading a measure's rating rests on.
_RATED_FIELDS = ("status", "traffic_light", "start", "end", "participants_planned", "participants_actual", "milestone")


def rate_goal(goal: Goal, facts: Facts, thresholds: Thresholds) -> Rating:
    """The goal's rating on ``facts.day``.

    The worst rated indicator decides; indicators that can't be rated stand beside. A goal without an indicator of its
    own can't be rated; if goals lie below it, it is shown by their tally instead (code None, rule
    ``shown_by_sub_goals``). What a body said stands in ``human`` and never becomes the code.
    """
    indicators = facts.indicators_of.get(goal.key, ())
    if not indicators:
        return _without_indicator(goal, facts, thresholds)
    verdicts = [(i, _verdict_on(i, facts, facts.day, thresholds)) for i in indicators]
    indicator, verdict = _deciding(verdicts)
    observations = facts.observations_of.get(indicator.key, ())
    turning = [d for i in indicators for d in _turning_days(i, facts, thresholds)]
    flips_on, flips_to = first_flip(
        verdict.code, facts.day, turning, lambda day: _goal_verdict(indicators, facts, day, thresholds)
    )
    return Rating(
        verdict.code,
        verdict.rule,
        verdict.inputs,
        (facts.day - observations[-1].day).days if observations else None,
        flips_on,
        flips_to,
        _human(goal.key, facts),
        _unrated_beside(indicator, verdicts)
        + _money_beside(facts.measures_of_goal.get(goal.key, ()), facts, thresholds),
        _indicator_marks(indicator, observations),
        _said(goal.key, verdict.code, facts),
    )


def _without_indicator(goal: Goal, facts: Facts, thresholds: Thresholds) -> Rating:
    human = _human(goal.key, facts)
    beside = _money_beside(facts.measures_of_goal.get(goal.key, ()), facts, thresholds)
    if facts.children_of.get(goal.key):
        tally = dict(tally_below(goal, facts, thresholds))
        return Rating(None, "shown_by_sub_goals", {"tally": tally}, human=human, beside=beside)
    said = _said(goal.key, "cannot_be_rated", facts)
    return Rating("cannot_be_rated", "no_indicator", human=human, beside=beside, said=said)


def tally_below(goal: Goal, facts: Facts, thresholds: Thresholds) -> Counter[str]:
    """How many goals below ``goal``, at any depth, have which rating; a goal shown by its sub-goals is not one."""
    tally: Counter[str] = Counter()
    waiting, seen = [goal.key], {goal.key}
    while waiting:
        for child in facts.children_of.get(waiting.pop(), ()):
            if child.key not in seen:
                seen.add(child.key)
                waiting.append(child.key)
                code = _code(child, facts, thresholds)
                tally.update([code] if code else [])
    return tally


def _code(goal: Goal, facts: Facts, thresholds: Thresholds) -> str | None:
    indicators = facts.indicators_of.get(goal.key, ())
    if indicators:
        return _goal_verdict(indicators, facts, facts.day, thresholds).code
    return None if facts.children_of.get(goal.key) else "cannot_be_rated"


def _goal_verdict(indicators: tuple[Indicator, ...], facts: Facts, day: dt.date, thresholds: Thresholds) -> Verdict:
    return _deciding([(i, _verdict_on(i, facts, day, thresholds)) for i in indicators])[1]


def _verdict_on(indicator: Indicator, facts: Facts, day: dt.date, thresholds: Thresholds) -> Verdict:
    return indicator_verdict(indicator, facts.observations_of.get(indicator.key, ()), day, thresholds)


def _turning_days(indicator: Indicator, facts: Facts, thresholds: Thresholds) -> tuple[dt.date, ...]:
    return indicator_turning_days(indicator, facts.observations_of.get(indicator.key, ()), thresholds)


def _deciding(verdicts: list[tuple[Indicator, Verdict]]) -> tuple[Indicator, Verdict]:
    """The worst rated one; the first where none is rated."""
    for code in BAD_TO_GOOD:
        for found in verdicts:
            if found[1].code == code:
                return found
    return verdicts[0]


def _unrated_beside(deciding: Indicator, verdicts: list[tuple[Indicator, Verdict]]) -> tuple[Remark, ...]:
    return tuple(
        Remark("indicator_not_rated", indicator.key, rule=verdict.rule)
        for indicator, verdict in verdicts
        if verdict.code == "cannot_be_rated" and indicator.key != deciding.key
    )


def _indicator_marks(indicator: Indicator, observations: tuple[Observation, ...]) -> Marks:
    if not observations:
        return indicator.marks
    latest = observations[-1]
    provisional: Marks = (("current_value", "value_provisional"),) if latest.provisional else ()
    return tuple(dict.fromkeys(indicator.marks + latest.marks + provisional))


def rate_measure(measure: Measure, facts: Facts, thresholds: Thresholds) -> Rating:
    """The measure's rating on ``facts.day``; the rules stand in ``measure_rules.measure_verdict``."""
    verdict = measure_verdict(measure, facts.rounds, facts.day, thresholds)
    flips_on, flips_to = first_flip(
        verdict.code,
        facts.day,
        measure_turning_days(measure, facts.rounds, thresholds),
        lambda day: measure_verdict(measure, facts.rounds, day, thresholds),
    )
    reports = report_days(measure)
    beside = () if measure.status in ENDED else _measure_beside(measure, facts, thresholds)
    return Rating(
        verdict.code,
        verdict.rule,
        verdict.inputs,
        (facts.day - reports[-1]).days if reports else None,
        flips_on,
        flips_to,
        _human(measure.key, facts),
        beside,
        tuple(mark for mark in measure.marks if mark[0] in _RATED_FIELDS),
        _said(measure.key, verdict.code, facts),
    )


def _measure_beside(measure: Measure, facts: Facts, thresholds: Thresholds) -> tuple[Remark, ...]:
    open_milestones = tuple(
        Remark("milestone_open", measure.key, milestone.day)
        for milestone in measure.milestones
        if milestone.done is None and milestone.day and milestone.day < facts.day
    )
    return _money_beside((measure,), facts, thresholds) + open_milestones


def _money_beside(measures: tuple[Measure, ...], facts: Facts, thresholds: Thresholds) -> tuple[Remark, ...]:
    """Money of measures that still run, ending within ``funding_warning_months`` without a follow-up."""
    limit = add_months(facts.day, thresholds.funding_warning_months)
    found: dict[str, Remark] = {}
    for measure in measures:
        for funding in facts.fundings_of_measure.get(measure.key, ()) if measure.status not in ENDED else ():
            ends = ending_day(funding)
            if ends and facts.day <= ends <= limit and awaits_follow_up(funding, facts):
                found[funding.key] = Remark("funding_ends", funding.key, ends)
    return tuple(sorted(found.values(), key=lambda r: (r.day or dt.date.max, r.key)))


def _human(key: str, facts: Facts) -> HumanRating | None:
    """The body's own rating, as long as it holds: through its day of expiry."""
    human = facts.human_rating_of.get(key)
    return None if human is None or (human.expires and human.expires < facts.day) else human


def _said(key: str, code: str | None, facts: Facts) -> tuple[SaidBeside, ...]:
    """Partners' own sentences, each as long as the rating is the one it speaks about, or worse."""
    told = facts.said_beside_of.get(key, ())
    return tuple(said for said in told if code == said.rating or is_worse(code, said.rating))
