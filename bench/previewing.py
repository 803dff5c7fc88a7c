"""How soon the preview of a 500-row workbook stands in the browser after its upload ended, against a bare read."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import python_calamine

from bench.served import server
from bench.viewers import free_port, signed_in
from bench.workbooks import workbook
from dashboard.shell.session import COOKIE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROWS, RUNS = 500, 5
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_SENDER = "Sonnenblume"
#: Both moments on the page's own clock: the end of the upload's request, and the first drawing with the preview in it.
_WATCH = """() => {
  performance.clearResourceTimings()
  window.seen = undefined
  new MutationObserver((_, watch) => {
    if (!document.querySelector("table.rt-delivery")) return
    watch.disconnect()
    requestAnimationFrame(() => { window.seen = performance.now() })
  }).observe(document.body, { childList: true, subtree: true })
}"""
_TOOK = """() => {
  const sent = performance.getEntriesByType("resource").filter((entry) => entry.name.includes("upload_file"))
  return window.seen - Math.max(...sent.map((entry) => entry.responseEnd))
}"""


def run() -> str:
    """Milliseconds after the upload ended, against the bar of 3 x the bare read and 500 ms; a line for people."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        return "previewing: not measured, no Chromium found"
    from playwright.sync_api import sync_playwright

    files = [workbook(900 + number, ROWS) for number in range(RUNS + 1)]
    read = statistics.median(map(_bare_read, files)) * 1000
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database, port = f"sqlite:///{Path(folder) / 'previewing.db'}", free_port()
        [cookie] = signed_in(database, 1, "koordination")
        with server(database, port):
            browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
            taken = [_preview(browser, port, cookie, content, f"Liste{n}.xlsx") for n, content in enumerate(files)][1:]
            browser.close()
    bar = 3 * read + 500
    return (
        f"previewing: the preview of a {ROWS}-row workbook stands {statistics.median(taken):.0f} ms after the upload "
        f"ended (runs {', '.join(f'{ms:.0f}' for ms in taken)}); "
        f"bar {bar:.0f} ms: 3 x the bare read of {read:.0f} ms + 500"
    )


def _bare_read(content: bytes) -> float:
    start = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
    return time.perf_counter() - start


def _preview(browser: Browser, port: int, cookie: str, content: bytes, name: str) -> float:
    """Milliseconds from the end of one upload to its preview, in a window of its own."""
    context, address = browser.new_context(locale="de-DE"), f"http://127.0.0.1:{port}"
    context.set_default_timeout(30_000)
    key, _, value = cookie.partition("=")
    assert key == COOKIE
    context.add_cookies([{"name": key, "value": value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/rueckmeldungen")
    _choose_sender(page)
    page.evaluate(_WATCH)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator('input[type="file"]').set_input_files([{"name": name, "mimeType": kind, "buffer": content}])
    page.wait_for_function("() => window.seen !== undefined")
    taken = float(page.evaluate(_TOOK))
    context.close()
    return taken


def _choose_sender(page: Page) -> None:
    page.locator(".st-key-deliveries-sender input").fill(_SENDER)
    page.get_by_role("option").filter(has_text=_SENDER).first.click()
    page.wait_for_timeout(1500)
