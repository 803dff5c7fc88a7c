"""Deliveries as rows: accepted, undone, their bytes, their series."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.orm import aliased

from etl.model.base import quickly
from etl.model.judgements import Assignment, Sameness, Settlement, root_of
from etl.model.releases import Release
from etl.model.statements import keys_of_deliveries
from etl.model.tables import Delivery, Entry, Mapping, Rating, ReceivedFile, Round, Series, Statement

DeliveryRow = Any

# Statements of every import are written once: SQLAlchemy then compiles them once.
_ADD_DELIVERY, _ADD_FILE = insert(Delivery), insert(ReceivedFile)
_LATER = aliased(Delivery)
_NEWEST_ALIKE = select(Delivery.number, Delivery.partner, Delivery.importer).where(
    Delivery.sha256 == bindparam("sha256"),
    Delivery.day == bindparam("day"),
    Delivery.undone_at.is_(None),
    ~select(_LATER.number)
    .where(
        _LATER.partner == Delivery.partner,
        _LATER.series == Delivery.series,
        _LATER.number > Delivery.number,
        _LATER.undone_at.is_(None),
    )
    .exists(),
)
_LATEST_INSTANTS = select(
    *(
        select(func.max(column)).scalar_subquery()
        for column in (
            Delivery.known_from,
            Delivery.undone_at,
            Entry.known_from,
            Entry.undone_at,
            Mapping.known_from,
            Mapping.ended_at,
            Settlement.known_from,
            Settlement.undone_at,
            Sameness.known_from,
            Sameness.undone_at,
            Assignment.known_from,
            Assignment.undone_at,
            Release.known_from,
            Release.undone_at,
            Rating.known_from,
            Rating.undone_at,
        )
    )
)


def series_of(connection: Connection, partner: str, fingerprint: str) -> int | None:
    """The series of a partner's files with this heading fingerprint, if there is one."""
    sql = "SELECT id FROM series WHERE partner = ? AND fingerprint = ?"
    found: int | None = quickly(connection, sql, partner, fingerprint).scalar_one_or_none()
    return found


def fingerprint_of(connection: Connection, series: int) -> str:
    return str(connection.execute(select(Series.fingerprint).where(Series.id == series)).scalar_one())


def partners_with_fingerprint(connection: Connection, fingerprint: str) -> list[str]:
    """Keys of the partners that have sent such a file before (accepted, not undone), each as what it counts as."""
    rows = connection.execute(
        select(Delivery.partner)
        .join(Series, Series.id == Delivery.series)
        .where(Series.fingerprint == fingerprint, Delivery.undone_at.is_(None))
        .distinct()
    )
    return sorted({root_of(connection, row.partner) for row in rows})


def add_series(connection: Connection, partner: str, fingerprint: str) -> int:
    found = series_of(connection, partner, fingerprint)
    if found is not None:
        return found
    sql = "INSERT INTO series (partner, fingerprint) VALUES (?, ?) RETURNING id"
    return int(quickly(connection, sql, partner, fingerprint).scalar_one())


def next_delivery_number(connection: Connection) -> int:
    """Numbers count up by one and are never used again (a delivery row is never deleted)."""
    last = quickly(connection, "SELECT max(number) FROM delivery").scalar()
    return (last or 0) + 1


def later_than_all(connection: Connection, now: dt.datetime) -> dt.datetime:
    """``now``, or an instant after everything already known: the known clock never runs backwards, whatever the
    machine's clock does (and an upload into the demo is known after the demo's last round)."""
    latest = connection.execute(_LATEST_INSTANTS).one()
    later: list[dt.datetime] = [instant + dt.timedelta(microseconds=1) for instant in latest if instant is not None]
    return max([now, *later])


def add_delivery(connection: Connection, content: bytes, **columns: Any) -> int:
    """Store a delivery and its bytes; ``columns`` are those of ``Delivery``."""
    connection.execute(_ADD_DELIVERY, columns)
    connection.execute(_ADD_FILE, {"delivery": columns["number"], "content": content})
    return int(columns["number"])


def newest_of_series(connection: Connection, series: int) -> DeliveryRow | None:
    """The newest accepted, not undone delivery of a series."""
    return connection.execute(
        select(Delivery)
        .where(Delivery.series == series, Delivery.undone_at.is_(None))
        .order_by(Delivery.number.desc())
        .limit(1)
    ).first()


