"""Sheets that by their name hold no records: legends, instructions, lists for drop-downs."""

from __future__ import annotations

from etl.stages.columns.anchors import ANCHOR_FIELDS
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.shapes import Sheet, Table
from etl.stages.tables.grid import Grid
from etl.vocabulary import Vocabulary, normalise

_INSTRUCTIONS = ("hinweis", "ausfuell", "anleitung", "instruction", "read", "deckblatt", "vorlage", "cover", "titel")
_HEADINGS_OF_RECORDS = 3


def is_ignored(sheet: Sheet, vocabulary: Vocabulary) -> str | None:
    """The reason its cells are set aside for, None where the name says nothing of the kind."""
    name = normalise(sheet.name)
    words = (name, *(word for word in name.split() if len(word) > 4))
    if any(vocabulary.sheets.get(word) == "ignore" for word in words):
        return "instruction" if name.startswith(_INSTRUCTIONS) else "legend"
    return None


def says_no_records(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Its first cell says so, as on the sheets of our own template that explain and list words."""
    first = sheet.value(1, 1)
    return isinstance(first, str) and normalise(first).startswith(vocabulary.set_aside.get("sheet", ()))


def has_records(table: Table, index: HeadingIndex) -> bool:
    """Clearly a list of ours whatever the sheet is called: a title-like heading among three known ones, and rows."""
    known = [column.heading for column in table.columns if column.heading_cells and index.knows(column.heading)]
    titled = any(meaning.field in ANCHOR_FIELDS for heading in known for meaning in index.meanings(heading))
    return bool(table.data_rows) and titled and len(known) >= _HEADINGS_OF_RECORDS


def set_whole_sheet_aside(grid: Grid, reason: str) -> dict[tuple[int, int], str]:
    return {(row, column): reason for row in range(1, grid.height + 1) for column in grid.filled(row)}
