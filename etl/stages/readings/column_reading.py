"""Reads a table column by column: a plain path for free text, one reading per distinct value for everything else."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from etl.stages.readings.cells import PLAIN_TYPES, Context, read_cell
from etl.stages.readings.column_facts import Filling, chosen_of_years, context_of, filling_of, heading_sources
from etl.stages.readings.crosses import read_crosses
from etl.stages.readings.legend import legend_readings
from etl.stages.readings.legend_words import sign_of
from etl.stages.readings.plain_columns import KnownValues, PlainColumn, Waiting, read_texts
from etl.stages.readings.reading import BLANKS, Reading
from etl.stages.readings.records import KEPT, Records, Source
from etl.stages.readings.reports import Position
from etl.stages.readings.spans import is_year_shown_as_date
from etl.stages.shapes import CellValue, Column, FieldValue, column_letters, said_of
from etl.vocabulary import Field

#: Read after all others: what they give beside their own field must not take the place of a column of its own.
_LATE = {"period": 3, "contact": 3, "number": 1, "count": 1}
#: Texts that are not taken as they stand.
_TAKEN_APART = frozenset(("email", "street", "field_of_action"))
_LATE_FIELDS = {"participants_actual": 2}


def read_columns(records: Records) -> None:
    """Fills the drafts from all columns of the table; what no field takes is kept under its heading."""
    vocabulary, table = records.vocabulary, records.table
    chosen = chosen_of_years(table.columns, records.day.year)
    known: list[tuple[Column, Field]] = []
    kept: list[Column] = []
    crossed: dict[str, list[tuple[Filling, Field]]] = defaultdict(list)
    for column in [*table.columns, *_unnamed(records)]:
        found = vocabulary.fields.get(column.field) if column.field else None
        if found is None or found.kind not in records.family or id(column) not in chosen:
            kept.append(column)
        elif column.choice is not None:
            crossed[found.name].append((filling_of(records, column), found))
        else:
            known.append((column, found))
            records.stated.add(found.name)
    seen: set[str] = set()
    waiting = Waiting(records)
    for column, found in sorted(known, key=lambda pair: _LATE_FIELDS.get(pair[1].short) or _LATE.get(pair[1].type, 0)):
        slot = records.slot_of(column, found)
        first = f"{slot} {found.short}" not in seen
        seen.add(f"{slot} {found.short}")
        _read_column(records, filling_of(records, column), found, slot, first, waiting)
    waiting.put_in()
    for group in crossed.values():
        read_crosses(records, group)
    for column in kept:
        _keep_column(records, filling_of(records, column))


def _unnamed(records: Records) -> list[Column]:
    """Columns that hold something in the records but were not named."""
    table = records.table
    named = {column.column for column in table.columns}
    missing = [c for c in range(table.first_column, table.last_column + 1) if c not in named]
    return [
        Column(c, column_letters(c)) for c in missing if any(records.sheet.filled(line, c) for line in records.lines)
    ]


def _read_column(records: Records, filling: Filling, found: Field, slot: str, first: bool, waiting: Waiting) -> None:
    """What reads without a doubt waits to be put in together with other columns; the other cells are put in one by
    one.
    """
    context = context_of(records, filling, found)
    heading = heading_sources(records, filling.column, found)
    keys = _keys(records, filling)
    if found.type in PLAIN_TYPES and first and found.short not in _TAKEN_APART:
        known = read_texts(keys, filling.values, records.vocabulary)
    else:
        known = _read_values(records, filling, keys, context, bool(heading))
    legend = _read_signs(records, filling, found, keys, known)
    column = PlainColumn(filling, found, keys, known)
    if first and not heading:
        careful = waiting.add(slot, column)
    else:
        waiting.look()
        careful = column.filled()
    for index in careful:
        explained = legend.get(keys[index], ())
        _put_cell(
            records, filling, index, found, slot, context, known.readings.get(keys[index]), [*heading, *explained]
        )


def _read_values(
    records: Records, filling: Filling, keys: Sequence[Hashable], context: Context, careful: bool
) -> KnownValues:
    """Each different value of a column is read once."""
    type_, known = context.field.type, KnownValues()
    alone = keys is filling.values
    if alone and not careful and type_ in ("date", "date_end") and known.add_days(keys):
        return known
    for key in set(keys):
        value: CellValue = key if alone else key[0]  # type: ignore[assignment,index]
        percent: bool = not alone and key[2]  # type: ignore[index]
        if value is None or (isinstance(value, str) and not value.strip(BLANKS)):
            known.blank.add(key)
            continue
        typed = None if careful or percent else typed_at_once(value, type_)
        if typed is None:
            known.add_reading(key, value, read_cell(value, context, percent))
            continue
        known.plain[key], said = typed
        if said is not None:
            known.said[key] = said
    return known


def _read_signs(
    records: Records, filling: Filling, found: Field, keys: Sequence[Hashable], known: KnownValues
) -> Mapping[Hashable, Sequence[Position]]:
    """What the sheet's own legend says about a column's signs comes before what they mean elsewhere."""
    readings = legend_readings(records, filling, found)
    cells: dict[Hashable, Sequence[Position]] = {}
    if not readings:
        return cells
    for key, value in zip(keys, filling.values, strict=True):
        sign = sign_of(value)
        if sign is not None and sign in readings and key not in cells:
            known.plain.pop(key, None)
            reading, cell = readings[sign]
            known.add_reading(key, value, reading)
            cells[key] = (cell,)
            records.outcomes[cell] = "heading"
    return cells


def _keys(records: Records, filling: Filling) -> Sequence[Hashable]:
    """What makes two cells of a column read alike: their value; with percentages and truth values also their kind."""
    percents = records.sheet.percent
    if not percents and bool not in set(map(type, filling.values)):
        return filling.values
    pairs = zip(filling.values, filling.positions, strict=True)
    return [(value, value.__class__, position in percents) for value, position in pairs]


class Typed(NamedTuple):
    """A value read without a doubt; ``said`` is the cell's text where the value does not render it."""

    plain: FieldValue
    said: str | None


