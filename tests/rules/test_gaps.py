"""What is missing."""

from __future__ import annotations

from etl.rules.facts import Contact, Cooperation, Delivered, FieldOfAction, Partner
from etl.rules.gaps import (
    contacts_vacant,
    fields_without_migrant_organisation,
    goals_without_current_value,
    goals_without_measures,
    measures_reported_in_round,
    measures_without_goal,
    not_reported_since,
    partners_with_one_contact,
    reported_in_round,
)
from tests.rules.network import AUTUMN, SPRING, THRESHOLDS, b1, day, facts, goal, indicator, measure, value

VHS = Partner(key="vhs", name="Volkshochschule")
CARITAS = Partner(key="caritas", name="Caritas")
VEREIN = Partner(key="verein", name="Kulturverein", type="migrant_organisation")


def test_a_goal_is_served_by_measures_of_its_sub_goals_but_not_by_ended_ones() -> None:
    network = facts(
        goals=(goal("S"), goal("S2", parent="S"), goal("B1"), goal("A1")),
        measures=(measure("M1", goals=("S2",)), measure("M2", goals=("B1",), status="cancelled")),
    )
    assert [g.key for g in goals_without_measures(network)] == ["B1", "A1"]


def test_measures_that_serve_no_goal_of_the_network() -> None:
    network = facts(
        goals=(goal(),),
        measures=(measure("M1", goals=("S2",)), measure("M2"), measure("M3", goals=("gone",)),
                  measure("M4", status="completed")),
    )  # fmt: skip
    assert [m.key for m in measures_without_goal(network)] == ["M2", "M3"]


def test_goals_without_a_current_value_are_those_whose_values_are_missing_or_too_old() -> None:
    network = facts(
        goals=(goal("new"), goal("old"), goal("good"), goal("words"), goal("no-target")),
        indicators=(indicator("new"), indicator("old"), indicator("good"), indicator("no-target", target=None)),
        observations=(
            value("60", "2025-01-01", "old-i"),
            value("61", "2026-09-30", "good-i"),
            value("61", "2026-09-30", "no-target-i"),
        ),
    )
    assert [g.key for g in goals_without_current_value(network, THRESHOLDS)] == ["new", "old"]
    assert goals_without_current_value(b1(value("61", "2026-09-30")), THRESHOLDS) == ()


def test_fields_of_action_without_a_migrant_organisation() -> None:
    fields = tuple(FieldOfAction(key=k, title=k) for k in ("Sprache", "Arbeit", "Wohnen", "Teilhabe"))
    network = facts(
        partners=(VHS, VEREIN),
        fields_of_action=fields,
        goals=(goal("A1", field_of_action="Arbeit"),),
        measures=(
            measure("M1", field_of_action="Sprache", partner="vhs", partner_keys=("verein",)),
            measure("M2", goals=("A1",), lead_partner="verein"),
            measure("M3", field_of_action="Wohnen", partner="verein", status="cancelled"),
        ),
        cooperations=(
            Cooperation(key="K1", title="K", field_of_action="Teilhabe", partner_keys=("verein",), status="ended"),
        ),
    )
    assert [f.key for f in fields_without_migrant_organisation(network)] == ["Wohnen", "Teilhabe"]


def test_links_that_hang_on_one_person() -> None:
    contacts = (
        Contact(key="1", partner="vhs", name="A"),
        Contact(key="2", partner="vhs", name=None, vacant=True),
        Contact(key="3", partner="caritas", name="B", deputy="C"),
        Contact(key="4", partner="verein", name="D"),
        Contact(key="5", partner="verein", name="E"),
    )
    network = facts(partners=(VHS, CARITAS, VEREIN), contacts=contacts)
    assert partners_with_one_contact(network) == (VHS,)
    assert [c.key for c in contacts_vacant(network)] == ["2"]


def test_reports_are_expected_of_those_who_deliver_or_run_something_and_counted_by_their_day() -> None:
    late = Delivered(1, day("2026-10-10"), day("2026-10-10"))
    spring = Delivered(2, day("2026-03-31"), day("2026-11-01"))
    network = facts(
        partners=(VHS, CARITAS, VEREIN),
        measures=(measure("M1", partner="vhs"),),
        delivered={"vhs": (late,), "caritas": (spring,)},
    )
    assert reported_in_round(network, AUTUMN) == ((VHS,), (VHS, CARITAS))
    assert reported_in_round(network, SPRING) == ((CARITAS,), (VHS, CARITAS))
    assert not_reported_since(network, day("2026-04-01")) == (CARITAS,)


def test_measures_reported_in_a_round() -> None:
    network = facts(measures=(measure("M1"), measure("M2", reported_on=day("2026-04-01")),
                              measure("M3", status="completed")))  # fmt: skip
    reported, expected = measures_reported_in_round(network, AUTUMN)
    assert ([m.key for m in reported], [m.key for m in expected]) == (["M1"], ["M1", "M2"])
