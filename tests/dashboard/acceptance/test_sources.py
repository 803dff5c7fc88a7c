"""Partners and members too come from every value to its source in at most two clicks (the office: ``test_screens``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.dashboard.acceptance.network import PHONE, ROOM, Network, none, person, window
from tests.dashboard.acceptance.screens import SCREENS
from tests.dashboard.acceptance.ways import Walked, lost, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-sources")]

#: Who else looks, and at which pages: those where what is shown depends on who looks.
_OTHERS = {"partner": ("overview", "goal", "measure", "contacts"), "member": ("measures", "measure", "contacts")}


def _cases() -> Iterator[Any]:
    for role, names in _OTHERS.items():
        for screen in SCREENS:
            if screen.name in names:
                marks = [pytest.mark.slow] if role == "member" else []
                yield pytest.param((screen, role), id=f"{screen.name}-{role}", marks=marks)


@pytest.fixture(scope="module", params=list(_cases()))
def walked(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Walked:
    screen, role = request.param
    with window(browser, network, person(role).username, size=PHONE if role == "member" else ROOM) as here:
        here.open(screen.address(network))
        none(here.trouble)
        return walk(here, role)


def test_every_value_of_a_record_can_be_asked_where_it_comes_from(walked: Walked) -> None:
    none(walked.untraced)


def test_every_way_ends_at_a_cell_or_an_entry_after_at_most_two_clicks(walked: Walked) -> None:
    none(lost(walked))
    assert walked.targets, "a page of records without a single way to a source"
