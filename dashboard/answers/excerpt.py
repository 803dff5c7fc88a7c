"""The row a value stands in, as it looked: its headings, the row before it, and what those without the right don't see.

Kept columns and contact data of a file are its sender's and the office's; for all others these cells are blank, their
headings too, whether something stood there or not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.answers.written import Position, Written, column_number, position, said_texts
from etl.model.packing import Said
from etl.model.state import Known
from etl.pipeline.picture.provenance import ReadColumn, ReadTable, Source
from etl.stages.shapes import column_letters
from etl.vocabulary import load_vocabulary
from etl.vocabulary.loader import Field

CONTACT = "contact"
#: Columns of a very wide sheet that are shown around the value.
_MOST_COLUMNS = 40
_BLANK = Written("")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Cells around the value's own. ``rows`` are (row number, texts in the order of ``columns``), ``headings`` the
    texts above them (``heading_row`` None: the sheet has none in a row). ``hidden`` are the letters of the columns that
    this viewer may not see, ``hits`` the value's cells."""

    columns: tuple[str, ...]
    headings: tuple[Written, ...]
    heading_row: int | None
    rows: tuple[tuple[int, tuple[Written, ...]], ...]
    hidden: frozenset[str]
    hits: frozenset[str]


def excerpt(picture: Picture, statement: Said, cells: Sequence[Source], *, owns: bool) -> Excerpt | None:
    """None where no cell is known. ``owns``: the viewer may see kept columns and contact data of this file."""
    hits = [at for c in cells if c.role != "heading" and (at := position(c.cell))]
    if not hits:
        return None
    table = picture.provenance.table(statement)
    loaded = dict(_cells(picture, statement, owns))
    columns = _columns(table, loaded, hits)
    hidden = frozenset() if owns or table is None else _hidden(table)
    shown = [column_letters(c) for c in columns]
    by_row = table is not None and table.orientation == "down"
    return Excerpt(
        columns=tuple(shown),
        headings=tuple(_heading(table, letters, hidden) for letters in shown) if by_row else (),
        heading_row=table.header_row if table is not None and by_row else None,
        rows=tuple((r, tuple(loaded.get((r, c), _BLANK) for c in columns)) for r in _rows(loaded, hits)),
        hidden=hidden,
        hits=frozenset(c.cell for c in cells),
    )


def field_of(kind: str, name: str) -> Field | None:
    """The vocabulary's field of a record's value."""
    return _fields(load_vocabulary().version).get((kind, name))


@lru_cache(maxsize=2)
def _fields(version: str) -> dict[tuple[str, str], Field]:
    """(kind of record, short name) -> field, made once per version of the vocabulary."""
    return {(f.kind, f.short): f for f in load_vocabulary().fields.values()}


def _rows(loaded: Mapping[Position, Written], hits: Sequence[Position]) -> list[int]:
    """The value's rows and the one before them (else after): enough to recognise the place."""
    rows = sorted({row for row, _ in hits})
    others = sorted({row for row, _ in loaded} - set(rows))
    before = [row for row in others if row < rows[0]]
    return sorted({*rows[:3], *(before[-1:] or others[:1])})


def _columns(table: ReadTable | None, loaded: Mapping[Position, Written], hits: Sequence[Position]) -> list[int]:
    """All columns of the table, those of a very wide one around the value."""
    known = {column_number(letters) for letters in table.columns} if table and table.orientation == "down" else set()
    columns = sorted(known | {column for _, column in loaded} | {column for _, column in hits})
    at = columns.index(hits[0][1])
    first = max(0, min(at - _MOST_COLUMNS // 2, len(columns) - _MOST_COLUMNS))
    return columns[first : first + _MOST_COLUMNS]


def _hidden(table: ReadTable) -> frozenset[str]:
    return frozenset(letters for letters, column in table.columns.items() if _is_hidden(column))


def _is_hidden(column: ReadColumn) -> bool:
    field = load_vocabulary().fields.get(column.field or "")
    return field is None or CONTACT in (field.kind, field.type)


def _heading(table: ReadTable | None, letters: str, hidden: frozenset[str]) -> Written:
    column = table.columns.get(letters) if table else None
    return _BLANK if column is None or letters in hidden else Written(column.heading)


def _cells(picture: Picture, statement: Said, owns: bool) -> Iterator[tuple[Position, Written]]:
    """The cells near the statement's row; without ``owns`` neither contact data nor kept columns are among them."""
    for known, other in _near(picture, statement):
        if owns:
            yield from _kept(picture, other)
        for name in other.body.values:
            field = field_of(known.kind, name)
            if owns or (field is not None and CONTACT not in (field.kind, field.type)):
                yield from _loaded(picture, other, name)


def _loaded(picture: Picture, statement: Said, name: str) -> Iterator[tuple[Position, Written]]:
    said = said_texts(picture, statement, name)
    for index, cell in enumerate(picture.provenance.sources(statement, name)):
        at = position(cell.cell)
        if at and cell.role == "value":
            yield at, said[min(index, len(said) - 1)] if said else _BLANK


def _kept(picture: Picture, statement: Said) -> Iterator[tuple[Position, Written]]:
    table = picture.provenance.table(statement)
    letters = {c.heading: column_number(at) for at, c in table.columns.items()} if table else {}
    for heading, text in statement.body.kept.items():
        cell = statement.body.kept_cells.get(heading)
        if cell:
            yield (cell[0], cell[1]), Written(text)
        elif heading in letters and statement.row is not None:
            yield (statement.row, letters[heading]), Written(text)


def _near(picture: Picture, statement: Said, rows: int = 6) -> Iterator[tuple[Known, Said]]:
    """Statements of the same table; rows far away are never shown and left unread."""
    for known, other in _by_table(picture).get((statement.delivery, statement.table_no), ()):
        if other.row is None or statement.row is None or abs(other.row - statement.row) <= rows:
            yield known, other


def _tables(picture: Picture) -> dict[tuple[int | None, int | None], list[tuple[Known, Said]]]:
    found: dict[tuple[int | None, int | None], list[tuple[Known, Said]]] = defaultdict(list)
    for records in picture.state.records.values():
        for known in records.values():
            for said in known.said:
                found[said.delivery, said.table_no].append((known, said))
    return found


_by_table: Once[Picture, dict[tuple[int | None, int | None], list[tuple[Known, Said]]]] = Once(_tables)
