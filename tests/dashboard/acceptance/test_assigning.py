"""The office assigns 30 measures to goals by keyboard, in one go, and takes it back; the phone shows it too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.picture.facts import facts_of
from etl.rules.facts import Facts
from tests.dashboard.acceptance.network import PHONE, Network, demo_network, none, person, window
from tests.dashboard.acceptance.screens import arm, axe_findings, clipped, overlapping, sideways
from tests.dashboard.networks import deliver
from tests.evaluation.goals.scoring import HALVES, labelled, measures_as_list

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]

PARTNER, DAY = "AWO Kreisverband Lindenmark e. V.", dt.date(2026, 11, 5)
HOW_MANY = 30


@pytest.fixture
def own_network(demo: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The demo network, and a list of 40 measures that names no goal."""
    rows = [row for half in HALVES for row in labelled(half) if row["catalogue"] == "lindenmark"]
    with demo_network(demo, tmp_path_factory.mktemp("assign")) as served_network:
        deliver(served_network.store, "ohne_ziele.csv", measures_as_list(rows), PARTNER, DAY)
        yield served_network


def facts(network: Network) -> Facts:
    day = dt.date(2026, 11, 10)
    with network.store.reading() as connection:
        return facts_of(connection, state_on(connection, day), day)


def test_thirty_measures_are_assigned_by_keyboard_in_one_go(browser: Browser, own_network: Network) -> None:
    before, known = sum(bool(m.goals) for m in facts(own_network).measures), facts(own_network).assigned
    with window(browser, own_network, person("coordinator").username) as here:
        here.open("ziele")
        here.page.get_by_role("button", name="zuordnen").click()
        here.page.wait_for_url("**/klaerungen?ansicht=ohne-ziel")
        here.ready()
        assert here.headline.startswith("40 laufende Maßnahmen gehören noch zu keinem Ziel.")
        page, keys = here.page, here.page.keyboard
        page.get_by_role("button", name="Alle sicheren Vorschläge").focus()
        keys.press("Enter")
        ticked = page.locator(".rt-assign input:checked")
        assert 10 <= ticked.count() < HOW_MANY
        assert sum(bool(m.goals) for m in facts(own_network).measures) == before, "ticked is not assigned"
        page.locator(".rt-assign input").first.focus()
        _tick(page.locator(".rt-assign li"), HOW_MANY)
        assert ticked.count() == HOW_MANY
        assert page.locator(".rt-assign-n output").inner_text() == str(HOW_MANY)
        page.locator(".rt-assign-bar input").focus()
        keys.press("Control+A")
        keys.type("Liste der AWO durchgesehen")
        keys.press("Enter")
        page.locator(".rt-told[role=status]").wait_for()
        here.ready()
        assert page.locator(".rt-told[role=status]").inner_text().startswith("30 Einträge sind zugeordnet")
        assert here.headline.startswith("Zehn laufende Maßnahmen gehören noch zu keinem Ziel.")
        assigned = {what: one for what, one in facts(own_network).assigned.items() if what not in known}
        assert len(assigned) == HOW_MANY
        assert {a.reason for a in assigned.values()} == {"Liste der AWO durchgesehen"}
        to_none = sum(not a.targets for a in assigned.values())
        assert sum(bool(m.goals) for m in facts(own_network).measures) == before + HOW_MANY - to_none
        page.get_by_role("button", name="Rückgängig").focus()
        keys.press("Enter")
        page.get_by_text("zurückgenommen").first.wait_for()
        here.ready()
        assert facts(own_network).assigned == known
        none(here.trouble)
        none(here.watch.complaints)
    with window(browser, own_network, person("coordinator").username, size=PHONE) as here:
        here.open("klaerungen?ansicht=ohne-ziel")
        here.page.get_by_role("button", name="Alle sicheren Vorschläge").click()
        arm(here)
        none([*clipped(here), *sideways(here), *overlapping(here), *axe_findings(here)])


def _tick(rows: Locator, wanted: int) -> None:
    """From row to row with the arrow, space where nothing is ticked; a row without proposal belongs to none."""
    page = rows.page
    for number in range(rows.count()):
        if page.locator(".rt-assign input:checked").count() == wanted:
            return
        row = rows.nth(number)
        box = row.locator("input")
        assert box.evaluate("(box) => box === document.activeElement"), f"the arrow leads to row {number}"
        if not box.is_checked():
            if not row.locator("select").input_value():
                page.keyboard.press("Tab")
                page.keyboard.press("ArrowDown")  # the first choice: belongs to no goal
                page.keyboard.press("Shift+Tab")
            else:
                page.keyboard.press("Space")
            assert box.is_checked()
        page.keyboard.press("ArrowDown")
