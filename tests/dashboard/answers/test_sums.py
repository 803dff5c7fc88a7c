"""A sum leads to the values it is made of, and to nothing that the viewer may not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from functools import partial

import pytest

from dashboard.answers.coverage import course
from dashboard.answers.overview import figures_of
from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes
from dashboard.answers.record_values import record_values
from dashboard.answers.said import RATED_BY, said_behind
from dashboard.answers.sums import SumOf, sum_of
from dashboard.parts.html import Markup
from dashboard.parts.trace_dialog import record_markup, sum_markup
from etl.model.store import Store
from etl.rules.facts import SaidBeside
from etl.wording import say
from tests.dashboard.networks import deliver, workbook
from tests.demo import demo

__all__ = ["demo"]

OFFICE = Eyes(office=True)


@pytest.fixture(scope="module")
def network(demo: Store) -> Picture:
    return picture(demo, dt.date(2026, 11, 10))


def parts(network: Picture, asked: str, eyes: Eyes = OFFICE) -> SumOf:
    found = sum_of(network, asked, eyes)
    assert found is not None
    return found


def numbers(found: SumOf, field: str) -> list[Decimal]:
    values = (origin.value for part in found.parts for name, origin in part.values if name == field)
    return [Decimal(str(value)) for value in values if not isinstance(value, dict)]


def test_the_parts_of_a_figure_are_as_many_as_it_says_and_add_up(network: Picture) -> None:
    figures = figures_of(network.facts)
    assert len(parts(network, "people").parts) == figures.people.stated_by
    assert len(parts(network, "cost").parts) == figures.cost.stated_by
    assert len(parts(network, "funding").parts) == figures.funding.stated_by
    assert sum(numbers(parts(network, "staff"), "staff_fte")) == figures.staff.value


def test_the_chart_of_money_leads_to_all_it_is_drawn_from_and_to_all_it_leaves_out(network: Picture) -> None:
    found = course(network)
    groups = found.measures
    need = parts(network, "need")
    assert {part.key for part in need.parts} == {m.key for m in groups.counted} == set(need.told)
    assert sum(told.values["amount"] for told in need.told.values()) == sum(groups.monthly.values())
    both = parts(network, "balance")
    assert {part.key for part in both.parts} == {m.key for m in (*found.drawn, *groups.counted)} == set(both.told)
    assert [part.kind for part in both.parts] == sorted(part.kind for part in both.parts), "funding, then measures"
    html = sum_markup(both, partial(say, "de"), "de")
    assert ">braucht " in html
    assert ">deckt " in html
    lacking = [parts(network, name) for name in ("without_cost", "without_period")]
    assert sorted(key for one in lacking for key in one.told) == sorted(m.key for m in groups.unpriced)
    assert all(set(one.told) == {part.key for part in one.parts} for one in lacking)
    assert lacking[1].parts, "a cost that is stated, but for no period"
    assert [part.title for part in parts(network, "one_off").parts] == ["Modulhäuser Torfzell (40 Plätze)"]
    assert {part.title for part in parts(network, "over").parts} == {m.title for m in groups.over}
    assert {part.key for part in parts(network, "drawn").parts} == {f.key for f in found.drawn}
    left_out = (*groups.unpriced, *groups.one_off, *groups.over, *found.not_drawn)
    assert {part.key for part in parts(network, "left_out").parts} == {one.key for one in left_out}
    assert "Landesprogramm Modulbau" in {f.name for f in found.not_drawn}


def test_the_goals_of_a_rating_are_those_of_the_tally(network: Picture) -> None:
    codes = [rating.code for key, rating in network.ratings.items() if key in network.facts.goal_by_key]
    for code in ("on_track", "at_risk", "off_track", "cannot_be_rated"):
        assert len(parts(network, f"rating:{code}").parts) == codes.count(code)


@pytest.mark.parametrize(
    "asked", ["", "nichts", "__class__", "level:granted:x:y:z", "presence:partner-1:999", "field:"]
)
def test_what_nobody_can_have_clicked_stands_for_nothing(network: Picture, asked: str) -> None:
    found = sum_of(network, asked, OFFICE)
    assert found is None or not found.parts


def test_contacts_are_told_to_those_they_are_shared_with(sqlite_store: Store) -> None:
    heads = ("Organisation", "Ansprechperson", "E-Mail", "Weitergabe an")
    rows = [
        ("Diakonie", "Frau Kern", "kern@example.org", "Netzwerk"),
        ("AWO", "Herr Lau", "lau@example.org", "nur intern"),
    ]
    deliver(sqlite_store, "Kontakte.xlsx", workbook("Partner", heads, *rows), "Landkreis", dt.date(2026, 10, 1))
    seen = picture(sqlite_store, dt.date(2026, 11, 10))

    def told(eyes: Eyes) -> str:
        records = [record_values(seen, contact.key, eyes) for contact in seen.facts.contacts]
        return str(records) + str(sum_of(seen, "contacts", eyes))

    assert "Kern" in told(OFFICE)
    assert "Lau" in told(OFFICE)
    for eyes in (Eyes(role="member"), Eyes(role="partner", partner="partner-99999")):
        assert "Kern" in told(eyes)
        assert "Lau" not in told(eyes)
        assert "lau@" not in told(eyes)
    assert "Kern" not in told(Eyes())
    assert "Lau" not in told(Eyes())


def test_the_proof_of_a_rating_tells_what_its_partner_says_beside_it(network: Picture) -> None:
    facts = network.facts
    goal = next(goal for goal in facts.goals if facts.observations_of.get(_indicator(network, goal.key)))
    measure = network.facts.measures[0].key
    word = {"rating": "at_risk", "text": "Es geht <weiter>.", "day": network.facts.day, "delivery": 1}
    ratings = dict(network.ratings)
    for key in (goal.key, measure):
        said = SaidBeside(record=key, partner=network.facts.partners[0].key, **word)  # type: ignore[arg-type]
        ratings[key] = replace(ratings[key], said=(said,))
    shown, german = replace(network, ratings=ratings), partial(say, "de")

    def told(markup: Markup) -> int:
        return str(markup).count("dazu: „Es geht &lt;weiter&gt;.“")

    values = parts(shown, f"values:{goal.key}")
    assert told(sum_markup(values, german, "de")) == 1
    assert told(sum_markup(parts(shown, "rating"), german, "de")) == 1
    for fields, times in ((RATED_BY, 1), (("lead_org",), 0)):
        found = record_values(shown, measure, OFFICE, fields)
        assert found is not None
        assert told(record_markup(found, german, "de")) == times
    value = next(part.key for part in values.parts if part.kind == "observation")
    assert [sentence.text for sentence in said_behind(shown, value, ("current_value",))] == ["Es geht <weiter>."]


def _indicator(network: Picture, goal: str) -> str:
    return next((indicator.key for indicator in network.facts.indicators_of.get(goal, ())), "")
