"""The network on an earlier day as known then, kept across changes of the store: what was known then stays known."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from etl.model.deliveries import rounds
from etl.model.erasing import erasures
from etl.model.state import State, state_on
from etl.model.statements import extent_of
from etl.model.store import Connection, Store, version_in
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import ratings_of, thresholds_on
from etl.rules.facts import Facts
from etl.rules.rating import Rating
from etl.rules.thresholds import Thresholds

#: So many days are kept; those of large networks are large.
_MOST = 4


@dataclass(frozen=True)
class Earlier:
    """Facts of an earlier day, with the thresholds that were in force and the ratings by them."""

    facts: Facts
    thresholds: Thresholds
    ratings: dict[str, Rating]


_kept: OrderedDict[Hashable, Earlier] = OrderedDict()
_lock = threading.RLock()


def earlier(store: Store, day: dt.date, known_on: dt.datetime | None, merged_as: State) -> Earlier:
    """Read once as long as nothing changes what it is made of; ``merged_as``: see ``state_on``. Viewers who ask at the
    same time wait for the one that reads."""
    with _lock, store.reading() as connection:
        key = (store.url, day, known_on, *_made_of(connection, known_on, merged_as))
        found = _kept.get(key)
        if found is None:
            found = _kept[key] = _read(connection, day, known_on, merged_as)
            if len(_kept) > _MOST:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return found


def _made_of(connection: Connection, known_on: dt.datetime | None, merged_as: State) -> tuple[Hashable, ...]:
    """Changes with whatever could change the facts of a day known then: rounds, merges and erasures have no clock.

    What is known now changes with the store.
    """
    if known_on is None:
        return (version_in(connection),)
    merged = tuple(sorted(row.id for row in merged_as.samenesses))
    asked = tuple((row.name, row.day, row.deadline) for row in rounds(connection))
    return extent_of(connection, known_on), erasures(connection), merged, asked


def _read(connection: Connection, day: dt.date, known_on: dt.datetime | None, merged_as: State) -> Earlier:
    facts = facts_of(connection, state_on(connection, day, known_on, merged_as=merged_as), day)
    thresholds = thresholds_on(connection, known_on)
    return Earlier(facts, thresholds, ratings_of(facts, thresholds))


def forget() -> None:
    """Let go of what is kept: for measurements of the first look."""
    with _lock:
        _kept.clear()
