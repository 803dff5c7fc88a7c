"""„Seit dem letzten Mal“: what a body is told about two days, and in which words it begins."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from etl.rules.changes import changes_between
from etl.rules.facts import (
    Agreement,
    Allocation,
    Decision,
    Delivered,
    Facts,
    FieldOfAction,
    HumanRating,
    Meeting,
    Milestone,
    Partner,
)
from etl.rules.meeting import Body
from etl.rules.ratings import rate_goal
from etl.rules.since import SECTIONS, Line, finding_since, for_body, in_field, lines_since
from etl.wording import say
from tests.rules.any_facts import any_facts
from tests.rules.network import THRESHOLDS, TODAY, b1, day, facts, funding, goal, indicator, measure, value

MAY = day("2026-05-12")
SPRACHE, WOHNEN = FieldOfAction(key="F-1", title="Sprache"), FieldOfAction(key="F-2", title="Wohnen")


def lines(before: Facts, after: Facts) -> tuple[Line, ...]:
    return lines_since(before, after, changes_between(before, after, THRESHOLDS), THRESHOLDS)


def told(before: Facts, after: Facts) -> list[tuple[str, str]]:
    return [(line.section, line.key) for line in lines(before, after)]


def words(found: tuple[Line, ...], language: str = "de") -> str:
    return " ".join(say(language, one.code, **one.values) for one in finding_since(found).sentences)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_facts())
def test_nothing_is_told_of_the_same_facts(network: Facts) -> None:
    assert lines(network, network) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(any_facts(), any_facts())
def test_any_two_days_can_be_compared(one: Facts, other: Facts) -> None:
    before, after = sorted((one, other), key=lambda network: network.day)
    for line in lines(before, after):
        assert line.section in SECTIONS
        assert line.key


def test_a_goal_that_is_rated_worse_comes_before_one_that_is_better() -> None:
    before = b1(value("58", "2026-03-31"), on=MAY)
    more = {"goals": (goal("S1"), goal()), "indicators": (indicator("S1"), *before.indicators)}
    old = replace(before, **more, observations=(value("50", "2026-03-31", of="S1-i"), *before.observations))
    new = replace(
        old,
        day=TODAY,
        observations=(*old.observations, value("62", "2026-09-30", of="S1-i"), value("51", "2026-09-30")),
    )
    found = lines(old, new)
    assert [(line.key, line.change and line.change.cause) for line in found] == [
        ("S2", "new_value"),
        ("S1", "new_value"),
    ]
    assert words(found) == "Ein Ziel ist schlechter bewertet. Ein Ziel ist besser bewertet."


def test_what_explains_a_measure_is_what_its_rating_turned_on() -> None:
    before = facts(MAY, measures=(measure(reported_on=day("2026-04-10")),))
    after = facts(measures=(measure(comment="viel zu tun", status="delayed", next_step="Werbung"),))
    (line,) = lines(before, after)
    assert (line.section, line.change and line.change.field) == ("measures", "status")


def test_measures_new_finished_cancelled_and_late() -> None:
    reported = day("2026-04-10")
    before = facts(MAY, measures=tuple(measure(f"M{n}", reported_on=reported) for n in range(1, 5)))
    late = measure("M3", status="delayed", milestones=(Milestone(day("2026-10-01"), "Raum", False),))
    after = facts(
        measures=(
            measure("M1", status="completed"), measure("M2", status="cancelled"), late, measure("M4"), measure("M5"),
        ),
    )  # fmt: skip
    already_late = replace(before, measures=(*before.measures[:2], replace(late, reported_on=reported), measure("M4")))
    assert told(before, after) == [
        ("measures", "M3"), ("measures_new", "M5"), ("measures_finished", "M1"), ("measures_cancelled", "M2"),
    ]  # fmt: skip
    assert ("deadlines", "M3") in told(already_late, after), "told where no other rating tells it"


def test_money_won_ended_ending_and_without_measure() -> None:
    before = facts(
        MAY,
        measures=(measure(reported_on=day("2026-04-10")),),
        fundings=(
            funding("F1", status="applied"),
            funding("F2", end=day("2026-10-31")),
            funding("F3", end=day("2027-02-28")),
            funding("F4", measures=(Allocation("M1"),)),
        ),
    )
    news = {"reported_on": day("2026-10-01")}
    won, idle = funding("F1", measures=(Allocation("M1"),), **news), funding("F4", **news)
    after = replace(before, day=TODAY, measures=(measure(),), fundings=(won, *before.fundings[1:3], idle))
    assert told(before, after) == [
        ("money_won", "F1"), ("money_ended", "F2"), ("money_ending", "F3"), ("money_unallocated", "F4"),
    ]  # fmt: skip


def test_partners_new_gone_and_silent() -> None:
    vhs, drk, awo = (Partner(key=key, name=key.upper()) for key in ("vhs", "drk", "awo"))
    sent = {"vhs": (Delivered(1, day("2026-04-01"), day("2026-04-02")),)}
    before, after = facts(MAY, partners=(vhs, drk), delivered=sent), facts(partners=(vhs, awo), delivered=sent)
    assert told(before, after) == [("partners_new", "awo"), ("partners_gone", "drk"), ("partners_silent", "vhs")]


def test_promises_kept_and_not_kept() -> None:
    due = day("2026-09-01")
    before = facts(
        MAY,
        agreements=tuple(Agreement(key=f"A{n}", title="Zusage", status="open", due=due) for n in (1, 2, 3)),
        decisions=(Decision(key="D1", title="Beschluss", status="open", due=due),),
    )
    kept, dropped, open_ = (
        replace(before.agreements[n], status=status) for n, status in enumerate(("kept", "dropped", "open"))
    )
    after = replace(before, day=TODAY, agreements=(kept, dropped, open_))
    assert told(before, after) == [("kept", "A1"), ("broken", "A2"), ("broken", "A3"), ("broken", "D1")]
    assert words(lines(before, after)).endswith("Drei Beschlüsse oder Zusagen sind überfällig, alle erst seitdem.")


def test_what_was_learnt_about_the_time_before_is_told_once_a_record() -> None:
    before = b1(value("61", "2026-03-31"), on=MAY)
    after = b1(value("61", "2025-09-30"), value("61.5", "2026-03-31"), on=MAY)
    assert told(before, after) == [("learnt", "S2")]


def test_what_was_removed_is_told_with_its_kind() -> None:
    before = facts(MAY, measures=(measure(reported_on=MAY),), agreements=(Agreement(key="A1", title="Zusage"),))
    assert told(before, facts(MAY)) == [("removed", "M1"), ("removed", "A1")]


def test_what_a_body_said_of_a_goal_is_told_though_the_rating_stays() -> None:
    said = HumanRating(record="S2", code="at_risk", body="Steuerungsgruppe", reason="Prüfungen", day=TODAY)
    network = b1(value("51.2", "2026-09-30"))
    (line,) = lines(network, replace(network, human_ratings=(said,)))
    assert (line.section, line.change and line.change.cause) == ("goals", "decided_by_group")


def _two_fields() -> tuple[Facts, Facts]:
    before = facts(
        MAY,
        fields_of_action=(SPRACHE, WOHNEN),
        goals=(goal("S1", field_of_action="Sprache"), goal("S1.1", parent="S1"), goal("W1", field_of_action="F-2")),
        meetings=(Meeting(key="T1", title="AG Wohnen", day=day("2026-04-14"), body="AG Wohnen"),),
    )
    after = replace(
        before,
        day=TODAY,
        measures=(measure("M1", goals=("S1.1",)), measure("M2", goals=("W1",)), measure("M3")),
        agreements=(
            Agreement(key="A1", title="Zusage", status="open", due=MAY, meeting_day=day("2026-04-14")),
            Agreement(key="A2", title="Zusage", status="open", due=MAY),
        ),
        decisions=(Decision(key="D1", title="Beschluss", status="open", due=MAY, body="AG Sprache"),),
    )
    return before, after


def test_a_body_is_told_its_own_matters_and_those_of_no_field() -> None:
    found = lines(*_two_fields())
    wohnen = Body(1, "AG Wohnen", "working_group", fields=("F-2",))
    assert [line.key for line in for_body(found, wohnen)] == ["M2", "M3", "A1", "A2"]
    everything = [line.key for line in found]
    assert [line.key for line in for_body(found, Body(2, "Steuerungsgruppe", "steering_group"))] == everything
    assert [line.key for line in for_body(found, None)] == everything


def test_one_field_may_be_chosen() -> None:
    found = lines(*_two_fields())
    assert [line.key for line in in_field(found, "F-1")] == ["M1"], "through the goal above"
    assert in_field(found, None) == found


@pytest.mark.parametrize(
    ("worse", "unrated", "broken", "de", "en"),
    [
        (0, 0, 0, "Seit dem letzten Mal hat sich nichts verändert.", "Nothing has changed since last time."),
        (1, 0, 0, "Ein Ziel ist schlechter bewertet.", "One goal is rated worse."),
        (2, 1, 0, "Zwei Ziele sind schlechter bewertet. Ein Ziel ist nicht mehr bewertbar.",
         "Two goals are rated worse. One goal can no longer be rated."),
        (0, 0, 1,
         "Keine Bewertung eines Ziels hat sich verändert. "
         "Ein Beschluss oder eine Zusage ist seitdem überfällig geworden.",
         "No goal’s rating has changed. One decision or promise has become overdue since."),
        (13, 2, 14, "13 Ziele sind schlechter bewertet. Zwei Ziele sind nicht mehr bewertbar. "
         "14 Beschlüsse oder Zusagen sind überfällig, alle erst seitdem.",
         "13 goals are rated worse. Two goals can no longer be rated. 14 decisions or promises are overdue, "
         "all of them only since then."),
    ],
)  # fmt: skip
def test_the_first_sentence(worse: int, unrated: int, broken: int, de: str, en: str) -> None:
    good, bad = (b1(value(n, "2026-09-30")) for n in ("62", "51"))
    networks = {"good": good, "bad": bad, "none": b1()}
    rated = {key: rate_goal(network.goals[0], network, THRESHOLDS) for key, network in networks.items()}
    found = (
        *(Line("goals", "goal", f"S{n}", None, rated["good"], rated["bad"]) for n in range(worse)),
        *(Line("goals", "goal", f"U{n}", None, rated["good"], rated["none"]) for n in range(unrated)),
        *(Line("broken", "agreement", f"A{n}") for n in range(broken)),
    )
    assert (words(found), words(found, "en")) == (de, en)


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (("A1", "A2", "A3"), "Drei Beschlüsse oder Zusagen sind überfällig, davon eine erst seitdem."),
        (("A2",), "Ein Beschluss oder eine Zusage ist weiterhin überfällig."),
        (("A2", "A3"), "Zwei Beschlüsse oder Zusagen sind weiterhin überfällig."),
    ],
)
def test_all_that_is_late_is_counted_and_what_of_it_is_new(late: tuple[str, ...], told: str) -> None:
    last = finding_since([Line("broken", "agreement", "A1")], late).sentences[-1]
    assert say("de", last.code, **last.values) == told


def test_the_day_of_a_line_is_the_day_the_news_is_about() -> None:
    (line,) = lines(b1(value("58", "2026-03-31"), on=MAY), b1(value("58", "2026-03-31"), value("51", "2026-09-30")))
    assert (line.day, line.change and line.change.new) == (dt.date(2026, 9, 30), Decimal(51))
