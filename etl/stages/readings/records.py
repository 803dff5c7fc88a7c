"""The drafts of a table while they are being filled, and what became of each cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.stages.outcomes import Outcomes
from etl.stages.readings.cells import DITTO
from etl.stages.readings.legend_words import LegendWord
from etl.stages.readings.reading import Reading
from etl.stages.readings.reports import Position, Reports
from etl.stages.shapes import CellValue, Column, Draft, FieldValue, Origins, Sheet, Table, rendered, said_of, said_texts
from etl.vocabulary import Field, Vocabulary

LOADED, KEPT, REPORTED = "loaded", "kept", "reported"
#: Kinds of record that the fields of a table can belong to; the first is the table's own.
FAMILIES: Mapping[str, tuple[str, ...]] = {
    "goal": ("goal", "indicator", "observation"),
    "partner": ("partner", "contact"),
}
#: A value that names a year behind it dates itself.
DATE_OF = {"current_value": "current_date", "baseline_value": "baseline_date", "target_value": "target_date"}
_NAMES = {"actual": "participants_actual", "planned": "participants_planned"}


@dataclass(slots=True)
class Source:
    """Where a reading comes from: ``cells`` with their roles, ``said`` what stood in each."""

    cells: list[tuple[int, int, str]]
    said: list[str]


@dataclass(slots=True)
class Records:
    """One table at work; it runs down (``upright`` sees to that). ``lines`` are the rows that hold a record; ``drafts``
    has, for each kind of the family (for observations of a year ``observation 2025``), one draft per line, filled or
    still empty.
    ``stated``: fields with a column of their own. ``known``: kind and name of a record -> its place in the list.
    ``legend``: what the sheet says its signs mean, once somebody asked."""

    table: Table
    sheet: Sheet
    vocabulary: Vocabulary
    day: dt.date
    lines: list[int]
    reports: Reports
    outcomes: Outcomes
    drafts: dict[str, list[Draft]] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    known: dict[tuple[str, ...], int] = field(default_factory=dict)
    legend: Mapping[str, LegendWord] | None = None
    _stored: list[tuple[CellValue, ...]] | None = None

    @property
    def kind(self) -> str:
        assert self.table.kind is not None, "a table without kind has no records"
        return self.table.kind

    @property
    def family(self) -> tuple[str, ...]:
        return FAMILIES.get(self.kind, (self.kind,))

    @property
    def own(self) -> list[Draft]:
        found = self.drafts.get(self.table.kind or "")
        return self.of(self.kind) if found is None else found

    def of(self, slot: str) -> list[Draft]:
        """The drafts of a kind; the slot ``observation 2025`` holds those of a year's column."""
        found = self.drafts.get(slot)
        if found is None:
            kind = slot.partition(" ")[0]
            found = self.drafts[slot] = [_new_draft(kind, line) for line in self.lines]
        return found

    def stored_in(self, column: int) -> Sequence[CellValue]:
        """What stands in a column of the sheet, in the rows of records."""
        if self._stored is None:
            rows = self.sheet.rows
            self._stored = list(zip(*[rows[line - 1] for line in self.lines], strict=True))
        return self._stored[column - 1] if self._stored else ()

    def slot_of(self, column: Column, found: Field) -> str:
        if found.kind == "observation" and column.year:
            return f"observation {column.until[0] if column.until else column.year}"
        return found.kind

    def put(self, slot: str, index: int, short: str, reading: Reading, source: Source) -> bool:
        """Puts all that a reading gives into the drafts of its line; False where nothing of it was new there."""
        draft = self.of(slot)[index]
        put_any = False
        for name, value in reading.fields.items():
            put_any = self._put_field(slot, index, short, name, value, reading, source) or put_any
        for name, told in reading.qualifier.items():
            target = self._target(short, name)
            if target is not None and (put_any or target not in draft.values):
                draft.qualifier.setdefault(target, {}).update(told)
                if not put_any or target not in draft.cells:
                    _attach(draft, target, source)
                put_any = True
        if reading.unread is not None and reading.problem and (put_any or short not in draft.cells):
            draft.unread[short] = reading.unread
            if not put_any:
                _attach(draft, short, source)
        return put_any

    def _target(self, short: str, name: str) -> str | None:
        if name == "value":
            return short
        if name == "precision":
            return f"{short}_precision"
        if name == "end" and short not in ("start", "end", "period"):
            return None
        if name in _NAMES:
            return _NAMES[name] if short in _NAMES.values() else None
        return name if name != "staff_fte" or self.kind == "measure" else None

    def _slot_for(self, slot: str, name: str) -> str | None:
        """Whose field a further name of a reading is: a unit the indicator's, an address the partner's."""
        if name == "unit" and slot != "contact":
            return "indicator" if self.kind == "goal" and "goal.unit" not in self.stated else None
        return "partner" if name in ("street", "postcode", "city") and slot == "contact" else slot

    def _put_field(
        self, slot: str, index: int, short: str, name: str, value: FieldValue, reading: Reading, source: Source
    ) -> bool:
        if name == "year":
            return self.put_year(slot, index, short, value, source)
        target, place = self._target(short, name), self._slot_for(slot, name)
        if target is None or place is None:
            return False
        draft = self.of(place)[index]
        before = draft.values.get(target)
        if target == "contact" and isinstance(before, str) and isinstance(value, str):
            draft.said[target] = said_texts(draft, target)
            draft.values[target] = before if value in before else f"{before}, {value}"
            _attach(draft, target, source)
            return True
        if not _is_free(draft, target, value):
            return False
        if isinstance(value, list):
            before = draft.values.get(target)
            value = [*before, *value] if isinstance(before, list) else list(value)
        draft.values[target] = value
        if reading.mark and name != "unit" and not target.endswith("_precision"):
            draft.marks[target] = reading.mark
        _attach(draft, target, source)
        return True

    def put_year(self, slot: str, index: int, short: str, year: FieldValue, source: Source) -> bool:
        """``48,3 % (2025)`` and ``Ziel 2028``: the day of the value, unless a column of its own states it."""
        return self.put_day(slot, index, short, (f"{year}-12-31", "year"), source)

    def put_day(self, slot: str, index: int, short: str, day: tuple[str, str], source: Source) -> bool:
        """The day (with its precision) that a heading or a cell gives for its value."""
        target = DATE_OF.get(short)
        if target is None or f"goal.{target}" in self.stated:
            return False
        draft = self.of(slot)[index]
        draft.values[target] = day[0]
        precision = [f"{target}_precision"] if day[1] != "day" else []
        for name in precision:
            draft.values[name] = day[1]
        for name in (target, *precision):
            draft.cells[name], draft.said[name] = list(source.cells), list(source.said)
        return True

    def refer(self, slot: str, index: int, short: str) -> None:
        """The names of a reference are handed on to whoever knows the records."""
        draft = self.of(slot)[index]
        names = draft.values.get(short)
        if isinstance(names, (str, list)):
            draft.references[short] = [names] if isinstance(names, str) else list(names)

    def outcome_of(self, reading: Reading, put_any: bool) -> str:
        if put_any:
            return LOADED
        if reading.reason is not None:
            return f"set_aside:{'ditto' if reading.reason == DITTO else 'null'}"
        assert reading.problem, "a filled cell gives a value, a reason for none, or a problem"
        return KEPT if reading.unread is not None else REPORTED


def _new_draft(kind: str, line: int) -> Draft:
    return Draft(kind, line, {}, Origins(line), {}, {}, {}, {}, {}, {}, {})


def _is_free(draft: Draft, target: str, value: FieldValue) -> bool:
    """A field's own column comes first, and of two columns the left one; lists of two columns are joined."""
    before = draft.values.get(target)
    return before is None or (isinstance(value, list) and isinstance(before, list))


def source_of(position: Position, value: CellValue, role: str = "value") -> Source:
    return Source([(*position, role)], [said_of(value)])


def _attach(draft: Draft, name: str, source: Source) -> None:
    """``said`` is stored only where the value itself would not render it."""
    before = draft.cells.get(name)
    if before:
        draft.said[name] = [*draft.said.get(name, [""] * len(before)), *source.said]
        draft.cells[name] = [*before, *source.cells]
        return
    draft.cells[name] = list(source.cells)
    single = len(source.said) == 1 and name in draft.values
    if not single or rendered(draft.values[name]) != source.said[0]:
        draft.said[name] = list(source.said)
