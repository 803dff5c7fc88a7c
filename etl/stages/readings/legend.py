"""The sheet's own signs: a legend such as ``A = abgeschlossen; L = läuft`` makes its signs words of that sheet."""

from __future__ import annotations

from collections.abc import Mapping

from etl.stages.readings.column_facts import Filling
from etl.stages.readings.legend_words import LegendWord, explained_signs, sign_of
from etl.stages.readings.reading import Reading
from etl.stages.readings.records import Records
from etl.stages.readings.reports import Position
from etl.stages.readings.words import read_code
from etl.vocabulary import Field

FROM_LEGEND = "word_from_legend"
_FEWEST_SIGNS, _USED = 2, 0.5
_FEWEST_SIGNS, _USED = 2, 0.5


def legend_readings(records: Records, filling: Filling, found: Field) -> Mapping[str, tuple[Reading, Position]]:
    """Sign -> its reading and the legend's cell; empty unless the column is coded and mostly filled with such signs."""
    if found.type != "code":
        return {}
    readings: dict[str, tuple[Reading, Position]] = {}
    for sign, word in _legend_of(records).items():
        code = read_code(word.meaning, found.values, records.vocabulary, records.day).value
        if isinstance(code, str):
            readings[sign] = (Reading({"value": code}, {}, FROM_LEGEND), word.cell)
    return readings if len(readings) >= _FEWEST_SIGNS and _are_used(readings, filling) else {}


def _are_used(readings: Mapping[str, object], filling: Filling) -> bool:
    used = [said for said in map(sign_of, filling.values) if said]
    return sum(sign in readings for sign in used) >= _USED * max(len(used), 1)


def _legend_of(records: Records) -> Mapping[str, LegendWord]:
    if records.legend is None:
        records.legend = explained_signs(records.table, records.sheet, records.vocabulary)
    return records.legend
