"""Measures that may do the same for the same people."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules.facts import Measure
from etl.rules.overlaps import overlapping
from tests.rules.network import THRESHOLDS, day, measure


def course(key: str, **more: object) -> Measure:
    usual: dict[str, object] = {
        "title": "Sprachcafé für Frauen",
        "lead": f"Träger {key}",
        "partner": key,
        "target_group": ("women",),
        "location": "Nordstadt",
    }
    return measure(key, **(usual | more))


def test_similar_titles_for_the_same_people_at_the_same_place_and_time_overlap_and_say_why() -> None:
    (found,) = overlapping([course("B"), course("A", title="Sprachcafe fuer Frauen / Sprachcafé")], THRESHOLDS)
    assert (found.one, found.other) == ("A", "B")
    assert (found.target_group, found.location) == (("women",), "Nordstadt")
    assert found.similarity >= 80
    assert (found.start, found.end) == (day("2026-01-01"), day("2027-12-31"))


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Mietlotsen"},
        {"lead": "Träger A"},
        {"target_group": ("seniors",)},
        {"location": "Südstadt"},
        {"start": day("2028-01-01"), "end": None},
        {"status": "completed"},
        {"target_group": (), "location": None},
    ],
)
def test_one_difference_is_enough_to_not_overlap(other: dict[str, object]) -> None:
    assert overlapping([course("A"), course("B", **other)], THRESHOLDS) == ()


def test_a_place_nobody_stated_does_not_contradict() -> None:
    (found,) = overlapping([course("A", location=None), course("B")], THRESHOLDS)
    assert (found.target_group, found.location) == (("women",), None)


def test_one_lead_named_differently_by_two_partners_is_one_lead() -> None:
    pair = [course("A", lead="Caritas", lead_partner="c"), course("B", lead="Caritasverband", lead_partner="c")]
    assert overlapping(pair, THRESHOLDS) == ()


_courses = st.builds(
    course,
    st.sampled_from("ABCDEFGH"),
    title=st.sampled_from(["Sprachcafé", "Sprachcafé für Frauen", "Mietlotsen"]),
    target_group=st.sampled_from([(), ("women",), ("women", "seniors"), ("seniors",)]),
    location=st.sampled_from([None, "Nordstadt", "nordstadt ", "Südstadt"]),
)


def _fit(one: Measure, other: Measure) -> bool:
    people, places = set(one.target_group) & set(other.target_group), {one.location, other.location}
    plain = {place.casefold().strip() for place in places if place}
    same_place = len(plain) == 1 and None not in places
    contradict = len(plain) == 2 or bool(one.target_group and other.target_group and not people)
    same_kind = one.title.startswith("Sprach") == other.title.startswith("Sprach")
    return same_kind and not contradict and bool(people or same_place)


@given(st.lists(_courses, max_size=8, unique_by=lambda m: m.key))
def test_the_same_people_or_place_and_no_contradiction_make_an_overlap(measures: list[Measure]) -> None:
    ordered = sorted(measures, key=lambda m: m.key)
    expected = [(one.key, other.key) for one, other in combinations(ordered, 2) if _fit(one, other)]
    assert [(found.one, found.other) for found in overlapping(measures, THRESHOLDS)] == expected
