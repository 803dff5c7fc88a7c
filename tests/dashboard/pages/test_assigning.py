"""Klärungen, what belongs to nothing: who sees which record, who may assign, where an assignment shows, who asks."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from dashboard.answers.contacts import Viewer
from dashboard.answers.goal_page import goal_page
from dashboard.answers.measure_page import measure_page
from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.sums import sum_of
from dashboard.answers.unassigned import VIEWS, Told, assign_chosen, take_back_assigned, unassigned, waiting_by_view
from dashboard.parts.assign_list import Chosen, chosen_in
from etl.model.judgements import Assignment, judgements
from etl.model.store import Store
from etl.wording import say
from tests.dashboard.networks import DAY, deliver, workbook
from tests.evaluation.goals.scoring import HALVES, labelled, measures_as_list
from tests.signed_in import a_user, app_as, text_of

SPRING, AUTUMN = dt.date(2026, 4, 10), dt.date(2026, 10, 10)
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    """Two goals; the VHS names one it does not have, the Caritas none; money and a need that belong to nothing."""
    goals = workbook(
        "Ziele",
        ("Ziel-Nr.", "Handlungsfeld", "Wirkungsziel"),
        ("S1", "Sprache", "Wer einen Sprachkurs braucht, findet einen Platz."),
        ("W1", "Wohnen", "Geflüchtete ziehen in eigene Wohnungen."),
    )
    deliver(sqlite_store, "ziele.xlsx", goals, "Landkreis", SPRING)
    own = workbook(
        "Maßnahmen",
        ("Maßnahme", "Status", "Handlungsfeld", "Ziel", "Träger"),
        ("Sprachkurs am Abend", "läuft", "Sprache", "Besser reden", "VHS"),
        ("Töpferkurs", "läuft", None, None, "Töpferei Müller"),
    )
    deliver(sqlite_store, "vhs.xlsx", own, "VHS", SPRING)
    other = workbook("Maßnahmen", ("Maßnahme", "Status"), ("<b>Wohnungsbörse</b> Umzug", "läuft"))
    deliver(sqlite_store, "caritas.xlsx", other, "Caritas", SPRING)
    money = workbook(
        "Fördermittel",
        ("Förderprogramm", "Fördergeber", "Status", "bewilligt (EUR)"),
        ("Sprachkurse am Abend (Land)", "Land", "bewilligt", 48000),
    )
    deliver(sqlite_store, "geld.xlsx", money, "VHS", SPRING)
    need = workbook("Bedarfe", ("Bedarf", "Zielgruppe"), ("Sprachkurse am Abend auch in den Ferien", "Frauen"))
    deliver(sqlite_store, "bedarfe.xlsx", need, "VHS", SPRING)
    return sqlite_store


def seen(store: Store) -> Picture:
    return picture(store, DAY)


def of_partner(store: Store, name: str) -> Viewer:
    [key] = [p.key for p in seen(store).facts.partners if p.name == name]
    return Viewer("partner", key)


def choose(store: Store, viewer: Viewer, view: str, *titles: str, to: str | None = None, reason: str = "weil") -> Told:
    """Assign the records of these titles to their best proposal, or to the option whose words begin like ``to``."""
    found = unassigned(seen(store), OFFICE, view)
    chosen = {}
    for case in found.cases:
        if case.title in titles:
            options = [found.none] if to == "" else [o for o in found.options if to and o.label.startswith(to)]
            chosen[case.record] = (options or [case.proposals[0].option])[0].token
    return assign_chosen(store, seen(store), viewer, view, chosen, person="Anna", reason=reason, now=NOW)


def rows(store: Store) -> int:
    with store.reading() as connection:
        return len(judgements(connection, Assignment, with_undone=True))


def test_the_office_sees_all_a_partner_its_own_and_nobody_else_any(network: Store) -> None:
    viewers = {name: of_partner(network, name) for name in ("VHS", "Caritas")}
    viewers |= {
        "office": OFFICE,
        "member": Viewer("member", viewers["VHS"].partner),
        "leadership": Viewer("leadership"),
    }
    assert {name: tuple(waiting_by_view(seen(network), viewer).values()) for name, viewer in viewers.items()} == {
        "office": (3, 1, 1, 1),
        "VHS": (2, 1, 1, 1),
        "Caritas": (1, 0, 0, 0),
        "member": (0, 0, 0, 0),
        "leadership": (0, 0, 0, 0),
    }


def test_what_is_proposed_says_why_and_what_the_list_named_itself(network: Store) -> None:
    cases = {case.title: case for case in unassigned(seen(network), OFFICE, "ohne-ziel").cases}
    course = cases["Sprachkurs am Abend"]
    assert (course.said, course.partner, course.proposals[0].option.label[:2]) == ("Besser reden", "VHS", "S1")
    assert [e.kind for e in course.proposals[0].evidence] == ["words", "field"]
    assert cases["Töpferkurs"].proposals == ()
    for view, label in (("ohne-massnahme", "Sprachkurs am Abend (VHS)"), ("ohne-antwort", "Sprachkurs am Abend (VHS)")):
        [case] = unassigned(seen(network), OFFICE, view).cases
        assert case.proposals[0].option.label == label


def test_only_the_office_assigns_and_only_what_was_offered(network: Store) -> None:
    version = network.version()
    for viewer in (of_partner(network, "VHS"), Viewer("member"), Viewer("leadership"), Viewer("observer")):
        assert choose(network, viewer, "ohne-ziel", "Sprachkurs am Abend").code == "not_yours"
        assert take_back_assigned(network, viewer, [1], now=NOW, by="Anna").code == "not_yours"
    found = unassigned(seen(network), OFFICE, "ohne-ziel")
    record = found.cases[0].record
    for forged in ({record: "title:x"}, {record: "goal_ref:goal-9"}, {"partner-00001": found.options[0].token}):
        told = assign_chosen(network, seen(network), OFFICE, "ohne-ziel", forged, person="A", reason="b", now=NOW)
        assert told.code == "gone"
    assert choose(network, OFFICE, "ohne-ziel", "Sprachkurs am Abend", reason=" ").code == "without_reason"
    assert network.version() == version


@pytest.mark.parametrize(
    "sent", [None, 7, "", "{", "[]", '{"choices": [], "reason": ""}', '{"choices": {}}', "x" * 300_000, "[" * 100_000]
)
def test_what_no_list_sends_chooses_nothing(sent: object) -> None:
    assert chosen_in(sent) is None
    good = json.dumps({"choices": {"measure-1": "goal_ref:"}, "reason": "weil"})
    assert chosen_in(good) == Chosen({"measure-1": "goal_ref:"}, "weil")


def test_an_assignment_shows_where_the_goal_does_with_who_when_and_why(network: Store) -> None:
    told = choose(network, OFFICE, "ohne-ziel", "Sprachkurs am Abend", reason="Telefonat mit der VHS")
    assert (told.code, len(told.numbers)) == ("assigned", 1)
    after = seen(network)
    [goal] = [g for g in after.facts.goals if g.id == "S1"]
    page = goal_page(after, goal.key)
    assert page is not None
    [line] = page.measures
    assert (line.measure.title, line.assigned) == ("Sprachkurs am Abend", True)
    [origin] = origins(after, line.measure.key, "goal_ref", Eyes(role="member"))
    assert (origin.entered_by, origin.reason, origin.value) == ("Anna", "Telefonat mit der VHS", goal.title)
    counted = sum_of(after, f"goal_measures:{goal.key}", Eyes(role="member"))
    assert counted is not None
    assert next((name, value.entered_by) for name, value in counted.parts[0].values) == ("goal_ref", "Anna")
    own = measure_page(after, line.measure.key, Viewer("member"))
    assert own is not None
    assert own.assigned is not None
    a_user(network, "mitglied", "member")
    text = text_of(app_as(network, "mitglied", "massnahmen", massnahme=line.measure.key).at)
    assert "Zugeordnet von Anna am" in text
    assert "Telefonat mit der VHS" in text


def test_the_partners_own_word_later_is_shown_and_the_office_asked(network: Store) -> None:
    choose(network, OFFICE, "ohne-ziel", "Sprachkurs am Abend")
    named = workbook(
        "Maßnahmen", ("Maßnahme", "Status", "Handlungsfeld", "Ziel", "Träger"),
        ("Sprachkurs am Abend", "läuft", "Sprache", "W1", "VHS"),
    )  # fmt: skip
    deliver(network, "vhs_herbst.xlsx", named, "VHS", AUTUMN)
    found = unassigned(seen(network), OFFICE, "ohne-ziel")
    [asked] = found.overtaken
    assert ([label[:2] for label in asked.targets], [label[:2] for label in asked.now]) == (["S1"], ["W1"])
    assert waiting_by_view(seen(network), OFFICE)["ohne-ziel"] == len(found.cases) + 1
    [measure] = [m for m in seen(network).facts.measures if m.title == "Sprachkurs am Abend"]
    [origin] = origins(seen(network), measure.key, "goal_ref", Eyes(office=True))
    assert (origin.file, origin.entered_by) == ("vhs_herbst.xlsx", None)
    done = take_back_assigned(network, OFFICE, [asked.assigned.number], now=NOW, by="Anna")
    assert done.code == "taken_back"
    assert unassigned(seen(network), OFFICE, "ohne-ziel").overtaken == ()


def test_money_needs_and_partners_are_settled_the_same_way(network: Store) -> None:
    assert choose(network, OFFICE, "ohne-massnahme", "Sprachkurse am Abend (Land)").code == "assigned"
    assert choose(network, OFFICE, "ohne-antwort", "Sprachkurse am Abend auch in den Ferien").code == "assigned"
    assert choose(network, OFFICE, "ohne-partner", "Töpferkurs", to="Caritas").code == "assigned"
    assert choose(network, OFFICE, "ohne-ziel", "Töpferkurs", to="").code == "assigned"
    facts = seen(network).facts
    [course] = [m for m in facts.measures if m.title == "Sprachkurs am Abend"]
    [pottery] = [m for m in facts.measures if m.title == "Töpferkurs"]
    assert [f.name for f in facts.fundings_of_measure[course.key]] == ["Sprachkurse am Abend (Land)"]
    assert facts.needs[0].measures == (course.key,)
    assert (pottery.lead_partner, pottery.goals) == (of_partner(network, "Caritas").partner, ())
    assert tuple(waiting_by_view(seen(network), OFFICE).values()) == (2, 0, 0, 0)
    assert [len(unassigned(seen(network), OFFICE, view).done) for view in VIEWS] == [1, 1, 1, 1]


def test_nothing_is_assigned_without_a_person(network: Store) -> None:
    """Never, not for one of 80 measures: importing, looking and asking again leave the store without an assignment."""
    every = [row for half in HALVES for row in labelled(half)]
    now = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
    deliver(network, "achtzig.csv", measures_as_list(every), "AWO", now.date())
    version = network.version()
    a_user(network, "amt", "coordinator")
    a_user(network, "vhs", "partner", partner=of_partner(network, "VHS").partner)
    before = seen(network).facts
    for username, view in [*(("amt", view) for view in VIEWS), ("vhs", "ohne-ziel")]:
        assert not app_as(network, username, "klaerungen", ansicht=view).at.exception
    assert len([c for c in unassigned(seen(network), OFFICE, "ohne-ziel").cases if c.proposals]) > 10
    deliver(network, "achtzig_wieder.csv", measures_as_list(every) + b"\r\n", "AWO", now.date() + dt.timedelta(7))
    assert rows(network) == 0
    assert seen(network).facts.assigned == {}
    assert sum(bool(m.goals) for m in seen(network).facts.measures) == sum(bool(m.goals) for m in before.measures) == 0
    assert network.version() > version


def test_a_partner_reads_who_assigns_and_forged_choices_store_nothing(network: Store) -> None:
    a_user(network, "vhs", "partner", partner=of_partner(network, "VHS").partner)
    a_user(network, "mitglied", "member")
    app = app_as(network, "vhs", "klaerungen", ansicht="ohne-ziel")
    text = text_of(app.at)
    assert (
        "Zwei Ihrer laufenden Maßnahmen gehören noch zu keinem Ziel. Für eine Zuordnung gibt es einen Vorschlag."
        in text
    )
    assert ("Sprachkurs am Abend" in text, "Wohnungsbörse" in text, 'type="checkbox"' in text) == (True, False, False)
    record = unassigned(seen(network), OFFICE, "ohne-ziel").cases[0].record
    app.at.session_state["assign-chosen"] = ("ohne-ziel", Chosen({record: "goal_ref:"}, "weil"))
    app.run()
    assert "Nichts wurde gespeichert." in text_of(app.at)
    assert rows(network) == 0
    goals = text_of(app_as(network, "mitglied", "ziele").at)
    assert ("Drei laufende Maßnahmen gehören noch zu keinem Ziel." in goals, "klaerung:" in goals) == (True, False)


def test_the_office_gets_the_list_with_everything_escaped(network: Store) -> None:
    a_user(network, "amt", "coordinator")
    text = text_of(app_as(network, "amt", "klaerungen", ansicht="ohne-ziel").at)
    assert ("&lt;b&gt;Wohnungsbörse" in text, "<b>Wohnungsbörse</b>" in text) == (True, False)
    assert "nennt „Besser reden“" in text
    assert "klaerung:ohne-ziel" in text_of(app_as(network, "amt", "ziele").at)


@pytest.mark.parametrize("n", [0, 1, 2, 27])
@pytest.mark.parametrize("view", VIEWS)
def test_the_finding_is_a_sentence_for_none_one_two_and_many(view: str, n: int) -> None:
    for language in ("de", "en"):
        for own in ("", "own."):
            sentence = say(language, f"finding.unassigned.{own}{view.replace('-', '_')}", n=n)
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            assert "{" not in sentence
