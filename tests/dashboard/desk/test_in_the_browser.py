"""Two recorders at one result in their browsers, one of them without a connection for a while: no word is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from dashboard.shell.session import COOKIE
from etl.model.meeting_results import results_of, versions_of
from etl.model.meetings import set_meeting_role
from etl.model.store import Store
from etl.pipeline.meeting.presenting import step
from tests.browser import served
from tests.dashboard.desk.conftest import NOW, Meeting, a_meeting
from tests.signed_in import a_session, a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@contextmanager
def _desk(browser: Browser, meeting: Meeting, address: str, name: str) -> Iterator[Page]:
    a_user(meeting.store, name, "member")
    with meeting.store.writing() as connection:
        set_meeting_role(connection, meeting.key, name, "recorder", holds=True)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="de-DE")
    context.add_cookies([{"name": COOKIE, "value": a_session(meeting.store, name), "url": address}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}{meeting.at}")
    page.locator("#who .partner").first.wait_for()
    yield page
    assert complaints == []
    context.close()


def _versions(meeting: Meeting) -> list[list[str]]:
    with meeting.store.reading() as connection:
        rows = results_of(connection, meeting.key)
        versions = versions_of(connection, [row.id for row in rows])
    return [[version.said["text"] for version in versions[row.id]] for row in rows]


def test_two_recorders_at_one_result_lose_no_word(browser: Browser, sqlite_store: Store) -> None:
    meeting = a_meeting(sqlite_store)
    with (
        served(str(sqlite_store.url)) as address,
        _desk(browser, meeting, address, "ben") as ben,
        _desk(browser, meeting, address, "eva") as eva,
    ):
        # by keyboard alone: the kind, the wording that stands there already, who, and off it goes
        ben.keyboard.press("Alt+1")
        assert ben.locator("#text").input_value() == "Vereinbaren, wer was tut."
        ben.locator("#text").fill("Zweiter Abendkurs B1")
        assert ben.locator("#due").input_value() == "", "no other meeting is planned"
        ben.locator("#due").fill("2027-02-01")
        assert ben.locator("#by").input_value() == "2027-02-01"
        ben.locator("#who .partner").first.select_option(meeting.vhs)
        ben.keyboard.press("Control+Enter")
        ben.locator("#results li", has_text="Zweiter Abendkurs B1").wait_for()
        # the other one sees it, and both change it at once; Eva's line is down while she writes
        eva.locator("#results [data-edit]").first.click()
        ben.locator("#results [data-edit]").first.click()
        eva.context.set_offline(True)
        eva.locator("#text").fill("Zweiter Abendkurs B1 ab Februar")
        eva.keyboard.press("Control+Enter")
        eva.locator("#line", has_text="Noch nicht gesendet").wait_for()
        ben.locator("#text").fill("Zweiter Abendkurs B1 mit Kinderbetreuung")
        ben.keyboard.press("Control+Enter")
        ben.locator("#results li", has_text="mit Kinderbetreuung").wait_for()
        eva.context.set_offline(False)
        eva.locator("#line", has_text="Ben hat inzwischen anders geschrieben").wait_for()
        for page in (ben, eva):
            both = page.locator("#results li", has_text="ab Februar").filter(has_text="mit Kinderbetreuung")
            both.wait_for()
        assert len(_versions(meeting)[0]) == 3, "sent once when the connection came back"
        # what is typed outlives the browser, and one of both settles it
        eva.locator("#text").fill("Noch nicht fertig")
        eva.reload()
        eva.locator("#line", has_text="steht wieder im Formular").wait_for()
        assert eva.locator("#text").input_value() == "Noch nicht fertig"
        ben.locator("#results [data-holds]").last.click()
        ben.locator("#results .versions").wait_for(state="detached")
        # with nothing half written the form goes on with the wall, to an open decision
        step(meeting.store, meeting.key, f"item:{meeting.items[1]}", seen="", by="Amt", now=NOW)
        ben.locator("#waiting", has_text="Abendkurs aus Restmitteln?").wait_for()
        assert ben.locator("[name=kind]:checked").get_attribute("value") == "decision"
        assert eva.locator("#text").input_value() == "Noch nicht fertig"
        first, second, third, last = _versions(meeting)[0]
        assert {second, third} == {"Zweiter Abendkurs B1 mit Kinderbetreuung", "Zweiter Abendkurs B1 ab Februar"}
        assert last == "Zweiter Abendkurs B1 ab Februar"
        assert first == "Zweiter Abendkurs B1"
