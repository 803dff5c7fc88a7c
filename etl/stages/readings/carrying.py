"""Values that stand once and hold for several records: merged cells, ditto marks, section rows, grouped lists."""

from __future__ import annotations

from collections.abc import Sequence

from etl.stages.readings.cells import DITTO, Context, read_cell, reason_for_nothing
from etl.stages.readings.column_facts import Filling, filling_of
from etl.stages.readings.records import LOADED, Records, Source
from etl.stages.readings.reports import Position
from etl.stages.shapes import CellValue, Draft, Section, said_of, said_texts
from etl.vocabulary import Field

#: Taken from the row above where cells are merged. A ditto mark repeats whatever stands above it but money, which may
#: as well be meant to be in the sum above.
CARRIED = frozenset({"id", "field_of_action", "goal_ref", "lead_org", "lead_goal", "step"})
#: Fields whose list is often written as groups: the value at the first row of the group, blanks below it.
_GROUPING = frozenset({"field_of_action", "lead_goal", "step"})
_FEWEST_BLANKS = 1 / 3
#: A section of the left one ends the sections of the right ones.
_LEVELS = ("field_of_action", "lead_goal", "goal_ref", "title")


def carry_down(records: Records) -> None:
    """Repeats the value above for ditto marks, merged ranges and grouped lists; its cells get the role ``carried``."""
    merged = _merged_origins(records)
    full = {slot: _stated_everywhere(drafts) for slot, drafts in records.drafts.items()}
    for column in records.table.columns:
        found = records.vocabulary.fields.get(column.field or "")
        if found is None or found.kind not in records.family:
            continue
        if found.short not in full.get(records.slot_of(column, found), ()):
            _carry_column(records, filling_of(records, column), found, merged)


def _stated_everywhere(drafts: Sequence[Draft]) -> set[str]:
    """The fields that all drafts have a value for."""
    return set(drafts[0].values).intersection(*[draft.values for draft in drafts[1:]]) if drafts else set()


def _merged_origins(records: Records) -> dict[Position, Position]:
    """Cell -> the top cell of its merged range, for ranges over several rows inside the table."""
    table = records.table
    return {
        (row, left): (top, left)
        for top, left, bottom, _ in records.sheet.merged
        if table.first_column <= left <= table.last_column and bottom > top
        for row in range(top + 1, min(bottom, table.last_row) + 1)
    }


def _carry_column(records: Records, filling: Filling, found: Field, merged: dict[Position, Position]) -> None:
    name, drafts = found.short, records.of(records.slot_of(filling.column, found))
    context = Context(found, records.vocabulary, records.day)
    grouped = name in _GROUPING and _is_grouped(filling.values)
    above: Draft | None = None
    for draft, value, position in zip(drafts, filling.values, filling.positions, strict=True):
        if name in draft.values:
            above = draft
            continue
        if above is None or name in draft.cells:  # another column says that there is nobody, or something unknown
            continue
        ditto = value is not None and found.type != "amount" and reason_for_nothing(value, context) == DITTO
        spread = value is None and name in CARRIED and merged.get(position) == above.cells[name][0][:2]
        if ditto or spread or (value is None and grouped):
            _repeat(above, draft, found, [(*position, "carried")] if ditto else [], said_of(value))
            if ditto:
                records.outcomes[position] = LOADED


def _is_grouped(values: Sequence[CellValue]) -> bool:
    """A list written in groups: it begins with a value, no value comes twice, and many cells below are blank."""
    filled = [value for value in values if value is not None]
    blanks = len(values) - len(filled)
    if not filled or values[0] is None or len(filled) < 2 or blanks < _FEWEST_BLANKS * len(values):
        return False
    return len(set(map(said_of, filled))) == len(filled)


def _repeat(above: Draft, draft: Draft, found: Field, own: list[tuple[int, int, str]], own_text: str) -> None:
    name = found.short
    draft.values[name] = above.values[name]
    draft.cells[name] = [(*above.cells[name][0][:2], "carried"), *own]
    draft.said[name] = [said_texts(above, name)[0], *([own_text] if own else [])]
    if name in above.references:
        draft.references[name] = list(above.references[name])
    if name in above.marks:
        draft.marks[name] = above.marks[name]


def section_ends(section: Section, sections: Sequence[Section], after: int) -> int:
    """The row from which a section no longer holds: the next of its own field, or of one that stands above it."""
    short = section.field.partition(".")[2]
    level = _LEVELS.index(short) if short in _LEVELS else len(_LEVELS)
    for other in sorted(sections, key=lambda s: s.row):
        name = other.field.partition(".")[2]
        if other.row > section.row and (name == short or (name in _LEVELS and _LEVELS.index(name) < level)):
            return other.row
    return after


def carry_sections(records: Records) -> None:
    """Gives each record what the section above it says, unless the record says it itself."""
    table = records.table
    for section in table.sections:
        found = records.vocabulary.fields.get(section.field)
        position = (section.row, section.column)
        used = False
        if found is not None and found.kind in records.family and found.short != "title":
            end = section_ends(section, table.sections, table.last_row + 1)
            used = _carry_section(records, section, found, end)
        if used or records.outcomes.get(position) == LOADED:
            records.outcomes[position] = LOADED
        elif records.sheet.filled(*position) and found is not None and found.type == "date":
            records.outcomes[position] = "set_aside:title"
        elif records.sheet.filled(*position):
            records.outcomes[position] = "set_aside:section"


def _carry_section(records: Records, section: Section, found: Field, end: int) -> bool:
    reading = read_cell(section.text, Context(found, records.vocabulary, records.day))
    if reading.gives_nothing:
        return False
    position = (section.row, section.column)
    said = said_of(records.sheet.value(*position))
    used = False
    for index, line in enumerate(records.lines):
        draft = records.of(found.kind)[index]
        if section.row < line < end and found.short not in draft.values:
            source = Source([(*position, "carried")], [said])
            if records.put(found.kind, index, found.short, reading, source):
                used = True
                if found.type in ("reference", "references"):
                    records.refer(found.kind, index, found.short)
    if used and reading.mark:
        records.reports.tell_reading(reading, position, said, found.name, section.text)
    return used
