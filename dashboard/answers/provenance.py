"""Where a value on a screen comes from: file, sheet, cell, what stood there, who sent it, and the sheet around it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from dashboard.answers.picture import Picture
from etl.model.deliveries import received_content
from etl.model.state import Known
from etl.model.statements import Said
from etl.model.store import Store
from etl.pipeline.picture.provenance import Source
from etl.stages.shapes import column_letters, shortest_decimal
from etl.vocabulary import load_vocabulary
from etl.vocabulary.loader import Field

#: Kinds and types of field whose cells no excerpt shows, whoever looks.
_CONTACT = "contact"
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """What stood in a cell, as stored: a ``number`` in shortest decimal form, else text unchanged (a date ISO)."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Loaded cells around the value's own: ``rows`` are (row number, texts in the order of ``columns``)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Written, ...]], ...]
    hits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a stored value is to be read: the field's type, the domain of its codes, its unit and qualifiers."""

    type: str
    domain: str = ""
    unit: str | None = None
    qualifier: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of one value.

    ``said`` are the texts that stood in ``cells``, in the same order (or one for all). Either ``file`` and ``sent`` are
    set (a delivery) or ``entered_by`` and ``reason`` (an entry by a signed-in person). ``mark`` is the issue code of a
    reading that was not exact. ``known`` is when we came to know it, ``day`` the day it is about.
    """

    value: Any
    meaning: Meaning
    said: tuple[Written, ...]
    cells: tuple[Source, ...]
    day: dt.date
    known: dt.datetime
    mark: str | None = None
    partner: str | None = None
    delivery: int | None = None
    file: str | None = None
    sent: dt.datetime | None = None
    sent_by: str | None = None
    entered_by: str | None = None
    reason: str | None = None
    excerpt: Excerpt | None = None
    may_open: bool = False


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: original files and contact data are for the office and the partner itself."""

    office: bool = False
    partner: str | None = None

    def owns(self, partner: str | None) -> bool:
        return self.office or (self.partner is not None and self.partner == partner)


def origins(picture: Picture, record: str, name: str, eyes: Eyes) -> tuple[Origin, ...]:
    """The source of a field's value, the one that holds first; several where sources contradict each other, or did
    until somebody decided.

    Empty where the record or the field is not stated, and for contact data of others: record and field come from the
    browser, so nothing may be shown here that no page offers.
    """
    known = picture.state.find(record)
    if known is None or name not in known.holds or not may_be_asked(known, name, eyes):
        return ()
    holds = known.holds[name]
    _, decided = known.settled.get(name, (None, []))
    others = [s for s in known.contested.get(name, decided) if s.id != holds.id]
    return tuple(origin_of(picture, known, name, statement, eyes) for statement in (holds, *others))


@dataclass(frozen=True, slots=True)
class Decided:
    """What the office decided about a contradiction. ``both``: its sources are right, each in its way."""

    person: str
    reason: str
    known: dt.datetime
    both: bool


def decided_about(picture: Picture, record: str, name: str) -> Decided | None:
    """The decision that holds about a field, where its sources contradict each other."""
    known = picture.state.find(record)
    row, _ = known.settled.get(name, (None, None)) if known is not None else (None, None)
    return Decided(row.person, row.reason, row.known_from, row.holds is None) if row is not None else None


def may_be_asked(known: Known, name: str, eyes: Eyes) -> bool:
    """Whether this viewer may see the field: contact data are for the office and the partner they belong to."""
    described = field_of(known.kind, name)
    is_contact = known.kind == _CONTACT or (described is not None and described.type == _CONTACT)
    return not is_contact or eyes.owns(known.holds[name].partner or known.partner)


def original_file(store: Store, delivery: int) -> bytes:
    """The bytes as received. Only for those whose origin says ``may_open``."""
    with store.reading() as connection:
        return received_content(connection, delivery)


def origin_of(picture: Picture, known: Known, name: str, statement: Said, eyes: Eyes) -> Origin:
    """What one statement says about a field, and where. Ask ``may_be_asked`` before."""
    read = Origin(
        value=statement.body.values.get(name),
        meaning=_meaning(picture, known, name, statement),
        said=(),
        cells=(),
        day=statement.day,
        known=statement.known_from,
        mark=statement.body.marks.get(name),
    )
    if statement.delivery is None:
        entry = picture.provenance.entries.get(statement.entry) if statement.entry is not None else None
        return replace(read, entered_by=entry.person, reason=entry.reason) if entry else read
    sent = picture.provenance.deliveries[statement.delivery]
    cells = tuple(picture.provenance.sources(statement, name))
    sender = picture.facts.partner_by_key.get(statement.partner or sent.partner)
    return replace(
        read,
        said=_said(picture, statement, name),
        cells=cells,
        partner=(sender.short_name or sender.name) if sender else None,
        delivery=sent.number,
        file=sent.file,
        sent=sent.received_at,
        sent_by=sent.sent_by,
        excerpt=_excerpt(picture, statement, cells),
        may_open=eyes.owns(statement.partner),
    )


