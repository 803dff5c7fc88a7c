"""The agenda in a browser: moved by keyboard, changed in a dialog, dropped and put back, taken home as PDF."""

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


#: Whether the title stands at that place.
_STANDS = "([title, at]) => document.querySelectorAll('.rt-agenda li b:first-child button')[at].innerText === title"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with demo_network(demo, tmp_path_factory.mktemp("agenda")) as served_network:
        yield served_network


def _titles(here: Window) -> list[str]:
    return here.page.locator(".rt-agenda li b:first-child button").all_inner_texts()


def test_an_agenda_is_put_in_order_without_a_mouse(browser: Browser, own_network: Network) -> None:
    key = own_network.key("meeting", "title", "7. Sitzung der Steuerungsgruppe")
    with window(browser, own_network, person("coordinator").username) as here:
        here.open(f"sitzung?sitzung={key}&ansicht=tagesordnung")
        before = _titles(here)
        here.page.locator("[data-go^='ab:']").first.focus()
        for times in (1, 2):
            here.page.keyboard.press("Enter")  # what was moved keeps the focus
            here.page.wait_for_function(_STANDS, arg=[before[0], times])
            here.ready()
        assert _titles(here)[:3] == [before[1], before[2], before[0]]

        here.page.get_by_role("button", name=before[0], exact=True).click()
        minutes = here.page.get_by_role("dialog").get_by_role("spinbutton")
        minutes.fill("15")
        minutes.press("Enter")
        here.ready()
        none(screens.misfits(here, PHONE, ROOM, only_axe=True))
        here.page.get_by_role("button", name="Übernehmen").click()
        here.page.get_by_role("dialog").wait_for(state="detached")
        here.page.get_by_text("Das sind 10\u00a0Minuten mehr als geplant.").wait_for()

        here.page.get_by_role("button", name=before[0], exact=True).click()
        here.page.get_by_role("button", name="Streichen").click()
        here.page.get_by_role("dialog").wait_for(state="detached")
        here.page.get_by_text("Der Punkt ist gestrichen.").wait_for()
        here.ready()
        assert before[0] not in _titles(here)
        here.page.locator(".rt-agenda-dropped li").filter(has_text=before[0]).get_by_role("button").click()
        here.page.get_by_text("Der Punkt steht wieder auf der Tagesordnung.").wait_for()
        here.ready()
        assert before[0] in _titles(here)
        with here.page.expect_download() as asked:
            here.page.get_by_role("button", name="Einladung (PDF)").click()
        assert asked.value.suggested_filename == "Einladung-2026-11-10.pdf"
        none(here.trouble)
        none(here.watch.complaints)
    with window(browser, own_network, person("member").username, size=PHONE) as here:
        here.open(f"sitzung?sitzung={key}&ansicht=tagesordnung")
        assert here.page.locator(".rt-agenda li").count() == len(before)
        assert here.page.locator("[data-go^='ab:']").count() == 0
        none(screens.misfits(here, PHONE))
