"""Agreements and decisions followed up: each state planted and removed again, and what the data say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.rules.facts import Agreement, Contact, Decision, Facts, Meeting, Milestone, Partner
from etl.rules.follow_up import Became, Extras, Noted, bodies_of, follow_up, follow_up_finding, open_agreements
from etl.rules.follow_up_checks import Check, Expectation, check
from etl.rules.meeting import Body
from etl.wording import say
from tests.rules.network import TODAY, facts, funding, goal, indicator, measure, value

YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
MET = dt.date(2026, 9, 1)
STEERING, HOUSING = Body(1, "Steuerungsgruppe", "steering_group"), Body(2, "AG Wohnen", "working_group")
NOW = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
PROMISED = Agreement(
    key="a1", title="Termine abstimmen", responsible="VHS", due=TOMORROW, status="open", meeting_day=MET
)


def with_(*agreements: Agreement, **more: Any) -> Facts:
    return facts(agreements=agreements, **more)


def state(agreement: Agreement, extras: Extras = Extras()) -> str:  # noqa: B008  (frozen)
    [found] = follow_up(with_(agreement), extras)
    return found.state


def test_running_has_a_date_and_an_office_and_is_late_only_on_the_day_after() -> None:
    assert state(PROMISED) == "running"
    assert state(replace(PROMISED, due=TODAY)) == "running"
    assert state(replace(PROMISED, due=YESTERDAY)) == "overdue"
    assert state(replace(PROMISED, due=None, status="overdue")) == "overdue", "its list says so itself"


def test_permanent_needs_the_date_of_its_next_step() -> None:
    assert state(replace(PROMISED, status="ongoing")) == "permanent"
    assert state(replace(PROMISED, status="ongoing", due=None)) == "incomplete"
    assert state(replace(PROMISED, status="ongoing", due=YESTERDAY)) == "overdue"


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ({"due": None}, ("date",)),
        ({"responsible": None}, ("office",)),
        ({"due": None, "responsible": None}, ("date", "office")),
    ],
)
def test_what_is_not_said_is_named(said: dict[str, Any], missing: tuple[str, ...]) -> None:
    [found] = follow_up(with_(replace(PROMISED, **said)), Extras())
    assert (found.state, found.missing) == ("incomplete", missing)
    [found] = follow_up(with_(PROMISED), Extras())
    assert found.missing == ()


def test_done_and_given_up_leave_the_list_once_noted_and_come_back_when_taken_up_again() -> None:
    kept, since = replace(PROMISED, status="kept"), {"a1": NOW}
    noted = {"a1": (Noted("m1", NOW),)}
    assert state(kept) == "done"
    assert state(replace(PROMISED, status="dropped")) == "dropped"
    assert state(kept, Extras(done_since=since, noted=noted)) == "noted"
    assert state(PROMISED, Extras(noted=noted)) == "running", "it is not done: the noting counts no more"
    later = Extras(done_since={"a1": NOW + dt.timedelta(days=1)}, noted=noted)
    assert state(kept, later) == "done", "done once more since it was noted"


def test_of_decisions_those_that_are_taken_are_followed_up() -> None:
    taken = Decision(key="d1", title="Erhebung", day=MET, responsible="Amt", due=YESTERDAY, status="decided")
    waiting = replace(taken, key="d2", status="to_decide", day=TODAY)
    rejected = replace(taken, key="d3", status="rejected")
    found = follow_up(facts(decisions=(taken, waiting, rejected)), Extras())
    assert [(f.key, f.kind, f.state) for f in found] == [("d1", "decision", "overdue")]


def test_a_recommendation_waits_for_whoever_it_goes_to_and_lacks_nothing() -> None:
    advice = Decision(key="d1", title="Mittel übertragen", day=MET, status="decided", kind="recommendation")
    [found] = follow_up(facts(decisions=(advice,)), Extras(addressed={"d1": "council"}))
    assert (found.state, found.missing, found.result, found.addressed) == ("running", (), "recommendation", "council")
    told = Extras(addressed={"d1": "council"}, houses={"d1": ("vhs",)})
    assert follow_up(facts(decisions=(advice,)), told)[0].houses == (), "it waits for the council"
    [found] = follow_up(facts(decisions=(replace(advice, kind=None),)), Extras())
    assert (found.state, found.result) == ("incomplete", "decision")


def test_what_is_late_comes_first_the_oldest_date_before_the_others() -> None:
    old = replace(PROMISED, key="a0", due=dt.date(2026, 1, 1))
    late, done = replace(PROMISED, key="a2", due=YESTERDAY), replace(PROMISED, key="a3", status="kept")
    assert [f.key for f in follow_up(with_(PROMISED, done, late, old), Extras())] == ["a0", "a2", "a3", "a1"]


def test_it_belongs_to_the_body_whose_meeting_wrote_it_down_or_that_met_on_its_day() -> None:
    known = Extras(bodies=(STEERING, HOUSING), body_of={"m9": 2})
    met = with_(PROMISED, meetings=(Meeting(key="m1", title="AG", day=MET, body="AG  wohnen"),))
    assert bodies_of("a1", met, known) == {2}
    assert bodies_of("a1", with_(PROMISED), replace(known, meeting_of={"a1": "m9"})) == {2}
    assert [f.key for f in open_agreements(met, known, HOUSING, TODAY)] == ["a1"]
    assert open_agreements(met, known, STEERING, TODAY) == ()
    nobodys = with_(PROMISED)
    assert [f.key for f in open_agreements(nobodys, known, STEERING, TODAY)] == ["a1"], "lest it be lost"
    assert open_agreements(nobodys, known, HOUSING, TODAY) == ()


def test_what_it_should_change_decides_when_the_data_show_it() -> None:
    wanted = Extras(expects={"a1": (Expectation("measure_status", "M1", value="completed"),)})
    running, over = measure("M1"), measure("M1", status="completed")
    [found] = follow_up(with_(PROMISED, measures=(running,)), wanted)
    assert (found.state, found.checks[0].state, found.checks[0].by) == ("running", "not_yet", TOMORROW)
    late = replace(PROMISED, due=YESTERDAY)
    [found] = follow_up(with_(late, measures=(over,)), wanted)
    assert (found.state, found.checks[0].evidence) == ("fulfilled", "M1"), "nobody has to say so, and it is not late"
    earlier = Extras(expects={"a1": (replace(wanted.expects["a1"][0], by=YESTERDAY),)})
    [found] = follow_up(with_(PROMISED, measures=(running,)), earlier)
    assert (found.state, found.checks[0].state) == ("overdue", "missed")


def _contacts(*names: str) -> dict[str, Any]:
    people = tuple(Contact(key=f"c{i}", partner="VHS", name=name) for i, name in enumerate(names))
    return {"partners": (Partner(key="VHS", name="VHS"),), "contacts": people}


def _milestones(*done: bool) -> dict[str, Any]:
    stones = tuple(Milestone(dt.date(2026, 1 + i, 1), f"Stufe {i + 1}", d) for i, d in enumerate(done))
    return {"measures": (measure("M1", milestones=stones),)}


def _money(**more: Any) -> dict[str, Any]:
    return {"measures": (measure("M1", funding_keys=("F1",)),), "fundings": (funding("F1", **more),)}


def _value(on: str, received: dt.date) -> dict[str, Any]:
    return {"goals": (goal(),), "indicators": (indicator(),), "observations": (value("52", on, received=received),)}


@pytest.mark.parametrize(
    ("expectation", "before", "after", "evidence"),
    [
        (Expectation("milestone_reported", "M1", value="2"), _milestones(True, False), _milestones(False, True), "M1"),
        (Expectation("milestone_reported", "M1", value="stufe 1"), _milestones(False, True), _milestones(True), "M1"),
        (Expectation("contact_named", "VHS", value="2"), _contacts("Ada", "ada "), _contacts("Ada", "Ben"), "c1"),
        (Expectation("funding_applied", "M1"), _money(status="idea"), _money(status="applied"), "F1"),
        (Expectation("funding_applied", "M1"), _money(start=MET - dt.timedelta(days=300)), _money(start=TODAY), "F1"),
        (Expectation("value_reported", "S2"), _value("2026-06-30", MET), _value("2026-06-30", TODAY),
         "S2-i-2026-06-30"),
        (Expectation("value_reported", "S2-i", value="2026-09-30"), _value("2026-06-30", TODAY),
         _value("2026-09-30", TODAY), "S2-i-2026-09-30"),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_seen_in_the_facts_with_its_evidence(
    expectation: Expectation, before: dict[str, Any], after: dict[str, Any], evidence: str
) -> None:
    def checked(on: dict[str, Any], due: dt.date) -> Check:
        return check(expectation, facts(**on), MET, due)

    assert checked(before, TODAY).state == "not_yet"
    assert checked(before, YESTERDAY).state == "missed"
    assert (checked(after, YESTERDAY).state, checked(after, YESTERDAY).evidence) == ("kept", evidence)


def test_what_it_was_about_is_explained_when_it_is_gone() -> None:
    wanted = {"a1": (Expectation("measure_status", "M1", value="completed"),)}
    became = Became("Wohnlotsen", "removed", reason="doppelt geführt", day=YESTERDAY)
    [found] = follow_up(with_(PROMISED), Extras(expects=wanted, became={"a1": (became,)}))
    assert (found.state, found.checks[0].state, found.gone) == ("running", "gone", (became,))
    [found] = follow_up(with_(PROMISED, measures=(measure("M1"),)), Extras(expects=wanted))
    assert (found.checks[0].state, found.gone) == ("not_yet", ())


@pytest.mark.parametrize(
    ("late", "other", "done", "open_", "said"),
    [
        (0, 0, 0, 0, "Noch ist nichts vereinbart."),
        (1, 0, 0, 0, "Die eine offene Vereinbarung ist überfällig."),
        (0, 1, 0, 0, "Eine Vereinbarung ist offen, sie ist nicht überfällig."),
        (0, 0, 2, 0, "Keine Vereinbarung ist offen. Zwei sind zur Kenntnis zu nehmen."),
        (0, 2, 0, 0, "Zwei Vereinbarungen sind offen, keine ist überfällig."),
        (1, 1, 1, 1, "Eine von drei offenen Vereinbarungen ist überfällig. Eine ist zur Kenntnis zu nehmen. "
         "Bei einer fehlt Termin oder zuständiges Haus."),
        (2, 9, 2, 2, "Zwei von dreizehn offenen Vereinbarungen sind überfällig. Zwei sind zur Kenntnis zu nehmen. "
         "Bei zwei fehlen Termin oder zuständiges Haus."),
    ],
)  # fmt: skip
def test_the_finding_reads_well_at_every_number(late: int, other: int, done: int, open_: int, said: str) -> None:
    kinds = [{"due": YESTERDAY}] * late + [{}] * other + [{"status": "kept"}] * done + [{"due": None}] * open_
    every = [replace(PROMISED, key=f"a{i}", **kind) for i, kind in enumerate(kinds)]  # type: ignore[arg-type]
    finding = follow_up_finding(follow_up(with_(*every), Extras()))
    spoken = " ".join(say("de", one.code, **one.values) for one in finding.sentences).replace("\u00a0", " ")
    assert spoken == said
    assert all(say("en", one.code, **one.values).endswith(".") for one in finding.sentences)


def test_the_finding_when_all_is_noted() -> None:
    kept = replace(PROMISED, status="kept")
    noted = Extras(noted={"a1": (Noted("m1", NOW),), "a2": (Noted("m1", NOW),)})
    for agreements, said in (((kept,), "Die eine"), ((kept, replace(kept, key="a2")), "Alle zwei")):
        finding = follow_up_finding(follow_up(with_(*agreements), noted))
        assert say("de", finding.code, **finding.values).startswith(said)
