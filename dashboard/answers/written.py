"""What stood in a cell, as its reader saw it, and where the cell is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.answers.picture import Picture
from etl.model.packing import Said
from etl.stages.shapes import shortest_decimal

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")

#: Row and column, from 1.
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Written:
    """What stood in a cell, as stored: a ``number`` in shortest decimal form, else text unchanged (a date ISO)."""

    text: str
    number: bool = False


def said_texts(picture: Picture, statement: Said, name: str) -> tuple[Written, ...]:
    """The texts that stood there; a cell shown as a percentage reads as people saw it, not as its stored share."""
    value = statement.body.values.get(name)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return tuple(_written(text, value if is_number else None) for text in picture.provenance.said(statement, name))


def position(cell: str) -> Position | None:
    """``"F14"`` -> (14, 6); None for what is no cell of a sheet."""
    found = _ADDRESS.fullmatch(cell)
    return (int(found.group(2)), column_number(found.group(1))) if found else None


def column_number(letters: str) -> int:
    """``"AB"`` -> 28."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _written(text: str, value: float | None) -> Written:
    stored = _number(text) if value is not None else None
    if stored is None or value is None:
        return Written(text)
    if stored != 0 and abs(stored * 100 - value) < 1e-9 * max(1.0, abs(value)):
        return Written(f"{shortest_decimal(value)}\u00a0%", True)
    return Written(text, True)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
