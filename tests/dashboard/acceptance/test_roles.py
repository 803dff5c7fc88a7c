"""Everybody signs in through the form and opens each page of their menu, and no page that is not in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.accounts import ROLES
from etl.wording import say
from tests.dashboard.acceptance.network import Network, Person, Window, none, people, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

#: Leadership and members see the same pages but for details that tests of the pages know.
_RARE, _OFTEN = ("leadership", "member"), ("ueberblick", "kooperationen", "sitzung")
VISITS = [
    pytest.param(
        (one, entry),
        id=f"{one.role}-{entry.url_path}",
        marks=[pytest.mark.slow] if one.role in _RARE and entry.url_path not in _OFTEN else [],
    )
    for one in people()
    for entry in one.menu
]
#: Each role is refused at one page of each kind it may not open; the menu tests know all of them.
REFUSALS = [
    pytest.param((one, entry), id=f"{one.role}-{entry.url_path}", marks=() if place == 0 else pytest.mark.slow)
    for one in people()
    for place, entry in enumerate(one.shut)
]


@pytest.fixture(scope="module")
def windows(browser: Browser, network: Network) -> Iterator[dict[str, Window]]:
    """Each person's own window, signed in through the form."""
    opened = {one.username: window(browser, network) for one in people()}
    entered = {name: one.__enter__() for name, one in opened.items()}
    for name, one in entered.items():
        one.sign_in(name)
    yield entered
    for one in opened.values():
        one.__exit__(None, None, None)


def test_there_is_a_demo_sign_in_for_every_role() -> None:
    assert {one.role for one in people()} == set(ROLES)


@pytest.mark.parametrize("visit", VISITS)
def test_a_page_of_the_menu_opens_with_its_finding(windows: dict[str, Window], visit: tuple[Person, object]) -> None:
    who, entry = visit
    here = windows[who.username]
    name = say(who.language, f"menu.{entry.url_path}")  # type: ignore[attr-defined]
    here.page.get_by_role("link", name=name, exact=True).first.click()
    here.page.wait_for_url(f"{here.network.address}/{'' if entry.url_path == 'ueberblick' else entry.url_path}*")  # type: ignore[attr-defined]
    here.ready()
    none(here.trouble)
    none(here.watch.complaints)
    assert here.headline.endswith("."), f"no finding: {here.headline}"
    assert here.headline != say(who.language, "refused.headline")
    assert here.language == who.language
    assert here.watch.hosts == {here.network.address.removeprefix("http://")}


@pytest.mark.parametrize("visit", REFUSALS)
def test_a_page_that_is_not_in_the_menu_is_refused_at_its_address(
    windows: dict[str, Window], visit: tuple[Person, object]
) -> None:
    who, entry = visit
    here = windows[who.username]
    here.open(entry.url_path)  # type: ignore[attr-defined]
    assert here.headline == say(who.language, "refused.headline")
    assert here.page.locator('[data-testid="stFileUploader"], table').count() == 0
    menu = here.page.locator('[data-testid="stTopNavLink"], [data-testid="stSidebarNavLink"]').all_inner_texts()
    assert say(who.language, f"menu.{entry.url_path}") not in menu  # type: ignore[attr-defined]


def test_no_contact_reaches_an_observer(windows: dict[str, Window]) -> None:
    [observer] = [one for one in people() if one.role == "observer"]
    here = windows[observer.username].open("kooperationen?ansicht=kontakte")
    none(re.findall(r"[\w.-]+@[\w-]+\.\w+|tel:[\d+]+", here.page.content()))
