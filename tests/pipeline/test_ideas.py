"""Ideas on both engines: collected, clustered, rated alone by those who sit in the body, made into measures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.model.accounts import User
from etl.model.bodies import save_body, save_member
from etl.model.meetings import save_plan, set_meeting_role
from etl.model.state import state_on
from etl.model.store import Store
from etl.model.workshops import dots, voices, workshops
from etl.pipeline.enter import enter
from etl.pipeline.ideas.changing import changeable_ideas, reword_idea, withdraw_idea
from etl.pipeline.ideas.collecting import become_measure, cluster_ideas, collect, collect_in_meeting
from etl.pipeline.ideas.rating import close_workshop, copy_ratings, enter_dots, open_workshop, rate, said_by
from etl.pipeline.ideas.refused import IdeaRefused
from etl.pipeline.ideas.titles import listed
from etl.pipeline.picture.facts import facts_of
from etl.rules.facts import Facts
from etl.rules.idea_workshop import Workshop
from etl.rules.meeting import Body, Member, Plan

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, 30, tzinfo=dt.UTC)
OFFICE = User("amt", "Henrike", "coordinator", None, "de", False, NOW)
ANNA = User("anna", "Anna", "member", None, "de", False, NOW)
CEM = User("cem", "Cem", "partner", None, "de", False, NOW)
GUEST = User("gast", "Gast", "observer", None, "de", False, NOW)


def facts(store: Store) -> Facts:
    with store.reading() as connection:
        return facts_of(connection, state_on(connection, DAY), DAY)


def collected(store: Store, *titles: str, user: User = OFFICE, **more: object) -> tuple[str, ...]:
    return collect(store, user, titles, reason="Werkstatt", day=DAY, now=NOW, **more).keys  # type: ignore[arg-type]


@pytest.fixture
def body(store: Store) -> int:
    with store.writing() as connection:
        number = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="Amt", now=NOW).id
        for member in (
            Member(0, number, "Anna Berg", username="anna"),
            Member(0, number, "Dora Ohnezugang"),
            Member(0, number, "Gast", username="gast"),
            Member(0, number, "Cem", username="cem", until=DAY - dt.timedelta(days=1)),
        ):
            save_member(connection, member, by="Amt", now=NOW)
    return number


def opened(store: Store, body: int | None, ideas: tuple[str, ...]) -> int:
    return open_workshop(store, OFFICE, Workshop(0, "Werkstatt", DAY, body, ideas=ideas), now=NOW)


def refused(code: str):  # type: ignore[no-untyped-def]
    return pytest.raises(IdeaRefused, match=rf"^{code}:")


def test_a_list_is_collected_once_and_put_under_challenge_and_goal(store: Store) -> None:
    goal = enter(store, "goal", {"title": "Kurse erreichen alle", "id": "S2"}, day=DAY, person="A", reason="r", now=NOW)
    first = collect(store, ANNA, ["Sprachcafé ", "", "sprachcafé", "Lotsen"], reason="r", day=DAY, now=NOW)
    assert len(first.keys) == 2
    assert first.known == ("sprachcafé",)
    assert (
        cluster_ideas(store, OFFICE, first.keys, cluster="Kurse", goals=[goal.key], reason="r", day=DAY, now=NOW) == 2
    )
    assert {(i.title, i.cluster, i.goals) for i in facts(store).ideas} == {
        ("Sprachcafé", "Kurse", (goal.key,)),
        ("Lotsen", "Kurse", (goal.key,)),
    }
    with refused("not_allowed"):
        cluster_ideas(store, ANNA, first.keys, cluster="Anders", reason="r", day=DAY, now=NOW)
    for user, titles, code in (
        (GUEST, ["Neu"], "not_allowed"),
        (ANNA, [" "], "without_title"),
        (ANNA, ["x" * 201], "too_long"),
        (ANNA, ["Hilfe für Frau Amina K., geb. 12.03.1990, Aufenthaltsgestattung"], "single_client"),
    ):
        with refused(code):
            collect(store, user, titles, reason="r", day=DAY, now=NOW)
    with refused("unknown_goal"):
        collected(store, "Neu", goals=["goal-09999"])


def test_an_idea_is_reworded_or_withdrawn_by_who_typed_it_until_it_is_rated(store: Store, body: int) -> None:
    about: dict[str, Any] = {"reason": "r", "day": DAY, "now": NOW}
    one, two = collected(store, "Sprachcafe", "Lotsen", user=ANNA)
    (other,) = collected(store, "Tandem")
    assert changeable_ideas(store, ANNA) == {one: "Sprachcafe", two: "Lotsen"}
    assert set(changeable_ideas(store, OFFICE)) == {one, two, other}
    assert changeable_ideas(store, CEM) == changeable_ideas(store, GUEST) == {}
    assert reword_idea(store, ANNA, one, "- Sprachcafé ", **about)
    assert not reword_idea(store, ANNA, one, "Sprachcafé", **about)
    for user, key, title, code in (
        (ANNA, one, "lotsen", "title_taken"),
        (ANNA, one, " - ", "without_title"),
        (ANNA, one, "x" * 201, "too_long"),
        (ANNA, one, "Hilfe für Frau Amina K., geb. 12.03.1990", "single_client"),
        (ANNA, other, "Meins", "not_yours"),
        (CEM, one, "Meins", "not_yours"),
        (ANNA, "idea-09999", "Neu", "unknown_idea"),
    ):
        with refused(code):
            reword_idea(store, user, key, title, **about)
    number = opened(store, body, (one, two))
    rate(store, ANNA, number, {one: {"impact": 5}}, now=NOW)
    with refused("not_yours"):
        withdraw_idea(store, ANNA, one, **about)
    withdraw_idea(store, ANNA, two, **about)
    assert reword_idea(store, OFFICE, one, "Sprachcafé im Bus", **about)
    assert {idea.title for idea in facts(store).ideas} == {"Sprachcafé im Bus", "Tandem"}
    become_measure(store, OFFICE, one, **about)
    with refused("already_measure"):
        withdraw_idea(store, OFFICE, one, **about)


def test_only_who_records_types_ideas_in_while_the_meeting_and_a_workshop_are_open(store: Store, body: int) -> None:
    """Whose idea it is may stay open; the recorder's own house is not taken for it."""
    about = {"reason": "in der Sitzung: 7. Sitzung", "day": DAY, "now": NOW}
    with store.writing() as connection:
        save_plan(connection, Plan("meeting-00001", body, DAY, "running"), by="x", now=NOW)
        set_meeting_role(connection, "meeting-00001", ANNA.username, "recorder", holds=True)
    with refused("over"):
        collect_in_meeting(store, ANNA, "meeting-00001", ["Lotsen"], **about)
    opened(store, body, collected(store, "Sprachcafé"))
    for user, meeting, titles, house, code in (
        (GUEST, "meeting-00001", ["Lotsen"], None, "not_allowed"),
        (ANNA, "meeting-00002", ["Lotsen"], None, "not_allowed"),
        (ANNA, "meeting-00001", [" "], None, "without_title"),
        (ANNA, "meeting-00001", ["Frau A. B., geb. 03.05.1990"], None, "single_client"),
        (ANNA, "meeting-00001", ["Lotsen"], "partner-09999", "unknown_house"),
    ):
        with refused(code):
            collect_in_meeting(store, user, meeting, titles, house=house, **about)
    found = collect_in_meeting(store, ANNA, "meeting-00001", ["Lotsen", "sprachcafé"], **about)
    assert (len(found.keys), found.known) == (1, ("sprachcafé",))
    assert {idea.title: idea.partner for idea in facts(store).ideas}["Lotsen"] is None
    with store.writing() as connection:
        save_plan(connection, Plan("meeting-00001", body, DAY, "closed"), by="x", now=NOW)
    with refused("over"):
        collect_in_meeting(store, ANNA, "meeting-00001", ["Tandem"], **about)


