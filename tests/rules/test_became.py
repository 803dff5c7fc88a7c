"""What became of a report: the goals a partner's figures support, and what a meeting did with them."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.rules.became import Told, became_finding, led_to, own_values, supported_goals
from etl.rules.facts import Delivered, Facts
from etl.wording import say
from tests.rules.network import facts, funding, goal, indicator, measure, value

MAY, NOVEMBER = dt.date(2026, 5, 1), dt.date(2026, 11, 10)


def network() -> Facts:
    sent = {"vhs": (Delivered(7, MAY, MAY),), "awo": (Delivered(8, MAY, MAY),)}
    return facts(
        goals=(goal("S1"), goal("S2"), goal("S3")),
        indicators=(indicator("S2"), indicator("S3")),
        observations=(
            value("50", "2026-03-31", delivery=7),
            value("52", "2026-06-30", delivery=7),
            value("9", "2026-06-30", of="S3-i", delivery=8),
        ),
        measures=(measure("M1", goals=("S1",)), measure("M2", partner="awo", goals=("S1", "S3"))),
        fundings=(funding("F1", partner="vhs"),),
        delivered=sent,
    )


def test_its_own_values_and_measures_support_goals_and_nobody_elses() -> None:
    found = supported_goals(network(), "vhs")
    assert [(s.goal, [v.value for v in s.values], [m.key for m in s.measures]) for s in found] == [
        ("S1", [], ["M1"]),
        ("S2", [52], []),
    ]
    assert own_values(network(), "awo").keys() == {"S3-i"}
    assert supported_goals(network(), "nobody") == ()


def test_what_is_about_its_own_or_about_a_goal_it_supports_is_told_the_latest_first() -> None:
    told = (
        Told("item", "Wohnen", ("S1", "M2"), "m1", MAY),
        Told("agreement", "Lotsen schulen", ("M1", "S1"), "m2", NOVEMBER, "a1"),
        Told("decision", "Geld", ("F1",), None, None, "d1"),
        Told("item", "Gesundheit", ("S3",), "m2", NOVEMBER),
        Told("decision", "Erhebung", ("S3",), "m2", NOVEMBER, "d2", ("vhs",)),
    )
    found = led_to(network(), "vhs", supported_goals(network(), "vhs"), told)
    assert [(led.told.text, led.because) for led in found] == [
        ("Lotsen schulen", ("M1",)),
        ("Erhebung", ()),
        ("Wohnen", ("S1",)),
        ("Geld", ("F1",)),
    ]


@pytest.mark.parametrize(
    ("goals", "led", "said"),
    [
        (0, 0, "Noch stützt keine Angabe ein Ziel."),
        (1, 0, "Die Angaben stützen ein Ziel. In einer Sitzung ging es noch nicht darum."),
        (2, 1, "Die Angaben stützen zwei Ziele. Einmal ging es in einer Sitzung darum."),
        (9, 2, "Die Angaben stützen neun Ziele. Zweimal ging es in einer Sitzung darum."),
    ],
)
def test_the_finding_is_kind_and_reads_well_at_every_number(goals: int, led: int, said: str) -> None:
    finding = became_finding(goals, led)
    assert " ".join(say("de", one.code, **one.values) for one in finding.sentences) == said
    assert all(say("en", one.code, **one.values).endswith(".") for one in finding.sentences)
