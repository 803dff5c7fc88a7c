"""From the office's click to the office's list: a partner answers on a phone whose connection comes and goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, Network, Window, demo_network, none, person, window
from tests.demo import demo  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

_AXE = (Path(__file__).resolve().parents[2] / "vendored" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_PARTNER = "VHS Lindenmark"
_MEASURE = "Allgemeine Integrationskurse"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:  # noqa: F811
    with demo_network(demo, tmp_path_factory.mktemp("link")) as served_network:
        yield served_network


def _made_by_the_office(here: Window) -> str:
    """The address behind a link that the office makes on its page of the round."""
    here.open("rueckmeldungen?ansicht=runde")
    chosen = here.page.locator(".st-key-links-partner input")
    chosen.click()
    chosen.fill("VHS")
    here.page.get_by_role("option").filter(has_text="VHS").first.click()
    here.page.locator(".st-key-links-person input").fill("Frau Lühning")
    here.page.locator(".st-key-links-make button").click()
    code = here.page.locator("code", has_text="/melden/")
    code.wait_for()
    here.ready()
    with here.page.expect_download() as letter:
        here.page.locator(".st-key-links-letters button").click()
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF")
    none(here.trouble)
    return code.inner_text().strip()


def _axe(page: Page) -> list[str]:
    found = page.evaluate(f"async () => {{ {_AXE}; return await axe.run(document, {{resultTypes: ['violations']}}) }}")
    return [f"{v['id']}: {n['html']}" for v in found["violations"] for n in v["nodes"]]


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def test_a_partner_reports_by_link_through_a_lost_connection(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as office:
        path = urlsplit(_made_by_the_office(office)).path
        context = browser.new_context(viewport=PHONE, locale="de-DE", is_mobile=True, has_touch=True)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{own_network.address}{path}")
        assert _fits(page)
        box = page.locator("details", has_text=_MEASURE).first
        box.locator("summary").focus()
        page.keyboard.press("Enter")  # by keyboard alone
        for key in ("Tab", "ArrowRight", "Tab"):
            page.keyboard.press(key)
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("ca. 410")
        page.keyboard.press("Tab")
        page.keyboard.type("Ein zweiter Raum")
        assert box.locator(".mark").inner_text() == "geändert"
        assert _axe(page) == []

        context.set_offline(True)
        page.get_by_text("Keine Verbindung").wait_for()
        page.keyboard.press("Tab")
        page.keyboard.type("Im Januar neue Gruppe")
        page.get_by_role("button", name="Weiter").click()
        page.get_by_role("status").get_by_text("Noch nicht abgeschickt").wait_for()
        assert page.locator("h1").inner_text().startswith("Wir kennen")
        page.close()  # the phone goes into a pocket

        context.set_offline(False)
        page = context.new_page()
        page.clock.install()
        page.goto(f"{own_network.address}{path}")
        page.get_by_text("Noch nicht abgeschickt: Ihre Eingaben von vorhin sind noch da.").wait_for()
        box = page.locator("details", has_text=_MEASURE).first
        assert box.get_by_label("Was fehlt?").is_visible(), "what was typed is hidden in a shut box"
        for width in (320, 195):  # the smallest phone, and 200 % on an ordinary one
            page.set_viewport_size({"width": width, "height": 844})
            assert _fits(page), width
        page.set_viewport_size(PHONE)
        page.route(f"**{path}", lambda route: None)  # a network that takes everything and answers nothing
        page.get_by_role("button", name="Weiter").click()
        page.get_by_role("status").get_by_text("Wird gelesen …").wait_for()
        page.clock.fast_forward(16_000)
        page.get_by_role("status").get_by_text("Noch nicht abgeschickt").wait_for()
        context.set_offline(True)
        page.unroute(f"**{path}")
        context.set_offline(False)  # goes on by itself
        understood = page.get_by_role("heading", name="So haben wir Sie verstanden: vier Angaben sind neu.")
        understood.wait_for()
        page.go_back()  # the phone's own Back
        page.get_by_role("heading", name="Wir kennen").wait_for()
        assert box.get_by_label("Was fehlt?").input_value() == "Ein zweiter Raum"
        page.get_by_role("button", name="Weiter").click()
        understood.wait_for()
        page.get_by_role("button", name="Zurück und ändern").click()
        page.get_by_role("heading", name="Wir kennen").wait_for()
        page.get_by_role("button", name="Weiter").click()
        page.get_by_role("heading", name="So haben wir Sie verstanden: vier Angaben sind neu.").wait_for()
        for told in (
            "Ein zweiter Raum",
            "Im Januar neue Gruppe",
            "gelesen aus „ca. 410“",
            "bisher: 394",
            "als Name: Frau Lühning",
        ):
            assert page.get_by_text(told).count() == 1, told
        assert _axe(page) == []
        for width in (195, 320, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert _fits(page), width
        page.get_by_role("button", name="Abschicken").click()
        page.get_by_role("heading", name="Danke, Ihre Antworten sind angekommen.").wait_for()
        page.get_by_role("link", name="Noch etwas melden").click()
        page.get_by_role("heading", name="Wir kennen").wait_for()
        assert page.get_by_text("noch da").count() == 0, "what has arrived is still kept on the device"
        assert {urlsplit(url).netloc for url in asked} == {urlsplit(own_network.address).netloc}
        context.close()

        office.open("rueckmeldungen?ansicht=runde")
        row = office.page.locator(".st-key-links-list tr", has_text="Frau Lühning")
        assert "geantwortet" in row.inner_text()
        office.open("rueckmeldungen")
        assert office.page.get_by_text("Antworten per Link von Frau Lühning, 10.11.2026").count() >= 1
        none(screens.axe_findings(office))
        none(office.watch.complaints)
