"""What the page behind a link sends to a phone, and how soon it answers a tap, against a bare page's button."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import statistics
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.served import PROJECT, server
from bench.viewers import free_port
from dashboard.commands.demo import fill_demo
from etl.model.report_links import add_link
from etl.model.state import state_on
from etl.model.store import open_store
from etl.settings import data_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = 9
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_DAY = dt.date(2026, 11, 10)
_PARTNER = "Volkshochschule Lindenmark e. V."
_MOST_BYTES, _BAR = 150_000, 3
#: From the tap to the first drawing of what it brings, on the page's own clock.
_TAP = """([selector, text]) => new Promise((done) => {
  const start = performance.now()
  const look = () => {
    if (!document.body.innerText.includes(text)) return
    watch.disconnect()
    requestAnimationFrame(() => done(performance.now() - start))
  }
  const watch = new MutationObserver(look)
  watch.observe(document.body, { childList: true, subtree: true, characterData: true })
  document.querySelector(selector).click()
})"""


def run() -> str:
    """A line for people: bytes of the first opening and of all after it, milliseconds of a tap."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return "phone: not measured, no Chromium found"
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = f"sqlite:///{Path(folder) / 'phone.db'}"
        path, port, other = _link(database), free_port(), free_port()
        hello = PROJECT / "bench" / "hello_tap.py"
        with server(database, port), server(database, other, hello):
            browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
            page = browser.new_context(locale="de-DE", viewport={"width": 390, "height": 844}).new_page()
            bare = _bare(page, f"http://127.0.0.1:{other}")
            first, later, taps = _phone(browser, page, f"http://127.0.0.1:{port}{path}")
            browser.close()
    tap = statistics.median(taps)
    return (
        f"phone: {first / 1000:.0f} kB at the first opening, {later / 1000:.0f} kB for opening, answering and sending "
        f"after it (bar {_MOST_BYTES / 1000:.0f} kB); a tap shows what was understood after {tap:.0f} ms, "
        f"{tap / bare:.1f} x a bare page's button of {bare:.0f} ms (bar {_BAR} x)"
    )


def _link(database: str) -> str:
    store = open_store(database)
    fill_demo(store, data_folder() / "demo", dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), lambda *told: None)
    with store.writing() as connection:
        partners = state_on(connection, kinds=["partner"]).kind("partner").values()
        key = next(known.key for known in partners if known.value("name") == _PARTNER)
        given: dict[str, Any] = {"round_name": None, "person": "", "way": "link", "one_device": False, "by": "bench"}
        _, token = add_link(connection, key, last_day=_DAY, now=dt.datetime.now(dt.UTC), **given)
    store.close()
    return f"/melden/{token}"


def _bare(page: Page, address: str) -> float:
    page.goto(address)
    page.get_by_text("Hello 0").wait_for()
    taken = [page.evaluate(_TAP, ["[data-testid=stButton] button", f"Hello {n}"]) for n in range(1, RUNS + 2)]
    return statistics.median(taken[1:])


def _phone(browser: Browser, page: Page, address: str) -> tuple[int, int, list[float]]:
    sent: list[Any] = []
    page.on("requestfinished", lambda request: sent.append(request))
    page.goto(address, wait_until="networkidle")
    first, taken = _bytes(sent), []
    for number in range(RUNS + 1):
        if number > 1:  # a browser that keeps no draft: what is typed stays on the device until it is sent
            page.context.close()
        if number:
            page = browser.new_context(locale="de-DE", viewport={"width": 390, "height": 844}).new_page()
        page.goto(address, wait_until="networkidle")
        page.locator("summary").first.click()
        page.get_by_label("Was fehlt?").first.fill(f"{number} Räume")
        taken.append(page.evaluate(_TAP, [".end button[value=review]", "Noch nicht abgeschickt"]))
        if number == 0:
            page.get_by_role("button", name="Abschicken").click()
            page.get_by_role("heading", name="Danke").wait_for()
            later = _bytes(sent) - first
    return first, later, taken[1:]


def _bytes(sent: list[Any]) -> int:
    """Headers and bodies that came over the line; what the browser had kept did not."""
    sizes = [request.sizes() for request in sent]
    return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


if __name__ == "__main__":
    print(run())
