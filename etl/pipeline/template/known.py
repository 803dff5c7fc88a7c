"""What the store knows of a partner, as rows of a template: for each cell the ways to write it, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.model.state import Known, State
from etl.pipeline.template.layout import TemplateColumn, template_columns
from etl.pipeline.template.writing import Content, said_of_field, ways_to_write
from etl.vocabulary import load_vocabulary


@dataclass(slots=True)
class TemplateCell:
    """``ways`` are contents that could stand in the cell; those tried and found wanting are dropped from the front.
    ``said`` is what its sources said, for telling where nothing can stand."""

    ways: list[Content]
    said: str

    @property
    def content(self) -> Content:
        return self.ways[0] if self.ways else None

    @property
    def withdrawn(self) -> bool:
        """Something is known that no content says exactly."""
        return not self.ways and bool(self.said)


@dataclass(slots=True)
class TemplateRow:
    """One known record: column number -> cell. ``naming`` columns say which record it is: without them it is none."""

    cells: dict[int, TemplateCell]
    naming: frozenset[int] = field(default_factory=frozenset)

    @property
    def usable(self) -> bool:
        return all(self.cells[column].ways for column in self.naming if column in self.cells)


#: Fields by which a record is recognised (see ``match_records.identity_of``): of each line those that are known, unless
#: an earlier line is enough.
_NAMING: dict[str, tuple[tuple[str, ...], ...]] = {
    "measure": (("title",),),
    "cooperation": (("title",), ("partner_a", "partner_b")),
    "funding": (("id",), ("title", "programme", "funder", "recipient", "start")),
    "partner": (("name", "contact_name"),),
    "need": (("title",),),
}


Rows = dict[str, list[TemplateRow]]


def known_rows(state: State, partner: str | None, name: str, language: str) -> Rows:
    """Entity of a sheet -> a row for each record that ``partner`` itself has told of; its own name where none has."""
    rows = {}
    for entity, columns in template_columns().items():
        records = _contacts(state, partner, name) if entity == "partner" else _own(state, entity, partner)
        rows[entity] = [_row(entity, columns, record, language) for record in records]
    return rows


#: Fields of one row, each with the record that holds it.
Record = dict[str, Known]


def _own(state: State, kind: str, partner: str | None) -> Iterator[Record]:
    for known in state.kind(kind).values():
        if partner is not None and known.partner == partner:
            yield dict.fromkeys(known.values, known)


def _contacts(state: State, partner: str | None, name: str) -> Iterator[Record]:
    """The organisation itself with its contacts, then contacts it told of others; a bare name where none is known."""
    partners = state.kind("partner")
    own = [known for known in state.kind("contact").values() if partner is not None and known.partner == partner]
    own.sort(key=lambda known: (known.parent != partner, known.key))
    organisation = partners.get(partner) if partner else None
    if organisation is None or not any(contact.parent == partner for contact in own):
        yield dict.fromkeys(organisation.values, organisation) if organisation else {"name": _named(name)}
    for contact in own:
        parent = partners.get(contact.parent or "")
        if parent is not None:
            of_partner = dict.fromkeys(parent.values if parent is organisation else ("name",), parent)
            yield of_partner | dict.fromkeys(contact.values, contact)


def _named(name: str) -> Known:
    return Known("", "partner", None, None, {"name": name})


def _row(entity: str, columns: tuple[TemplateColumn, ...], record: Record, language: str) -> TemplateRow:
    vocabulary = load_vocabulary()
    cells = {}
    for number, column in enumerate(columns):
        known = record.get(column.field.short)
        if known is not None and known.value(column.field.short) not in (None, "", []):
            ways = ways_to_write(column.field, known, language, vocabulary)
            cells[number] = TemplateCell(ways, _said(known, column.field.short))
    known_in = {columns[number].field.short: number for number in cells}
    naming = next((names for names in _NAMING[entity] if any(name in known_in for name in names)), ())
    return TemplateRow(cells, frozenset(known_in[name] for name in naming if name in known_in))


def _said(known: Known, name: str) -> str:
    """What its sources said, else the value as stored."""
    said = said_of_field(known, name)
    value = known.value(name)
    return "; ".join(said or (map(str, value) if isinstance(value, list) else [str(value)]))