def test_one_click_makes_a_measure_that_knows_its_idea_for_ever(store: Store) -> None:
    (idea,) = collected(store, "Sprachcafé")
    measure = become_measure(store, OFFICE, idea, reason="Aus der Idee", day=DAY, now=NOW)
    later = NOW + dt.timedelta(days=1)
    enter(store, "measure", {"title": "Café im Bus"}, day=DAY, person="A", reason="r", now=later, key=measure)
    now = facts(store)
    assert now.ideas[0].measures == (measure,)
    assert [one.key for one in now.ideas_of_measure[measure]] == [idea]
    assert (now.measures[0].title, now.measures[0].status) == ("Café im Bus", "proposed")
    with refused("already_measure"):
        become_measure(store, OFFICE, idea, reason="Noch einmal", day=DAY, now=NOW)
    with refused("not_allowed"):
        become_measure(store, ANNA, idea, reason="Ich", day=DAY, now=NOW)


def test_each_member_rates_alone_and_the_last_word_counts(store: Store, body: int) -> None:
    one, two = collected(store, "Sprachcafé", "Lotsen")
    number = opened(store, body, (one, two, "idea-09999"))
    with refused("open"):
        opened(store, body, (one,))
    rate(store, ANNA, number, {one: {"feasibility": 2}, two: {"impact": 5}}, now=NOW)
    rate(store, ANNA, number, {one: {"feasibility": 4, "impact": 3}}, now=NOW)
    assert [(v.idea, v.feasibility, v.impact) for v in said_by(store, ANNA, number)] == [(one, 4, 3), (two, None, 5)]
    assert said_by(store, OFFICE, number) == ()
    for user in (CEM, GUEST, OFFICE):
        with refused("not_a_member"):
            rate(store, user, number, {one: {"impact": 5}}, now=NOW)
    for marks in ({one: {"impact": 6}}, {one: {"impact": 0}}, {one: {"beauty": 3}}, {}):
        with refused("no_mark" if marks else "no_marks"):
            rate(store, ANNA, number, marks, now=NOW)
    with refused("unknown_idea"):
        rate(store, ANNA, number, {"idea-09999": {"impact": 3}}, now=NOW)
    rate(store, ANNA, number, {two: {"impact": None}}, now=NOW)
    assert [v.idea for v in said_by(store, ANNA, number)] == [one]
    close_workshop(store, OFFICE, number, now=NOW)
    with refused("over"):
        rate(store, ANNA, number, {one: {"impact": 1}}, now=NOW)


