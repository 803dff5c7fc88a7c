"""What the records of agreements and decisions do not carry themselves, read for ``etl.rules.follow_up``."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from etl.model.bodies import bodies
from etl.model.following import ResultRow, WordRow, follow_up_words, notings, reasons_of, results_with_record
from etl.model.meetings import plans
from etl.model.packing import Said
from etl.model.state import GONE, GONE_INTO, Known, State, fold
from etl.model.statements import statements
from etl.model.store import Connection
from etl.pipeline.meeting.unnamed import known_persons
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links
from etl.rules.days import in_berlin
from etl.rules.follow_up import DONE, Asked, Became, Extras, Moved, Noted, Proposed
from etl.rules.follow_up_checks import Expectation
from etl.rules.results import Expected, ResultSaid, said_of

_FOLLOWED = ("agreement", "decision")
_NAMES = ("short_title", "title", "text", "short_name", "name", "indicator", "programme", "funder", "id")
#: Words that stand below an agreement, by what they are.
_REMARKS = ("done", "moved", "permanent")


def extras_in(connection: Connection, state: State) -> Extras:
    """As known at the state's own instant. A meeting belongs to a body as it is planned now."""
    known_on = state.known_on
    every = results_with_record(connection, known_on)
    results = [row for row in every if row.record]
    asked = [row for row in every if row.kind == "agreement" and not row.record]
    clean = known_persons(connection).without if asked else str
    words = follow_up_words(connection, known_on=known_on)
    records = {key: known for kind in _FOLLOWED for key, known in state.kind(kind).items()}
    reasons = reasons_of(connection, (s.entry for known in records.values() for s in known.said if s.entry is not None))
    late = {row.entry for row in words if row.kind == "moved" and row.entry is not None}
    said = {state.counts_as(row.record): said_of(row.said) for row in results if row.record in records}
    expects = {key: (_expected(one.expects, state),) for key, one in said.items() if one.expects}
    about = {key: (*one.goals, *one.measures) for key, one in said.items()}
    named = {key: {*about[key], *([one.expects.target] if one.expects else [])} for key, one in said.items()}
    became = became_of(connection, state, {target for found in named.values() for target in found})
    return Extras(
        bodies=bodies(connection),
        body_of={key: plan.body for key, plan in plans(connection).items()},
        meeting_of={state.counts_as(row.record): row.meeting for row in results},
        expects=expects,
        moved={key: moved for key, known in records.items() if (moved := _moved(known, late, reasons))},
        noted=_noted(connection, state),
        done_since={key: at for key, known in records.items() if (at := _done_since(known))},
        remarks=_remarks(words, records, state),
        houses=_houses(state, records, said),
        stances={key: {state.counts_as(h.partner): h.stance for h in one.who} for key, one in said.items()},
        permanent=frozenset(key for key, one in said.items() if one.permanent),
        addressed={key: one.addressed_to for key, one in said.items() if one.addressed_to},
        about={key: tuple(dict.fromkeys(state.counts_as(t) for t in found)) for key, found in about.items()},
        became={
            key: gone
            for key, found in named.items()
            if (gone := tuple(became[t] for t in dict.fromkeys(found) if t in became))
        },
        asked=tuple(_asked(row, state, clean) for row in asked),
        proposed={state.counts_as(row.record): _proposed(row) for row in words if row.state == "proposed"},
    )


def _expected(expected: Expected, state: State) -> Expectation:
    """A target that was merged is the record it counts as now."""
    target = state.counts_as(expected.target)
    return Expectation(expected.kind, target, expected.by, expected.status or expected.title)


