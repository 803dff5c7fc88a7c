"""Where a value comes from: file, sheet, cell and the text that stood there, unpacked from lean statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from etl.model.deliveries import all_deliveries
from etl.model.entries import all_entries
from etl.model.packing import Said
from etl.model.store import Connection
from etl.stages.shapes import address, rendered
from etl.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Source:
    """One cell. ``role`` is value, heading, carried or colour."""

    file: str
    sheet: str
    cell: str
    role: str


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column as it was understood. ``field`` is the vocabulary's ("measure.title"), None where it was kept; ``how``
    it was named: known, remembered, similar, content or kept."""

    heading: str
    how: str
    field: str | None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was understood; ``columns`` by their letters."""

    sheet: str
    orientation: str
    header_row: int | None
    columns: dict[str, ReadColumn]


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What a screen tells about the delivery a value came with. ``tables`` and ``read`` are in the same order."""

    number: int
    partner: str
    file: str
    received_at: dt.datetime
    day: dt.date
    sent_by: str | None
    tables: tuple[tuple[str, dict[str, str]], ...]
    read: tuple[ReadTable, ...] = ()
    undone_at: dt.datetime | None = None
    undone_by: str | None = None
    on_behalf: bool = False
    form: str = ""
    mail: str | None = None


class Provenance:
    """Looks up sources. Holds the deliveries' tables, not their cells."""

    def __init__(self, connection: Connection, vocabulary: Vocabulary) -> None:
        self.types = {f.short: f.type for f in vocabulary.fields.values()}
        self.kinds = {f.short: f.values for f in vocabulary.fields.values() if f.type in {"reference", "references"}}
        self.deliveries = {row.number: _facts(row) for row in all_deliveries(connection, with_undone=True)}
        self.entries = all_entries(connection)

    def sources(self, statement: Said, name: str) -> list[Source]:
        """The cells a field was read from, in the order of ``said``; empty for an entry or a name given on delivery."""
        if statement.delivery is None or statement.table_no is None:
            return []
        delivery = self.deliveries[statement.delivery]
        sheet, columns = delivery.tables[statement.table_no]
        cells = statement.body.cells.get(name)
        if cells is not None:
            return [Source(delivery.file, sheet, address(row, column), role) for row, column, role in cells]
        letter = columns.get(name)
        return [Source(delivery.file, sheet, f"{letter}{statement.row}", "value")] if letter else []

    def table(self, statement: Said) -> ReadTable | None:
        """The table a statement was read from; None for an entry or a form."""
        if statement.delivery is None or statement.table_no is None:
            return None
        return self.deliveries[statement.delivery].read[statement.table_no]

    def said(self, statement: Said, name: str) -> list[str]:
        """The texts that stood in those cells."""
        found = statement.body.said.get(name)
        if found is not None:
            return found
        return [rendered(statement.body.values[name]) or ""]

    def kind_referred_to(self, name: str) -> str:
        """The kind of record a reference field names ("" for other fields)."""
        return self.kinds.get(name, "")

    def type_of(self, name: str) -> str:
        return self.types.get(name, "text")


def _facts(row: Any) -> DeliveryFacts:
    understood = [(sheet["name"], t) for sheet in row.sheets for t in sheet["tables"] if t["kind"] is not None]
    return DeliveryFacts(
        number=row.number,
        partner=row.partner,
        file=row.file,
        received_at=row.received_at,
        day=row.day,
        sent_by=row.sent_by,
        tables=tuple((sheet, _columns_by_field(table)) for sheet, table in understood),
        read=tuple(_read_table(sheet, table) for sheet, table in understood),
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        on_behalf=row.on_behalf,
        form=str((row.corrections or {}).get("form") or ""),
        mail=row.mail,
    )


def _columns_by_field(table: dict[str, Any]) -> dict[str, str]:
    return {c["field"].split(".", 1)[1]: c["column"] for c in table["columns"] if c.get("field")}


def _read_table(sheet: str, table: dict[str, Any]) -> ReadTable:
    columns = {c["column"]: ReadColumn(c["heading"] or "", c["how"], c.get("field")) for c in table["columns"]}
    return ReadTable(sheet, table["orientation"], max(table["header_rows"], default=None), columns)