def typed_at_once(value: CellValue, type_name: str) -> Typed | None:
    """The short way for stored dates, amounts and whole numbers: the same value as ``read_cell`` gives."""
    if isinstance(value, dt.date):
        if type_name not in ("date", "date_end") or is_year_shown_as_date(value) or isinstance(value, dt.datetime):
            return None
        return Typed(value.isoformat(), None)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 10**7:
        return None
    if type_name == "count":
        return Typed(value, None) if isinstance(value, int) else None
    if type_name != "amount":
        return None
    whole, _, decimals = repr(value).partition(".")
    if len(decimals) > 2 or not whole.isdigit():
        return None
    said = whole if decimals in ("", "0") else f"{whole}.{decimals}"
    return Typed(f"{whole}.{decimals:0<2}", said)


def _put_cell(
    records: Records,
    filling: Filling,
    index: int,
    found: Field,
    slot: str,
    context: Context,
    reading: Reading | None = None,
    heading: Sequence[Position] = (),
) -> None:
    """The careful path: headings as sources, qualifiers, marks, reports, conflicts with other columns."""
    value, position, column = filling.values[index], filling.position(index), filling.column
    reading = reading or read_cell(value, context, position in records.sheet.percent)
    said = said_of(value)
    source = Source([(*position, "value")], [said])
    if not reading.gives_nothing:
        for cell in heading:
            source.cells.append((*cell, "heading"))
            source.said.append(said_of(records.sheet.value(*cell)))
    put_any = records.put(slot, index, found.short, reading, source)
    if put_any and column.year and found.kind in ("indicator", "observation"):
        day = column.until or (f"{column.year}-12-31", "year")
        records.put_day(slot, index, found.short, day, _heading_only(source))
    if put_any and found.type in ("reference", "references"):
        records.refer(slot, index, found.short)
    unread_here = reading.unread is not None and records.of(slot)[index].cells.get(found.short) == source.cells
    if not put_any and not unread_here and (reading.unread is not None or not reading.gives_nothing):
        _keep(records, column, index, position, said)
        return
    records.outcomes[position] = records.outcome_of(reading, put_any)
    dated_later = found.name == "measure.status" and reading.value is not None
    if (reading.mark or reading.problem) and not dated_later:
        records.reports.tell_reading(reading, position, said, found.name, column.heading)


def _heading_only(source: Source) -> Source:
    """The year comes from the heading, where the sheet has one; else from the cell itself."""
    found = [(cell, said) for cell, said in zip(source.cells, source.said, strict=True) if cell[2] == "heading"]
    return Source([cell for cell, _ in found], [said for _, said in found]) if found else source


def _keep_column(records: Records, filling: Filling) -> None:
    column = filling.column
    heading = _kept_heading(column)
    plain = []
    for index, (draft, value, row) in enumerate(zip(records.own, filling.values, filling.rows, strict=True)):
        if value is None:
            continue
        text = value if isinstance(value, str) else said_of(value)
        if not text.strip(BLANKS):
            continue
        if heading in draft.kept:
            _keep(records, column, index, (row, column.column), text)
            continue
        draft.kept[heading] = text
        draft.kept_cells[heading] = (row, column.column)
        plain.append(row)
    records.outcomes.set_rows(column.column, plain, KEPT)


def _kept_heading(column: Column) -> str:
    return column.heading.strip(BLANKS) or column_letters(column.column)


def _keep(records: Records, column: Column, index: int, position: Position, text: str) -> None:
    draft = records.own[index]
    heading = _kept_heading(column)
    if heading in draft.kept:
        heading = f"{heading} ({column_letters(column.column)})"
    draft.kept[heading] = text
    draft.kept_cells[heading] = position
    records.outcomes[position] = KEPT
