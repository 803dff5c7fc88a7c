"""Photographs the demo network's pages for the documentation: ``make screenshots`` (needs Chromium).

Each screen is taken in the room (1920×1080) and, as ``<name>-phone.png``, on a phone (390×844). None is larger
than 250 kB. Look at each one before it is committed.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from dashboard.commands.demo import fill_demo  # noqa: E402
from etl.model.report_links import add_link  # noqa: E402
from etl.model.store import open_store  # noqa: E402
from tests.browser import FLAGS, chromium  # noqa: E402
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, network_at, person, window  # noqa: E402
from tests.demo import DEMO  # noqa: E402

LARGEST = 250_000
UPLOAD = DEMO / "zum_ausprobieren" / "Sonnenblume_Projekte_2026_NEU.xlsx"


def _nothing(here: Window) -> None:
    """The screen as it opens."""


def _where_from(here: Window) -> None:
    here.page.locator(".st-key-rt-number button").first.click()
    here.page.locator(".rt-origin").wait_for()


def _upload(here: Window) -> None:
    here.page.locator(".st-key-deliveries-sender input").fill("Sonnenblume")
    here.page.get_by_role("option").filter(has_text="Sonnenblume").first.click()
    here.ready()
    here.page.locator('input[type="file"]').set_input_files(UPLOAD)
    here.page.locator("table.rt-delivery").wait_for()
    here.ready()
    if here.page.get_by_role("button", name="Dauerhaft").count():  # one place is put right already
        here.page.get_by_role("button", name="Dauerhaft").click()
        here.page.locator(".rt-corrected").wait_for()
        here.ready()


def _choose_partner(here: Window) -> None:
    here.page.locator("svg [data-go]").filter(has_text="VHS").first.click()
    here.page.wait_for_url("**partner=*")
    here.ready()


def _open_spot(here: Window) -> None:
    here.page.locator(".st-key-spots [data-go]").first.click()
    here.page.wait_for_url("**stelle=*")
    here.ready()


def _pass_on(here: Window) -> None:
    here.page.get_by_role("button", name="Weitergeben").click()
    here.page.locator(".rt-shared").wait_for()
    here.ready()


@dataclass(frozen=True)
class Shot:
    """A picture: its file's name, the address it opens, what is done before it is taken."""

    name: str
    path: str
    do: Callable[[Window], None] = _nothing
    goal: str = ""

    def address(self, network: Network) -> str:
        return f"{self.path}?ziel={network.key('goal', 'id', self.goal)}" if self.goal else self.path


SHOTS = (
    Shot("overview", ""),
    Shot("goals", "ziele"),
    Shot("goal", "ziele", goal="S2"),
    Shot("where-from", "ziele", _where_from, goal="S2"),
    Shot("catalogue", "ziele?sicht=katalog"),
    Shot("measures", "massnahmen"),
    Shot("similar-offers", "massnahmen?ansicht=aehnlich"),
    Shot("offer-matrix", "massnahmen?ansicht=angebote"),
    Shot("cooperations", "kooperationen", _choose_partner),
    Shot("matrix", "kooperationen?ansicht=felder"),
    Shot("responsible", "zustaendigkeiten?frage=Wohnungssuche"),
    Shot("interface-matrix", "zustaendigkeiten?ansicht=matrix"),
    Shot("matrix-by-goal", "kooperationen?ansicht=ziele"),
    Shot("cooperations-agreed", "kooperationen?ansicht=vereinbarungen"),
    Shot("fragile-spots", "kooperationen?ansicht=fragil", _open_spot),
    Shot("missing", "kooperationen?ansicht=fehlt"),
    Shot("missing-at-one-table", "sitzung?gremium=6&ansicht=besetzung"),
    Shot("focus-topic", "ideen?ansicht=schwerpunkte&schwerpunkt=1"),
    Shot("funding", "foerdermittel"),
    Shot("funding-runs-out", "foerdermittel?ansicht=auslauf"),
    Shot("funding-programmes", "foerdermittel?ansicht=programme"),
    Shot("ideas", "ideen"),
    Shot("ideas-rating", "ideen?ansicht=bewertung"),
    Shot("ideas-result", "ideen?ansicht=ergebnis"),
    Shot("passing-on", "ziele", _pass_on, goal="S2"),
    Shot("meetings", "sitzung"),
    Shot("since", "sitzung?sitzung=meeting-00012"),
    Shot("as-shown", "ziele?stand=2026-02-10"),
    Shot("agenda", "sitzung?sitzung=meeting-00012&ansicht=tagesordnung"),
    Shot("agreements-followed", "sitzung?sitzung=meeting-00012&ansicht=vereinbarungen"),
    Shot("body", "sitzung?gremium=1"),
    Shot("joining-late", "sitzung?gremium=1&ansicht=neu"),
    Shot("planning", "sitzung?neu=4"),
    Shot("deliveries", "rueckmeldungen"),
    Shot("upload", "rueckmeldungen", _upload),
    Shot("round", "rueckmeldungen?ansicht=runde"),
    Shot("contradictions", "klaerungen"),
    Shot("reported-twice", "klaerungen?ansicht=doppelt"),
)
#: The page behind a personal link is for a phone only.
BY_LINK = "report-by-link"
#: A meeting's wall, and a phone that follows it.
WALL, FOLLOWING = "room-wall", "room-phone"
#: The recorder's desk, the wall with what was written down there, and a phone on which its holder says how they see it.
DESK, RECORDED, VOICE = "room-desk", "room-recorded", "room-voice-phone"
#: The minutes of a meeting, which is closed for them: after all others.
MINUTES = "minutes"
#: Not on the phone: there the partners are chosen from a list, not at the table.
ROOM_ONLY = {"cooperations"}


