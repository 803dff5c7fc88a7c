"""A partner's own page, as the partner, the office and others get it; and all of it as a workbook."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from dashboard.answers.contacts import Viewer
from dashboard.answers.organisation import SEEN, organisation, organisation_workbook, organisations
from dashboard.answers.picture import Picture, picture
from etl.model.deliveries import add_round
from etl.model.store import Store
from etl.pipeline import preview_delivery
from tests.dashboard.networks import DAY, HEADINGS, a_network, deliver, workbook
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.signed_in import SignedIn, a_user, app_as, text_of

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
OFFICE = Viewer("coordinator")
SHARED, HIDDEN = "Uta Grevenstein", "Jonas Ehlebracht"
FORMULA = "@SUM(1+1)*cmd"
CONTACTS = (
    ("Organisation", "Ansprechpartner", "Telefon", "E-Mail", "Freigabe"),
    ("Diakonie", SHARED, "0555 1", "uta@example.org", "Netzwerk"),
    ("Diakonie", HIDDEN, "0555 2", "jonas@example.org", "nur Koordinierungsstelle"),
)
#: The office's own list names the same person and shares nothing.
OFFICES = (("Organisation", "Ansprechpartner", "E-Mail"), ("Diakonie", SHARED, "uta@example.org"))


@pytest.fixture
def network(sqlite_store: Store) -> Store:
    """Diakonie with two measures (one titled like a formula), a funding, two contacts; VHS with a measure like one."""
    a_network(sqlite_store)
    odd = (FORMULA, "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 12, 3, None)
    deliver(sqlite_store, "Zwei.xlsx", workbook("Maßnahmen", HEADINGS, odd), "Diakonie", dt.date(2026, 10, 20))
    deliver(sqlite_store, "Kontakte.xlsx", workbook("Kontakte", *CONTACTS), "Diakonie", dt.date(2026, 10, 20))
    deliver(sqlite_store, "Adressen.xlsx", workbook("Kontakte", *OFFICES), "Büro", dt.date(2026, 10, 21))
    deliver(sqlite_store, "VHS.xlsx", measures(SPRACHCAFE), "VHS", dt.date(2026, 4, 20))
    with sqlite_store.writing() as connection:
        add_round(connection, "Frühjahr 2026", dt.date(2026, 5, 12), dt.date(2026, 4, 30))
        add_round(connection, "Herbst 2026", DAY, dt.date(2026, 10, 23))
    return sqlite_store


def shown(store: Store) -> Picture:
    return picture(store, DAY)


def key_of(store: Store, name: str) -> str:
    return next(p.key for p in shown(store).facts.partners if p.name == name)


def opened(store: Store, role: str, name: str | None = None, **query: str) -> SignedIn:
    user = f"{role}-{name or ''}".lower()
    a_user(store, user, role, partner=key_of(store, name) if name else None)
    return app_as(store, user, "organisation", **query)


def everything(app: SignedIn) -> str:
    assert not app.at.exception
    return text_of(app.at)


def test_a_partner_sees_what_the_network_knows_of_it(network: Store) -> None:
    text = everything(opened(network, "partner", "Diakonie"))
    assert "Das Netzwerk kennt zwei Maßnahmen dieser Organisation. In dieser Runde ist gemeldet." in text
    for found in ("Mietlotsen", "Landesprogramm Wohnen", SHARED, HIDDEN, "Herbst.xlsx", "Alles unverändert bestätigen"):
        assert found in text, found
    assert "Sprachcafé" not in text
    vhs = everything(opened(network, "partner", "VHS"))
    assert "Für die Runde Herbst 2026" in vhs
    assert "In dieser Runde fehlt noch die Rückmeldung." in vhs


@pytest.mark.parametrize("seen", [seen for seen in SEEN if seen != "own"])
def test_others_see_no_more_than_is_shared_with_their_role(network: Store, seen: str) -> None:
    text = everything(opened(network, "partner", "Diakonie", sicht=seen))
    assert "Mietlotsen" in text
    assert HIDDEN not in text
    assert (SHARED in text) is (seen != "observer")
    assert ("Ein Kontakt ist für sie nicht zu sehen." in text) is (seen != "observer")
    for own in ("Herbst.xlsx", "Was auffällt", "In dieser Runde ist gemeldet", "Alles unverändert bestätigen"):
        assert own not in text, own


def test_the_office_opens_any_partner_and_nobody_else_but_the_partner(network: Store) -> None:
    vhs, diakonie = key_of(network, "VHS"), key_of(network, "Diakonie")
    assert "Organisation · VHS" in everything(opened(network, "coordinator", partner=vhs))
    for role in ("member", "leadership", "observer"):
        text = everything(opened(network, role))
        assert "Mietlotsen" not in text
        assert "organisation-workbook" not in text
    text = everything(opened(network, "partner", "Diakonie", partner=vhs, sicht="own"))
    assert "Meine Organisation · Diakonie" in text
    assert "Sprachcafé" not in text
    now = shown(network)
    attackers = [Viewer("partner", vhs), Viewer("partner"), Viewer("partner", "partner-99999")]
    attackers += [Viewer(role, diakonie) for role in ("member", "leadership", "observer")]
    for viewer in attackers:
        assert diakonie not in organisations(now, viewer)
        assert organisation_workbook(network, now, viewer, diakonie, language="de", now=NOW) is None
        for seen in SEEN:
            assert organisation(network, now, viewer, diakonie, seen) is None
    assert organisation(network, now, OFFICE, "partner-99999", "own") is None
    assert organisation_workbook(network, now, OFFICE, "partner-99999", language="de", now=NOW) is None


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_of_it_is_taken_home_as_a_workbook_that_reads_back_as_unchanged(network: Store, language: str) -> None:
    diakonie = key_of(network, "Diakonie")
    own = Viewer("partner", diakonie)
    content = organisation_workbook(network, shown(network), own, diakonie, language=language, now=NOW)
    assert content is not None
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert len(book.worksheets) >= 5
    assert [(cell.data_type, cell.quotePrefix) for cell in cells if cell.value == FORMULA] == [("s", True)]
    values = {cell.value for cell in cells}
    assert {"Mietlotsen", "Landesprogramm Wohnen", SHARED, HIDDEN} <= values
    assert SPRACHCAFE[0] not in values
    preview = preview_delivery(network, content, "Alles.xlsx", partner="Diakonie", now=NOW)
    assert preview.outcome != "refused"
    assert not preview.comparison.new
    assert not preview.comparison.changed
    assert {kind for kind, keys in preview.comparison.unchanged.items() if keys} >= {"measure", "funding", "contact"}


def test_a_partner_nobody_knows_gets_a_page_and_no_data(network: Store) -> None:
    a_user(network, "fremd", "partner", partner="partner-99999")
    text = everything(app_as(network, "fremd", "organisation", partner=key_of(network, "VHS")))
    assert "Von dieser Organisation liegt noch nichts vor." in text
