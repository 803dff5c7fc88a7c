"""The agenda: each origin stands on it where there is cause and goes with the cause; times add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from etl.rules.agenda import Occasion, Proposed, covered, placed, propose, times, without_consequence
from etl.rules.facts import Cooperation, Decision, Facts, FieldOfAction, Funding, Idea, Partner
from etl.rules.follow_up import Followed
from etl.rules.meeting import Body, Item
from etl.rules.rating import Rating
from etl.wording import LANGUAGES, say
from etl.wording.quantity import Quantity
from tests.rules.network import THRESHOLDS, TODAY, goal, measure

_STEERING = Body(1, "Steuerungsgruppe", "steering_group", may_decide=True)
_HOUSING = Body(2, "AG Wohnen", "working_group", fields=("f-w",))
_FIELDS = (FieldOfAction(key="f-s", title="Sprache"), FieldOfAction(key="f-w", title="Wohnen"))
_GOALS = (
    goal("S2", id="S2", field_of_action="Sprache", responsible="VHS"),
    goal("W1", id="W1", field_of_action="Wohnen"),
)
_OFF = Rating("off_track", "moving_wrong_way", {"p": Decimal("-0.4"), "e": Decimal("0.6")})
_ON = Rating("on_track", "on_path")


def _occasion(body: Body | None = _STEERING, *, ratings: dict[str, Rating] | None = None, **more: Any) -> Occasion:
    occasion = {name: more.pop(name) for name in list(more) if name in Occasion.__dataclass_fields__}
    partners = (Partner(key="p-vhs", name="Volkshochschule e. V.", short_name="VHS"),)
    facts = Facts(day=TODAY, fields_of_action=_FIELDS, goals=_GOALS, partners=partners, **more)
    return Occasion(body=body, facts=facts, ratings=ratings or {}, thresholds=THRESHOLDS, **occasion)


def _of(origin: str, occasion: Occasion, existing: tuple[Item, ...] = ()) -> list[Proposed]:
    return [one for one in propose(occasion, existing) if one.origin == origin]


def _item(origin: str, *records: str, number: int = 1, **more: Any) -> Item:
    return Item(number, "meeting-1", number, origin, "Punkt", records, **more)  # type: ignore[arg-type]


_CAUSES: dict[str, dict[str, Any]] = {
    "open_agreements": {"followed": (Followed("a-1", "agreement", "Zusage", "overdue"),)},
    "goal": {"ratings": {"S2": _OFF}},
    "decision": {"decisions": (Decision(key="d-1", title="Zweiter Kurs? Kosten 38.000 €.", status="to_decide"),)},
    "funding": {"fundings": (Funding(key="fu-1", title="Fonds", status="granted", end=dt.date(2026, 12, 31)),)},
    "cooperation": {"cooperations": (Cooperation(key="c-1", title="Sprechstunde", status="dormant"),)},
    "contradiction": {"contradictions": (("o-1", "S2"),)},
    "idea": {"ideas": (Idea(key="i-1", title="Sprachcafé"),)},
}


@pytest.mark.parametrize("origin", _CAUSES)
def test_an_item_stands_there_with_its_cause_and_goes_with_it(origin: str) -> None:
    planted = _of(origin, _occasion(**_CAUSES[origin]))
    assert len(planted) == 1
    assert planted[0].records
    assert not _of(origin, _occasion())


@pytest.mark.parametrize("origin", _CAUSES)
@pytest.mark.parametrize("dropped", [False, True])
def test_what_stands_there_or_was_dropped_is_not_proposed_again(origin: str, dropped: bool) -> None:
    occasion = _occasion(**_CAUSES[origin])
    (once,) = _of(origin, occasion)
    assert not _of(origin, occasion, (_item(origin, *once.records, dropped=dropped),))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_has_its_sentences(language: str) -> None:
    causes = {name: value for cause in _CAUSES.values() for name, value in cause.items()}
    occasion = _occasion(**causes, last=dt.date(2026, 2, 10), council="Kreistag", next_day=dt.date(2027, 5, 11))
    found = propose(occasion)
    assert len(found) == len(_CAUSES) + 3
    for one in found:
        for told in (one.title, *one.proposal, *one.consequence):
            values = dict(told.values)
            if "rating" in values:
                values["rating"] = say(language, f"rating.{values['rating']}")
            assert say(language, told.code, **values).strip()


def test_the_items_stand_in_the_order_of_a_meeting() -> None:
    causes = {name: value for cause in _CAUSES.values() for name, value in cause.items()}
    origins = [one.origin for one in propose(_occasion(**causes))]
    assert origins == ["opening", *_CAUSES, "council_report", "next_meeting"]


def test_the_worst_goal_comes_first_and_one_that_got_worse_is_spoken_of_too() -> None:
    slow = Rating("off_track", "forecast_misses_far", {"p": Decimal("0.1"), "e": Decimal("0.9")})
    assert [one.records for one in _of("goal", _occasion(ratings={"S2": slow, "W1": _OFF}))] == [("W1",), ("S2",)]
    risk = Rating("at_risk", "behind_path")
    assert not _of("goal", _occasion(ratings={"S2": risk}, ratings_before={"S2": risk}))
    assert _of("goal", _occasion(ratings={"S2": risk}, ratings_before={"S2": _ON}))


def test_a_working_group_speaks_about_its_own_field_only() -> None:
    ratings = {"S2": _OFF, "W1": _OFF}
    assert [one.records for one in _of("goal", _occasion(_HOUSING, ratings=ratings))] == [("W1",)]
    assert len(_of("goal", _occasion(ratings=ratings))) == 2
    assert not _of("council_report", _occasion(_HOUSING))


def test_only_a_body_that_may_decide_is_asked_to() -> None:
    asked = Decision(key="d-1", title="Schulung?", body="AG Wohnen", status="to_decide", goals=("W1",))
    (proposed,) = _of("decision", _occasion(_HOUSING, decisions=(asked,)))
    assert proposed.title.code == "agenda.title.recommendation"
    (decided,) = _of("decision", _occasion(replace(_HOUSING, may_decide=True), decisions=(asked,)))
    assert decided.title.code == "agenda.title.decision"
    assert not _of("decision", _occasion(decisions=(asked,)))  # it was put to another body


def test_two_decisions_about_one_goal_are_two_items() -> None:
    asked = [Decision(key=f"d-{n}", title=f"Frage {n}?", status="to_decide", goals=("S2",)) for n in (1, 2)]
    first, second = _of("decision", _occasion(decisions=tuple(asked)))
    standing = (_item("decision", *first.records),)
    assert not covered(standing, "decision", second.records)
    assert [one.records[0] for one in _of("decision", _occasion(decisions=tuple(asked)), standing)] == ["d-2"]


def test_who_is_responsible_reports() -> None:
    (proposed,) = _of("goal", _occasion(ratings={"S2": _OFF}))
    assert proposed.reports == ("p-vhs",)


def test_what_was_noted_is_spoken_of_no_more() -> None:
    noted = Followed("a-1", "agreement", "Zusage", "noted")
    assert not _of("open_agreements", _occasion(followed=(noted,)))
    (late,) = _of("open_agreements", _occasion(followed=(noted, Followed("a-2", "agreement", "Zusage", "overdue"))))
    assert late.records == ("a-2",)
    assert late.proposal[0].values == {"n": 1}
    (done,) = _of("open_agreements", _occasion(followed=(Followed("a-3", "agreement", "Zusage", "done"),)))
    assert done.title.values == {"n": 0}


def test_money_that_carries_another_field_is_not_this_groups() -> None:
    money = Funding(key="fu-1", title="Fonds", status="granted", end=dt.date(2026, 12, 31))
    measures = (measure("M1", goals=("S2",), funding_keys=("fu-1",)),)
    assert not _of("funding", _occasion(_HOUSING, fundings=(money,), measures=measures))
    assert _of("funding", _occasion(fundings=(money,), measures=measures))


def test_proposals_are_shortened_until_they_fit_and_no_further() -> None:
    causes = {name: value for cause in _CAUSES.values() for name, value in cause.items()}
    occasion = _occasion(**causes)
    long = sum(one.minutes for one in propose(occasion))
    assert sum(one.minutes for one in propose(occasion, minutes=long - 10)) == long - 10
    shortest = propose(occasion, minutes=10)
    assert all(one.minutes >= 5 for one in shortest)
    assert len(shortest) == len(propose(occasion))


@pytest.mark.parametrize(
    ("minutes", "planned", "also"),
    [((60, 60), 120, "fits"), ((60, 50), 120, "left"), ((60, 90), 120, "too_long"), ((60,), None, None)],
)
def test_times_add_up(minutes: tuple[int, ...], planned: int | None, also: str | None) -> None:
    items = [_item("own", number=n, minutes=m) for n, m in enumerate(minutes, 1)]
    found = times([*items, _item("own", number=9, minutes=500, dropped=True)], planned)
    assert found.values["minutes"] == sum(minutes)
    assert (found.also.code if found.also else None) == (f"agenda.finding.{also}" if also else None)


def test_a_new_item_stands_behind_those_of_its_kind_wherever_people_moved_them() -> None:
    items = (_item("opening"), _item("decision", number=2), _item("goal", number=3), _item("next_meeting", number=4))
    assert placed(items, "goal") == 3
    assert placed(items, "open_agreements") == 1
    assert placed((), "goal") == 0


def test_decisions_without_a_consequence_are_counted() -> None:
    asked = [_item("decision"), _item("decision", consequence="Der Kurs entfällt."), _item("goal")]
    assert without_consequence(asked) == 1


def test_a_body_without_anything_still_opens_and_looks_ahead() -> None:
    nothing = Occasion(body=None, facts=Facts(day=TODAY), ratings={}, thresholds=THRESHOLDS)
    assert [one.origin for one in propose(nothing, minutes=0)] == ["opening", "council_report", "next_meeting"]


@pytest.mark.parametrize(
    ("unit", "baseline", "target", "german", "english"),
    [
        ("Monate", 9, 4, "um 11,8 Monate über dem Zielwert.", "11.8 Monate above its target on"),
        ("%", 40, 65, "um 11,8 Punkte unter dem Zielwert.", "11.8 points below its target on"),
        ("Personen", 240, 320, "um 11,8 Personen unter dem Zielwert.", "11.8 Personen below its target on"),
        ("Plätze", 20, 120, "um 11,8 Plätze unter dem Zielwert.", "11.8 Plätze below its target on"),
    ],
)
def test_what_a_goal_misses_is_said_of_its_value(
    unit: str, baseline: int, target: int, german: str, english: str
) -> None:
    """„Um 11,8 Monate verfehlt“ would be heard as late by months."""
    inputs = {"baseline": Decimal(baseline), "target": Decimal(target), "unit": unit}
    foreseen = inputs | {"forecast_missing": Decimal("11.8"), "target_day": dt.date(2027, 12, 31)}
    occasion = _occasion(ratings={"S2": Rating("off_track", "moving_wrong_way", foreseen)})
    (found,) = _of("goal", occasion)[0].consequence
    values = dict(found.values)
    values["forecast_missing"] = Quantity(values["forecast_missing"], values["unit"], difference=True)
    told = [say(language, found.code, **values).replace("\u00a0", " ") for language in ("de", "en")]
    assert told[0].endswith(german)
    assert english in told[1]
