"""Stage 7: what people see on a sheet beside its values (strike-through, comments, hidden parts, colours) is told.

None of it changes what is read: it is no value. But a line struck out is no line like any other, so its values are
marked, and the mark travels with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from etl.issues import Issue
from etl.stages.outcomes import Outcomes
from etl.stages.readings.colours import light_of
from etl.stages.shapes import Draft, Sheet, Table, address
from etl.vocabulary import Vocabulary

Position = tuple[int, int]
#: What became of a cell where a colour or a line through its text matters.
TAKEN = ("heading", "loaded", "kept")
#: So many cells of merged ranges at most are looked under (a sheet has no more that matter).
LOOKED_UNDER = 500_000
LONGEST_QUOTE = 80
#: From this share of rows on, shading them from end to end is how the list looks and not what it says.
SHADED_FROM = 0.3
MOST_CELLS = 40


def tell_beside(
    sheet: Sheet, tables: Sequence[Table], drafts: Iterable[Draft], settled: Outcomes, vocabulary: Vocabulary
) -> list[Issue]:
    """One issue a kind of mark, with its cells. Puts the marks ``cell_struck`` and ``cell_struck_in_part`` on drafts
    read from such cells."""
    issues = [*_hidden(sheet)]
    for code, struck in (("cell_struck", sheet.struck), ("cell_struck_in_part", sheet.struck_parts)):
        if struck:
            issues += _told(code, sheet, [p for p in struck if settled.get(p) in TAKEN])
            _mark(drafts, struck, code)
    if sheet.comments:
        issues += _comments(sheet)
    if sheet.fills:
        issues += _told("colour_not_read", sheet, _colours_not_read(sheet, tables, drafts, vocabulary))
    if sheet.conditional and settled:
        issues.append(Issue("colour_by_rule", sheet.name, tuple(sheet.conditional[:MOST_CELLS])))
    if sheet.merged:
        issues += _told("merged_hides_values", sheet, _beneath(sheet))
    if sheet.external:
        issues += _told("value_from_elsewhere", sheet, [p for p in sheet.external if sheet.filled(*p)])
    return issues + list(_without_rows(sheet, tables))


def _told(code: str, sheet: Sheet, positions: Collection[Position]) -> list[Issue]:
    return [Issue(code, sheet.name, _stretches(positions), values={"count": len(positions)})] if positions else []


def _stretches(positions: Iterable[Position]) -> tuple[str, ...]:
    """Neighbouring cells of a row as ranges, equal ranges of neighbouring rows as one: ``("A3:F9", "B12")``."""
    runs: list[list[int]] = []
    for row, column in sorted(positions):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    blocks: list[list[int]] = []
    open_blocks: dict[tuple[int, int], list[int]] = {}
    for row, first, last in runs:
        block = open_blocks.get((first, last))
        if block is not None and block[2] == row - 1:
            block[2] = row
        else:
            block = open_blocks[first, last] = [row, first, row, last]
            blocks.append(block)
    return tuple(_range(*block) for block in blocks[:MOST_CELLS])


def _range(top: int, left: int, bottom: int, right: int) -> str:
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"


def _hidden(sheet: Sheet) -> Iterator[Issue]:
    """Hidden rows and columns in which something stands."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    rows = [r for r in sheet.hidden_rows if r <= height and any(sheet.filled(r, c) for c in range(1, width + 1))]
    columns = [c for c in sheet.hidden_columns if c <= width and any(sheet.filled(r, c) for r in range(1, height + 1))]
    if rows:
        cells = tuple(_range(first, 1, last, width) for first, last in _runs(rows))
        yield Issue("rows_hidden", sheet.name, cells[:MOST_CELLS], values={"count": len(rows)})
    if columns:
        cells = tuple(_range(1, first, height, last) for first, last in _runs(columns))
        yield Issue("columns_hidden", sheet.name, cells[:MOST_CELLS], values={"count": len(columns)})


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _mark(drafts: Iterable[Draft], struck: Collection[Position], code: str) -> None:
    for draft in drafts:
        for name, cells in draft.cells.items():
            if any((row, column) in struck for row, column, _ in cells):
                draft.marks.setdefault(name, code)


def _comments(sheet: Sheet) -> list[Issue]:
    (first, text), *others = sorted(sheet.comments.items())
    quote = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    cells = _stretches([first, *(place for place, _ in others)])
    return [Issue("comment_not_read", sheet.name, cells, quote, {"count": len(sheet.comments)})]


def _colours_not_read(
    sheet: Sheet, tables: Sequence[Table], drafts: Iterable[Draft], vocabulary: Vocabulary
) -> list[Position]:
    """Cells in a record's row whose colour could mean something (green, yellow, red) and was not taken as a status.

    A column coloured all the way down is decoration, and so are many rows shaded from end to end.
    """
    lights = {colour for colour in set(sheet.fills.values()) if light_of(colour, vocabulary)}
    found: list[Position] = []
    for table in tables:
        lines = set(table.data_rows)
        if table.kind is None or table.orientation != "down" or not lines or not lights:
            continue
        by_column: defaultdict[int, list[Position]] = defaultdict(list)
        rows = lines - _shaded_rows(sheet, table, lines)
        for (row, column), colour in sheet.fills.items():
            if row in rows and table.first_column <= column <= table.last_column and colour in lights:
                by_column[column].append((row, column))
        for places in by_column.values():
            uniform = len(places) == len(lines) and len({sheet.fills[place] for place in places}) == 1
            found += [] if uniform else places
    read = _read_colours(drafts) if found else set()
    return [place for place in found if place not in read]


def _shaded_rows(sheet: Sheet, table: Table, lines: Collection[int]) -> set[int]:
    """Rows in one colour over the whole width of the table, where there are many of them."""
    width = range(table.first_column, table.last_column + 1)
    rows = {row for row in lines if len({sheet.fills.get((row, column), "") for column in width}) == 1}
    rows = {row for row in rows if (row, table.first_column) in sheet.fills}
    return rows if len(rows) >= SHADED_FROM * len(lines) else set()


def _read_colours(drafts: Iterable[Draft]) -> set[Position]:
    marked = ((draft, name) for draft in drafts for name, mark in draft.marks.items() if mark == "status_from_colour")
    return {(row, column) for draft, name in marked for row, column, _ in draft.cells[name]}


def _beneath(sheet: Sheet) -> list[Position]:
    """Filled cells that a merged range covers, its first one apart."""
    height, width = len(sheet.rows), len(sheet.rows[0]) if sheet.rows else 0
    found, looked = [], 0
    for top, left, bottom, right in sheet.merged:
        bottom, right = min(bottom, height), min(right, width)
        looked += max(bottom - top + 1, 0) * max(right - left + 1, 0)
        if looked > LOOKED_UNDER:
            break
        cells = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left))
        found += [place for place in cells if sheet.filled(*place)]
    return found


def _without_rows(sheet: Sheet, tables: Iterable[Table]) -> Iterator[Issue]:
    for table in tables:
        if table.kind and not table.data_rows:
            yield Issue(
                "table_without_rows", sheet.name, _stretches(c for col in table.columns for c in col.heading_cells)
            )
