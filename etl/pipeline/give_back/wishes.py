"""Where a delivered file reads otherwise than what is known now, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from etl.model.state import Known, State
from etl.pipeline.give_back.grid import Position
from etl.pipeline.give_back.own_form import PERIOD, Example, own_ways, period_ways, replaced_inside, shown_value
from etl.pipeline.preview import Preview
from etl.pipeline.template.writing import Content
from etl.stages.shapes import CellValue, Draft, Sheet, Table, is_filled
from etl.vocabulary import Field

#: By these a record is known again: without them its row would be another one.
_NAMING = frozenset(
    {
        *("id", "title", "name", "short_title", "indicator", "milestone", "contact_name", "current_date", "date"),
        *("partner_a", "partner_b", "measure_ref", "programme", "funder", "comparison_group", "field_of_action"),
    }
)
#: A row's own date: values that are newer do not go with it.
_ROW_DAY = "report_date"
_PRECISION = "_precision"
Where = tuple[str, Position]


@dataclass(slots=True)
class Wish:
    """A cell that should say something else. ``wanted``: field -> value as known, None where the cell should be silent.

    ``known`` says it in the reader's language; ``ways`` are contents left to try; ``looks`` places whose colour says
    what is wanted, for cells read by their colour. ``outcome`` is written, emptied or left.
    """

    where: Where
    wanted: dict[str, Any]
    before: CellValue
    known: str = ""
    ways: list[Content] = field(default_factory=list)
    looks: list[Position | None] | None = None
    may_be_emptied: bool = True
    outcome: str = "open"
    content: Content = None
    replaces_formula: bool = False

    def met_by(self, read: dict[str, Any]) -> bool:
        """Whether the fields read from the cell say what was wanted, no more and no less."""
        silent = self.outcome == "emptied"
        return all(
            read.get(name) == value or (read.get(name) is None and (silent or name.endswith(_PRECISION)))
            for name, value in self.wanted.items()
        )


class Reading:
    """A preview, looked up by cell. ``origins``: the record each draft became when the file was accepted."""

    def __init__(self, preview: Preview, state: State, origins: Sequence[str | None], language: str) -> None:
        self.preview, self.state, self.language = preview, state, language
        drafts = preview.understood.drafts
        self.origins = origins if len(origins) == len(drafts) else [None] * len(drafts)
        self.drafts = preview.understood.drafts
        self.sheets = {found.sheet.name: found.sheet for found in preview.understood.sheets}
        self.fields = {(f.kind, f.short): f for f in preview.vocabulary.fields.values()}

    def table_of(self, number: int) -> tuple[Sheet, Table]:
        name, table = self.preview.understood.tables[self.preview.understood.table_of[number]]
        return self.sheets[name], table

    @cached_property
    def read_at(self) -> dict[Where, list[tuple[int, str, str]]]:
        """Cell -> (draft, field, role) of what was read from it."""
        found = defaultdict(list)
        for number, draft in enumerate(self.drafts):
            sheet = self.table_of(number)[0].name
            for name, cells in draft.cells.items():
                for row, column, role in cells:
                    found[sheet, (row, column)].append((number, name, role))
        return found

    def values_at(self, where: Where) -> dict[str, Any]:
        """Field -> value of what was read from a cell, precision included."""
        found: dict[str, Any] = {}
        for number, name, _ in self.read_at.get(where, ()):
            values = self.drafts[number].values
            found |= {n: values[n] for n in (name, f"{name}{_PRECISION}") if n in values}
        return found

    def record_of(self, number: int) -> Known | None:
        """The record a draft is, also where it is called otherwise by now."""
        key = self.preview.matches[number].key or self.origins[number]
        return self.state.find(key) if key else None

    def known(self, number: int, wanted: dict[str, Any]) -> Known:
        """The record of a draft with the values wanted, and their sources where these say so."""
        found = self.record_of(number)
        holds = {n: s for n, s in found.holds.items() if s.body.values.get(n) == wanted.get(n)} if found else {}
        return Known("", self.drafts[number].kind, None, None, dict(wanted), holds)

    def precision(self, number: int, name: str) -> str | None:
        """How exact the known day is; None for a day, also where only something older said how exact it was."""
        found = self.record_of(number)
        exact = f"{name}{_PRECISION}"
        if found is None or exact not in found.holds or found.holds[exact] is not found.holds.get(name):
            return None
        return None if found.value(exact) == "day" else str(found.value(exact))

    def examples(self, number: int, name: str) -> list[Example]:
        """What the other records of the table say in this field, where one cell says it."""
        table = self.preview.understood.table_of[number]
        sheet = self.table_of(number)[0]
        found = []
        for other, draft in enumerate(self.drafts):
            if self.preview.understood.table_of[other] == table and name in draft.values:
                cells = draft.cells.get(name, [])
                if len(cells) == 1 and cells[0][2] == "value":
                    found.append(Example(sheet.value(*cells[0][:2]), draft.values[name]))
        return found

    def wishes(self) -> Iterator[Wish]:
        """The cells that make the file read otherwise than what is known."""
        for changed in self.preview.comparison.changed.values():
            for number, changes in changed.items():
                yield from self._of_draft(number, {change.field: change.old for change in changes})
        for kind, new in self.preview.comparison.new.items():
            for number in new:
                yield from self._of_new(kind, number)

    def _of_new(self, kind: str, number: int) -> Iterator[Wish]:
        """A record that is called otherwise by now; a value without a day, of which each file would add one."""
        draft, known = self.drafts[number], self.record_of(number)
        if known is not None:
            said = {n: known.value(n) for n, v in draft.values.items() if known.value(n) not in (None, v)}
            if said:
                yield from self._of_draft(number, said)
                return
        if kind == "observation" and draft.parent is not None and self.preview.matches[draft.parent].key:
            yield from self._of_draft(number, dict.fromkeys(draft.values))

    def _of_draft(self, number: int, wanted: dict[str, Any]) -> Iterator[Wish]:
        draft = self.drafts[number]
        for name in dict.fromkeys(name.removesuffix(_PRECISION) for name in wanted):
            for row, column, role in draft.cells.get(name, ()):
                place = row, column
                if role == "colour":
                    yield self._by_colour(number, name, wanted.get(name), place)
                elif role == "value":
                    yield self._by_content(number, place, wanted)

    def _by_colour(self, number: int, name: str, value: Any, place: Position) -> Wish:
        sheet = self.table_of(number)[0]
        places: list[Position | None] = [
            other for other in self._coloured(number, name) if self.values_at((sheet.name, other)).get(name) == value
        ]
        return Wish(
            (sheet.name, place),
            {name: value},
            sheet.value(*place),
            self._shown(number, {name: value}),
            looks=[*places[:1], None],
        )

    def _coloured(self, number: int, name: str) -> Iterator[Position]:
        table = self.preview.understood.table_of[number]
        for other, draft in enumerate(self.drafts):
            if self.preview.understood.table_of[other] == table:
                yield from ((row, col) for row, col, role in draft.cells.get(name, ()) if role == "colour")

    def _by_content(self, number: int, place: Position, wanted: dict[str, Any]) -> Wish:
        sheet = self.table_of(number)[0]
        where = sheet.name, place
        read = [name for other, name, role in self.read_at[where] if other == number and role == "value"]
        here = list(dict.fromkeys(name.removesuffix(_PRECISION) for name in read))
        values = {n: v for n, v in self.drafts[number].values.items() if n.removesuffix(_PRECISION) in here}
        values |= {n: v for n, v in wanted.items() if n.removesuffix(_PRECISION) in here}
        for name in here:
            values.pop(f"{name}{_PRECISION}", None)
            if (exact := self.precision(number, name)) is not None and values.get(name) is not None:
                values[f"{name}{_PRECISION}"] = exact
        before = sheet.value(*place)
        by_cross = any(column.choice and column.column == place[1] for column in self.table_of(number)[1].columns)
        ways = [] if by_cross else self._ways(number, here, values, before)
        naming = any(name in _NAMING for _, name, _ in self.read_at[where])
        return Wish(where, values, before, self._shown(number, wanted), ways, may_be_emptied=not naming)

    def _ways(self, number: int, here: list[str], values: dict[str, Any], before: CellValue) -> list[Content]:
        if any(values.get(name) is None for name in here):
            return []
        if set(here) <= set(PERIOD) and len(here) > 1:
            return period_ways(values.get("start"), values.get("end"), before)
        if len(here) > 1:
            return replaced_inside(before, self.drafts[number].values, values)
        return self._own_ways(number, here[0], values, before)

    def _own_ways(self, number: int, name: str, values: dict[str, Any], before: CellValue) -> list[Content]:
        field = self._field(self.drafts[number], name)
        if field is None:
            return []
        examples = [Example(before, self.drafts[number].values.get(name)), *self.examples(number, name)]
        known = self.known(number, values)
        return own_ways(field, known, before, examples, self.language, self.preview.vocabulary)

    def _shown(self, number: int, wanted: dict[str, Any]) -> str:
        """What is known, for people; how exact a day is shows in its other form or not at all."""
        texts = []
        for name, value in wanted.items():
            if value is not None and not name.endswith(_PRECISION):
                field = self._field(self.drafts[number], name)
                texts.append(shown_value(field, value, self.language, self.preview.vocabulary))
        return "; ".join(texts)

    def _field(self, draft: Draft, name: str) -> Field | None:
        return self.fields.get((draft.kind, name))

    def entered_since(self) -> Iterator[Wish]:
        """Blank cells of columns we know, where a person has entered a value meanwhile."""
        for number, match in enumerate(self.preview.matches):
            known = self.state.find(match.key) if match.key and match.merged_into is None else None
            entered = [n for n, said in known.holds.items() if said.entry is not None] if known else []
            missing = [name for name in entered if name not in self.drafts[number].values]
            for name in missing if known else ():
                yield from self._into_blank(number, name, known)

    def _into_blank(self, number: int, name: str, known: Known | None) -> Iterator[Wish]:
        sheet, table = self.table_of(number)
        draft, field = self.drafts[number], self._field(self.drafts[number], name)
        columns = [c for c in table.columns if field is not None and c.field == field.name and not c.choice]
        if table.orientation != "down" or len(columns) != 1 or known is None:
            return
        place = draft.row, columns[0].column
        if place[1] <= len(sheet.rows[0]) and not is_filled(sheet.value(*place)):
            wanted = {n: known.value(n) for n in (name, f"{name}{_PRECISION}") if known.value(n) is not None}
            ways = self._own_ways(number, name, wanted, None)
            yield Wish((sheet.name, place), wanted, None, self._shown(number, wanted), ways)

    def outdated_rows(self) -> Iterator[Wish]:
        """Dates of rows about which something newer is known: such a row is undated till its partner dates it."""
        for number, draft in enumerate(self.drafts):
            known = self.record_of(number) if draft.day and _ROW_DAY in draft.values else None
            if known and any(known.value(name) != value for name, value in draft.values.items()):
                for row, column, role in draft.cells.get(_ROW_DAY, ()):
                    sheet = self.table_of(number)[0]
                    if role == "value":
                        wanted = {_ROW_DAY: None}
                        yield Wish((sheet.name, (row, column)), wanted, sheet.value(row, column))
