"""How measures are rated."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.rules.facts import Count, Facts, Measure, Milestone, Round
from etl.rules.ratings import rate_measure
from tests.rules.network import ROUNDS, THRESHOLDS, TODAY, day, facts, funding, measure


def rated(subject: Measure, on: dt.date = TODAY, **more: object) -> tuple[str | None, str]:
    rating = rate_measure(subject, facts(on, measures=(subject,), **more), THRESHOLDS)
    return rating.code, rating.rule


def test_a_running_measure_with_no_date_passed_is_on_track() -> None:
    assert rated(measure()) == ("on_track", "no_date_passed")
    assert rated(measure(status="permanent", end=None, open_end=True)) == ("on_track", "no_date_passed")


@pytest.mark.parametrize("status", ["completed", "cancelled"])
def test_completed_and_cancelled_have_no_rating_however_late_or_silent(status: str) -> None:
    ended = measure(status=status, end=day("2020-01-01"), reported_on=day("2020-01-01"), traffic_light="red")
    rating = rate_measure(ended, facts(measures=(ended,)), THRESHOLDS)
    assert (rating.code, rating.rule, rating.flips_on) == (None, status, None)


def test_a_measure_nobody_reported_in_the_round_is_grey_and_never_red() -> None:
    silent = measure(reported_on=day("2026-04-10"), end=day("2026-04-30"), traffic_light="red")
    assert rated(silent) == ("cannot_be_rated", "no_report_in_round")


def test_until_the_deadline_the_report_of_the_round_before_counts() -> None:
    spring = measure(reported_on=day("2026-04-10"))
    assert rated(spring, day("2026-10-15")) == ("on_track", "no_date_passed")
    assert rated(spring, day("2026-10-16")) == ("cannot_be_rated", "no_report_in_round")


def test_a_file_without_a_stand_that_came_between_stichtag_and_deadline_counts_for_the_round() -> None:
    assert rated(measure(reported_on=day("2026-10-10")))[0] == "on_track"


def test_news_after_the_deadline_count_too() -> None:
    assert rated(measure(reported_on=day("2026-11-15")))[0] == "on_track"


def test_without_rounds_a_report_holds_for_a_year() -> None:
    subject = measure(reported_on=day("2025-11-20"))
    assert rated(subject, rounds=())[0] == "on_track"
    assert rated(subject, TODAY + dt.timedelta(1), rounds=()) == ("cannot_be_rated", "report_too_old")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"status": "proposed"}, ("cannot_be_rated", "proposed")),
        ({"status": "planned", "start": day("2027-01-01")}, ("cannot_be_rated", "not_begun")),
        ({"status": "planned", "start": day("2026-10-01")}, ("at_risk", "start_passed")),
        ({"status": "planned", "start": None}, ("cannot_be_rated", "not_begun")),
        ({"status": "paused"}, ("cannot_be_rated", "paused")),
        ({"status": None}, ("cannot_be_rated", "status_unknown")),
        ({"status": "unknown", "traffic_light": "green"}, ("on_track", "no_date_passed")),
        ({"status": "delayed"}, ("at_risk", "said_delayed")),
        ({"traffic_light": "yellow"}, ("at_risk", "said_at_risk")),
        ({"traffic_light": "red", "next_step": "Raum suchen"}, ("at_risk", "said_at_risk")),
        ({"traffic_light": "red"}, ("off_track", "said_red_without_next_step")),
        ({"end": day("2026-11-19")}, ("at_risk", "end_passed")),
        ({"end": TODAY}, ("on_track", "no_date_passed")),
        ({"end": day("2026-11-19"), "open_end": True}, ("on_track", "no_date_passed")),
        ({"end": TODAY - dt.timedelta(90)}, ("at_risk", "end_passed")),
        ({"end": TODAY - dt.timedelta(91)}, ("off_track", "end_long_passed")),
    ],
)
def test_each_rule_rates_as_its_sentence_says(changed: dict[str, object], expected: tuple[str, str]) -> None:
    assert rated(measure(**changed)) == expected


def test_a_deadline_missed_in_two_rounds_is_off_track_before_the_ninety_days_are_over() -> None:
    monthly = tuple(Round(f"R{m}", dt.date(2026, m, 28), dt.date(2026, m, 28)) for m in (8, 9, 10, 11))
    late = measure(end=day("2026-09-01"), reported_on=day("2026-10-28"))
    assert rated(late, day("2026-10-27"), rounds=monthly) == ("at_risk", "end_passed")
    assert rated(late, day("2026-10-28"), rounds=monthly) == ("off_track", "end_long_passed")


def test_a_milestone_said_to_be_open_is_missed_one_nobody_spoke_of_stands_beside() -> None:
    missed = measure(milestones=(Milestone(day("2026-10-31"), "Räume gefunden", False),))
    assert rated(missed) == ("at_risk", "milestone_passed")
    unsaid = measure(milestones=(Milestone(day("2026-10-31"), "Räume gefunden"),))
    rating = rate_measure(unsaid, facts(), THRESHOLDS)
    assert rating.code == "on_track"
    assert [(r.code, r.day) for r in rating.beside] == [("milestone_open", day("2026-10-31"))]


def test_people_reached_far_below_the_elapsed_plan_are_a_risk() -> None:
    times = {"start": day("2026-01-01"), "end": day("2026-12-31"), "participants_planned": Count(60, 60)}
    assert rated(measure(participants_reached=Count(25, 25), **times)) == ("at_risk", "people_below_plan")
    assert rated(measure(participants_reached=Count(31, 31), **times)) == ("on_track", "no_date_passed")


def test_of_a_range_the_side_that_speaks_for_the_measure_counts() -> None:
    times = {"start": day("2026-01-01"), "end": day("2026-12-31")}
    ranged = measure(participants_planned=Count(60, 80), participants_reached=Count(10, 31), **times)
    assert rated(ranged)[0] == "on_track"


def test_money_ending_within_six_months_without_follow_up_stands_beside() -> None:
    subject = measure(funding_keys=("soon", "later", "secured", "applied"))
    network = facts(
        measures=(subject,),
        fundings=(
            funding("soon", end=day("2027-05-20")),
            funding("later", end=day("2027-05-21")),
            funding("secured", end=day("2026-12-31"), follow_up="Haushalt 2027"),
            funding("applied", end=day("2026-12-31"), status="applied"),
        ),
    )
    rating = rate_measure(subject, network, THRESHOLDS)
    assert rating.code == "on_track"
    assert [r.key for r in rating.beside] == ["soon"]


def test_a_follow_up_only_applied_for_secures_nothing() -> None:
    subject = measure(funding_keys=("F1",))
    applied = funding(end=day("2026-12-31"), follow_up="Antrag gestellt", follow_up_state="applied")
    rating = rate_measure(subject, facts(measures=(subject,), fundings=(applied,)), THRESHOLDS)
    assert [r.code for r in rating.beside] == ["funding_ends"]


def test_a_rating_that_rests_on_an_inexact_reading_says_so() -> None:
    marked = measure(marks=(("status", "word_interpreted"), ("location", "heading_similar")))
    assert rate_measure(marked, facts(), THRESHOLDS).marks == (("status", "word_interpreted"),)


_days = st.dates(dt.date(2025, 1, 1), dt.date(2028, 6, 30))
_maybe = st.none() | _days
_statuses = ["planned", "running", "permanent", "delayed", "paused", "proposed", "completed", None]


@st.composite
def _networks(draw: st.DrawFn) -> Facts:
    on = draw(_days)
    subject = measure(
        status=draw(st.sampled_from(_statuses)),
        start=draw(_maybe),
        end=draw(_maybe),
        open_end=draw(st.booleans()),
        traffic_light=draw(st.sampled_from([None, "green", "yellow", "red"])),
        reported_on=draw(_days.filter(lambda d: d <= on)),
        milestones=tuple(Milestone(d, "x", False) for d in draw(st.lists(_days, max_size=2))),
    )
    days = sorted(draw(st.lists(_days, max_size=4, unique=True)))
    rounds = tuple(Round(str(d), d, d + dt.timedelta(draw(st.integers(0, 20)))) for d in days)
    return facts(on, measures=(subject,), rounds=draw(st.sampled_from([rounds, ROUNDS, ()])))


@settings(max_examples=300, deadline=None)
@given(_networks(), st.lists(st.integers(1, 900), max_size=12))
def test_a_measures_rating_changes_on_the_day_it_says_and_on_no_day_before(network: Facts, offsets: list[int]) -> None:
    subject = network.measures[0]
    rating = rate_measure(subject, network, THRESHOLDS)
    last = rating.flips_on or network.day + dt.timedelta(days=3000)
    for offset in {*offsets, (last - network.day).days - 1}:
        later = network.day + dt.timedelta(days=offset)
        if network.day < later < last:
            assert rate_measure(subject, replace(network, day=later), THRESHOLDS).code == rating.code
    if rating.flips_on:
        flipped = rate_measure(subject, replace(network, day=rating.flips_on), THRESHOLDS).code
        assert flipped == rating.flips_to != rating.code
