"""What a record belongs to that does not say so itself: a person assigns it, many at once if they like.

Nothing is assigned without a person: ``assign`` is the only way a row comes about, and it takes a name and a reason.
A source that later says itself what the record belongs to has the word; the assignment stays to be looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.model.deliveries import later_than_all
from etl.model.judgements import Assignment, add_assignment, close_judgement
from etl.model.state import Known, State, state_on
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.judging import JudgementRefused, with_reason
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links

#: (kind of record, field) -> the kind of record it belongs to.
BELONGS = {
    ("measure", "goal_ref"): "goal",
    ("measure", "lead_org"): "partner",
    ("funding", "measure_ref"): "measure",
    ("need", "goal_ref"): "goal",
    ("need", "measure_ref"): "measure",
    ("idea", "measure_ref"): "measure",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One record and what it shall belong to; no ``targets``: to nothing. ``evidence`` as it was shown, in codes."""

    record: str
    field: str
    targets: tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """``numbers`` take the assignments back; ``skipped`` are records about which something was said meanwhile."""

    numbers: tuple[int, ...]
    skipped: tuple[str, ...]


def assign(store: Store, choices: Sequence[Choice], *, person: str, reason: str, now: dt.datetime) -> Outcome:
    """Store all choices in one transaction. Raises ``JudgementRefused`` (without_reason, other_kind, unknown_record)
    and then stores none.
    """
    reason = with_reason(reason)
    if not person.strip():
        raise JudgementRefused("without_person")
    numbers, skipped = [], []
    with store.writing() as connection:
        state = state_on(connection)
        links, now = Links(state), later_than_all(connection, now)
        for choice in {(c.record, c.field): c for c in choices}.values():
            known = _known(state, choice)
            if _is_open(known, choice.field, links):
                numbers.append(_add(connection, known, choice, person, reason, now))
            else:
                skipped.append(known.key)
        if numbers:
            raise_version(connection)
    return Outcome(tuple(numbers), tuple(skipped))


def _add(connection: Connection, known: Known, choice: Choice, person: str, reason: str, now: dt.datetime) -> int:
    before = known.assigned.get(choice.field)
    if before is not None:  # what it was assigned to is no longer there
        close_judgement(connection, Assignment, before.id, now, person)
    return add_assignment(
        connection,
        record=known.key,
        field=choice.field,
        targets=choice.targets,
        evidence=choice.evidence,
        person=person,
        reason=reason,
        now=now,
    )


def _known(state: State, choice: Choice) -> Known:
    known = state.find(choice.record)
    if known is None:
        raise JudgementRefused("unknown_record", choice.record)
    kind = BELONGS.get((known.kind, choice.field))
    if kind is None:
        raise JudgementRefused("other_kind", choice.field)
    for target in choice.targets:
        if state.counts_as(target) not in state.kind(kind):
            raise JudgementRefused("unknown_record", target)
    return known


def _is_open(known: Known, field: str, links: Links) -> bool:
    """Nobody assigned it, to something that is still there or to nothing, and its own words name nothing we know."""
    kind, row = BELONGS[known.kind, field], known.assigned.get(field)
    to_nothing = row is not None and not row.targets
    return not to_nothing and not links.stated_or_assigned(kind, known, field, typed.texts(known, field))


def undo_assignments(store: Store, numbers: Iterable[int], *, now: dt.datetime, by: str) -> int:
    """Take assignments back, all in one transaction; how many were still in force. Raises ``JudgementRefused``
    (nothing_to_undo) where none was.
    """
    with store.writing() as connection:
        now = later_than_all(connection, now)
        done = sum(close_judgement(connection, Assignment, number, now, by) for number in dict.fromkeys(numbers))
        if not done:
            raise JudgementRefused("nothing_to_undo")
        raise_version(connection)
    return done
