"""Merging two records into one, or saying that they are two: remembered, not asked again, and taken back like any word.

Both keep their keys and their histories; reading counts what was said about the one to the other. The partners go on
sending their own lists, each matched with its own records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from etl.model.deliveries import later_than_all
from etl.model.judgements import JudgementRow, Sameness, add_sameness, judgements
from etl.model.state import Known, State, state_on
from etl.model.store import Store, raise_version
from etl.pipeline.judging import JudgementRefused, take_back, with_reason

#: Kinds of which a person may say that two records are one.
MERGEABLE = frozenset({"measure", "partner", "funding"})


def merge(
    store: Store,
    kept: str,
    other: str,
    *,
    person: str,
    reason: str,
    now: dt.datetime,
    evidence: Sequence[str] = (),
) -> int:
    """Count everything said about record ``other`` to ``kept``, whose own words come first.

    Returns the number that ``undo_judgement`` takes. Raises ``JudgementRefused`` (without_reason, unknown_record,
    other_kind, judged_before).
    """
    return _judge(store, kept, other, True, person, reason, now, evidence)


def keep_apart(
    store: Store, one: str, other: str, *, person: str, reason: str, now: dt.datetime, evidence: Sequence[str] = ()
) -> int:
    """Say that two records are two: the pair is not proposed again. Returns and raises as ``merge``."""
    return _judge(store, one, other, False, person, reason, now, evidence)


def _judge(
    store: Store, kept: str, other: str, same: bool, person: str, reason: str, now: dt.datetime, evidence: Sequence[str]
) -> int:
    reason = with_reason(reason)
    with store.writing() as connection:
        state = state_on(connection)
        lead, second = _known(state, kept), _known(state, other)
        if lead.kind != second.kind or lead.kind not in MERGEABLE:
            raise JudgementRefused("other_kind", second.kind)
        if lead.key == second.key or frozenset((lead.key, second.key)) in state.apart:
            raise JudgementRefused("judged_before", other)
        number = add_sameness(
            connection,
            kind=lead.kind,
            kept=lead.key,
            other=second.key,
            same=same,
            evidence=evidence,
            person=person,
            reason=reason,
            now=later_than_all(connection, now),
        )
        raise_version(connection)
    return number


def _known(state: State, key: str) -> Known:
    found = state.find(key)
    if found is None:
        raise JudgementRefused("unknown_record", key)
    return found


def undo_judgement(store: Store, number: int, *, now: dt.datetime, by: str) -> None:
    """Take back that two records are one, or two. Raises ``JudgementRefused`` (nothing_to_undo)."""
    take_back(store, Sameness, number, now=now, by=by)


def all_samenesses(store: Store) -> list[JudgementRow]:
    """What was said about pairs and is in force, the latest last."""
    with store.reading() as connection:
        return judgements(connection, Sameness)
