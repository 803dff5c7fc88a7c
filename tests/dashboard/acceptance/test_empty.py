"""A network that has nothing yet: each page says what to do first, and the first step is one click away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from dashboard.shell.menu import MENU, Entry
from etl.model.accounts import ROLES
from etl.wording import say
from tests.dashboard.acceptance import screens
from tests.dashboard.acceptance.network import PHONE, Network, network_at, none, window
from tests.signed_in import a_user

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-people")]


@pytest.fixture(scope="module")
def new_network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with network_at(tmp_path_factory.mktemp("new") / "new.db") as served_network:
        for role in ROLES:
            a_user(served_network.store, role, role, partner="partner-1" if role == "partner" else None)
        yield served_network


#: The others say it in the same words; ``make test-all`` looks at them too.
_OFTEN = ("ueberblick", "kooperationen", "sitzung", "rueckmeldungen", "klaerungen")


@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, id=e.url_path, marks=[] if e.url_path in _OFTEN else [pytest.mark.slow]) for e in MENU],
)
def test_a_page_without_data_says_what_to_do_first(browser: Browser, new_network: Network, entry: Entry) -> None:
    with window(browser, new_network, "coordinator", size=PHONE) as here:
        here.open(entry.url_path)
        none(here.trouble)
        none(here.watch.complaints)
        assert here.headline.endswith(".")
        screens.arm(here)
        none(screens.sideways(here))
        none(screens.axe_findings(here))
        if entry.url_path != "rueckmeldungen":
            here.page.get_by_role("button", name=say("de", "empty.send")).click()
            here.page.wait_for_url("**/rueckmeldungen")
            here.ready()
        assert here.page.locator('[data-testid="stFileUploader"]').is_visible()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_is_told_who_begins(browser: Browser, new_network: Network, role: str) -> None:
    with window(browser, new_network, role) as here:
        here.open("")
        none(here.trouble)
        text = here.page.locator('[data-testid="stMain"]').inner_text()
        assert say("de", "empty.first") in text
        sends = here.page.get_by_role("button", name=say("de", "empty.send")).count()
        assert bool(sends) == (role in {"coordinator", "partner"})
