"""A partner sends a messy list, puts right with clicks what was misunderstood, and finds it remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.model.store import Store
from etl.wording import say
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, demo_network, none, person, window
from tests.pipeline.workbooks import xlsx

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

HEADINGS = ("Nr.", "Maßnahme", "Beginn", "Ende", "TN Ist", "Kosten", "Raumnummer")
SCRIPT = "<img src=x onerror=alert(1)><b>Café</b> =1+1"
MESSY = [
    ("Projektliste, bitte nicht weitergeben",),
    (),
    HEADINGS,
    ("P-901", "Nähtreff am Freitag", dt.date(2026, 1, 5), "läuft", "2O", "4.200 + 1.100", "Zimmer 3"),
    ("P-902", SCRIPT, dt.date(2026, 2, 1), dt.date(2027, 1, 31), 14, 900, "Zimmer 4"),
    ("P-903", "Fahrradkurs für Frauen", dt.date(2026, 3, 1), "31.04.2027", "zwölf bis", 300, "Zimmer 5"),
]
NEXT = [HEADINGS, ("P-901", "Nähtreff am Freitag", dt.date(2026, 1, 5), dt.date(2027, 3, 31), 25, 5300, "Zimmer 7")]


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A demo network of this test's own: what it accepts no other test sees."""
    with demo_network(demo, tmp_path_factory.mktemp("put-right")) as served_network:
        yield served_network


def _send(here: Window, *files: Path) -> None:
    here.open("rueckmeldungen")
    here.page.locator('input[type="file"]').set_input_files(list(files))
    here.page.locator("table.rt-delivery").wait_for()
    here.ready()


def _ledger(here: Window) -> tuple[int, int]:
    """How many cells are loaded and how many are to clarify; the sum is right."""
    figures = here.page.locator(".st-key-delivery-ledger .rt-figure").all_inner_texts()
    counts = {text.split(maxsplit=1)[1]: int(text.split()[0].replace(".", "")) for text in figures}
    filled = next(n for words, n in counts.items() if words.startswith("gefüllte"))
    assert filled == sum(n for words, n in counts.items() if not words.startswith("gefüllte"))
    return counts["geladen"], counts.get("zu klären", 0)


def _until(here: Window, loaded: int, ask: int) -> None:
    """The preview follows a correction."""
    here.page.wait_for_function(
        """([loaded, ask]) => {
          const words = [...document.querySelectorAll('.st-key-delivery-ledger .rt-figure')].map((f) => f.innerText)
          const asked = words.find((w) => w.endsWith('zu klären'))
          return words.some((w) => w === `${loaded} geladen`) && (asked ? asked === `${ask} zu klären` : !ask)
        }""",
        arg=[loaded, ask],
    )
    here.ready()


def _dialog(here: Window, target: str) -> None:
    here.page.locator(f'.st-key-delivery-sheet [data-go="{target}"]').first.click()
    here.page.locator('[role="dialog"]').wait_for()
    here.page.wait_for_timeout(300)


def _choose(here: Window, label: str) -> None:
    field = here.page.locator('[role="dialog"] input[role="combobox"]')
    field.fill(label)
    here.page.get_by_role("option").filter(has_text=label).first.click()
    here.page.locator('[role="dialog"] [data-testid="stFormSubmitButton"] button').first.click()
    here.page.locator('[role="dialog"]').wait_for(state="detached")


def _taken_for(here: Window, cell: str) -> str:
    return here.page.locator(f'.rt-taken:has([data-go="spalte:{cell}"])').inner_text()


