"""Money: what ends, what is due, what may be added, what is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules.coverage import coverage
from etl.rules.days import add_months, months_touched
from etl.rules.facts import Allocation, Count, Funding, Money
from etl.rules.figures import cost, people_reached, people_reached_of_planned, staff
from etl.rules.funding import funding_ending_within, reports_due, sums_by_level
from etl.rules.funding_rules import report_due
from etl.rules.need import is_one_off
from etl.rules.spread import per_month
from tests.rules.network import THRESHOLDS, TODAY, day, facts, funding, goal, measure


def euros(amount: str, per: str | None = None, approx: bool = False) -> Money:
    return Money(Decimal(amount), per, approx)  # type: ignore[arg-type]


def test_money_that_ends_says_what_it_carries_and_whether_it_goes_on() -> None:
    network = facts(
        goals=(goal("W1"), goal("S2")),
        measures=(measure("M1", goals=("W1",)), measure("M2", funding_keys=("F1",)), measure("M3")),
        fundings=(
            funding("F1", end=day("2026-12-31"), measures=(Allocation("M1"),)),
            funding("F2", end=TODAY, follow_up="gesichert"),
            funding("F3", end=day("2027-01-20")),
            funding("F4", end=day("2026-12-31"), status="applied"),
            funding("F5", end=day("2026-12-31"), open_end=True),
        ),
    )
    ending = funding_ending_within(network, 60)
    assert [(e.funding.key, e.days_left, e.follow_up_missing) for e in ending] == [("F2", 0, False), ("F1", 41, True)]
    assert [m.key for m in ending[1].measures] == ["M1", "M2"]
    assert [g.key for g in ending[1].goals] == ["W1"]
    assert [e.funding.key for e in funding_ending_within(network, 60, without_follow_up=True)] == ["F1"]


def test_the_report_is_due_as_stated_else_six_months_after_the_end_and_then_says_so() -> None:
    computed = report_due(funding(end=day("2026-08-31")), THRESHOLDS)
    assert computed is not None
    assert (computed.day, computed.computed) == (day("2027-02-28"), True)
    stated = report_due(funding(end=day("2026-08-31"), report_due=day("2026-12-01")), THRESHOLDS)
    assert stated is not None
    assert (stated.day, stated.computed) == (day("2026-12-01"), False)


@pytest.mark.parametrize("status", ["report_submitted", "closed", "rejected", "applied"])
def test_no_report_is_due_once_it_is_handed_in_or_where_no_money_came(status: str) -> None:
    assert report_due(funding(status=status, end=day("2026-08-31")), THRESHOLDS) is None


def test_reports_due_come_earliest_first() -> None:
    network = facts(fundings=(funding("A", end=day("2026-09-30")), funding("B", end=day("2026-03-31"))))
    assert [d.funding.key for d in reports_due(network, THRESHOLDS)] == ["B", "A"]
    assert [d.funding.key for d in reports_due(network, THRESHOLDS, 30)] == ["B"]


def test_applied_and_granted_totals_and_yearly_amounts_are_never_added() -> None:
    network = facts(
        fundings=(
            funding("A", level="state", granted=euros("1000"), applied=euros("5000")),
            funding("B", level="state", granted=euros("200", "year", approx=True)),
            funding("C", level="state", status="applied", applied=euros("400")),
            funding("D", level="state", status="rejected", applied=euros("9999")),
            funding("E", granted=euros("10", "month")),
        )
    )
    state, unstated = sums_by_level(network)
    assert (state.level, state.fundings) == ("state", 3)
    assert (state.granted.total, state.granted.per_year, state.granted.approx) == (1000, 200, True)
    assert (state.applied.total, state.applied.per_year) == (400, 0)
    assert (unstated.level, unstated.granted.per_month) == (None, 10)


def test_coverage_shows_steps_need_and_gap_month_by_month() -> None:
    network = facts(
        measures=(
            measure("M1", cost=euros("3000", "month"), end=None),
            measure("M2", cost=euros("12000", "year"), end=day("2027-01-15")),
            measure("M3"),
            measure("M4", cost=euros("999", "month"), status="completed"),
        ),
        fundings=(
            funding("state", granted=euros("24000"), start=day("2026-01-01"), end=day("2026-12-31")),
            funding("town", granted=euros("1000", "month"), open_end=True),
            funding("asked", status="applied", applied=euros("500", "month")),
            funding("vague", granted=euros("100")),
        ),
    )
    shown = coverage(network, TODAY, 4)
    assert [m.isoformat()[:7] for m in shown.months] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert [(s.funding.key, s.monthly) for s in shown.steps] == [
        ("town", (1000, 1000, 1000, 1000)),
        ("state", (2000, 2000, 0, 0)),
    ]
    assert shown.need == (4000, 4000, 4000, 4000)  # what runs today goes on
    assert shown.gap == (1000, 1000, 3000, 3000)
    assert [f.key for f in shown.unplaced] == ["vague"]
    assert [m.key for m in shown.measures.unpriced] == ["M3"]
    assert [s.funding.key for s in shown.applied] == ["asked"]


def test_what_is_built_once_is_no_need_of_any_month_nor_is_its_money() -> None:
    """A need for ever of 85.000 € a month stood in the chart for a house that is built once."""
    total = euros("1200000")
    network = facts(
        measures=(
            measure("house", title="Modulhäuser Torfzell (40 Plätze)", cost=total),
            measure("course", title="Deutsch am Bau", cost=euros("2000", "month")),
            measure("rent", title="Umbau und Betrieb des Treffs", cost=euros("1000", "month")),
            measure("more", title="Umbau, zweiter Abschnitt", cost=total, funding_keys=("next",)),
            measure("for good", title="Renovierung von Wohnungen", cost=euros("1200", "year"), end=None, open_end=True),
            measure("late", title="Beratung", cost=euros("500", "month"), end=day("2026-10-31")),
        ),
        fundings=(
            funding("modules", granted=euros("30000", "month"), measures=(Allocation("house"),)),
            funding("mixed", granted=euros("3000", "month"), measures=(Allocation("house"), Allocation("course"))),
            funding("next", granted=euros("10", "month"), follow_up="beantragt", follow_up_state="applied"),
            funding("past", granted=euros("400", "month"), measures=(Allocation("late"),)),
        ),
    )
    shown = coverage(network, TODAY, 24)
    assert [m.key for m in shown.measures.one_off] == ["house"]
    assert [m.key for m in shown.measures.over] == ["late"]
    assert [m.key for m in shown.measures.counted] == ["course", "rent", "more", "for good"]
    assert set(shown.need) == {Decimal("2000") + 1000 + 50000 + 100}
    assert [s.funding.key for s in shown.steps] == ["mixed", "next"]
    assert [f.key for f in shown.beside] == ["modules", "past"]


@pytest.mark.parametrize(
    ("title", "once"),
    [
        ("Modulhäuser Torfzell (40 Plätze)", True),
        ("Anschaffung: zwei Kleinbusse", True),
        ("Neubau der Kita", True),
        ("Refurbishment of the meeting place", True),
        ("Aufbau eines Netzwerks", False),
        ("Ausbau der Sprachmittlung", False),
        ("Wohnraumbeschaffung", False),
        ("Sprachmodule B1", False),
        ("Schuldensanierung", False),
        ("Umbaupläne gemeinsam lesen", False),
        ("Apprenticeship in construction", False),
    ],
)
def test_only_a_title_that_names_building_or_buying_is_one_off(title: str, once: bool) -> None:
    assert is_one_off(measure(title=title, cost=euros("1000")), facts()) is once


def test_a_network_without_money_has_neither_need_nor_gap() -> None:
    shown = coverage(facts(), TODAY, 3)
    assert (shown.steps, shown.need, shown.gap) == ((), (0, 0, 0), (0, 0, 0))


@given(
    st.decimals(0, 10**7, places=2),
    st.dates(day("2020-01-01"), day("2030-01-01")),
    st.integers(min_value=0, max_value=90),
)
def test_a_total_spread_over_its_months_is_the_total_again(amount: Decimal, start: dt.date, months: int) -> None:
    end = add_months(start, months)
    monthly = per_month(Money(amount), start, end)
    assert monthly is not None
    touched = months_touched(start, end)
    assert abs(monthly * touched - amount) <= Decimal("0.005") * touched


@given(st.dates(day("2000-01-01"), day("2040-12-31")), st.integers(-60, 60))
def test_months_later_is_never_in_another_month(start: dt.date, months: int) -> None:
    later = add_months(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day <= start.day


def test_months_end_with_the_calendar() -> None:
    assert add_months(dt.date.max, 1) == dt.date.max
    assert add_months(dt.date.min, -600) == dt.date.min


def test_figures_say_how_many_measures_stated_them() -> None:
    measures = (
        measure("M1", participants_reached=Count(20, 25, approx=True), participants_planned=Count(40, 40)),
        measure("M2", participants_reached=Count(10, 10), staff_fte=Decimal("0.5"), cost=euros("10", "year")),
        measure("M3", participants_planned=Count(99, 99), cost=euros("300")),
    )
    reached = people_reached(measures)
    assert (reached.value, reached.value_max, reached.stated_by, reached.out_of, reached.approx) == (30, 35, 2, 3, True)
    both = people_reached_of_planned(measures)
    assert (both.value, both.value_max, both.of, both.stated_by) == (20, 25, 40, 1)
    assert (staff(measures).value, staff(measures).stated_by) == (Decimal("0.5"), 1)
    assert (cost(measures).amounts.total, cost(measures).amounts.per_year, cost(measures).stated_by) == (300, 10, 2)


def test_a_figure_nobody_stated_is_no_zero() -> None:
    assert people_reached((measure(),)).value is None
    assert staff(()).value is None


def test_a_funding_is_called_by_its_title_else_its_programme() -> None:
    assert Funding(key="F", programme="KIM", funder="Land").name == "KIM"


def test_money_that_carries_only_measures_without_a_known_cost_is_not_set_against_the_need() -> None:
    network = facts(
        measures=(measure("priced", cost=euros("1000", "month"), end=None), measure("unpriced")),
        fundings=(
            funding("useful", granted=euros("400", "month"), open_end=True, measures=(Allocation("priced"),)),
            funding("beside", granted=euros("9000", "month"), open_end=True, measures=(Allocation("unpriced"),)),
        ),
    )
    shown = coverage(network, TODAY, 2)
    assert [s.funding.key for s in shown.steps] == ["useful"]
    assert [f.key for f in shown.beside] == ["beside"]
    assert shown.gap == (600, 600)
