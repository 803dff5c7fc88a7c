"""Sign-in, cookies, languages and requests in a real browser on a real server."""

from __future__ import annotations

import datetime as dt
import http.client
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dashboard.shell.menu import MENU
from dashboard.shell.session import COOKIE
from etl.model.accounts import ROLES, disable_user
from etl.model.settings_rows import set_setting
from etl.model.store import Store, open_store
from etl.wording import say
from tests.browser import served
from tests.dashboard.shell.pages import page_sources
from tests.signed_in import PASSWORD, a_session, a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

#: Each asks for a server of its own. On one that has been asked before, security/test_strangers.py tries every page.
_SLOW_LINKS = {entry.url_path for entry in MENU} - {"rueckmeldungen"}


class Served(NamedTuple):
    address: str
    store: Store


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    for role in ROLES:
        a_user(store, role, role, partner="partner-1" if role == "partner" else None)
    with store.writing() as connection:
        set_setting(connection, "name", "Netzwerk <Lindenmark>")
    (folder / "pages").mkdir()
    with served(store.url, page_sources(folder / "pages")) as address:
        yield Served(address, store)
    store.close()


@pytest.fixture(scope="module")
def warm_context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all tests: Streamlit's scripts are read once."""
    opened = browser.new_context(locale="de-DE", viewport={"width": 1366, "height": 768})
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def context(warm_context: BrowserContext) -> Iterator[BrowserContext]:
    """Without a cookie and without a page."""
    yield warm_context
    for page in warm_context.pages:
        page.close()
    warm_context.clear_cookies()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.get_by_label("Benutzername").fill(username)
    page.get_by_label("Passwort", exact=True).fill(password)
    page.get_by_role("button", name="Anmelden").click()


def holding(context: BrowserContext, server: Served, username: str) -> BrowserContext:
    """The context with a session of this user."""
    cookie = {"name": COOKIE, "value": a_session(server.store, username), "url": server.address, "httpOnly": True}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def language_of(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, id=e.url_path, marks=[pytest.mark.slow] if e.url_path in _SLOW_LINKS else []) for e in MENU],
)
def test_a_deep_link_on_a_fresh_server_asks_for_sign_in(
    tmp_path_factory: pytest.TempPathFactory, context: BrowserContext, entry: object
) -> None:
    folder = tmp_path_factory.mktemp("fresh")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    with served(store.url, page_sources(folder), fresh=True) as address:
        page = context.new_page()
        page.goto(f"{address}/{entry.url_path}?ziel=S2")  # type: ignore[attr-defined]
        page.get_by_label("Benutzername").wait_for()
        assert "GEHEIM" not in page.content()
    store.close()


def test_sign_in_opens_the_page_that_was_asked_for(server: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{server.address}/ziele?ziel=S2")
    page.get_by_label("Benutzername").wait_for()
    sign_in(page, "leadership")
    page.get_by_text("GEHEIM ziele").wait_for()
    assert page.url == f"{server.address}/ziele?ziel=S2"
    [cookie] = [cookie for cookie in context.cookies() if cookie["name"] == COOKIE]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["secure"]) == (True, "Lax", False)
    assert COOKIE not in str(page.evaluate("document.cookie"))


def test_after_signing_out_the_old_cookie_opens_nothing(
    server: Served, context: BrowserContext, browser: Browser
) -> None:
    page = holding(context, server, "member").new_page()
    page.goto(server.address)
    page.get_by_text("GEHEIM ueberblick").wait_for()
    kept = context.cookies()
    page.locator(".st-key-rt-account button").click()
    page.get_by_role("button", name="Abmelden").click()
    page.get_by_label("Benutzername").wait_for()
    page.wait_for_function("() => performance.getEntriesByType('navigation').length && document.readyState")
    page.wait_for_timeout(1_000)
    assert COOKIE not in {cookie["name"] for cookie in context.cookies()}
    thief = browser.new_context(locale="de-DE")
    thief.add_cookies([cookie for cookie in kept if cookie["name"] == COOKIE])  # type: ignore[arg-type]
    stolen = thief.new_page()
    stolen.goto(f"{server.address}/ziele")
    stolen.get_by_label("Benutzername").wait_for()
    assert "GEHEIM" not in stolen.content()
    thief.close()


