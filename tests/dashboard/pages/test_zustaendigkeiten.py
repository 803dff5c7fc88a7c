"""The page about responsibilities, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.model.store import Store
from etl.pipeline.interface.steps import store_step
from tests.dashboard.networks import deliver, workbook
from tests.signed_in import SignedIn, a_user, app_as, text_of

_HEAD = ("Schritt", "Organisation", "Rolle", "Angebot", "Ansprechperson", "Vertretung", "Übergabe an", "Übergabe wie")
_OFFICE = "Koordinierungsstelle"


def opened(store: Store, role: str = "coordinator", partner: str | None = None, **query: str) -> SignedIn:
    a_user(store, role, role, partner=partner)
    return app_as(store, role, "zustaendigkeiten", **query)


def page(store: Store, role: str = "coordinator", partner: str | None = None, **query: str) -> Any:
    return opened(store, role, partner, **query).at


def press(app: SignedIn, key: str) -> str:
    """What the page says after a button was pressed."""
    app.at.button(key=key).click()
    app.run()
    assert not app.at.exception
    return markup(app.at)


def markup(at: Any) -> str:
    return text_of(at) + "\n".join(str(component.proto) for component in at.get("bidi_component"))


@pytest.fixture
def paper(sqlite_store: Store) -> Store:
    people = workbook(
        "Netzwerkpartner",
        ("Organisation", "Ansprechpartner", "Telefon", "E-Mail", "Weitergabe an"),
        (_OFFICE, "Henrike Aulbach", "09999 000-214", "aulbach@example.org", "Netzwerk"),
        ("Sozialamt", "Emre Dalgic", "09999 000-156", "dalgic@example.org", "Koordinierungsstelle"),
        ("VHS", "Marietta Lühning", "09999 000-501", "luehning@example.org", "Netzwerk"),
    )
    deliver(sqlite_store, "Partner.xlsx", people, _OFFICE, dt.date(2026, 10, 1))
    rows = workbook(
        "Schnittstellenpapier",
        _HEAD,
        ("Wohnen", "Sozialamt", "zuständig", "Umzug <b>", "Emre Dalgic, 09999 000-156", None, None, "per Bescheid"),
        ("Sprache", "VHS", "zuständig", "Deutschkurse", "Marietta Lühning", None, "Sozialamt", "Zeugnis"),
        ("Sprache", "Sozialamt", "zuständig", "Kostenübernahme", None, None, None, None),
    )
    deliver(sqlite_store, "Papier.xlsx", rows, _OFFICE, dt.date(2026, 10, 2))
    return sqlite_store


def test_a_store_without_a_paper_says_what_to_do_first(sqlite_store: Store) -> None:
    at = page(sqlite_store)
    assert not at.exception
    assert "zusammengetragen" in text_of(at)


@pytest.mark.parametrize("view", ["fragen", "matrix", "papier", "offen", "schritte", "unsinn"])
def test_every_view_opens(paper: Store, view: str) -> None:
    at = page(paper, ansicht=view, frage="xyz", schritt="", blatt="99999", organisation="gibt-es-nicht")
    assert not at.exception
    assert "Wohnen" in markup(at)
    assert "Umzug <b>" not in markup(at), "what a list says is escaped"


def test_a_question_is_answered_with_house_contact_and_hand_over(paper: Store) -> None:
    said = markup(page(paper, frage="Wer ist zuständig für einen Sprachkurs?"))
    assert "Für „Sprache“ nennen sich mehrere zuständig: Sozialamt und VHS." in said
    assert "Marietta Lühning" in said
    assert "tel:09999000501" in said
    assert "an Sozialamt" in said
    assert "Umzug" not in said
    unknown = markup(page(paper, frage="Raumfahrt"))
    assert "Dazu steht nichts im Schnittstellenpapier." in unknown


@pytest.mark.parametrize(("role", "sees"), [("coordinator", True), ("member", False), ("observer", False)])
def test_a_contact_is_shown_to_those_it_is_shared_with(paper: Store, role: str, sees: bool) -> None:
    for view in ("fragen", "papier"):
        said = markup(page(paper, role, schritt="housing", ansicht=view))
        assert ("Emre Dalgic" in said) is sees
        assert ("09999 000-156" in said) is sees
        assert ("nicht freigegeben" in said) is not sees


def test_what_is_open_about_a_line_is_its_houses_and_the_offices(paper: Store) -> None:
    everybodys, lines = "In „Sprache“ nennen sich mehrere zuständig", "Sozialamt übergibt in „Wohnen“"
    office, member = (markup(page(paper, role, ansicht="offen")) for role in ("coordinator", "member"))
    assert everybodys in office
    assert everybodys in member
    assert lines in office
    assert lines not in member
    assert "Drei Zeilen warten auf die Bestätigung ihrer Häuser." in member, "counted for everybody, without names"
    for view in ("papier", "fragen"):
        assert "noch nicht bestätigt" in markup(page(paper, ansicht=view, schritt="language"))
        assert "noch nicht bestätigt" not in markup(page(paper, "member", ansicht=view, schritt="language"))
    own = markup(page(paper, "partner", "partner-00003", ansicht="offen"))
    assert lines not in own
    assert "VHS hat die Zeile zu „Sprache“ noch nicht bestätigt." in own


def test_a_confirmation_that_is_too_old_says_so_to_those_who_see_it(sqlite_store: Store) -> None:
    rows = workbook(
        "Schnittstellenpapier",
        ("Schritt", "Organisation", "Rolle", "Bestätigt am"),
        ("Wohnen", "Sozialamt", "zuständig", dt.date(2025, 3, 2)),
    )
    deliver(sqlite_store, "Papier.xlsx", rows, _OFFICE, dt.date(2026, 10, 2))
    past = "älter als zwölf Monate, neu zu bestätigen"
    assert past in markup(page(sqlite_store, ansicht="papier"))
    assert past not in markup(page(sqlite_store, "member", ansicht="papier"))
    assert "das ist zu lange her" in markup(page(sqlite_store, ansicht="offen"))


def test_a_house_confirms_its_line_and_takes_it_back(paper: Store) -> None:
    app = opened(paper, "partner", "partner-00003", ansicht="zeilen")
    assert "Eine Ihrer Zeilen wartet auf Ihre Bestätigung." in markup(app.at)
    assert "Bitte keine Namen oder Angaben zu einzelnen Ratsuchenden." in markup(app.at)
    said = press(app, "interface-holds-interface-00002")
    assert "Alle Ihre Zeilen sind bestätigt." in said
    assert "Danke, eine Zeile ist festgehalten." in said
    assert "Eine Ihrer Zeilen wartet" in press(app, "interface-back-interface-00002")
    app.at.text_area(key="interface-note-interface-00002-0").set_value("Das macht jetzt das BAMF.")
    objected = press(app, "interface-say-interface-00002")
    assert "Das macht jetzt das BAMF." in objected
    assert "Keine Zeile wartet; gegen eine steht Ihr Widerspruch." in objected
    assert "Ihr Widerspruch" in objected
    assert objected.index("Danke, eine Zeile ist festgehalten.") > objected.index("Ihr Widerspruch"), (
        "where one pressed"
    )
    assert [area.key for area in app.at.text_area] == ["interface-note-interface-00002-1"], "a new popover, empty"
    office = markup(page(paper, ansicht="offen"))
    assert "VHS sagt, die Zeile zu „Sprache“ stimmt nicht mehr: Das macht jetzt das BAMF." in office


def test_a_view_for_others_is_refused_kindly(paper: Store) -> None:
    assert "Diese Ansicht ist nicht für Ihre Rolle" in markup(page(paper, "member", ansicht="schritte"))
    assert "Diese Ansicht ist nicht" not in markup(page(paper, ansicht="schritte"))
    assert "Diese Ansicht ist nicht" not in markup(page(paper, ansicht="unsinn"))


def test_a_step_the_office_adds_is_asked_for_at_once(paper: Store) -> None:
    office, now = a_user(paper, "coordinator", "coordinator"), dt.datetime.now(dt.UTC)
    store_step(paper, office, None, "Führerschein", ["Fahrschule", "Theorie"], now=now, seen=None)
    assert "Für „Führerschein“ nennt das Papier niemanden." in markup(page(paper, ansicht="offen"))
    assert "„Fahrschule“ gehört zum Schritt „Führerschein“" in markup(
        page(paper, "member", frage="Wo ist eine Fahrschule?")
    )
    assert "Führerschein" in press(opened(paper, ansicht="schritte"), "interface-step-new")
    assert "interface-step-new" not in [button.key for button in page(paper, "member", ansicht="schritte").button]
