"""A heading whose words nobody knows, found by its shape: short different texts above rows of another nature."""

from __future__ import annotations

from statistics import median

from etl.stages.columns.content import cell_kind
from etl.stages.tables.grid import Grid, could_be_heading

_SEARCHED = 12
_COMPARED = 10
_COVERAGE = 0.6


def shaped_like_heading(grid: Grid, first: int, last: int) -> int | None:
    """The first row that stands over the rows below it like a heading, None where the block starts with data."""
    for row in range(first, min(last - 1, first + _SEARCHED) + 1):
        below = [r for r in range(row + 1, min(last, row + _COMPARED) + 1) if grid.count(r) >= 2]
        if grid.count(row) < 2 or not below:
            continue
        if _groups_over(grid, row, below):
            return row + 1
        if grid.count(row) >= _COVERAGE * median(grid.count(r) for r in below):
            return row if _stands_over(grid, row, below) else None
    return None


def merged_groups_over(grid: Grid, row: int, last: int) -> bool:
    """Whether ``row``, its words known or not, is merged over columns of a fuller row under it that heads the list."""
    spans = [area for area in grid.merged_in(row) if area[0] == row and area[3] > area[1]]
    below = [r for r in range(row + 1, min(last, row + _COMPARED) + 1) if grid.count(r) >= 2]
    half = 2 * grid.count(row) <= grid.count(row + 1) if row < last else False
    return bool(spans) and half and _groups_over(grid, row, below)


def _groups_over(grid: Grid, row: int, below: list[int]) -> bool:
    """Whether ``row`` only groups the fuller heading row right under it."""
    under = row + 1
    if under not in below or grid.count(row) > 0.75 * grid.count(under):
        return False
    return _stands_over(grid, under, [r for r in below if r > under])


def _stands_over(grid: Grid, row: int, below: list[int]) -> bool:
    filled = grid.filled(row)
    values = [grid.value(row, column) for column in filled]
    texts = [value.strip() for value in values if isinstance(value, str)]
    if len(texts) < len(values) and not all(map(could_be_heading, values)):
        return False
    if len(set(texts)) < 0.7 * len(texts) or any(cell_kind(text) not in ("text", "year") for text in texts):
        return False
    contrasts = [_contrast(grid, column, below, value) for column, value in zip(filled, values, strict=True)]
    return contrasts.count(-1) <= contrasts.count(1) * 0.25 and contrasts.count(1) >= max(1, len(filled) // 4)


def _contrast(grid: Grid, column: int, below: list[int], heading: object) -> int:
    """1 where the column's cells are of another nature than its heading, -1 where the heading is one of them."""
    cells = [value for r in below if (value := grid.value(r, column)) not in (None, "")]
    if not cells:
        return 0
    if heading in cells:
        return -1
    kinds = [cell_kind(cell) for cell in cells]
    if sum(kind not in ("text", "nothing") for kind in kinds) >= 0.6 * len(kinds):
        return 1
    repeated = len(cells) >= 3 and len(set(cells)) <= 0.7 * len(cells)
    lengths = [len(cell) for cell in cells if isinstance(cell, str)]
    longer = bool(lengths) and sum(lengths) / len(lengths) > 2 * len(str(heading))
    return 1 if repeated or longer else 0
