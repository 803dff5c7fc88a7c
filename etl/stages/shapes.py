"""What the stages hand to one another: a workbook as it is, tables found in it, records drafted from it.

Rows and columns are the sheet's own, counted from 1, everywhere; ``address(3, 4)`` is ``"D3"``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

#: A stored cell value. Error cells are ``CellError``; text is unchanged (not even trimmed); a formula is its stored
#: result.
CellValue = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

#: What counts as blank around a value, and as nothing where it stands alone.
BLANKS = " \t\r\n\u00a0\u202f\u2007\ufeff\u200b"

Orientation = Literal["down", "across", "form"]
HowNamed = Literal["known", "remembered", "similar", "content", "kept"]


@lru_cache(maxsize=1_000)
def column_letters(column: int) -> str:
    """``1 -> "A"``, ``28 -> "AB"``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def is_filled(value: CellValue) -> bool:
    """Filled = a stored value not blank after trimming (no-break space too)."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip(BLANKS))
    return True


@dataclass(slots=True)
class Sheet:
    """One sheet as stored. ``rows[i][j]`` is the cell at row ``i + 1``, column ``j + 1``; all rows equally long.

    ``errors`` and ``formulas_without_value`` hold what the value itself can't say (their cells in ``rows``
    are None but count as filled; a formula whose stored result is an empty text stands among the latter with ``""`` in
    ``rows``: it is filled, but nothing is missing). ``percent`` are cells whose number format is a percentage (0.512
    shows as 51,2 %).
    ``fills`` are cell colours as six hex digits, only colours that could mean a status (no white, no black).
    ``struck`` are cells whose whole text is struck out, ``struck_parts`` those where only a part of it is.
    ``merged`` are ranges (first row, first column, last row, last column).
    ``external`` are cells whose formula fetches from another workbook or program (the stored result is their value),
    ``conditional`` the ranges (``"C2:C40"``) whose colour a rule decides when the sheet is shown.
    """

    name: str
    hidden: bool = False
    rows: list[list[CellValue]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas_without_value: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: set[tuple[int, int]] = field(default_factory=set)
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    struck: set[tuple[int, int]] = field(default_factory=set)
    struck_parts: set[tuple[int, int]] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    external: set[tuple[int, int]] = field(default_factory=set)
    conditional: list[str] = field(default_factory=list)

    def value(self, row: int, column: int) -> CellValue:
        return self.rows[row - 1][column - 1]

    def filled(self, row: int, column: int) -> bool:
        position = (row, column)
        return is_filled(self.value(row, column)) or position in self.errors or position in self.formulas_without_value

    def filled_cells(self) -> Iterator[tuple[int, int]]:
        """The positions of all filled cells, row by row."""
        for row, values in enumerate(self.rows, 1):
            yield from ((row, column) for column in range(1, len(values) + 1) if self.filled(row, column))

    def count_filled(self) -> int:
        extra = sum(not is_filled(self.value(r, c)) for r, c in self.errors.keys() | self.formulas_without_value.keys())
        # the rule of ``is_filled``, for all cells at once: what stands there, less texts of nothing but blanks
        stored = sum(len(row) - row.count(None) for row in self.rows)
        different = set().union(*self.rows)
        blanks = [v for v in different if v.__class__ is str and (not v or v[0] in BLANKS) and not v.strip(BLANKS)]  # type: ignore[union-attr,index]
        blank = sum(row.count(text) for text in blanks for row in self.rows)
        return extra + stored - blank


@dataclass(slots=True)
class Workbook:
    """A file as read. ``format`` is one of xlsx, xlsm, xlsb, xls, ods, fods, csv (by content, never by extension).

    For csv ``encoding`` and ``delimiter`` say how it was decoded, and ``garbled`` that its text had already been
    decoded wrongly before it came to us (``MaÃŸnahme``).
    """

    format: str
    sheets: list[Sheet]
    encoding: str | None = None
    delimiter: str | None = None
    garbled: bool = False


@dataclass(slots=True)
class Column:
    """A column of a table and what we take it for.

    ``field`` is a vocabulary field (``"measure.title"``) or None for a kept column. ``unit`` is a factor or unit the
    heading gives (``"TEUR"``, ``"%"``, ``"€"``). ``year`` is set where the heading is (or ends in) a year.
    ``heading_cells`` are the (row, column) of all cells whose text the heading consists of, top first.
    ``choice`` is what a cross in the column says (one column per status); ``value_cells`` are, in a form, the cells
    that belong to the label. ``until``: the last day of the stretch the heading names, and its precision, where that is
    more exact than a year.
    """

    column: int
    heading: str
    field: str | None = None
    how: HowNamed = "kept"
    unit: str | None = None
    year: int | None = None
    heading_cells: tuple[tuple[int, int], ...] = ()
    per: str | None = None
    choice: str | None = None
    value_cells: tuple[tuple[int, int], ...] = ()
    until: tuple[str, str] | None = None


@dataclass(slots=True)
class Section:
    """A section row carried down: from ``row`` until the next one, ``field`` has the value ``text``."""

    row: int
    column: int
    field: str
    text: str


@dataclass(slots=True)
class Table:
    """One table on a sheet.

    ``kind`` is the entity of the vocabulary (measure, goal, partner, cooperation, funding, decision, idea, need,
    meeting, agreement) or None when nothing of ours was recognised (then its cells are reported).
    ``as_of`` is the cell (row, column) that gives the sheet's own day ("Stand: 20.10.2026").
    ``across`` (one record a column): ``columns`` are the sheet's rows and ``data_rows`` its columns.
    ``data_rows`` are the sheet's rows that hold records. ``set_aside`` maps a cell to the
    reason it is no data (title, total, legend, instruction, example, section, footer, ditto, template_row,
    second_heading, number_row).
    """

    sheet: str
    kind: str | None
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    orientation: Orientation = "down"
    columns: list[Column] = field(default_factory=list)
    data_rows: list[int] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    total_rows: list[int] = field(default_factory=list)
    as_of: tuple[int, int] | None = None


#: (row, column, role) of a cell that something was read from; role is one of value, heading, carried, colour.
Cell = tuple[int, int, str]


class Origins(MutableMapping[str, list[Cell]]):
    """Field -> the cells it was read from. A field that stands in its usual column of the draft's own row is not
    written
    down: most do. ``usual`` (field -> column) is shared by drafts and must not be changed; ``apart`` holds the others.
    Each field in ``usual`` has a value in its draft: who takes the value away takes its cells away too."""

    __slots__ = ("apart", "row", "usual")

    def __init__(self, row: int) -> None:
        self.row = row
        self.usual: Mapping[str, int] = {}
        self.apart: dict[str, list[Cell]] = {}

    def __getitem__(self, name: str) -> list[Cell]:
        column = self.usual.get(name)
        return self.apart[name] if column is None else [(self.row, column, "value")]

    def __contains__(self, name: object) -> bool:
        return name in self.usual or name in self.apart

    def __setitem__(self, name: str, cells: list[Cell]) -> None:
        if name in self.usual:
            self._write_down()
        self.apart[name] = cells

    def __delitem__(self, name: str) -> None:
        if name in self.usual:
            self._write_down()
        del self.apart[name]

    def __iter__(self) -> Iterator[str]:
        yield from self.usual
        yield from self.apart

    def __len__(self) -> int:
        return len(self.usual) + len(self.apart)

    def __repr__(self) -> str:
        return repr(dict(self))

    def _write_down(self) -> None:
        self.apart = {**dict(self), **self.apart}
        self.usual = {}


Scalar = str | int | float | bool
FieldValue = Scalar | list[str] | dict[str, Scalar]


@dataclass(slots=True)
class Draft:
    """One record as read from one row.

    ``values``: field without its entity (``"title"``) -> JSON value: dates ISO, amounts as decimal text with two places
    (``"62400.00"``), counts int or ``{"min": 20, "max": 25}``, coded fields their code, several items a list.
    ``cells``: field -> the (row, column, role) it was read from, role one of value, heading, carried, colour.
    ``said``: field -> the texts that stood in those cells, same order, ONLY where it differs from what
    ``said_of(value of the cell)``
    would render for a single cell; absent means: the cell's own text equals the value.
    ``qualifier``: field -> {"approx": True, "per": "year", "parts": [...], "open_end": True, "provisional": True}.
    ``marks``: field -> issue code of the reading that was not exact.
    ``unread``: field -> words no vocabulary knows (what stood there, or the part of it that was not understood).
    ``kept``: heading -> text of columns we do not know.  ``parent`` is the index (in the same list) of the record
    this one
    belongs to: indicator -> goal, observation -> indicator, contact -> partner, allocation -> funding, milestone ->
    measure.
    """

    kind: str
    row: int
    values: dict[str, FieldValue] = field(default_factory=dict)
    cells: MutableMapping[str, list[Cell]] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)
    qualifier: dict[str, dict[str, object]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    kept_cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    parent: int | None = None
    day: str | None = None


def addresses(draft: Draft, name: str) -> list[str]:
    """The cells a field was read from, as a spreadsheet calls them."""
    if isinstance(draft.cells, Origins) and name in draft.cells.usual:
        return [f"{column_letters(draft.cells.usual[name])}{draft.row}"]
    return [f"{column_letters(column)}{row}" for row, column, _ in draft.cells.get(name, ())]


def addresses_of(drafts: Sequence[Draft], name: str) -> list[str]:
    """The addresses of a field in several drafts, which mostly stand in one column."""
    shared = drafts[0].cells if drafts else None
    if isinstance(shared, Origins) and name in shared.usual:
        usual = shared.usual
        if {id(getattr(draft.cells, "usual", None)) for draft in drafts} == {id(usual)}:
            letters = column_letters(usual[name])
            return [f"{letters}{draft.row}" for draft in drafts]
    return [cell for draft in drafts for cell in addresses(draft, name)]


def said_of(value: CellValue) -> str:
    """A cell's text for ``said``: text unchanged, dates ISO, numbers in shortest decimal form, TRUE/FALSE."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat()
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return shortest_decimal(value)
    return str(value)


def rendered(value: FieldValue) -> str | None:
    """What a value says as a cell's text; None for lists and ranges, which no single cell would hold like this."""
    return None if isinstance(value, (list, dict)) else said_of(value)


def said_texts(draft: Draft, name: str) -> list[str]:
    """The texts of the cells a field was read from, in the order of ``draft.cells[name]``, stored or derived."""
    if name in draft.said:
        return draft.said[name]
    if not draft.cells.get(name):
        return []
    text = rendered(draft.values[name])
    assert text is not None, f"{name} was read from a cell, but what stood there is not stored"
    return [text]


def shortest_decimal(number: float) -> str:
    """``0.512 -> "0.512"``, ``18.0 -> "18"``; never an exponent for usual sizes."""
    if isinstance(number, int) or (number == number and abs(number) < 1e15 and number == int(number)):
        return str(int(number))
    text = repr(number)
    if "e" in text or "E" in text:
        from decimal import Decimal

        text = format(Decimal(text), "f")
    return text
