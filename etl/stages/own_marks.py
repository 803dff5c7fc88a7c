"""What we added to a workbook we gave back (a sheet, comments, colours) is ours and says nothing about its partner.

The sheet is known by its first cell, whatever its name is by now; our comments by how their lines begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from etl.issues import DeliveryRefused, Issue
from etl.stages.refuse_clients import refuse_clients
from etl.stages.shapes import CellValue, Sheet, Workbook, address, is_filled
from etl.wording import LANGUAGES, say

#: Severity -> the colour of marked cells. None of them reads as a light.
FILLS = {"error": "F8D7E3", "warning": "FCE9C8", "note": "DCE9F9"}
#: How each of our lines in a comment begins.
NOTE = "[Runder Tisch] "
#: Our sheet: the row of its headings, below which each row is a matter, and the column for the partner's answer.
HEADING_ROW, ANSWER_COLUMN = 6, 8
_LONGEST_QUOTE = 80


@dataclass(frozen=True, slots=True)
class OwnMarks:
    """The names of our sheets in a workbook, and what partners wrote on them."""

    sheets: frozenset[str]
    issues: tuple[Issue, ...] = ()


def take_own_marks_off(workbook: Workbook) -> OwnMarks:
    """Forget our colours and comments; raises ``DeliveryRefused`` where an answer tells of a single client."""
    ours = [sheet for sheet in workbook.sheets if is_ours(sheet)]
    if not ours:
        return OwnMarks(frozenset())
    colours = frozenset(FILLS.values())
    for sheet in workbook.sheets:
        sheet.fills = {place: colour for place, colour in sheet.fills.items() if colour not in colours}
        own = {place: without_own_lines(text) for place, text in sheet.comments.items()}
        sheet.comments = {place: text for place, text in own.items() if text.strip()}
    return OwnMarks(frozenset(sheet.name for sheet in ours), tuple(_answers(ours)))


def is_ours(sheet: Sheet) -> bool:
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return isinstance(first, str) and first.startswith(tuple(say(language, "give_back.mark") for language in LANGUAGES))


def without_own_lines(text: str) -> str:
    """A comment without what we said in it; the partner's own lines stay."""
    lines = text.split("\n")
    if not any(line.startswith(NOTE) for line in lines):
        return text
    return "\n".join(line for line in lines if not line.startswith(NOTE)).rstrip("\n")


def _answers(sheets: list[Sheet]) -> Iterator[Issue]:
    for sheet in sheets:
        found = [(row, value) for row in range(HEADING_ROW + 1, len(sheet.rows) + 1) if (value := _answer(sheet, row))]
        if not found:
            continue
        answers: list[list[CellValue]] = [[None for _ in range(ANSWER_COLUMN)] for _ in sheet.rows]
        for row, value in found:
            answers[row - 1][-1] = value
        refused = refuse_clients(Sheet(sheet.name, rows=answers), [])
        if refused is not None:
            raise DeliveryRefused(refused)
        cells = tuple(address(row, ANSWER_COLUMN) for row, _ in found)
        first = str(found[0][1])
        quote = first if len(first) <= _LONGEST_QUOTE else first[: _LONGEST_QUOTE - 1] + "…"
        yield Issue("answer_not_read", sheet.name, cells, quote, {"count": len(found)})


def _answer(sheet: Sheet, row: int) -> CellValue:
    values = sheet.rows[row - 1]
    value = values[ANSWER_COLUMN - 1] if len(values) >= ANSWER_COLUMN else None
    return value if is_filled(value) else None
