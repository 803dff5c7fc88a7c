"""What would hold after accepting or undoing a delivery: the very same steps, in a transaction that is not kept.

The facts are read inside it, so nothing about them is estimated. Neither the store's version is raised nor the network
asked for in it, for both would be remembered beyond it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from etl.model.state import State, state_on
from etl.model.store import Connection, Store
from etl.pipeline.accept import StaleComparison, network_statements, refresh, store_accepted
from etl.pipeline.authority import Reason, reasons_for_office
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.rated import load_thresholds, ratings_of
from etl.pipeline.preview import Preview
from etl.pipeline.undo import close_and_judge
from etl.rules.facts import Facts
from etl.rules.rating import Rating, is_worse


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A goal's or measure's rating before and after; a code is None where its status is shown instead of a rating."""

    kind: str
    key: str
    title: str
    before: str | None
    after: str | None

    @property
    def worse(self) -> bool:
        return is_worse(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The picture that would hold. ``reasons``: why a partner's sign-in is not enough for it; ``keys`` are those of an
    accepted file's records, draft by draft."""

    state: State
    facts: Facts
    ratings: Mapping[str, Rating]
    reasons: tuple[Reason, ...] = ()
    keys: list[str] = field(default_factory=list)


def foresee_accept(
    store: Store, preview: Preview, *, day: dt.date, now: dt.datetime, for_partner: str | None = None
) -> Foreseen | None:
    """The picture on ``day`` after accepting ``preview``; None where the store has moved on since that preview."""
    with store.trying() as connection:
        tried = replace(preview)
        try:
            refresh(connection, tried)
        except StaleComparison:
            return None
        if tried.outcome == "unchanged":
            return None
        before = network_statements(connection, tried) if for_partner is not None else []
        stored = store_accepted(connection, tried, now=now)
        reasons: tuple[Reason, ...] = ()
        if for_partner is not None:
            reasons = reasons_for_office(connection, for_partner, before, network_statements(connection, tried))
        state, facts = _picture(connection, day)
    return _rated(state, facts, reasons, stored.keys)


def foresee_undo(
    store: Store, number: int, *, day: dt.date, now: dt.datetime, for_partner: str | None = None
) -> Foreseen:
    """The picture on ``day`` after taking delivery ``number`` back. Raises ``NothingToUndo`` and ``NotYours``."""
    with store.trying() as connection:
        reasons = close_and_judge(connection, number, now=now, for_partner=for_partner)
        state, facts = _picture(connection, day)
    return _rated(state, facts, reasons)


def _picture(connection: Connection, day: dt.date) -> tuple[State, Facts]:
    state = state_on(connection, day)
    return state, facts_of(connection, state, day)


def _rated(state: State, facts: Facts, reasons: tuple[Reason, ...], keys: list[str] | None = None) -> Foreseen:
    """Rating costs most and needs no store: it is done when the lock is free again."""
    return Foreseen(state, facts, ratings_of(facts, load_thresholds()), reasons, keys or [])


def changed_ratings(
    before: Facts, ratings_before: Mapping[str, Rating], after: Facts, ratings_after: Mapping[str, Rating]
) -> tuple[RatingChange, ...]:
    """Goals and measures that are there before and after and whose rating is another, goals first."""
    found = []
    for kind, old, new in (
        ("goal", before.goal_by_key, after.goal_by_key),
        ("measure", before.measure_by_key, after.measure_by_key),
    ):
        for key in old.keys() & new.keys():
            was, now = ratings_before[key].code, ratings_after[key].code
            if was != now:
                found.append(RatingChange(kind, key, new[key].title, was, now))
    return tuple(sorted(found, key=lambda change: (change.kind, change.title.casefold(), change.key)))
