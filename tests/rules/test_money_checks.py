"""Amounts and periods that cannot be right, and one grant that two partners report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from etl.rules.facts import Allocation, Money, Partner
from etl.rules.money_checks import money_checks
from etl.rules.same_grant import reported_twice
from tests.rules.network import day, facts, funding, measure

PERIOD = {"start": day("2026-01-01"), "end": day("2027-12-31")}


def euros(amount: str, per: str | None = None) -> Money:
    return Money(Decimal(amount), per)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "kind", "beyond"),
    [
        ({"granted": euros("18000"), "allocated": Decimal(21000)}, "over_allocated", 3000),
        ({"granted": euros("100"), "spent": euros("130")}, "over_spent", 30),
        ({"granted": euros("100", "year"), "spent": euros("230")}, "over_spent", 30),
        ({"granted": euros("-100")}, "negative", None),
        ({"granted": euros("100"), "own_share": euros("-1")}, "negative", None),
        ({"granted": euros("100"), "start": day("2027-01-01"), "end": day("2026-12-31")}, "backwards", None),
        ({}, "no_amount", None),
        ({"granted": euros("100"), "end": None}, "no_period", None),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_asked_about(said: dict[str, Any], kind: str, beyond: int | None) -> None:
    checks = money_checks(facts(fundings=(funding("F", **PERIOD | said),)))
    assert [(check.kind, check.beyond) for check in checks] == [(kind, beyond)]


@pytest.mark.parametrize(
    "said",
    [
        {"granted": euros("18000"), "allocated": Decimal(18000)},
        {"granted": euros("18000"), "measures": (Allocation("A"), Allocation("B"))},
        {"granted": euros("100", "year"), "spent": euros("200")},
        {"status": "applied", "applied": euros("100"), "end": None},
        {"status": "rejected"},
    ],
)
def test_what_fits_is_not_asked_about(said: dict[str, Any]) -> None:
    assert money_checks(facts(fundings=(funding("F", **PERIOD | said),))) == ()


def test_one_grant_reported_by_two_partners_is_seen_by_name_money_and_recipient() -> None:
    office = funding(
        "O", title="AMIF – Ankommen", partner="koi", recipient="Caritas", granted=euros("234000"), **PERIOD
    )
    own = funding("C", title="AMIF Ankommen", partner="car", granted=euros("234000.00"), **PERIOD)
    network = {"partners": (Partner(key="koi", name="Landkreis"), Partner(key="car", name="Caritas"))}
    [pair] = reported_twice(facts(fundings=(office, own), **network))
    assert (pair.one.key, pair.other.key) == ("O", "C")
    assert pair.evidence == ("name", "amount", "period", "recipient")
    for changed in (
        funding("C", title=own.title, partner="koi", granted=own.granted, **PERIOD),
        funding("C", title="Etwas ganz anderes", partner="car", granted=euros("5"), **PERIOD),
        funding("C", title=own.title, partner="car", granted=own.granted, status="rejected", **PERIOD),
        funding(
            "C", title=own.title, partner="car", granted=own.granted, start=day("2028-01-01"), end=day("2028-12-31")
        ),
    ):
        assert reported_twice(facts(fundings=(office, changed), **network)) == ()


def test_two_partners_in_one_programme_with_their_own_grants_are_two() -> None:
    one = funding("A", title="Landesrichtlinie Integration – Vereine", partner="a", granted=euros("11000"), **PERIOD)
    other = funding("B", title="Landesrichtlinie Integration – Sprache", partner="b", granted=euros("19500"), **PERIOD)
    same_programme = funding(
        "C", title="Landesrichtlinie Integration – Vereine", partner="b", granted=euros("9000"), **PERIOD
    )
    assert reported_twice(facts(fundings=(one, other))) == ()
    assert reported_twice(facts(fundings=(one, same_programme))) == (), "the same period alone is no evidence"


def test_a_funders_number_is_enough_and_a_running_number_is_none() -> None:
    number = {"partner": "a", "id": "IB-2026/0815", **PERIOD}
    [pair] = reported_twice(
        facts(fundings=(funding("A", **number), funding("B", **number | {"partner": "b", "id": "IB 2026 0815"})))
    )
    assert pair.evidence[0] == "id"
    assert (
        reported_twice(facts(fundings=(funding("A", partner="a", id="F-1"), funding("B", partner="b", id="F-1")))) == ()
    )


def test_the_same_money_for_the_same_measure_is_one_grant_whatever_it_is_called() -> None:
    carried = {"granted": euros("7200"), "measures": (Allocation("M1"),), **PERIOD}
    pair = (
        funding("A", title="Zuschuss Gemeinde", partner="a", **carried),
        funding("B", title="Hausaufgabenhilfe", partner="b", **carried),
    )
    assert len(reported_twice(facts(measures=(measure("M1"),), fundings=pair))) == 1


def test_many_grants_of_one_amount_are_not_all_held_against_each_other() -> None:
    many = tuple(
        funding(f"F{i}", title=f"Fonds {i}", partner=f"p{i}", granted=euros("5000"), **PERIOD) for i in range(400)
    )
    assert reported_twice(facts(fundings=many)) == ()
