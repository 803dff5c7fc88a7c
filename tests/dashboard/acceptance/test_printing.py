"""The overview is one sheet of paper: leadership takes it along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.dashboard.acceptance.network import Network, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

A4 = (595, 842)


@pytest.mark.parametrize("landscape", [False, True], ids=["portrait", "landscape"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overview_is_printed_on_one_a4(browser: Browser, network: Network, landscape: bool, scheme: str) -> None:
    with window(browser, network, person("leadership").username, scheme=scheme) as here:
        here.open("")
        here.page.emulate_media(media="print")
        paper = here.page.pdf(format="A4", landscape=landscape, print_background=False)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    [(width, height)] = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert sorted([round(float(width)), round(float(height))]) == pytest.approx(sorted(A4), abs=1)


def test_the_printed_overview_carries_its_class_and_day_and_no_menu(browser: Browser, network: Network) -> None:
    with window(browser, network, person("leadership").username) as here:
        here.open("")
        here.page.emulate_media(media="print")
        assert here.page.locator(".rt-footer").is_visible()
        assert not here.page.locator('[data-testid="stHeader"]').is_visible()
        assert not here.page.locator(".st-key-rt-account").is_visible()
        assert here.page.locator("h1").is_visible()
