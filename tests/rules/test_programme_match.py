"""Which programme could pay on, until when one has to apply, and what it takes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from etl.rules.facts import Facts, FieldOfAction, Money, Partner
from etl.rules.programme_match import application, matching, prevention
from etl.rules.programmes import Programme
from etl.rules.runout import losses
from tests.rules.network import TODAY, day, facts, funding, measure

START = day("2027-07-01")


def programme(number: int = 1, **said: Any) -> Programme:
    """One that was looked up, for welfare organisations."""
    return Programme(number, f"Programm {number}", "Land", **{"seen_on": TODAY, "applicants": ("welfare",)} | said)


def network(**said: Any) -> Facts:
    """A grant of 12,000 € a year, own share 3,000 €, that a welfare organisation gets for housing until June 2027."""
    grant: dict[str, Any] = {
        "start": day("2026-07-01"),
        "end": day("2027-06-30"),
        "granted": Money(Decimal(12000)),
        "own_share": Money(Decimal(3000)),
        "recipient": "Diakonie",
    }
    return facts(
        partners=(Partner(key="d", name="Diakonisches Werk", short_name="Diakonie", type="welfare"),),
        fields_of_action=(FieldOfAction(key="wohnen", title="Wohnen"), FieldOfAction(key="sprache", title="Sprache")),
        measures=(measure("M1", partner="d", field_of_action="Wohnen", funding_keys=("F",)),),
        fundings=(funding("F", **grant | said),),
    )


@pytest.mark.parametrize(
    ("said", "deadline", "late"),
    [
        ({"lead_months": 6}, "2027-01-01", 0),
        ({"lead_months": 0}, None, 0),
        ({"lead_months": 12}, "2026-11-20", 4),
        ({"deadline": day("2027-03-31")}, "2027-03-31", 0),
        ({"deadline": day("2027-03-31"), "lead_months": 6}, "2027-03-31", 2),
        ({"deadline": day("2024-11-30"), "yearly": True, "lead_months": 2}, "2026-11-30", 0),
        ({"deadline": day("2024-08-31"), "yearly": True}, "2027-08-31", 1),
        ({"deadline": day("2028-02-29"), "yearly": True}, "2028-02-29", 7),
    ],
)
def test_the_last_day_to_apply_and_how_late_the_money_would_come(
    said: dict[str, Any], deadline: str | None, late: int
) -> None:
    expected = dt.date.fromisoformat(deadline) if deadline else None
    assert application(programme(**said), START, TODAY) == (expected, late)


def test_a_programme_whose_only_deadline_is_past_is_none() -> None:
    assert application(programme(deadline=day("2026-11-19")), START, TODAY) is None


def test_a_programme_fits_by_who_applies_and_for_which_field_and_says_what_nobody_knows() -> None:
    found = network()
    [loss] = losses(found)
    offered = (
        programme(1, applicants=("welfare",), fields=("wohnen",), lead_months=1),
        programme(2, applicants=("district",), lead_months=1),
        programme(3, fields=("sprache",), lead_months=1),
        programme(4, ended=True, lead_months=1),
        programme(5),
    )
    matches = matching(loss, offered, found)
    assert [(m.programme.id, m.fits, m.in_time) for m in matches] == [
        (1, ("applicants", "fields"), True),
        (5, ("applicants",), False),
    ]
    unknown = network(recipient="Verein Unbekannt")
    assert matching(losses(unknown)[0], offered[:1], unknown)[0].unsure == (), "who leads the measure may apply"
    nobody = facts(fundings=(funding("F", end=day("2027-06-30")),))
    assert matching(losses(nobody)[0], offered[:1], nobody)[0].unsure == ("applicants", "fields")


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ({"own_share": Decimal(20)}, 3000),
        ({"own_share": Decimal(20), "most_per_year": Decimal(10000)}, 5000),
        ({"own_share": Decimal(0)}, 0),
        ({"most_per_year": Decimal(10000)}, 5000),
        ({}, None),
    ],
)
def test_what_somebody_has_to_bring_is_the_share_of_the_whole_or_what_is_beyond_the_maximum(
    said: dict[str, Any], own: int | None
) -> None:
    found = network()
    [match] = matching(losses(found)[0], (programme(**said),), found)
    assert match.own == own


def test_a_loss_is_prevented_by_its_own_deadline_then_by_a_programme_in_time_and_what_is_past_says_so() -> None:
    in_time, late = programme(1, lead_months=3, own_share=Decimal(10)), programme(2, lead_months=24)
    stated = network(application_deadline=day("2027-02-15"))
    found = prevention(losses(stated)[0], matching(losses(stated)[0], (in_time,), stated), TODAY)
    assert found is not None
    assert (found.source, found.deadline, found.own) == ("stated", day("2027-02-15"), 3000)
    past = network(application_deadline=day("2026-02-15"))
    found = prevention(losses(past)[0], matching(losses(past)[0], (late, in_time), past), TODAY)
    assert found is not None
    assert (found.source, found.deadline, found.own) == ("programme", day("2027-04-01"), 1500)
    found = prevention(losses(past)[0], matching(losses(past)[0], (late,), past), TODAY)
    assert found is not None
    assert (found.source, found.missed) == ("stated", True)
    open_ = network()
    found = prevention(losses(open_)[0], matching(losses(open_)[0], (late,), open_), TODAY)
    assert found is not None
    assert found.match is not None
    assert not found.match.in_time
    assert prevention(losses(open_)[0], (), TODAY) is None


@pytest.mark.parametrize("said", [{"seen_on": None}, {"applicants": ()}])
def test_what_nobody_looked_up_or_said_for_whom_it_is_stands_last_and_is_no_way_out(said: dict[str, Any]) -> None:
    found = network()
    [loss] = losses(found)
    late, unchecked = programme(1, lead_months=24), programme(2, lead_months=1, own_share=Decimal(10), **said)
    matches = matching(loss, (unchecked, late), found)
    assert [(m.programme.id, m.in_time, m.helps) for m in matches] == [(1, False, False), (2, True, False)]
    alone = prevention(loss, matches[1:], TODAY)
    assert alone is not None
    assert (alone.match, alone.own) == (matches[1], None), "nobody knows yet that one has to bring that"


def test_an_amount_nobody_stated_fits_no_minimum_for_sure() -> None:
    found = network(granted=None)
    [match] = matching(losses(found)[0], (programme(lead_months=1, least_per_year=Decimal(100_000)),), found)
    assert (match.unsure, match.in_time, match.helps) == (("amount",), True, False)


def test_what_covers_little_or_starts_at_larger_sums_is_no_way_out() -> None:
    found = network()
    [loss] = losses(found)
    small, large = programme(1, lead_months=0, most_per_year=Decimal(5000)), programme(2, lead_months=9)
    too_large = programme(3, lead_months=0, least_per_year=Decimal(15001))
    matches = matching(loss, (small, large, too_large), found)
    assert [(m.programme.id, m.covers_little, m.in_time, m.helps) for m in matches] == [
        (2, False, False, False),
        (1, True, True, False),
    ]
    first = prevention(loss, matches, TODAY)
    assert first is not None
    assert first.match is matches[0], "late, but with more than half"
