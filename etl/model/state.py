"""The state: what holds on a day as known at an instant, folded from statements. Nothing is stored twice.

Rule (design, two clocks): per field, on day D as known at K, the statement with the latest day <= D holds among those
known and not undone by K; ties go to the later known. Statements arrive in that order, so the last one wins.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from etl.model.judged import judged_by, settle, united, voiced
from etl.model.judgements import Assignment, JudgementRow, Sameness, Settlement, judgements
from etl.model.packing import Said
from etl.model.statements import statements
from etl.model.tables import KINDS

#: What a person says of a record that is no longer named: how it went, and for ``merged`` the record it is part of now.
GONE, GONE_INTO = "gone", "gone_into"
#: It is there no longer, from that day on.
HIDING = frozenset({"merged", "removed"})


@dataclass(slots=True)
class Known:
    """One record as it holds: ``values`` and, per field, the statement it comes from.

    ``contested`` lists, for a field that two sources state differently for the same day, all statements in question.
    ``said`` are all statements about it, oldest day first. ``gone`` is a person's word that it is no longer named for a
    reason, as long as no list has named it again since: a later one brings it back.

    ``settled``: contested fields about which the office decided, with its judgement and the statements in question;
    ``reopened``: the judgement about a field that is contested again because something new was said. ``merged`` are the
    records that were merged into this one, each as it holds on its own, its own part first. ``assigned``: by field what
    the office says it belongs to; it counts where no source says so.
    """

    key: str
    kind: str
    partner: str | None
    parent: str | None
    values: dict[str, Any] = field(default_factory=dict)
    holds: dict[str, Said] = field(default_factory=dict)
    contested: dict[str, list[Said]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    gone: Said | None = None
    settled: dict[str, tuple[JudgementRow, list[Said]]] = field(default_factory=dict)
    reopened: dict[str, JudgementRow] = field(default_factory=dict)
    merged: list[Known] = field(default_factory=list)
    assigned: Mapping[str, JudgementRow] = field(default_factory=dict)

    def value(self, name: str) -> Any:
        return self.values.get(name)

    def qualifier(self, name: str) -> dict[str, Any]:
        statement = self.holds.get(name)
        return statement.body.qualifier.get(name, {}) if statement else {}

    def mark(self, name: str) -> str | None:
        statement = self.holds.get(name)
        return statement.body.marks.get(name) if statement else None

    @property
    def hidden(self) -> bool:
        """Merged or removed on a person's word, or nothing is left but such a word."""
        if self.gone is None:
            return False
        return self.gone.body.values[GONE] in HIDING or all(GONE in s.body.values for s in self.said)

    @property
    def last_day(self) -> dt.date:
        """The latest day any source spoke about it, confirming it or changing it."""
        return self.said[-1].day


@dataclass(slots=True)
class State:
    """All records that hold, by kind and key (in key order).

    ``merged``: key -> key of the record it counts as; ``apart``: pairs of which a person said that they are two;
    ``samenesses``: the judgements behind both.
    """

    day: dt.date | None
    known_on: dt.datetime | None
    records: dict[str, dict[str, Known]]
    merged: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    samenesses: Sequence[JudgementRow] = ()

    def kind(self, kind: str) -> dict[str, Known]:
        return self.records.get(kind, {})

    def counts_as(self, key: str) -> str:
        """The key a record counts as: its own where it was not merged into another."""
        return self.merged.get(key, key)

    def find(self, key: str) -> Known | None:
        key = self.counts_as(key)
        return next((found[key] for found in self.records.values() if key in found), None)


