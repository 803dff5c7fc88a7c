"""Headings that run down the first column: recognised, so that they are not read the wrong way round."""

from __future__ import annotations

from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.tables.grid import Grid
from etl.stages.tables.heading_rows import Heading

_LEAST = 4


def is_transposed(grid: Grid, heading: Heading, data_rows: list[int], index: HeadingIndex) -> bool:
    """Nearly every cell of the first column is a known heading, and of the heading row only its first cell is."""
    first = heading.first_column
    if len(data_rows) < _LEAST - 1 or len(data_rows) > 60:
        return False
    texts = [text for row in data_rows if (text := grid.text(row, first))]
    if not texts or not index.knows(texts[0]) or len(texts) < 0.8 * len(data_rows):
        return False
    down = sum(map(index.knows, texts)) / len(texts)
    others = [text for column in heading.cells if column != first and (text := grid.text(heading.rows[0], column))]
    across = sum(map(index.knows, others)) / len(others) if others else 0.0
    return down >= 0.7 and across < 0.5


def is_form(grid: Grid, first: int, last: int, index: HeadingIndex) -> bool:
    """A block of labels with one value each: two cells in a row, the first of them a known heading."""
    pairs = [row for row in range(first, last + 1) if grid.count(row) == 2]
    if len(pairs) < _LEAST or len(pairs) < 0.7 * (last - first + 1):
        return False
    labels = [grid.text(row, grid.filled(row)[0]) or "" for row in pairs]
    return len(set(labels)) == len(labels) and sum(map(index.knows, labels)) >= 0.6 * len(labels)
