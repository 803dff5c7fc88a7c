"""From a sum to its values to a cell: with the keyboard alone, on the phone, and to axe's content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import Network, Window, none, person, window
from tests.dashboard.acceptance.screens import SIZES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-sources")]

_DIALOG = '[role="dialog"]'
_FIGURE = ".rt-ov-figure button"
_SIDEWAYS = f"""() => [...document.querySelectorAll('{_DIALOG} *')]
  .filter((e) => !e.closest('.rt-scroll') && e.getBoundingClientRect().right > innerWidth + 1)
  .map((e) => e.outerHTML)"""


@pytest.fixture(params=list(SIZES))
def here(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[Window]:
    with window(browser, network, person("coordinator").username, size=SIZES[request.param]) as opened:
        yield opened.open("")


def focused(here: Window) -> str:
    return str(here.page.evaluate("document.activeElement.dataset.go || document.activeElement.tagName"))


def test_the_keyboard_alone_goes_from_a_sum_to_a_cell_and_back(here: Window) -> None:
    page = here.page
    page.locator(_FIGURE).first.focus()
    asked = focused(here)
    page.keyboard.press("Enter")
    value = page.locator(f"{_DIALOG} tbody td button").first
    value.wait_for()
    value.focus()
    page.keyboard.press("Enter")
    page.locator(f"{_DIALOG} .rt-origin .rt-cell-here").first.wait_for()
    page.locator(f"{_DIALOG} .st-key-trace-back button").click()
    page.locator(f"{_DIALOG} tbody td button").first.wait_for()
    page.wait_for_function(f"() => document.activeElement.closest('{_DIALOG}')")
    page.keyboard.press("Escape")
    page.locator(_DIALOG).wait_for(state="detached")
    page.wait_for_timeout(300)
    assert focused(here) == asked


def test_list_and_proof_fit_and_axe_finds_nothing(here: Window) -> None:
    page = here.page
    page.locator(_FIGURE).first.click()
    page.locator(f"{_DIALOG} tbody td button").first.wait_for()
    here.ready()
    none(screens.axe_findings(here) + page.evaluate(_SIDEWAYS))
    page.locator(f"{_DIALOG} tbody td button").first.click()
    page.locator(f"{_DIALOG} .rt-origin").wait_for()
    here.ready()
    page.wait_for_timeout(500)
    none(screens.axe_findings(here) + page.evaluate(_SIDEWAYS))
