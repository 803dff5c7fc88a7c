"""What waits for a decision of the office: sources that contradict each other, records that may be one.

A partner sees what its own lists are part of, the office all of it; nobody else sees any. Only the office decides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.contradictions import Dispute, disputes
from dashboard.answers.picture import Picture
from dashboard.answers.same_twice import Pair, pairs
from etl.model.store import Store
from etl.pipeline.contradictions import settle_contradiction, undo_settlement
from etl.pipeline.judging import JudgementRefused
from etl.pipeline.merging import keep_apart, merge, undo_judgement
from etl.rules.finding import Finding
from etl.rules.network_findings import clarifications_finding

__all__ = ["Clarifications", "Dispute", "Pair", "clarifications", "decide", "judge", "take_back", "waiting"]


@dataclass(frozen=True, slots=True)
class Clarifications:
    """Open and decided contradictions and pairs, as this viewer may see them."""

    disputes: tuple[Dispute, ...]
    settled: tuple[Dispute, ...]
    pairs: tuple[Pair, ...]
    judged: tuple[Pair, ...]
    finding: Finding


def clarifications(picture: Picture, viewer: Viewer) -> Clarifications:
    """Everything for the page; empty for those who are neither the office nor a partner."""
    everything, both = disputes(picture, viewer), pairs(picture, viewer)
    opened = tuple(one for one in everything if one.settled is None)
    waits = tuple(pair for pair in both if pair.judged is None)
    return Clarifications(
        disputes=opened,
        settled=tuple(one for one in everything if one.settled is not None),
        pairs=waits,
        judged=tuple(pair for pair in both if pair.judged is not None),
        finding=clarifications_finding(len(opened), len(waits), own=viewer.role == "partner"),
    )


def waiting(picture: Picture, viewer: Viewer) -> int:
    """How much waits for a decision."""
    found = clarifications(picture, viewer)
    return len(found.disputes) + len(found.pairs)


def decide(
    store: Store,
    viewer: Viewer,
    dispute: Dispute,
    holds: int | None,
    *,
    person: str,
    reason: str,
    now: dt.datetime,
    day: dt.date,
) -> str:
    """Settle a contradiction as it was shown on ``day``. Returns ``decided``, ``not_yours`` or why it was refused."""
    return _done(
        viewer,
        lambda: settle_contradiction(
            store,
            dispute.record,
            dispute.field,
            seen=dispute.seen,
            holds=holds,
            person=person,
            reason=reason,
            now=now,
            day=day,
        ),
    )


def judge(
    store: Store, viewer: Viewer, pair: Pair, kept: str | None, *, person: str, reason: str, now: dt.datetime
) -> str:
    """Merge a pair into ``kept`` (one of its keys), or keep it apart (None). Returns as ``decide``."""
    told = {"person": person, "reason": reason, "now": now, "evidence": pair.evidence}
    if kept is None:
        return _done(viewer, lambda: keep_apart(store, *pair.keys, **told))  # type: ignore[arg-type]
    other = next(key for key in pair.keys if key != kept)
    return _done(viewer, lambda: merge(store, kept, other, **told))  # type: ignore[arg-type]


def take_back(store: Store, viewer: Viewer, what: str, number: int, *, now: dt.datetime, by: str) -> str:
    """Take back a decision (``what`` dispute or pair). Returns ``taken_back``, ``not_yours`` or why it was refused."""
    undo = undo_settlement if what == "dispute" else undo_judgement
    done = _done(viewer, lambda: undo(store, number, now=now, by=by))
    return "taken_back" if done == "decided" else done


def _done(viewer: Viewer, do: Callable[[], object]) -> str:
    if viewer.role != "coordinator":
        return "not_yours"
    try:
        do()
    except JudgementRefused as refused:
        return refused.code
    return "decided"
