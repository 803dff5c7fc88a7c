"""Forms: one record on a sheet, each value beside its label or below it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from etl.stages.columns.anchors import ANCHOR_FIELDS
from etl.stages.columns.content import cell_kind
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.shapes import Column, Table, column_letters
from etl.stages.tables.grid import Grid

Cell = tuple[int, int]
_FEWEST = 4
_LONGEST_LABEL = 90
#: A row of a form holds at most so many labels with their values.
_PAIRS = 3
_LONG_ANSWER = 40
#: What a cell may be and is no label then.
_NO_LABEL = frozenset({"date", "period", "year", "number", "money", "percent", "phone", "email", "url"})
_LABELLED_ROWS, _KNOWN_LABELS = 0.6, 0.4
_LIKELY_LABELS, _FEW_SURE = 0.75, 0.2


@dataclass(slots=True)
class Labelled:
    """A label with the cells that belong to it; none where nothing was filled in."""

    label: Cell
    values: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    """What was found in ``rows``; ``left`` are filled cells that are neither label nor value: titles and notes."""

    pairs: list[Labelled]
    left: list[Cell]


def read_form(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> Form | None:
    """The form that stands in ``rows``, None where they are no form."""
    rows = [row for row in rows if grid.count(row)]
    if len(rows) < 2 or len(rows) > 200 or _heads_a_list(grid, rows, index):
        return None
    if any(grid.count(row) > 2 * _PAIRS + 1 for row in rows):
        return None
    form = _Reader(grid, rows, index).read()
    return form if _is_form(grid, form, index) else None


def _heads_a_list(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> bool:
    """A row of at least three headings and no other row of labels: what stands below it are records."""
    top = next((row for row in rows if grid.count(row) >= 3), None)
    texts = [grid.text(top, column) or "" for column in grid.filled(top)] if top is not None else []
    if top is None or not _all_labels(grid, top, index, 0.75) or any(text.endswith(":") for text in texts):
        return _fills_alike(grid, rows, index)
    labelled = sum(
        grid.count(row) == 2 and is_label(grid, (row, grid.filled(row)[0]), index) for row in rows if row < top
    )
    if labelled >= 3:
        return False
    others = [row for row in rows if row != top and grid.count(row) >= 2 and _all_labels(grid, row, index, 0.75)]
    if not [row for row in others if [grid.text(row, c) for c in grid.filled(row)] != texts]:
        return True
    return _fills_alike(grid, rows, index)


def _fills_alike(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> bool:
    """Every row below a row with known headings fills the same three columns or more: records, not labels."""
    top = next((row for row in rows if grid.count(row) >= 3), None)
    below = [grid.filled(row) for row in rows if top is not None and row > top]
    if top is None or len(below) < 2 or not _all_labels(grid, top, index):
        return False
    return sum(found == grid.filled(top) for found in below) >= 0.8 * len(below)


def form_table(grid: Grid, form: Form) -> Table:
    """The form as a table of one record; a column is called by its label."""
    pairs = [pair for pair in form.pairs if pair.values] or form.pairs
    columns = [
        Column(
            (pair.values or [pair.label])[0][1],
            (grid.text(*pair.label) or "").rstrip(" :").strip() or column_letters(pair.label[1]),
            heading_cells=(pair.label,),
            value_cells=tuple(pair.values),
        )
        for pair in form.pairs
    ]
    cells = [cell for pair in form.pairs for cell in (pair.label, *pair.values)]
    rows, places = [cell[0] for cell in cells], [cell[1] for cell in cells]
    return Table(
        sheet=grid.sheet.name,
        kind=None,
        header_rows=(),
        first_row=min(rows),
        last_row=max(rows),
        first_column=min(places),
        last_column=max(places),
        orientation="form",
        columns=columns,
        data_rows=[pairs[0].values[0][0] if pairs[0].values else pairs[0].label[0]],
    )


def is_label(grid: Grid, cell: Cell, index: HeadingIndex) -> bool:
    """A short text that ends with a colon or is a heading we know."""
    text = grid.text(*cell)
    if not text or len(text) > _LONGEST_LABEL:
        return False
    return text.endswith((":", "?")) or index.knows(text.rstrip(" :"))


class _Reader:
    """Goes through the rows once: labels over values, labels beside values, values that go on, notes."""

    def __init__(self, grid: Grid, rows: Sequence[int], index: HeadingIndex) -> None:
        self.grid, self.rows, self.index = grid, rows, index
        self.columns = _label_columns(grid, rows, index)
        self.form = Form([], [])
        self.open: Labelled | None = None

    def read(self) -> Form:
        place = 0
        while place < len(self.rows):
            row = self.rows[place]
            below = self.rows[place + 1] if place + 1 < len(self.rows) else 0
            if below and self._stands_over(row, below):
                self._take_above(row, below)
                place += 2
                continue
            self._take_beside(row)
            place += 1
        _drop_titles(self.grid, self.form, self.index)
        return self.form

    def _stands_over(self, row: int, below: int) -> bool:
        """A row of labels alone, with values right under some of them that are no labels."""
        labels, values = self.grid.filled(row), self.grid.filled(below)
        if below != row + 1 or not set(values) <= set(labels):
            return False
        if len(labels) >= 3 and _all_labels(self.grid, row, self.index, 0.75):
            return not any(is_label(self.grid, (below, column), self.index) for column in values)
        beside = any(a in self.columns and b not in self.columns for a, b in pairwise(labels))
        lone = len(labels) == 1 and labels[0] in self.columns and not _own_block(self.grid, row, below)
        if beside or (lone and not self._answers(row, below)):
            return False
        if lone:
            return True
        texts = [self.grid.text(row, column) or "" for column in labels]
        if not all(text and len(text) <= _LONGEST_LABEL for text in texts):
            return False
        strict = all(is_label(self.grid, (below, column), self.index) for column in values)
        if _own_block(self.grid, row, below):
            return sum(_labelish(self.grid, (row, column), self.index) for column in labels) >= 0.5 * len(labels)
        return not strict and _all_labels(self.grid, row, self.index)

    def _answers(self, row: int, below: int) -> bool:
        """A label without a value beside it, and right below it a longer text that is no label."""
        column = self.grid.filled(row)[0]
        text = self.grid.text(below, column) or ""
        return is_label(self.grid, (row, column), self.index) and len(text) > _LONG_ANSWER and text[-1:] not in ":?"

    def _take_above(self, row: int, below: int) -> None:
        values = self.grid.filled(below)
        for column in self.grid.filled(row):
            self.open = Labelled((row, column), [(below, column)] if column in values else [])
            self.form.pairs.append(self.open)

    def _take_beside(self, row: int) -> None:
        filled = self.grid.filled(row)
        if not any(column in self.columns for column in filled):
            self.form.left += _continued(row, filled, self.open)
            return
        for column in filled:
            if column in self.columns and self.grid.text(row, column):
                self.open = Labelled((row, column))
                self.form.pairs.append(self.open)
            elif self.open and self.open.label[0] == row and not _remark(self.grid, self.open, (row, column)):
                self.open.values.append((row, column))
            else:
                self.form.left.append((row, column))


def _own_block(grid: Grid, row: int, below: int) -> bool:
    """The two rows stand alone between blank ones."""
    before = row == 1 or not grid.count(row - 1)
    return before and (below == grid.height or not grid.count(below + 1))


def _labelish(grid: Grid, cell: Cell, index: HeadingIndex) -> bool:
    """A label by its form or its words, or a short text that reads like a heading of ours."""
    text = grid.text(*cell)
    return is_label(grid, cell, index) or bool(text and len(text) <= _LONGEST_LABEL and index.meanings(text))


def _remark(grid: Grid, pair: Labelled, cell: Cell) -> bool:
    """A second cell behind the value that is a bracketed explanation."""
    text = grid.text(*cell) or ""
    return bool(pair.values) and text.startswith("(") and text.endswith(")")


def _continued(row: int, filled: Sequence[int], pair: Labelled | None) -> list[Cell]:
    """A row without a label right below a value, in its column, goes on with it; else its cells are left over."""
    below = pair is not None and bool(pair.values) and pair.values[-1] == (row - 1, filled[0])
    if below and len(filled) == 1 and pair is not None:
        pair.values.append((row, filled[0]))
        return []
    return [(row, column) for column in filled]


def _label_columns(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> set[int]:
    """Columns most of whose texts are labels, the first filled one of a row among them."""
    labels: dict[int, int] = defaultdict(int)
    likely: dict[int, int] = defaultdict(int)
    texts: dict[int, int] = defaultdict(int)
    for row in rows:
        for column in grid.filled(row):
            texts[column] += 1
            labels[column] += is_label(grid, (row, column), index)
            likely[column] += _labelish(grid, (row, column), index)
    found = {
        c
        for c, n in texts.items()
        if (labels[c] >= 2 and labels[c] >= _KNOWN_LABELS * n)
        or (likely[c] >= _FEWEST and likely[c] >= _LIKELY_LABELS * n and labels[c] >= _FEW_SURE * n)
    }
    found -= {c for c in found if _follows_labels(grid, rows, c, found, index)}
    found -= {c for c in found if _follows_data(grid, rows, c, found)}
    return found | {c for c in texts if c not in found and _second_labels(grid, rows, c, found)}


def _follows_data(grid: Grid, rows: Sequence[int], column: int, labels: set[int]) -> bool:
    """Whether the column mostly stands behind cells that no label leads: then it is a column of a list."""
    held = [grid.filled(row) for row in rows if column in grid.filled(row)]
    led = sum(not any(c < column for c in filled) or any(c in labels for c in filled if c < column) for filled in held)
    return led <= 0.5 * len(held)


def _second_labels(grid: Grid, rows: Sequence[int], column: int, labels: set[int]) -> bool:
    """Short texts behind a value, each another and each with a value behind it: the labels of a second pair."""
    if column == 1 or not any(c < column for c in labels):
        return False
    held = [row for row in rows if column in grid.filled(row)]
    texts = [grid.text(row, column) for row in held]
    if (
        len(held) < 2
        or not all(text and len(text) <= _LONGEST_LABEL // 2 for text in texts)
        or len(set(texts)) < len(texts)
        or any(cell_kind(text) in _NO_LABEL for text in texts)
    ):
        return False
    before = [max((c for c in grid.filled(row) if c < column), default=0) for row in held]
    behind = sum(any(c > column for c in grid.filled(row)) for row in held)
    return all(c and c not in labels for c in before) and behind >= 0.8 * len(held)


def _follows_labels(grid: Grid, rows: Sequence[int], column: int, labels: set[int], index: HeadingIndex) -> bool:
    """Whether the column stands right behind a column of labels and holds their values, whatever these say."""
    before = [c for c in labels if c < column]
    if not before:
        return False
    held = [row for row in rows if column in grid.filled(row)]
    beside = [
        (row, left) for row in held if (left := max((c for c in grid.filled(row) if c < column), default=0)) in before
    ]
    behind_label = [row for row, left in beside if is_label(grid, (row, left), index)]
    both = sum(is_label(grid, (row, column), index) for row in behind_label)
    return len(beside) > 0.5 * len(held) and both <= 0.5 * len(behind_label)


def _drop_titles(grid: Grid, form: Form, index: HeadingIndex) -> None:
    """A lone text before the first label with a value, or an unknown one without a value, is a title."""
    for pair in list(form.pairs):
        text = grid.text(*pair.label) or ""
        if not pair.values and not text.endswith((":", "?")) and not index.knows(text):
            form.pairs.remove(pair)
            form.left.append(pair.label)


def _all_labels(grid: Grid, row: int, index: HeadingIndex, share: float = 0.6) -> bool:
    cells = [(row, column) for column in grid.filled(row)]
    texts = [grid.text(*cell) for cell in cells]
    if not cells or not all(text and len(text) <= _LONGEST_LABEL for text in texts):
        return False
    return sum(is_label(grid, cell, index) for cell in cells) >= share * len(cells)


def _is_form(grid: Grid, form: Form, index: HeadingIndex) -> bool:
    labels = [(grid.text(*pair.label) or "").rstrip(" :") for pair in form.pairs]
    filled = [pair for pair in form.pairs if pair.values]
    if len(filled) < _FEWEST or len(set(labels)) < len(labels):
        return False
    if any(len({cell[1] for cell in pair.values}) > 1 for pair in filled):
        return False
    crowded = Counter(cell[0] for cell in form.left)
    if sum(number >= 2 for number in crowded.values()) >= 2:  # rows of a list are no notes of a form
        return False
    rows = {cell[0] for pair in form.pairs for cell in (pair.label, *pair.values)}
    labelled = len(rows) >= _LABELLED_ROWS * (len(rows) + len({cell[0] for cell in form.left} - rows))
    meanings = [index.meanings(label) for label in labels]
    titled = any(meaning.field in ANCHOR_FIELDS for found in meanings for meaning in found)
    return labelled and titled and sum(map(bool, meanings)) >= _KNOWN_LABELS * len(labels)