def test_a_fragment_of_a_disabled_user_shows_the_sign_in(server: Served, context: BrowserContext) -> None:
    page = holding(context, server, "observer").new_page()
    page.goto(server.address)
    page.get_by_text("GEHEIM im Teil").wait_for()
    with server.store.writing() as connection:
        disable_user(connection, "observer", dt.datetime.now(dt.UTC))
    page.get_by_role("button", name="Teil").click()
    page.get_by_label("Benutzername").wait_for()
    page.get_by_text("GEHEIM").first.wait_for(state="detached")
    with server.store.writing() as connection:
        disable_user(connection, "observer", dt.datetime.now(dt.UTC), disabled=False)


def test_the_page_says_its_language_from_the_first_byte(server: Served, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(server.address)
    page.get_by_label("Benutzername").wait_for()
    assert language_of(page) == "de"
    assert page.title() == "Netzwerk <Lindenmark>"
    holding(context, server, "coordinator")
    page.goto(server.address)
    page.locator(".st-key-rt-account button").click()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("link", name="Overview").first.wait_for()
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    answer = context.request.get(server.address, headers={"Accept": "text/html"})
    assert '<html lang="en">' in answer.text()
    page.get_by_text("Deutsch", exact=True).click()
    page.wait_for_function("() => document.documentElement.lang === 'de'")


def test_no_request_leaves_the_host_and_no_script_is_refused(server: Served, context: BrowserContext) -> None:
    page = context.new_page()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    page.goto(server.address)
    page.get_by_label("Benutzername").wait_for()
    sign_in(page, "coordinator")
    page.get_by_text("GEHEIM ueberblick").wait_for()
    for entry in MENU[1:]:
        page.get_by_role("link", name=say("de", f"menu.{entry.url_path}"), exact=True).first.click()
        page.get_by_text(f"GEHEIM {entry.url_path}").wait_for()
    hosts = {url.split("/")[2] for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {server.address.removeprefix("http://")}
    assert refused == []


def test_an_error_in_a_callback_shows_a_number_and_no_trace(server: Served, context: BrowserContext) -> None:
    page = holding(context, server, "coordinator").new_page()
    page.goto(server.address)
    page.get_by_role("button", name="bricht").click()
    page.get_by_text("die Nummer").wait_for()
    assert "Geheimnis" not in page.content()


def test_on_a_phone_nothing_scrolls_sideways(server: Served, context: BrowserContext) -> None:
    page = holding(context, server, "coordinator").new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(server.address)
    page.get_by_text("GEHEIM ueberblick").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    account = page.locator(".st-key-rt-account button")
    account.click()
    page.get_by_role("button", name="Abmelden").wait_for()
    assert account.get_attribute("aria-label") or account.inner_text().strip()


@pytest.mark.parametrize("path", ["/konto/anmelden", "/konto/abmelden"])
@pytest.mark.parametrize(
    "headers",
    [{}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
    ids=["no word", "other origin", "cross-site", "null"],
)
def test_another_site_can_sign_nobody_in_or_out(server: Served, path: str, headers: dict[str, str]) -> None:
    assert _answer(server, "POST", path, "ticket=x", headers).status == 403


def test_a_made_up_ticket_sets_no_cookie_and_leads_home(server: Served) -> None:
    headers = {"Sec-Fetch-Site": "same-origin"}
    body = "ticket=x&next=https%3A%2F%2Fevil.example%2F"
    answer = _answer(server, "POST", "/konto/anmelden", body, headers)
    assert (answer.status, answer.getheader("Location"), answer.getheader("Set-Cookie")) == (303, "/", None)


def test_every_answer_carries_the_headers_and_the_doors_for_machines_are_shut(server: Served) -> None:
    for path in ("/", "/ziele", "/_stcore/health", "/app/static/FiraSans-Regular.woff2"):
        answer = _answer(server, "GET", path, None, {"Accept": "text/html", "Accept-Encoding": "gzip"})
        policy = answer.getheader("Content-Security-Policy") or ""
        assert "frame-ancestors 'self'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
    for path in ("/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json"):
        assert _answer(server, "POST", path, "{}", {}).status == 404


def _answer(
    server: Served, method: str, path: str, body: str | None, headers: dict[str, str]
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(server.address.removeprefix("http://"), timeout=20)
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer
