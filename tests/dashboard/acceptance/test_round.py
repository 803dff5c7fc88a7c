"""A round: the office sees who reported and writes a reminder; a partner confirms; the office puts a value right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, demo_network, none, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

MEASURE = "Erstorientierungskurs Wessenfurt"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A demo network of this test's own: what is said in it no other test sees."""
    with demo_network(demo, tmp_path_factory.mktemp("round")) as served_network:
        yield served_network


def pressed(here: Window, key: str) -> None:
    """Press a button and wait until its page is there and says what happened."""
    here.page.locator(f".st-key-{key} button").first.click()
    here.page.locator(".rt-told[role=status]").first.wait_for()
    here.ready()


def told(here: Window) -> str:
    return " ".join(here.page.locator(".rt-told[role=status]").all_inner_texts()).replace("\u00a0", " ")


def test_the_office_prepares_a_reminder_and_notes_it_as_sent(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("rueckmeldungen")
        here.page.locator(".st-key-round-open button").click()
        here.page.locator(".st-key-reminders-prepare button").wait_for()
        here.ready()
        assert here.headline.endswith("Eine Erinnerung ist zu schreiben."), "the other contact left its list"
        pressed(here, "reminders-prepare")
        assert "Eine Erinnerung liegt bereit." in told(here)
        assert here.headline.endswith("Eine Erinnerung liegt bereit und ist noch zu verschicken.")
        here.page.locator("tr").filter(has_text="Melnytschuk").locator("[data-go]").click()
        here.page.locator(".st-key-reminder-letter a[href^='mailto:']").wait_for()
        here.ready()
        link = here.page.locator(".st-key-reminder-letter a").get_attribute("href") or ""
        assert link.startswith("mailto:info@sonnenblume.example.org?subject=R%C3%BCckmeldung")
        pressed(here, "reminder-sent")
        assert "Festgehalten: verschickt." in told(here)
        row = here.page.locator("tr").filter(has_text="Melnytschuk")
        assert "verschickt am" in row.inner_text()
        none(here.trouble)
        none(here.watch.complaints)


def test_a_partner_confirms_that_nothing_has_changed(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("partner").username, size=PHONE) as here:
        here.open("rueckmeldungen")
        here.page.locator(".st-key-confirm-ask button").click()
        here.page.locator(".st-key-confirm-unchanged button").wait_for()
        pressed(here, "confirm-unchanged")
        assert "Ihre Angaben sind bestätigt, Stand 10. November 2026." in told(here)
        assert here.page.locator(".st-key-confirm-unchanged").count() == 0
        none(here.trouble)
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("rueckmeldungen?ansicht=runde")
        row = here.page.locator("tr").filter(has_text="Lühning")
        assert "mit Datei" in row.inner_text(), "a file of the round says more than a confirmation"
    with window(browser, own_network, person("partner").username) as here:
        here.open("rueckmeldungen")
        pressed(here, "confirm-back")
        assert "zurückgenommen" in told(here)
        none(here.watch.complaints)


@pytest.mark.slow
def test_the_office_puts_a_value_right_and_tells_the_partner(browser: Browser, own_network: Network) -> None:
    key = own_network.key("measure", "title", MEASURE)
    with window(browser, own_network, person("coordinator").username) as here:
        here.open(f"massnahmen?massnahme={key}")
        here.page.locator(f"dd [data-go='woher:{key}:participants_actual']").first.click()
        here.page.get_by_role("button", name="Wert berichtigen").click()
        here.page.locator(".st-key-correct-value input").wait_for()
        here.ready()
        assert "steht hier, gemeldet von" in here.headline
        here.page.locator(".st-key-correct-value input").fill("19")
        here.page.locator(".st-key-correct-reason input").fill("Zahlendreher, Anruf vom 9. November")
        pressed(here, "correct-do")
        assert "Der Wert ist berichtigt." in told(here)
        row = here.page.locator("tr").filter(has_text="Zahlendreher")
        assert "→ 19" in row.inner_text()
        row.get_by_role("button").click()
        here.page.locator(".st-key-correct-told button").wait_for()
        here.ready()
        pressed(here, "correct-told")
        here.page.locator("tr").filter(has_text="Zahlendreher").filter(has_text="am 10.11.2026").wait_for()

        here.open(f"massnahmen?massnahme={key}")
        value = here.page.locator("dd").filter(has=here.page.locator(f"[data-go='woher:{key}:participants_actual']"))
        assert "19 (berichtigt" in value.inner_text().replace("\u00a0", " ")
        here.page.locator(f"dd [data-go='woher:{key}:participants_actual']").first.click()
        proof = here.page.get_by_role("dialog")
        proof.get_by_text("Zahlendreher").first.wait_for()
        proof.get_by_text("Mitgeteilt").first.wait_for()
        none(here.trouble)
        none(here.watch.complaints)


def test_the_form_fits_and_axe_is_content(browser: Browser, network: Network) -> None:
    key = network.key("measure", "title", MEASURE)
    with window(browser, network, person("coordinator").username) as here:
        here.open(f"rueckmeldungen?berichtigen={key}&angabe=participants_actual")
        none(screens.misfits(here, ROOM, PHONE))
