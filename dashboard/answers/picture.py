"""The network on a day, and as it was at the last meeting: what all other answers are made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from etl.model.process_steps import line_words
from etl.model.programmes import programmes
from etl.model.state import State, state_on
from etl.model.store import Store, version_in
from etl.pipeline.interface.steps import steps_in
from etl.pipeline.picture.facts import facts_of
from etl.pipeline.picture.provenance import Provenance
from etl.pipeline.picture.rated import ratings_of, thresholds_on
from etl.rules.days import end_of_day
from etl.rules.facts import Facts, Meeting
from etl.rules.programmes import Programme
from etl.rules.rating import Rating
from etl.rules.steps import LineWord, ProcessStep
from etl.rules.thresholds import Thresholds
from etl.vocabulary import load_vocabulary


@dataclass(frozen=True)
class Picture:
    """Facts, ratings and sources on one day.

    ``before`` are the facts on the day of the last meeting before ``facts.day`` (or the last round's day), as known at
    the end of that day, with the records merged that are merged now; None when there was none. ``thresholds`` are those
    in force on its known clock, ``old_thresholds`` those of ``before``. ``state`` holds the statements, ``provenance``
    tells their cells. ``steps`` are those of the interface paper, ``line_words`` what houses said about its lines,
    ``programmes`` the list the office keeps, as it is now.
    """

    facts: Facts
    ratings: dict[str, Rating]
    before: Facts | None
    ratings_before: dict[str, Rating]
    thresholds: Thresholds
    state: State
    provenance: Provenance
    version: int
    last_meeting: Meeting | None
    next_meeting: Meeting | None
    old_thresholds: Thresholds | None = None
    steps: tuple[ProcessStep, ...] = ()
    line_words: tuple[LineWord, ...] = ()
    programmes: tuple[Programme, ...] = ()

    def names_of(self, partners: Iterable[str]) -> dict[str, str]:
        """Key -> short name (or name) of each partner."""
        known = self.facts.partner_by_key
        return {key: (known[key].short_name or known[key].name) for key in partners if key in known}


def picture(store: Store, day: dt.date, known_on: dt.datetime | None = None) -> Picture:
    """Read everything once; callers keep it per (store version, day, known_on)."""
    with store.reading() as connection:
        version = version_in(connection)
        thresholds = old_thresholds = thresholds_on(connection, known_on)
        state = state_on(connection, day, known_on)
        facts = facts_of(connection, state, day)
        provenance = Provenance(connection, load_vocabulary())
        steps, words = steps_in(connection), line_words(connection, known_on)
        known_programmes = programmes(connection)
        last, coming = _meetings(facts)
        since = _since(facts, last)
        before = None
        if since is not None:
            known_then = min(end_of_day(since), known_on) if known_on else end_of_day(since)
            old_thresholds = thresholds_on(connection, known_then)
            before = facts_of(connection, state_on(connection, since, known_then, merged_as=state), since)
    return Picture(
        facts=facts,
        ratings=ratings_of(facts, thresholds),
        before=before,
        ratings_before=ratings_of(before, old_thresholds) if before else {},
        thresholds=thresholds,
        old_thresholds=old_thresholds,
        state=state,
        provenance=provenance,
        version=version,
        last_meeting=last,
        next_meeting=coming,
        steps=steps,
        line_words=words,
        programmes=known_programmes,
    )


def _meetings(facts: Facts) -> tuple[Meeting | None, Meeting | None]:
    """The last meeting before the day, and the one on the day or after it, of the body the rounds are made for.

    A working group meets in between; what changed is told since the steering group sat last.
    """
    round_days = {r.day for r in facts.rounds}
    bodies = {m.body for m in facts.meetings if m.day in round_days}
    dated = [m for m in facts.meetings if m.day and (not bodies or m.body in bodies)]
    dated.sort(key=lambda m: (m.day, m.key))
    past = [m for m in dated if m.day and m.day < facts.day]
    coming = [m for m in dated if m.day and m.day >= facts.day]
    return (past[-1] if past else None), (coming[0] if coming else None)


def _since(facts: Facts, last: Meeting | None) -> dt.date | None:
    if last is not None:
        return last.day
    days = [r.day for r in facts.rounds if r.day < facts.day]
    return max(days) if days else None
