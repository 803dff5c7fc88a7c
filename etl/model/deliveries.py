"""Deliveries as rows: accepted, undone, their bytes, their series."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from etl.model.judgements import Sameness, Settlement, root_of
from etl.model.tables import Delivery, Entry, Mapping, ReceivedFile, Record, Round, Series, Statement

DeliveryRow = Any

# Statements of every import are written once: SQLAlchemy then compiles them once.
_SERIES_OF = select(Series.id).where(
    Series.partner == bindparam("partner"), Series.fingerprint == bindparam("fingerprint")
)
_ADD_SERIES, _ADD_DELIVERY, _ADD_FILE = insert(Series), insert(Delivery), insert(ReceivedFile)
_LAST_NUMBER = select(func.max(Delivery.number))
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
        )
    )
)


def series_of(connection: Connection, partner: str, fingerprint: str) -> int | None:
    """The series of a partner's files with this heading fingerprint, if there is one."""
    return connection.execute(_SERIES_OF, {"partner": partner, "fingerprint": fingerprint}).scalar_one_or_none()


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
    result = connection.execute(_ADD_SERIES, {"partner": partner, "fingerprint": fingerprint})
    key: Any = result.inserted_primary_key
    return int(key[0])


def next_delivery_number(connection: Connection) -> int:
    """Numbers count up by one and are never used again (a delivery row is never deleted)."""
    last = connection.execute(_LAST_NUMBER).scalar()
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


def find_delivery(connection: Connection, number: int) -> DeliveryRow | None:
    return connection.execute(select(Delivery).where(Delivery.number == number)).first()


def all_deliveries(connection: Connection, *, with_undone: bool = False) -> list[DeliveryRow]:
    """Every delivery, oldest first."""
    query = select(Delivery).order_by(Delivery.number)
    if not with_undone:
        query = query.where(Delivery.undone_at.is_(None))
    return list(connection.execute(query))


def received_content(connection: Connection, number: int) -> bytes:
    return bytes(connection.execute(select(ReceivedFile.content).where(ReceivedFile.delivery == number)).scalar_one())


def close_delivery(connection: Connection, number: int, now: dt.datetime, person: str | None) -> None:
    """Undo: what it said is closed on the known clock; nothing is deleted."""
    connection.execute(update(Delivery).where(Delivery.number == number).values(undone_at=now, undone_by=person))


def records_of_series(connection: Connection, series: int, day: dt.date) -> dict[str, str]:
    """Records that rows of a not undone delivery of the series spoke about up to ``day``: key -> kind."""
    rows = connection.execute(
        select(Record.key, Record.kind)
        .join(Statement, Statement.record == Record.key)
        .join(Delivery, Delivery.number == Statement.delivery)
        .where(
            Delivery.series == series,
            Delivery.undone_at.is_(None),
            Delivery.day <= day,
            Statement.table_no.is_not(None),
        )
        .distinct()
    )
    return {row.key: row.kind for row in rows}


def rounds(connection: Connection) -> list[DeliveryRow]:
    return list(connection.execute(select(Round).order_by(Round.day)))


def add_round(connection: Connection, name: str, day: dt.date, deadline: dt.date) -> None:
    connection.execute(insert(Round).values(name=name, day=day, deadline=deadline))
