"""What changed since last time, and all pages as shown on an earlier day, with a real menu and a real address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.acceptance.network import ROOM, Network, none, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-sources")]

_LINE = "Stand wie gezeigt am 10. Februar 2026"


def test_from_the_finding_to_a_cell_and_back_to_the_day_it_was_shown(browser: Browser, network: Network) -> None:
    from playwright.sync_api import expect

    key = network.key("meeting", "title", "7. Sitzung der Steuerungsgruppe")
    with window(browser, network, person("coordinator").username, size=ROOM) as here:
        page = here.page
        here.open("")
        page.get_by_role("button", name=re.compile("anders bewertet außerdem")).click()
        page.wait_for_url(f"**sitzung={key}&ansicht=seit&gruppe=bewertungen*")
        here.open(f"sitzung?sitzung={key}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Zwei Ziele sind schlechter bewertet.")
        page.get_by_role("button", name=re.compile("alle .* zeigen")).first.click()
        page.wait_for_url("**gruppe=bewertungen*")
        page.get_by_role("button", name="zurück zur Übersicht").click()
        page.get_by_text("Korrektur · Wert · 247 statt 274").click()
        expect(page.get_by_role("dialog")).to_contain_text("Woher kommt diese Angabe?")
        page.keyboard.press("Escape")
        here.open("ziele?stand=2026-02-10")
        expect(page.get_by_text(_LINE)).to_be_visible()
        page.get_by_role("link", name="Maßnahmen", exact=True).click()
        page.wait_for_url("**massnahmen?stand=2026-02-10")
        expect(page.get_by_text(_LINE)).to_be_visible()
        page.get_by_role("button", name="zurück zu heute").click()
        expect(page.get_by_text(_LINE)).to_be_hidden()
        page.wait_for_url(re.compile("massnahmen$"))
        none(here.trouble)