def test_without_a_body_every_house_with_a_sign_in_rates(store: Store) -> None:
    (one,) = collected(store, "Sprachcafé")
    number = opened(store, None, (one,))
    assert rate(store, CEM, number, {one: {"impact": 5}}, now=NOW) == 1
    with refused("not_a_member"):
        rate(store, GUEST, number, {one: {"impact": 5}}, now=NOW)


def test_copied_paper_tells_who_stands_there_twice_and_what_could_not_be_read(store: Store, body: int) -> None:
    one, two = collected(store, "Sprachcafé", "Lotsen")
    number = opened(store, body, (one, two))
    rate(store, ANNA, number, {one: {"feasibility": 1, "impact": 1, "innovation": 1}}, now=NOW)
    lines = [
        ("Name", "Idee", "Umsetzbarkeit", "Wirkung", "Innovation"),
        ("Anna Berg", "Sprachcafé", "4", "4", "2"),
        ("Dora Ohnezugang", "Lotsen", "3", "", "5"),
        ("Anna  Berg", "sprachcafé", "5", "4", "2"),
        ("Dora Ohnezugang", "Sprachcafé", "7", "4", "2"),
        ("Unbekannt", "Sprachcafé", "3", "3", "3"),
        ("Anna Berg", "Lotsen", "3,5", "", ""),
    ]
    told = copy_ratings(store, OFFICE, number, lines, now=NOW)
    assert (told.stored, told.twice) == (2, ("Anna Berg",))
    assert [(u.line, u.why) for u in told.unknown] == [
        (1, "person"),
        (5, "marks"),
        (6, "person"),
        (7, "marks"),
    ]
    with store.reading() as connection:
        kept = [(v.username, v.idea, v.feasibility) for v in voices(connection, number)]
    assert sorted(kept) == sorted([("anna", one, 5), ("member-2", two, 3)])
    nothing = copy_ratings(
        store, OFFICE, number, [("",), ("Anna Berg", "Lotse", "3"), ("Anna Berg", "Lotsen")], now=NOW
    )
    assert nothing.stored == 0
    assert [(u.line, u.why, u.found) for u in nothing.unknown] == [
        (2, "idea", "Lotse"),
        (3, "cells", "Anna Berg; Lotsen"),
    ]
    with refused("no_marks"):
        copy_ratings(store, OFFICE, number, [[""]], now=NOW)


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (("4 3 5",), (4, 3, 5)),
        (("4/3/5",), (4, 3, 5)),
        (("4, 3, 5", ""), (4, 3, 5)),
        (("4,3,5",), (4, 3, 5)),
        (("4, 3",), (4, 3, None)),
        (("4", "", "5"), (4, None, 5)),
        (("4", "3", "5", ""), (4, 3, 5)),
        (("4,3",), None),
        (("435",), None),
        (("4 3 5 2",), None),
        (("4", "3", "5", "2"), None),
        (("4 3", "5"), None),
        (("4 3 6",), None),
    ],
)
def test_marks_stand_in_cells_of_their_own_or_in_one(
    store: Store, body: int, cells: tuple[str, ...], marks: tuple[int | None, ...] | None
) -> None:
    number = opened(store, body, collected(store, "Sprachcafé"))
    told = copy_ratings(store, OFFICE, number, [("anna berg", "Sprach-Cafe", *cells)], now=NOW)
    with store.reading() as connection:
        kept = [(v.feasibility, v.impact, v.innovation) for v in voices(connection, number)]
    assert kept == ([] if marks is None else [marks])
    assert [u.why for u in told.unknown] == (["marks"] if marks is None else [])


