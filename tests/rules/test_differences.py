"""The exact difference between two facts, and that every part of it is told as a change with a cause."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from etl.rules.change import Cause, Change
from etl.rules.changes import changes_between
from etl.rules.differences import KINDS, SILENT, Difference, applied, differences
from etl.rules.facts import Facts, HumanRating
from tests.rules.any_facts import any_facts
from tests.rules.network import THRESHOLDS, day, facts, goal

#: Kinds of facts -> kind of their changes.
_TOLD_AS = {
    "partners": "partner",
    "fields_of_action": "field_of_action",
    "goals": "goal",
    "measures": "measure",
    "cooperations": "cooperation",
    "fundings": "funding",
    "needs": "need",
    "ideas": "idea",
    "meetings": "meeting",
    "decisions": "decision",
    "agreements": "agreement",
    "rounds": "round",
}
_CAUSES = frozenset(typing.get_args(Cause))
_slow = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_slow
@given(any_facts(), any_facts())
def test_earlier_facts_plus_the_differences_are_the_later_ones(before: Facts, after: Facts) -> None:
    assert applied(before, differences(before, after)) == after


@_slow
@given(any_facts())
def test_nothing_differs_from_itself(network: Facts) -> None:
    found = differences(network, network)
    assert (found.found, found.order) == ((), {})
    assert applied(network, found) == network
    assert changes_between(network, network, THRESHOLDS) == ()


@_slow
@given(any_facts(), any_facts())
def test_every_difference_is_told_with_a_cause(one: Facts, other: Facts) -> None:
    before, after = sorted((one, other), key=lambda network: network.day)
    all_told(before, after)


def test_the_order_of_records_is_part_of_the_facts() -> None:
    before = facts(goals=(goal("S1"), goal("S2")))
    after = replace(before, goals=(goal("S2"), goal("S3"), goal("S1")))
    assert applied(before, differences(before, after)) == after


def test_the_same_rating_given_twice_and_one_taken_back() -> None:
    said = HumanRating(record="S1", code="at_risk", body="AG", reason="Prüfungen", day=day("2026-05-01"))
    before, after = facts(human_ratings=(said, said)), facts(human_ratings=(said,))
    (gone,) = differences(before, after).found
    assert (gone.kind, gone.before) == ("human_ratings", said)
    assert applied(before, differences(before, after)) == after


def all_told(before: Facts, after: Facts) -> None:
    changes = changes_between(before, after, THRESHOLDS)
    assert {change.cause for change in changes} <= _CAUSES
    untold = [d for d in differences(before, after).found if not _told(d, changes, before, after)]
    assert untold == []


def _told(difference: Difference, changes: Sequence[Change], before: Facts, after: Facts) -> bool:
    kind, key = difference.kind, difference.key
    if kind in SILENT:
        return True
    if kind in _TOLD_AS:
        about = [c for c in changes if (c.kind, c.key) == (_TOLD_AS[kind], key)]
        if difference.fields is None:
            return any(c.cause in ("new", "ended", "delivery_withdrawn") for c in about)
        told = {c.field: (c.old, c.new) for c in about if c.field and c.cause != "deadline_passed"}
        return all(name in SILENT or told.get(name) == pair for name, pair in difference.fields.items())
    if kind in ("indicators", "observations"):
        return _told_with_its_goal(difference, changes, before, after)
    assert kind == "human_ratings", f"nobody says how {kind} are told"
    return _human_told(difference, changes, before, after)


def _told_with_its_goal(difference: Difference, changes: Sequence[Change], before: Facts, after: Facts) -> bool:
    """Of a goal that is there, the indicator is named; one of no goal is shown nowhere.

    Of several new values of one indicator the latest is told.
    """
    if difference.fields is not None and set(difference.fields) <= SILENT.keys():
        return True
    indicators = set()
    for network in (before, after):
        record = network.indicator_by_key.get(str(difference.key))
        if difference.kind == "observations":
            held = {o.key: o for o in network.observations}.get(str(difference.key))
            record = network.indicator_by_key.get(held.indicator) if held else None
        if record is not None and record.goal in network.goal_by_key:
            indicators.add((record.goal, record.key))
    there = [(g, i) for g, i in indicators if g in before.goal_by_key and g in after.goal_by_key]
    gone_or_new = {c.key for c in changes if c.kind == "goal" and c.cause in ("new", "ended", "delivery_withdrawn")}
    told = {(c.key, c.indicator) for c in changes if c.kind == "goal" and c.indicator}
    return all(found in told for found in there) and all(goal in gone_or_new for goal, _ in indicators - set(there))


def _human_told(difference: Difference, changes: Sequence[Change], before: Facts, after: Facts) -> bool:
    """The rating that holds of a goal or measure is told where it is another; superseded ones are not."""
    said = difference.before or difference.after
    holds = [network.human_rating_of.get(said.record) for network in (before, after)]
    rated = said.record in after.goal_by_key or said.record in after.measure_by_key
    told = any(c.key == said.record and c.field == "human" for c in changes)
    return told or not rated or holds[0] == holds[1]


def test_every_kind_of_facts_is_told_or_silent_for_a_reason() -> None:
    with_their_goal = {"indicators", "observations", "human_ratings"}
    assert set(KINDS) == set(_TOLD_AS) | with_their_goal | (SILENT.keys() & set(KINDS))
