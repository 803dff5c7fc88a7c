"""Where a table's heading stands: one row, or several read together (group over columns, German over English)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.stages.columns.anchors import ANCHOR_FIELDS
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.columns.heading_parts import heading_parts
from etl.stages.shapes import CellValue
from etl.stages.tables.grid import Grid, could_be_heading, is_year
from etl.stages.tables.heading_shape import merged_groups_over, shaped_like_heading
from etl.stages.tables.notes import NoteWords

SEARCHED_ROWS = 30
_BETTER_WITHIN = 6
_LONGEST_UNIT = 10
_LIKELY_WITHIN, _LIKELY_SHARE = 12, 0.7

Cell = tuple[int, int]


@dataclass(slots=True)
class Heading:
    """``leaf`` is the lowest heading row; ``cells`` gives each column's heading cells, top first; ``beside`` are rows
    under the heading that repeat, number or tag it, with their reason."""

    rows: tuple[int, ...]
    cells: dict[int, tuple[Cell, ...]]
    beside: dict[int, str] = field(default_factory=dict)

    @property
    def leaf(self) -> int:
        return max(self.rows[-1], *self.beside) if self.beside else self.rows[-1]

    @property
    def first_column(self) -> int:
        return min(self.cells)

    @property
    def last_column(self) -> int:
        return max(self.cells)


def find_heading(
    grid: Grid, first: int, last: int, index: HeadingIndex, words: NoteWords, *, by_shape: bool
) -> Heading | None:
    """The heading among rows ``first`` to ``last``, by known words, else (if ``by_shape``) by how the rows look."""
    row = _by_words(grid, first, min(last, first + SEARCHED_ROWS - 1), index)
    if row is not None and merged_groups_over(grid, row, last):
        row += 1
    if row is None:
        row = _single_column(grid, first, last, index)
    if row is None and by_shape:
        row = _by_likeness(grid, first, last, index) or shaped_like_heading(grid, first, last)
    return heading_at(grid, row, first, last, index, words) if row else None


def known_words(grid: Grid, row: int, index: HeadingIndex) -> int:
    """How many cells of ``row`` are known headings; 0 where the row holds dates, amounts or prose."""
    filled = grid.filled(row)
    if len(filled) < 2:
        return 0
    values = [grid.value(row, column) for column in filled]
    if sum(map(could_be_heading, values)) < 0.9 * len(values):
        return 0
    if sum(isinstance(value, str) and value.rstrip().endswith(":") for value in values) > len(values) / 3:
        return 0
    known = [c for c, v in zip(filled, values, strict=True) if isinstance(v, str) and index.knows(v.strip())]
    again = [column for column in known if _comes_again(grid, row, column)]
    return len(known) if len(again) == len(filled) else len(known) - len(again)


def _comes_again(grid: Grid, row: int, column: int) -> bool:
    """A word that stands in its column once more is a value of the list, unless the whole row comes again."""
    text = grid.text(row, column)
    return any(grid.text(below, column) == text for below in range(row + 1, min(grid.height, row + SEARCHED_ROWS) + 1))


def _by_words(grid: Grid, first: int, last: int, index: HeadingIndex) -> int | None:
    best, best_hits = None, 0
    for row in range(first, last + 1):
        if best is not None and row > best + _BETTER_WITHIN:
            break
        hits = known_words(grid, row, index)
        enough = hits >= 2 and hits * (3 if hits >= 3 else 2) >= grid.count(row)
        if enough and hits >= 2 * best_hits:
            best, best_hits = row, hits
    return best


def _by_likeness(grid: Grid, first: int, last: int, index: HeadingIndex) -> int | None:
    """The first row whose short, different texts nearly all read like headings of ours, above rows as full as it."""
    for row in range(first, min(last, first + _LIKELY_WITHIN)):
        filled = grid.filled(row)
        texts = [text for column in filled if (text := grid.text(row, column))]
        if len(texts) < 3 or len(texts) < len(filled) or len(set(texts)) < len(texts) or not _texts_only(grid, row):
            continue
        likely = sum(bool(index.meanings(text)) for text in texts)
        below = [grid.count(r) for r in range(row + 1, min(last, row + 4) + 1) if grid.count(r)]
        full = len(below) >= 2 and sum(count >= 0.5 * len(filled) for count in below) >= 2
        if likely >= _LIKELY_SHARE * len(texts) and full and not any(_comes_again(grid, row, c) for c in filled):
            return row
    return None


def _single_column(grid: Grid, first: int, last: int, index: HeadingIndex) -> int | None:
    """A list of one column, headed by a word that lists of ours are headed by, alone on its sheet."""
    if max(grid.counts) > 1:
        return None
    for row in range(first, min(last, first + 3)):
        filled = grid.filled(row)
        text = grid.text(row, filled[0]) if len(filled) == 1 else None
        if text and not text.endswith(":") and index.knows(text) and grid.filled(row + 1) == filled:
            alike = all(grid.filled(below) == filled for below in range(row + 1, min(last, row + 10) + 1))
            if alike and any(meaning.field in ANCHOR_FIELDS for meaning in index.meanings(text)):
                return row
    return None


def heading_at(grid: Grid, row: int, first: int, last: int, index: HeadingIndex, words: NoteWords) -> Heading:
    """The whole heading around ``row``: group rows above it, child rows, second heading and tags below it."""
    cells: dict[int, tuple[Cell, ...]] = {column: ((row, column),) for column in grid.filled(row)}
    rows = [row]
    above = row
    while above - 1 >= first and len(rows) < 3 and _is_group_row(grid, above - 1, cells, words):
        above -= 1
        rows.insert(0, above)
        _add_groups(grid, above, cells, index)
    below = row + 1
    while below <= last and len(rows) < 4 and _is_child_row(grid, below - 1, below):
        rows.append(below)
        _add_children(grid, below - 1, below, cells)
        below += 1
    beside: dict[int, str] = {}
    while below <= last and below < row + 5 and (reason := _beside_reason(grid, below, cells, index, words)):
        beside[below] = reason
        below += 1
    over = _heading_above(grid, rows[0] - 1, first, cells)
    if over:
        beside[over] = "second_heading"
    return Heading(tuple(rows), cells, beside)


def _texts_only(grid: Grid, row: int) -> bool:
    return all(could_be_heading(grid.value(row, column)) for column in grid.filled(row))


def _is_group_row(grid: Grid, row: int, cells: Iterable[int], words: NoteWords) -> bool:
    """Fewer cells than the row below, spread over its columns: not a title, not a "Stand:" line."""
    below = sorted(cells)
    filled = grid.filled(row)
    if not filled or len(filled) > 0.75 * len(below) or not _texts_only(grid, row):
        return False
    texts = [grid.text(row, column) or "" for column in filled]
    if any(text.endswith(":") or len(text) > 60 or "as_of" in words.reasons(text) for text in texts):
        return False
    if filled[-1] > below[-1] + 1 or filled[0] < below[0] - 1:
        return False
    widths = [grid.merged_width(row, column) for column in filled]
    if max(widths) >= 0.8 * len(below):
        return False
    if len(filled) >= 2:
        return True
    return filled[0] > below[0] and (widths[0] > 1 or len(below) >= 4)


def _add_groups(grid: Grid, row: int, cells: dict[int, tuple[Cell, ...]], index: HeadingIndex) -> None:
    filled = grid.filled(row)
    merged = any(area[3] > area[1] for area in grid.merged_in(row))
    for place, start in enumerate(filled):
        following = filled[place + 1] if place + 1 < len(filled) else grid.width + 1
        end = start + grid.merged_width(row, start) - 1 if merged else following - 1
        for column in [column for column in cells if start <= column <= end]:
            own = grid.text(cells[column][-1][0], column)
            carried = column != start and not merged
            if not (carried and own and index.knows(own) and not _under_any_group(own, index)):
                cells[column] = ((row, start), *cells[column])
        if start not in cells:
            cells[start] = ((row, start),)


def _under_any_group(text: str, index: HeadingIndex) -> bool:
    """Short or ambiguous words ("von", "Ist") that need the group carried over to them."""
    return len(text) <= 4 or bool(index.ambiguous.get(text.casefold()))


def _is_child_row(grid: Grid, row: int, below: int) -> bool:
    """Its cells stand under blanks of ``row`` that a heading to their left spans, or under that heading itself."""
    filled, above = grid.filled(below), set(grid.filled(row))
    if _within_heading(grid, row, below):
        return bool(filled)
    if not filled or not above or not _texts_only(grid, below):
        return False
    under_blank = [column for column in filled if column not in above and column > min(above)]
    under_text = [column for column in filled if column in above]
    if not under_blank or len(under_blank) + len(under_text) < len(filled):
        return False
    tall = any(area[0] <= row and area[2] >= below and area[1] == area[3] for area in grid.merged_in(row))
    spanning = [c for c in under_text if tall or c + 1 not in above or is_year(grid.value(below, c))]
    return len(spanning) == len(under_text) and (tall or _reads_like_children(grid, below, filled, above))


def _within_heading(grid: Grid, row: int, below: int) -> bool:
    """Cells merged down from the rows above over ``below``, two or the first: it still belongs to the heading."""
    tall = [area for area in grid.merged_in(below) if area[0] <= row and area[2] >= below and area[2] - area[0] <= 3]
    first = min(grid.filled(row), default=0)
    return len(tall) >= 2 or any(area[1] <= first for area in tall)


def _reads_like_children(grid: Grid, below: int, filled: list[int], above: set[int]) -> bool:
    texts = [grid.text(below, column) or "" for column in filled]
    short = all(len(text) <= 40 for text in texts)
    return short and (len(filled) < len(above) + len(filled) * 0.5 or len(above) >= 3)


def _add_children(grid: Grid, row: int, below: int, cells: dict[int, tuple[Cell, ...]]) -> None:
    above = grid.filled(row)
    groups = dict(cells)
    for column in grid.filled(below):
        merged = _merged_over(grid, column, below)
        parent = max((start for start in above if start <= column), default=None)
        chain = groups.get(parent, ()) if parent is not None else ()
        if merged is not None:
            chain = (*groups.get(merged[1], (merged,)),) if merged in groups.get(merged[1], ()) else (merged,)
        elif column in groups and grid.merged_in(row):
            chain = groups[column]
        cells[column] = (*chain, (below, column))


def _merged_over(grid: Grid, column: int, below: int) -> Cell | None:
    """The top cell of the nearest merged range right above the row that spans the column."""
    areas = [a for a in grid.merged_in(below - 1) if a[2] == below - 1 and a[1] <= column <= a[3] and a[3] > a[1]]
    return (areas[0][0], areas[0][1]) if areas else None


def _beside_reason(
    grid: Grid, row: int, cells: dict[int, tuple[Cell, ...]], index: HeadingIndex, words: NoteWords
) -> str | None:
    filled = grid.filled(row)
    values = [grid.value(row, column) for column in filled]
    if values and set(filled) <= cells.keys() and all(map(_is_unit, values)):
        return "second_heading"
    if len(values) < 2:
        return None
    texts = [value.strip() for value in values if isinstance(value, str)]
    if len(texts) == len(values) and all(text[:1] == "#" and text[1:2].isalpha() for text in texts):
        return "tag_row"
    if len(values) >= 3 and _numbers_the_columns(values):
        return "number_row"
    if set(filled) <= cells.keys() and known_words(grid, row, index) * 2 > len(filled):
        return "second_heading"
    if len(texts) == len(values) and sum(_says_how_to_fill(text, words) for text in texts) >= 0.6 * len(texts):
        return "instruction"
    return None


def _is_unit(value: CellValue) -> bool:
    """ "TEUR" or "%" and nothing else: what the numbers below are given in."""
    parts = heading_parts(value) if isinstance(value, str) and len(value) <= _LONGEST_UNIT else None
    return parts is not None and parts.unit is not None and not parts.base


def _says_how_to_fill(text: str, words: NoteWords) -> bool:
    return (text.startswith("(") and text.endswith(")")) or "instruction" in words.reasons(text)


def _numbers_the_columns(values: list[CellValue]) -> bool:
    """1, 2, 3 ... or (1), (2), (3) ... or a, b, c ... in every column."""
    marks = [str(int(v)) if isinstance(v, float) and v % 1 == 0 else str(v).strip(" ().") for v in values]
    return marks == [str(n) for n in range(1, len(marks) + 1)] or marks == [chr(97 + n) for n in range(len(marks))]


def _heading_above(grid: Grid, row: int, first: int, cells: dict[int, tuple[Cell, ...]]) -> int | None:
    """A full row of texts right above the known headings: the same headings in other words."""
    if row < first or not _texts_only(grid, row):
        return None
    filled = grid.filled(row)
    full = len(filled) >= 3 and len(filled) >= 0.8 * len(cells) and set(filled) <= cells.keys()
    return row if full else None
