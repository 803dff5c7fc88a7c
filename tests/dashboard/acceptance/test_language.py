"""English: one click, and no German of ours is left on any screen (what partners wrote stays as they wrote it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from etl.wording import say
from etl.wording.catalogues import sources
from tests.dashboard.acceptance.network import Network, Window, none, person, window
from tests.dashboard.acceptance.screens import SCREENS, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

#: Small words that stand in nearly every German sentence and in no English one.
_GERMAN = re.compile(
    r"\b(und|der|das|ist|sind|nicht|von|für|bei|auf|im|ab|noch|kein|keine|eine|einen|seit|bis|wird|werden|mit|aus|zum|zur)\b"
    r"|[äöüß]\w*(ung|keit|heit|en)\b",
    re.IGNORECASE,
)
#: Ours: headings, heads of tables, labels, buttons. Buttons with a record's name (rt-go) say what partners wrote.
_OURS = "h1, h2, thead th, label, dt, button:not(.rt-go), .rt-over, .rt-note, .rt-aside, .rt-footer, [data-testid=stTopNavLink]"
#: German words that English readers meet on purpose, with the reason.
_MEANT = {"Deutsch": "the language's own name in the switch"}


@pytest.fixture(scope="module")
def english(browser: Browser, network: Network) -> Iterator[Window]:
    """The office's window after a click on English; German again afterwards."""
    with window(browser, network, person("coordinator").username) as here:
        _speak(here, "English", "en")
        yield here
        _speak(here, "Deutsch", "de")


def _speak(here: Window, word: str, language: str) -> None:
    here.open("")
    here.page.locator(".st-key-rt-account button").first.click()
    here.page.get_by_text(word, exact=True).click()
    here.page.wait_for_function(f"() => document.documentElement.lang === '{language}'")
    here.ready()


def _sentences(language: str) -> set[str]:
    """All sentences of the catalogues that stand on a page as they are: without a place for a value."""
    found: set[str] = set()
    for path in sources(language):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language):
                forms = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
                found |= {form.replace("~", " ") for form in forms if form and "{" not in form}
    return found


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_a_screen_is_english_after_one_click(english: Window, screen: Screen) -> None:
    english.open(screen.address(english.network))
    none(english.trouble)
    assert english.language == "en"
    texts = [" ".join(text.split()) for text in english.page.locator(_OURS).all_inner_texts()]
    none([text for text in texts if text not in _MEANT and text in _sentences("de") - _sentences("en")])
    headings = [" ".join(text.split()) for text in english.page.locator("h1, h2, thead th, label").all_inner_texts()]
    none([text for text in headings if _GERMAN.search(text)])


def test_the_headline_changes_its_language_and_not_its_finding(english: Window, browser: Browser) -> None:
    with window(browser, english.network, person("leadership").username) as german:
        german.open("")
        english.open("")
        assert re.search(r"\d+|[Zz]iele", german.headline)
        assert re.findall(r"\d+", german.headline) == re.findall(r"\d+", english.headline)
        assert german.headline != english.headline


def test_the_sign_in_speaks_the_language_of_the_browser(browser: Browser, network: Network) -> None:
    for locale, language in (("de-DE", "de"), ("en-GB", "en")):
        with window(browser, network, locale=locale) as stranger:
            stranger.page.goto(network.address)
            stranger.page.get_by_role("button", name=say(language, "signin.submit")).wait_for()
            stranger.page.wait_for_function(f"() => document.documentElement.lang === '{language}'")
