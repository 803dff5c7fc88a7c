"""Contradictions: facts that sources state differently, and what the office decides about them.

A decision names the statements it weighed. It holds until one of the sources says something new about the fact; then
the contradiction shows again, with what was decided and what is new.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from etl.model.deliveries import later_than_all
from etl.model.judged import weighed
from etl.model.judgements import JudgementRow, Settlement, add_settlement, judgements
from etl.model.packing import Said
from etl.model.state import Known, State, state_on
from etl.model.store import Store, raise_version
from etl.pipeline.judging import JudgementRefused, take_back, with_reason

Novelty = Literal["new_source", "new_value", "withdrawn"]


@dataclass(frozen=True, slots=True)
class News:
    """What came after a decision: ``code`` new_source (``partner`` says ``after``), new_value (it said ``before``) or
    withdrawn (nobody says ``before`` any more, which was to hold)."""

    code: Novelty
    partner: str | None
    before: object = None
    after: object = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field of one record and the statements that differ, the latest last. ``settled`` is the decision in force,
    ``reopened`` one that no longer holds, ``news`` why."""

    known: Known
    field: str
    statements: tuple[Said, ...]
    settled: JudgementRow | None = None
    reopened: JudgementRow | None = None
    news: tuple[News, ...] = ()

    @property
    def day(self) -> dt.date:
        return self.statements[-1].day

    @property
    def seen(self) -> tuple[str, ...]:
        """What was shown to whoever decides: who says which value."""
        return tuple(f"{s.partner or ''} {weighed(s.body.values[self.field])}" for s in self.statements)


def open_contradictions(state: State) -> list[Contradiction]:
    """Those that wait for a decision, by kind and record."""
    return list(_of(state, settled=False))


def settled_contradictions(state: State) -> list[Contradiction]:
    """Those about which a decision holds."""
    return list(_of(state, settled=True))


def _of(state: State, *, settled: bool) -> Iterator[Contradiction]:
    for records in state.records.values():
        for known in records.values():
            names = known.settled if settled else known.contested
            yield from (contradiction_in(known, name) for name in names)


def contradiction_in(known: Known, field: str) -> Contradiction:
    """The contradiction about a field that is contested or settled."""
    if field in known.settled:
        row, standing = known.settled[field]
        return Contradiction(known, field, tuple(standing), settled=row)
    standing, before = known.contested[field], known.reopened.get(field)
    news = tuple(_news(before, standing)) if before is not None else ()
    return Contradiction(known, field, tuple(standing), reopened=before, news=news)


def _news(before: JudgementRow, standing: list[Said]) -> Iterator[News]:
    heard = {one["partner"]: one["value"] for one in before.heard}
    held = before.heard[before.holds] if before.holds is not None else None
    for statement in standing:
        value = statement.body.values[before.field]
        if held is not None and weighed(value) == weighed(held["value"]):
            continue  # agrees with what was decided
        if statement.partner not in heard:
            yield News("new_source", statement.partner, after=value)
        elif weighed(heard[statement.partner]) != weighed(value):
            yield News("new_value", statement.partner, heard[statement.partner], value)
    if held is not None and held["partner"] not in {statement.partner for statement in standing}:
        yield News("withdrawn", held["partner"], before=held["value"])


def settle_contradiction(
    store: Store,
    record: str,
    field: str,
    *,
    seen: tuple[str, ...],
    holds: int | None,
    person: str,
    reason: str,
    now: dt.datetime,
    day: dt.date | None = None,
) -> int:
    """Decide which of the statements shown holds: the index among them, None where all are right as ``reason`` says.

    ``seen`` is the contradiction's own, as it was shown on ``day`` (None: the latest of everything). Returns the number
    that ``undo_settlement`` takes. Raises ``JudgementRefused`` (without_reason, not_contested, changed).
    """
    reason = with_reason(reason)
    with store.writing() as connection:
        known = state_on(connection, day).find(record)
        if known is None or field not in known.contested:
            raise JudgementRefused("not_contested", field)
        found = contradiction_in(known, field)
        if found.seen != seen:
            raise JudgementRefused("changed", field)
        assert holds is None or 0 <= holds < len(found.statements), "a choice among the statements shown"
        number = add_settlement(
            connection,
            record=known.key,
            field=field,
            heard=[_heard(s, field) for s in found.statements],
            holds=holds,
            person=person,
            reason=reason,
            now=later_than_all(connection, now),
        )
        raise_version(connection)
    return number


def _heard(said: Said, field: str) -> dict[str, object]:
    voice = {"partner": said.partner, "delivery": said.delivery, "entry": said.entry}
    return voice | {"day": said.day.isoformat(), "value": said.body.values[field]}


def undo_settlement(store: Store, number: int, *, now: dt.datetime, by: str) -> None:
    """Take a decision back: the contradiction shows again. Raises ``JudgementRefused`` (nothing_to_undo)."""
    take_back(store, Settlement, number, now=now, by=by)


def all_settlements(store: Store) -> list[JudgementRow]:
    """Every decision in force, also one that something new has overtaken, the latest last."""
    with store.reading() as connection:
        return judgements(connection, Settlement)
