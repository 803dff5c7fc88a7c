"""Closing a meeting, opening it again, and what is kept of it: rows that are added, never changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from etl.model.meeting_results import results_of, temperatures_of, versions_of
from etl.model.meetings import ClosingRow, KeptPaper, MeetingClosing, PlanRow
from etl.model.presenting import Presentation
from etl.rules.results import standing


@dataclass(frozen=True, slots=True)
class Recorded:
    """A result with the versions that hold: one, or several beside each other until somebody settles them."""

    row: Any
    versions: tuple[Any, ...]


def add_closing(
    connection: Connection, meeting: str, *, supplement: bool, sha256: str, by: str, now: dt.datetime
) -> int:
    """Store a closing; returns its number."""
    told = {"meeting": meeting, "closed_at": now, "closed_by": by, "supplement": supplement, "sha256": sha256}
    key: Any = connection.execute(
        insert(MeetingClosing).values(**told, reopened_at=None, reopened_by=None, reason=None)
    ).inserted_primary_key
    return int(key[0])


def keep_paper(connection: Connection, closing: int, name: str, media_type: str, content: bytes, sha256: str) -> None:
    told = {"closing": closing, "name": name, "media_type": media_type, "content": content, "sha256": sha256}
    connection.execute(insert(KeptPaper).values(**told))


def open_again(connection: Connection, closing: int, *, reason: str, by: str, now: dt.datetime) -> None:
    """Note that the meeting of this closing is open again; what it kept stays."""
    told = {"reopened_at": now, "reopened_by": by, "reason": reason}
    connection.execute(update(MeetingClosing).where(MeetingClosing.id == closing).values(told))


def set_state(connection: Connection, meeting: str, state: str, *, by: str, now: dt.datetime) -> None:
    told = {"state": state, "changed_by": by, "changed_at": now}
    connection.execute(update(PlanRow).where(PlanRow.key == meeting).values(told))


def end_presentation(connection: Connection, meeting: str, now: dt.datetime) -> bool:
    """Nothing is on the wall any more, and the code that let devices follow ends; False where nothing was."""
    running = (Presentation.meeting == meeting, Presentation.ended_at.is_(None))
    told = {"ended_at": now, "code_until": now, "revision": Presentation.revision + 1}
    return connection.execute(update(Presentation).where(*running).values(told)).rowcount == 1


def closings(connection: Connection) -> list[ClosingRow]:
    """Every closing of every meeting, oldest first."""
    return list(connection.execute(select(MeetingClosing.__table__).order_by(MeetingClosing.id)))


def recorded_in(connection: Connection, meeting: str) -> tuple[Recorded, ...]:
    """The results of a meeting that were not withdrawn, in the order they were written down."""
    results = results_of(connection, meeting, with_withdrawn=False)
    versions = versions_of(connection, [row.id for row in results])
    return tuple(Recorded(row, standing(versions[row.id])) for row in results if row.id in versions)


def temperatures_in(connection: Connection, meeting: str) -> list[Any]:
    """The questions of a meeting that were closed, in the order they were asked."""
    return [row for row in temperatures_of(connection, meeting) if row.closed_at is not None]
