"""What changed between two days, and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.rules.changes import Change, changes_between, rating_changes
from etl.rules.facts import (
    Agreement,
    Cooperation,
    Count,
    Decision,
    Delivered,
    Facts,
    HumanRating,
    Idea,
    Measure,
    Milestone,
    Money,
    Need,
)
from tests.rules.network import THRESHOLDS, TODAY, b1, day, facts, funding, goal, measure, value

MAY = day("2026-05-12")


def causes(changes: tuple[Change, ...]) -> list[tuple[str, str, str | None]]:
    return [(c.key, c.cause, c.field) for c in changes]


def between(before: Facts, after: Facts) -> tuple[Change, ...]:
    return changes_between(before, after, THRESHOLDS)


def test_a_new_value_says_from_what_to_what() -> None:
    before = b1(value("58", "2026-03-31"), on=MAY)
    after = b1(value("58", "2026-03-31"), value("51.2", "2026-09-30"))
    (change,) = between(before, after)
    assert (change.cause, change.old, change.new, change.day) == (
        "new_value", Decimal("58"), Decimal("51.2"), day("2026-09-30"),
    )  # fmt: skip
    assert change.rating_changed
    assert change.is_setback
    assert not change.is_progress


def test_a_correction_never_looks_like_progress_even_if_the_rating_gets_better() -> None:
    before = b1(value("51.2", "2026-03-31"), on=MAY)
    after = b1(value("61.2", "2026-03-31"), on=MAY)
    (change,) = between(before, after)
    assert (change.cause, change.old, change.new) == ("correction", Decimal("51.2"), Decimal("61.2"))
    assert change.rating_changed
    assert not change.is_progress


def test_progress_after_a_correction_is_counted_from_the_corrected_value() -> None:
    before = b1(value("51.2", "2026-03-31"), on=MAY)
    after = b1(value("61.2", "2026-03-31"), value("61.5", "2026-09-30"))
    correction, news = between(before, after)
    assert (correction.cause, news.cause) == ("correction", "new_value")
    assert (news.old, news.new) == (Decimal("61.2"), Decimal("61.5"))
    assert not news.is_progress


def test_a_value_about_the_time_before_the_last_meeting_was_reported_late() -> None:
    before = b1(value("57", "2025-09-30"), on=MAY)
    after = b1(value("57", "2025-09-30"), value("59", "2026-03-31"))
    assert causes(between(before, after)) == [("S2", "reported_late", "current_value")]


def test_a_value_that_is_no_longer_there_was_withdrawn_with_its_delivery() -> None:
    delivered = {"vhs": (Delivered(7, day("2026-03-31"), day("2026-04-10")),)}
    before = replace(b1(value("51.2", "2026-03-31", delivery=7), on=MAY), delivered=delivered)
    (change,) = between(before, b1(on=MAY))
    assert (change.cause, change.old, change.new) == ("delivery_withdrawn", Decimal("51.2"), None)
    assert change.after
    assert change.after.code == "cannot_be_rated"


def test_a_value_that_grew_too_old_turns_the_goal_grey_without_anyone_saying_a_word() -> None:
    old = value("61", "2026-09-30")
    changes = between(b1(old, on=day("2027-01-01"), target_day=day("2029-01-01")),
                      b1(old, on=day("2028-06-01"), target_day=day("2029-01-01")))  # fmt: skip
    assert causes(changes) == [("S2", "too_old", None)]


def test_a_target_day_that_passed_is_a_deadline_passed() -> None:
    old = value("60.5", "2026-09-30")
    assert causes(between(b1(old), b1(old, on=day("2027-10-05")))) == [("S2", "deadline_passed", None)]


def test_another_threshold_is_a_new_rule_and_no_news() -> None:
    network = b1(value("59", "2026-09-30"))
    strict = replace(THRESHOLDS, miss_at_risk=Decimal("0.01"))
    (change,) = changes_between(network, network, strict, THRESHOLDS)
    assert (change.cause, change.before and change.before.code, change.after and change.after.code) == (
        "new_rule", "at_risk", "off_track",
    )  # fmt: skip
    assert not change.is_setback


def test_a_lowered_target_is_a_correction() -> None:
    (change,) = between(b1(value("55", "2026-09-30")), b1(value("55", "2026-09-30"), target=Decimal(55)))
    assert (change.cause, change.field, change.is_progress) == ("correction", "target", False)


def test_what_the_group_decided_leaves_the_computed_rating_alone() -> None:
    network = b1(value("51.2", "2026-09-30"))
    said = HumanRating(record="S2", code="at_risk", body="Steuerungsgruppe", reason="Prüfungen", day=TODAY)
    (change,) = between(network, replace(network, human_ratings=(said,)))
    assert (change.cause, change.old, change.new) == ("decided_by_group", None, "at_risk")
    assert not change.rating_changed


def one(subject: Measure, on: dt.date = TODAY, **more: Any) -> Facts:
    return facts(on, measures=(subject,), **more)


def test_a_measure_that_ended_and_one_whose_status_changed() -> None:
    before = measure(reported_on=day("2026-04-10"))
    assert causes(between(one(before, MAY), one(measure(status="completed")))) == [("M1", "ended", "status")]
    assert causes(between(one(before, MAY), one(measure(status="delayed")))) == [("M1", "status_changed", "status")]


def test_another_status_for_the_same_day_is_a_correction() -> None:
    (change,) = between(one(measure(status="delayed")), one(measure(status="running")))
    assert (change.cause, change.rating_changed, change.is_progress) == ("correction", True, False)


def test_a_deadline_that_passed_and_what_was_said_meanwhile_are_told_apart() -> None:
    before = measure(end=day("2026-10-31"), reported_on=day("2026-04-10"))
    after = measure(end=day("2026-10-31"), next_step="Abschlussbericht")
    passed, said = between(one(before, MAY), one(after))
    assert (passed.cause, passed.rating_changed) == ("deadline_passed", True)
    assert (said.cause, said.field, said.rating_changed) == ("new_value", "next_step", False)


def test_a_measure_that_was_late_by_time_alone() -> None:
    subject = measure(end=day("2026-11-10"))
    assert causes(between(one(subject, day("2026-11-01")), one(subject))) == [("M1", "deadline_passed", None)]


def test_a_measure_nobody_reported_grew_too_old() -> None:
    subject = measure(reported_on=day("2026-04-10"))
    assert causes(between(one(subject, MAY), one(subject))) == [("M1", "too_old", None)]


def test_an_undone_delivery_is_the_cause_of_what_it_said() -> None:
    delivered = {"vhs": (Delivered(3, day("2026-09-30"), day("2026-10-01")),)}
    before = one(measure(status="delayed", delivery=3), delivered=delivered)
    after = one(measure(status="running", reported_on=day("2026-09-01"), delivery=2))
    assert {c.cause for c in between(before, after)} == {"delivery_withdrawn"}
    assert [c.cause for c in between(before, facts())] == ["delivery_withdrawn"]


def test_new_records_of_every_kind_are_new() -> None:
    after = facts(
        goals=(goal(),),
        measures=(measure(),),
        cooperations=(Cooperation(key="K1", title="Kooperation"),),
        fundings=(funding(),),
        decisions=(Decision(key="D1", title="Beschluss"),),
        agreements=(Agreement(key="A1", title="Zusage"),),
        needs=(Need(key="N1", title="Bedarf"),),
        ideas=(Idea(key="I1", title="Idee"),),
    )
    changes = between(facts(), after)
    assert [c.kind for c in changes] == [
        "goal", "measure", "cooperation", "funding", "decision", "agreement", "need", "idea",
    ]  # fmt: skip
    assert {c.cause for c in changes} == {"new"}


def test_money_that_ran_out_and_a_promise_whose_day_passed_are_deadlines() -> None:
    network = facts(
        MAY,
        fundings=(funding(end=day("2026-10-31")),),
        agreements=(Agreement(key="A1", title="Zusage", status="open", due=day("2026-09-01")),),
    )
    assert causes(between(network, replace(network, day=TODAY))) == [
        ("F1", "deadline_passed", "end"),
        ("A1", "deadline_passed", "due"),
    ]


def test_the_meeting_sees_changed_ratings_corrections_and_decisions_only() -> None:
    before = one(measure(reported_on=day("2026-04-10")), MAY)
    after = one(measure(next_step="Werbung"))
    assert rating_changes(between(before, after)) == ()


_maybe_day = st.none() | st.dates(day("2025-01-01"), day("2028-01-01"))
_count = st.none() | st.builds(lambda n: Count(n, n), st.integers(0, 99))


@st.composite
def _measures(draw: st.DrawFn) -> Measure:
    return measure(
        status=draw(st.sampled_from(["planned", "running", "delayed", "completed", None])),
        start=draw(_maybe_day),
        end=draw(_maybe_day),
        traffic_light=draw(st.sampled_from([None, "green", "yellow", "red"])),
        participants_planned=draw(_count),
        participants_reached=draw(_count),
        cost=draw(st.none() | st.builds(Money, st.decimals(0, 9999, places=2), st.sampled_from([None, "year"]))),
        milestones=tuple(Milestone(d, "x", False) for d in draw(st.lists(st.dates(MAY, TODAY), max_size=2))),
        goals=tuple(draw(st.lists(st.sampled_from(["S1", "S2"]), unique=True))),
        reported_on=draw(st.dates(day("2026-01-01"), TODAY)),
        reported_in_rounds=(),
    )


@settings(max_examples=150, deadline=None)
@given(_measures(), st.dates(MAY, day("2027-06-01")))
def test_the_same_facts_have_no_changes(subject: Measure, on: dt.date) -> None:
    network = replace(b1(value("51.2", "2026-03-31"), on=on), measures=(subject,), fundings=(funding(end=on),))
    assert between(network, network) == ()


@settings(max_examples=150, deadline=None)
@given(_measures(), _measures())
def test_applying_the_changes_to_the_earlier_measure_gives_the_later_one(old: Measure, new: Measure) -> None:
    changed = {c.field: c.new for c in between(one(old, MAY), one(new)) if c.field and c.field != "reported_on"}
    about = ("reported_on", "reported_in_rounds", "confirmed_on", "delivery", "marks")
    applied = replace(old, **changed)
    assert all(getattr(applied, f.name) == getattr(new, f.name) for f in fields(Measure) if f.name not in about)


@settings(max_examples=150, deadline=None)
@given(_measures(), _measures())
def test_the_changes_form_a_chain_from_the_earlier_rating_to_the_later_one(old: Measure, new: Measure) -> None:
    moved = [c for c in between(one(old, MAY), one(new)) if c.rating_changed]
    for first, second in pairwise(moved):
        assert second.before in (first.after, first.before)
