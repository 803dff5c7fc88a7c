"""What a signed-in person's browser may send by hand shows no more than the pages offer."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboard.answers.picture import picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.uploads import put_right
from etl.model.accounts import disable_user
from etl.model.deliveries import find_delivery
from etl.model.drafts import add_waiting, remove_waiting
from etl.model.sign_ins import close_session
from etl.wording import say
from tests.dashboard.networks import DAY, workbook
from tests.dashboard.security.attacker import page_of
from tests.dashboard.security.conftest import HEADINGS, ROW, SECRET, Network
from tests.signed_in import a_session

NOW = dt.datetime.now(dt.UTC)


@pytest.mark.parametrize(("user", "told"), [("gast", False), ("gremium", False), ("fremd", False), ("diakonie", True)])
def test_where_a_contact_comes_from_is_told_to_its_own_partner_only(network: Network, user: str, told: bool) -> None:
    query = f"massnahme={network.measure}"
    with page_of(network.address, a_session(network.store, user)) as page:
        shown = page.open("massnahmen", query)
        assert "Sprachcafé" in shown
        assert (SECRET in shown) is told
        asked = f"woher:{network.measure}:contact"
        assert (SECRET in page.click("massnahme-angaben", asked, "massnahmen", query)) is told


def test_the_origin_of_contact_data_is_for_the_office_and_the_partner_itself(network: Network) -> None:
    seen = picture(network.store, DAY)
    partner = seen.facts.measure_by_key[network.measure].partner
    assert origins(seen, network.measure, "contact", Eyes(office=True))
    assert origins(seen, network.measure, "contact", Eyes(partner=partner))
    assert origins(seen, network.measure, "contact", Eyes(partner="partner-99999")) == ()
    assert origins(seen, network.measure, "contact", Eyes()) == ()
    assert origins(seen, network.measure, "status", Eyes())


def test_a_page_left_open_gives_no_file_after_the_sign_out(network: Network) -> None:
    session = a_session(network.store, "gremium")
    with page_of(network.address, session) as page, page_of(network.address, None) as stranger:
        page.open("massnahmen")
        stranger.open("")
        [file, *_] = page.downloads()
        assert page.download(file).startswith("/media/")
        with network.store.writing() as connection:
            close_session(connection, session, NOW)
        assert page.download(file) == ""
        assert stranger.download(file) == ""


def test_the_original_file_is_not_given_to_a_user_disabled_meanwhile(network: Network) -> None:
    query = f"massnahme={network.measure}"
    with page_of(network.address, a_session(network.store, "diakonie")) as page:
        page.open("massnahmen", query)
        page.click("massnahme-angaben", f"woher:{network.measure}:status", "massnahmen", query)
        files = page.downloads()
        assert len(files) == 2  # the table of all fields, and the original file
        with network.store.writing() as connection:
            disable_user(connection, "diakonie", NOW)
        assert [page.download(file) for file in files] == ["", ""]
    with network.store.writing() as connection:
        disable_user(connection, "diakonie", NOW, disabled=False)


def test_a_partner_can_neither_see_nor_take_back_the_delivery_of_another(network: Network) -> None:
    number = str(network.deliveries)
    with page_of(network.address, a_session(network.store, "fremd")) as page:
        for query in ("", f"zurueck={number}", f"angenommen={number}"):
            shown = page.open("rueckmeldungen", query)
            assert "Café.xlsx" not in shown
            assert "deliveries-undo" not in shown
    with network.store.reading() as connection:
        row = find_delivery(connection, network.deliveries)
    assert row is not None
    assert row.undone_at is None


@pytest.mark.parametrize(
    ("component", "target"),
    [
        ("delivery-sheet", "oeffnen:ZZ999999"),
        ("delivery-sheet", "oeffnen:A1:B2"),
        ("delivery-sheet", "spalte:Z1"),
        ("delivery-sheet", "spalte:<b>"),
        ("delivery-issues", "zelle:Anderes Blatt!A1"),
        ("delivery-issues", "zelle:"),
        ("delivery-issues", "sagen:0123456789abcdef"),
        ("delivery-issues", "zuruecknehmen:0123456789abcdef"),
        ("delivery-issues", "zuruecknehmen:alles"),
        ("delivery-issues", ""),
    ],
)
def test_a_click_on_what_is_not_there_changes_nothing(network: Network, component: str, target: str) -> None:
    content = workbook("Maßnahmen", HEADINGS[:-1], ("Nähtreff", "läuft", "irgendwann", ROW[3], 12))
    with network.store.writing() as connection:
        file = add_waiting(connection, content, partner="Diakonie", file="n.xlsx", person="diakonie", at=NOW)
    query = f"datei={file.id}"
    with page_of(network.address, a_session(network.store, "diakonie")) as page:
        assert "Nähtreff" in page.open("rueckmeldungen", query)
        shown = page.click(component, target, "rueckmeldungen", query)
        assert say("de", "trouble.headline") not in shown
        assert "Nähtreff" in page.open("rueckmeldungen", query)
    assert not put_right(network.store, file)
    with network.store.writing() as connection:
        remove_waiting(connection, file)


def test_a_waiting_file_is_shown_to_whoever_sent_it_only(network: Network) -> None:
    with network.store.writing() as connection:
        waiting = add_waiting(connection, b"x", partner="Diakonie", file="geheim.xlsx", person="diakonie", at=NOW)
    for user in ("fremd", "amt"):
        with page_of(network.address, a_session(network.store, user)) as page:
            assert "geheim.xlsx" not in page.open("rueckmeldungen", f"datei={waiting.id}")
