"""What of a meeting's results is a fact, and how it is stated: an entry that names the meeting as its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from etl.model.accounts import User
from etl.model.deliveries import later_than_all
from etl.model.entries import close_entry
from etl.model.human_ratings import add_human_rating, close_human_rating
from etl.model.meeting_results import ResultRow, change_result
from etl.model.state import State
from etl.model.store import Connection, raise_version
from etl.pipeline.enter import EntryRefused, enter_in
from etl.pipeline.meeting.naming import name_of, reference_of
from etl.pipeline.meeting.unnamed import known_persons, said_without
from etl.pipeline.refused import Refused
from etl.rules.meeting import Body, Item, Plan, ResultKind
from etl.rules.results import ResultSaid

#: Results that become facts, and the kind of record each becomes.
FACTS: dict[ResultKind, str] = {
    "agreement": "agreement",
    "decision": "decision",
    "recommendation": "decision",
    "examination": "decision",
}
#: What waits for a body's decision: a result can decide or adjourn it.
_DECIDES = frozenset({"decision", "recommendation", "adjourned"})


class RecordingRefused(Refused):
    """A result that can't be written down; nothing was.

    ``code``: unknown_meeting, unknown_item, unknown_result, unknown_record (something it names), unknown_kind,
    not_yours, closed, withdrawn, single_client, or one of ``etl.rules.results.objection``.
    """

    sentences = "result.refused."


@dataclass(frozen=True, slots=True)
class Room:
    """A meeting as whoever records it works in it."""

    plan: Plan
    body: Body
    user: User
    state: State
    now: dt.datetime


def close_fact(connection: Connection, kind: str, entry: int | None, now: dt.datetime) -> None:
    """What a version made a fact holds no longer."""
    if entry is None:
        return
    close = close_human_rating if kind == "human_rating" else close_entry
    if close(connection, entry, later_than_all(connection, now)):
        raise_version(connection, undone=True)


def state_fact(connection: Connection, room: Room, row: ResultRow, said: ResultSaid, topic: Item | None) -> int | None:
    """Make a version a fact where it is one; the number of its entry (of its rating)."""
    kind = cast(ResultKind, row.kind)
    # a fact is for everybody: it names houses, the minutes alone keep who was named
    said = said_without(said, known_persons(connection).without)
    reason = " · ".join(filter(None, (name_of(room.state, row.meeting), topic.title if topic else "")))
    if kind == "human_rating":
        rated: dict[str, Any] = {"record": said.about, "code": said.code, "body": room.body.name, "reason": said.text}
        rated |= {"day": room.plan.day, "expires": said.expires}
        number = add_human_rating(connection, **rated, now=later_than_all(connection, room.now))
        raise_version(connection)
        return number
    waiting = _waiting(room.state, said) if kind in _DECIDES else None
    values = _values(room, kind, said, waiting)
    if values is None:
        return None
    key = waiting or (row.record if row.record and row.record.startswith(f"{FACTS[kind]}-") else None)
    try:
        entered = enter_in(
            connection,
            "decision" if waiting else FACTS[kind],
            values,
            day=room.plan.day,
            person=room.user.display_name,
            reason=reason or room.body.name,
            now=room.now,
            key=key,
            partner=room.body.run_by,
        )
    except EntryRefused as refused:
        raise RecordingRefused(refused.code) from refused
    if row.record != entered.key:
        change_result(connection, row.id, record=entered.key)
    return entered.number


def _waiting(state: State, said: ResultSaid) -> str | None:
    """The decision among the facts that a result speaks about."""
    known = state.kind("decision").get(said.about or "")
    return known.key if known is not None else None


def _values(room: Room, kind: ResultKind, said: ResultSaid, waiting: str | None) -> dict[str, Any] | None:
    """What is stated; None where a result makes nothing a fact (an agreement nobody has said yes to yet)."""
    day = room.plan.day.isoformat()
    goals = [reference_of(room.state, key) for key in said.goals]
    due = {"due": said.due.isoformat(), "due_precision": "day"} if said.due else {}
    houses = [said.called.get(holder.partner, holder.partner) for holder in said.bound]
    if kind == "agreement":
        if not houses:
            return None
        measures = [reference_of(room.state, key) for key in said.measures]
        values = {"title": said.text, "responsible": houses, "status": "open", "meeting_date": day, **due}
        return _filled(values | {"goal_ref": goals, "measure_ref": measures, "comment": _beside(said)})
    if kind == "adjourned":
        return _filled({"status": "postponed", "comment": said.reason, **due}) if waiting else None
    if kind not in FACTS:
        return None
    status = "in_progress" if kind == "examination" else "decided"
    values = {"text": said.text, "date": day, "body": room.body.name, "status": status, "kind": kind, **due}
    return _filled(values | {"responsible": houses, "goal_ref": goals, "comment": said.reason})


def _beside(said: ResultSaid) -> str:
    """Reservations and the next step, in the words that were said."""
    held = [f"{said.called.get(h.partner, h.partner)}: {h.words}" for h in said.bound if h.words]
    return " · ".join([*held, *([said.next_step] if said.next_step else [])])


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", [], None)}
