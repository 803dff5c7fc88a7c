"""The Überblick's answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.answers.moves import moves_of
from dashboard.answers.overview import endings_of, figures_of, open_questions, overview, reports_of
from dashboard.answers.picture import Picture
from dashboard.parts.overview import move_reason
from etl.rules.facts import (
    Allocation,
    Count,
    Decision,
    Delivered,
    Facts,
    Goal,
    Indicator,
    Money,
    Observation,
    Partner,
    Round,
)
from etl.wording import say
from tests.dashboard.pictures import DAY, a_funding, a_measure, a_picture

SPRING = dt.date(2026, 2, 10)


def b1(*values: tuple[str, str], day: dt.date = DAY) -> Facts:
    """B1 at the first attempt: from 48 % in September 2023 to 65 % in September 2027."""
    corners: dict[str, Any] = {"unit": "%", "baseline": Decimal(48), "target": Decimal(65)}
    days = {"baseline_day": dt.date(2023, 9, 30), "target_day": dt.date(2027, 9, 30)}
    seen = [(Decimal(number), dt.date.fromisoformat(on)) for number, on in values]
    return Facts(
        day=day,
        goals=(Goal(key="S2", id="S2", title="B1"),),
        indicators=(Indicator(key="i", goal="S2", title="B1", **corners, **days),),
        observations=tuple(Observation(key=f"o{on}", indicator="i", day=on, value=n) for n, on in seen if on <= day),
    )


def since_spring(before: Facts, after: Facts) -> Picture:
    return replace(a_picture(), facts=after, before=before)


def test_an_empty_network_has_no_overview() -> None:
    assert overview(a_picture()) is None


def test_a_goal_that_fell_is_one_line_with_the_value_that_explains_it() -> None:
    spring = ("58", "2026-01-31")
    moves, measures = moves_of(since_spring(b1(spring, day=SPRING), b1(spring, ("51.2", "2026-09-30"))))
    assert measures == 0
    assert [(m.goal.key, m.before, m.after, m.cause, m.old, m.new) for m in moves] == [
        ("S2", "on_track", "off_track", "new_value", Decimal(58), Decimal("51.2"))
    ]
    assert round(moves[0].expected, 1) == Decimal("60.8")


def test_a_correction_that_keeps_the_rating_does_not_look_like_a_move() -> None:
    before, after = b1(("57.4", "2026-01-31"), day=SPRING), b1(("57.9", "2026-01-31"))
    moves, _ = moves_of(since_spring(before, after))
    assert [(m.before, m.after, m.cause, m.old, m.new) for m in moves] == [
        ("on_track", "on_track", "correction", Decimal("57.4"), Decimal("57.9"))
    ]


def test_a_value_that_grew_too_old_says_so() -> None:
    moves, _ = moves_of(since_spring(b1(("55", "2025-03-31"), day=SPRING), b1(("55", "2025-03-31"))))
    assert [(m.after, m.cause, m.months) for m in moves] == [("cannot_be_rated", "too_old", 18)]


def test_a_goal_that_turned_because_of_a_new_indicator_says_so() -> None:
    spring = ("60", "2026-01-31")
    before, after = b1(spring, day=SPRING), b1(spring)
    waiting = replace(after.indicators[0], key="j", title="Wartezeit")
    long = Observation(key="oj", indicator="j", day=dt.date(2026, 9, 30), value=Decimal(49))
    after = replace(after, indicators=(*after.indicators, waiting), observations=(*after.observations, long))
    (move,), _ = moves_of(since_spring(before, after))
    assert (move.cause, move.new, move.after) == ("new", Decimal(49), "off_track")
    words = move_reason(move, lambda key, /, **values: say("de", key, **values), "de")
    assert words.startswith("neuer Indikator vereinbart: 49 %")


def test_another_target_is_no_new_value() -> None:
    before, after = b1(("58", "2026-01-31"), day=SPRING), b1(("58", "2026-01-31"))
    (old,) = before.indicators
    lower = replace(old, target=Decimal(52), reported_on=dt.date(2026, 9, 1))
    (move,), _ = moves_of(since_spring(before, replace(after, indicators=(lower,))))
    assert (move.cause, move.field, move.old, move.new) == ("decided_by_group", "target", Decimal(65), Decimal(52))
    words = move_reason(move, lambda key, /, **values: say("de", key, **values), "de")
    assert words.startswith("Ziel geändert: 52 %")


def test_nothing_moved_between_two_equal_days() -> None:
    assert moves_of(since_spring(b1(), b1())) == ((), 0)


def test_without_an_earlier_day_there_is_nothing_to_compare() -> None:
    assert moves_of(a_picture()) == ((), 0)


def test_only_decisions_that_wait_are_questions_and_the_question_leads() -> None:
    decisions = (
        Decision(
            key="d1", id="2026-08", title="Zweiter Abendkurs? Kosten 38.000 €.", status="to_decide", goals=("S2",)
        ),
        Decision(key="d2", id="2025-04", title="Die AG prüft.", status="open", day=dt.date(2025, 5, 13)),
        Decision(key="d3", id="2026-01", title="Beschlossen.", status="done"),
        Decision(key="d4", id="2026-09", title="Wohnlotsen weiter finanzieren", status="postponed", day=DAY),
    )
    found = open_questions(replace(b1(), decisions=decisions))
    assert [(q.key, q.text, q.details) for q in found] == [
        ("d4", "Wohnlotsen weiter finanzieren", None),
        ("d1", "Zweiter Abendkurs?", "Kosten 38.000 €."),
    ]
    assert [goal.key for goal in found[1].goals] == ["S2"]


def test_money_without_follow_up_stands_before_money_that_goes_on() -> None:
    fundings = (
        a_funding("a", "gesichert", end=dt.date(2026, 11, 30), follow_up="ja", follow_up_state="secured"),
        a_funding("b", "offen", end=dt.date(2027, 2, 28), measures=(Allocation("m"),)),
        a_funding("c", "später", end=dt.date(2027, 12, 31)),
    )
    picture = a_picture(fundings=fundings, measures=(a_measure("m", "Kurs"),))
    found = endings_of(picture.facts, 6)
    assert [(e.funding.key, e.follow_up_missing, len(e.measures)) for e in found] == [("b", True, 1), ("a", False, 0)]


def test_figures_count_running_work_and_say_how_many_stated_it() -> None:
    measures = (
        a_measure(
            "a", "A", participants_reached=Count(31, 31), participants_planned=Count(60, 60), staff_fte=Decimal("0.5")
        ),
        a_measure("b", "B", cost=Money(Decimal(12000), "year")),
        a_measure("c", "C", status="completed", participants_reached=Count(900, 900)),
    )
    fundings = (
        a_funding("f", "läuft", granted=Money(Decimal(1000)), end=dt.date(2027, 1, 1)),
        a_funding("g", "vorbei", granted=Money(Decimal(9999)), end=dt.date(2025, 1, 1)),
    )
    figures = figures_of(a_picture(measures=measures, fundings=fundings).facts)
    assert (figures.people.value, figures.people.of, figures.people.stated_by, figures.people.out_of) == (31, 60, 1, 2)
    assert figures.staff.value == Decimal("0.5")
    assert (figures.cost.amounts.total, figures.cost.amounts.per_year) == (0, 12000)
    assert figures.funding.amounts.total == 1000


def test_names_of_missing_reports_are_for_the_office_only() -> None:
    partners = (Partner(key="p1", name="VHS"), Partner(key="p2", name="AWO"))
    picture = a_picture(
        partners=partners,
        rounds=(Round("Herbst", dt.date(2026, 11, 10), dt.date(2026, 10, 23)),),
        delivered={"p1": (Delivered(1, dt.date(2026, 10, 14), dt.date(2026, 10, 14)),)},
        measures=(a_measure("m", "Kurs", partner="p2"),),
    )
    others, office = reports_of(picture), reports_of(picture, office=True)
    assert (others.reported, others.expected, others.missing) == (1, 2, ())
    assert [partner.name for partner in office.missing] == ["AWO"]
