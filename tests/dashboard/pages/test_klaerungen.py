"""Klärungen: who sees which case, who may decide, and that a click of anyone else decides nothing."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial

import pytest

from dashboard.answers.clarifications import clarifications, decide, judge, take_back
from dashboard.answers.contacts import Viewer
from dashboard.answers.measure_page import measure_page
from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes, decided_about, origins
from dashboard.answers.what_changes import what_changes
from dashboard.parts.delivery_changes import changes_markup
from etl.model.deliveries import add_round
from etl.model.store import Store
from etl.pipeline import preview_delivery
from etl.wording import say
from tests.dashboard.networks import DAY, deliver, workbook
from tests.signed_in import a_user, app_as, text_of

GOALS = ("Ziel-Nr.", "Wirkungsziel", "Indikator", "Istwert", "Stichtag")
MEASURES = ("Maßnahme", "Träger", "Beginn", "Ende", "Ort", "Interne Notiz", "Ansprechpartner")
AUTUMN, START, END = dt.date(2026, 10, 1), dt.date(2026, 1, 1), dt.date(2027, 6, 30)
OFFICE, NOW = Viewer("coordinator"), dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    """Landkreis and Jobcenter differ about a value, VHS and Caritas report one Sprachcafé."""
    for partner, value in (("Landkreis", 41), ("Jobcenter", 39)):
        content = workbook("Ziele", GOALS, ("S1", "Mehr Deutsch", "Quote B1", value, AUTUMN))
        deliver(sqlite_store, "ziele.xlsx", content, partner, AUTUMN)
    for partner, note in (("VHS", "Raum 2"), ("Caritas", "Frau K. fragen")):
        row = ("Sprachcafé am Markt", "VHS", START, END, "Lindenmark", note, f"Kontakt der {partner}")
        deliver(sqlite_store, "liste.xlsx", workbook("Maßnahmen", MEASURES, row), partner, AUTUMN)
    other = ("Umzugshilfe", "AWO", START, END, "Hohenlohm", None, None)
    deliver(sqlite_store, "liste.xlsx", workbook("Maßnahmen", MEASURES, other), "AWO", AUTUMN)
    return sqlite_store


def seen(store: Store) -> Picture:
    return picture(store, DAY)


def of_partner(store: Store, name: str) -> Viewer:
    [key] = [p.key for p in seen(store).facts.partners if p.name == name]
    return Viewer("partner", key)


def test_the_office_sees_all_a_partner_its_own_and_nobody_else_any(network: Store) -> None:
    shown = {
        name: clarifications(seen(network), viewer)
        for name, viewer in {
            "office": OFFICE,
            **{partner: of_partner(network, partner) for partner in ("Jobcenter", "VHS", "AWO")},
            "member": Viewer("member"),
            "a member who works at the VHS": Viewer("member", of_partner(network, "VHS").partner),
        }.items()
    }
    assert {name: (len(found.disputes), len(found.pairs)) for name, found in shown.items()} == {
        "office": (1, 1),
        "Jobcenter": (1, 0),
        "VHS": (0, 1),
        "AWO": (0, 0),
        "member": (0, 0),
        "a member who works at the VHS": (0, 0),
    }


def test_both_sides_name_file_cell_and_day(network: Store) -> None:
    [dispute] = clarifications(seen(network), of_partner(network, "Jobcenter")).disputes
    assert (dispute.about, dispute.term) == ("Quote B1", "goal.current_value")
    told = [(side.value, side.partner, side.cells[0].cell, side.said[0].text) for side in dispute.sides]
    assert told == [(41, "Landkreis", "D2", "41"), (39, "Jobcenter", "D2", "39")]
    assert [side.may_open for side in dispute.sides] == [False, True]


def test_only_the_office_decides(network: Store) -> None:
    found, version = clarifications(seen(network), OFFICE), network.version()
    told = {"person": "Anna", "reason": "Bescheid", "now": NOW}
    for viewer in (of_partner(network, "Jobcenter"), Viewer("member"), Viewer("leadership"), Viewer("observer")):
        assert decide(network, viewer, found.disputes[0], 0, day=DAY, **told) == "not_yours"  # type: ignore[arg-type]
        assert judge(network, viewer, found.pairs[0], None, **told) == "not_yours"  # type: ignore[arg-type]
        assert take_back(network, viewer, "dispute", 1, now=NOW, by="Anna") == "not_yours"
    assert network.version() == version


def test_a_decision_stands_where_the_value_comes_from(network: Store) -> None:
    [dispute] = clarifications(seen(network), OFFICE).disputes
    told = {"person": "Anna", "reason": "Bescheid", "now": NOW}
    assert decide(network, OFFICE, dispute, 0, day=DAY, **told) == "decided"  # type: ignore[arg-type]
    after = seen(network)
    decided = decided_about(after, dispute.record, dispute.field)
    assert decided is not None
    assert (decided.person, decided.reason, decided.both) == ("Anna", "Bescheid", False)
    shown = origins(after, dispute.record, dispute.field, Eyes(office=True))
    assert [origin.value for origin in shown] == [41, 39]
    [settled] = clarifications(after, OFFICE).settled
    assert settled.settled is not None
    assert take_back(network, OFFICE, "dispute", settled.settled.number, now=NOW, by="Anna") == "taken_back"
    assert len(clarifications(seen(network), OFFICE).disputes) == 1


def test_what_was_decided_is_what_a_preview_calls_so_far(network: Store) -> None:
    [dispute] = clarifications(seen(network), OFFICE).disputes
    told = {"person": "Anna", "reason": "Bescheid", "now": NOW}
    assert decide(network, OFFICE, dispute, 0, day=DAY, **told) == "decided"  # type: ignore[arg-type]
    content = workbook("Ziele", GOALS, ("S1", "Mehr Deutsch", "Quote B1", 40, AUTUMN))
    preview = preview_delivery(network, content, "ziele.xlsx", partner="Jobcenter", day=AUTUMN, now=NOW)
    changes = what_changes(preview, seen(network))
    fields = [field for kind in changes for record in kind.changed for field in record.fields]
    assert [(field.name, field.old, field.new, field.decided) for field in fields] == [("current_value", 41, 40, True)]
    markup = str(changes_markup(changes, partial(say, "de"), "de"))
    assert "<s>41</s> so ist es in Klärungen entschieden" in markup


def test_merged_measures_show_each_partner_only_its_own_notes_and_contacts(network: Store) -> None:
    [pair] = clarifications(seen(network), OFFICE).pairs
    told = {"person": "Anna", "reason": "Telefonat", "now": NOW}
    assert judge(network, OFFICE, pair, pair.keys[0], **told) == "decided"  # type: ignore[arg-type]
    after, kept = seen(network), {}
    for name in ("VHS", "Caritas", "AWO"):
        page = measure_page(after, pair.keys[1], of_partner(network, name))
        assert page is not None
        kept[name] = [text for _, text in page.kept]
        shown = repr((page.groups, page.history))
        assert ("Kontakt der VHS" in shown, "Kontakt der Caritas" in shown) == (name == "VHS", False)
    assert kept == {"VHS": ["Raum 2"], "Caritas": ["Frau K. fragen"], "AWO": []}


def test_a_partner_gets_no_buttons_and_is_told_who_decides(network: Store) -> None:
    a_user(network, "jc", "partner", partner=of_partner(network, "Jobcenter").partner)
    a_user(network, "amt", "coordinator")
    own, office = app_as(network, "jc", "klaerungen"), app_as(network, "amt", "klaerungen")
    assert not own.at.exception
    assert "Eine Ihrer Angaben widerspricht einer anderen Quelle." in text_of(own.at)
    assert "Darüber entscheidet die Koordinierungsstelle." in text_of(own.at)
    assert "clarify-do" not in [button.key for button in own.at.button]
    assert "clarify-do" in [button.key for button in office.at.button]


def test_a_decision_forged_in_another_session_is_refused(network: Store) -> None:
    [dispute] = clarifications(seen(network), OFFICE).disputes
    a_user(network, "jc", "partner", partner=of_partner(network, "Jobcenter").partner)
    app, version = app_as(network, "jc", "klaerungen"), network.version()
    app.at.session_state["clarify-decided"] = ("dispute", dispute, 0, "weil")
    app.run()
    assert "Nichts wurde gespeichert." in text_of(app.at)
    assert network.version() == version


def test_where_both_are_right_the_goals_page_shows_both_with_the_reason(network: Store) -> None:
    a_user(network, "amt", "coordinator")
    [goal] = seen(network).facts.goals
    before = app_as(network, "amt", "ziele", ziel=goal.key)
    assert "Widerspruch klären" in text_of(before.at)
    [dispute] = clarifications(seen(network), OFFICE).disputes
    told = {"person": "Anna", "reason": "Das Jobcenter zählt nur das SGB II.", "now": NOW}
    assert decide(network, OFFICE, dispute, None, day=DAY, **told) == "decided"  # type: ignore[arg-type]
    after = text_of(app_as(network, "amt", "ziele", ziel=goal.key).at)
    assert "Das Jobcenter zählt nur das SGB II." in after
    assert ("laut Landkreis" in after, "laut Jobcenter" in after) == (True, True)
    assert "Widerspruch klären" not in after


def test_a_merge_since_the_last_meeting_does_not_look_like_an_end(network: Store) -> None:
    with network.writing() as connection:
        add_round(connection, "Oktober", dt.date(2026, 10, 15), AUTUMN)
    [pair] = clarifications(seen(network), OFFICE).pairs
    told = {"person": "Anna", "reason": "Telefonat", "now": NOW}
    assert judge(network, OFFICE, pair, pair.keys[0], **told) == "decided"  # type: ignore[arg-type]
    after = seen(network)
    assert after.before is not None
    assert {m.key for m in after.before.measures} == {m.key for m in after.facts.measures}


def test_after_a_decision_the_page_shows_what_holds_who_said_so_and_the_way_back(network: Store) -> None:
    for partner, value in (("Landkreis", 7), ("Jobcenter", 9)):
        content = workbook("Ziele", GOALS, ("A1", "Mehr Arbeit", "Anteil Arbeit", value, AUTUMN))
        deliver(network, "arbeit.xlsx", content, partner, AUTUMN)
    a_user(network, "amt", "coordinator")
    app = app_as(network, "amt", "klaerungen")
    first, _ = clarifications(seen(network), OFFICE).disputes
    app.at.radio(key=f"choice-dispute-{first.key}").set_value(0)
    app.at.text_input(key=f"reason-dispute-{first.key}").set_value("Bescheid vom Mai")
    app.at.button(key="clarify-do").click()
    assert not app.run().exception
    read = text_of(app.at).replace("\u00a0", " ")
    assert f"{first.about}: " in read, "the case that was decided, not the next one"
    assert re.search(r"Amt hat am \d+\. \w+ \d{4} entschieden: Es gilt", read)
    assert "clarify-take-back" in {button.key for button in app.at.button}
    assert "Bis jemand entscheidet" not in read

    app = app_as(network, "amt", "klaerungen", ansicht="doppelt")
    [pair] = clarifications(seen(network), OFFICE).pairs
    app.at.radio(key=f"choice-pair-{pair.key}").set_value(pair.keys[0])
    app.at.text_input(key=f"reason-pair-{pair.key}").set_value("Telefonat")
    app.at.button(key="clarify-do").click()
    assert not app.run().exception
    read = text_of(app.at).replace("\u00a0", " ")
    assert "Das ist eine Maßnahme" in read
    assert "Ist das dieselbe Maßnahme?" not in read
    assert re.search(r"Amt hat beide am \d+\. \w+ \d{4} zusammengeführt", read)
