"""A whole meeting, from the invitation to minutes and kept papers: the office that presents, a recorder, and three who
follow (leadership, a member, somebody by the code), each in a browser of their own."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import docx
import openpyxl
import pypdf
import pytest

from etl.model.accounts import set_language
from etl.model.meetings import plan_of, save_plan, set_meeting_role
from etl.model.store import Store
from etl.wording import formatted, say
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, demo_network, none, person, window
from tests.signed_in import a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Download, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

_SPOKEN = {
    "de": "Die Volkshochschule richtet ab Februar einen zweiten Abendkurs ein.",
    "en": "A second evening course.",
}
_PROMISED = {"de": "Das Jugendamt sucht eine Betreuung für den Donnerstag.", "en": "Childcare on Thursdays."}
_NOW = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with demo_network(demo, tmp_path_factory.mktemp("meeting")) as served_network:
        yield served_network


def _not_invited_yet(network: Network, key: str) -> None:
    """The demo's meeting as it was before its papers went out; somebody keeps the record."""
    with network.store.writing() as connection:
        plan = plan_of(connection, key)
        assert plan is not None
        planned = replace(plan, state="planned", invited_at=None, invited_by=None, shown_to_leadership=None)
        save_plan(connection, planned, by="Amt", now=_NOW)
        set_meeting_role(connection, key, "protokoll", "recorder", holds=True)


def _saved(download: Download) -> bytes:
    path = download.path()
    return path.read_bytes()


def _fetched(here: Window, label: str | re.Pattern[str]) -> bytes:
    with here.page.expect_download() as asked:
        here.page.get_by_role("button", name=label).first.click()
    return _saved(asked.value)


def _same(wall: Page, *followers: Page) -> None:
    """All who follow see what is on the wall, word by word."""
    from playwright.sync_api import expect

    shown = " ".join(str(wall.locator(".slide").text_content()).split())
    for page in followers:
        expect(page.locator(".slide")).to_have_text(shown, timeout=20_000)


def _shown(page: Page, text: str) -> None:
    page.locator(".slide").get_by_text(text).first.wait_for()


@pytest.mark.parametrize("language", ["de", pytest.param("en", marks=pytest.mark.slow)])
def test_a_meeting_from_invitation_to_kept_papers(browser: Browser, own_network: Network, language: str) -> None:
    network = own_network
    key = network.key("meeting", "title", "7. Sitzung der Steuerungsgruppe")
    people = {role: person(role).username for role in ("coordinator", "leadership", "member")}
    a_user(network.store, "protokoll", "member")
    _not_invited_yet(network, key)
    with network.store.writing() as connection:
        for username in (*people.values(), "protokoll"):
            set_language(connection, username, language)

    def word(code: str, **values: object) -> str:
        return say(language, code, **values)

    with ExitStack() as room:
        locale = {"de": "de-DE", "en": "en-GB"}[language]
        office, chair, member, desk, phone = (
            room.enter_context(window(browser, network, username, size=size, locale=locale))
            for username, size in (
                (people["coordinator"], ROOM),
                (people["leadership"], PHONE),
                (people["member"], PHONE),
                ("protokoll", ROOM),
                (None, PHONE),
            )
        )
        _invite(office, chair, member, key, word)
        _begin(office.page, chair.page, member.page, phone.page, network.address, key)
        desk.page.goto(f"{network.address}/saal/{key}/protokoll")
        _decide(office.page, desk.page, (chair.page, member.page, phone.page), language, word)
        _feel(office.page, (chair.page, member.page, phone.page), word)
        _end(office.page, phone.page, word)
        told = [line for one in (office, chair, member, desk, phone) for line in one.watch.complaints]
        none([line for line in told if "/mitlesen/" not in line])  # over, the code opens nothing: 404
        _close(office, member, key, language, word)


def _invite(office: Window, chair: Window, member: Window, key: str, word: object) -> None:
    """Leadership sees the papers first, the members when they are invited."""
    assert callable(word)
    agenda = f"sitzung?sitzung={key}&ansicht=tagesordnung"
    member.open(agenda)
    member.page.get_by_text(word("meeting.papers_to_come")).wait_for()
    office.open(agenda)
    office.page.get_by_role("button", name=word("papers.show"), exact=True).click()
    office.page.get_by_role("button", name=word("papers.invite"), exact=True).wait_for()
    chair.open(agenda)
    chair.page.locator(".rt-agenda li").first.wait_for()
    member.open(agenda)
    assert member.page.locator(".rt-agenda li").count() == 0
    office.page.get_by_role("button", name=word("papers.invite"), exact=True).click()
    office.page.get_by_text(word("papers.invited"), exact=True).wait_for()
    member.open(agenda)
    member.page.locator(".rt-agenda li").first.wait_for()
    paper = _fetched(office, re.compile("PDF"))
    assert "Zweiter Abendkurs B1" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)


def _begin(wall: Page, chair: Page, member: Page, phone: Page, address: str, key: str) -> None:
    wall.goto(f"{address}/saal/{key}")
    wall.keyboard.press("Enter")
    wall.locator(".opening").wait_for()
    code = str(wall.locator(".sign").text_content())
    phone.goto(f"{address}/mitlesen")
    phone.locator("#code").fill(code)
    phone.keyboard.press("Enter")
    for page in (chair, member):
        page.goto(f"{address}/saal/{key}/mitlesen")
    for page in (phone, chair, member):
        page.locator(".opening").wait_for()


