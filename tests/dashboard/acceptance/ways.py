"""From what a page shows to its sources: which texts have no way, and where the ways of all others end."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from dashboard.answers.picture import Picture, picture
from dashboard.answers.provenance import Eyes, origins
from dashboard.answers.record_values import RecordValues, record_values
from dashboard.answers.sums import sum_of
from etl.model.accounts import find_user
from etl.model.settings_rows import network as settings_of
from tests.dashboard.acceptance.network import Window, person

_SCRIPT = (Path(__file__).with_name("sources.js")).read_text(encoding="utf-8")

#: Words that come from no record, by selector, with the reason.
OWN_WORDS = {
    "thead, .rt-key, .rt-legend, .rt-footer, .rt-pages, .rt-section h2, .rt-section .rt-aside": "headings and keys",
    ".rt-hidden": "for those who listen: repeats what stands beside it",
    ".rt-phone-only": "names the column on the phone",
    ".rt-s, .rt-change, .rt-lead:has(.rt-change)": "symbols; their word stands beside them",
    '[data-testid="stMain"]:has(.rt-pair) h1': "counts the cases listed below it",
    ".rt-pair tbody th, .rt-pair td:nth-child(3)": "names of fields and the signs between both values",
    ".rt-programmes": "the office's own list of programmes: each row says who entered it and when",
    ".rt-entered": "entered in the dashboard (who sits where, topics, steps, notes): it has an author and no cell",
    '[data-testid="stMain"]:has(.rt-entered) h1': "counts what was entered in the dashboard",
    ".rt-about": "findings about the house: the views they come from list them with their sources",
    ".rt-offer-matrix tbody th": "fields of action and houses: the cells beside lead on",
    ".rt-gaps li:not(:has([data-go]))": "target groups and places that no list names: there is nothing to come from",
    ".rt-received": "received files themselves, and what became of them",
    ".rt-numbered, .rt-list > li > .rt-lead": "numbers and days of a list's rows: the row leads on",
}
#: Pages that show no record's values, with the reason.
NO_RECORDS = {
    "focus-topics": "its rows are topics entered in the dashboard",
    "deliveries": "its rows are the received files themselves",
    "contradictions": "shows the sources themselves, with their cells",
    "calls": "its rows are who has not reported and whom to ring up",
    "round": "its rows are who has reported and whom to write to",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """A page as one person saw it: the texts without a way to their source, and the ways of all others."""

    untraced: list[str]
    targets: list[str]
    picture: Picture
    eyes: Eyes


def walk(here: Window, role: str) -> Walked:
    """What ``role`` sees in this window."""
    here.page.evaluate(_SCRIPT)
    untraced = here.page.evaluate(f"rundertischSources.untraced({json.dumps(list(OWN_WORDS))})")
    targets = here.page.evaluate("rundertischSources.targets()")
    store = here.network.store
    with store.reading() as connection:
        user, day = find_user(connection, person(role).username), settings_of(connection).day
    assert user is not None
    assert day is not None
    eyes = Eyes(office=role == "coordinator", partner=user.partner, role=role)
    return Walked(untraced, targets, picture(store, day), eyes)


def lost(walked: Walked) -> list[str]:
    """What is wrong with the ways: each ends at a cell or an entry."""
    return [problem for target in walked.targets for problem in _problems(walked, target)]


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
        for origin in origins(walked.picture, values.key, name, walked.eyes, whole=False) or (None,)
        if origin is None or not (origin.cells or origin.entered_by or origin.file)
    ]
