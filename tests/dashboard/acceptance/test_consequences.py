"""What a table leads to: far fewer records are asked about, goals wait for the office, undoing is foreseen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.model.state import state_on
from etl.model.store import open_store
from tests.dashboard.acceptance.network import Network, Window, network_at, none, window
from tests.dashboard.networks import a_network, deliver
from tests.pipeline.test_authority import goals
from tests.pipeline.workbooks import SPRACHCAFE, measures
from tests.signed_in import a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

COURSES = [(f"M-{n}", f"Kurs {name}", *SPRACHCAFE[2:]) for n, name in enumerate("ABCDEFGHIJ", 10)]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Network]:
    """A partner with ten courses, the office's goals, and somebody of each."""
    store = open_store(f"sqlite:///{tmp_path / 'small.db'}")
    a_network(store)
    deliver(store, "Kurse.xlsx", measures(*COURSES), "Diakonie", dt.date(2026, 11, 1))
    deliver(store, "Ziele.xlsx", goals(60), "Koordinierungsstelle", dt.date(2026, 10, 1))
    a_user(store, "diakonie", "partner", partner="partner-00001")
    a_user(store, "koordination", "coordinator")
    store.close()
    with network_at(tmp_path / "small.db") as network:
        yield network


def _send(here: Window, name: str, content: bytes) -> None:
    here.open("rueckmeldungen")
    file = {"name": name, "mimeType": XLSX, "buffer": content}
    here.page.locator('input[type="file"]').set_input_files(file)  # type: ignore[arg-type]
    here.page.locator(".st-key-delivery-accept button").wait_for()
    here.ready()


def _decide(here: Window) -> str:
    here.page.locator(".st-key-delivery-accept button").click()
    here.page.locator('[data-testid="stFileUploader"]').wait_for()
    here.ready()
    none(here.trouble)
    return " ".join(here.page.locator(".rt-told").all_inner_texts())


def _target(network: Network) -> object:
    with network.store.reading() as connection:
        [indicator] = state_on(connection, kinds=["indicator"]).kind("indicator").values()
    return indicator.value("target_value")


@pytest.mark.slow
def test_far_fewer_records_are_asked_about_and_undoing_shows_first_what_it_changes(
    browser: Browser, small: Network
) -> None:
    with window(browser, small, "diakonie") as here:
        _send(here, "Kurse neu.xlsx", measures((*COURSES[0][:6], 77, 12500), *COURSES[1:6]))
        assert "40\xa0% weniger" in here.page.locator(".rt-told").first.inner_text()
        assert here.page.locator(".st-key-delivery-accept button").is_disabled()
        here.page.locator('[class*="st-key-delivery-sure"] label').click()
        here.page.locator(".st-key-delivery-accept button:enabled").wait_for()
        assert "Angenommen" in _decide(here)
        here.page.locator("tr").filter(has_text="Kurse neu.xlsx").locator("[data-go]").last.click()
        here.page.locator(".st-key-deliveries-undo button").wait_for()
        here.ready()
        shown = here.page.locator(".st-key-deliveries-confirm").inner_text()
        assert "1\xa0wie davor Kurs A" in " ".join(shown.split("\n"))
        assert "77" in shown
        here.page.locator(".st-key-deliveries-undo button").click()
        here.page.get_by_text("ist zurückgenommen").first.wait_for()
        none([*here.trouble, *here.watch.complaints])


def test_a_partners_change_of_a_goal_waits_for_the_office_which_accepts_it(browser: Browser, small: Network) -> None:
    with window(browser, small, "diakonie") as here:
        _send(here, "Unsere Ziele.xlsx", goals(30))
        assert "dem ganzen Netzwerk" in here.page.locator(".rt-told").first.inner_text()
        assert "liegt jetzt bei der Koordinierungsstelle" in _decide(here)
        assert _target(small) == 60
    with window(browser, small, "koordination") as here:
        here.open("rueckmeldungen")
        assert "Diakonie" in here.page.locator(".rt-list").first.inner_text()
        here.page.get_by_role("button", name="Unsere Ziele.xlsx").first.click()
        here.page.locator(".st-key-delivery-accept button").wait_for()
        here.ready()
        assert "Angenommen" in _decide(here)
        none([*here.trouble, *here.watch.complaints])
    assert _target(small) == 30
