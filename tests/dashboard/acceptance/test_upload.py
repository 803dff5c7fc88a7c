"""A partner's table comes in: one sees what was understood, accepts it, finds it on the pages, takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, demo_network, none, person, window
from tests.demo import DEMO

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

TABLE = DEMO / "zum_ausprobieren" / "Sonnenblume_Projekte_2026_NEU.xlsx"
NEW_MEASURE = "Ferienlager Hohenlohm"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A demo network of this test's own: what it accepts no other test sees."""
    with demo_network(demo, tmp_path_factory.mktemp("upload")) as served_network:
        yield served_network


def _sent(here: Window) -> None:
    """The table is chosen with its sender; the page shows what was understood."""
    here.open("rueckmeldungen")
    sender = here.page.locator(".st-key-deliveries-sender input")
    sender.fill("Sonnenblume")
    here.page.get_by_role("option").filter(has_text="Sonnenblume").first.click()
    here.ready()
    here.page.locator('input[type="file"]').set_input_files(TABLE)
    here.page.locator("table.rt-delivery").wait_for()
    here.ready()


def _measures_found(here: Window) -> int:
    here.open(f"massnahmen?suche={NEW_MEASURE.replace(' ', '%20')}")
    none(here.trouble)
    return here.page.locator("table.rt-measures tbody th").filter(has_text=NEW_MEASURE).count()


def _ledger(here: Window) -> list[int]:
    numbers = here.page.locator(".rt-figures").first.locator("b").all_inner_texts()
    return [int(number.replace(".", "")) for number in numbers]


def _take_back(here: Window) -> None:
    here.open("rueckmeldungen")
    row = here.page.locator("tr").filter(has_text=TABLE.name).first
    row.locator("[data-go]").last.click()
    here.page.locator(".st-key-deliveries-undo button").click()
    here.page.locator(".rt-told").filter(has_text="ist zurückgenommen").first.wait_for()
    here.ready()


def test_a_table_is_understood_accepted_found_and_taken_back(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as here:
        assert _measures_found(here) == 0
        _sent(here)
        none(here.trouble)
        assert here.headline.startswith("So haben wir die Tabelle verstanden.")
        filled, *parts = _ledger(here)
        assert filled == sum(parts) > 100
        assert here.page.locator("table.rt-delivery").get_by_text("KW 23/2026").count() == 1
        assert _measures_found(here) == 0, "a preview changes no fact"
        here.open("rueckmeldungen")
        here.page.get_by_role("button", name=TABLE.name).click()
        here.page.locator(".st-key-delivery-accept button").click()
        here.page.locator(".rt-told").wait_for()
        here.ready()
        none(here.trouble)
        assert _measures_found(here) == 1
        _take_back(here)
        none(here.trouble)
        assert _measures_found(here) == 0
        none(here.watch.complaints)


@pytest.mark.slow  # the screens check what the page looks like, functions what it does
def test_what_was_understood_fits_and_axe_is_content(browser: Browser, network: Network) -> None:
    with window(browser, network, person("coordinator").username) as here:
        _sent(here)
        problems = screens.misfits(here, ROOM, PHONE)
        here.page.locator(".st-key-delivery-discard button").first.click()
        here.page.locator('[data-testid="stFileUploader"]').wait_for()
        none(problems)


def test_a_file_that_is_no_table_gets_a_sentence_and_no_trace(
    browser: Browser, network: Network, tmp_path_factory: pytest.TempPathFactory
) -> None:
    photo = tmp_path_factory.mktemp("photo") / "Gruppenfoto.xlsx"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with window(browser, network, person("partner").username) as here:
        here.open("rueckmeldungen")
        here.page.locator('input[type="file"]').set_input_files(photo)
        told = here.page.locator(".rt-told")
        told.wait_for()
        assert photo.name in told.inner_text()
        none(here.trouble)
