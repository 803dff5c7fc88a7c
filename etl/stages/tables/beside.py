"""Tables and legends standing side by side on a sheet, parted by blank columns."""

from __future__ import annotations

from dataclasses import replace

from etl.stages.columns.anchors import ANCHOR_FIELDS
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.shapes import CellValue, Sheet
from etl.stages.tables.grid import Grid
from etl.stages.tables.heading_rows import Heading, find_heading
from etl.stages.tables.notes import NoteWords

_WORDS_OF_A_TITLE = 3


def regions(grid: Grid, index: HeadingIndex, words: NoteWords) -> list[Grid]:
    """The sheet whole, or one grid for each group of columns that is a table (or a note) of its own."""
    groups = _column_groups(grid)
    if len(groups) < 2:
        return [grid]
    heading = _first_heading(grid, index, words)
    if heading is None:
        return [grid]
    parts = [groups[0]]
    for first, last in groups[1:]:
        if _stands_alone(grid, heading, parts[-1], (first, last), index):
            parts.append((first, last))
        else:
            parts[-1] = (parts[-1][0], last)
    return [grid] if len(parts) == 1 else [Grid(_only(grid.sheet, first, last)) for first, last in parts]


def _column_groups(grid: Grid) -> list[tuple[int, int]]:
    used = [any(value not in (None, "") for value in column) for column in zip(*grid.rows, strict=True)]
    for positions in (grid.sheet.errors, grid.sheet.formulas_without_value):
        for _, column in positions:
            used[column - 1] = True
    groups: list[tuple[int, int]] = []
    for column, filled in enumerate(used, 1):
        if filled and groups and groups[-1][1] == column - 1:
            groups[-1] = (groups[-1][0], column)
        elif filled:
            groups.append((column, column))
    return groups


def _first_heading(grid: Grid, index: HeadingIndex, words: NoteWords) -> Heading | None:
    for first, last in grid.blocks():
        heading = find_heading(grid, first, last, index, words, by_shape=False)
        if heading:
            return heading
    return None


def _stands_alone(
    grid: Grid, heading: Heading, left: tuple[int, int], right: tuple[int, int], index: HeadingIndex
) -> bool:
    """The right group has no part in the heading, or both groups have a title-like heading of their own and rows of
    their own: where the same rows are filled on both sides, the blank column is only a gap."""
    inside = [column for column in heading.cells if right[0] <= column <= right[1]]
    if not inside or _explains(grid, heading, right):
        return True
    if len(inside) >= 2 and _titled_apart(grid, heading, left, right, index):
        return _rows(grid, heading, left) != _rows(grid, heading, right)
    if len(inside) < 2 or _headings(grid, heading, left) == _headings(grid, heading, right):
        return len(inside) >= 2
    return (
        _titled(grid, heading, left, index)
        and _titled(grid, heading, right, index)
        and _restarts(grid, heading, left, right, index)
        and _rows(grid, heading, left) != _rows(grid, heading, right)
    )


def _titled_apart(
    grid: Grid, heading: Heading, left: tuple[int, int], right: tuple[int, int], index: HeadingIndex
) -> bool:
    """Above the headings stands one title over the first column of each group, several words each, none a heading."""
    for row in range(heading.leaf - 1, max(0, heading.leaf - 3), -1):
        if grid.filled(row) != [left[0], right[0]]:
            continue
        titles = [grid.text(row, column) or "" for column in (left[0], right[0])]
        return all(len(title.split()) >= _WORDS_OF_A_TITLE and not index.knows(title) for title in titles)
    return False


def _explains(grid: Grid, heading: Heading, group: tuple[int, int]) -> bool:
    """A lone column behind a gap whose heading ends with a colon is a legend, not a column of the list."""
    texts = _headings(grid, heading, group)
    return group[0] == group[1] and len(texts) == 1 and texts[0].endswith(":")


def _rows(grid: Grid, heading: Heading, group: tuple[int, int]) -> list[int]:
    """The rows of the block below the heading in which the group holds something."""
    found = []
    for row in range(heading.leaf + 1, grid.height + 1):
        if not grid.count(row):
            break
        if any(group[0] <= column <= group[1] for column in grid.filled(row)):
            found.append(row)
    return found


def _restarts(grid: Grid, heading: Heading, left: tuple[int, int], right: tuple[int, int], index: HeadingIndex) -> bool:
    """The right group's first heading is a title or a number again, as at the start of a list."""
    first = next(iter(_headings(grid, heading, right)), "")
    begins = {meaning.field for meaning in index.meanings(first)}
    return bool(begins & ANCHOR_FIELDS) or any(name.endswith(".id") for name in begins)


def _headings(grid: Grid, heading: Heading, group: tuple[int, int]) -> list[str]:
    columns = sorted(column for column in heading.cells if group[0] <= column <= group[1])
    return [grid.text(*heading.cells[column][-1]) or "" for column in columns]


def _titled(grid: Grid, heading: Heading, group: tuple[int, int], index: HeadingIndex) -> bool:
    texts = _headings(grid, heading, group)
    meanings = (meaning for text in texts if index.knows(text) for meaning in index.meanings(text))
    return any(meaning.field in ANCHOR_FIELDS for meaning in meanings)


def _only(sheet: Sheet, first: int, last: int) -> Sheet:
    """The sheet with all other columns blank: rows and columns keep their numbers."""
    before: list[CellValue] = [None] * (first - 1)
    after: list[CellValue] = [None] * (len(sheet.rows[0]) - last)
    return replace(
        sheet,
        rows=[before + row[first - 1 : last] + after for row in sheet.rows],
        errors={cell: text for cell, text in sheet.errors.items() if first <= cell[1] <= last},
        formulas_without_value={
            cell: text for cell, text in sheet.formulas_without_value.items() if first <= cell[1] <= last
        },
        merged=[area for area in sheet.merged if first <= area[1] <= last],
    )
