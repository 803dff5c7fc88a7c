"""Without a mouse: Tab reaches the menu and the goals, one sees where one is, Enter opens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.acceptance.network import Network, Window, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

_FOCUS = """() => {
  const e = document.activeElement
  return e === document.body ? null : {
    text: (e.getAttribute('aria-label') || e.innerText || e.getAttribute('placeholder') || '').trim(),
    menu: e.dataset.testid === 'stTopNavLink', goal: Boolean(e.closest('.rt-goals')), seat: Boolean(e.closest('svg')),
  }
}"""
#: Around the element, where a focus ring is drawn.
_MARGIN = 6


@pytest.fixture
def here(browser: Browser, network: Network) -> Iterator[Window]:
    with window(browser, network, person("coordinator").username) as opened:
        yield opened


def _tabbed(here: Window, most: int = 80) -> Iterator[dict[str, object]]:
    """What has the focus after each Tab, from the top of the page."""
    for _ in range(most):
        here.page.keyboard.press("Tab")
        focus = here.page.evaluate(_FOCUS)
        if focus:
            yield focus


def _picture_of_focus(here: Window) -> tuple[bytes, bytes]:
    """The place of the focused element with the focus on it, and without."""
    here.page.wait_for_timeout(120)
    box = here.page.evaluate(
        "(({x, y, width, height}) => ({x, y, width, height}))(document.activeElement.getBoundingClientRect())"
    )
    clip = {
        "x": max(0, box["x"] - _MARGIN),
        "y": max(0, box["y"] - _MARGIN),
        "width": box["width"] + 2 * _MARGIN,
        "height": box["height"] + 2 * _MARGIN,
    }
    focused = here.page.screenshot(clip=clip)  # type: ignore[arg-type]
    here.page.evaluate("window.rtFocus = document.activeElement; document.activeElement.blur()")
    here.page.wait_for_timeout(120)
    blurred = here.page.screenshot(clip=clip)  # type: ignore[arg-type]
    here.page.evaluate("window.rtFocus.focus({preventScroll: true})")
    return focused, blurred


def test_tab_goes_through_the_menu_and_reaches_the_goals(here: Window) -> None:
    here.open("")
    menu: list[object] = []
    for focus in _tabbed(here):
        if focus["menu"]:
            menu.append(focus["text"])
        if focus["goal"]:
            break
    else:
        pytest.fail("no goal of the board was reached within 80 steps")
    pages = ["Überblick", "Ziele", "Maßnahmen", "Kooperationen", "Zuständigkeiten", "Fördermittel", "Ideen", "Sitzung"]
    assert menu == [*pages, "Rückmeldungen", "Klärungen", "Organisation"]


def test_enter_on_a_goal_of_the_board_opens_its_page(here: Window) -> None:
    here.open("")
    goal = next(focus for focus in _tabbed(here) if focus["goal"])
    here.page.keyboard.press("Enter")
    here.page.wait_for_url("**/ziele?ziel=*")
    here.ready()
    assert here.trouble == []
    assert str(goal["text"]) in here.page.locator('[data-testid="stMain"]').inner_text() or here.headline.endswith(".")


def test_one_sees_where_the_focus_is_at_each_step(here: Window) -> None:
    here.open("")
    unseen = []
    for step, focus in enumerate(_tabbed(here, 24)):
        focused, blurred = _picture_of_focus(here)
        if focused == blurred:
            unseen.append(f"step {step + 1}: {focus['text']}")
    assert unseen == []


def test_a_partner_is_chosen_at_the_round_table_with_enter(here: Window) -> None:
    here.open("kooperationen")
    seat = here.page.locator("svg [data-go][tabindex='0']").nth(3)
    seat.focus()
    here.page.keyboard.press("Enter")
    here.page.wait_for_url("**/kooperationen?partner=*")
    here.ready()
    assert here.trouble == []
