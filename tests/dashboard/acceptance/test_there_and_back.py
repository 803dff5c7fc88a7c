"""A partner's list, there and back: sent, put right, accepted, found, traced, marked, mended in place, sent again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from etl.model.store import Store
from etl.wording import say
from tests.dashboard.acceptance.network import Network, Window, demo_network, none, person, window
from tests.dashboard.acceptance.test_put_right import MESSY, _choose, _dialog, _send
from tests.pipeline.workbooks import xlsx

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

TITLE = "Nähtreff am Freitag"


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with demo_network(demo, tmp_path_factory.mktemp("there-and-back")) as served_network:
        yield served_network


def _accept(here: Window) -> None:
    here.ready()  # what was put right may still be on its way, and with it the button anew
    here.page.locator(".st-key-delivery-accept button").click()
    here.page.locator(".rt-told").filter(has_text="angenommen").first.wait_for()
    here.ready()


def _open_measure(here: Window) -> None:
    here.open("massnahmen?suche=N%C3%A4htreff")
    here.page.get_by_text(TITLE).first.click()
    here.page.locator("dd").first.wait_for()
    here.ready()


def _marked(here: Window, file: str) -> bytes:
    here.open("rueckmeldungen")
    row = here.page.locator("tr").filter(has_text=file).first
    row.locator('[data-go^="datei:"]').click()
    dialog = here.page.locator('[role="dialog"]')
    dialog.get_by_text("Datei mit Markierungen").click()
    dialog.locator(".st-key-handout-download button").wait_for()
    with here.page.expect_download() as download:
        dialog.locator(".st-key-handout-download button").click()
    return Path(download.value.path()).read_bytes()


def test_a_list_goes_there_and_back(browser: Browser, own_network: Network, tmp_path: Path) -> None:
    messy = tmp_path / "Projekte.xlsx"
    messy.write_bytes(xlsx(MESSY, "Projekte"))
    with window(browser, own_network, person("partner").username) as here:
        _send(here, messy)
        _dialog(here, "spalte:G3")
        _choose(here, say("de", "field.measure.location"))
        here.page.locator(".rt-corrected").wait_for()
        _accept(here)

        _open_measure(here)
        here.page.locator('dd [data-go$=":location"]').first.click()
        proof = here.page.locator('[role="dialog"]')
        proof.get_by_text("Projekte.xlsx").first.wait_for()
        assert "G4" in proof.inner_text()
        assert "Zimmer 3" in proof.inner_text()

        workbook = openpyxl.load_workbook(io.BytesIO(_marked(here, "Projekte.xlsx")))
        assert len(workbook.sheetnames) == 2, "our sheet lists what is in question"
        sheet = workbook["Projekte"]
        assert sheet["E4"].comment is not None
        sheet["E4"], sheet["D4"], sheet["F4"] = 20, "unbefristet", 5300
        mended = tmp_path / "Projekte_korrigiert.xlsx"
        workbook.save(mended)

        _send(here, mended)
        asked = here.page.locator(".st-key-delivery-ledger").inner_text()
        assert "2 zu klären" in " ".join(asked.split())
        _accept(here)
        _open_measure(here)
        assert here.page.locator('dd [data-go$=":participants_actual"]').first.inner_text().strip().startswith("20")

        here.open("rueckmeldungen")
        row = here.page.locator("tr").filter(has_text=mended.name).first
        row.get_by_role("button", name="zurücknehmen").click()
        here.page.locator(".st-key-deliveries-undo button").click()
        here.page.locator(".rt-told").filter(has_text="ist zurückgenommen").first.wait_for()
        here.ready()
        _open_measure(here)
        assert here.page.locator('dd [data-go$=":participants_actual"]').count() == 0
        none(here.trouble)
        none(here.watch.complaints)
