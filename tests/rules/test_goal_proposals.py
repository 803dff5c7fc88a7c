"""What is proposed for whom, and what speaks for it."""

from __future__ import annotations

from typing import Any

import pytest

from etl.rules.facts import Assigned, Facts, Funding, Goal, Measure, Need, Partner
from etl.rules.gaps import fundings_without_measure, measures_to_assign, measures_without_partner, needs_without_answer
from etl.rules.goal_proposals import GoalProposals
from etl.rules.link_proposals import MeasureProposals, PartnerProposals
from etl.rules.proposal import Evidence
from tests.rules.network import TODAY, measure

GOALS = (
    Goal(key="L", title="Alle verstehen einander", level="lead_goal", field_of_action="Sprache"),
    Goal(key="S", title="Wer einen Sprachkurs braucht, findet einen Platz.", parent="L", field_of_action="Sprache"),
    Goal(key="W", title="Geflüchtete ziehen in eigene Wohnungen.", field_of_action="Wohnen"),
    Goal(key="F", title="Mehr zugewanderte Frauen üben einen Beruf aus.", field_of_action="Arbeit"),
)
NEW = measure("NEW", title="Neue Maßnahme")


def network(*measures: Measure, **more: Any) -> Facts:
    return Facts(day=TODAY, goals=GOALS, measures=(NEW, *measures), **more)


def first(facts: Facts, record: Measure | Need) -> tuple[str, tuple[Evidence, ...]] | None:
    found = GoalProposals(facts).of(record)
    return (found[0].key, found[0].evidence) if found else None


def test_words_field_and_group_speak_for_a_goal_in_that_order() -> None:
    found = first(network(), measure(title="Sprachkurs am Abend", field_of_action="Spracherwerb"))
    assert found == ("S", (Evidence("words", "Sprachkurs", "Sprachkurs"), Evidence("field", "Spracherwerb")))
    women = first(network(), measure(title="Job-Treff für Frauen", target_group=("women",)))
    assert women is not None
    assert women[0] == "F"
    assert Evidence("group", "women") in women[1]


def test_a_word_in_a_compound_or_of_the_same_theme_speaks_for_it_too() -> None:
    for title in ("Mietwohnungsbörse", "Umzugshilfe"):
        assert (first(network(), measure(title=title)) or ("",))[0] == "W", title


def test_a_measure_like_one_that_serves_a_goal_is_proposed_for_it_and_safe() -> None:
    before = measure("OLD", title="Café Kunterbunt 2025", goals=("F",), status="completed")
    [proposal] = GoalProposals(network(before)).of(measure(title="Café Kunterbunt 2026"))
    assert (proposal.key, proposal.safe) == ("F", True)
    assert Evidence("like", "Café Kunterbunt 2025") in proposal.evidence


def test_the_programme_that_carries_measures_of_one_goal_speaks_for_it() -> None:
    served = measure("OLD", title="Anderes", goals=("W",), funding_keys=("A",))
    own = measure("M9", title="Wohnen leicht gemacht", funding_keys=("B",))
    facts = network(served, own, fundings=(Funding(key="A", programme="AMIF"), Funding(key="B", programme="AMIF")))
    found = first(facts, own)
    assert found is not None
    assert (found[0], Evidence("programme", "AMIF") in found[1]) == ("W", True)


@pytest.mark.parametrize(
    "title", ["Weihnachtsfeier", "", "🙂", "123", "Digitalisierung der Personalakten", "x" * 5000, "<b>&</b>"]
)
def test_nothing_is_proposed_where_nothing_speaks_for_it(title: str) -> None:
    assert GoalProposals(network()).of(measure(title=title)) == ()


def test_without_goals_nothing_is_proposed() -> None:
    assert GoalProposals(Facts(day=TODAY, measures=(NEW,))).of(measure(title="Sprachkurs")) == ()


def test_a_lead_goal_is_proposed_only_where_nothing_lies_beneath_it() -> None:
    keys = {p.key for p in GoalProposals(network()).of(measure(title="Alle verstehen einander im Sprachkurs"))}
    assert "L" not in keys


def test_what_a_person_said_is_asked_no_more() -> None:
    unled = measure("M2", partner=None, lead=None, lead_partner=None)
    facts = Facts(
        day=TODAY,
        goals=GOALS,
        measures=(measure("M1", lead_partner="vhs"), unled),
        partners=(Partner(key="vhs", name="VHS"),),
        fundings=(Funding(key="F1", programme="AMIF"), Funding(key="F2", programme="ESF", status="rejected")),
        needs=(Need(key="N1", title="Busse am Abend"), Need(key="N2", title="Kurse", goals=("S",))),
    )
    assert [m.key for m in measures_to_assign(facts)] == ["M1", "M2"]
    assert [m.key for m in measures_without_partner(facts)] == ["M2"]
    assert [f.key for f in fundings_without_measure(facts)] == ["F1"]
    assert [n.key for n in needs_without_answer(facts)] == ["N1"]
    to_none = Assigned(1, (), "Anna", "gehört zu keinem", TODAY)
    said = [("M1", "goal_ref"), ("M2", "lead_org"), ("F1", "measure_ref"), ("N1", "goal_ref")]
    after = Facts(
        day=TODAY,
        goals=GOALS,
        measures=facts.measures,
        partners=facts.partners,
        fundings=facts.fundings,
        needs=facts.needs,
        assigned=dict.fromkeys(said, to_none),
    )
    assert [m.key for m in measures_to_assign(after)] == ["M2"]
    assert not (*measures_without_partner(after), *fundings_without_measure(after), *needs_without_answer(after))


def test_money_needs_and_leads_find_theirs() -> None:
    course = measure("M1", title="Sprachkurs am Abend mit Kinderbetreuung", partner="vhs", location="Wessenfurt")
    partners = (Partner(key="vhs", name="Volkshochschule Lindenmark e. V.", short_name="VHS"),)
    facts = Facts(day=TODAY, measures=(course, measure("M2", title="Wohnlotsen")), partners=partners)
    money = Funding(key="F1", title="Abendkurse mit Kinderbetreuung", recipient="VHS")
    [for_money, *_] = MeasureProposals(facts).of_funding(money)
    assert (for_money.key, Evidence("partner") in for_money.evidence) == ("M1", True)
    need = Need(key="N1", title="Kinderbetreuung am Abend", location="Wessenfurt")
    [for_need, *_] = MeasureProposals(facts).of_need(need)
    assert (for_need.key, Evidence("place", "Wessenfurt") in for_need.evidence) == ("M1", True)
    [lead] = PartnerProposals(facts).of(measure("M3", lead="Volkshochschule in Lindenmark"))
    assert (lead.key, lead.evidence) == ("vhs", (Evidence("name", "Volkshochschule in Lindenmark"),))
    assert PartnerProposals(facts).of(measure("M3", lead="Stadtwerke")) == ()
