"""The office settles a contradiction and merges what is reported twice; every page says so; both are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance.network import Network, Window, demo_network, none, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

REASON = "Das Jobcenter zählt nur das SGB II, die Bundesagentur alle."
ONE, OTHER = "Erstorientierungskurse Wessenfurt", "Erstorientierungskurs Wessenfurt"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A demo network of this test's own: what it decides no other test sees."""
    with demo_network(demo, tmp_path_factory.mktemp("clarify")) as served_network:
        yield served_network


def _decide(here: Window, choice: str, reason: str) -> str:
    """Choose, give the reason, press the button; what the page then tells."""
    here.page.locator('[data-testid="stRadio"] label').filter(has_text=choice).first.click()
    here.ready()
    if reason:
        here.page.locator(".st-key-clarify-decision input[type=text]").fill(reason)
        here.page.keyboard.press("Tab")
        here.ready()
    here.page.locator(".st-key-clarify-do button").click()
    here.page.locator(".rt-told[role=status]").wait_for()
    here.ready()
    none(here.trouble)
    return here.page.locator(".rt-told[role=status]").first.inner_text()


def _take_back(here: Window) -> None:
    here.page.locator(".st-key-clarify-take-back button").click()
    here.page.get_by_text("zurückgenommen").first.wait_for()
    here.ready()
    none(here.trouble)


@pytest.mark.slow
def test_the_office_settles_a_contradiction_and_takes_it_back(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("rueckmeldungen")
        here.page.locator(".st-key-clarify-link [data-go]").first.click()
        here.page.wait_for_url("**/klaerungen")
        here.ready()
        assert here.headline.startswith("Ein Widerspruch wartet auf eine Entscheidung.")
        sides = here.page.locator(".rt-side").all_inner_texts()
        assert ["389" in sides[0], "Kennzahlen, D5" in sides[0]] == [True, True]
        assert ["412" in sides[1], "Indikatoren, J17" in sides[1]] == [True, True]
        assert "Grund" in _decide(here, "Es gilt 389", "")
        assert here.headline.startswith("Ein Widerspruch")
        assert _decide(here, "Es gilt 389", REASON).startswith("Das ist entschieden")
        assert not here.headline.startswith("Ein Widerspruch")
        assert REASON in here.page.locator(".rt-told").last.inner_text()
        assert "389" in here.page.locator(".rt-side.rt-held").inner_text()
        _take_back(here)
        assert here.headline.startswith("Ein Widerspruch")
        none(here.watch.complaints)


def test_the_office_merges_a_measure_reported_twice_and_takes_it_back(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("klaerungen?ansicht=doppelt")
        here.page.get_by_role("button", name=ONE).first.click()
        here.page.wait_for_url("**fall=*")
        here.ready()
        table = here.page.locator(".rt-pair table").inner_text()
        assert (ONE in table, OTHER in table) == (True, True)
        old, kept = own_network.key("measure", "title", ONE), own_network.key("measure", "title", OTHER)
        told = _decide(here, f"weitergeführt als „{OTHER}“", "Das BAMF fördert, die Diakonie führt durch.")
        assert told.startswith("Das ist entschieden")
        assert own_network.key("measure", "title", OTHER) == kept
        assert ONE not in own_network.titles("measure")
        assert "weitergeführt als" in here.page.locator(".rt-told").last.inner_text()
        here.open(f"massnahmen?massnahme={old}")
        assert OTHER in here.page.locator('[data-testid="stMain"]').inner_text(), "the old address leads on"
        here.open(f"klaerungen?ansicht=doppelt&fall={kept}%2B{old}")
        _take_back(here)
        assert ONE in own_network.titles("measure")
        none(here.watch.complaints)


@pytest.mark.slow
def test_a_pair_that_is_kept_apart_is_not_asked_about_again(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("klaerungen?ansicht=doppelt")
        for waiting in (1, 1, 0):  # two of measures, one of a grant
            _decide(here, "Zwei verschiedene", "Verschiedene Träger.")
            here.open("klaerungen?ansicht=doppelt")
            assert here.page.locator(".st-key-clarify-do").count() == waiting
        assert ONE in own_network.titles("measure")
