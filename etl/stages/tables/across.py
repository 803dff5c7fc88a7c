"""Tables whose records stand beside one another: headings run down the first column, each column is a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from etl.stages.columns.content import cell_kind
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.tables.grid import Grid

_FEWEST_HEADINGS, _MOST_HEADINGS, _MOST_RECORDS = 4, 60, 80
_KNOWN_DOWN, _KNOWN_ACROSS = 0.6, 0.5
_FEW_KNOWN = 0.3
_MOST_GROUPS = 0.5
_CLEARLY_ALIKE, _ALIKE = 0.2, 0.08
_FAMILIES = {
    "date": "day", "period": "day", "year": "day", "number": "number", "money": "number", "percent": "number",
    "postcode": "number", "long": "text",
}  # fmt: skip


def runs_across(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> bool:
    """Whether the headings of the block stand in its first column, told by known words and by what is alike."""
    if not _FEWEST_HEADINGS <= len(rows) <= _MOST_HEADINGS:
        return False
    filled = [grid.filled(row) for row in rows]
    first = label_column(grid, rows)
    filled = [[column for column in found if column >= first] for found in filled]
    if not all(filled):
        return False
    widths = sorted(len(found) for found in filled)
    if widths[len(widths) // 2] < 3 or widths[-1] > _MOST_RECORDS:
        return False
    down = _known(grid, [(row, first) for row, found in zip(rows, filled, strict=True) if found[0] == first], index)
    widest = max(rows[:3], key=grid.count)
    across = _known(grid, [(widest, column) for column in grid.filled(widest) if column != first], index)
    if across >= _KNOWN_ACROSS or down < across:
        return False
    headed = sum(found[0] == first for found in filled) >= 0.8 * len(filled)
    if not headed or not _different_texts(grid, rows, first):
        return False
    alike = _likeness(grid, rows, first)
    return (
        alike >= _CLEARLY_ALIKE
        or (alike >= _ALIKE and down >= _FEW_KNOWN)
        or (down >= _KNOWN_DOWN and alike >= -_ALIKE)
    )


def label_column(grid: Grid, rows: Sequence[int]) -> int:
    """The column the headings stand in: the leftmost, or the one beside a column of groups ("Basics", "People")."""
    first = min(grid.filled(row)[0] for row in rows)
    groups = [grid.text(row, first) for row in rows if grid.text(row, first)]
    few = 2 <= len(groups) <= _MOST_GROUPS * len(rows) and len(set(groups)) == len(groups)
    beside = all(len(found := grid.filled(row)) > 1 and first + 1 in found for row in rows)
    return first + 1 if few and beside else first


def _different_texts(grid: Grid, rows: Sequence[int], first: int) -> bool:
    """Headings are texts, each another."""
    texts = [grid.text(row, first) for row in rows]
    named = [text for text in texts if text]
    return len(named) >= 0.8 * len(rows) and len(set(named)) >= 0.95 * len(named)


def _known(grid: Grid, cells: Sequence[tuple[int, int]], index: HeadingIndex) -> float:
    texts = [text.rstrip(" :") for cell in cells if (text := grid.text(*cell))]
    return sum(map(index.knows, texts)) / len(cells) if cells else 0.0


def _likeness(grid: Grid, rows: Sequence[int], first: int) -> float:
    """How much more the cells of a row are of one nature than those of a column; negative for lists that run down."""
    cells = {
        (row, column): _nature(grid.value(row, column))
        for row in rows
        for column in grid.filled(row)
        if column != first
    }
    return _purity(cells, 0) - _purity(cells, 1)


def _nature(value: object) -> str:
    kind = cell_kind(value)  # type: ignore[arg-type]
    return _FAMILIES.get(kind, kind)


def _purity(cells: dict[tuple[int, int], str], axis: int) -> float:
    lines: dict[int, Counter[str]] = {}
    for cell, nature in cells.items():
        if nature != "nothing":
            lines.setdefault(cell[axis], Counter())[nature] += 1
    several = [line for line in lines.values() if sum(line.values()) >= 2]
    total = sum(sum(line.values()) for line in several)
    return sum(max(line.values()) for line in several) / total if total else 0.0
