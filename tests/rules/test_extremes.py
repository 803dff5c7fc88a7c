"""What nobody means but somebody writes: 31.12.9999, a percentage of a billion, a period that runs backwards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.rules.changes import changes_between
from etl.rules.coverage import coverage
from etl.rules.facts import Count, Facts, Funding, Milestone, Money, Round
from etl.rules.findings import (
    cooperations_finding,
    deliveries_finding,
    funding_finding,
    goal_finding,
    goals_finding,
    measure_finding,
    measures_finding,
    overview_finding,
)
from etl.rules.funding import funding_ending_within, reports_due, sums_by_level
from etl.rules.lapse import lapses
from etl.rules.money_checks import money_checks
from etl.rules.overlaps import overlapping
from etl.rules.programme_match import matching, prevention
from etl.rules.programmes import Programme
from etl.rules.runout import budget_years, losses
from etl.rules.same_grant import reported_twice
from etl.wording import say
from tests.rules.network import THRESHOLDS, facts, funding, goal, indicator, measure, value

_days = st.dates() | st.sampled_from([dt.date.max, dt.date.min, dt.date(2026, 11, 20)])
_numbers = st.decimals(-(10**15), 10**15, places=4)
_counts = st.none() | st.builds(Count, st.integers(0, 10**15), st.integers(0, 10**15))
_money = st.none() | st.builds(Money, _numbers, st.sampled_from([None, "year", "month"]))


_PROGRAMMES = (
    Programme(1, "A", "", deadline=dt.date(2026, 2, 28), yearly=True, lead_months=600),
    Programme(2, "B", "", lead_months=6, own_share=Decimal(30), most_per_year=Decimal(1)),
)


@st.composite
def _fundings(draw: st.DrawFn) -> Funding:
    return funding(
        status=draw(st.sampled_from([None, "running", "applied"])),
        granted=draw(_money),
        spent=draw(_money),
        own_share=draw(_money),
        reported_on=draw(st.none() | _days),
        level=draw(st.sampled_from([None, "state"])),
        applied=draw(_money),
        start=draw(st.none() | _days),
        end=draw(st.none() | _days),
    )


@st.composite
def _networks(draw: st.DrawFn) -> Facts:
    on = draw(_days)
    corners = {"baseline": draw(_numbers), "target": draw(_numbers)}
    corners |= {"baseline_day": draw(_days), "target_day": draw(_days)}
    values = tuple(value(str(draw(_numbers)), d.isoformat()) for d in draw(st.lists(_days, max_size=3, unique=True)))
    subject = measure(
        status=draw(st.sampled_from(["running", "planned", "permanent"])),
        start=draw(st.none() | _days),
        end=draw(st.none() | _days),
        participants_planned=draw(_counts),
        participants_reached=draw(_counts),
        cost=draw(_money),
        milestones=(Milestone(draw(_days), "x", False),),
        reported_on=draw(_days),
        funding_keys=("F1",),
        goals=("S2",),
    )
    rounds = tuple(Round("R", d, d) for d in draw(st.lists(_days, max_size=2)))
    return facts(
        on,
        goals=(goal(),),
        indicators=(indicator(**corners),),
        observations=values,
        measures=(subject,),
        fundings=(draw(_fundings()),),
        rounds=rounds,
    )


@settings(max_examples=200, deadline=None)
@given(_networks(), _networks())
def test_no_fact_however_odd_stops_a_page(before: Facts, after: Facts) -> None:
    found = [
        overview_finding(after, THRESHOLDS),
        goals_finding(after, THRESHOLDS),
        goal_finding(after.goals[0], after, THRESHOLDS),
        measures_finding(after, THRESHOLDS),
        measure_finding(after.measures[0], after, THRESHOLDS),
        cooperations_finding(after),
        funding_finding(after, THRESHOLDS),
        deliveries_finding(after, THRESHOLDS),
    ]
    for finding in found:
        assert all(say("de", part.code, **part.values) for part in finding.sentences)
    assert len(coverage(after, after.day, 24).gap) == 24
    changes_between(before, after, THRESHOLDS)
    funding_ending_within(after, 180)
    reports_due(after, THRESHOLDS)
    sums_by_level(after)
    ending = losses(after)
    budget_years(after, ending)
    lapses(after, THRESHOLDS)
    money_checks(after)
    reported_twice(after)
    for loss in ending:
        prevention(loss, matching(loss, _PROGRAMMES, after), after.day)
    overlapping((*before.measures, *after.measures), THRESHOLDS)
