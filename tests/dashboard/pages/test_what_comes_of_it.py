"""Before a file is accepted, on the page: what it leads to, what is asked, and what waits for the office."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers import uploads
from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import picture
from dashboard.answers.reviews import choose_policy, for_office, give_back
from etl.model.deliveries import all_deliveries
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from tests.dashboard.networks import DAY, HEADINGS, a_network, deliver, workbook
from tests.dashboard.pages.test_rueckmeldungen import NOW, everything, opened, waiting
from tests.pipeline.test_authority import goals
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.signed_in import SignedIn, a_user, app_as, text_of

DIAKONIE = "partner-00001"
OFFICE = Viewer("coordinator")
#: What autumn said, but the end has passed.
OVERDUE = ("Mietlotsen", "läuft", dt.date(2025, 9, 1), dt.date(2026, 3, 31), 40, 12, "")


def decided(app: SignedIn) -> str:
    app.at.button(key="delivery-accept").click()
    at = app.run()
    assert not at.exception
    return text_of(at)


def known(store: Store) -> list[int]:
    with store.reading() as connection:
        return [row.number for row in all_deliveries(connection)]


def as_partner(store: Store, content: bytes) -> SignedIn:
    a_user(store, "partner", "partner", partner=DIAKONIE)
    return opened(store, "partner", DIAKONIE, datei=waiting(store, "partner", content))


def test_a_partner_sees_its_rating_become_worse_and_says_a_sentence(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    app = as_partner(sqlite_store, workbook("Maßnahmen", HEADINGS, OVERDUE))
    shown = everything(app.at)
    assert "Welche Bewertungen sich ändern" in shown
    assert "Was andere sehen werden" in shown
    [field] = [box for box in app.at.text_input if "Mietlotsen" in box.label]
    field.input("Das Geld <b>kommt</b> erst im Januar.")
    assert "Angenommen" in decided(app)
    key = picture(sqlite_store, DAY).facts.measures[0].key
    page = app_as(sqlite_store, "partner", "massnahmen", massnahme=key)
    assert "Diakonie dazu" in everything(page.at)
    assert "„Das Geld &lt;b&gt;kommt&lt;/b&gt; erst im Januar.“" in everything(page.at)


def test_far_fewer_records_are_asked_about_first(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    many = [(f"M-{n}", f"Kurs {name}", *SPRACHCAFE[2:]) for n, name in enumerate("ABCDEFGHIJ", 10)]
    deliver(sqlite_store, "L.xlsx", measures(*many), "Diakonie", DAY)
    app = as_partner(sqlite_store, measures(*many[:6]))
    assert "Diese Tabelle nennt 6\xa0Einträge, die vorige nannte 10\xa0Maßnahmen: 40\xa0% weniger." in everything(
        app.at
    )
    assert app.at.button(key="delivery-accept").disabled
    app.at.checkbox[0].check()
    app.run()
    assert "Angenommen" in decided(app)


def test_a_partners_change_of_a_goal_waits_until_the_office_accepts_it(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    deliver(sqlite_store, "Z.xlsx", goals(60), "Koordinierungsstelle", dt.date(2026, 10, 1))
    before = known(sqlite_store)
    app = as_partner(sqlite_store, goals(30))
    assert "gehören: 1\xa0Indikator" in everything(app.at)
    assert "liegt jetzt bei der Koordinierungsstelle" in decided(app)
    assert known(sqlite_store) == before
    [given] = for_office(sqlite_store, OFFICE)
    assert (given.partner, given.asked_by) == ("Diakonie", "Partner")
    assert for_office(sqlite_store, Viewer("partner", DIAKONIE)) == ()
    again = everything(opened(sqlite_store, "partner", DIAKONIE, datei=given.file.id).at)
    assert "Bis sie zugestimmt hat, gilt, was bisher galt." in again

    assert "Wartet auf Sie" in everything(opened(sqlite_store).at)
    office = opened(sqlite_store, datei=given.file.id)
    assert "Partner hat dieser Tabelle am" in everything(office.at)
    assert "Angenommen" in decided(office)
    with sqlite_store.reading() as connection:
        latest = all_deliveries(connection)[-1]
    assert (latest.sent_by, latest.accepted_by) == ("Partner", "Coordinator")
    assert for_office(sqlite_store, OFFICE) == ()


def test_the_office_sends_a_table_back_with_a_sentence(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    choose_policy(sqlite_store, OFFICE, DIAKONIE, "office_first", by="Aulbach", at=NOW)
    app = as_partner(sqlite_store, workbook("Maßnahmen", HEADINGS, OVERDUE))
    assert "Die Koordinierungsstelle sieht sich Ihre Tabellen an" in everything(app.at)
    decided(app)
    [given] = for_office(sqlite_store, OFFICE)
    back = {"by": "Henrike Aulbach", "at": NOW}
    with pytest.raises(NotYours):
        give_back(sqlite_store, given.file, "Nein.", Viewer("partner", DIAKONIE), **back)
    client = "Frau Müller, geb. 3.4.1987, hat das so gemeldet"
    assert give_back(sqlite_store, given.file, client, OFFICE, **back) == "single_client"
    assert give_back(sqlite_store, given.file, "Bitte die Enddaten <b>prüfen</b>.", OFFICE, **back) == "given_back"
    assert give_back(sqlite_store, given.file, "Noch einmal.", OFFICE, **back) == "gone"
    shown = everything(opened(sqlite_store, "partner", DIAKONIE, datei=given.file.id).at)
    assert "Henrike Aulbach schreibt dazu:" in shown
    assert "Bitte die Enddaten &lt;b&gt;prüfen&lt;/b&gt;." in shown
    assert for_office(sqlite_store, OFFICE) == ()
    assert [file.id for file in uploads.waiting_for(sqlite_store, "partner")] == [given.file.id]


def test_a_partner_does_not_set_the_policy(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    with pytest.raises(NotYours):
        choose_policy(sqlite_store, Viewer("partner", DIAKONIE), DIAKONIE, "at_once", by="x", at=NOW)
    assert "Für einen Partner ändern" not in everything(opened(sqlite_store, "partner", DIAKONIE).at)
    assert "Was zuerst angesehen wird" in everything(opened(sqlite_store).at)


def test_before_undoing_one_sees_what_it_changes(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    shown = everything(opened(sqlite_store, zurueck="2").at)
    assert "Das ändert sich dadurch" in shown
    assert "1\xa0wie davor" in shown
    assert "geplant" in shown
    assert len(known(sqlite_store)) == 3


def test_what_no_list_names_any_more_is_asked_about_and_can_be_taken_back(sqlite_store: Store) -> None:
    a_network(sqlite_store)
    other = ("Nähtreff", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 10, 4, "")
    deliver(sqlite_store, "November.xlsx", workbook("Maßnahmen", HEADINGS, other), "Diakonie", DAY)
    app = opened(sqlite_store, "partner", DIAKONIE)
    assert "Nicht mehr genannt" in everything(app.at)
    key = next(m.key for m in picture(sqlite_store, DAY).facts.measures if m.title == "Mietlotsen")
    app = opened(sqlite_store, "partner", DIAKONIE, eintrag=key)
    app.at.radio(key="gone-how").set_value("removed")
    [send] = [button for button in app.at.button if button.label == "So eintragen"]
    send.click()
    at = app.run()
    assert "Dafür fehlt noch etwas" in text_of(at)
    assert len(picture(sqlite_store, DAY).facts.measures) == 2
    app = opened(sqlite_store, "partner", DIAKONIE, eintrag=key)
    app.at.radio(key="gone-how").set_value("removed")
    app.at.text_input(key=f"gone-reason-{key}").input("Gab es nie <i>wirklich</i>.")
    [send] = [button for button in app.at.button if button.label == "So eintragen"]
    send.click()
    at = app.run()
    assert not at.exception
    assert "Das ist eingetragen." in text_of(at)
    assert "Gab es nie &lt;i&gt;wirklich&lt;/i&gt;." in everything(at)
    assert [m.title for m in picture(sqlite_store, DAY).facts.measures] == ["Nähtreff"]
    a_user(sqlite_store, "vhs", "partner", partner="partner-00009")
    assert "Nicht mehr genannt" not in everything(app_as(sqlite_store, "vhs", "rueckmeldungen").at)
