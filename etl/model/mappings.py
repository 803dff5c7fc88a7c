"""What people confirmed about a partner's headings."""

from __future__ import annotations

from sqlalchemy import Connection, select

from etl.model.tables import Mapping


def confirmed_mappings(connection: Connection, partner: str) -> dict[tuple[str, str], str]:
    """(kind, normalised heading) -> field name, or "" to keep the column; the latest confirmation counts."""
    rows = connection.execute(
        select(Mapping.kind, Mapping.heading, Mapping.field)
        .where(Mapping.partner == partner, Mapping.ended_at.is_(None))
        .order_by(Mapping.id)
    )
    return {(row.kind, row.heading): row.field for row in rows}
