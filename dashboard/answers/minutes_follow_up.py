"""What a meeting said of earlier agreements and decisions: a new date with its reason, done, noted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from dashboard.answers.held import Held
from dashboard.answers.minutes_content import ResultTold
from dashboard.answers.picture import Picture
from etl.model.following import follow_up_words, notings
from etl.model.state import Known
from etl.model.store import Store
from etl.pipeline.meeting.followed import title_of
from etl.rules.finding import Finding

#: Words that hold; what a house proposes waits, what was refused does not.
_HOLDS = ("said", "taken")


def followed_told(store: Store, held: Held, then: Picture, since: dt.datetime | None) -> tuple[ResultTold, ...]:
    """One result a record, in the order in which they were first spoken about; ``since``: only what was said after."""
    with store.reading() as connection:
        words = follow_up_words(connection, known_on=then.state.known_on)
        noted = notings(connection, then.state.known_on)
    told: dict[str, list[tuple[dt.datetime, Finding]]] = defaultdict(list)
    for row in words:
        known = then.state.find(row.record)
        if known and row.meeting == held.key and row.state in _HOLDS and _stands(row, known):
            told[known.key].append(
                (row.at, Finding(f"minutes.followed.{row.kind}", {"day": row.due, "text": row.text}))
            )
    for row in noted:
        known = then.state.find(row.record)
        if known and row.meeting == held.key:
            told[known.key].append((row.at, Finding("minutes.followed.noted")))
    found = {key: [one for one in said if since is None or one[0] > since] for key, said in told.items()}
    standing = sorted((said[0][0], key, said) for key, said in found.items() if said)
    return tuple(_result(key, tuple(one for _, one in said), then) for _, key, said in standing)


def _stands(row: Any, known: Known) -> bool:
    """Whether its entry was not undone."""
    return row.entry is None or any(said.entry == row.entry for said in known.said)


def _result(key: str, said: tuple[Finding, ...], then: Picture) -> ResultTold:
    known = then.state.find(key)
    assert known is not None, "looked up before"
    return ResultTold("followed", (title_of(known),), followed=said)