def test_a_messy_list_is_put_right_accepted_and_remembered(
    browser: Browser, own_network: Network, tmp_path: Path
) -> None:
    messy, later = tmp_path / "Projekte.xlsx", tmp_path / "Projekte_Winter.xlsx"
    messy.write_bytes(xlsx(MESSY, "Projekte"))
    later.write_bytes(xlsx(NEXT, "Projekte"))
    with window(browser, own_network, person("partner").username) as here:
        _send(here, messy)
        none(here.trouble)
        loaded, ask = _ledger(here)
        assert ask == 5

        assert "bleibt erhalten" in _taken_for(here, "G3")
        _dialog(here, "spalte:G3")
        _choose(here, say("de", "field.measure.location"))
        _until(here, loaded + 3, ask)
        assert "auf Ihr Wort" in _taken_for(here, "G3")

        here.page.get_by_role("button", name="20 übernehmen").click()
        _until(here, loaded + 4, ask - 1)
        cell = here.page.locator('td[data-go="oeffnen:E4"]').inner_text()
        assert cell.split("\n")[0] == "20"
        assert "2O" in cell
        here.page.get_by_role("button", name="Dauerhaft").click()
        _until(here, loaded + 5, ask - 2)

        _dialog(here, "oeffnen:E6")
        here.page.locator('[role="dialog"] input[type="text"]').fill("12")
        here.page.locator('[role="dialog"] input[type="text"]').press("Enter")
        here.page.locator('[role="dialog"]').wait_for(state="detached")
        _until(here, loaded + 6, ask - 3)

        here.open("rueckmeldungen")  # the window was shut: nothing is lost
        here.page.get_by_role("button", name=messy.name).click()
        here.page.locator("table.rt-delivery").wait_for()
        _until(here, loaded + 6, ask - 3)

        summary = here.page.locator(".rt-corrected summary")
        assert "Vier Stellen auf Ihr Wort anders gelesen" in summary.inner_text()
        summary.click()
        here.page.locator(".rt-corrected li").filter(has_text="E6").locator("[data-go]").click()
        _until(here, loaded + 5, ask - 2)
        _dialog(here, "oeffnen:E6")
        here.page.locator('[role="dialog"]').get_by_role("button", name="Leer lassen").click()
        _until(here, loaded + 5, ask - 3)

        assert here.page.locator("table.rt-delivery").get_by_text(SCRIPT).count() == 1
        assert here.page.locator(".st-key-delivery-remember input").is_checked()
        here.page.locator(".st-key-delivery-accept button").click()
        here.page.locator(".rt-told").wait_for()
        here.ready()
        _send(here, later)
        assert "gemerkt" in _taken_for(here, "G1")
        assert here.page.locator(".st-key-delivery-remember").count() == 0
        none(here.trouble)
        none(here.watch.complaints)


@pytest.mark.slow
def test_only_a_part_of_the_sheet_counts(browser: Browser, own_network: Network, tmp_path: Path) -> None:
    file = tmp_path / "Projekte.xlsx"
    file.write_bytes(xlsx(MESSY, "Projekte"))
    with window(browser, own_network, person("partner").username) as here:
        _send(here, file)
        before = _ledger(here)
        here.page.get_by_role("button", name="Nur ein Teil des Blatts zählt").click()
        text = here.page.locator(".st-key-delivery-area-text input")
        text.fill("alles")
        here.page.locator(".st-key-delivery-area-take button").click()
        here.page.get_by_text("„alles“ ist kein Bereich").wait_for()
        text.fill("A3:G5")
        here.page.locator(".st-key-delivery-area-take button").click()
        here.page.get_by_text("außerhalb des gewählten Bereichs").first.wait_for()
        here.ready()
        assert _ledger(here) < before
        assert here.page.get_by_role("button", name="Es zählt nur A3:G5").count() == 1
        none(here.trouble)


@pytest.mark.slow
def test_two_files_at_once_wait_one_after_the_other(browser: Browser, own_network: Network, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("Eins.xlsx", "Zwei.xlsx")]
    for number, file in enumerate(files):
        file.write_bytes(xlsx([HEADINGS, (f"X-{number}", f"Kurs {number}", *NEXT[1][2:])]))
    with window(browser, own_network, person("partner").username) as here:
        _send(here, *files)
        assert "noch 1 Datei wartet" in here.page.locator(".st-key-delivery-ways").inner_text().replace("\u00a0", " ")
        with window(browser, own_network, person("partner").username) as second:
            second.open(here.page.url.rsplit("/", 1)[1])
            second.page.locator(".st-key-delivery-discard button").click()
            second.page.get_by_text("ist verworfen").wait_for()
        here.page.locator(".st-key-delivery-accept button").click()
        here.page.get_by_text("wartet nicht mehr").wait_for()
        none(here.trouble)


@pytest.mark.slow  # the screens check what the page looks like, functions what it does
def test_what_was_put_right_fits_and_axe_is_content(browser: Browser, own_network: Network, tmp_path: Path) -> None:
    file = tmp_path / "Projekte.xlsx"
    file.write_bytes(xlsx(MESSY, "Projekte"))
    with window(browser, own_network, person("partner").username) as here:
        _send(here, file)
        accept = here.page.locator(".st-key-delivery-accept button").bounding_box()
        assert accept is not None
        assert accept["y"] + accept["height"] <= ROOM["height"], "one need not scroll to accept"
        here.page.get_by_role("button", name="20 übernehmen").click()
        here.page.locator(".rt-corrected summary").click()
        problems = screens.misfits(here, ROOM, PHONE)
        _dialog(here, "oeffnen:F4")
        none(problems + screens.misfits(here, PHONE, ROOM, only_axe=True))
