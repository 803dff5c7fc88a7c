"""A legend of colours on the sheet: a coloured cell with "läuft" in it or beside it says what the colour means."""

from __future__ import annotations

from collections.abc import Mapping

from etl.stages.readings.reading import BLANKS
from etl.stages.readings.records import Records
from etl.stages.readings.reports import Position
from etl.stages.readings.words import read_code
from etl.stages.shapes import said_of

_FEWEST_COLOURS = 2
_LONGEST_MEANING = 60
_NAMES_COLOUR = ("grün", "gelb", "rot", "grau", "orange", "blau", "green", "yellow", "red", "grey", "gray", "blue")


def explained_colours(records: Records, domain: str) -> Mapping[str, tuple[str, Position]]:
    """Colour (six hex digits) -> its code in ``domain`` and the cell that explains it; empty where fewer than two are
    explained. A colour explained twice and differently explains nothing."""
    found: dict[str, tuple[str, Position]] = {}
    doubtful: set[str] = set()
    table = records.table
    named = frozenset(column.column for column in table.columns if column.field)
    lines = frozenset(records.lines) | frozenset(table.header_rows)
    for position, colour in records.sheet.fills.items():
        if position[0] in lines and position[1] in named:
            continue
        meaning = _meaning_beside(records, position)
        code = read_code(meaning[0], domain, records.vocabulary, records.day).value if meaning else None
        if meaning is None or not isinstance(code, str):
            continue
        if found.setdefault(colour, (code, meaning[1]))[0] != code:
            doubtful.add(colour)
    certain = {colour: meant for colour, meant in found.items() if colour not in doubtful}
    return certain if len(certain) >= _FEWEST_COLOURS else {}


def _meaning_beside(records: Records, position: Position) -> tuple[str, Position] | None:
    row, column = position
    rows = records.sheet.rows
    for place in (column, column + 1):
        if place > len(rows[row - 1]):
            break
        text = said_of(rows[row - 1][place - 1]).strip(BLANKS)
        if text:
            bare = _without_colour(text)
            return (bare, (row, place)) if bare and len(bare) <= _LONGEST_MEANING else None
    return None


def _without_colour(text: str) -> str:
    """``"grün = läuft"`` -> ``"läuft"``."""
    for sign in ("=", ":", "–", " - "):
        name, found, meaning = text.partition(sign)
        if found and name.strip().casefold() in _NAMES_COLOUR:
            return meaning.strip(BLANKS)
    return text
