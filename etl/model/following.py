"""What is said about agreements and decisions after the meeting, and a body's own words for those who join it.

Rows outside the two clocks; where such a word changes a fact, it carries the number of the entry that does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Date, ForeignKey, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.meeting_results import MeetingResult, Noting, ResultVersion
from etl.model.tables import Entry

WordRow = Any
NotingRow = Any
ResultRow = Any
OwnWordsRow = Any


class FollowUpWord(Base):
    """Somebody said of an agreement or decision that it is done, moved, permanent or taken up again.

    ``due``: the new date, or that of the next step; ``text``: note of completion, reason or next step. ``partner``: the
    responsible house that proposes it (null: the office or whoever runs the body says it). ``state``: said, proposed,
    taken or refused; ``entry``: the entry by which it became a fact.
    """

    __tablename__ = "follow_up_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    due: Mapped[dt.date | None] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    partner: Mapped[str | None] = mapped_column(String(40))
    meeting: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    entry: Mapped[int | None]
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    settled_by: Mapped[str | None] = mapped_column(String(120))
    settled_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class OwnWords(Base):
    """What a body says of itself to those who join late; the latest holds, earlier ones are kept."""

    __tablename__ = "body_own_words"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(120))
    at: Mapped[dt.datetime] = mapped_column(Instant)


def follow_up_words(
    connection: Connection, record: str | None = None, known_on: dt.datetime | None = None
) -> list[WordRow]:
    """Of one record or of all, oldest first, as known at ``known_on``."""
    query = select(FollowUpWord.__table__).order_by(FollowUpWord.at, FollowUpWord.id)
    if record is not None:
        query = query.where(FollowUpWord.record == record)
    if known_on is not None:
        query = query.where(FollowUpWord.at <= known_on)
    return list(connection.execute(query))


def word_of(connection: Connection, number: int) -> WordRow | None:
    return connection.execute(select(FollowUpWord.__table__).where(FollowUpWord.id == number)).first()


def add_word(connection: Connection, **said: Any) -> int:
    """Store a word (the columns of ``FollowUpWord``); its number."""
    empty = {"due": None, "partner": None, "meeting": None, "entry": None, "settled_by": None, "settled_at": None}
    key: Any = connection.execute(insert(FollowUpWord).values(**(empty | said))).inserted_primary_key
    return int(key[0])


def settle_word(
    connection: Connection, number: int, state: str, entry: int | None, *, by: str, now: dt.datetime
) -> bool:
    """A proposal was taken or refused; False where it was settled before."""
    open_one = (FollowUpWord.id == number, FollowUpWord.state == "proposed")
    told = {"state": state, "entry": entry, "settled_by": by, "settled_at": now}
    return connection.execute(update(FollowUpWord).where(*open_one).values(told)).rowcount == 1


def notings(connection: Connection, known_on: dt.datetime | None = None) -> list[NotingRow]:
    """Every noting, oldest first."""
    query = select(Noting.__table__).order_by(Noting.at, Noting.record)
    return list(connection.execute(query if known_on is None else query.where(Noting.at <= known_on)))


def note_in(connection: Connection, record: str, meeting: str, *, by: str, now: dt.datetime) -> None:
    """The body takes note at a meeting; once more where it did so before it was taken up again."""
    this = (Noting.record == record, Noting.meeting == meeting)
    done = connection.execute(update(Noting).where(*this).values(by=by, at=now))
    if not done.rowcount:
        connection.execute(insert(Noting).values(record=record, meeting=meeting, by=by, at=now))


def results_with_record(connection: Connection, known_on: dt.datetime | None = None) -> list[ResultRow]:
    """Results that stand, each with the latest version that holds (``said``, ``at``), in the order of their making.

    ``record`` is None for what is no fact (a recommendation, an order to examine, information …).
    """
    query = (
        select(
            MeetingResult.id,
            MeetingResult.meeting,
            MeetingResult.item,
            MeetingResult.kind,
            MeetingResult.record,
            ResultVersion.said,
            ResultVersion.at,
        )
        .join(ResultVersion, ResultVersion.result == MeetingResult.id)
        .where(ResultVersion.beside.is_(False))
        .order_by(MeetingResult.id, ResultVersion.number)
    )
    if known_on is None:
        query = query.where(MeetingResult.withdrawn_at.is_(None))
    else:
        still = MeetingResult.withdrawn_at.is_(None) | (MeetingResult.withdrawn_at > known_on)
        query = query.where(ResultVersion.at <= known_on, still)
    return list({row.id: row for row in connection.execute(query)}.values())


def reasons_of(connection: Connection, entries: Iterable[int]) -> dict[int, str]:
    """Entry -> the reason given for it."""
    wanted = sorted(set(entries))
    query = select(Entry.number, Entry.reason).where(Entry.number.in_(wanted))
    return {row.number: row.reason for row in connection.execute(query)} if wanted else {}


def own_words(connection: Connection, body: int) -> OwnWordsRow | None:
    """What a body says of itself now; None where it never did."""
    query = select(OwnWords.__table__).where(OwnWords.body == body).order_by(OwnWords.id.desc()).limit(1)
    return connection.execute(query).first()


def say_own_words(connection: Connection, body: int, text: str, *, by: str, now: dt.datetime) -> None:
    connection.execute(insert(OwnWords).values(body=body, text=text, by=by, at=now))
