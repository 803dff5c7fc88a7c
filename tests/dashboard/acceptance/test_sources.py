"""Every value on every page leads to its source in at most two clicks: in the markup, and when the ways are walked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.record_values import RecordValues, record_values
from dashboard.answers.sums import sum_of
from etl.model.accounts import find_user
from etl.model.settings_rows import network as settings_of
from tests.dashboard.acceptance.network import PHONE, ROOM, Network, none, person, window
from tests.dashboard.acceptance.screens import SCREENS, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("acceptance-sources")]

_SCRIPT = (Path(__file__).with_name("sources.js")).read_text(encoding="utf-8")

#: Words that come from no record, by selector, with the reason.
OWN_WORDS = {
    "thead, .rt-key, .rt-legend, .rt-footer, .rt-pages, .rt-section h2, .rt-section .rt-aside": "headings and keys",
    ".rt-hidden": "for those who listen: repeats what stands beside it",
    ".rt-phone-only": "names the column on the phone",
    ".rt-s, .rt-change, .rt-lead:has(.rt-change)": "symbols; their word stands beside them",
    '[data-testid="stMain"]:has(.rt-pair) h1': "counts the cases listed below it",
    ".rt-pair tbody th, .rt-pair td:nth-child(3)": "names of fields and the signs between both values",
    ".rt-received": "received files themselves, and what became of them",
    ".rt-numbered, .rt-list > li > .rt-lead": "numbers and days of a list's rows: the row leads on",
}
#: Pages that show no record's values, with the reason.
NO_RECORDS = {
    "deliveries": "its rows are the received files themselves",
    "contradictions": "shows the sources themselves, with their cells",
    "calls": "its rows are who has not reported and whom to ring up",
    "round": "its rows are who has reported and whom to write to",
}
#: Who else looks, and at which pages: those where what is shown depends on who looks.
_OTHERS = {"partner": ("overview", "goal", "measure", "contacts"), "member": ("measures", "measure", "contacts")}


@dataclass(frozen=True, slots=True)
class Walked:
    """A page as one person saw it: the texts without a way to their source, and the ways of all others."""

    screen: Screen
    role: str
    untraced: list[str]
    targets: list[str]
    picture: Picture
    eyes: Eyes


def _cases() -> Iterator[Any]:
    for role in ("coordinator", *_OTHERS):
        for screen in SCREENS:
            if screen.name in _OTHERS.get(role, (screen.name,)) and screen.name not in NO_RECORDS:
                marks = [pytest.mark.slow] if role == "member" else []
                yield pytest.param((screen, role), id=f"{screen.name}-{role}", marks=marks)


@pytest.fixture(scope="module", params=list(_cases()))
def walked(request: pytest.FixtureRequest, browser: Browser, network: Network) -> Walked:
    screen, role = request.param
    who = person(role).username
    with window(browser, network, who, size=PHONE if role == "member" else ROOM) as here:
        here.open(screen.address(network))
        none(here.trouble)
        here.page.evaluate(_SCRIPT)
        untraced = here.page.evaluate(f"rundertischSources.untraced({json.dumps(list(OWN_WORDS))})")
        targets = here.page.evaluate("rundertischSources.targets()")
    with network.store.reading() as connection:
        user, day = find_user(connection, who), settings_of(connection).day
    assert user is not None
    assert day is not None
    eyes = Eyes(office=role == "coordinator", partner=user.partner, role=role)
    return Walked(screen, role, untraced, targets, picture(network.store, day), eyes)


def test_every_value_of_a_record_can_be_asked_where_it_comes_from(walked: Walked) -> None:
    none(walked.untraced)


def test_every_way_ends_at_a_cell_or_an_entry_after_at_most_two_clicks(walked: Walked) -> None:
    none([problem for target in walked.targets for problem in _problems(walked, target)])
    assert walked.targets, "a page of records without a single way to a source"


def _problems(walked: Walked, target: str) -> list[str]:
    kind, _, asked = target.partition(":")
    if kind == "summe":
        if asked == "reported":
            return []
        found = sum_of(walked.picture, asked, walked.eyes)
        parts = found.parts if found else ()
        return [f"{target} stands for no list"] if not parts else [p for part in parts for p in _ends(walked, part)]
    record, _, names = asked.partition(":")
    values = record_values(walked.picture, record, walked.eyes, tuple(filter(None, names.split(","))))
    return _ends(walked, values) if values else [f"{target} leads nowhere"]


def _ends(walked: Walked, values: RecordValues) -> list[str]:
    """What of a record's values has neither a cell nor an entry nor was named with the file."""
    return [
        f"{values.kind} {values.key}.{name} has no source"
        for name, _ in values.values
        for origin in origins(walked.picture, values.key, name, walked.eyes) or (None,)
        if origin is None or not (origin.cells or origin.entered_by or origin.file)
    ]