def state_on(
    connection: Connection,
    day: dt.date | None = None,
    known_on: dt.datetime | None = None,
    *,
    partner: str | None = None,
    kinds: Iterable[str] = (),
    apart: bool = False,
    merged_as: State | None = None,
) -> State:
    """The state on ``day`` (None: the latest of everything) as known at ``known_on`` (None: now).

    ``apart`` leaves the records of two partners two, also those that were merged: what each of them reported.
    ``merged_as``: merge what is merged in that state, so that both can be compared record by record.
    """
    merges = merged_as.samenesses if merged_as is not None else judgements(connection, Sameness, known_on)
    if apart:
        merges = [row for row in merges if row.kind == "partner"]
    settled, assigned = (judgements(connection, table, known_on) for table in (Settlement, Assignment))
    judged = judged_by(merges, settled, assigned)
    said = voiced(statements(connection, day=day, known_on=known_on, partner=partner, kinds=kinds), judged)
    by_key: dict[str, list[Said]] = defaultdict(list)
    for statement in said:
        by_key[statement.record].append(statement)
    folded = {key: fold(by_key[key]) for key in sorted(by_key)}
    hidden = {key for key, known in folded.items() if known.gone is not None and known.hidden}
    records: dict[str, dict[str, Known]] = {kind: {} for kind in KINDS}
    for key, known in folded.items():
        if not hidden or (key not in hidden and known.parent not in hidden):
            records[known.kind][key] = known
    if judged.nothing:
        return State(day, known_on, records)
    records = {kind: united(found, judged) for kind, found in records.items()}
    for known in (known for found in records.values() for known in found.values()):
        if known.contested:
            settle(known, judged)
        known.assigned = judged.assignments.get(known.key, {})
    return State(day, known_on, records, judged.roots, judged.apart, judged.samenesses)


def fold(said: list[Said]) -> Known:
    """What holds about one record, of all statements about it, in any order."""
    first = said[0]
    known = Known(first.record, first.kind, first.owner, first.parent, {}, {}, {}, said)
    if len(said) == 1:
        known.values = dict(first.body.values)
        known.holds = dict.fromkeys(known.values, first)
        _let_go(known)
        return known
    said.sort(key=lambda statement: (statement.day, statement.known_from, statement.id))
    known.parent = said[0].parent
    values, holds = known.values, known.holds
    for statement in said:
        confirms = statement.body.confirms
        for name, value in statement.body.values.items():
            if confirms and name in values and values[name] == value:
                continue  # its source stays where it was read
            values[name] = value
            holds[name] = statement
    _let_go(known)
    for name in values:
        _contest(known, name)
    return known


def _let_go(known: Known) -> None:
    """A person's word that the record is gone is no field of it; a list that names it again since takes it back."""
    if GONE not in known.values:
        return
    told = known.holds[GONE]
    since = known.said[known.said.index(told) + 1 :]
    known.gone = None if any(statement.delivery is not None for statement in since) else told
    for name in (GONE, GONE_INTO):
        known.values.pop(name, None)
        known.holds.pop(name, None)


def _contest(known: Known, name: str) -> None:
    """Note a field that sources state differently for the day that holds; an entry after all of them settles it."""
    day = known.holds[name].day
    same_day = [s for s in known.said if s.day == day and name in s.body.values and not s.body.confirms]
    if len(same_day) < 2:
        return
    entries = [s for s in same_day if s.entry is not None]
    if entries:
        known.holds[name] = entries[-1]
        known.values[name] = entries[-1].body.values[name]
        settled_at = entries[-1].known_from
        same_day = [s for s in same_day if s.entry is None and s.known_from > settled_at]
        same_day.append(entries[-1])
    # a partner's later file about the same day corrects its earlier one; it does not contradict it
    newest = {s.partner: s.delivery for s in same_day if s.entry is None}
    standing = [s for s in same_day if s.entry is not None or newest[s.partner] == s.delivery]
    if len({_comparable(s.body.values[name]) for s in standing}) > 1:
        known.contested[name] = standing


def _comparable(value: Any) -> str:
    return repr(value)


def gone_of(said: Iterable[Said]) -> dict[str, Known]:
    """Of all records spoken about, those that are gone on a person's word."""
    standing = [statement for statement in said if not statement.undone]
    by_key: dict[str, list[Said]] = {s.record: [] for s in standing if GONE in s.body.values}
    for statement in standing if by_key else ():
        if statement.record in by_key:
            by_key[statement.record].append(statement)
    told = {key: fold(found) for key, found in by_key.items()}
    return {key: known for key, known in told.items() if known.gone is not None}
