"""English: one click, and no German of ours is left on any screen (what partners wrote stays as they wrote it)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from babel.messages.pofile import read_po

from etl.wording import say
from etl.wording.catalogues import sources
from tests.dashboard.acceptance.network import Network, Window, none, person, window
from tests.dashboard.acceptance.screens import MAIN, SCREENS, Screen, streamlits_words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

#: Small words that stand in nearly every German sentence and in no English one.
_GERMAN = re.compile(
    r"\b(und|der|das|ist|sind|nicht|von|für|bei|auf|im|ab|noch|kein|keine|eine|einen|seit|bis|wird|werden|mit|aus|zum|zur)\b"
    r"|[äöüß]\w*(ung|keit|heit|en)\b",
    re.IGNORECASE,
)
#: A record's title within a sentence is quoted, and stays German.
_QUOTED = re.compile(r"“[^”]*”")
#: Ours: headings, heads of tables, labels, buttons. Buttons with a record's name (rt-go) say what partners wrote.
_OURS = (
    "h1, h2, thead th:not(.rt-ruler), label, dt, button:not(.rt-go), .rt-over, .rt-note, .rt-aside, .rt-footer,"
    " [data-testid=stTopNavLink]"
)
#: German words that English readers meet on purpose, with the reason.
_MEANT = {
    "Deutsch": "the language's own name in the switch",
    "Steuerungsgruppe": "the name of the demo network's own body",
}


def _rare_unless(*names: str) -> list[Any]:
    """The screens, those of other names by ``make test-all`` only."""
    return [pytest.param(s, id=s.name, marks=[] if s.name in names else [pytest.mark.slow]) for s in SCREENS]


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


@cache
def _sentences(language: str) -> set[str]:
    """All sentences of the catalogues that stand on a page as they are: without a place for a value."""
    found: set[str] = set()
    for path in sources(language):
        with path.open("rb") as stream:
            for entry in read_po(stream, locale=language):
                forms = entry.string if isinstance(entry.string, (tuple, list)) else (entry.string,)
                found |= {form.replace("~", " ") for form in forms if form and "{" not in form}
    return found


def _texts(here: Window, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in here.page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize("screen", _rare_unless(*MAIN, "goals", "catalogue"))
def test_a_screen_is_english_after_one_click(english: Window, screen: Screen) -> None:
    english.open(screen.address(english.network))
    none(english.trouble)
    assert english.language == "en"
    named = english.network
    meant = {*_MEANT, *named.titles("field_of_action"), *named.titles("idea", "cluster")}
    none([text for text in _texts(english, _OURS) if text in _sentences("de") - _sentences("en") - meant])
    headings = [text for text in _texts(english, "h1, thead th:not(.rt-ruler), label") if text not in meant]
    none([text for text in headings if _GERMAN.search(_QUOTED.sub("", text))])


@pytest.mark.parametrize("screen", _rare_unless("deliveries"))
def test_streamlits_own_words_are_german_for_a_partner_too(browser: Browser, network: Network, screen: Screen) -> None:
    """For the office: ``test_screens``."""
    with window(browser, network, person("partner").username) as german:
        none(streamlits_words(german.open(screen.address(network))))


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
