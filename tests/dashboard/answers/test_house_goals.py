"""A goal of one house beside the shared ones: who sees it, whether it supports them, and that it goes again."""

from __future__ import annotations

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.house_goals import HouseGoalRow, decide_goal, house_goal_rows, shared_goals
from dashboard.answers.picture import picture
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.relate import RelationRefused
from tests.demo import DEMO_DAY
from tests.pipeline.workbooks import NOW, book

GOALS = [
    ("Ziel-Nr.", "Ziel", "Ebene", "Handlungsfeld"),
    ("S1", "Alle finden rasch einen Sprachkurs", "Wirkungsziel", "Sprache"),
    ("T1", "Die Zahl der freiwillig Engagierten wächst", "Wirkungsziel", "Teilhabe"),
]
HEADINGS = ("Maßnahme", "Status", "Ziel")
OFFICE = User("office", "Anna Weber", "coordinator", None, "de", False, NOW)


def deliver(store: Store, partner: str, rows: list[tuple[object, ...]], sheet: str = "Maßnahmen") -> None:
    content = book({sheet: rows})
    preview = preview_delivery(store, content, f"{partner}.xlsx", partner=partner, day=DEMO_DAY, now=NOW)
    accept_delivery(store, preview, now=NOW)


def shown(store: Store, role: str, partner: str | None = None) -> tuple[tuple[HouseGoalRow, ...], int]:
    return house_goal_rows(store, picture(store, DEMO_DAY), Viewer(role, partner))


def test_a_house_s_own_goal_is_seen_decided_and_gone_again(store: Store) -> None:
    deliver(store, "Koordinierungsstelle", GOALS, "Ziele")
    deliver(store, "Caritas", [HEADINGS, ("Lotsen", "laufend", "S1; Freiwillig Engagierte unserer Gemeinde gewinnen")])
    ((row,), hidden) = shown(store, "coordinator")
    seen = picture(store, DEMO_DAY)
    assert (row.house, row.goal.text, hidden) == ("Caritas", "Freiwillig Engagierte unserer Gemeinde gewinnen", 0)
    assert row.near is not None
    assert row.near.id == "T1"
    assert row.held == ()
    assert shown(store, "member") == shown(store, "partner", "partner-99999") == ((), 1)
    own = User("caritas", "Cem", "partner", row.goal.partner, "de", False, NOW)
    other = User("awo", "Ada", "partner", "partner-99999", "de", False, NOW)
    shared = row.near.key
    assert shared in shared_goals(seen)
    for user, beside, verdict, code in (
        (other, shared, "supports", "not_allowed"),
        (own, shared, "merge", "no_verdict"),
        (own, "goal-99999", "supports", "not_there"),
    ):
        with pytest.raises(RelationRefused, match=code):
            decide_goal(store, user, row, beside, verdict, reason="", now=NOW)
    decide_goal(store, own, row, shared, "supports", reason="gleiche Leute", now=NOW)
    ((told,), _) = shown(store, "partner", row.goal.partner)
    assert [(goal.key, held.verdict, held.by) for goal, held in told.held] == [(shared, "supports", "Cem")]
    with pytest.raises(RelationRefused, match="changed_since"):
        decide_goal(store, OFFICE, row, shared, "competes", reason="", now=NOW)
    decide_goal(store, OFFICE, told, shared, "competes", reason="", now=NOW)
    deliver(store, "Caritas", [HEADINGS, ("Lotsen", "laufend", "S1")])
    assert shown(store, "coordinator") == ((), 0)


def test_a_slip_in_a_number_is_no_goal_of_a_house(store: Store) -> None:
    deliver(store, "Koordinierungsstelle", GOALS, "Ziele")
    deliver(store, "Caritas", [HEADINGS, ("Lotsen", "laufend", "S17")])
    assert shown(store, "coordinator") == ((), 0)


def test_the_demo_has_a_house_with_a_goal_of_its_own(demo: Store) -> None:
    ((row,), _) = shown(demo, "coordinator")
    assert row.house == "Moscheegemeinde"
    assert row.near is not None
