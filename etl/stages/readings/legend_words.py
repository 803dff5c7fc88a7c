"""What a sheet says its signs mean: ``A = abgeschlossen; L = läuft``, in one cell, in several, or in two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from etl.stages.shapes import BLANKS, CellValue, Sheet, Table, said_of
from etl.stages.tables.notes import NoteWords, note_words
from etl.vocabulary import Vocabulary

_BETWEEN_ENTRIES = re.compile(r"[;|\n\u2022]+|,(?=\s*\S{1,12}\s*=)|\s{3,}")
_INTRODUCTION = re.compile(r"^[^=:]{2,40}:\s*(?=\S{1,12}\s*(?:=|:|->|→|–|-|bedeutet|steht für|means)\s*\S)")
_EQUALS = re.compile(r"(\S{1,12})\s*(?:=|→|->|\sbedeutet\s|\ssteht für\s|\smeans\s|\sstands for\s)\s*(\S.*)")
#: Weaker signs of an explanation, trusted only behind a short sign.
_COLON = re.compile(r"(\S{1,3})\s*(?::|\s[-–])\s+(\S.*)")
_LONGEST_ENTRIES, _LONGEST_SIGN, _LONGEST_MEANING = 400, 12, 60


class LegendWord(NamedTuple):
    """What a sign means and the cell that says so."""

    meaning: str
    cell: tuple[int, int]


def sign_of(value: CellValue) -> str | None:
    text = said_of(value).strip(BLANKS).casefold()
    return text if text and len(text) <= _LONGEST_SIGN else None


def explained_signs(table: Table, sheet: Sheet, vocabulary: Vocabulary) -> Mapping[str, LegendWord]:
    """All explained signs beside the records; a sign that is explained twice and differently explains nothing."""
    found: dict[str, LegendWord] = {}
    doubtful: set[str] = set()
    for sign, word in _entries(table, sheet, note_words(vocabulary)):
        known = found.setdefault(sign, word)
        if known.meaning.casefold() != word.meaning.casefold():
            doubtful.add(sign)
    return {sign: word for sign, word in found.items() if sign not in doubtful}


def _entries(table: Table, sheet: Sheet, words: NoteWords) -> Iterator[tuple[str, LegendWord]]:
    last = 0  # the row of the legend that is being read
    for row, cells in _rows_beside(table, sheet):
        texts = [(column, said_of(value).strip(BLANKS)) for column, value in cells]
        titled = any("legend" in words.reasons(text) for _, text in texts)
        last = row if titled or (last and row == last + 1) else 0
        for place, (column, text) in enumerate(texts):
            written = list(_written(text)) if len(text) <= _LONGEST_ENTRIES else []
            yield from ((sign, LegendWord(meaning, (row, column))) for sign, meaning in written)
            if last and not written and place + 1 < len(texts) and texts[place + 1][0] == column + 1:
                beside = texts[place + 1][1]
                if len(text) <= _LONGEST_SIGN and " " not in text and 1 < len(beside) <= _LONGEST_MEANING:
                    yield text.casefold().rstrip(":="), LegendWord(beside, (row, column + 1))


def _rows_beside(table: Table, sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, CellValue]]]]:
    """The filled cells that are neither heading nor record of this table, row by row."""
    lines = {*table.data_rows, *table.header_rows}
    width = len(sheet.rows[0]) if sheet.rows else 0
    everywhere = range(1, width + 1)
    beside = [c for c in everywhere if not table.first_column <= c <= table.last_column]
    for row, values in enumerate(sheet.rows, 1):
        columns = beside if row in lines else everywhere
        cells = [(c, values[c - 1]) for c in columns if said_of(values[c - 1]).strip(BLANKS)]
        if cells:
            yield row, cells


def _written(text: str) -> Iterator[tuple[str, str]]:
    """``"Status: A = abgeschlossen, L = läuft"`` -> ``("a", "abgeschlossen"), ("l", "läuft")``."""
    for piece in _BETWEEN_ENTRIES.split(_INTRODUCTION.sub("", text)):
        entry = _INTRODUCTION.sub("", piece.strip(BLANKS + ".,*"))
        match = _EQUALS.fullmatch(entry) or _COLON.fullmatch(entry)
        if match and len(match[2]) <= _LONGEST_MEANING:
            yield match[1].casefold(), match[2].strip(BLANKS)
