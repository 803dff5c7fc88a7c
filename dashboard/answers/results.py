"""What was written down in a meeting, as wall, followers, minutes and page need it: houses, no persons.

A result keeps the words of its time: ``Named.then`` is what something was called when it was written down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from etl.model.bodies import bodies
from etl.model.judgements import keys_counted_as
from etl.model.meeting_results import (
    ResultRow,
    TemperatureRow,
    VersionRow,
    results_about,
    results_of,
    temperature_of,
    temperatures_about,
    temperatures_of,
    versions_of,
)
from etl.model.meetings import plans
from etl.model.state import State, state_on
from etl.model.store import Connection, Store
from etl.pipeline.meeting.naming import kinds_of, name_of
from etl.pipeline.meeting.unnamed import known_persons, said_without
from etl.rules.meeting import ResultKind
from etl.rules.results import Holder, ResultSaid, said_of, standing
from etl.rules.temperature import FEWEST, Spread, finding_of


@dataclass(frozen=True, slots=True)
class Named:
    """Something a result names. ``now``: what it counts as today where that is called otherwise (merged, renamed);
    ``gone``: it is there no longer."""

    key: str
    then: str
    now: str | None = None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """One version that stands; ``by``, ``at``: for whoever records, nobody else."""

    number: int
    said: ResultSaid
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Result:
    """A result as it stands. ``wording``: what was saved first of what stands; ``beside``: other wordings that stand
    until somebody settles them. ``latest``: number of the last version, which an edit is based on; ``versions``: how
    many there are. ``named``: key -> everything it names."""

    id: int
    meeting: str
    item: int | None
    kind: ResultKind
    record: str | None
    wording: Wording
    beside: tuple[Wording, ...]
    latest: int
    versions: int
    supplement: bool
    withdrawn: bool
    named: dict[str, Named]

    @property
    def said(self) -> ResultSaid:
        return self.wording.said

    @property
    def contested(self) -> bool:
        return bool(self.beside)

    @property
    def to_settle(self) -> bool:
        """A correction that waits for the office."""
        return self.kind == "correction" and not self.said.settled and not self.withdrawn

    def called(self, key: str) -> str:
        """What something was called when it was written down."""
        return self.named[key].then if key in self.named else key

    def houses(self, holders: Iterable[Holder]) -> list[str]:
        return sorted((self.called(holder.partner) for holder in holders), key=str.casefold)


@dataclass(frozen=True, slots=True)
class Assessed:
    """How a body felt about an item. ``spread`` is None while the question is open, and where so few spoke that counts
    would tell who said what; ``finding``: wording code and values, empty while it is open."""

    id: int
    meeting: str
    item: int
    record: str | None
    body: str
    day: dt.date
    hands: bool
    open: bool
    voices: int
    spread: Spread | None
    computed: str | None

    @property
    def finding(self) -> tuple[str, dict[str, object]]:
        return ("", {}) if self.open else finding_of(self.voices, self.spread)

    @property
    def seen_otherwise(self) -> bool:
        """More than half say something else than the computed rating."""
        majority = self.spread.majority if self.spread is not None else None
        return majority is not None and self.computed is not None and majority != self.computed


def results(store: Store, meeting: str, *, with_withdrawn: bool = False) -> tuple[Result, ...]:
    """What a meeting wrote down, in the order it was written down."""
    with store.reading() as connection:
        rows = results_of(connection, meeting, with_withdrawn=with_withdrawn)
        return _results(connection, rows)


def results_on(store: Store, record: str) -> tuple[Result, ...]:
    """What meetings wrote down that stands for a record (an agreement, a decision), oldest first."""
    with store.reading() as connection:
        return _results(connection, results_about(connection, record))


def result(store: Store, meeting: str, number: int) -> Result | None:
    """One result of a meeting, a withdrawn one too."""
    return next((one for one in results(store, meeting, with_withdrawn=True) if one.id == number), None)


def unnamed(store: Store, found: Sequence[Result]) -> tuple[Result, ...]:
    """The results for whoever is to read no person's name: the house stands for whoever a text names."""
    if not found:
        return ()
    with store.reading() as connection:
        clean = known_persons(connection).without
    return tuple(
        replace(
            one,
            wording=_unnamed(one.wording, clean),
            beside=tuple(_unnamed(wording, clean) for wording in one.beside),
            named={key: replace(n, then=clean(n.then), now=n.now and clean(n.now)) for key, n in one.named.items()},
        )
        for one in found
    )


