"""Each screen in the room (1920×1080) and on the phone (390×844): it fits, nothing is cut off, axe is content,
Streamlit speaks German, and every value leads the office to its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import Network, Window, none, person, window
from tests.dashboard.acceptance.screens import MAIN, SCREENS, SIZES, Screen
from tests.dashboard.acceptance.ways import NO_RECORDS, lost, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-screens")]


@dataclass(frozen=True, slots=True)
class Shown:
    screen: Screen
    size: str
    scheme: str
    window: Window


def _cases() -> Iterator[Any]:
    for scheme in ("light", "dark"):
        for size in SIZES:
            for screen in SCREENS:
                rare = scheme == "dark" or (size != "1920" and screen.name not in MAIN)
                marks = [pytest.mark.slow] if rare else []
                yield pytest.param((screen, size, scheme), id=f"{screen.name}-{size}-{scheme}", marks=marks)


def _in_the_room() -> list[Any]:
    """The screens that are shown whole to the steering group."""
    return [case for case in _cases() if case.values[0][0].one_window and case.values[0][1:] == ("1920", "light")]


def _with_records() -> list[Any]:
    """The screens with records' values, once each."""
    return [
        case
        for case in _cases()
        if case.values[0][0].name not in NO_RECORDS and case.values[0][1:] == ("1920", "light")
    ]


@pytest.fixture(scope="module", params=list(_cases()))
def shown(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Iterator[Shown]:
    """A screen, opened once for all tests below."""
    screen, size, scheme = request.param
    who = person("coordinator").username
    with window(browser, network, who, size=SIZES[size], scheme=scheme) as opened:
        opened.open(screen.address(network))
        screens.arm(opened)
        yield Shown(screen, size, scheme, opened)


def test_it_opens_without_trouble_and_asks_no_other_host(shown: Shown) -> None:
    none(shown.window.trouble)
    none(shown.window.watch.complaints)
    assert shown.window.watch.hosts == {shown.window.network.address.removeprefix("http://")}


def test_nothing_scrolls_sideways(shown: Shown) -> None:
    none(screens.sideways(shown.window))


@pytest.mark.parametrize("shown", _in_the_room(), indirect=True)
def test_what_the_room_sees_at_once_ends_within_the_screen(shown: Shown) -> None:
    high = screens.height(shown.window)
    assert high <= 1080, f"{high} px high, the footer included"


def test_no_text_is_cut_off(shown: Shown) -> None:
    none(screens.clipped(shown.window))


def test_no_text_lies_on_other_text(shown: Shown) -> None:
    none(screens.overlapping(shown.window))


def test_axe_finds_nothing_but_what_streamlit_causes(shown: Shown) -> None:
    none(screens.axe_findings(shown.window))


def test_streamlits_own_words_are_german_on_german_screens(shown: Shown) -> None:
    none(screens.streamlits_words(shown.window))


@pytest.mark.parametrize("shown", _with_records(), indirect=True)
def test_the_office_comes_from_every_value_to_its_source_in_at_most_two_clicks(shown: Shown) -> None:
    walked = walk(shown.window, "coordinator")
    none(walked.untraced)
    none(lost(walked))
    assert walked.targets, "a page of records without a single way to a source"