def _date(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _moved(known: Known, late: set[int], reasons: Mapping[int, str]) -> tuple[Moved, ...]:
    """Dates that held before. Another date about the same day puts the earlier one right and moves nothing, unless
    somebody said that it is moved."""
    found: list[Moved] = []
    held: tuple[dt.date, dt.date] | None = None
    for said in known.said:
        day = _date(said.body.values.get("due"))
        if day is None:
            continue
        if held is not None and day != held[0] and (said.day > held[1] or said.entry in late):
            found.append(Moved(held[0], said.day, reasons.get(said.entry or 0, "")))
        held = day, said.day
    return tuple(found)


def _done_since(known: Known) -> dt.datetime | None:
    """When we came to know that it is done (or given up), and it was said ever since."""
    since = None
    for said in known.said:
        if "status" in said.body.values:
            over = said.body.values["status"] in DONE | {"dropped"}
            since = (since or said.known_from) if over else None
    return since


def _noted(connection: Connection, state: State) -> dict[str, tuple[Noted, ...]]:
    found: dict[str, list[Noted]] = defaultdict(list)
    for row in notings(connection, state.known_on):
        found[state.counts_as(row.record)].append(Noted(row.meeting, row.at))
    return {key: tuple(rows) for key, rows in found.items()}


def _remarks(words: Iterable[WordRow], records: Mapping[str, Known], state: State) -> dict[str, str]:
    """The last word that counts, else the list's own remark."""
    found = {key: text for key, known in records.items() if (text := typed.text(known, "comment"))}
    return found | {
        state.counts_as(row.record): row.text
        for row in words
        if row.kind in _REMARKS and row.state in ("said", "taken")
    }


def _houses(state: State, records: Mapping[str, Known], said: Mapping[str, ResultSaid]) -> dict[str, tuple[str, ...]]:
    """Who promised (never who stayed open); else the partners that are named as responsible."""
    links = Links(state)
    found = {key: links.keys("partner", typed.texts(known, "responsible")) for key, known in records.items()}
    for key, one in said.items():
        found[key] = tuple(state.counts_as(holder.partner) for holder in one.bound) or found.get(key, ())
    return found


def _asked(row: ResultRow, state: State, clean: Callable[[str], str]) -> Asked:
    said = said_of(row.said)
    houses = tuple(state.counts_as(holder.partner) for holder in said.asked)
    return Asked(clean(said.text), houses, said.due, row.meeting)


def _proposed(row: WordRow) -> Proposed:
    return Proposed(row.id, row.kind, row.partner, row.text, row.due, in_berlin(row.at))


def became_of(connection: Connection, state: State, keys: Iterable[str]) -> dict[str, Became]:
    """What became of those of ``keys`` that are not what they were: counted as another, removed, or undone."""
    found = {key: _merged(state, key) for key in keys if state.counts_as(key) != key}
    lost = {key for key in keys if key not in found and key and state.find(key) is None}
    if not lost:
        return found
    said: dict[str, list[Said]] = defaultdict(list)
    for one in statements(connection, known_on=state.known_on, with_undone=True):
        if one.record in lost:
            said[one.record].append(one)
    reasons = reasons_of(connection, (s.entry for rows in said.values() for s in rows if s.entry is not None))
    return found | {key: _lost(rows, state, reasons) for key, rows in said.items()}


def _merged(state: State, key: str) -> Became:
    row = next((r for r in reversed(state.samenesses) if r.same and r.other == key), None)
    into = state.find(key)
    own = next((part for part in (into.merged if into else ()) if part.key == key), None)
    title, into_title = (title_of(one) if one else key for one in (own, into))
    when = in_berlin(row.known_from) if row else None
    return Became(title, "merged", state.counts_as(key), into_title, row.reason if row else "", when)


def _lost(rows: list[Said], state: State, reasons: Mapping[int, str]) -> Became:
    standing = [one for one in rows if not one.undone]
    known = fold(standing or rows)
    told = known.gone
    if not standing or told is None:
        return Became(title_of(known), "undone")
    into = state.find(told.body.values.get(GONE_INTO) or "") if told.body.values[GONE] == "merged" else None
    why = reasons.get(told.entry or 0, "")
    if into is None:
        return Became(title_of(known), "removed", reason=why, day=told.day)
    return Became(title_of(known), "merged", into.key, title_of(into), why, told.day)


def title_of(known: Known) -> str:
    """What a record is called: the first of its names that is stated."""
    return next((text for name in _NAMES if (text := typed.text(known, name))), known.key)
