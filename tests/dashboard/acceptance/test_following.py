"""An agreement is followed up: the responsible house says on the phone why it is late, the office takes it in the
meeting, and what is done is noted; every line leads to its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance.network import PHONE, Network, Window, demo_network, none, person, window
from tests.dashboard.acceptance.ways import lost, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

LATE = "VHS und Jugendamt sichern die Kinderbetreuung der Abendkurse an vier Abenden."
WHY = "Am Donnerstag fehlt noch eine Betreuungskraft."


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """What is said here no other test sees."""
    with demo_network(demo, tmp_path_factory.mktemp("following")) as served_network:
        yield served_network


def _line(here: Window, title: str) -> str:
    return here.page.locator(".rt-follow-list li", has_text=title).inner_text()


def _open(here: Window, title: str) -> None:
    here.page.get_by_role("button", name=title, exact=True).click()
    here.page.get_by_role("dialog").wait_for()


def test_a_late_agreement_gets_a_reason_and_a_new_date(browser: Browser, own_network: Network) -> None:
    meeting = own_network.key("meeting", "title", "7. Sitzung der Steuerungsgruppe")
    address = f"sitzung?sitzung={meeting}&ansicht=vereinbarungen"
    with window(browser, own_network, person("partner").username, size=PHONE) as here:
        here.open(address)
        assert "überfällig seit 1. September 2026" in _line(here, LATE).replace("\u00a0", " ")
        walked = walk(here, "partner")
        none(walked.untraced)
        none(lost(walked))
        assert here.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it fits the phone"
        _open(here, LATE)
        here.page.get_by_role("button", name="Melden", exact=True).click()
        here.page.get_by_text("Es fehlt der Text.").wait_for()
        here.page.get_by_label("Grund").fill(WHY)
        here.page.get_by_role("button", name="Melden", exact=True).click()
        here.page.get_by_text("Gemeldet. Es gilt, sobald").wait_for()
        here.ready()
        assert "überfällig" in _line(here, LATE), "it waits for the office"
        none(here.trouble)
    with window(browser, own_network, person("coordinator").username) as here:
        here.open(address)
        assert WHY in _line(here, LATE)
        _open(here, LATE)
        here.page.get_by_role("button", name="Übernehmen", exact=True).click()
        here.page.get_by_text("Übernommen.", exact=True).wait_for()
        here.ready()
        line = _line(here, LATE).replace("\u00a0", " ")
        assert "läuft bis 10. Dezember 2026" in line
        assert "ursprünglich 1. September 2026, einmal verschoben" in line
        here.page.get_by_role("button", name="erledigten zur Kenntnis nehmen").click()
        here.page.get_by_text("Zur Kenntnis genommen.", exact=True).wait_for()
        here.ready()
        assert here.page.get_by_role("button", name="erledigten zur Kenntnis nehmen").count() == 0
        none([*here.trouble, *here.watch.complaints])
