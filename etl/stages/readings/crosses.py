"""A cross in a column that stands for one value: the heading says what the cell means."""

from __future__ import annotations

import re
from collections import defaultdict

from etl.stages.readings.cells import Context, read_cell, reason_for_nothing
from etl.stages.readings.column_facts import Filling
from etl.stages.readings.reading import BLANKS, Reading
from etl.stages.readings.records import REPORTED, Records, Source
from etl.stages.shapes import CellValue, said_of
from etl.vocabulary import Field

_CROSSES = frozenset(
    (
        "x",
        "xx",
        "(x)",
        "ja",
        "j",
        "yes",
        "y",
        "✓",
        "✔",
        "☑",
        "☒",
        "●",
        "•",
        "*",
        "+",
        "1",
        "true",
        "wahr",
        "✕",
        "✖",
        "ok",
    )
)
_NO = frozenset(("nein", "n", "no", "0", "false", "falsch", "☐", "○", "✗"))
_DOUBTFUL = frozenset(("(x)", "ok"))
_FOOTNOTE = re.compile(r"(?<=[^\d\s])\s*(?:[¹²³⁴⁵]|\d)?\)?\s*$|(?<=[^\d\s])\s*\*+$")
#: Blanks around a sign and a footnote included.
_LONGEST = 24
TWICE = "choice_twice"
INTERPRETED = "word_interpreted"


def is_cross(value: CellValue) -> bool:
    """Whether a cell holds a sign for "this one" and nothing else."""
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return value == 1
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    return value.strip(BLANKS).casefold() in _CROSSES or _without_footnote(value) in _CROSSES


def _without_footnote(text: str) -> str:
    """``x ¹)`` is a cross with a footnote."""
    return _FOOTNOTE.sub("", text.strip(BLANKS)).strip(BLANKS).casefold()


def read_crosses(records: Records, group: list[tuple[Filling, Field]]) -> None:
    """Reads the columns of one group: for a field with one value a second cross in a row is asked, not decided."""
    marked: dict[int, list[tuple[Filling, Field]]] = defaultdict(list)
    for filling, found in group:
        for index, value in enumerate(filling.values):
            if value is None or not said_of(value).strip(BLANKS):
                continue
            if _says_no(value, Context(found, records.vocabulary, records.day)):
                records.outcomes[filling.position(index)] = "set_aside:null"
            else:
                marked[index].append((filling, found))
    for index, crosses in marked.items():
        if len(crosses) > 1 and crosses[0][1].type not in ("codes", "references"):
            _ask(records, index, crosses)
        else:
            for filling, found in crosses:
                _put(records, index, filling, found)


def _says_no(value: CellValue, context: Context) -> bool:
    text = said_of(value).strip(BLANKS).casefold()
    return text in _NO or (not is_cross(value) and reason_for_nothing(value, context) is not None)


def _ask(records: Records, index: int, crosses: list[tuple[Filling, Field]]) -> None:
    for filling, found in crosses:
        position = filling.position(index)
        records.outcomes[position] = REPORTED
        said = said_of(records.sheet.value(*position))
        records.reports.tell(TWICE, position, said, found.name)


def _put(records: Records, index: int, filling: Filling, found: Field) -> None:
    position, column = filling.position(index), filling.column
    said = said_of(records.sheet.value(*position))
    reading = read_cell(column.choice or "", Context(found, records.vocabulary, records.day))
    if not is_cross(records.sheet.value(*position)) or said.strip(BLANKS).casefold() in _DOUBTFUL:
        reading = Reading(
            reading.fields,
            reading.qualifier,
            reading.mark or INTERPRETED,
            reading.problem,
            reading.proposal,
            reading.reason,
            reading.unread,
        )
    heading = column.heading_cells[-1]
    source = Source([(*position, "value"), (*heading, "heading")], [said, said_of(records.sheet.value(*heading))])
    slot = found.kind
    put_any = records.put(slot, index, found.short, reading, source)
    if put_any and found.type in ("reference", "references"):
        records.refer(slot, index, found.short)
    if put_any or reading.unread is not None:
        records.outcomes[position] = records.outcome_of(reading, put_any)
    else:
        draft = records.own[index]
        draft.kept.setdefault(column.heading, said)
        draft.kept_cells.setdefault(column.heading, position)
        records.outcomes[position] = "kept"
    if reading.mark or reading.problem:
        records.reports.tell_reading(reading, position, column.choice or said, found.name, column.heading)
