"""The cell ledger: every filled cell of a sheet counts once, or the file is refused.

filled = headings + loaded + kept + withheld + reported + set aside (by reason), each cell where it fits first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.stages.outcomes import Outcomes
from etl.stages.shapes import Sheet, Table, column_letters

Position = tuple[int, int]
SET_ASIDE = "set_aside:"


@dataclass(slots=True)
class SheetLedger:
    """Counts of filled cells. ``seen_beside`` counts colours and comments on cells without a value (not filled)."""

    filled: int
    headings: int = 0
    loaded: int = 0
    kept: int = 0
    withheld: int = 0
    reported: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)
    seen_beside: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        parts = self.headings + self.loaded + self.kept + self.withheld + self.reported
        return self.filled == parts + sum(self.set_aside.values())

    def as_json(self) -> dict[str, object]:
        return {
            "filled": self.filled,
            "headings": self.headings,
            "loaded": self.loaded,
            "kept": self.kept,
            "withheld": self.withheld,
            "reported": self.reported,
            "set_aside": dict(sorted(self.set_aside.items())),
        }


def settle(sheet: Sheet, tables: list[Table], set_aside: Mapping[Position, str], outcomes: Outcomes) -> Outcomes:
    """One outcome for each filled cell: heading, loaded, kept, reported or ``set_aside:<reason>``.

    A filled cell that no stage spoke for is reported: it lies in no table that was recognised.
    """
    for row, column in (cell for t in tables if t.kind is not None for c in t.columns for cell in c.heading_cells):
        if sheet.filled(row, column):
            outcomes[row, column] = "heading"
    for position in outcomes.open_cells():
        if sheet.filled(*position):
            reason = set_aside.get(position)
            outcomes[position] = "reported" if reason is None else SET_ASIDE + reason
    return outcomes


def drop_blanks(sheet: Sheet, outcomes: Outcomes) -> None:
    """Takes outcomes from cells that are not filled (a colour that was read stands in a blank cell)."""
    for position in list(outcomes):
        if not sheet.filled(*position):
            del outcomes[position]


def count(sheet: Sheet, settled: Outcomes) -> SheetLedger:
    """The ledger of a sheet. The filled cells are the sheet's own count, independent of what became of them."""
    ledger = SheetLedger(filled=sheet.count_filled())
    if len(settled) > ledger.filled:
        drop_blanks(sheet, settled)
    for outcome, number in settled.counted().items():
        if outcome.startswith(SET_ASIDE):
            ledger.set_aside[outcome[len(SET_ASIDE) :]] = number
        elif outcome == "heading":
            ledger.headings = number
        else:
            setattr(ledger, outcome, number)
    empty = [p for p in sheet.fills if p not in settled]
    if empty:
        ledger.seen_beside["colour"] = len(empty)
    if sheet.comments:
        ledger.seen_beside["comment"] = len(sheet.comments)
    return ledger


def ranges(positions: list[Position]) -> tuple[str, ...]:
    """Neighbouring cells of a row as ranges, for telling: ``("A3:F3", "A4:F4")``, at most twenty of them."""
    found: list[list[int]] = []
    for row, column in sorted(positions):
        if found and found[-1][0] == row and found[-1][2] == column - 1:
            found[-1][2] = column
        else:
            found.append([row, column, column])
    texts = [
        f"{column_letters(a)}{row}" if a == b else f"{column_letters(a)}{row}:{column_letters(b)}{row}"
        for row, a, b in found
    ]
    return tuple(texts[:20])
