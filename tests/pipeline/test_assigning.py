"""What a person says a record belongs to: it counts, is remembered, gives way to the partner's word, is taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.judgements import Assignment, judgements
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.assigning import Choice, assign, undo_assignments
from etl.pipeline.export import as_json, export_state
from etl.pipeline.judging import JudgementRefused
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.rebuild import rebuild_into
from etl.rules.facts import Facts
from etl.rules.gaps import measures_to_assign
from tests.dashboard.networks import deliver, workbook

GOALS = ("Ziel-Nr.", "Wirkungsziel")
SPRING, AUTUMN, NOW = dt.date(2026, 4, 10), dt.date(2026, 10, 10), dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def network(store: Store) -> Store:
    """Two goals, and a list of the VHS that names none."""
    goals = workbook("Ziele", GOALS, ("S1", "Mehr Deutsch"), ("W1", "Eigene Wohnungen"))
    deliver(store, "ziele.xlsx", goals, "Landkreis", SPRING)
    deliver(store, "liste.xlsx", measures("Sprachcafé", "Yogakurs"), "VHS", SPRING)
    return store


def measures(*titles: str, goal: str | None = None) -> bytes:
    rows = [(title, "läuft", goal) if goal else (title, "läuft") for title in titles]
    return workbook("Maßnahmen", ("Maßnahme", "Status", "Ziel")[: 3 if goal else 2], *rows)


def facts(network: Store, day: dt.date = dt.date(2026, 11, 10)) -> Facts:
    with network.reading() as connection:
        return facts_of(connection, state_on(connection, day), day)


def key(network: Store, title: str) -> str:
    found = facts(network)
    [one] = [record.key for record in (*found.measures, *found.goals) if title in (record.title, record.id)]
    return one


def goals_of(network: Store, title: str) -> tuple[str, ...]:
    found = facts(network)
    [one] = [m for m in found.measures if m.title == title]
    return tuple(found.goal_by_key[goal].id or "" for goal in one.goals)


def choose(network: Store, title: str, *goals: str) -> Choice:
    return Choice(key(network, title), "goal_ref", tuple(key(network, goal) for goal in goals), ("words",))


def said(network: Store, *choices: Choice) -> tuple[int, ...]:
    return assign(network, choices, person="Anna", reason="Telefonat", now=NOW).numbers


def test_an_assignment_counts_carries_who_and_why_and_is_taken_back(network: Store) -> None:
    numbers = said(network, choose(network, "Sprachcafé", "S1"), choose(network, "Yogakurs"))
    assert (goals_of(network, "Sprachcafé"), goals_of(network, "Yogakurs")) == (("S1",), ())
    assert measures_to_assign(facts(network)) == ()
    assigned = facts(network).assigned[key(network, "Sprachcafé"), "goal_ref"]
    assert (assigned.person, assigned.reason, assigned.day) == ("Anna", "Telefonat", NOW.date())
    assert undo_assignments(network, numbers, now=NOW, by="Anna") == 2
    assert [m.title for m in measures_to_assign(facts(network))] == ["Sprachcafé", "Yogakurs"]
    with pytest.raises(JudgementRefused, match="nothing_to_undo"):
        undo_assignments(network, numbers, now=NOW, by="Anna")


def test_it_is_no_report_and_no_statement(network: Store) -> None:
    before = facts(network).measure_by_key[key(network, "Sprachcafé")]
    said(network, choose(network, "Sprachcafé", "S1"))
    after = facts(network).measure_by_key[before.key]
    assert (after.reported_on, after.reported_in_rounds) == (before.reported_on, before.reported_in_rounds)
    exported = export_state(network, today=NOW.date())
    [record] = [m for m in exported["measure"] if m["key"] == before.key]
    assert "goal_ref" not in record
    assert (record["assigned"]["goal_ref"]["person"], len(record["assigned"]["goal_ref"]["keys"])) == ("Anna", 1)


def test_the_next_round_remembers_it_until_the_partner_names_a_goal_itself(network: Store) -> None:
    said(network, choose(network, "Sprachcafé", "S1"), choose(network, "Yogakurs"))
    deliver(network, "liste.xlsx", measures("Sprachcafé", "Yogakurs", "Töpferkurs"), "VHS", AUTUMN)
    assert goals_of(network, "Sprachcafé") == ("S1",)
    assert [m.title for m in measures_to_assign(facts(network))] == ["Töpferkurs"]
    deliver(network, "mit_ziel.xlsx", measures("Sprachcafé", goal="W1"), "VHS", AUTUMN + dt.timedelta(7))
    assert goals_of(network, "Sprachcafé") == ("W1",), "the partner's word"
    assert (key(network, "Sprachcafé"), "goal_ref") in facts(network).assigned, "the office is asked about its own"


def test_what_was_known_before_knows_nothing_of_it(network: Store) -> None:
    said(network, choose(network, "Sprachcafé", "S1"))
    with network.reading() as connection:
        state = state_on(connection, AUTUMN, NOW - dt.timedelta(minutes=1))
        then = facts_of(connection, state, AUTUMN)
    assert all(not m.goals for m in then.measures)


@pytest.mark.parametrize(
    ("code", "person", "reason", "field", "target"),
    [
        ("without_reason", "Anna", "  ", "goal_ref", "S1"),
        ("without_person", " ", "weil", "goal_ref", "S1"),
        ("other_kind", "Anna", "weil", "title", "S1"),
        ("unknown_record", "Anna", "weil", "goal_ref", None),
    ],
)
def test_what_makes_no_sense_stores_nothing(
    network: Store, code: str, person: str, reason: str, field: str, target: str | None
) -> None:
    wrong = Choice(key(network, "Sprachcafé"), field, (key(network, target) if target else "goal-99999",))
    version = network.version()
    with pytest.raises(JudgementRefused, match=code):
        assign(network, [choose(network, "Yogakurs", "S1"), wrong], person=person, reason=reason, now=NOW)
    assert network.version() == version
    assert facts(network).assigned == {}


def test_of_two_people_the_first_is_heard_and_the_second_told(network: Store) -> None:
    both = [choose(network, "Sprachcafé", "S1"), choose(network, "Yogakurs", "W1")]
    said(network, both[0])
    outcome = assign(network, both, person="Boris", reason="weil", now=NOW)
    assert (len(outcome.numbers), outcome.skipped) == (1, (key(network, "Sprachcafé"),))
    assert facts(network).assigned[key(network, "Sprachcafé"), "goal_ref"].person == "Anna"


def test_the_state_is_rebuilt_with_its_assignments(network: Store, sqlite_store: Store) -> None:
    numbers = said(network, choose(network, "Sprachcafé", "S1"), choose(network, "Yogakurs"))
    undo_assignments(network, numbers[1:], now=NOW + dt.timedelta(1), by="Anna")
    rebuild_into(network, sqlite_store)
    assert as_json(export_state(sqlite_store, today=NOW.date())) == as_json(export_state(network, today=NOW.date()))
    with network.reading() as one, sqlite_store.reading() as other:
        kept, again = (judgements(c, Assignment, with_undone=True) for c in (one, other))
    assert [row[1:] for row in again] == [row[1:] for row in kept]
