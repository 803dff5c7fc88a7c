"""What a column as a whole tells: its cells, what its signs and fractions mean, which of its heading cells matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from etl.stages.readings.amounts import factor_of
from etl.stages.readings.cells import Context, tokens_of
from etl.stages.readings.reading import BLANKS
from etl.stages.readings.records import REPORTED, Records
from etl.stages.readings.reports import Position
from etl.stages.readings.words import exact_code
from etl.stages.shapes import CellValue, Column, column_letters, said_of
from etl.vocabulary import Field


@dataclass(slots=True)
class Filling:
    """A column's cells in the records, in their order, and the rows they stand in."""

    column: Column
    values: Sequence[CellValue]
    rows: Sequence[int]
    _positions: list[Position] | None = None

    @property
    def positions(self) -> list[Position]:
        if self._positions is None:
            self._positions = list(zip(self.rows, repeat(self.column.column)))
        return self._positions

    def position(self, index: int) -> Position:
        return self.rows[index], self.column.column


def filling_of(records: Records, column: Column) -> Filling:
    return Filling(column, records.stored_in(column.column), records.lines)


def chosen_of_years(columns: Sequence[Column], year: int) -> set[int]:
    """Of several columns of a field for several years the latest begun one; observations have a record for each."""
    latest: dict[str, Column] = {}
    chosen = set()
    for column in columns:
        if column.year is None or column.field is None or column.field.partition(".")[2] in _EVERY_YEAR:
            chosen.add(id(column))
            continue
        before = latest.get(column.field)
        if before is None or (column.year <= year, _nearness(column, year)) > (
            (before.year or 0) <= year,
            _nearness(before, year),
        ):
            latest[column.field] = column
    return chosen | {id(column) for column in latest.values()}


_EVERY_YEAR = frozenset({"current_value", "total", "male", "female", "diverse", "comparison_group"})


def _nearness(column: Column, year: int) -> int:
    return -abs((column.year or 0) - year)


def context_of(records: Records, filling: Filling, found: Field) -> Context:
    """What the column as a whole tells about its cells."""
    column = filling.column
    fraction = signs = False
    if found.type == "percent" or (found.type == "number" and column.unit == "%"):
        fraction = _holds_fractions(records, filling)
    if found.values == "traffic_light":
        signs = _uses_signs(records, filling, found)
    if found.values == "priority":
        signs = _counts_to_three(filling)
    per = column.per or ("year" if column.year and found.type == "amount" else None)
    return Context(found, records.vocabulary, records.day, column.unit, per, fraction, signs)


def _holds_fractions(records: Records, filling: Filling) -> bool:
    numbers = [v for v in filling.values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    formatted = records.sheet.percent and any(p in records.sheet.percent for p in filling.positions)
    return not formatted and bool(numbers) and all(0 <= n <= 1 for n in numbers) and any(0 < n < 1 for n in numbers)


def _uses_signs(records: Records, filling: Filling, found: Field) -> bool:
    """Whether signs stand in the column for at least two different codes (``+``, ``o``, ``-``)."""
    tokens, codes = tokens_of(records.vocabulary), set()
    for text in {said_of(v).strip(BLANKS) for v in filling.values if v is not None}:
        if len(text) <= 2 and (text in tokens or not text.isalpha()):
            codes.add(exact_code(text, found.values, records.vocabulary))
    return len(codes - {None}) >= 2


def _counts_to_three(filling: Filling) -> bool:
    """Whether its numbers are 1, 2 and 3: on a longer scale a 3 is in the middle."""
    texts = {said_of(value).strip(BLANKS) for value in filling.values if value is not None}
    return {text for text in texts if text.isdigit()} <= {"1", "2", "3"}


def heading_sources(records: Records, column: Column, found: Field) -> list[Position]:
    """The heading cell that changes what the numbers below mean: by a factor, a "%", a "per year", a year."""
    counts = found.type == "amount" and (factor_of(column.unit) > 1 or column.per or column.year)
    if not counts and found.kind in ("indicator", "observation") and found.type == "number":
        counts = bool(column.unit or column.year)
    if not counts or not column.heading_cells:
        return []
    unit = (column.unit or "").casefold()
    for position in reversed(column.heading_cells):
        if unit and unit in said_of(records.sheet.value(*position)).casefold():
            return [position]
    return [column.heading_cells[-1]]


def report_troubles(records: Records) -> None:
    """Error cells and formulas without a stored value, wherever in the rows of records they stand."""
    sheet = records.sheet
    for code, troubles in (
        ("cell_error_value", sheet.errors),
        ("cell_formula_without_value", sheet.formulas_without_value),
    ):
        if troubles:
            for position, column in _positions_of_table(records):
                if position not in troubles or position in records.outcomes:
                    continue
                if sheet.value(*position) == "":  # a formula whose stored result is an empty text
                    records.outcomes[position] = "set_aside:null"
                else:
                    records.outcomes[position] = REPORTED
                    records.reports.tell(code, position, troubles[position], column.field or "", column.heading)


def _positions_of_table(records: Records) -> Iterator[tuple[Position, Column]]:
    table = records.table
    known = {column.column: column for column in table.columns}
    for place in range(table.first_column, table.last_column + 1):
        column = known.get(place) or Column(place, column_letters(place))
        yield from (((line, place), column) for line in table.data_rows)
