"""Somebody on the move asks who is responsible; the office teaches the paper a word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, Network, Window, demo_network, none, person, window
from tests.demo import demo  # noqa: F401

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:  # noqa: F811
    with demo_network(demo, tmp_path_factory.mktemp("responsible")) as served_network:
        yield served_network


def _ask(here: Window, question: str, answer: str | re.Pattern[str]) -> None:
    field = here.page.get_by_label("Wer ist zuständig für …?")
    field.fill(question)
    field.press("Enter")
    here.page.get_by_role("heading", level=1, name=answer).wait_for()
    here.ready()


def test_who_is_responsible_is_answered_on_the_phone(browser: Browser, own_network: Network) -> None:
    with window(browser, own_network, person("coordinator").username, size=PHONE) as here:
        here.open("zustaendigkeiten")
        _ask(here, "Wer hilft bei einer Eheschließung?", "Dazu steht nichts im Schnittstellenpapier.")
        here.open("zustaendigkeiten?ansicht=schritte")
        here.page.get_by_role("button", name="Beratung", exact=True).click()
        words = here.page.get_by_label("Stichwörter, eines je Zeile")
        words.fill(words.input_value() + "\nEheschließung")
        here.page.get_by_role("button", name="Speichern").click()
        here.page.get_by_text("Der Schritt ist gespeichert.").wait_for()
        here.ready()
        here.open("zustaendigkeiten")
        _ask(here, "Wer hilft bei einer Eheschließung?", re.compile("gehört zum Schritt „Beratung“.* Caritas"))
        assert here.page.locator("a[href^='tel:09999000312']").count() == 1
        screens.arm(here)
        none(screens.sideways(here))
        none(here.watch.complaints)