def main(names: list[str]) -> None:
    """Take the pictures named, or all of them."""
    shots = [shot for shot in SHOTS if not names or shot.name in names]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "demo.db"
        _fill(path)
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with network_at(path) as network:
            pictures = [*_taken(browser, network, shots)]
            if not names or BY_LINK in names:
                pictures.append(_by_link(browser, network))
            if not names or WALL in names:
                pictures += _room(browser, network)
            if not names or DESK in names:
                pictures += _desk(browser, network)
            if not names or MINUTES in names:
                pictures += _minutes(browser, network)
            for picture in pictures:
                print(f"{picture.relative_to(FOLDER.parents[1])}  {picture.stat().st_size // 1000} kB")
        browser.close()


def _fill(path: Path) -> None:
    store = open_store(f"sqlite:///{path}")
    fill_demo(store, DEMO, dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), lambda file, number, of: None)
    store.close()


def _taken(browser: Browser, network: Network, shots: list[Shot]) -> Iterator[Path]:
    for size, suffix in ((ROOM, ""), (PHONE, "-phone")):
        for shot in shots:
            if suffix and shot.name in ROOM_ONLY:
                continue
            with window(browser, network, person("coordinator").username, size=size) as here:
                here.open(shot.address(network))
                shot.do(here)
                here.page.mouse.move(0, 0)
                here.page.wait_for_timeout(400)
                yield _saved(here.page.screenshot(), FOLDER / f"{shot.name}{suffix}.png")
                if shot.do is _upload:
                    here.page.locator(".st-key-delivery-discard button").first.click()
                    here.ready()


def _by_link(browser: Browser, network: Network) -> Path:
    """A partner's phone: one measure open, an answer on its way."""
    partner = network.key("partner", "short_name", "VHS")
    with network.store.writing() as connection:
        given = {"round_name": None, "person": "", "way": "link", "one_device": False, "by": ""}
        now = dt.datetime.now(dt.UTC)
        _, token = add_link(connection, partner, last_day=dt.date(2026, 11, 24), now=now, **given)
    page = browser.new_context(viewport=PHONE, locale="de-DE", device_scale_factor=1.5).new_page()
    page.goto(f"{network.address}/melden/{token}", wait_until="networkidle")
    page.locator("details.one summary").first.click()
    page.get_by_label("verzögert").first.check()
    page.set_viewport_size({"width": 390, "height": 1150})
    picture = page.screenshot()
    page.context.close()
    return _saved(picture, FOLDER / f"{BY_LINK}.png")


def _room(browser: Browser, network: Network) -> Iterator[Path]:
    """A goal on the wall, and on a phone that follows by the code."""
    with window(browser, network, person("coordinator").username, size=ROOM) as here:
        wall = here.page
        wall.goto(f"{network.address}/saal/meeting-00012")
        wall.locator(".begin").click()
        code = str(wall.locator(".sign").text_content())
        wall.keyboard.type("4")
        wall.keyboard.press("Enter")
        wall.locator(".over", has_text="Ziel S2").wait_for()
        wall.wait_for_timeout(400)
        yield _saved(wall.screenshot(), FOLDER / f"{WALL}.png")
        phone = browser.new_context(viewport=PHONE, locale="de-DE", device_scale_factor=1.5).new_page()
        phone.goto(f"{network.address}/mitlesen/{''.join(code.split())}")
        phone.locator(".over", has_text="Ziel S2").wait_for()
        yield _saved(phone.screenshot(), FOLDER / f"{FOLLOWING}.png")
        phone.context.close()


