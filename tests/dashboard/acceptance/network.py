"""A server with the demo network, and browsers signed in to it as one of its people."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from sqlalchemy import make_url

from dashboard.commands.demo import DEMO_PASSWORD
from dashboard.shell.menu import MENU, Entry
from dashboard.shell.session import COOKIE
from etl.model.state import Known, state_on
from etl.model.store import Store, open_store
from etl.wording import LANGUAGES, say
from tests.browser import served
from tests.demo import DEMO
from tests.signed_in import a_session

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request

ROOM = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}

#: On a deep link Streamlit looks for its base path: first below the page's own name, where there is nothing.
STREAMLITS_OWN_COMPLAINTS = (r"404 \(Not Found\) http://127\.0\.0\.1:\d+/[a-z]+/_stcore/(health|host-config)$",)

#: Streamlit has run the script to its end, the page has its footer, fonts are there, nothing is stale.
_READY = """() => {
  const app = document.querySelector('[data-testid="stApp"]')
  return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('.rt-footer')
    && document.fonts.status === 'loaded' && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
}"""


@dataclass(frozen=True, slots=True, repr=False)
class Network:
    """A served store."""

    address: str
    store: Store

    def key(self, kind: str, field_name: str, value: str) -> str:
        """The key of the one record of this kind whose field says ``value``."""
        [found] = [record.key for record in self._records(kind) if record.value(field_name) == value]
        return found

    def titles(self, kind: str, field_name: str = "title") -> set[str]:
        """What the records of this kind are called, or what stands in another of their fields."""
        return {str(record.value(field_name)) for record in self._records(kind)}

    def _records(self, kind: str) -> list[Known]:
        with self.store.reading() as connection:
            return list(state_on(connection, kinds=[kind]).kind(kind).values())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a sign-in in the demo network."""

    username: str
    role: str
    language: str

    @property
    def menu(self) -> list[Entry]:
        return [entry for entry in MENU if self.role in entry.roles]

    @property
    def shut(self) -> list[Entry]:
        """The pages this role may not open."""
        return [entry for entry in MENU if self.role not in entry.roles]


def people() -> list[Person]:
    with (DEMO / "users.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter=";"))
    return [Person(row["username"], row["role"], row["language"]) for row in rows]


def person(role: str) -> Person:
    return next(one for one in people() if one.role == role)


@contextmanager
def demo_network(demo: Store, folder: Path) -> Iterator[Network]:
    """The demo network served from a copy: sign-ins and deliveries are written into it."""
    copy = folder / "demo.db"
    with closing(sqlite3.connect(str(make_url(demo.url).database))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    with network_at(copy) as network:
        yield network
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def network_at(path: Path) -> Iterator[Network]:
    """Whatever store lies at ``path`` (a new one where none does), served."""
    store = open_store(f"sqlite:///{path}")
    with served(store.url) as address:
        yield Network(address, store)
    store.close()


@dataclass
class Watch:
    """What a page asked for and complained about since it was opened (Streamlit's own known complaints left out)."""

    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", self._broke)

    def off(self, page: Page) -> None:
        page.remove_listener("request", self._asked)
        page.remove_listener("console", self._said)
        page.remove_listener("pageerror", self._broke)

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)

    def _said(self, said: ConsoleMessage) -> None:
        self._heard(said.type, said.text, said.location.get("url", ""))

    def _broke(self, error: Error) -> None:
        self._heard("error", str(error), "")

    def _heard(self, kind: str, text: str, address: str) -> None:
        if kind == "error" and not any(re.search(known, f"{text} {address}") for known in STREAMLITS_OWN_COMPLAINTS):
            self.complaints.append(f"{text} {address}")

    @property
    def hosts(self) -> set[str]:
        return {url.split("/")[2] for url in self.asked if not url.startswith(("data:", "blob:"))}


@dataclass(slots=True, repr=False)
class Window:
    """A browser of one's own at the network, signed in or not."""

    network: Network
    page: Page
    watch: Watch

    def open(self, path: str) -> Window:
        """Go to an address of the dashboard and wait until all of it is there."""
        self.page.goto(f"{self.network.address}/{path}")
        return self.ready()

    def ready(self) -> Window:
        self.page.wait_for_function(_READY, polling=100)
        if self.page.locator('[data-testid="stVegaLiteChart"]').count():
            self.page.locator(".vega-embed canvas, .vega-embed svg").first.wait_for()
        self.page.wait_for_function(_READY, polling=100)
        self.page.wait_for_timeout(150)
        return self

    @property
    def headline(self) -> str:
        return " ".join(self.page.locator("h1").all_inner_texts())

    @property
    def trouble(self) -> list[str]:
        """Boxes that say something went wrong: Streamlit's, and ours with its number."""
        boxes = self.page.locator('[data-testid="stException"], [data-testid="stConnectionStatus"]').all_inner_texts()
        sentences = {say(language, "trouble.headline") for language in LANGUAGES}
        return boxes + [text for text in self.page.locator("h1, h2").all_inner_texts() if text in sentences]

    @property
    def language(self) -> str:
        return str(self.page.evaluate("document.documentElement.lang"))

    def sign_in(self, username: str) -> Window:
        """Through the form, as a person does."""
        self.page.goto(self.network.address)
        self.page.locator("input[autocomplete=username]").fill(username)
        self.page.locator("input[autocomplete=current-password]").fill(DEMO_PASSWORD)
        self.page.locator(".st-key-rt-sign-in [data-testid=stFormSubmitButton] button").click()
        return self.ready()


#: Pages nobody looks at just now, by browser and language. A page that has read Streamlit's scripts once reads them
#: again for a third of the price.
_FREE: WeakKeyDictionary[Browser, dict[str, list[Page]]] = WeakKeyDictionary()


@contextmanager
def window(
    browser: Browser,
    network: Network,
    username: str | None = None,
    *,
    size: dict[str, int] = ROOM,
    scheme: str = "light",
    locale: str = "de-DE",
) -> Iterator[Window]:
    """A window of this size; ``username`` is signed in already, by a session in the store.

    The page may have been another test's: without its cookies and what it kept. Where something goes wrong, it is shut.
    """
    free = _FREE.setdefault(browser, {}).setdefault(locale, [])
    page, watch = free.pop() if free else _new_page(browser, locale), Watch()
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce", media="null")  # type: ignore[arg-type]
    if username:
        cookie = {"name": COOKIE, "value": a_session(network.store, username), "url": network.address, "httpOnly": True}
        page.context.add_cookies([cookie])  # type: ignore[list-item]
    watch.on(page)
    try:
        yield Window(network, page, watch)
    except BaseException:
        page.context.close()
        raise
    watch.off(page)
    _forget(page)
    free.append(page)


def _new_page(browser: Browser, locale: str) -> Page:
    context = browser.new_context(locale=locale)
    context.set_default_timeout(20_000)
    return context.new_page()


def _forget(page: Page) -> None:
    """Cookies, what pages kept in the browser, and where the mouse was."""
    page.evaluate("() => { if (location.protocol !== 'about:') { localStorage.clear(); sessionStorage.clear() } }")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.mouse.move(0, 0)


def none(problems: list[str]) -> None:
    """No problem was found; otherwise the test names each in a line of its own."""
    assert not problems, "\n  " + "\n  ".join(problems)
