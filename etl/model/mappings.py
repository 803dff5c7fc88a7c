"""What people confirmed about a partner's headings."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from etl.model.tables import Mapping

_CONFIRMED = (
    select(Mapping.kind, Mapping.heading, Mapping.field)
    .where(Mapping.partner == bindparam("partner"), Mapping.ended_at.is_(None))
    .order_by(Mapping.id)
)


def confirmed_mappings(connection: Connection, partner: str) -> dict[tuple[str, str], str]:
    """(kind, normalised heading) -> field name, or "" to keep the column; the latest confirmation counts."""
    rows = connection.execute(_CONFIRMED, {"partner": partner})
    return {(row.kind, row.heading): row.field for row in rows}