def _desk(browser: Browser, network: Network) -> Iterator[Path]:
    """An agreement about a goal as it is written down, then on the wall; how the room sees it, asked on a phone."""
    user = person("coordinator").username
    with window(browser, network, user, size=ROOM) as here, window(browser, network, user, size=ROOM) as other:
        wall, desk = here.page, other.page
        wall.goto(f"{network.address}/saal/meeting-00012")
        if wall.locator(".begin").count():
            wall.locator(".begin").click()
        wall.keyboard.press("Home")
        code = "".join(str(wall.locator(".sign").text_content()).split())
        wall.keyboard.type("4")
        wall.keyboard.press("Enter")
        wall.locator(".over", has_text="Ziel S2").wait_for()
        wall.keyboard.press("t")
        phone = browser.new_context(viewport=PHONE, locale="de-DE", device_scale_factor=1.5).new_page()
        phone.goto(f"{network.address}/mitlesen/{code}")
        phone.locator("[data-choice=at_risk]").click()
        phone.locator("[aria-pressed=true]").scroll_into_view_if_needed()
        yield _saved(phone.screenshot(), FOLDER / f"{VOICE}.png")
        phone.context.close()
        wall.keyboard.press("t")
        desk.goto(f"{network.address}/saal/meeting-00012/protokoll")
        desk.locator("#text").fill("Die VHS bietet ab Februar eine zweite Prüfungsvorbereitung mit Kinderbetreuung an.")
        desk.locator("#who .stance").first.select_option("promised")
        desk.locator("#due").fill("2027-02-01")
        desk.locator("#expected").select_option("value_reported")
        goal = desk.locator("#target option", has_text="S2 ").first
        desk.locator("#target").select_option(str(goal.get_attribute("value")))
        desk.locator("#by").fill("2027-02-01")
        desk.locator("#checked", has_text="Geprüft am").wait_for()
        for box in desk.locator("[data-member]").all()[:12]:
            box.check()
        desk.locator("summary").click()
        for choice, hands in (("on_track", "3"), ("at_risk", "7"), ("off_track", "2")):
            desk.locator(f"[data-hands={choice}]").fill(hands)
        desk.locator("[data-temperature=hands]").click()
        desk.locator(".spread").wait_for()
        yield _saved(desk.screenshot(), FOLDER / f"{DESK}.png")
        desk.keyboard.press("Control+Enter")
        desk.locator("#results .text").wait_for()
        wall.locator(".recorded .text").wait_for()
        wall.wait_for_timeout(400)
        yield _saved(wall.screenshot(), FOLDER / f"{RECORDED}.png")


def _minutes(browser: Browser, network: Network) -> Iterator[Path]:
    """A meeting just closed: its minutes, and what is kept of it."""
    for size, suffix in ((ROOM, ""), (PHONE, "-phone")):
        with window(browser, network, person("coordinator").username, size=size) as here:
            here.open("sitzung?sitzung=meeting-00012&ansicht=niederschrift")
            if not suffix:
                for key in ("meeting-close", "meeting-close-do"):
                    here.page.locator(f".st-key-{key} button").click()
                    here.ready()
            here.page.get_by_text("Stimmt mit der Prüfsumme überein").wait_for()
            here.page.mouse.move(0, 0)
            here.page.wait_for_timeout(400)
            yield _saved(here.page.screenshot(), FOLDER / f"{MINUTES}{suffix}.png")


def _saved(picture: bytes, path: Path) -> Path:
    """As it is where that is small enough; else with a palette that keeps rare colours too (the symbols')."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    palettes = [image, *(image.quantize(n, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE) for n in (256, 128))]
    for reduced in palettes:
        reduced.save(path, optimize=True)
        if path.stat().st_size <= LARGEST:
            return path
    raise AssertionError(f"{path.name} is larger than {LARGEST} bytes: show less on it")


if __name__ == "__main__":
    main(sys.argv[1:])
