"""What a partner's sign-in may change by itself, and what waits for the coordination office.

A partner's own records hold at once, unless the office wants to look first. Goals, indicators, fields of action,
meetings and other partners belong to the network: a change of theirs by a partner's sign-in waits for the office. A
value of an indicator is the partner's own where it has reported that indicator before, or nobody has.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.packing import Said
from etl.model.reviews import OFFICE_FIRST, policy_of
from etl.model.state import fold
from etl.model.store import Connection


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the office has to look: ``policy``, or ``network`` with the record of the network that would change."""

    code: str
    kind: str | None = None
    key: str | None = None


class NeedsOffice(Exception):
    """A partner's sign-in may not do this alone: nothing was stored."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(", ".join(f"{r.code} {r.key or ''}".strip() for r in reasons))
        self.reasons = tuple(reasons)


class NotYours(Exception):
    """A partner's sign-in reached for what belongs to another partner."""


def reasons_for_office(
    connection: Connection, partner: str, before: Iterable[Said], after: Iterable[Said]
) -> tuple[Reason, ...]:
    """Why ``partner`` can't do alone what leads from the one to the other of the network's statements."""
    by_policy = [Reason("policy")] if policy_of(connection, partner) == OFFICE_FIRST else []
    return (*by_policy, *_of_the_network(partner, list(before), list(after)))


def _of_the_network(partner: str, before: list[Said], after: list[Said]) -> list[Reason]:
    was, now = _by_record(before), _by_record(after)
    reporters = _reporters(before)
    found = []
    for key in sorted(was.keys() | now.keys()):
        old, new = was.get(key, []), now.get(key, [])
        if _differs(old, new) and not _own(partner, old, new, reporters):
            found.append(Reason("network", (new or old)[0].kind, key))
    return found


def _by_record(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for statement in said:
        found[statement.record].append(statement)
    return found


def _reporters(said: Iterable[Said]) -> dict[str | None, set[str | None]]:
    """Indicator -> the partners that have stated a value of it (None: a person of the office)."""
    found: dict[str | None, set[str | None]] = defaultdict(set)
    for statement in said:
        if statement.kind == "observation":
            found[statement.parent].add(statement.partner)
    return found


def _own(partner: str, old: Sequence[Said], new: Sequence[Said], reporters: dict[str | None, set[str | None]]) -> bool:
    """The partner itself, or a value of its own that nobody else has stated."""
    about = (new or old)[0]
    if about.kind == "observation":
        told_by = reporters.get(about.parent, set())
        return all(s.partner == partner for s in old) and (not told_by or partner in told_by)
    return about.kind == "partner" and about.record == partner


def _differs(old: Sequence[Said], new: Sequence[Said]) -> bool:
    """Whether the record reads differently on any day: a later day's same word is no change, a wrong one is."""
    if [s.id for s in old] == [s.id for s in new]:
        return False
    return any(_on(old, day) != _on(new, day) for day in {s.day for s in (*old, *new)})


def _on(said: Iterable[Said], day: dt.date) -> tuple[dict[str, Any], str | None, bool] | None:
    there = [s for s in said if s.day <= day]
    if not there:
        return None
    known = fold(there)
    return known.values, known.parent, known.hidden
