"""One goal's page: its proof, its indicators, and what works towards it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from dashboard.answers.goal_page import goal_cooperations, goal_fundings, goal_page, goal_partners
from etl.rules.facts import Allocation, Cooperation, Goal, Indicator, Money, Observation, Partner
from tests.dashboard.pictures import DAY, a_funding, a_measure, a_picture

GOALS = (
    Goal(key="S1", id="S1", title="Kursplatz", field_of_action="Sprache"),
    Goal(key="S2", id="S2", title="B1", field_of_action="Sprache"),
    Goal(key="S3", id="S3", title="Kita", field_of_action="Sprache"),
)


def indicator(key: str, **more: Any) -> Indicator:
    corners: dict[str, Any] = {
        "unit": "%",
        "baseline": Decimal(48),
        "baseline_day": dt.date(2023, 9, 30),
        "target": Decimal(65),
        "target_day": dt.date(2027, 9, 30),
    }
    return Indicator(key=key, goal="S2", title=key, **(corners | more))


def value(of: str, number: str, **more: Any) -> Observation:
    return Observation(key=f"{of}-o", indicator=of, day=dt.date(2026, 9, 30), value=Decimal(number), **more)


def test_a_goal_nobody_knows_has_no_page() -> None:
    assert goal_page(a_picture(goals=GOALS), "S9") is None


def test_the_neighbours_of_a_goal_are_the_ones_in_the_tree() -> None:
    picture = a_picture(goals=GOALS)
    first, middle = goal_page(picture, "S1"), goal_page(picture, "S2")
    assert first is not None
    assert middle is not None
    assert first.previous is None
    assert middle.previous == GOALS[0]
    assert middle.following == GOALS[2]


def test_the_indicator_that_decides_stands_first_with_its_gap() -> None:
    picture = a_picture(
        goals=GOALS,
        indicators=(indicator("gut"), indicator("schlecht")),
        observations=(value("gut", "62"), value("schlecht", "51.2", provisional=True)),
    )
    page = goal_page(picture, "S2")
    assert page is not None
    assert [(v.indicator.key, v.decides) for v in page.indicators] == [("schlecht", True), ("gut", False)]
    bad, good = page.indicators
    assert bad.gap is not None
    assert good.gap is not None
    assert round(bad.gap, 1) == Decimal("9.6")
    assert good.gap < 0
    assert bad.marks == (("current_value", "value_provisional"),)


def test_an_indicator_without_values_has_a_path_and_no_gap() -> None:
    page = goal_page(a_picture(goals=GOALS, indicators=(indicator("i"),)), "S2")
    assert page is not None
    view = page.indicators[0]
    assert view.path is not None
    assert (view.latest, view.gap, view.expected, view.marks) == (None, None, None, ())


def test_ended_measures_stand_after_those_that_run() -> None:
    measures = (
        a_measure("a", "Abendkurs", goals=("S2",), status="completed"),
        a_measure("z", "Zuschuss", goals=("S2",)),
        a_measure("b", "Beratung", goals=("S2",)),
        a_measure("x", "Fremd", goals=("S1",)),
    )
    page = goal_page(a_picture(goals=GOALS, measures=measures), "S2")
    assert page is not None
    assert [line.measure.key for line in page.measures] == ["b", "z", "a"]


def test_cooperations_are_those_between_the_partners_of_the_measures() -> None:
    partners = tuple(Partner(key=key, name=key) for key in ("VHS", "AWO", "DRK"))
    measures = (
        a_measure("m", "Kurs", goals=("S2",), lead_partner="VHS", partner_keys=("AWO",)),
        a_measure("alt", "Alt", goals=("S2",), lead_partner="DRK", status="completed"),
    )
    cooperations = (
        Cooperation(key="c1", title="Kursplanung", partner_keys=("VHS", "AWO")),
        Cooperation(key="c2", title="Fremd", partner_keys=("VHS", "DRK")),
        Cooperation(key="c3", title="Zur Maßnahme", partner_keys=("DRK",), measures=("m",)),
        Cooperation(key="c4", title="Beendet", partner_keys=("VHS", "AWO"), status="ended"),
    )
    picture = a_picture(goals=GOALS, partners=partners, measures=measures, cooperations=cooperations)
    page = goal_page(picture, "S2")
    assert page is not None
    assert [p.key for p in goal_partners(page, picture.facts)] == ["AWO", "VHS"]
    assert [c.key for c in goal_cooperations(page, picture.facts)] == ["c1", "c3"]


def test_money_that_ends_first_stands_first_and_permanent_money_last() -> None:
    def money(key: str, **more: Any) -> Any:
        return a_funding(key, key, granted=Money(Decimal(1000)), measures=(Allocation("m"),), **more)

    fundings = (
        money("dauerhaft", open_end=True),
        money("später", end=dt.date(2027, 12, 31), follow_up="ja", follow_up_state="secured"),
        money("bald", end=dt.date(2026, 12, 31)),
        money("vorbei", end=DAY - dt.timedelta(days=1)),
        money("abgelehnt", end=dt.date(2027, 12, 31), status="rejected"),
        a_funding("fremd", "fremd", end=dt.date(2026, 12, 31)),
    )
    picture = a_picture(goals=GOALS, measures=(a_measure("m", "Kurs", goals=("S2",)),), fundings=fundings)
    page = goal_page(picture, "S2")
    assert page is not None
    lines = goal_fundings(page, picture.facts)
    assert [(line.funding.key, line.open) for line in lines] == [
        ("bald", True),
        ("später", False),
        ("dauerhaft", False),
    ]


def test_the_names_of_fundings_beside_the_rating_are_known() -> None:
    funding = a_funding("f", "Landesprogramm", end=dt.date(2026, 12, 31), measures=(Allocation("m"),))
    picture = a_picture(goals=GOALS, measures=(a_measure("m", "Kurs", goals=("S2",)),), fundings=(funding,))
    page = goal_page(picture, "S2")
    assert page is not None
    assert page.funding_names == {"f": "Landesprogramm"}
