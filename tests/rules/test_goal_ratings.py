"""How goals are rated."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.rules.facts import Facts, HumanRating, Indicator, Observation
from etl.rules.path import expected_on, forecast_of, gap
from etl.rules.ratings import rate_goal
from tests.rules.network import THRESHOLDS, TODAY, b1, day, facts, funding, goal, indicator, measure, value


def rated(network: Facts, key: str = "S2") -> tuple[str | None, str]:
    rating = rate_goal(network.goal_by_key[key], network, THRESHOLDS)
    return rating.code, rating.rule


def group_rating(expires: dt.date | None) -> HumanRating:
    return HumanRating(
        record="S2",
        code="on_track",
        body="Steuerungsgruppe",
        reason="Prüfungen stehen aus",
        day=day("2026-05-12"),
        expires=expires,
    )


def test_the_path_is_a_straight_line_from_baseline_to_target() -> None:
    b1_indicator = indicator()
    assert expected_on(b1_indicator, day("2023-09-30")) == 48
    assert round(expected_on(b1_indicator, day("2026-09-30")), 1) == Decimal("60.8")
    assert expected_on(b1_indicator, day("2027-09-30")) == 65
    assert expected_on(b1_indicator, day("2030-01-01")) == 65


def test_gap_and_forecast_tell_how_far_and_where_to() -> None:
    latest = value("51.2", "2026-09-30")
    assert round(gap(indicator(), latest), 1) == Decimal("9.6")
    assert round(forecast_of(indicator(), latest), 1) == Decimal("52.3")


def test_less_is_better_where_the_target_lies_below_the_baseline() -> None:
    waiting = indicator(baseline=Decimal(40), target=Decimal(0), unit="Kinder")
    assert gap(waiting, value("38", "2026-09-30")) > 0
    assert gap(waiting, value("2", "2026-09-30")) < 0


def test_a_goal_nobody_reported_on_is_grey() -> None:
    assert rated(b1()) == ("cannot_be_rated", "no_value")


def test_a_goal_far_behind_its_path_is_off_track_and_says_why() -> None:
    network = b1(value("50.9", "2026-03-31"), value("51.2", "2026-09-30", provisional=True))
    rating = rate_goal(goal(), network, THRESHOLDS)
    assert (rating.code, rating.rule) == ("off_track", "forecast_misses_far")
    assert rating.data_age_days == 51
    assert (rating.flips_on, rating.flips_to) == (day("2028-03-31"), "cannot_be_rated")
    assert rating.inputs["value"] == Decimal("51.2")
    assert rating.marks == (("current_value", "value_provisional"),)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("65", ("on_track", "target_reached")),
        ("70", ("on_track", "target_reached")),
        ("61", ("on_track", "on_path")),
        ("60", ("on_track", "on_path")),
        ("59", ("at_risk", "behind_path")),
        ("55", ("off_track", "forecast_misses_far")),
        ("48", ("off_track", "forecast_misses_far")),
        ("46", ("off_track", "moving_wrong_way")),
    ],
)
def test_the_further_behind_the_path_the_worse_the_rating(number: str, expected: tuple[str, str]) -> None:
    assert rated(b1(value(number, "2026-09-30"))) == expected


def test_a_value_is_compared_with_the_path_on_its_own_day_not_on_the_day_of_the_meeting() -> None:
    for month in range(12, 19):
        later = dt.date(2026 + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        assert rated(b1(value("60.5", "2026-09-30"), on=later)) == ("on_track", "on_path")


def test_moving_the_wrong_way_counts_even_above_the_baseline() -> None:
    assert rated(b1(value("60", "2025-09-30"), value("58.5", "2026-09-30"))) == ("off_track", "moving_wrong_way")


def test_falling_while_still_on_the_path_is_a_risk() -> None:
    assert rated(b1(value("64", "2026-03-31"), value("61", "2026-09-30"))) == ("at_risk", "falling_on_path")


def test_standing_still_is_a_risk_even_on_the_path() -> None:
    assert rated(b1(value("61", "2025-09-30"), value("61", "2026-09-30"))) == ("at_risk", "standing_still")


def test_small_ups_and_downs_are_no_change_of_direction() -> None:
    assert rated(b1(value("62", "2026-03-31"), value("61.5", "2026-09-30"))) == ("on_track", "on_path")


def test_a_target_day_that_passed_without_a_value_is_a_risk_and_never_red() -> None:
    network = b1(value("60.5", "2026-09-30"), on=day("2027-10-01"))
    assert rated(network) == ("at_risk", "target_day_passed")


def test_a_target_missed_by_far_on_its_day_is_red() -> None:
    assert rated(b1(value("55", "2027-09-30"), on=day("2027-11-01"))) == ("off_track", "target_missed")
    assert rated(b1(value("62", "2027-09-30"), on=day("2027-11-01"))) == ("at_risk", "target_day_passed")


@pytest.mark.parametrize(
    ("corner", "rule"),
    [
        ({"baseline": None}, "no_baseline"),
        ({"target": None}, "no_target"),
        ({"baseline_day": None}, "no_path_days"),
        ({"target_day": day("2020-01-01")}, "path_days_reversed"),
        ({"direction": "down"}, "direction_contradicts_target"),
        ({"target": Decimal(48)}, "no_way_to_go"),
    ],
)
def test_a_goal_without_a_whole_path_is_grey(corner: dict[str, object], rule: str) -> None:
    assert rated(b1(value("61", "2026-09-30"), **corner)) == ("cannot_be_rated", rule)


def test_the_baseline_repeated_is_no_current_value() -> None:
    assert rated(b1(value("48", "2023-09-30"), on=day("2024-01-01"))) == ("cannot_be_rated", "no_value_since_baseline")


def test_a_level_to_hold_is_held_or_not() -> None:
    hold = {"target": Decimal(48), "direction": "up"}
    assert rated(b1(value("48", "2026-09-30"), **hold)) == ("on_track", "target_reached")
    assert rated(b1(value("47", "2026-09-30"), **hold)) == ("off_track", "moving_wrong_way")


def test_the_worst_rated_indicator_decides_and_grey_ones_stand_beside() -> None:
    network = facts(
        goals=(goal(),),
        indicators=(indicator(key="good"), indicator(key="bad"), indicator(key="silent")),
        observations=(value("61", "2026-09-30", "good"), value("50", "2026-09-30", "bad")),
    )
    rating = rate_goal(goal(), network, THRESHOLDS)
    assert (rating.code, rating.inputs["indicator"]) == ("off_track", "bad")
    assert [(r.code, r.key, r.rule) for r in rating.beside] == [("indicator_not_rated", "silent", "no_value")]


def test_a_group_rating_stands_beside_and_never_overwrites() -> None:
    said = group_rating(expires=TODAY)
    network = replace(b1(value("51.2", "2026-09-30")), human_ratings=(said,))
    rating = rate_goal(goal(), network, THRESHOLDS)
    assert (rating.code, rating.human) == ("off_track", said)
    assert rate_goal(goal(), replace(network, day=TODAY + dt.timedelta(1)), THRESHOLDS).human is None


def test_a_goal_without_indicator_is_grey_even_if_the_group_rated_it() -> None:
    said = group_rating(expires=None)
    rating = rate_goal(goal(), facts(goals=(goal(),), human_ratings=(said,)), THRESHOLDS)
    assert (rating.code, rating.rule, rating.human) == ("cannot_be_rated", "no_indicator", said)


def test_a_lead_goal_is_shown_by_the_goals_below_it_at_any_depth() -> None:
    network = facts(
        goals=(goal("S"), goal("S2", parent="S"), goal("S3", parent="S"), goal("S31", parent="S3")),
        indicators=(indicator(),),
        observations=(value("61", "2026-09-30"),),
    )
    rating = rate_goal(network.goal_by_key["S"], network, THRESHOLDS)
    assert (rating.code, rating.rule) == (None, "shown_by_sub_goals")
    assert rating.inputs["tally"] == {"on_track": 1, "cannot_be_rated": 1}


def test_goals_that_lie_below_each_other_do_not_hang_the_tally() -> None:
    network = facts(goals=(goal("A", parent="B"), goal("B", parent="A")))
    assert rate_goal(network.goal_by_key["A"], network, THRESHOLDS).inputs["tally"] == {}


def test_money_that_ends_stands_beside_the_goal_it_serves() -> None:
    network = replace(
        b1(value("61", "2026-09-30")),
        measures=(measure(goals=("S2",), funding_keys=("F1",)),),
        fundings=(funding(end=day("2026-12-31")),),
    )
    rating = rate_goal(goal(), network, THRESHOLDS)
    assert rating.code == "on_track"
    assert [(r.code, r.key, r.day) for r in rating.beside] == [("funding_ends", "F1", day("2026-12-31"))]


_days = st.dates(dt.date(2022, 1, 1), dt.date(2028, 12, 31))
_numbers = st.decimals(0, 100, places=1)


@st.composite
def _networks(draw: st.DrawFn) -> Facts:
    on = draw(_days)
    indicators: list[Indicator] = []
    observations: list[Observation] = []
    for key in ("a", "b")[: draw(st.integers(1, 2))]:
        corners = {"baseline": draw(_numbers), "baseline_day": draw(_days)}
        corners |= {"target": draw(_numbers), "target_day": draw(_days)}
        indicators.append(indicator(key=key, direction=draw(st.sampled_from([None, "up", "down"])), **corners))
        days = draw(st.lists(_days.filter(lambda d: d <= on), max_size=4, unique=True))
        observations += [value(str(draw(_numbers)), d.isoformat(), key) for d in days]
    return facts(on, goals=(goal(),), indicators=tuple(indicators), observations=tuple(observations))


@settings(max_examples=150, deadline=None)
@given(_networks())
def test_a_goals_rating_changes_on_the_day_it_says_and_on_no_day_before(network: Facts) -> None:
    rating = rate_goal(goal(), network, THRESHOLDS)
    last = rating.flips_on or network.day + dt.timedelta(days=3000)
    for offset in {1, 2, 30, 180, 365, 549, (last - network.day).days - 1}:
        later = network.day + dt.timedelta(days=offset)
        if network.day < later < last:
            assert rate_goal(goal(), replace(network, day=later), THRESHOLDS).code == rating.code
    if rating.flips_on:
        flipped = rate_goal(goal(), replace(network, day=rating.flips_on), THRESHOLDS).code
        assert flipped == rating.flips_to != rating.code


@settings(max_examples=150, deadline=None)
@given(_numbers, _numbers, st.dates(day("2023-10-01"), day("2026-11-20")))
def test_a_better_single_value_never_has_a_worse_rating(one: Decimal, other: Decimal, on: dt.date) -> None:
    order = ["cannot_be_rated", "off_track", "at_risk", "on_track"]
    worse, better = sorted((one, other))
    ratings = [rated(b1(value(str(number), on.isoformat())))[0] for number in (worse, better)]
    assert order.index(str(ratings[0])) <= order.index(str(ratings[1]))