def _decide(wall: Page, desk: Page, followers: tuple[Page, ...], language: str, word: object) -> None:
    """The recorder writes a decision and an agreement; everybody reads both at once."""
    assert callable(word)
    titles = [str(button.get_attribute("title")) for button in wall.locator(".numbers button").all()]
    place = next(place for place, title in enumerate(titles, 1) if title.startswith("Zweiter Abendkurs"))
    wall.keyboard.type(str(place))
    wall.keyboard.press("Enter")
    _shown(wall, "Zweiter Abendkurs B1 aus Restmitteln 2026?")
    _same(wall, *followers)

    desk.locator("#where", has_text=re.compile(rf"\b{place}\b")).wait_for()
    desk.keyboard.press("Alt+4")
    desk.locator("#text").fill(_SPOKEN[language])
    desk.keyboard.press("Control+Enter")
    desk.locator("#results").get_by_text(_SPOKEN[language]).wait_for()
    for page in (wall, *followers):
        _shown(page, _SPOKEN[language])

    desk.keyboard.press("Alt+1")
    desk.locator("#text").fill(_PROMISED[language])
    holder = desk.locator("#who .holder").first
    if not holder.count():
        desk.locator("#who [data-add]").click()
    house = holder.locator("select.partner option", has_text="Jugendamt").first
    holder.locator("select.partner").select_option(str(house.get_attribute("value")))
    holder.locator("select.stance").select_option("promised")
    desk.locator("#due").fill("2027-02-01")
    desk.keyboard.press("Control+Enter")
    desk.locator("#results").get_by_text(_PROMISED[language]).wait_for()
    for page in (wall, *followers):
        _shown(page, _PROMISED[language])
    _same(wall, *followers)


def _feel(wall: Page, followers: tuple[Page, ...], word: object) -> None:
    """Each says on their own device how they see the item; what all said is shown when the presenter closes it."""
    assert callable(word)
    wall.keyboard.press("t")
    _shown(wall, word("temperature.asked"))
    for page, choice in zip(followers, ("at_risk", "at_risk", "off_track"), strict=True):
        page.locator(f'[data-choice="{choice}"]').click()
        page.locator(f'[data-choice="{choice}"][aria-pressed="true"]').wait_for()
    assert wall.locator(".spread").count() == 0, "nobody sees anything before it is closed"
    wall.keyboard.press("t")
    wall.locator(".spread").wait_for()
    told = " ".join(wall.locator(".spread").inner_text().split())
    assert re.search(rf"{word('rating.at_risk')} 2.*{word('rating.off_track')} 1", told), told
    _same(wall, *followers)


def _end(wall: Page, phone: Page, word: object) -> None:
    assert callable(word)
    wall.keyboard.press("?")
    wall.locator("#end").focus()
    wall.keyboard.press("Enter")
    wall.keyboard.press("Enter")
    wall.locator(".begin").wait_for()
    phone.locator("#line", has_text=word("room.over")).wait_for()


def _close(office: Window, member: Window, key: str, language: str, word: object) -> None:
    """Closed, the meeting has minutes and kept papers whose checksum they cite; the live pages know what was agreed."""
    assert callable(word)
    office.open(f"sitzung?sitzung={key}&ansicht=niederschrift")
    office.page.get_by_role("button", name=word("kept.close"), exact=True).click()
    office.page.locator(".st-key-meeting-close-do button").click()
    office.page.get_by_text(word("kept.whole"), exact=True).wait_for()
    checksum = str(office.page.locator(".rt-file").first.text_content())
    minutes = docx.Document(io.BytesIO(_fetched(office, word("kept.minutes.docx"))))
    written = "\n".join([p.text for p in minutes.paragraphs] + [c.text for t in minutes.tables for c in t._cells])
    for told in (_SPOKEN[language], _PROMISED[language], checksum, "Jugendamt"):
        assert told in written
    printed = pypdf.PdfReader(io.BytesIO(_fetched(office, word("kept.minutes.pdf"))))
    assert printed.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert printed.trailer["/Root"]["/Lang"].startswith(language)  # type: ignore[index]
    kept = {
        name: _fetched(office, re.compile(re.escape(name)))
        for name in office.page.locator('[class*="st-key-rt-kept-"] button').all_inner_texts()
    }
    assert {name.rsplit(".", 1)[-1] for name in kept} == {"pdf", "xlsx"}
    lines = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(kept.items()))
    assert hashlib.sha256(lines.encode()).hexdigest() == checksum
    [book] = [content for name, content in kept.items() if name.endswith(".xlsx")]
    cells = [
        str(c.value) for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in sheet for c in row if c.value
    ]
    assert any(_SPOKEN[language] in cell for cell in cells)
    assert not any("Aulbach" in cell for cell in cells), "kept papers name nobody"
    none([*office.trouble, *office.watch.complaints])

    member.open(f"sitzung?sitzung={key}&ansicht=vereinbarungen")
    line = member.page.locator(".rt-follow-list li", has_text=_PROMISED[language])
    assert formatted(language, dt.date(2027, 2, 1), "date") in line.inner_text()
    none([*member.trouble, *member.watch.complaints])
