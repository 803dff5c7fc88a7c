"""Writing down what a meeting results in: every version is kept; what is a fact becomes one in the same transaction.

An agreement binds only the houses that said yes: they alone are named as responsible among the facts. A decision about
something that waited for one is a new statement about that very record; anything else becomes a record of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.meeting_results import (
    ResultRow,
    VersionRow,
    add_result,
    add_version,
    change_result,
    result_named,
    result_of,
    versions_of,
)
from etl.model.meetings import item_of, meeting_closings, meeting_roles, plan_of
from etl.model.presenting import raise_revision
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.pipeline.meeting.naming import kinds_of, name_of
from etl.pipeline.meeting.rights import records
from etl.pipeline.meeting.stating import FACTS, RecordingRefused, Room, close_fact, state_fact
from etl.pipeline.single_clients import tells_of_client
from etl.rules.meeting import RESULT_KINDS, Item, ResultKind
from etl.rules.results import ResultSaid, objection, said_of, standing

#: No item has this number: a result stays with its own.
SAME_ITEM = -1


@dataclass(frozen=True, slots=True)
class Saved:
    """``beside``: another version was saved meanwhile; both stand until somebody settles it. ``again``: it had been
    stored before, nothing was stored now."""

    result: int
    version: int
    beside: bool = False
    again: bool = False


def record(
    store: Store,
    meeting: str,
    kind: ResultKind,
    said: ResultSaid,
    *,
    name: str,
    user: User,
    now: dt.datetime,
    item: int | None = None,
) -> Saved:
    """Write down a new result; ``name`` is what the browser calls it, so that sending it twice is one.

    Raises ``RecordingRefused``.
    """
    with store.writing() as connection:
        room = _room(connection, meeting, user, now, said)
        if kind not in RESULT_KINDS:
            raise RecordingRefused("unknown_kind")
        topic = _item(connection, meeting, item)
        found = result_named(connection, meeting, name)
        if found is not None:
            return _sent_again(connection, room, found, said)
        said = _checked(room, kind, said)
        number = add_result(
            connection,
            meeting=meeting,
            item=item,
            kind=kind,
            record=None if kind in FACTS else said.about,
            name=name,
            supplement=bool(meeting_closings(connection, meeting)),
            created_by=user.display_name,
            created_at=now,
            withdrawn_at=None,
            withdrawn_by=None,
        )
        row = result_of(connection, number)
        return _stored(connection, room, row, [], said, based_on=0, topic=topic)


def change(
    store: Store,
    result: int,
    said: ResultSaid,
    *,
    based_on: int,
    user: User,
    now: dt.datetime,
    item: int | None = SAME_ITEM,
) -> Saved:
    """Save another version of a result; ``based_on`` is the latest version its author had seen. One saved meanwhile
    is not overwritten: both stand. Sent twice it is one. ``item``: the one it belongs to from now on (None: to none),
    where it was written down under the wrong one. Raises ``RecordingRefused``."""
    with store.writing() as connection:
        row, room = _row_and_room(connection, result, user, now, said)
        if row.withdrawn_at is not None:
            raise RecordingRefused("withdrawn")
        if item not in (SAME_ITEM, row.item):
            _item(connection, row.meeting, item)
            change_result(connection, row.id, item=item)
            raise_revision(connection, row.meeting)
            row, room = _row_and_room(connection, result, user, now, said)
        return _next(connection, room, row, said, based_on)


def withdraw(store: Store, result: int, *, user: User, now: dt.datetime) -> None:
    """Take a result back: it and all its versions stay, what it made a fact holds no longer. Raises
    ``RecordingRefused``."""
    with store.writing() as connection:
        row, room = _row_and_room(connection, result, user, now)
        if row.withdrawn_at is not None:
            return
        for version in versions_of(connection, [result]).get(result, []):
            close_fact(connection, row.kind, version.entry, now)
        change_result(connection, result, withdrawn_at=now, withdrawn_by=user.display_name)
        raise_revision(connection, room.plan.key)


def settle_correction(store: Store, result: int, how: str, *, user: User, now: dt.datetime) -> None:
    """The office notes what became of a correction, after the meeting was closed too. Raises ``RecordingRefused``
    (unknown_result, not_yours, without_text, single_client)."""
    with store.writing() as connection:
        row = result_of(connection, result)
        if row is None or row.kind != "correction" or row.withdrawn_at is not None:
            raise RecordingRefused("unknown_result")
        if user.role != "coordinator":
            raise RecordingRefused("not_yours")
        if not how.strip():
            raise RecordingRefused("without_text")
        if tells_of_client([how]):
            raise RecordingRefused("single_client")
        latest = versions_of(connection, [result])[result][-1]
        settled = replace(said_of(latest.said), settled=how.strip())
        told = {"based_on": latest.number, "beside": False, "entry": None, "by": user.display_name, "at": now}
        add_version(connection, result=result, number=latest.number + 1, said=settled.as_data(), **told)


def _row_and_room(
    connection: Connection, result: int, user: User, now: dt.datetime, said: ResultSaid | None = None
) -> tuple[ResultRow, Room]:
    row = result_of(connection, result)
    if row is None:
        raise RecordingRefused("unknown_result")
    return row, _room(connection, row.meeting, user, now, said)


def _room(connection: Connection, meeting: str, user: User, now: dt.datetime, said: ResultSaid | None = None) -> Room:
    """Of the state only what ``said`` names is read: everybody else waits meanwhile."""
    plan = plan_of(connection, meeting)
    body = body_of(connection, plan.body) if plan is not None else None
    if plan is None or body is None:
        raise RecordingRefused("unknown_meeting")
    if not records(user, body, meeting_roles(connection, meeting)):
        raise RecordingRefused("not_yours")
    if plan.state == "closed":
        raise RecordingRefused("closed")
    return Room(
        plan,
        body,
        user,
        state_on(connection, kinds=kinds_of([meeting, *(said.named if said is not None else ())])),
        now,
    )


def _item(connection: Connection, meeting: str, number: int | None) -> Item | None:
    item = item_of(connection, number) if number is not None else None
    if number is not None and (item is None or item.meeting != meeting):
        raise RecordingRefused("unknown_item")
    return item


def _checked(room: Room, kind: ResultKind, said: ResultSaid, versions: Sequence[VersionRow] = ()) -> ResultSaid:
    """``said`` with what everything in it is called today, or was called when an earlier version named it.

    Raises ``RecordingRefused``.
    """
    found = objection(kind, said, may_decide=room.body.may_decide, day=room.plan.day)
    if found is not None:
        raise RecordingRefused(found)
    if tells_of_client(said.texts):
        raise RecordingRefused("single_client")
    before = {key: name for version in versions for key, name in said_of(version.said).called.items()}
    called = {key: name_of(room.state, key) or before.get(key, "") for key in said.named}
    if not all(called.values()):
        raise RecordingRefused("unknown_record")
    return replace(said, called=called)


def _sent_again(connection: Connection, room: Room, row: ResultRow, said: ResultSaid) -> Saved:
    """A browser sends a new result once more: as it is, or typed on because it never heard that it had arrived."""
    versions = versions_of(connection, [row.id])[row.id]
    said = _checked(room, row.kind, said, versions)
    own = [version for version in versions if version.by == room.user.display_name]
    before = next((version for version in own if said_of(version.said) == said), None)
    if before is not None or row.withdrawn_at is not None:
        number = before.number if before is not None else versions[-1].number
        return Saved(row.id, number, again=True)
    return _next(connection, room, row, said, versions[-1].number if len(own) == len(versions) else 0)


def _next(connection: Connection, room: Room, row: ResultRow, said: ResultSaid, based_on: int) -> Saved:
    versions = versions_of(connection, [row.id])[row.id]
    said = _checked(room, row.kind, said, versions)
    for version in versions:
        sent = version.by == room.user.display_name and version.based_on == based_on
        if sent and said_of(version.said) == said:
            return Saved(row.id, version.number, version.beside, again=True)
    return _stored(connection, room, row, versions, said, based_on, _item(connection, row.meeting, row.item))


def _stored(
    connection: Connection,
    room: Room,
    row: ResultRow,
    versions: list[VersionRow],
    said: ResultSaid,
    based_on: int,
    topic: Item | None,
) -> Saved:
    latest = versions[-1].number if versions else 0
    beside = based_on < latest
    # while several stand, the one that is a fact stays it, and what is based on that very one follows it
    follows = any(one.number == based_on and one.entry is not None for one in standing(versions))
    entry = None
    if not beside or follows:
        for version in versions:
            close_fact(connection, row.kind, version.entry, room.now)
        entry = state_fact(connection, room, row, said, topic)
    add_version(
        connection,
        result=row.id,
        number=latest + 1,
        based_on=based_on,
        said=said.as_data(),
        beside=beside,
        entry=entry,
        by=room.user.display_name,
        at=room.now,
    )
    raise_revision(connection, row.meeting)
    return Saved(row.id, latest + 1, beside)
