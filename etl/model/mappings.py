"""What people confirmed about a partner's headings, on the known clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from etl.model.judgements import keys_counted_as
from etl.model.tables import Mapping

MappingRow = Any


def confirmed_mappings(
    connection: Connection, partner: str | None = None, known_on: dt.datetime | None = None, *, with_ended: bool = False
) -> list[MappingRow]:
    """The mappings that hold (at ``known_on``, default now), of one partner or of all, the latest last.

    ``field`` "" keeps the column; ``headings`` are those of the table it was confirmed in, empty where none was named.
    """
    query = select(Mapping).order_by(Mapping.id)
    if partner is not None:
        query = query.where(Mapping.partner.in_(keys_counted_as(connection, partner)))
    if known_on is not None:
        query = query.where(
            Mapping.known_from <= known_on, or_(Mapping.ended_at.is_(None), Mapping.ended_at > known_on)
        )
    elif not with_ended:
        query = query.where(Mapping.ended_at.is_(None))
    return list(connection.execute(query))


def add_mapping(
    connection: Connection,
    *,
    partner: str,
    kind: str,
    heading: str,
    field: str,
    headings: Sequence[str],
    person: str,
    now: dt.datetime,
) -> int:
    """Store what ``person`` confirmed; the number returned ends it."""
    result = connection.execute(
        insert(Mapping).values(
            partner=partner,
            kind=kind,
            heading=heading,
            field=field,
            headings=list(headings),
            person=person,
            known_from=now,
        )
    )
    key: Any = result.inserted_primary_key
    return int(key[0])


def end_mapping(connection: Connection, number: int, now: dt.datetime) -> bool:
    """Close a mapping on the known clock; False where there is none or it was ended before."""
    done = connection.execute(
        update(Mapping).where(Mapping.id == number, Mapping.ended_at.is_(None)).values(ended_at=now)
    )
    return done.rowcount == 1