def _unnamed(wording: Wording, clean: Callable[[str], str]) -> Wording:
    return replace(wording, said=said_without(wording.said, clean))


def of_item(found: Sequence[Result], item: int | None) -> tuple[Result, ...]:
    return tuple(one for one in found if one.item == item)


def _results(connection: Connection, rows: Sequence[ResultRow]) -> tuple[Result, ...]:
    if not rows:
        return ()
    versions = versions_of(connection, [row.id for row in rows])
    named = {key for told in versions.values() for one in told for key in said_of(one.said).named}
    kinds = kinds_of(named)
    state = state_on(connection, kinds=kinds) if kinds else State(None, None, {})
    return tuple(_result(row, versions[row.id], state) for row in rows)


def _result(row: ResultRow, versions: Sequence[VersionRow], state: State) -> Result:
    stands = [Wording(one.number, said_of(one.said), one.by, one.at) for one in standing(versions)]
    first, *beside = stands
    return Result(
        id=row.id,
        meeting=row.meeting,
        item=row.item,
        kind=row.kind,
        record=row.record,
        wording=first,
        beside=tuple(beside),
        latest=versions[-1].number,
        versions=len(versions),
        supplement=row.supplement,
        withdrawn=row.withdrawn_at is not None,
        named={key: _named(key, said.said, state) for said in stands for key in said.said.named},
    )


def _named(key: str, said: ResultSaid, state: State) -> Named:
    then, now = said.called.get(key, ""), name_of(state, key)
    known = state.find(key)
    gone = known is None or known.hidden
    # a decision is reworded by what was decided about it: that is told in its own words
    renamed = not gone and then and now != then and (known is None or known.kind != "decision")
    return Named(key, then or now or key, now if renamed else None, gone)


def temperatures(store: Store, meeting: str) -> tuple[Assessed, ...]:
    """Everything asked for in a meeting, oldest first; one may be open."""
    with store.reading() as connection:
        body = _bodies(connection)
        return tuple(_assessed(row, body.get(row.meeting, "")) for row in temperatures_of(connection, meeting))


def temperature(store: Store, number: int) -> Assessed | None:
    with store.reading() as connection:
        row = temperature_of(connection, number)
        return _assessed(row, _bodies(connection).get(row.meeting, "")) if row is not None else None


def temperature_on(found: Sequence[Assessed], item: int | None) -> Assessed | None:
    """What was asked last about an item."""
    return next((one for one in reversed(found) if one.item == item), None)


def assessments(store: Store, record: str, known_on: dt.datetime | None = None) -> tuple[Assessed, ...]:
    """How bodies felt about a goal or measure, or what was merged into it: the last of each body, latest first.

    ``known_on``: those that were shown by then (None: all).
    """
    with store.reading() as connection:
        body, records = _bodies(connection), keys_counted_as(connection, record)
        rows = temperatures_about(connection, records)
    shown = (row for row in rows if known_on is None or (row.closed_at is not None and row.closed_at <= known_on))
    found = [_assessed(row, body.get(row.meeting, "")) for row in shown]
    latest = {one.body: one for one in found if one.voices >= FEWEST}
    return tuple(sorted(latest.values(), key=lambda one: (one.day, one.id), reverse=True))


def _bodies(connection: Connection) -> dict[str, str]:
    names = {body.id: body.name for body in bodies(connection)}
    return {key: names.get(plan.body, "") for key, plan in plans(connection).items()}


def _assessed(row: TemperatureRow, body: str) -> Assessed:
    counts = Spread(row.on_track, row.at_risk, row.off_track)
    shown = row.closed_at is not None and row.voices >= FEWEST
    return Assessed(
        id=row.id,
        meeting=row.meeting,
        item=row.item,
        record=row.record,
        body=body,
        day=row.day,
        hands=row.way == "hands",
        open=row.closed_at is None,
        voices=row.voices,
        spread=counts if shown else None,
        computed=row.computed,
    )
