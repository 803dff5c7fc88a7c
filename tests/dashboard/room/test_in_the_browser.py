"""A wall moved by keyboard alone, a second one in English, and two devices that follow, one of which loses its
connection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.shell.session import COOKIE
from etl.model.store import Store
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, demo_network, person
from tests.demo import demo  # noqa: F401
from tests.signed_in import a_session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

_AXE = (Path(__file__).resolve().parents[2] / "vendored" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
_KEY = "meeting-00012"
#: Every text that is shown smaller than the back row can read.
_SMALL = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility()
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.closest('.unseen, noscript')
  && parseFloat(getComputedStyle(e).fontSize) * (e.getScreenCTM ? e.getScreenCTM().a : 1) < 24)
  .map(e => e.tagName + ' ' + getComputedStyle(e).fontSize + ' ' + e.textContent.slice(0, 40))"""
#: What does not fit: the wall scrolls, or a text is wider than its place.
_CUT = """() => { const m = document.getElementById('slide'); return [
  ...(m.scrollHeight > m.clientHeight + 1 ? [`${m.scrollHeight} of ${m.clientHeight} px`] : []),
  ...[...m.querySelectorAll('p, h1, .lead, small')].filter(e => e.clientWidth && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.textContent)] }"""


@pytest.fixture
def network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:  # noqa: F811
    with demo_network(demo, tmp_path_factory.mktemp("room")) as served_network:
        yield served_network


@contextmanager
def _device(
    browser: Browser, network: Network, role: str | None, size: dict[str, int], locale: str = "de-DE"
) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale=locale)  # type: ignore[arg-type]
    if role is not None:
        session = a_session(network.store, person(role).username)
        context.add_cookies([{"name": COOKIE, "value": session, "url": network.address}])
    page = context.new_page()
    yield page
    context.close()


def _axe(page: Page) -> list[str]:
    found = page.evaluate(f"async () => {{ {_AXE}; return await axe.run(document, {{resultTypes: ['violations']}}) }}")
    return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]


def _text(page: Page) -> str:
    return " ".join(str(page.locator(".slide").text_content()).split())


def _at(page: Page, place: int, total: int) -> None:
    pattern = re.compile(rf"(TOP|Item).{place} (von|of).{total}\b")
    page.locator(".slide .over", has_text=pattern).wait_for()


def test_a_wall_by_keyboard_and_devices_that_follow(browser: Browser, network: Network) -> None:
    with (
        _device(browser, network, "coordinator", ROOM) as wall,
        _device(browser, network, None, PHONE) as phone,
        _device(browser, network, "member", PHONE) as member,
    ):
        complaints: list[str] = []
        wall.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        wall.goto(f"{network.address}/saal/{_KEY}")
        wall.keyboard.press("Enter")
        wall.locator(".opening").wait_for()
        code = str(wall.locator(".sign").text_content())
        phone.goto(f"{network.address}/mitlesen")
        assert _axe(phone) == []
        phone.keyboard.type(code.lower())
        phone.keyboard.press("Enter")
        phone.locator(".opening").wait_for()
        member.goto(f"{network.address}/saal/{_KEY}/mitlesen")
        total = wall.locator(".numbers li").count()

        for place in range(1, total + 1):
            wall.keyboard.press("ArrowRight")
            _at(wall, place, total)
            assert (wall.evaluate(_SMALL), wall.evaluate(_CUT)) == ([], []), f"item {place}"
        assert _axe(wall) == []
        for follower in (phone, member):
            _at(follower, total, total)
            assert _text(follower) == _text(wall)
        assert _axe(phone) == []

        phone.context.set_offline(True)
        phone.locator("#line", has_text="Keine Verbindung").wait_for()
        assert _text(phone) == _text(wall), "what was shown stays"
        wall.keyboard.type("4")
        wall.locator("#line", has_text="TOP").wait_for()
        wall.keyboard.press("Enter")
        _at(wall, 4, total)
        _at(member, 4, total)
        phone.context.set_offline(False)
        _at(phone, 4, total)
        assert _text(phone) == _text(wall)
        assert not phone.locator("#line").is_visible()

        wall.keyboard.press("/")
        wall.keyboard.type("auszug")
        wall.locator("#found [role=option]", has_text="W1").wait_for()
        wall.keyboard.press("Enter")
        wall.locator(".over", has_text="zwischendurch").wait_for()
        assert wall.evaluate(_SMALL) == []
        member.locator(".over", has_text="zwischendurch").wait_for()
        assert "ziele?ziel=" in str(member.locator("#dashboard").get_attribute("href"))
        wall.keyboard.press("Escape")
        _at(wall, 4, total)

        with _device(browser, network, "coordinator", ROOM) as second:  # in English, where the first one stands
            second.goto(f"{network.address}/saal/{_KEY}?lang=en")
            _at(second, 4, total)
            assert re.fullmatch(r"0\d:\d\d|10:00", str(second.locator("#clock b").text_content())), (
                "the clock is right at once"
            )
            second.keyboard.press("Home")
            second.locator(".opening h2", has_text="Follow on your own device").wait_for()
            assert second.evaluate(_SMALL) == []
        wall.locator(".opening").wait_for()
        wall.keyboard.type("4")
        wall.keyboard.press("Enter")

        _at(member, 4, total)
        member.get_by_role("switch").click()
        member.get_by_role("button", name="zurück").click()
        _at(member, 3, total)
        wall.keyboard.press("End")
        _at(wall, total, total)
        member.locator("#line", has_text="etwas anderes").wait_for()
        _at(member, 3, total)
        member.get_by_role("switch").click()
        _at(member, total, total)

        wall.keyboard.press("?")
        assert wall.get_by_role("dialog").is_visible()
        assert wall.evaluate(_SMALL) == []
        end = wall.locator("#end")
        end.focus()
        wall.keyboard.press("Enter")
        wall.keyboard.press("Enter")
        wall.get_by_text("Präsentation fortsetzen").wait_for()
        phone.locator("#line", has_text="beendet").wait_for()
        assert complaints == []
