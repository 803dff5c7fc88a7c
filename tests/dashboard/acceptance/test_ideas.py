"""Three people rate twenty ideas alone, one of them on the phone; one idea becomes a measure, and both know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.model.bodies import save_body, save_member
from etl.rules.meeting import Body, Member
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, Window, network_at, none, window
from tests.dashboard.acceptance.screens import arm, sideways
from tests.dashboard.networks import a_network
from tests.signed_in import a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
IDEAS = [f"Idee {n:02}" for n in range(1, 21)]
RATERS = {"anna": "member", "lea": "leadership", "cem": "partner"}

#: Marks every card as the list of marks says, by clicking as a finger does.
_MARK = """(marks) => document.querySelectorAll(".rt-card").forEach((card) => {
  const said = marks[card.querySelector("legend").textContent] || [3, 3, 3]
  card.querySelectorAll(".rt-marks").forEach((row, at) => row.querySelectorAll("input")[said[at] - 1].click())
})"""


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Network]:
    """A small network with an office, and a steering group in which three people with a sign-in sit."""
    with network_at(tmp_path / "ideas.db") as network:
        a_network(network.store)
        a_user(network.store, "amt", "coordinator")
        for name, role in RATERS.items():
            a_user(network.store, name, role, partner="partner-00001" if role == "partner" else None)
        with network.store.writing() as connection:
            body = save_body(connection, Body(0, "Steuerungsgruppe", "steering_group"), by="Amt", now=NOW)
            for name in RATERS:
                save_member(connection, Member(0, body.id, name.title(), username=name), by="Amt", now=NOW)
        yield network


def until(here: Window, words: str) -> None:
    here.page.locator("h1", has_text=words).wait_for()
    here.ready()


def press(here: Window, *names: str) -> None:
    for name in names:
        here.page.get_by_role("button", name=name, exact=True).click()


def test_three_rate_twenty_ideas_and_one_becomes_a_measure(browser: Browser, workshop: Network) -> None:
    with window(browser, workshop, "amt", size=ROOM) as office:
        _collect_and_open(office)
    for n, name in enumerate(RATERS):
        with window(browser, workshop, name, size=PHONE if name == "anna" else ROOM) as here:
            _rate(here, {IDEAS[6]: [5, 5, 2], IDEAS[7]: [1 + 2 * n, 4, 3]}, on_phone=name == "anna")
    with window(browser, workshop, "amt", size=ROOM) as office:
        office.open("ideen?ansicht=bewertung")
        assert "mit allen Ideen fertig: 3" in office.page.locator("body").inner_text()
        press(office, "Bewertung abschließen", "Abschließen und zeigen")
        until(office, "Zurzeit ist keine Bewertung offen.")
        office.open("ideen?ansicht=ergebnis")
        assert office.headline == (
            "Eine von 20 bewerteten Ideen ist einfach und stark. Bei der Umsetzbarkeit einer Idee sind wir uns uneinig."
        )
        first, second = (office.page.locator(".rt-idea-results li").nth(n).inner_text() for n in (0, 1))
        assert first.startswith("1\nIdee 07\nUmsetzbarkeit 5 (einig)")
        assert "Idee 08\nUmsetzbarkeit 3 (↔ uneinig)" in second
        assert office.page.locator(".rt-q-idea").count() == len(IDEAS)
        _becomes_measure(office)
        none([*office.trouble, *office.watch.complaints])


def _collect_and_open(office: Window) -> None:
    office.open("ideen")
    assert office.headline == "Noch ist keine Idee gesammelt."
    press(office, "Ideen eintragen")
    office.page.get_by_role("textbox", name="Ideen, eine je Zeile").fill("\n".join([*IDEAS, IDEAS[0]]))
    press(office, "Aufnehmen")
    until(office, "20 Ideen liegen auf dem Tisch.")
    assert "Schon auf dem Tisch lag Idee 01." in office.page.locator(".rt-told").all_inner_texts()
    office.open("ideen?ansicht=bewertung")
    press(office, "Bewertung öffnen", "Öffnen")
    until(office, "Noch hat niemand bewertet.")


def _rate(here: Window, marks: dict[str, list[int]], *, on_phone: bool) -> None:
    here.open("ideen?ansicht=bewertung")
    assert here.headline == "20 Ideen warten auf Ihre Bewertung."
    here.page.locator(".rt-cards-bar output", has_text="Noch keine von 20 bewertet.").wait_for()
    here.page.evaluate(_MARK, marks)
    until(here, "Sie haben alle 20 Ideen bewertet.")
    if on_phone:  # thinks again, by finger, and leaves it to keep itself
        arm(here)
        none(sideways(here))
        card = here.page.locator(".rt-card", has_text=IDEAS[0])
        card.locator("label", has_text="1").first.click()
        here.page.locator(".rt-cards-bar output", has_text="gleich").wait_for()
        here.page.locator(".rt-cards-bar output", has_text="Ganz bewertet: 20 von 20").wait_for()
        here.open("ideen?ansicht=bewertung")
        assert here.page.locator(".rt-card input:checked").first.get_attribute("value") == "1"
        here.open("ideen?ansicht=ergebnis")
        assert here.headline == "Noch ist keine Idee bewertet.", "nobody is told what others said before it is closed"
        assert not here.page.get_by_role("button", name="Zur Maßnahme machen").count()
    none([*here.trouble, *here.watch.complaints])


def _becomes_measure(office: Window) -> None:
    rows: Callable[[], list[str]] = lambda: office.page.locator(".rt-idea-results li").all_inner_texts()  # noqa: E731
    office.page.locator(".rt-idea-results li").first.get_by_role("button", name="Zur Maßnahme machen").click()
    office.page.locator(".rt-told", has_text="ist eine vorgeschlagene Maßnahme geworden").wait_for()
    office.ready()
    assert "Daraus wurde die Maßnahme Idee 07" in rows()[0]
    office.page.locator(".rt-idea-results li").first.get_by_role("button", name=IDEAS[6]).last.click()
    office.page.wait_for_url("**/massnahmen?massnahme=*")
    office.page.locator(".rt-note", has_text="Aus der Idee").get_by_role("button").click()
    office.page.wait_for_url("**/ideen?idee=*")
    until(office, "20 Ideen liegen auf dem Tisch. Eine wurde zur Maßnahme.")
    assert office.page.locator("li[data-here]").inner_text().startswith(IDEAS[6])
