"""The page about cooperations, as the signed-in person gets it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from etl.model.store import Store
from tests.dashboard.networks import a_network, deliver, workbook
from tests.signed_in import a_user, app_as, text_of


def page(store: Store, role: str = "coordinator", **query: str) -> Any:
    a_user(store, role, role)
    return app_as(store, role, "kooperationen", **query).at


def markup(at: Any) -> str:
    return text_of(at) + "\n".join(str(component.proto) for component in at.get("bidi_component"))


@pytest.fixture
def cooperating(sqlite_store: Store) -> Store:
    a_network(sqlite_store)
    rows = workbook(
        "Kooperationen",
        ("Kooperation", "Partner A", "Partner B", "Art der Kooperation", "Vereinbarung", "seit", "Status"),
        ("Wohnlotsen", "Diakonie", "Stadtwerke <Nord>", "Kooperationsvereinbarung", "ja", dt.date(2025, 1, 1), "aktiv"),
    )
    deliver(sqlite_store, "Kooperationen.xlsx", rows, "Diakonie", dt.date(2026, 10, 12))
    people = workbook(
        "Netzwerkpartner",
        ("Organisation", "Ansprechpartner", "Telefon", "E-Mail", "Weitergabe an"),
        ("Diakonie", "Ilka Petersdorff", "09999 000-311", "petersdorff@example.org", "Steuerungsgruppe"),
    )
    deliver(sqlite_store, "Partner.xlsx", people, "Diakonie", dt.date(2026, 10, 13))
    return sqlite_store


def test_a_store_without_data_says_what_to_do_first(sqlite_store: Store) -> None:
    at = page(sqlite_store)
    assert not at.exception
    assert text_of(at)


@pytest.mark.parametrize("view", ["tisch", "felder", "ziele", "vereinbarungen", "fragil", "kontakte", "unsinn"])
def test_every_view_opens(cooperating: Store, view: str) -> None:
    at = page(cooperating, ansicht=view, partner="partner-00001")
    assert not at.exception
    assert "Diakonie" in markup(at)


def test_a_link_chooses_the_partner(cooperating: Store) -> None:
    at = page(cooperating, partner="partner-00001")
    assert at.selectbox(key="cooperations-partner").value == "partner-00001"
    assert "Wohnlotsen" in markup(at)
    assert "<Nord>" not in markup(at), "what partners write is escaped"


def test_a_partner_nobody_knows_chooses_nobody(cooperating: Store) -> None:
    at = page(cooperating, partner="partner-99999")
    assert not at.exception
    assert at.selectbox(key="cooperations-partner").value is None


def test_contacts_are_no_view_for_observers(cooperating: Store) -> None:
    assert 'href="mailto:petersdorff@example.org"' in markup(page(cooperating, ansicht="kontakte"))
    observer = page(cooperating, "observer", ansicht="kontakte")
    assert not observer.exception
    assert "petersdorff@example.org" not in markup(observer)


def test_fragile_spots_are_a_view_for_the_office_and_partners_concerned(cooperating: Store) -> None:
    assert "Was helfen würde" not in markup(page(cooperating, "member", ansicht="fragil"))
    app = app_as(cooperating, "member", "kooperationen", ansicht="fragil")
    assert "Wo es hängt" not in [str(option) for switch in app.at.button_group for option in switch.options]
    assert "Nur eine Ansprechperson" in markup(page(cooperating, ansicht="fragil"))


def test_a_comment_stands_beside_its_spot_once_saved(cooperating: Store) -> None:
    a_user(cooperating, "coordinator", "coordinator")
    app = app_as(cooperating, "coordinator", "kooperationen", ansicht="fragil", stelle="single_contact:partner-00001")
    app.at.text_area[0].input("Frau <Ohm> kommt dazu.")
    [save] = [button for button in app.at.button if button.label == "Kommentar speichern"]
    save.click()
    told = markup(app.run())
    assert "Ihr Kommentar steht jetzt bei dieser Stelle." in told
    assert "Frau &lt;Ohm&gt; kommt dazu." in told, "what people write is escaped"


def test_the_office_erases_a_person_once_it_is_sure_and_says_why(cooperating: Store) -> None:
    at = page(cooperating, ansicht="kontakte")
    assert not [form for form in page(cooperating, "member", ansicht="kontakte").button if form.key == "contact-erase"]
    app = app_as(cooperating, "coordinator", "kooperationen", ansicht="kontakte")
    [chosen] = [box for box in app.at.selectbox if box.key == "erase-whom"]
    assert not [option for option in chosen.options if "\\" in option], "options are plain text, no Markdown"
    chosen.select_index(0)
    app.at.button(key="contact-erase").click()
    assert "Gelöscht wurde nichts" in text_of(app.run())
    app.at.checkbox(key="erase-sure").check()
    app.at.text_input(key="erase-why").input("Antrag vom 3. November")
    app.at.button(key="contact-erase").click()
    told = markup(app.run())
    assert "Eine empfangene Datei wurde durch eine Kopie ohne sie ersetzt." in told
    assert "Petersdorff" not in told
    assert "Petersdorff" in markup(at)
