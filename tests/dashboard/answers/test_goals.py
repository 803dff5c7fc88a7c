"""The goals as a tree by effect, and by the organisations that contribute."""

from __future__ import annotations

from typing import Any

from dashboard.answers.goals import (
    goal_tree,
    goals_below,
    goals_by_provider,
    goals_in_order,
    rated_goals,
    rating_counts,
)
from etl.rules.facts import FieldOfAction, Goal, Partner
from tests.dashboard.pictures import a_measure, a_picture


def goal(key: str, parent: str | None = None, field: str | None = "Sprache", **more: Any) -> Goal:
    return Goal(key=key, id=key, title=f"Ziel {key}", parent=parent, field_of_action=field, **more)


TREE = (goal("L1"), goal("S1", "L1", None), goal("S2", "L1"), goal("L2", field="Arbeit"), goal("S2.1", "S2"))


def test_a_goal_added_later_stands_under_its_parent() -> None:
    picture = a_picture(goals=TREE)
    assert [g.key for g in goals_in_order(picture.facts)] == ["L1", "S1", "S2", "S2.1", "L2"]


def test_a_goal_without_a_field_belongs_to_the_field_of_the_goal_above() -> None:
    branches = goal_tree(a_picture(goals=TREE))
    assert [(b.title, [(line.goal.key, line.depth) for line in b.goals]) for b in branches] == [
        ("Sprache", [("L1", 0), ("S1", 1), ("S2", 1), ("S2.1", 2)]),
        ("Arbeit", [("L2", 0)]),
    ]


def test_goals_without_any_field_stand_last() -> None:
    branches = goal_tree(a_picture(goals=(goal("X", field=None), goal("S1"))))
    assert [branch.title for branch in branches] == ["Sprache", None]


def test_a_field_named_by_its_key_shows_its_title() -> None:
    picture = a_picture(
        goals=(goal("S1", field="field-1"),), fields_of_action=(FieldOfAction(key="field-1", title="Sprache"),)
    )
    assert goal_tree(picture)[0].title == "Sprache"


def test_goals_that_name_each_other_as_parent_are_all_shown_once() -> None:
    circle = (goal("A", "B"), goal("B", "A"), goal("C"))
    assert sorted(g.key for g in goals_in_order(a_picture(goals=circle).facts)) == ["A", "B", "C"]


def test_a_lead_goal_has_a_tally_instead_of_a_rating() -> None:
    picture = a_picture(goals=TREE)
    lead = goal_tree(picture)[0].goals[0]
    assert lead.rating.code is None
    assert lead.below == {"cannot_be_rated": 2}
    assert "L1" not in [g.key for g in rated_goals(picture)]
    assert rating_counts(picture) == {"cannot_be_rated": 3}


def test_the_goals_below_a_goal_are_those_at_any_depth() -> None:
    facts = a_picture(goals=TREE).facts
    assert [g.key for g in goals_below(facts.goal_by_key["L1"], facts)] == ["S1", "S2", "S2.1"]
    assert goals_below(facts.goal_by_key["L2"], facts) == ()


def test_the_measures_of_a_sub_goal_count_for_the_goal_above_once() -> None:
    both = a_measure("m", "Abendkurs", goals=("S2", "S2.1"))
    ended = a_measure("n", "Sommerkurs", goals=("S2",), status="completed")
    lines = {line.goal.key: line for line in goal_tree(a_picture(goals=TREE, measures=(both, ended)))[0].goals}
    assert (lines["L1"].measures, lines["S2"].measures, lines["S1"].measures) == (1, 1, 0)


def test_organisations_are_alphabetical_and_show_what_they_contribute_to() -> None:
    partners = (
        Partner(key="p1", name="Volkshochschule Lindenmark", short_name="VHS"),
        Partner(key="p2", name="Ökumenischer Verein"),
        Partner(key="p3", name="Ohne Maßnahme e. V."),
    )
    measures = (
        a_measure("m1", "Abendkurs", partner="p1", lead_partner="p1", partner_keys=("p2",), goals=("S2",)),
        a_measure("m2", "Lesekreis", partner="p2", goals=("S1", "S2")),
        a_measure("m3", "Kochen", partner="p2"),
    )
    providers = goals_by_provider(a_picture(goals=TREE, partners=partners, measures=measures))
    assert [p.partner.key for p in providers] == ["p2", "p1"]
    assert [(c.goal.key, [m.key for m in c.measures]) for c in providers[0].contributions] == [
        ("S1", ["m2"]),
        ("S2", ["m1", "m2"]),
    ]
    assert providers[0].without_goal == 1
