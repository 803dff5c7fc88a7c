"""What leaves the dashboard on paper or as a file: a round's timeline, and all a partner has told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.dashboard.acceptance.network import Network, Window, none, person, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]


def _downloaded(here: Window, key: str) -> Path:
    with here.page.expect_download() as waiting:
        here.page.locator(f".st-key-{key} button").click()
    return Path(waiting.value.path())


def test_the_office_prints_a_round_and_a_partner_takes_its_data_home(browser: Browser, network: Network) -> None:
    with window(browser, network, person("coordinator").username) as here:
        here.open("rueckmeldungen?ansicht=runde")
        [page] = PdfReader(_downloaded(here, "round-timeline")).pages
        assert "So kamen die Rückmeldungen" in page.extract_text()
        none(here.trouble)
    with window(browser, network, person("partner").username) as here:
        here.open("organisation")
        book = load_workbook(io.BytesIO(_downloaded(here, "organisation-workbook").read_bytes()))
        assert len(book.worksheets) >= 5
        here.page.get_by_text("Das sehen andere Partner", exact=True).click()
        here.page.get_by_text("So sehen andere Partner diese Organisation.").wait_for()
        here.ready()
        none(here.trouble)
