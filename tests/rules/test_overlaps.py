"""Measures that may do the same for the same people, explained field by field."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.rules.candidates import candidates
from etl.rules.facts import Measure
from etl.rules.offer import access_of, levels_of, offers
from etl.rules.overlaps import ASPECTS, compare, overlapping
from tests.rules.network import THRESHOLDS, day, measure


def course(key: str, **more: object) -> Measure:
    usual: dict[str, object] = {
        "title": "Nähcafé für Frauen",
        "lead": f"Träger {key}",
        "partner": key,
        "target_group": ("women",),
        "location": "Nordstadt",
    }
    return measure(key, **(usual | more))


def hows(one: Measure, other: Measure) -> dict[str, str]:
    return {sign.aspect: sign.how for sign in compare(one, other, THRESHOLDS).signs}


def test_a_pair_is_explained_field_by_field() -> None:
    other = course("A", title="Nähcafé international", access="ohne Anmeldung")
    (found,) = overlapping([course("B"), other], THRESHOLDS)
    assert (found.one, found.other) == ("A", "B")
    assert tuple(sign.aspect for sign in found.signs) == ASPECTS
    assert [sign.how for sign in found.signs] == ["same", "same", "same", "unsaid", "same", "unsaid"]
    assert found.sign("purpose").one == ("Nähcafé",)
    assert found.sign("people").one == found.sign("people").other == ("women",)
    assert (found.sign("access").one, found.sign("access").other) == (("open",), ())
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
        {"language_level": "B2"},
        {"access": "nur auf Zuweisung"},
    ],
)
def test_one_difference_is_enough_to_not_be_proposed(other: dict[str, object]) -> None:
    first = course("A", language_level="A1", access="offen")
    assert len(overlapping([first, course("B")], THRESHOLDS)) == 1
    assert overlapping([first, course("B", **other)], THRESHOLDS) == ()


@pytest.mark.parametrize(
    ("location", "how"),
    [
        (None, "unsaid"),
        ("Lindenmark, Nordstadt", "partly"),
        ("kreisweit", "partly"),
        ("NORDSTADT ", "same"),
        ("Südstadt", "differs"),
    ],
)
def test_a_place_within_the_other_is_partly_the_same(location: str | None, how: str) -> None:
    assert hows(course("A", location=location), course("B"))["place"] == how


def test_a_wider_group_takes_the_narrower_one_in() -> None:
    wide = course("A", target_group=("people_with_migration_history",))
    assert hows(wide, course("B", target_group=("refugees",)))["people"] == "partly"
    assert hows(wide, course("B", target_group=("professionals",)))["people"] == "differs"
    assert hows(wide, course("B", target_group=("general_public",)))["people"] == "partly"


@pytest.mark.parametrize(
    ("title", "column", "levels"),
    [
        ("B1-Kurs donnerstags", None, ("b1",)),
        ("Deutsch A2 bis B1", None, ("a2", "b1")),
        ("Deutsch A1–B2.1", None, ("a1", "a2", "b1", "b2")),
        ("Deutsch A1, C1", None, ("a1", "c1")),
        ("Alphabetisierungskurs", None, ("alpha",)),
        ("Umsetzung von Ziel A1", None, ()),
        ("Raum B12 und Haus C2a", None, ()),
        ("Deutsch A1", "B2", ("b2",)),
    ],
)
def test_levels_are_read_from_their_column_else_from_the_title(
    title: str, column: str | None, levels: tuple[str, ...]
) -> None:
    assert levels_of(measure(title=title, language_level=column)) == levels


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("ohne Anmeldung", "open"),
        ("Anmeldung erforderlich", "registration"),
        ("nur mit Berechtigungsschein, Anmeldung beim Jobcenter", "referral"),
        ("dienstags um zehn", None),
    ],
)
def test_who_can_come_is_read_from_its_column_and_the_description(text: str, access: str | None) -> None:
    assert access_of(measure(access=text)) == access_of(measure(description=text)) == access


def test_one_lead_named_differently_by_two_partners_is_one_lead() -> None:
    pair = [course("A", lead="Caritas", lead_partner="c"), course("B", lead="Caritasverband", lead_partner="c")]
    assert overlapping(pair, THRESHOLDS) == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Anerkennungsberatung im Kreishaus", "Bewerbungskampagne „Kreishaus für alle“"),
        ("Umzugsmanagement aus Gemeinschaftsunterkünften", "Mobile Gesundheitsberatung in Unterkünften"),
        ("Elterncafé an der Grundschule", "Kleidertausch an zwei Grundschulen und Gesamtschulen"),
        ("Games at school", "Singing at school"),
    ],
)
def test_the_house_it_happens_in_is_no_common_purpose(first: str, second: str) -> None:
    pair = [course("A", title=first), course("B", title=second)]
    assert overlapping(pair, THRESHOLDS) == ()
    assert hows(*pair)["purpose"] == "differs"


def test_where_one_is_to_come_to_or_what_one_seeks_stays_a_purpose() -> None:
    for first, second in (
        ("Übergang in die Grundschule", "Wechsel in die Grundschule"),
        ("Suche nach Unterkunft", "Hilfe für Unterkunft"),
        ("Nachhilfe in der Grundschule", "Nachhilfe im Rathaus"),
    ):
        assert hows(course("A", title=first), course("B", title=second))["purpose"] != "differs"


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("Sprachtandem", "Sprachtandems am Abend", "same"),
        ("Deutsch beim Tee – Sprachtandems", "Sprachtandem", "partly"),
        ("Beratung zur Anerkennung", "Anerkennungsberatung", "partly"),
    ],
)
def test_a_purpose_is_the_same_only_where_each_word_has_its_like(first: str, second: str, how: str) -> None:
    (found,) = overlapping([course("A", title=first), course("B", title=second)], THRESHOLDS)
    assert found.sign("purpose").how == how


def test_two_descriptions_that_differ_count_for_more_than_one_title() -> None:
    pair = [
        course("A", title="Beratung", description="Anerkennung von Abschlüssen"),
        course("B", title="Beratung", description="Schulden und Mietrückstände"),
    ]
    assert overlapping(pair, THRESHOLDS) == ()


_courses = st.builds(
    course,
    st.sampled_from("ABCDEFGH"),
    title=st.sampled_from(["Nähcafé", "Nähcafé für Frauen", "Mietlotsen", "", "…"]),
    target_group=st.sampled_from([(), ("women",), ("women", "seniors"), ("seniors",)]),
    location=st.sampled_from([None, "Nordstadt", "nordstadt ", "Südstadt", "–"]),
    start=st.sampled_from([None, day("2026-01-01"), day("2029-01-01")]),
    end=st.sampled_from([None, day("2020-01-01"), day("2027-01-01")]),
)


@given(st.lists(_courses, max_size=8, unique_by=lambda m: m.key))
def test_whatever_lists_say_a_proposed_pair_differs_in_nothing(measures: list[Measure]) -> None:
    found = overlapping(measures, THRESHOLDS)
    assert found == overlapping(measures[::-1], THRESHOLDS)
    for pair in found:
        assert pair.one < pair.other
        assert "differs" not in {sign.how for sign in pair.signs}
        assert pair.sign("purpose").how in ("same", "partly")
        assert "same" in (pair.sign("people").how, pair.sign("place").how)


def test_few_measures_are_all_compared_and_many_grow_with_their_number() -> None:
    few = offers([course(f"{n:03}") for n in range(20)])
    assert len(list(candidates(few))) == len(list(combinations(few, 2)))
    counted = [len(list(candidates(offers([course(f"{n:05}") for n in range(size)])))) for size in (200, 2000)]
    assert counted[1] < 12 * counted[0]
