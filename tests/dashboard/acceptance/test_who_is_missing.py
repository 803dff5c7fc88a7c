"""Who is missing, in a browser: a house is invited, what was found goes on the agenda, a seat of the reference changes,
and what somebody who watches saw is noted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, demo_network, none, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with demo_network(demo, tmp_path_factory.mktemp("missing")) as served_network:
        yield served_network


@pytest.mark.slow  # the screens check what the page looks like, functions what it does
def test_the_office_acts_on_who_is_missing_and_a_house_that_watches_notes_what_it_saw(
    browser: Browser, own_network: Network
) -> None:
    key = own_network.key("meeting", "title", "7. Sitzung der Steuerungsgruppe")
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("sitzung?gremium=1&ansicht=besetzung")
        here.page.get_by_role("button", name="Haus einladen").click()
        dialog = here.page.get_by_role("dialog")
        dialog.get_by_label("Haus").fill("Sonnenblume")
        here.page.get_by_role("option", name="Sonnenblume").click()
        dialog.get_by_role("button", name="Einladen", exact=True).click()
        dialog.wait_for(state="detached")
        here.page.get_by_text("Eingeladen sind die Mitglieder, dazu Sonnenblume.").wait_for()
        here.page.get_by_text("Sonnenblume ist als Gast eingeladen").wait_for()
        here.ready()
        here.page.get_by_role("button", name="Auf die Tagesordnung").click()
        dialog.get_by_role("button", name="Aufnehmen").click()
        dialog.wait_for(state="detached")
        here.page.get_by_text("Der Punkt steht auf der Tagesordnung.").wait_for()

        here.open("kooperationen?ansicht=fehlt")
        here.page.get_by_role("button", name="Städte und Gemeinden").click()
        dialog.get_by_text("Gilt nicht mehr").click()
        dialog.get_by_role("button", name="Übernehmen").click()
        dialog.wait_for(state="detached")
        here.page.get_by_text("Es gilt die Bezugsbesetzung, die das Netzwerk selbst festgelegt hat.").wait_for()
        here.ready()
        assert here.page.get_by_role("button", name="Städte und Gemeinden").count() == 0
        none(here.trouble)
    with window(browser, own_network, person("partner").username) as here:
        here.open(f"sitzung?sitzung={key}&ansicht=tagesordnung")
        here.page.get_by_text("Wer fehlt an unserem Tisch?").first.wait_for()
        here.open("ideen?ansicht=schwerpunkte&schwerpunkt=2")
        here.page.get_by_label("Was wurde beobachtet?").fill("Zwei Räume sind gefunden.")
        here.page.get_by_role("button", name="Notiz festhalten").click()
        here.page.get_by_text("Die Notiz ist festgehalten.").wait_for()
        here.page.locator(".rt-list").get_by_text("Zwei Räume sind gefunden.").wait_for()
        none(here.trouble)
        none(here.watch.complaints)


@pytest.mark.slow  # only a browser scrolls
@pytest.mark.parametrize("size", [ROOM, PHONE], ids=["room", "phone"])
def test_what_a_line_far_down_opens_comes_into_view(
    browser: Browser, own_network: Network, size: dict[str, int]
) -> None:
    with window(browser, own_network, person("coordinator").username, size=size) as here:
        here.open("kooperationen?ansicht=fragil")
        lines = here.page.locator(".rt-list button[data-go^='stelle:']")
        last = lines.nth(lines.count() - 1)
        told = (last.inner_text()).split(":")[0]
        last.scroll_into_view_if_needed()
        last.click()
        opened = here.page.locator(".st-key-spot-opened [data-here]", has_text=told)
        opened.wait_for()
        inside = "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
        here.page.wait_for_function(inside, arg=opened.element_handle())
        none(here.watch.complaints)
