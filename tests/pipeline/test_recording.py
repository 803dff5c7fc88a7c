"""What a meeting writes down: kinds, versions beside each other, facts that follow, on both engines."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest

from etl.model.accounts import User
from etl.model.bodies import body_of, save_body
from etl.model.meeting_results import result_of, results_of, versions_of
from etl.model.meetings import plan_of, save_item, save_plan, set_meeting_role
from etl.model.state import Known, state_on
from etl.model.store import Store
from etl.pipeline.catalogue import add_record
from etl.pipeline.enter import enter
from etl.pipeline.export import export_state
from etl.pipeline.gone import say_gone
from etl.pipeline.meeting.attending import note_guests
from etl.pipeline.meeting.recording import change, record, settle_correction, withdraw
from etl.pipeline.meeting.stating import RecordingRefused
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.rebuild import rebuild_into
from etl.rules.meeting import RESULT_KINDS, Body, Item, Plan, ResultKind
from etl.rules.results import Expected, Holder, ResultSaid, View, objection, said_of, standing

DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 13, 30, tzinfo=dt.UTC)
LATER = dt.date(2027, 2, 1)


def person(name: str, role: str = "coordinator", partner: str | None = None) -> User:
    return User(name.lower(), name, role, partner, "de", False, NOW)  # type: ignore[arg-type]


ANNA, BEN = person("Anna"), person("Ben", "member")


@dataclass
class Network:
    store: Store
    meeting: str
    body: int
    item: int
    goal: str
    partners: dict[str, str]
    waiting: str

    def state(self, kind: str, key: str | None = None) -> Known:
        with self.store.reading() as connection:
            found = state_on(connection).kind(kind)
        return found[key] if key else next(reversed(found.values()))

    def count(self, kind: str) -> int:
        with self.store.reading() as connection:
            return len(state_on(connection).kind(kind))

    def record(self, kind: ResultKind, said: ResultSaid, name: str = "eins", user: User = ANNA, minutes: int = 0):  # type: ignore[no-untyped-def]
        now = NOW + dt.timedelta(minutes=minutes)
        return record(self.store, self.meeting, kind, said, name=name, user=user, now=now, item=self.item)

    def said(self, result: int) -> list[str]:
        with self.store.reading() as connection:
            rows = versions_of(connection, [result])[result]
        return [said_of(row.said).text for row in standing(rows)]

    def agreement(self, **other: object) -> ResultSaid:
        told = {"text": "Zweiter Abendkurs B1", "due": LATER, "goals": (self.goal,)} | other
        return ResultSaid(**{"who": (Holder(self.partners["VHS"]),), **told})  # type: ignore[arg-type]


@pytest.fixture
def network(store: Store) -> Network:
    told = {"day": DAY, "person": "Amt", "reason": "Katalog", "now": NOW - dt.timedelta(days=1)}
    partners = {n: enter(store, "partner", {"name": n}, **told).key for n in ("VHS", "Jobcenter", "Diakonie")}  # type: ignore[arg-type]
    goal = add_record(store, "goal", {"title": "Mehr Deutsch", "id": "S2"}, **told).key  # type: ignore[arg-type]
    waits = {"text": "Abendkurs aus Restmitteln?", "status": "to_decide", "consequence": "114 warten weiter"}
    waiting = enter(store, "decision", waits, **told).key  # type: ignore[arg-type]
    meeting = enter(store, "meeting", {"title": "7. Sitzung", "date": DAY.isoformat()}, **told).key  # type: ignore[arg-type]
    with store.writing() as connection:
        saved = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group", may_decide=True), by="Amt", now=NOW)
        save_plan(connection, Plan(meeting, saved.id, DAY, "running"), by="Amt", now=NOW)
        item = save_item(connection, Item(0, meeting, 0, "decision", "Abendkurs", (waiting, goal)), by="Amt", now=NOW)
        set_meeting_role(connection, meeting, "ben", "recorder", holds=True)
    return Network(store, meeting, saved.id, item, goal, partners, waiting)


def test_an_agreement_binds_only_who_said_yes(network: Network) -> None:
    vhs, job, dia = network.partners.values()
    who = (Holder(vhs), Holder(job, "with_reservation", "nur mit Kinderbetreuung"), Holder(dia, "open"))
    saved = network.record("agreement", network.agreement(who=who))
    fact = network.state("agreement")
    assert fact.values == {
        "title": "Zweiter Abendkurs B1", "responsible": ["VHS", "Jobcenter"], "status": "open",
        "meeting_date": "2026-11-10", "due": "2027-02-01", "due_precision": "day", "goal_ref": ["S2"],
        "comment": "Jobcenter: nur mit Kinderbetreuung",
    }  # fmt: skip
    with network.store.reading() as connection:
        assert result_of(connection, saved.result).record == fact.key


def test_an_agreement_nobody_said_yes_to_is_none_until_somebody_does(network: Network) -> None:
    asked = network.agreement(who=(Holder(network.partners["VHS"], "open"),))
    saved = network.record("agreement", asked)
    assert network.count("agreement") == 0
    told = replace(asked, who=(Holder(network.partners["VHS"], "promised"),))
    change(network.store, saved.result, told, based_on=saved.version, user=BEN, now=NOW)
    assert network.state("agreement").value("responsible") == ["VHS"]
    change(network.store, saved.result, asked, based_on=saved.version + 1, user=BEN, now=NOW)
    assert network.count("agreement") == 0


@pytest.mark.parametrize("kind", ["decision", "recommendation"])
def test_what_waited_is_decided_and_waits_again_when_that_is_withdrawn(network: Network, kind: ResultKind) -> None:
    said = ResultSaid("Der Kurs wird eingerichtet.", about=network.waiting, addressed_to="council", due=LATER)
    saved = network.record(kind, said)
    fact = network.state("decision", network.waiting)
    assert (fact.value("status"), fact.value("kind"), fact.value("body")) == ("decided", kind, "Steuerungsgruppe")
    assert fact.value("consequence") == "114 warten weiter"
    assert network.count("decision") == 1
    withdraw(network.store, saved.result, user=ANNA, now=NOW)
    fact = network.state("decision", network.waiting)
    assert (fact.value("status"), fact.value("text")) == ("to_decide", "Abendkurs aus Restmitteln?")
    with network.store.reading() as connection:
        (row,) = results_of(connection, network.meeting)
    assert row.withdrawn_by == "Anna"


def test_an_order_to_examine_leaves_what_waits_waiting(network: Network) -> None:
    who = (Holder(network.partners["VHS"]),)
    network.record("examination", ResultSaid("Raum prüfen", who=who, due=LATER, about=network.waiting))
    assert network.state("decision", network.waiting).value("status") == "to_decide"
    new = network.state("decision")
    assert (new.value("kind"), new.value("status"), new.value("responsible")) == ("examination", "in_progress", ["VHS"])


def test_what_waited_is_adjourned_with_its_reason(network: Network) -> None:
    network.record("adjourned", ResultSaid("Kurs", reason="Der Kämmerer fehlt", due=LATER, about=network.waiting))
    fact = network.state("decision", network.waiting)
    assert (fact.value("status"), fact.value("comment"), fact.value("due")) == (
        "postponed", "Der Kämmerer fehlt", "2027-02-01",
    )  # fmt: skip


def test_a_body_that_may_not_decide_recommends(network: Network) -> None:
    with network.store.writing() as connection:
        body = body_of(connection, network.body)
        assert body is not None
        save_body(connection, replace(body, may_decide=False), by="Amt", now=NOW)
    with pytest.raises(RecordingRefused, match="body_does_not_decide"):
        network.record("decision", ResultSaid("Der Kurs wird eingerichtet."))
    network.record("recommendation", ResultSaid("Der Kurs wird empfohlen.", addressed_to="council"))
    assert network.state("decision").value("kind") == "recommendation"


def test_two_who_type_at_once_lose_no_word(network: Network) -> None:
    saved = network.record("agreement", network.agreement())
    anna = network.agreement(text="Zweiter Abendkurs B1 mit Kinderbetreuung")
    ben = network.agreement(text="Zweiter Abendkurs B1 ab Februar")
    first = change(network.store, saved.result, anna, based_on=1, user=ANNA, now=NOW)
    second = change(network.store, saved.result, ben, based_on=1, user=BEN, now=NOW)
    assert (first.beside, second.beside) == (False, True)
    assert network.said(saved.result) == [anna.text, ben.text]
    assert network.state("agreement").value("title") == anna.text, "the first to save holds until it is settled"
    both = network.agreement(text="Zweiter Abendkurs B1 ab Februar mit Kinderbetreuung")
    change(network.store, saved.result, both, based_on=second.version, user=BEN, now=NOW)
    assert network.said(saved.result) == [both.text]
    assert network.state("agreement").value("title") == both.text
    assert network.count("agreement") == 1
    with network.store.reading() as connection:
        assert len(versions_of(connection, [saved.result])[saved.result]) == 4


def test_sent_twice_it_is_one_also_when_the_answer_was_lost(network: Network) -> None:
    said = network.agreement()
    first, again = network.record("agreement", said), network.record("agreement", said)
    assert (again.result, again.version, again.again) == (first.result, 1, True)
    typed_on = network.agreement(text="Zweiter Abendkurs B1, dienstags")
    more = network.record("agreement", typed_on)
    assert (more.result, more.version, more.beside) == (first.result, 2, False)
    assert network.record("agreement", typed_on).again
    edited = network.agreement(text="anders")
    once = change(network.store, first.result, edited, based_on=2, user=ANNA, now=NOW)
    assert change(network.store, first.result, edited, based_on=2, user=ANNA, now=NOW) == replace(once, again=True)
    assert network.count("agreement") == 1
    # another person's form that happens to be called so does not overwrite it
    other = network.record("agreement", network.agreement(text="Bens"), user=BEN)
    assert other.beside
    assert network.said(first.result) == ["anders", "Bens"]


def test_both_views_of_a_dissent_stand_in_their_words(network: Network) -> None:
    vhs, job, _ = network.partners.values()
    views = (View("Der Bedarf ist da.", (vhs,)), View("Erst die Auslastung prüfen.", (job,)))
    saved = network.record("dissent", ResultSaid("", views=views))
    with network.store.reading() as connection:
        (version,) = versions_of(connection, [saved.result])[saved.result]
    told = said_of(version.said)
    assert told.views == views
    assert told.called == {vhs: "VHS", job: "Jobcenter"}


def test_a_rating_stands_beside_until_it_expires_or_is_withdrawn(network: Network) -> None:
    said = ResultSaid("Die Prüfungen stehen noch aus", about=network.goal, code="at_risk", expires=LATER)
    saved = network.record("human_rating", said)
    better = replace(said, code="on_track")
    change(network.store, saved.result, better, based_on=1, user=ANNA, now=NOW)
    assert [(r["code"], r["body"]) for r in _ratings(network)] == [("on_track", "Steuerungsgruppe")]
    withdraw(network.store, saved.result, user=ANNA, now=NOW)
    assert _ratings(network) == []


def _ratings(network: Network) -> list[dict[str, str]]:
    from etl.model.human_ratings import human_ratings

    with network.store.reading() as connection:
        return [{"code": rating.code, "body": rating.body} for rating in human_ratings(connection)]


def test_a_correction_waits_for_the_office_also_after_the_meeting(network: Network) -> None:
    said = ResultSaid("Es waren 42, nicht 24", about=network.goal, about_field="current_value")
    saved = network.record("correction", said, user=BEN)
    _close_meeting(network)
    with pytest.raises(RecordingRefused, match="not_yours"):
        settle_correction(network.store, saved.result, "berichtigt", user=BEN, now=NOW)
    settle_correction(network.store, saved.result, "bei der VHS nachgefragt, berichtigt", user=ANNA, now=NOW)
    with network.store.reading() as connection:
        latest = versions_of(connection, [saved.result])[saved.result][-1]
    assert said_of(latest.said).settled == "bei der VHS nachgefragt, berichtigt"


def _close_meeting(network: Network, state: str = "closed") -> None:
    with network.store.writing() as connection:
        plan = plan_of(connection, network.meeting)
        assert plan is not None
        save_plan(connection, replace(plan, state=state), by="Amt", now=NOW)  # type: ignore[arg-type]


def test_a_closed_meeting_takes_nothing_but_after_reopening_a_supplement(network: Network) -> None:
    from sqlalchemy import insert

    from etl.model.meetings import MeetingClosing

    saved = network.record("information", ResultSaid("Der Bericht kommt im Dezember."))
    _close_meeting(network)
    for refused in (
        lambda: network.record("information", ResultSaid("zu spät"), name="zwei"),
        lambda: change(network.store, saved.result, ResultSaid("zu spät"), based_on=1, user=ANNA, now=NOW),
        lambda: withdraw(network.store, saved.result, user=ANNA, now=NOW),
        lambda: note_guests(network.store, network.meeting, 3, user=ANNA, now=NOW),
    ):
        with pytest.raises(RecordingRefused, match="closed"):
            refused()
    with network.store.writing() as connection:
        closed = {"closed_at": NOW, "closed_by": "Anna", "supplement": False, "sha256": "0" * 64}
        connection.execute(insert(MeetingClosing).values(meeting=network.meeting, **closed))
    _close_meeting(network, "running")
    late = network.record("information", ResultSaid("nachgetragen"), name="drei")
    with network.store.reading() as connection:
        assert [row.supplement for row in results_of(connection, network.meeting)] == [False, True]
    assert network.said(late.result) == ["nachgetragen"]


def test_nobody_else_records_and_no_single_client_is_written_down(network: Network) -> None:
    said = ResultSaid("Der Bericht kommt im Dezember.")
    for stranger in (
        person("Cem", "member"),
        person("Dora", "partner", network.partners["VHS"]),
        person("E", "leadership"),
    ):
        with pytest.raises(RecordingRefused, match="not_yours"):
            network.record("information", said, user=stranger)
    client = "Name: Amira Haddad, geb. 03.05.1990, Kundennummer 123A456789"
    held = (Holder(network.partners["VHS"], "with_reservation", client),)
    for told in (network.agreement(text=client), network.agreement(who=held)):
        with pytest.raises(RecordingRefused, match="single_client"):
            network.record("agreement", told)
    with network.store.reading() as connection:
        assert results_of(connection, network.meeting) == []


def test_the_state_equals_a_rebuild_after_a_meeting(network: Network, sqlite_store: Store) -> None:
    saved = network.record("agreement", network.agreement())
    change(network.store, saved.result, network.agreement(text="neu"), based_on=1, user=ANNA, now=NOW)
    network.record("decision", ResultSaid("Beschlossen.", about=network.waiting), name="zwei")
    gone = network.record("decision", ResultSaid("Irrtum."), name="drei")
    withdraw(network.store, gone.result, user=ANNA, now=NOW)
    rated = ResultSaid("Prüfungen", about=network.goal, code="at_risk", expires=LATER)
    network.record("human_rating", rated, name="vier")
    rebuild_into(network.store, sqlite_store)
    exported = [export_state(one, today=DAY) for one in (sqlite_store, network.store)]
    assert exported[0] == exported[1]
    with sqlite_store.reading() as connection:
        from etl.model.human_ratings import human_ratings

        assert [(r.record, r.code) for r in human_ratings(connection)] == [(network.goal, "at_risk")]


def test_a_result_about_something_removed_later_still_reads(network: Network) -> None:
    saved = network.record("agreement", network.agreement())
    told = {"day": DAY, "person": "Amt", "reason": "entfällt", "now": NOW + dt.timedelta(hours=1)}
    say_gone(network.store, network.goal, "removed", **told)  # type: ignore[arg-type]
    with network.store.reading() as connection:
        (version,) = versions_of(connection, [saved.result])[saved.result]
    assert said_of(version.said).called[network.goal] == "Mehr Deutsch"
    # a name that is gone does not vanish from a later version either
    change(network.store, saved.result, replace(said_of(version.said), text="neu"), based_on=1, user=ANNA, now=NOW)
    with network.store.reading() as connection:
        latest = versions_of(connection, [saved.result])[saved.result][-1]
    assert said_of(latest.said).called[network.goal] == "Mehr Deutsch"


_WHOLE: dict[ResultKind, ResultSaid] = {
    "agreement": ResultSaid(
        "x", who=(Holder("p"),), due=LATER, expects=Expected("measure_status", "m", LATER, "running")
    ),
    "recommendation": ResultSaid("x", addressed_to="committee"),
    "examination": ResultSaid("x", who=(Holder("p"),), due=LATER),
    "decision": ResultSaid("x"),
    "adjourned": ResultSaid("x", reason="y", due=LATER),
    "dissent": ResultSaid("", views=(View("a", ("p",)), View("b", ("q",)))),
    "information": ResultSaid("x"),
    "human_rating": ResultSaid("x", about="g", code="on_track", expires=LATER),
    "correction": ResultSaid("x"),
}
_PAST = DAY - dt.timedelta(days=1)


@pytest.mark.parametrize("kind", RESULT_KINDS)
def test_what_is_whole_is_taken_and_kept_word_for_word(kind: ResultKind) -> None:
    assert objection(kind, _WHOLE[kind], may_decide=True, day=DAY) is None
    assert said_of(_WHOLE[kind].as_data()) == _WHOLE[kind]


@pytest.mark.parametrize(
    ("kind", "missing", "code"),
    [
        ("agreement", {"text": " "}, "without_text"),
        ("agreement", {"who": ()}, "without_house"),
        ("agreement", {"due": None}, "without_due"),
        ("agreement", {"due": _PAST}, "due_is_past"),
        ("agreement", {"permanent": True}, "without_next_step"),
        ("agreement", {"who": (Holder("p", "with_reservation"),)}, "without_reservation"),
        ("agreement", {"expects": Expected("measure_status", "m", _PAST, "running")}, "expected_is_past"),
        ("recommendation", {"addressed_to": None}, "without_addressee"),
        ("examination", {"due": None}, "without_due"),
        ("examination", {"who": ()}, "without_house"),
        ("adjourned", {"reason": ""}, "without_reason"),
        ("adjourned", {"due": None}, "without_due"),
        ("dissent", {"views": (View("a", ("p",)),)}, "without_views"),
        ("dissent", {"views": (View("a", ("p",)), View("b"))}, "view_without_house"),
        ("human_rating", {"code": "green"}, "without_code"),
        ("human_rating", {"expires": None}, "without_expiry"),
        ("human_rating", {"expires": _PAST}, "expiry_is_past"),
        ("human_rating", {"expires": DAY + dt.timedelta(days=400)}, "expiry_too_late"),
        ("human_rating", {"about": None}, "without_record"),
    ],
)
def test_what_is_missing_is_named(kind: ResultKind, missing: dict[str, object], code: str) -> None:
    assert objection(kind, replace(_WHOLE[kind], **missing), may_decide=True, day=DAY) == code  # type: ignore[arg-type]


def test_the_fact_names_a_measure_by_its_key_where_its_title_is_anothers_too(network: Network) -> None:
    told = {"day": DAY, "person": "Amt", "reason": "Liste", "now": NOW - dt.timedelta(days=1)}
    own, _other = (
        enter(network.store, "measure", {"title": "Sprachcafé"}, partner=partner, **told).key  # type: ignore[arg-type]
        for partner in list(network.partners.values())[:2]
    )
    network.record("agreement", network.agreement(measures=(own,)))
    with network.store.reading() as connection:
        (agreement,) = facts_of(connection, state_on(connection), DAY).agreements
    assert agreement.measures == (own,)
    assert agreement.goals == (network.goal,)


def test_at_the_same_instant_one_is_first_and_the_other_stands_beside(network: Network) -> None:
    with ThreadPoolExecutor(4) as threads:
        new = list(threads.map(lambda _: network.record("agreement", network.agreement()), range(4)))
        assert len({saved.result for saved in new}) == 1
        assert sorted(saved.again for saved in new) == [False, True, True, True]
        texts = [f"Fassung {n}" for n in range(4)]
        saved = list(
            threads.map(
                lambda text: change(
                    network.store,
                    new[0].result,
                    network.agreement(text=text),
                    based_on=1,
                    user=person(text),
                    now=NOW,
                ),
                texts,
            )
        )
    assert sorted(one.beside for one in saved) == [False, True, True, True]
    assert sorted(network.said(new[0].result)) == texts
    assert network.count("agreement") == 1


def test_what_stands_beside_becomes_no_fact_before_it_is_settled(network: Network) -> None:
    promised, asked = network.agreement(), network.agreement(who=(Holder(network.partners["VHS"], "open"),))
    saved = network.record("agreement", promised)
    change(network.store, saved.result, asked, based_on=1, user=ANNA, now=NOW)
    beside = change(network.store, saved.result, replace(promised, text="doch"), based_on=1, user=BEN, now=NOW)
    assert beside.beside
    assert network.count("agreement") == 0
    change(network.store, saved.result, promised, based_on=beside.version, user=BEN, now=NOW)
    assert network.state("agreement").value("responsible") == ["VHS"]


def test_whoever_goes_on_from_the_fact_carries_it_though_another_wording_stands_beside(network: Network) -> None:
    saved = network.record("agreement", network.agreement())
    change(network.store, saved.result, network.agreement(text="zwei"), based_on=1, user=ANNA, now=NOW)
    change(network.store, saved.result, network.agreement(text="drei"), based_on=1, user=BEN, now=NOW)
    change(network.store, saved.result, network.agreement(text="vier"), based_on=2, user=ANNA, now=NOW)
    assert network.said(saved.result) == ["drei", "vier"]
    assert network.state("agreement").value("title") == "vier"
    assert network.count("agreement") == 1
