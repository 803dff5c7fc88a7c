"""What became of each cell of a sheet, one byte a cell: a sheet of 100 000 cells has 100 000 outcomes."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from threading import Lock

from etl.stages.shapes import Sheet

Position = tuple[int, int]
#: The outcomes met so far in this process; their numbers stand for them. There are as many as the vocabulary has
#: reasons.
_names: list[str] = [""]
_numbers: dict[str, int] = {}
_naming = Lock()


def _number_of(outcome: str) -> int:
    number = _numbers.get(outcome)
    if number is None:
        with _naming:
            number = _numbers.get(outcome)
            if number is None:
                assert len(_names) < 256, f"more kinds of outcomes than a byte can tell apart: {outcome}"
                _names.append(outcome)
                number = _numbers[outcome] = len(_names) - 1
    return number


class Outcomes(MutableMapping[Position, str]):
    """(row, column) -> outcome, for cells that have one. Iterates row by row."""

    __slots__ = ("_columns", "height")

    def __init__(self, height: int, width: int) -> None:
        self.height = height
        self._columns = [bytearray(height) for _ in range(width)]

    @classmethod
    def of(cls, sheet: Sheet) -> Outcomes:
        return cls(len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0)

    def _find(self, position: Position) -> int:
        row, column = position
        if 0 < row <= self.height and 0 < column <= len(self._columns):
            return self._columns[column - 1][row - 1]
        return 0

    def __getitem__(self, position: Position) -> str:
        number = self._find(position)
        if not number:
            raise KeyError(position)
        return _names[number]

    def __contains__(self, position: object) -> bool:
        return isinstance(position, tuple) and self._find(position) > 0

    def __setitem__(self, position: Position, outcome: str) -> None:
        row, column = position
        self._columns[column - 1][row - 1] = _number_of(outcome)

    def __delitem__(self, position: Position) -> None:
        if not self._find(position):
            raise KeyError(position)
        self._columns[position[1] - 1][position[0] - 1] = 0

    def __iter__(self) -> Iterator[Position]:
        for row, numbers in enumerate(zip(*self._columns, strict=True), 1):
            for column, number in enumerate(numbers, 1):
                if number:
                    yield row, column

    def __len__(self) -> int:
        return sum(self.height - numbers.count(0) for numbers in self._columns)

    def set_rows(self, column: int, rows: Sequence[int], outcome: str) -> None:
        """The same outcome for ``rows`` (ascending) of one column."""
        if not rows:
            return
        numbers, number = self._columns[column - 1], _number_of(outcome)
        if rows[-1] - rows[0] + 1 == len(rows):
            numbers[rows[0] - 1 : rows[-1]] = bytes([number]) * len(rows)
            return
        for row in rows:
            numbers[row - 1] = number

    def add(self, others: Outcomes) -> None:
        """Take over what another table of the same sheet says; where both speak, ``others`` hold."""
        for mine, theirs in zip(self._columns, others._columns, strict=True):
            if any(theirs):
                mine[:] = bytes(new or old for new, old in zip(theirs, mine, strict=True)) if any(mine) else theirs

    def open_cells(self) -> Iterator[Position]:
        """The cells of the sheet, filled or not, that have no outcome."""
        for column, numbers in enumerate(self._columns, 1):
            at = numbers.find(0)
            while at >= 0:
                yield at + 1, column
                at = numbers.find(0, at + 1)

    def cells_with(self, outcome: str) -> list[Position]:
        """The cells with this outcome, row by row."""
        number = _number_of(outcome)
        found = []
        for column, numbers in enumerate(self._columns, 1):
            if number in numbers:
                found += [(row, column) for row, n in enumerate(numbers, 1) if n == number]
        return sorted(found)

    def counted(self) -> dict[str, int]:
        """How many cells have each outcome."""
        numbers = b"".join(self._columns)
        return {_names[n]: numbers.count(n) for n in sorted(set(numbers)) if n}
