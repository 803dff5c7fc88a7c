"""What an uploader says about a waiting file: checked against what is shown, kept beside the file, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.uploads import Preview, WaitingFile, understood
from etl.issues import Issue
from etl.model.drafts import keep_corrections, waiting_corrections
from etl.model.store import Store
from etl.pipeline.understanding import SheetUnderstood
from etl.stages.columns.anchors import kind_of
from etl.stages.corrections import Corrections, corners_of
from etl.stages.readers.cells import position_of
from etl.stages.shapes import Column, Table, address
from etl.vocabulary import load_vocabulary

__all__ = ["Correction", "Corrections", "Word", "as_sent", "correct", "may_say", "range_of", "said_so_far"]

#: As much as one may write into a cell.
LONGEST_TEXT = 2000
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """What is to be read otherwise; None in the last place takes an earlier word back.

    ``columns``: (sheet, heading, field or "" to keep it); ``cells``: (sheet, address, text); ``areas``: (sheet, range).
    """

    columns: tuple[tuple[str, str, str | None], ...] = ()
    cells: tuple[tuple[str, str, str | None], ...] = ()
    areas: tuple[tuple[str, str | None], ...] = ()

    def on(self, corrections: Corrections) -> Corrections:
        for sheet, heading, meaning in self.columns:
            corrections = corrections.with_column(sheet, heading, meaning)
        for sheet, cell, text in self.cells:
            corrections = corrections.with_cell(sheet, cell, text)
        for sheet, area in self.areas:
            corrections = corrections.with_area(sheet, area)
        return corrections


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that was put right: ``kind`` is column, cell or area; ``back`` takes it back."""

    kind: str
    sheet: str
    place: str
    said: str
    back: Word


def said_so_far(corrections: Corrections) -> tuple[Correction, ...]:
    """Everything that was put right, columns first."""
    columns = [
        Correction("column", sheet, heading, meaning, Word(columns=((sheet, heading, None),)))
        for (sheet, heading), meaning in sorted(corrections.columns.items())
    ]
    cells = [
        Correction("cell", sheet, cell, text, Word(cells=((sheet, cell, None),)))
        for (sheet, cell), text in sorted(corrections.cells.items(), key=lambda i: (i[0][0], position_of(i[0][1])))
    ]
    areas = [
        Correction("area", sheet, area, area, Word(areas=((sheet, None),)))
        for sheet, area in sorted(corrections.areas.items())
    ]
    return (*columns, *cells, *areas)


def as_sent(corrections: Corrections) -> Word:
    """Takes everything back."""
    back = [correction.back for correction in said_so_far(corrections)]
    return Word(
        tuple(c for word in back for c in word.columns),
        tuple(c for word in back for c in word.cells),
        tuple(c for word in back for c in word.areas),
    )


def range_of(text: str) -> str | None:
    """``" h20 : $A$4 "`` as ``"A4:H20"``; None where it is no range of cells."""
    try:
        first, last = corners_of("".join(text.split()))
    except ValueError:
        return None
    return f"{address(*first)}:{address(*last)}"


def correct(store: Store, waiting: WaitingFile, shown: Preview, word: Word) -> str | Issue:
    """Keep a word beside the file: "kept", "gone" (it waits no more), "ignored" (it speaks of nothing that is shown),
    or the issue for which the file could not be read that way; then it stays as it was."""
    if not may_say(shown, word):
        return "ignored"
    while True:
        with store.reading() as connection:
            before = waiting_corrections(connection, waiting)
        if before is None:
            return "gone"
        after = word.on(Corrections.from_data(before) if before else shown.corrections)
        found = understood(store, waiting, after)
        if isinstance(found, Issue):
            return found
        if _kept(store, waiting, before, after):
            return "kept"


def _kept(store: Store, waiting: WaitingFile, before: Mapping[str, object], after: Corrections) -> bool:
    """False where another word came in between; "nothing at all" is a word too, unlike silence."""
    with store.writing() as connection:
        now = waiting_corrections(connection, waiting)
        if now == before:
            keep_corrections(connection, waiting, after.as_data() or {"cells": []})
        return now is None or now == before


def may_say(shown: Preview, word: Word) -> bool:
    """Whether all a word speaks of is there: sheets, headings, fields of their kind of list, cells, a range."""
    sheets = {s.sheet.name: s for s in shown.understood.sheets}
    return (
        all(s in sheets and _may_mean(sheets[s], heading, to) for s, heading, to in word.columns)
        and all(s in sheets and _may_say_in(sheets[s], cell, text) for s, cell, text in word.cells)
        and all(s in sheets and (area is None or _reaches(sheets[s], area)) for s, area in word.areas)
    )


def _may_mean(sheet: SheetUnderstood, heading: str, meaning: str | None) -> bool:
    if meaning is None:
        return True
    kinds = {table.kind for table in sheet.tables if table.kind and _with_heading(table, heading)}
    known = meaning == "" or (meaning in load_vocabulary().fields and kind_of(meaning) in kinds)
    return bool(heading and kinds) and known


def _with_heading(table: Table, heading: str) -> list[Column]:
    return [column for column in table.columns if column.heading == heading]


def _may_say_in(sheet: SheetUnderstood, cell: str, text: str | None) -> bool:
    if text is None:
        return True
    position = position_in(sheet, cell)
    return position is not None and len(text) <= LONGEST_TEXT


def position_in(sheet: SheetUnderstood, cell: str) -> Position | None:
    """Row and column of a cell this sheet has."""
    try:
        row, column = position_of(cell)
    except ValueError:
        return None
    rows = sheet.sheet.rows
    return (row, column) if row <= len(rows) and column <= len(rows[0]) else None


def _reaches(sheet: SheetUnderstood, area: str) -> bool:
    """Whether a range holds anything of the sheet."""
    try:
        (top, left), (bottom, right) = corners_of(area)
    except ValueError:
        return False
    return any(top <= r <= bottom and left <= c <= right for r, c in sheet.sheet.filled_cells())
