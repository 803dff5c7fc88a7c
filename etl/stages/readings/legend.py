"""The sheet's own signs: a legend such as ``A = abgeschlossen; L = läuft`` makes its signs words of that sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from etl.stages.readings.column_facts import Filling
from etl.stages.readings.reading import BLANKS, Reading
from etl.stages.readings.records import LegendWord, Records
from etl.stages.readings.reports import Position
from etl.stages.readings.words import read_code
from etl.stages.shapes import CellValue, said_of
from etl.stages.tables.notes import NoteWords, note_words
from etl.vocabulary import Field

FROM_LEGEND = "word_from_legend"
_BETWEEN_ENTRIES = re.compile(r"[;|\n\u2022]+|,(?=\s*\S{1,12}\s*=)|\s{3,}")
_INTRODUCTION = re.compile(r"^[^=:]{2,40}:\s*(?=\S{1,12}\s*(?:=|:|->|→|–|-|bedeutet|steht für|means)\s*\S)")
_EQUALS = re.compile(r"(\S{1,12})\s*(?:=|→|->|\sbedeutet\s|\ssteht für\s|\smeans\s|\sstands for\s)\s*(\S.*)")
#: Weaker signs of an explanation, trusted only behind a short sign.
_COLON = re.compile(r"(\S{1,3})\s*(?::|\s[-–])\s+(\S.*)")
_LONGEST_ENTRIES, _LONGEST_SIGN, _LONGEST_MEANING = 400, 12, 60
_FEWEST_SIGNS, _USED = 2, 0.5


def legend_readings(records: Records, filling: Filling, found: Field) -> Mapping[str, tuple[Reading, Position]]:
    """Sign -> its reading and the legend's cell; empty unless the column is coded and mostly filled with such signs."""
    if found.type != "code":
        return {}
    readings: dict[str, tuple[Reading, Position]] = {}
    for sign, word in legend_of(records).items():
        code = read_code(word.meaning, found.values, records.vocabulary, records.day).value
        if isinstance(code, str):
            readings[sign] = (Reading({"value": code}, {}, FROM_LEGEND), word.cell)
    return readings if len(readings) >= _FEWEST_SIGNS and _are_used(readings, filling) else {}


def _are_used(readings: Mapping[str, object], filling: Filling) -> bool:
    used = [said for said in map(sign_of, filling.values) if said]
    return sum(sign in readings for sign in used) >= _USED * max(len(used), 1)


def sign_of(value: CellValue) -> str | None:
    text = said_of(value).strip(BLANKS).casefold()
    return text if text and len(text) <= _LONGEST_SIGN else None


def legend_of(records: Records) -> Mapping[str, LegendWord]:
    """All explained signs beside the records; a sign that is explained twice and differently explains nothing."""
    if records.legend is None:
        found: dict[str, LegendWord] = {}
        doubtful: set[str] = set()
        for sign, word in _entries(records, note_words(records.vocabulary)):
            known = found.setdefault(sign, word)
            if known.meaning.casefold() != word.meaning.casefold():
                doubtful.add(sign)
        records.legend = {sign: word for sign, word in found.items() if sign not in doubtful}
    return records.legend


def _entries(records: Records, words: NoteWords) -> Iterator[tuple[str, LegendWord]]:
    last = 0  # the row of the legend that is being read
    for row, cells in _rows_beside(records):
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


def _rows_beside(records: Records) -> Iterator[tuple[int, list[tuple[int, CellValue]]]]:
    """The filled cells that are neither heading nor record of this table, row by row."""
    table = records.table
    lines = {*table.data_rows, *table.header_rows}
    width = len(records.sheet.rows[0]) if records.sheet.rows else 0
    everywhere = range(1, width + 1)
    beside = [c for c in everywhere if not table.first_column <= c <= table.last_column]
    for row, values in enumerate(records.sheet.rows, 1):
        columns = beside if row in lines else everywhere
        cells = [(c, values[c - 1]) for c in columns if said_of(values[c - 1]).strip(BLANKS)]
        if cells:
            yield row, cells


def _written(text: str) -> Iterator[tuple[str, str]]:
    """``"Status: A = abgeschlossen, L = läuft"`` -> ``("a", "abgeschlossen"), ("l", "läuft")``."""
    for piece in _BETWEEN_ENTRIES.split(_INTRODUCTION.sub("", text)):
        entry = _INTRODUCTION.sub("", piece.strip(BLANKS + ".,"))
        match = _EQUALS.fullmatch(entry) or _COLON.fullmatch(entry)
        if match and len(match[2]) <= _LONGEST_MEANING:
            yield match[1].casefold(), match[2].strip(BLANKS)
