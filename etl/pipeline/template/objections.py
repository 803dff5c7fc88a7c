"""What reading a template back objects to, as places in its known rows, and how these give way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from etl.pipeline.preview import Preview
from etl.pipeline.template.known import Rows
from etl.pipeline.template.layout import FIRST_ROW, HEADING_ROW, template_columns
from etl.stages.readers.cells import column_number
from etl.wording import say

_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
#: Issues that weigh two cells of a row against each other.
_WEIGHING = frozenset({"end_before_start", "reached_above_planned", "spent_above_granted"})
#: (entity, row from 0 among the known ones, column or None for the whole row)
Place = tuple[str, int, int | None]


def objections(preview: Preview, rows: Rows, language: str, known: bool) -> set[Place]:
    """The places that raise an issue or read otherwise than what is known. ``known``: the store knows the partner, so
    that each prefilled row must be recognised as the record it came from."""
    entities = {say(language, f"template.sheet.{entity}"): entity for entity in template_columns()}
    return {
        *_questioned(preview, rows, entities),
        *_changed(preview, entities),
        *(_new(preview, entities) if known else ()),
    }


def _questioned(preview: Preview, rows: Rows, entities: dict[str, str]) -> Iterator[Place]:
    """The cells that issues name. Where an issue weighs cells of one row against each other, the first gives way; of
    records with the same name the first stays."""
    for issue in preview.issues:
        entity = entities.get(issue.sheet or "")
        places = [place for cell in issue.cells if entity for place in _places(entity, cell, rows)]
        numbers = {row for _, row, _ in places}
        if issue.code == "record_repeated":
            yield from ((places[0][0], row, None) for row in sorted(numbers)[len(numbers) > 1 :])
        else:
            yield from places[:1] if len(numbers) == 1 and issue.code in _WEIGHING else places


def _places(entity: str, cell: str, rows: Rows) -> Iterator[Place]:
    """A cell, or for a heading all known cells below it: what stands there does not look like its column."""
    found = _CELL.match(cell)
    row, column = (int(found[2]), column_number(found[1].encode()) - 1) if found else (0, 0)
    if row == HEADING_ROW:
        yield from ((entity, number, column) for number, known in enumerate(rows[entity]) if column in known.cells)
    elif row >= FIRST_ROW:
        yield entity, row - FIRST_ROW, column


def _changed(preview: Preview, entities: dict[str, str]) -> Iterator[Place]:
    for changed in preview.comparison.changed.values():
        for draft, fields in changed.items():
            entity, row = _origin(preview, draft, entities)
            names = {change.field.removesuffix("_precision") for change in fields}
            numbers: list[int | None] = [n for n, c in enumerate(template_columns()[entity]) if c.field.short in names]
            yield from ((entity, row, number) for number in numbers or [None])


def _new(preview: Preview, entities: dict[str, str]) -> Iterator[Place]:
    for drafts in preview.comparison.new.values():
        yield from ((*_origin(preview, draft, entities), None) for draft in drafts)


def _origin(preview: Preview, draft: int, entities: dict[str, str]) -> tuple[str, int]:
    sheet, _ = preview.understood.tables[preview.understood.table_of[draft]]
    return entities[sheet], preview.understood.drafts[draft].row - FIRST_ROW


def give_way(rows: Rows, places: Iterable[Place]) -> None:
    """Take the next way to write each cell; give up rows that can't say any more which record they are."""
    given_up = set()
    for entity, number, column in places:
        if number < len(rows[entity]):
            row = rows[entity][number]
            cell = row.cells.get(column) if column is not None else None
            if cell is not None and cell.ways:
                del cell.ways[0]
            if cell is None or not row.usable:
                given_up.add((entity, number))
    for entity, found in rows.items():
        found[:] = [row for number, row in enumerate(found) if (entity, number) not in given_up]
