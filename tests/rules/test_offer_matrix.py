"""What there is for whom and where, and what is missing between goals, measures and money."""

from __future__ import annotations

import pytest

from etl.rules.facts import Facts, Measure, Need
from etl.rules.gaps import goals_with_money_only, goals_without_money
from etl.rules.offer_matrix import (
    EVERYWHERE,
    GROUPS,
    NAMED,
    groups_without_offer,
    known_places,
    offer_matrix,
    places_of,
    places_without_offer,
)
from tests.rules.network import day, facts, funding, goal, measure


@pytest.mark.parametrize(
    ("location", "places"),
    [
        (None, ()),
        ("  ", ()),
        ("Torfzell", ("Torfzell",)),
        ("Lindenmark und Hohenlohm", ("Lindenmark", "Hohenlohm")),
        ("Lindenmark, Hohenlohm / Torfzell", ("Lindenmark", "Hohenlohm", "Torfzell")),
        ("kreisweit", (EVERYWHERE,)),
        ("Landkreis Lindenmark", (EVERYWHERE,)),
    ],
)
def test_places_are_told_apart(location: str | None, places: tuple[str, ...]) -> None:
    assert places_of(location) == places


def network() -> Facts:
    return facts(
        measures=(
            measure("M1", target_group=("women",), location="Torfzell", field_of_action="Sprache"),
            measure("M2", target_group=("women", "families"), location="Landkreis", field_of_action="Sprache"),
            measure("M3", field_of_action="Wohnen"),
            measure("M4", target_group=("seniors",), location="Altenau", field_of_action="Wohnen", status="completed"),
        )
    )


def field(one: Measure) -> tuple[str, ...]:
    return (one.field_of_action or "",)


def test_a_cell_holds_the_active_offers_and_the_district_s_count_everywhere() -> None:
    made = offer_matrix(network(), field, ("Gesundheit",))
    assert made.rows == ("Gesundheit", "Sprache", "Wohnen")
    assert made.groups == (*GROUPS, "")
    assert made.at("Sprache", "women") == ("M1", "M2")
    assert made.at("Sprache", "women", "Torfzell") == ("M1", "M2")
    assert made.at("Sprache", "women", "Altenau") == ("M2",)
    assert made.at("Wohnen", "") == ("M3",)
    assert made.at("Gesundheit", "women") == made.at("Wohnen", "seniors") == ()
    assert made.empty() == 3 * len(NAMED) - 2
    assert offer_matrix(network(), lambda one: ("",)).empty() == 0, "no field is no place for an offer"
    assert made.empty("Altenau") == 3 * len(NAMED) - 2


def test_groups_and_places_without_offer_are_named_until_there_is_one() -> None:
    before = network()
    assert known_places(before) == ("Altenau", "Torfzell")
    assert places_without_offer(before) == ("Altenau",)
    assert "seniors" in groups_without_offer(before)
    after = facts(measures=(*before.measures, measure("M5", target_group=("seniors",), location="Altenau")))
    assert places_without_offer(after) == ()
    assert "seniors" not in groups_without_offer(after)
    assert groups_without_offer(facts()) == ()


def test_a_place_only_a_need_names_is_known() -> None:
    found = facts(needs=(Need(key="N1", title="Kurse", location="Niederwolm"),))
    assert places_without_offer(found) == ("Niederwolm",)


def test_money_without_measures_and_measures_without_money() -> None:
    paid = funding("F1", end=day("2027-12-31"))
    idle = measure("M1", goals=("S1",), status="completed", funding_keys=("F1",))
    alone = measure("M2", goals=("S2",))
    told = facts(goals=(goal("S1"), goal("S2")), measures=(idle, alone), fundings=(paid,))
    assert [g.key for g in goals_with_money_only(told)] == ["S1"]
    assert [g.key for g in goals_without_money(told)] == ["S2"]
    mended = facts(
        goals=told.goals,
        measures=(idle, measure("M3", goals=("S1",)), measure("M2", goals=("S2",), funding_keys=("F1",))),
        fundings=(paid,),
    )
    assert goals_with_money_only(mended) == ()
    assert [g.key for g in goals_without_money(mended)] == ["S1"]
    over = facts(goals=told.goals, measures=told.measures, fundings=(funding("F1", end=day("2025-12-31")),))
    assert goals_with_money_only(over) == ()
