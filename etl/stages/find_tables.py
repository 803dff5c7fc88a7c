"""Stage 2: where on a sheet the tables stand, which rows are their records, and what every other cell is."""

from __future__ import annotations

from etl.issues import Issue
from etl.stages.columns.heading_index import heading_index
from etl.stages.shapes import Sheet, Table
from etl.stages.tables.beside import regions
from etl.stages.tables.grid import Grid
from etl.stages.tables.ignored import has_records, is_ignored, says_no_records, set_whole_sheet_aside
from etl.stages.tables.notes import note_words
from etl.stages.tables.stacked import tables_in
from etl.vocabulary import Vocabulary


def find_tables(sheet: Sheet, vocabulary: Vocabulary) -> tuple[list[Table], dict[tuple[int, int], str], list[Issue]]:
    """The tables of ``sheet`` (kind and fields still open), the cells that are no data with their reason, and issues.

    Every filled cell is a heading cell of a table, stands in one of its data rows, is set aside, or lies in a table
    without heading and kind, which will be reported with its range. A section row is both set aside and given in
    ``Table.sections``: where a record takes it over it counts as loaded.
    """
    grid = Grid(sheet)
    if not any(grid.counts):
        return [], {}, []
    if says_no_records(sheet, vocabulary):
        return [], set_whole_sheet_aside(grid, "instruction"), []
    index, words = heading_index(vocabulary), note_words(vocabulary)
    tables: list[Table] = []
    aside: dict[tuple[int, int], str] = {}
    for region in regions(grid, index, words):
        found, notes = tables_in(region, index, words, vocabulary)
        tables += found
        aside |= notes
    if (reason := is_ignored(sheet, vocabulary)) and not any(has_records(table, index) for table in tables):
        return [], set_whole_sheet_aside(grid, reason), []
    days = [table.as_of for table in tables if table.as_of]
    for table in tables:
        table.as_of = table.as_of or (days[0] if days else None)
    return tables, aside, []
