"""The demo's third round, dropped by the office as one folder of mail attachments, fills the Überblick."""

from __future__ import annotations

import csv
import datetime as dt
import email
import email.policy
import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.commands.demo import fill_demo
from etl.model.store import open_store
from tests.dashboard.acceptance.network import Network, Window, network_at, none, person, window
from tests.demo import DEMO
from tests.pipeline.mails import PDF, PNG, eml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

ROUND = "2026-11/"
#: What comes by mail: lists that name no day of their own, and some more.
MAILED = ("VHS", "Lindwerk", "Caritas", "Maßnahmen_JC", "Freundeskreis", "Fördermittel", "statistik", "Klinikum")


def deliveries() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The demo's deliveries before its third round, and those of it."""
    with (DEMO / "deliveries.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    third = [row for row in rows if row["file"].startswith(ROUND)]
    return [row for row in rows if row not in third], third


@pytest.fixture
def before(tmp_path: Path) -> Iterator[Network]:
    """The demo network as it was before its third round."""
    folder = tmp_path / "demo"
    shutil.copytree(DEMO, folder)
    with (folder / "deliveries.csv").open("w", encoding="utf-8", newline="") as handle:
        rows = deliveries()[0]
        writer = csv.DictWriter(handle, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    meetings = folder / "meetings.csv"  # nothing is planned before there is something to speak about
    meetings.write_text(meetings.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path / 'before.db'}")
    fill_demo(store, folder, dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), lambda file, number, of: None)
    store.close()
    with network_at(tmp_path / "before.db") as network:
        yield network


def dropped(folder: Path) -> list[Path]:
    """The third round as an office has it: lists, mails with lists in them, and what else lies about."""
    folder.mkdir()
    for row in deliveries()[1]:
        path = DEMO / row["file"]
        if path.name.startswith(MAILED):
            mail = eml(
                [(path.name, path.read_bytes())],
                subject=f"Liste {row['partner']}",
                date=dt.datetime.fromisoformat(row["received"]),
                signature=path.name.startswith("VHS"),
            )
            (folder / f"{path.stem}.eml").write_bytes(mail)
        else:
            shutil.copy(path, folder)
    (folder / "Flyer Sommerfest.pdf").write_bytes(PDF)
    (folder / "IMG_4711.jpg").write_bytes(b"\xff\xd8\xff\xe0" + PNG)
    return sorted(folder.iterdir())


def settled(here: Window, file: str, button: str) -> None:
    """Answer the question about ``file`` with its first button, or the one that says ``button``."""
    block = here.page.locator("[class*=st-key-folder-question]").filter(has_text=file)
    block.locator("button").filter(has_text=button).first.click()
    block.wait_for(state="detached")
    here.ready()


def overview(here: Window) -> str:
    """Everything the page says, but for the day on which the last list came: those without a mail came today."""
    here.open("ueberblick")
    text = here.page.locator('[data-testid="stMain"]').inner_text().replace("\u00a0", " ")
    return re.sub(r"(?<=Rückmeldung: )\d+\. \w+ 2026", "", text)


def test_a_folder_of_attachments_fills_the_overview(
    browser: Browser, network: Network, before: Network, tmp_path: Path
) -> None:
    office = person("coordinator").username
    with window(browser, network, office) as known:
        expected = overview(known)
    with window(browser, before, office) as here:
        assert overview(here) != expected
        here.open("rueckmeldungen")
        here.page.locator('input[type="file"]').set_input_files(dropped(tmp_path / "ordner"))
        here.page.locator(".st-key-folder-accept").wait_for(timeout=60_000)
        here.ready()
        assert "Zu fünf Listen ist je eine Frage offen." in here.headline
        unusable = here.page.locator(".rt-list").last.inner_text()
        assert "Flyer Sommerfest.pdf" in unusable
        assert "Diese Datei ist ein Bild." in unusable
        assert "Logo oder Unterschrift" in unusable
        settled(here, "Klinikum", "Absender übernehmen")
        settled(here, "Zielkatalog", "Absender übernehmen")
        settled(here, "statistik", "30. September 2026")
        settled(here, "Schnittstellenpapier", "Absender übernehmen")
        asked = here.page.locator("[class*=st-key-folder-question]").filter(has_text="Vereinbarungen_Ablage")
        asked.locator('[data-testid="stSelectbox"] input').fill("Koordinierungsstelle")
        here.page.keyboard.press("Enter")
        here.ready()
        settled(here, "Vereinbarungen_Ablage", "Absender übernehmen")
        assert here.headline == "26 Listen sind sicher zugeordnet."
        while here.page.locator(".st-key-folder-accept").count():
            here.page.locator(".st-key-folder-accept button").click()
            here.page.locator(".rt-told").first.wait_for()
            here.ready()
        assert here.headline.startswith("26 Listen sind angenommen.")

        with here.page.expect_download() as download:
            here.page.locator(".st-key-folder-mail-take-all button").click()
        with zipfile.ZipFile(Path(download.value.path())) as archive:
            mails = {name: archive.read(name) for name in archive.namelist()}
        mail = email.message_from_bytes(mails["Jobcenter Lindenmark.eml"], policy=email.policy.default)
        assert mail["X-Unsent"] == "1"
        workbooks = [one.get_content() for one in mail.iter_attachments()]
        assert workbooks
        assert all(openpyxl.load_workbook(io.BytesIO(one)).sheetnames for one in workbooks)

        assert overview(here) == expected
        here.open("rueckmeldungen?liste=alle")
        row = here.page.locator("tr").filter(has_text="Maßnahmen_JC_final(2).xlsx").first.inner_text()
        assert "im Namen des Partners angenommen von Henrike Aulbach, aus der E-Mail" in row
        none(here.trouble)
        none(here.watch.complaints)