def newest_alike(connection: Connection, sha256: str, day: dt.date) -> list[DeliveryRow]:
    """Number, partner and importer of the deliveries of this very file about ``day`` that are the newest of their
    series, accepted and not undone."""
    if not quickly(connection, "SELECT 1 FROM delivery WHERE sha256 = ? LIMIT 1", sha256).first():
        return []  # by far the most
    return list(connection.execute(_NEWEST_ALIKE, {"sha256": sha256, "day": day}))


def newest_of_file(connection: Connection, sha256: str) -> DeliveryRow | None:
    """The newest accepted, not undone delivery of this very file, whoever sent it."""
    same = (Delivery.sha256 == sha256, Delivery.undone_at.is_(None))
    return connection.execute(select(Delivery).where(*same).order_by(Delivery.number.desc()).limit(1)).first()


def senders_of_files(connection: Connection) -> dict[str, str]:
    """File name -> partner that sent a file of this name last (accepted, not undone)."""
    rows = connection.execute(
        select(Delivery.file, Delivery.partner).where(Delivery.undone_at.is_(None)).order_by(Delivery.number)
    )
    return {row.file: row.partner for row in rows}


def corrections_of(connection: Connection, sha256: str, partner: str) -> dict[str, Any]:
    """What was put right about this very file of a partner when it was last accepted (and not undone)."""
    if not quickly(connection, "SELECT 1 FROM delivery WHERE sha256 = ? LIMIT 1", sha256).first():
        return {}
    same = (Delivery.sha256 == sha256, Delivery.partner == partner, Delivery.undone_at.is_(None))
    newest = select(Delivery.corrections).where(*same).order_by(Delivery.number.desc()).limit(1)
    return dict(connection.execute(newest).scalar_one_or_none() or {})


def find_delivery(connection: Connection, number: int) -> DeliveryRow | None:
    return connection.execute(select(Delivery).where(Delivery.number == number)).first()


def all_deliveries(connection: Connection, *, with_undone: bool = False) -> list[DeliveryRow]:
    """Every delivery, oldest first."""
    query = select(Delivery).order_by(Delivery.number)
    if not with_undone:
        query = query.where(Delivery.undone_at.is_(None))
    return list(connection.execute(query))


def days_spoken_of(connection: Connection, number: int | None = None) -> dict[int, list[dt.date]]:
    """Delivery -> the days its rows are about (a date of their own, the sheet's „Stand“, ...), in order; ``number``:
    of this one only. None for a delivery without rows."""
    query = select(Statement.delivery, Statement.day).where(Statement.table_no.is_not(None)).distinct()
    if number is not None:
        query = query.where(Statement.delivery == number)
    found: dict[int, list[dt.date]] = defaultdict(list)
    for row in connection.execute(query.order_by(Statement.day)):
        found[row.delivery].append(row.day)
    return found


def received_content(connection: Connection, number: int) -> bytes:
    return bytes(connection.execute(select(ReceivedFile.content).where(ReceivedFile.delivery == number)).scalar_one())


def close_delivery(connection: Connection, number: int, now: dt.datetime, person: str | None) -> None:
    """Undo: what it said is closed on the known clock; nothing is deleted."""
    connection.execute(update(Delivery).where(Delivery.number == number).values(undone_at=now, undone_by=person))


def records_of_series(connection: Connection, series: int, day: dt.date) -> dict[str, str]:
    """Records that rows of a not undone delivery of the series spoke about up to ``day``: key -> kind."""
    sent = select(Delivery.number).where(Delivery.series == series, Delivery.undone_at.is_(None), Delivery.day <= day)
    return keys_of_deliveries(connection, connection.execute(sent).scalars().all())


def rounds(connection: Connection) -> list[DeliveryRow]:
    return list(connection.execute(select(Round).order_by(Round.day)))


def add_round(
    connection: Connection,
    name: str,
    day: dt.date,
    deadline: dt.date,
    *,
    opened_at: dt.datetime | None = None,
    opened_by: str | None = None,
) -> None:
    opened = {"opened_at": opened_at, "opened_by": opened_by}
    connection.execute(insert(Round).values(name=name, day=day, deadline=deadline, **opened))