@pytest.mark.parametrize(
    ("pasted", "titles"),
    [
        (["- Sprachcafé", "• Lotsen", "  –  Tandem", "•Garten", "-", ""], ["Sprachcafé", "Lotsen", "Tandem", "Garten"]),
        (["1. Sprachcafé", "2) Lotsen", "(3) Tandem"], ["Sprachcafé", "Lotsen", "Tandem"]),
        (["1. Mai gemeinsam feiern"], ["1. Mai gemeinsam feiern"]),
        (["24. Dezember", "1. Sprachcafé"], ["24. Dezember", "1. Sprachcafé"]),
        (["2 Lotsen je Ort", "E-Learning"], ["2 Lotsen je Ort", "E-Learning"]),
    ],
)
def test_the_signs_of_a_pasted_list_are_no_part_of_a_title(pasted: list[str], titles: list[str]) -> None:
    assert listed(pasted) == titles


def test_another_spelling_is_the_same_idea_and_another_word_is_not(store: Store) -> None:
    collected(store, "Sprachcafé", "Bücherei", "مقهى اللغة")
    again = ["Sprachcafe", "Sprach-Café", "SPRACH CAFÉ", "Buecherei", "مقهى اللغة", "Bucherei", "Sprachcafés"]
    found = collect(store, ANNA, again, reason="r", day=DAY, now=NOW)
    assert list(found.known) == again[:5]
    assert len(found.keys) == 2


def test_dots_of_a_flipchart_are_the_office_s_to_count(store: Store, body: int) -> None:
    one, two = collected(store, "Sprachcafé", "Lotsen")
    number = opened(store, body, (one, two))
    close_workshop(store, OFFICE, number, now=NOW)
    enter_dots(store, OFFICE, number, {one: 7, two: 2}, now=NOW)
    enter_dots(store, OFFICE, number, {one: 6, two: 0}, now=NOW)
    with store.reading() as connection:
        assert [(d.idea, d.count) for d in dots(connection, number)] == [(one, 6)]
        assert workshops(connection)[0].closed_at == NOW
    for counts, code in (({one: -1}, "no_count"), ({}, "no_count"), ({"idea-09999": 3}, "unknown_idea")):
        with refused(code):
            enter_dots(store, OFFICE, number, counts, now=NOW)
    with refused("not_allowed"):
        enter_dots(store, ANNA, number, {one: 1}, now=NOW)
