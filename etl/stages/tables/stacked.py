"""Tables one below another: the sheet's blocks of rows, each a table, part of one, or notes around one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.shapes import Column, Section, Sheet, Table, column_letters, said_of
from etl.stages.tables.across import label_column, runs_across
from etl.stages.tables.body import Body, read_body
from etl.stages.tables.forms import Form, form_table, is_label, read_form
from etl.stages.tables.grid import Grid
from etl.stages.tables.heading_rows import Cell, Heading, find_heading, heading_at, known_words
from etl.stages.tables.notes import NoteWords, as_of_cell, note_reason, own_reason
from etl.stages.tables.sections import looks_like_section, met_on, names_field, section_subject, section_text
from etl.stages.upright import turned, turned_table
from etl.vocabulary import Vocabulary

_SPARSE = 2


@dataclass(slots=True)
class _Part:
    """A heading with the rows that follow it; ``before`` are the rows of notes above it. ``across``: the rows are a
    table that runs across; ``form``: they are one. None of these: not recognised."""

    heading: Heading | None
    before: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    form: Form | None = None
    across: bool = False


def tables_in(
    grid: Grid, index: HeadingIndex, words: NoteWords, vocabulary: Vocabulary, *, turnable: bool = True
) -> tuple[list[Table], dict[Cell, str]]:
    """The region's tables from top to bottom and the set-aside cells around and in them. ``turnable``: a table may also
    run across."""
    parts, trailing = _parts(grid, index, words, turnable)
    tables: list[Table] = []
    aside: dict[Cell, str] = {}
    for part in parts:
        notes = _Notes(grid, words, vocabulary)
        if part.form is not None:
            notes.take_above(part.before, sectioned=False)
            notes.take_cells(part.form.left)
            tables.append(replace(form_table(grid, part.form), as_of=notes.as_of))
        elif part.across:
            notes.take_above(part.before, sectioned=False)
            found, set_aside = _turned_tables(grid, part.rows, index, words, vocabulary)
            tables += [replace(table, as_of=table.as_of or notes.as_of) for table in found]
            aside |= set_aside
        elif part.heading is None:
            tables.append(_unrecognised(grid, part.rows))
        else:
            sections = notes.take_above(part.before, sectioned=True)
            tables.append(_table(grid, part, sections, notes, vocabulary))
        aside |= notes.aside
    notes = _Notes(grid, words, vocabulary)
    if not tables and trailing and (reason := _one_note(grid, trailing, words)):
        return [], {(row, column): reason for row in trailing for column in grid.filled(row)}
    notes.take_above(trailing, sectioned=False)
    if not tables and trailing:
        return [_unrecognised(grid, trailing)], aside
    return tables, aside | notes.aside


def _one_note(grid: Grid, rows: list[int], words: NoteWords) -> str | None:
    """The reason for all of ``rows`` where they are one legend or instruction, told by their first text."""
    first = next((text for row in rows for column in grid.filled(row) if (text := grid.text(row, column))), "")
    reason = own_reason(first, words)
    return reason if reason in ("legend", "instruction") else None


def _turned_tables(
    grid: Grid, rows: Sequence[int], index: HeadingIndex, words: NoteWords, vocabulary: Vocabulary
) -> tuple[list[Table], dict[Cell, str]]:
    """What stands in rows that run across, found on the sheet turned by a quarter."""
    first = label_column(grid, rows)
    groups = {(row, column): "section" for row in rows for column in grid.filled(row) if column < first}
    on_its_side = Grid(turned(_only_rows(grid.sheet, rows, first)))
    tables, aside = tables_in(on_its_side, index, words, vocabulary, turnable=False)
    return [turned_table(table) for table in tables], groups | {(c, r): reason for (r, c), reason in aside.items()}


def _only_rows(sheet: Sheet, rows: Sequence[int], first: int) -> Sheet:
    """The sheet with all other rows, and the columns before ``first``, blank: rows and columns keep their numbers."""
    kept, width, left = frozenset(rows), len(sheet.rows[0]), [None] * (first - 1)
    cells = sheet.formulas_without_value
    return replace(
        sheet,
        rows=[
            [*left, *row[first - 1 :]] if number in kept else [None] * width for number, row in enumerate(sheet.rows, 1)
        ],
        errors={cell: text for cell, text in sheet.errors.items() if cell[0] in kept and cell[1] >= first},
        formulas_without_value={c: text for c, text in cells.items() if c[0] in kept and c[1] >= first},
        merged=[area for area in sheet.merged if area[0] in kept and area[1] >= first],
    )


def _whole(grid: Grid, index: HeadingIndex, turnable: bool) -> list[_Part]:
    """The region as one table across, or as one or several forms, blank rows in it notwithstanding."""
    rows = [row for row in range(1, grid.height + 1) if grid.count(row)]
    body = _below_titles(grid, rows)
    forms = [read_form(grid, part, index) for part in _repeated(grid, rows, index)] if turnable else []
    if forms and all(forms):
        return [_Part(None, form=form) for form in forms]
    if turnable and body and runs_across(grid, body, index):
        return [_Part(None, before=[row for row in rows if row < body[0]], rows=body, across=True)]
    return []


def _below_titles(grid: Grid, rows: Sequence[int]) -> list[int]:
    """Without the sparse rows at the top."""
    first = next((place for place, row in enumerate(rows) if grid.count(row) > _SPARSE), len(rows))
    return list(rows[first:])


def _repeated(grid: Grid, rows: Sequence[int], index: HeadingIndex) -> list[list[int]]:
    """The rows cut where the first label comes again: one form below another."""
    first = next((row for row in rows if is_label(grid, (row, grid.filled(row)[0]), index)), None)
    if first is None or len(rows) > 400:
        return []
    column = grid.filled(first)[0]
    label = grid.text(first, column)
    starts = [row for row in rows if row >= first and grid.text(row, column) == label]
    bounds = [rows[0], *starts[1:], rows[-1] + 1]
    return [[r for r in rows if a <= r < b] for a, b in pairwise(bounds)]


def _parts(grid: Grid, index: HeadingIndex, words: NoteWords, turnable: bool) -> tuple[list[_Part], list[int]]:
    parts = _whole(grid, index, turnable)
    if parts:
        return parts, []
    waiting: list[int] = []
    for first, last in grid.blocks():
        current = next((part for part in reversed(parts) if part.heading), None)
        for start, end in _pieces(grid, first, last, current, index):
            rows = list(range(start, end + 1))
            body = _below_titles(grid, rows)
            form = read_form(grid, rows, index) if turnable else None
            if form is not None:
                parts.append(_Part(None, before=waiting, form=form))
                waiting = []
                continue
            if turnable and body and runs_across(grid, body, index):
                parts.append(_Part(None, waiting + rows[: len(rows) - len(body)], body, across=True))
                waiting = []
                continue
            heading = _own_heading(grid, start, end, current, index, words)
            if heading:
                top = min(*heading.rows, *heading.beside) if heading.beside else heading.rows[0]
                current = _Part(heading, waiting + rows[: top - start], rows[heading.leaf - start + 1 :])
                parts.append(current)
                waiting = []
            elif current:
                current.rows += rows
            elif _is_list(grid, rows):
                parts.append(_Part(None, rows=waiting + rows))
                waiting = []
            else:
                waiting += rows
    return parts, waiting


def _pieces(grid: Grid, first: int, last: int, current: _Part | None, index: HeadingIndex) -> list[tuple[int, int]]:
    """A block cut where a sparse row (a title) stands over a heading, though no blank row parts the tables."""
    cuts = [first]
    for row in range(first + 2, last):
        if grid.count(row) <= _SPARSE and grid.count(row + 1) > _SPARSE and known_words(grid, row + 1, index) >= 3:
            cuts.append(row)
    return [(start, end - 1) for start, end in zip(cuts, [*cuts[1:], last + 1], strict=True)]


def _own_heading(
    grid: Grid, first: int, last: int, current: _Part | None, index: HeadingIndex, words: NoteWords
) -> Heading | None:
    if current is None or current.heading is None:
        return find_heading(grid, first, last, index, words, by_shape=True)
    if grid.count(first) <= _SPARSE and last == first:
        return None
    alien = _unlike(grid, current.heading, first, last)
    end = last if alien else min(last, first + 3)
    again = _starts_again(grid, current.heading, first, end)
    found = heading_at(grid, again, first, last, index, words) if again else None
    found = found or find_heading(grid, first, end, index, words, by_shape=alien)
    if found and _titles(grid, found) == _titles(grid, current.heading):
        return None
    return found


def _starts_again(grid: Grid, heading: Heading, first: int, last: int) -> int | None:
    """The row that begins with the very text the heading above begins with: another heading, for other columns."""
    begins = grid.text(*heading.cells[heading.first_column][-1])
    for row in range(first, last + 1):
        filled = grid.filled(row)
        if len(filled) >= 3 and begins and grid.text(row, filled[0]) == begins:
            return row
    return None


def _unlike(grid: Grid, heading: Heading, first: int, last: int) -> bool:
    """Whether the block stands on other columns than the table above it."""
    used = {column for row in range(first, min(last, first + 3) + 1) for column in grid.filled(row)}
    return len(used) >= 3 and not used <= heading.cells.keys()


def _titles(grid: Grid, heading: Heading) -> list[str]:
    return [said_of(grid.value(*cells[-1])) for _, cells in sorted(heading.cells.items())]


def _is_list(grid: Grid, rows: list[int]) -> bool:
    return sum(grid.count(row) >= 3 for row in rows) >= 3


class _Notes:
    """Collects the cells above, between and below tables with their reasons."""

    def __init__(self, grid: Grid, words: NoteWords, vocabulary: Vocabulary) -> None:
        self.grid, self.words, self.vocabulary = grid, words, vocabulary
        self.aside: dict[Cell, str] = {}
        self.as_of: Cell | None = None

    def take_above(self, rows: list[int], *, sectioned: bool) -> list[Section]:
        """Sets ``rows`` aside; the last of them may be a section that holds for the table below."""
        sections: list[Section] = []
        for place, row in enumerate(rows):
            filled = self.grid.filled(row)
            if not filled:
                continue
            day = as_of_cell(self.grid, row, self.words)
            text = next((t for column in filled if (t := self.grid.text(row, column))), "")
            if day:
                self.as_of = self.as_of or day
            lone = len(filled) == 1 and place == len(rows) - 1 and sectioned and not day
            if lone and (met := met_on(text)):
                sections.append(Section(row, filled[0], "day", met))
                self.aside[(row, filled[0])] = "title"
                continue
            if len(filled) == 1 and sectioned and not day and names_field(text) and not sections:
                lone = True  # "Handlungsfeld: Wohnen" heads its sheet wherever it stands above the table
            if lone and ":" in text and looks_like_section(text, self.words):
                subject = section_subject(text, self.words, self.vocabulary)
                sections.append(Section(row, filled[0], subject, section_text(text, self.words)))
                self.aside[(row, filled[0])] = "section"
                continue
            self._row(row, filled, day)
        return sections

    def take_cells(self, cells: Sequence[Cell]) -> None:
        """Sets aside single cells that belong to no label of a form."""
        for row, column in cells:
            self._row(row, [column], as_of_cell(self.grid, row, self.words))

    def _row(self, row: int, filled: list[int], day: Cell | None) -> None:
        self.as_of = self.as_of or day
        for column in filled:
            text = self.grid.text(row, column)
            reason = note_reason(text, self.words, "title") if text else "title"
            if day and (column == day[1] or (text and "as_of" in self.words.reasons(text))):
                reason = "as_of"
            self.aside[(row, column)] = reason


def _table(grid: Grid, part: _Part, sections: list[Section], notes: _Notes, vocabulary: Vocabulary) -> Table:
    heading = part.heading
    assert heading is not None, "a table without heading is built elsewhere"
    body = read_body(grid, heading, [row for row in part.rows if grid.count(row)], notes.words, vocabulary)
    notes.aside |= body.notes
    for row, reason in heading.beside.items():
        notes.aside |= {(row, column): reason for column in grid.filled(row)}
    columns = _columns(grid, heading, body)
    used = [*heading.rows, *heading.beside, *body.data_rows, *body.total_rows, *(s.row for s in body.sections)]
    return Table(
        sheet=grid.sheet.name,
        kind=None,
        header_rows=heading.rows,
        first_row=min(used),
        last_row=max(used),
        first_column=columns[0].column,
        last_column=columns[-1].column,
        columns=columns,
        data_rows=body.data_rows,
        sections=sections + body.sections,
        total_rows=body.total_rows,
        as_of=notes.as_of or body.as_of,
    )


def _columns(grid: Grid, heading: Heading, body: Body) -> list[Column]:
    """Headed columns, and columns without heading that hold data, under their letter."""
    rows = [grid.rows[row - 1] for row in body.data_rows]
    columns = []
    for column in range(1, grid.width + 1):
        cells = heading.cells.get(column, ())
        if cells:
            text = " ".join(said_of(grid.value(*cell)).strip() for cell in cells)
            columns.append(Column(column, text, heading_cells=cells))
        elif any(row[column - 1] not in (None, "") for row in rows) or _extra(grid, column, body.data_rows):
            columns.append(Column(column, f"Spalte {column_letters(column)}"))
    return columns


def _extra(grid: Grid, column: int, rows: list[int]) -> bool:
    """Error cells and formulas without value, which hold no value but are filled."""
    positions = grid.sheet.errors.keys() | grid.sheet.formulas_without_value.keys()
    return bool(positions) and any((row, column) in positions for row in rows)


def _unrecognised(grid: Grid, rows: list[int]) -> Table:
    filled = {row: grid.filled(row) for row in rows if grid.filled(row)}
    columns = sorted({column for found in filled.values() for column in found})
    return Table(
        sheet=grid.sheet.name,
        kind=None,
        header_rows=(),
        first_row=min(filled),
        last_row=max(filled),
        first_column=columns[0],
        last_column=columns[-1],
        columns=[Column(column, f"Spalte {column_letters(column)}") for column in columns],
        data_rows=sorted(filled),
    )
