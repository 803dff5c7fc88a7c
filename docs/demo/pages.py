"""A spreadsheet as plain data: what stands in which cell, and how it looks.

Layouts fill pages, writers turn them into files. A page also keeps the tally of
records a careful human would find on it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

Value = str | int | float | date | None


@dataclass(frozen=True)
class Cell:
    """One cell: its stored value, its look, and its formula if it has one."""

    value: Value = None
    style: str = "text"
    formula: str = ""


@dataclass(frozen=True)
class Merge:
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Page:
    """One sheet, filled from the top."""

    name: str
    widths: list[float] = field(default_factory=list)
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    choices: list[tuple[Merge, list[str]]] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def next_row(self) -> int:
        """Number of the next row as the sheet itself shows it, from 1."""
        return len(self.rows) + 1

    def row(self, *values: Value | Cell, style: str = "text") -> None:
        self.rows.append([value if isinstance(value, Cell) else Cell(value, style) for value in values])

    def blank(self, count: int = 1) -> None:
        for _ in range(count):
            self.rows.append([])

    def title(self, text: str, across: int = 0) -> None:
        """A title, merged over ``across`` columns if that is more than one."""
        self._merge_right(across)
        self.row(text, style="title")

    def note(self, text: str) -> None:
        self.row(text, style="note")

    def head(self, *headings: str) -> None:
        self.row(*headings, style="head")

    def head_two_rows(self, *headings: str | tuple[str, list[str]]) -> None:
        """Two heading rows: a tuple is a parent over its children, all else spans both."""
        top: list[str | None] = []
        below: list[str | None] = []
        here = len(self.rows)
        for heading in headings:
            column = len(top)
            if isinstance(heading, str):
                self.merges.append(Merge(here, column, here + 1, column))
                top.append(heading)
                below.append(None)
            else:
                parent, children = heading
                self.merges.append(Merge(here, column, here, column + len(children) - 1))
                top += [parent, *[None] * (len(children) - 1)]
                below += children
        self.row(*top, style="head")
        self.row(*below, style="head")

    def section(self, text: str, across: int) -> None:
        """A row that names the topic of the rows below it."""
        self._merge_right(across)
        self.row(text, style="section")

    def total(self, label: str, columns: dict[int, tuple[str, float]], width: int) -> None:
        """A total row: ``columns`` gives for a column its formula and the stored result."""
        cells = [Cell(None, "total") for _ in range(width)]
        cells[0] = Cell(label, "total")
        for column, (formula, value) in columns.items():
            cells[column] = Cell(value, "total", formula)
        self.rows.append(cells)

    def merge_down(self, first_row: int, last_row: int, column: int) -> None:
        """Merge the rows ``first_row`` to ``last_row`` (from 1) of one column."""
        if last_row > first_row:
            self.merges.append(Merge(first_row - 1, column, last_row - 1, column))

    def choose(self, column: int, first_row: int, last_row: int, words: list[str]) -> None:
        """Offer a drop-down list in the rows ``first_row`` to ``last_row`` (from 1)."""
        self.choices.append((Merge(first_row - 1, column, last_row - 1, column), words))

    def count(self, kind: str, number: int = 1) -> None:
        if number:
            self.found[kind] += number

    def _merge_right(self, across: int) -> None:
        if across > 1:
            here = len(self.rows)
            self.merges.append(Merge(here, 0, here, across - 1))


@dataclass
class Book:
    """One file; a CSV file is a book of one page."""

    pages: list[Page]
    title: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = ","

    def check(self) -> None:
        names = [page.name for page in self.pages]
        if len(set(names)) != len(names) or any(len(name) > 31 for name in names):
            raise ValueError(f"sheet names of {self.title!r} are too long or not unique: {names}")
