"""Reads a table column by column: a plain path for free text, one reading per distinct value for everything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from etl.stages.readings.cells import LONGEST_TOKEN, PLAIN_TYPES, Context, read_cell, text_tokens_of
from etl.stages.readings.column_facts import Filling, chosen_of_years, context_of, filling_of, heading_sources
from etl.stages.readings.reading import BLANKS, Reading
from etl.stages.readings.records import KEPT, LOADED, Records, Source
from etl.stages.readings.reports import Position
from etl.stages.readings.spans import is_year_shown_as_date
from etl.stages.shapes import CellValue, Column, FieldValue, column_letters, rendered, said_of
from etl.vocabulary import Field

#: Read after all others: what they give beside their own field must not take the place of a column of its own.
_LATE = {"period": 3, "contact": 3, "number": 1, "count": 1}
_LATE_FIELDS = {"participants_actual": 2}


def read_columns(records: Records) -> None:
    """Fills the drafts from all columns of the table; what no field takes is kept under its heading."""
    vocabulary, table = records.vocabulary, records.table
    chosen = chosen_of_years(table.columns, records.day.year)
    known: list[tuple[Column, Field]] = []
    kept: list[Column] = []
    for column in [*table.columns, *_unnamed(records)]:
        found = vocabulary.fields.get(column.field) if column.field else None
        if found is None or found.kind not in records.family or id(column) not in chosen:
            kept.append(column)
        else:
            known.append((column, found))
            records.stated.add(found.name)
    seen: set[str] = set()
    for column, found in sorted(known, key=lambda pair: _LATE_FIELDS.get(pair[1].short) or _LATE.get(pair[1].type, 0)):
        slot = records.slot_of(column, found)
        first = f"{slot} {found.short}" not in seen
        seen.add(f"{slot} {found.short}")
        _read_column(records, filling_of(records, column), found, slot, first)
    for column in kept:
        _keep_column(records, filling_of(records, column))


def _unnamed(records: Records) -> list[Column]:
    """Columns that hold something in the records but were not named."""
    table = records.table
    if table.orientation != "down":
        return []
    named = {column.column for column in table.columns}
    missing = [c for c in range(table.first_column, table.last_column + 1) if c not in named]
    return [
        Column(c, column_letters(c)) for c in missing if any(records.sheet.filled(line, c) for line in records.lines)
    ]


def _read_column(records: Records, filling: Filling, found: Field, slot: str, first: bool) -> None:
    if found.type in PLAIN_TYPES and first and found.short != "email":
        _fill_texts(records, filling, found, slot)
    else:
        _fill_values(records, filling, found, slot, first)


def _fill_texts(records: Records, filling: Filling, found: Field, slot: str) -> None:
    name, outcomes, refers = found.short, records.outcomes, found.type == "reference"
    tokens = text_tokens_of(records.vocabulary)
    drafts, positions, spots = records.of(slot), filling.positions, filling.spots
    for index, value in enumerate(filling.values):
        if value is None:
            continue
        text = value if value.__class__ is str else said_of(value)
        stripped = text.strip(BLANKS)
        if not stripped:
            continue
        if len(stripped) <= LONGEST_TOKEN and stripped.casefold() in tokens:
            _put_cell(records, filling, index, found, slot, context_of(records, filling, found))
            continue
        draft = drafts[index]
        draft.values[name] = stripped
        draft.cells[name] = [spots[index]]
        outcomes[positions[index]] = LOADED
        if stripped is not text and stripped != text:
            draft.said[name] = [text]
        if refers:
            draft.references[name] = [stripped]


@dataclass(frozen=True, slots=True)
class _Known:
    """A value that was read before: ``plain`` and ``said`` where nothing needs a second look."""

    reading: Reading | None
    plain: FieldValue | None
    said: str | None


def _fill_values(records: Records, filling: Filling, found: Field, slot: str, first: bool) -> None:
    context = context_of(records, filling, found)
    heading = heading_sources(records, filling.column, found)
    name, outcomes, drafts = found.short, records.outcomes, records.of(slot)
    positions, spots, refers = filling.positions, filling.spots, found.type == "references"
    easy = first and not heading
    keys = _keys(records, filling)
    known: dict[object, _Known] = {}
    for index, value in enumerate(filling.values):
        if value is None:
            continue
        entry = known.get(keys[index])
        if entry is None:
            if isinstance(value, str) and not value.strip(BLANKS):
                continue
            percent = positions[index] in records.sheet.percent
            entry = typed_at_once(value, found.type) if not (heading or percent) else None
            entry = known[keys[index]] = entry or _known(read_cell(value, context, percent), value)
        draft, plain = drafts[index], entry.plain
        if plain is None or not easy or name in draft.values:
            _put_cell(records, filling, index, found, slot, context, entry.reading, heading)
            continue
        draft.values[name] = list(plain) if isinstance(plain, list) else plain
        draft.cells[name] = [spots[index]]
        outcomes[positions[index]] = LOADED
        if entry.said is not None:
            draft.said[name] = [entry.said]
        if refers:
            assert isinstance(plain, list)
            draft.references[name] = list(plain)


def _keys(records: Records, filling: Filling) -> Sequence[object]:
    """What makes two cells of a column read alike: their value; with percentages and truth values also their kind."""
    percents = records.sheet.percent
    if not percents and bool not in set(map(type, filling.values)):
        return filling.values
    pairs = zip(filling.values, filling.positions, strict=True)
    return [(value, value.__class__, position in percents) for value, position in pairs]


def typed_at_once(value: CellValue, type_name: str) -> _Known | None:
    """The short way for stored dates, amounts and whole numbers: the same as ``read_cell`` gives, without a reading."""
    if isinstance(value, dt.date):
        if type_name not in ("date", "date_end") or is_year_shown_as_date(value) or isinstance(value, dt.datetime):
            return None
        return _Known(None, value.isoformat(), None)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 10**7:
        return None
    if type_name == "count":
        return _Known(None, value, None) if isinstance(value, int) else None
    whole, _, decimals = repr(value).partition(".")
    if type_name != "amount" or len(decimals) > 2 or not whole.isdigit():
        return None
    said = whole if decimals in ("", "0") else f"{whole}.{decimals}"
    return _Known(None, f"{whole}.{decimals:0<2}", said)


def _known(reading: Reading, value: CellValue) -> _Known:
    exact = not (reading.qualifier or reading.mark or reading.problem or reading.reason)
    plain = reading.value if exact and len(reading.fields) == 1 else None
    said = said_of(value)
    derived = plain is not None and rendered(plain) == said
    return _Known(reading, plain, None if derived else said)


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
    value, position, column = filling.values[index], filling.positions[index], filling.column
    reading = reading or read_cell(value, context, position in records.sheet.percent)
    said = said_of(value)
    source = Source([(*position, "value")], [said])
    if not reading.gives_nothing:
        for cell in heading:
            source.cells.append((*cell, "heading"))
            source.said.append(said_of(records.sheet.value(*cell)))
    put_any = records.put(slot, index, found.short, reading, source)
    if put_any and column.year and found.kind in ("indicator", "observation"):
        records.put_year(slot, index, found.short, column.year, _heading_only(source))
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
    for index, (value, position) in enumerate(zip(filling.values, filling.positions, strict=True)):
        if value is None:
            continue
        text = said_of(value)
        if text.strip(BLANKS):
            _keep(records, filling.column, index, position, text)


def _keep(records: Records, column: Column, index: int, position: Position, text: str) -> None:
    draft = records.own[index]
    heading = column.heading.strip(BLANKS) or column_letters(column.column)
    if heading in draft.kept:
        heading = f"{heading} ({column_letters(column.column)})"
    draft.kept[heading] = text
    draft.kept_cells[heading] = position
    records.outcomes[position] = KEPT