def _said(picture: Picture, statement: Said, name: str) -> tuple[Written, ...]:
    """The texts that stood there; a cell shown as a percentage reads as people saw it, not as its stored share."""
    value = statement.body.values.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return tuple(_written(text, value if is_number else None) for text in picture.provenance.said(statement, name))


def _written(text: str, value: float | None) -> Written:
    stored = _number(text) if value is not None else None
    if stored is None or value is None:
        return Written(text)
    if stored != 0 and abs(stored * 100 - value) < 1e-9 * max(1.0, abs(value)):
        return Written(f"{shortest_decimal(value)}\u00a0%", True)
    return Written(text, True)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _meaning(picture: Picture, known: Known, name: str, statement: Said) -> Meaning:
    described = field_of(known.kind, name)
    return Meaning(
        type=described.type if described else "text",
        domain=described.values if described else "",
        unit=_unit(picture, known),
        qualifier=statement.body.qualifier.get(name, {}),
    )


def field_of(kind: str, name: str) -> Field | None:
    """The field of the vocabulary that a record's value belongs to."""
    return _fields(load_vocabulary().version).get((kind, name))


@lru_cache(maxsize=2)
def _fields(version: str) -> dict[tuple[str, str], Field]:
    """(kind of record, short name) -> field, made once per version of the vocabulary."""
    return {(f.kind, f.short): f for f in load_vocabulary().fields.values()}


def _unit(picture: Picture, known: Known) -> str | None:
    """A number belongs to an indicator, its own or its observation's."""
    key = known.parent if known.kind == "observation" else known.key
    indicator = picture.facts.indicator_by_key.get(key or "")
    return indicator.unit if indicator else None


def _excerpt(picture: Picture, statement: Said, cells: tuple[Source, ...]) -> Excerpt | None:
    hits = [at for c in cells if c.role != "heading" and (at := _position(c.cell))]
    if not hits:
        return None
    loaded = dict(_loaded(picture, statement))
    row, column = hits[0]
    rows = _two_rows(sorted({r for r, c in loaded if c == column} | {row}), row)
    columns = _columns_around(sorted({c for r, c in loaded if r in rows} | {column}), column)
    return Excerpt(
        columns=tuple(column_letters(c) for c in columns),
        rows=tuple((r, tuple(loaded.get((r, c), Written("")) for c in columns)) for r in rows),
        hits=frozenset(c.cell for c in cells),
    )


def _two_rows(rows: list[int], hit: int) -> list[int]:
    """The hit and the loaded row before it (else after): enough to recognise the place, and it fits a popover."""
    at = rows.index(hit)
    return rows[at - 1 : at + 1] if at else rows[:2]


def _nearest(numbers: list[int], centre: int, *, before: int, after: int) -> list[int]:
    at = numbers.index(centre)
    return numbers[max(0, at - before) : at + after + 1]


def _columns_around(columns: list[int], centre: int) -> list[int]:
    """The row's first loaded column, which says what the row is about, and the neighbours of the hit."""
    return sorted({columns[0], *_nearest(columns, centre, before=1, after=1)})


def _loaded(picture: Picture, statement: Said) -> Iterator[tuple[Position, Written]]:
    """The cells of the same table that were loaded, contact data left out; kept columns are none of them."""
    for known, other in _same_table(picture, statement):
        for name in other.body.values:
            described = field_of(known.kind, name)
            if described is None or described.type == _CONTACT:
                continue
            said = _said(picture, other, name)
            for index, cell in enumerate(picture.provenance.sources(other, name)):
                at = _position(cell.cell)
                if at and cell.role == "value":
                    yield at, said[min(index, len(said) - 1)] if said else Written("")


def _same_table(picture: Picture, statement: Said) -> Iterator[tuple[Known, Said]]:
    for kind, records in picture.state.records.items():
        if kind == _CONTACT:
            continue
        for known in records.values():
            for other in known.said:
                if (other.delivery, other.table_no) == (statement.delivery, statement.table_no) and _near(
                    other, statement
                ):
                    yield known, other


def _near(other: Said, statement: Said, rows: int = 6) -> bool:
    """Rows far away are never shown: leave them unread."""
    return other.row is None or statement.row is None or abs(other.row - statement.row) <= rows


def _position(cell: str) -> Position | None:
    found = _ADDRESS.fullmatch(cell)
    if found is None:
        return None
    column = 0
    for letter in found.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)), column
