"""When funding runs out: what ends in which month and budget year, who loses by it, what of it may not be spent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.rules.facts import Allocation, Cooperation, Money
from etl.rules.funding import funding_ending_within, reports_due, sums_by_level
from etl.rules.lapse import lapses
from etl.rules.runout import budget_years, losses
from tests.rules.network import THRESHOLDS, day, facts, funding, goal, measure


def euros(amount: str, per: str | None = None) -> Money:
    return Money(Decimal(amount), per)  # type: ignore[arg-type]


def test_an_ending_names_the_measures_goals_and_cooperations_that_lose_by_it() -> None:
    network = facts(
        goals=(goal("W1"), goal("W2")),
        measures=(
            measure("M1", goals=("W1",), lead_partner="a", partner_keys=("b",)),
            measure("M2", goals=("W1", "W2")),
            measure("M3", goals=("W2",)),
        ),
        cooperations=(
            Cooperation(key="K1", title="benannt", measures=("M2",)),
            Cooperation(key="K2", title="getragen", partner_keys=("a", "b")),
            Cooperation(key="K3", title="beendet", partner_keys=("a", "b"), status="ended"),
            Cooperation(key="K4", title="andere", partner_keys=("a", "c")),
        ),
        fundings=(
            funding("F1", end=day("2027-03-31"), granted=euros("12000", "year"), measures=_carrying("M1", "M2")),
            funding("F2", end=day("2028-03-31"), measures=_carrying("M2")),
        ),
    )
    [first, second] = losses(network)
    assert (first.month, first.start, first.yearly) == (day("2027-03-01"), day("2027-04-01"), 12000)
    assert [(one.measure.key, one.last) for one in first.measures] == [("M1", True), ("M2", False)]
    assert [(one.goal.key, one.hit, one.active, one.all_of_it) for one in first.goals] == [
        ("W1", 2, 2, False),
        ("W2", 1, 2, False),
    ]
    assert [one.key for one in first.cooperations] == ["K2", "K1"]
    assert [(one.goal.key, one.all_of_it) for one in second.goals] == [("W1", False), ("W2", False)]


def test_nothing_has_to_come_after_money_for_what_is_built_once_unless_a_list_says_it_is_open() -> None:
    house = measure("house", title="Neubau der Unterkunft", cost=euros("900000"))
    built = {"end": day("2027-03-31"), "measures": _carrying("house")}
    for more, secured in (
        ({}, True),
        ({"follow_up": "offen", "follow_up_state": "open"}, False),
        ({"measures": _carrying("house", "course")}, False),
    ):
        network = facts(measures=(house, measure("course")), fundings=(funding(**built | more),))
        [loss] = losses(network)
        assert loss.secured is secured
        assert funding_ending_within(network, 180)[0].follow_up_missing is not secured


def test_a_goal_whose_every_measure_loses_its_last_money_loses_everything() -> None:
    measures = (measure("M1", goals=("W1",)), measure("M2", goals=("W1",), status="completed"))
    network = facts(
        goals=(goal("W1"),),
        measures=measures,
        fundings=(funding("F1", end=day("2027-03-31"), measures=_carrying("M1")),),
    )
    [loss] = losses(network)
    assert [one.all_of_it for one in loss.goals] == [True]


def test_only_promised_money_within_24_months_runs_out_and_never_what_ends_before_it_starts() -> None:
    fundings = (
        funding("today", end=day("2026-11-20")),
        funding("last month", end=day("2028-10-31")),
        funding("too late", end=day("2028-11-01")),
        funding("past", end=day("2026-11-19")),
        funding("asked", end=day("2027-01-31"), status="applied"),
        funding("permanent", end=day("2027-01-31"), open_end=True),
        funding("backwards", start=day("2027-05-01"), end=day("2027-01-31")),
    )
    assert [loss.funding.key for loss in losses(facts(fundings=fundings))] == ["today", "last month"]


def test_budget_years_keep_granted_and_applied_apart_and_count_the_months_that_are_left() -> None:
    network = facts(
        measures=(measure("M1", cost=euros("1000", "month"), open_end=True),),
        fundings=(
            funding("F1", end=day("2027-06-30"), granted=euros("600", "month"), measures=_carrying("M1")),
            funding("F2", status="applied", start=day("2027-01-01"), open_end=True, applied=euros("400", "month")),
        ),
    )
    found = budget_years(network, losses(network))
    assert [(year.year, year.months, len(year.open_losses)) for year in found] == [
        (2026, 2, 0),
        (2027, 12, 1),
        (2028, 12, 0),
    ]
    assert [(year.promised, year.applied, year.need, year.missing) for year in found] == [
        (1200, 0, 2000, 800),
        (3600, 4800, 12000, 8400),
        (0, 4800, 12000, 12000),
    ]


def test_money_that_lapses_at_the_years_end_is_told_with_what_will_be_left_at_the_pace_so_far() -> None:
    year = {"start": day("2026-01-01"), "end": day("2026-12-31"), "reported_on": day("2026-10-31")}
    network = facts(
        fundings=(
            funding("slow", granted=euros("120000"), spent=euros("50000"), **year),
            funding("on its way", granted=euros("120000"), spent=euros("100000"), **year),
            funding("unknown", granted=euros("120000"), **year),
        )
    )
    [lapse] = lapses(network, THRESHOLDS)
    assert (lapse.funding.key, lapse.kind, lapse.left, lapse.expected) == ("slow", "lapses", 70000, 60000)


def test_what_is_left_of_a_grant_that_ends_within_a_year_needs_a_longer_period() -> None:
    grant = {"start": day("2026-01-01"), "end": day("2027-02-28"), "reported_on": day("2026-10-31")}
    network = facts(fundings=(funding("F", granted=euros("140000"), spent=euros("50000"), **grant),))
    [lapse] = lapses(network, THRESHOLDS)
    assert (lapse.kind, lapse.day, lapse.expected) == ("extend", day("2027-02-28"), 70000)


def test_a_grant_over_several_years_that_is_behind_must_be_carried_over_to_the_next_budget_year() -> None:
    period = {"start": day("2026-01-01"), "end": day("2027-12-31"), "granted": euros("240000")}
    behind = facts(fundings=(funding("F", spent=euros("11000"), reported_on=day("2026-11-01"), **period),))
    [lapse] = lapses(behind, THRESHOLDS)
    assert (lapse.kind, lapse.day, lapse.expected) == ("carry_over", day("2026-12-31"), 108000)
    in_step = facts(fundings=(funding("F", spent=euros("108000"), reported_on=day("2026-11-01"), **period),))
    assert lapses(in_step, THRESHOLDS) == ()


def test_money_left_after_its_period_is_transferred_where_a_measure_goes_on_else_given_back() -> None:
    over = {"start": day("2025-01-01"), "end": day("2025-12-31"), "granted": euros("100"), "spent": euros("80")}
    network = facts(
        measures=(measure("M1"),),
        fundings=(
            funding("goes on", measures=_carrying("M1"), **over),
            funding("over", **over),
            funding("settled", **over | {"status": "closed"}),
        ),
    )
    assert [(one.funding.key, one.kind) for one in lapses(network, THRESHOLDS)] == [
        ("goes on", "transfer"),
        ("over", "give_back"),
    ]


def test_a_yearly_amount_is_this_years_until_its_last_day() -> None:
    network = facts(
        fundings=(
            funding(
                "F",
                open_end=True,
                granted=euros("1200", "year"),
                spent=euros("550", "year"),
                reported_on=day("2026-11-10"),
            ),
        )
    )
    [lapse] = lapses(network, THRESHOLDS)
    assert (lapse.day, lapse.left, lapse.expected) == (day("2026-12-31"), 650, 600)


def test_an_interim_report_is_due_four_months_after_a_budget_year_unless_stated_and_never_for_donations() -> None:
    long = {"start": day("2026-01-01"), "end": day("2028-06-30")}
    fundings = (
        funding("land", level="state", **long),
        funding("said", level="state", interim_report_due=day("2027-02-28"), **long),
        funding("spende", level="donation", **long),
        funding("stiftung", level="foundation", **long),
        funding("ends first", level="state", start=day("2026-01-01"), end=day("2027-03-31")),
        funding("one year", level="state", start=day("2026-01-01"), end=day("2026-12-31")),
    )
    found = reports_due(facts(fundings=fundings), THRESHOLDS)
    assert [(d.funding.key, d.day, d.computed) for d in found if d.kind == "interim"] == [
        ("said", day("2027-02-28"), False),
        ("land", day("2027-04-30"), True),
    ]
    assert "spende" not in {d.funding.key for d in found if d.kind == "report"}


@pytest.mark.parametrize("amount", ["-500", "0"])
def test_negative_and_empty_amounts_add_up_to_nothing_and_stop_no_view(amount: str) -> None:
    network = facts(
        measures=(measure("M1", cost=euros("100", "month")),),
        fundings=(funding("F", end=day("2027-06-30"), granted=euros(amount, "year"), spent=euros(amount, "year")),),
    )
    assert sums_by_level(network)[0].granted.per_year == 0
    assert [year.promised for year in budget_years(network, losses(network))] == [0, 0, 0]
    assert lapses(network, THRESHOLDS) == ()


def _carrying(*keys: str) -> tuple[Allocation, ...]:
    return tuple(Allocation(key) for key in keys)
