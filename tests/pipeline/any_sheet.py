"""Sheets nobody wrote: lists, turned lists, forms and columns of crosses with titles, sections, totals and mess."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.pipeline.any_words import (
    KINDS,
    NOTHINGS,
    ORGANISATIONS,
    TITLES,
    Value,
    headings,
    misspelt,
    notes,
    odd_values,
    sheet_names,
    title_heading,
    values_of,
)

Position = tuple[int, int]
Cells = dict[Position, Value]
#: The most rows and columns a sheet of ours reaches.
TALLEST, WIDEST = 40, 24


@dataclass
class AnySheet:
    """Cells and what stands beside their values; rows and columns from 1."""

    name: str
    cells: Cells
    hidden: bool = False
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    fills: dict[Position, str] = field(default_factory=dict)
    struck: list[Position] = field(default_factory=list)
    comments: dict[Position, str] = field(default_factory=dict)


def _chance(draw: st.DrawFn, of: int) -> bool:
    """True once in ``of`` times; shrinks to False."""
    return draw(st.integers(0, of - 1)) == of - 1


Columns = list[tuple[str, str | None]]


@st.composite
def _columns(draw: st.DrawFn, kind: str) -> Columns:
    """Headings with the fields they stand for; nearly always with the one that names the record."""
    columns = draw(st.lists(headings(kind), min_size=1, max_size=7))
    if not _chance(draw, 12):
        columns.insert(draw(st.integers(0, min(2, len(columns)))), draw(title_heading(kind)))
    return columns


@st.composite
def down(draw: st.DrawFn, kind: str) -> Cells:
    """A list with one to three heading rows, sections, totals, repeated headings, examples, ditto marks, blank rows."""
    columns = draw(_columns(kind))
    cells: Cells = {}
    row = 1
    if _chance(draw, 4):
        _groups(draw, cells, len(columns))
        row += 1
    heading = row
    cells |= {(row, column): text for column, (text, _) in enumerate(columns, 1)}
    row += 1
    if _chance(draw, 8):
        cells |= {(row, column): draw(headings(kind))[0] for column in range(1, len(columns) + 1)}
        row += 1
    for _ in range(draw(st.integers(0, 7))):
        row = _between(draw, cells, row, heading, len(columns))
        for column, (_, name) in enumerate(columns, 1):
            value = _value(draw, name)
            if value is not None:
                cells[row, column] = value
        row += 1
    if _chance(draw, 4):
        cells[row, 1] = draw(st.sampled_from(notes("total")))
        cells |= {(row, column): draw(st.integers(0, 900)) for column in range(2, len(columns) + 1) if _chance(draw, 2)}
    return cells


def _groups(draw: st.DrawFn, cells: Cells, width: int) -> None:
    """A row over the headings: "Laufzeit" over "von | bis", years over "Soll | Ist"."""
    for column in range(1, width + 1):
        if _chance(draw, 3):
            cells[1, column] = draw(
                st.sampled_from(["Laufzeit", "Teilnehmende", "Kosten", 2025, 2026, "Zuständig", "Ist", "Soll"])
            )


def _value(draw: st.DrawFn, name: str | None) -> Value | None:
    luck = draw(st.integers(0, 9))
    if luck == 9:
        return None
    if luck == 8:
        return draw(st.sampled_from(NOTHINGS))
    return draw(values_of(name) if name else odd_values())


def _between(draw: st.DrawFn, cells: Cells, row: int, heading: int, width: int) -> int:
    """What may stand before a record; returns the record's row."""
    what = draw(
        st.sampled_from(["nothing"] * 9 + ["blank", "section", "total", "again", "example", "numbers", "ditto"])
    )
    if what == "nothing":
        return row
    if what == "section":
        cells[row, draw(st.integers(1, 2))] = draw(
            st.sampled_from([*notes("section"), *TITLES, "HF 1: Sprache und Bildung", "2026"])
        )
    elif what == "total":
        cells |= {(row, 1): draw(st.sampled_from(notes("total"))), (row, width): draw(st.integers(0, 900))}
    elif what == "again":
        cells |= {(row, column): cells[heading, column] for column in range(1, width + 1) if (heading, column) in cells}
    elif what == "example":
        cells |= {(row, column): draw(st.sampled_from([*notes("example"), *TITLES])) for column in range(1, width + 1)}
    elif what == "numbers":
        cells |= {(row, column): column for column in range(1, width + 1)}
    elif what == "ditto":
        cells |= {(row, column): draw(st.sampled_from(['"', "dito", "s.o.", "-"])) for column in range(1, width + 1)}
    return row + 1


@st.composite
def across(draw: st.DrawFn, kind: str) -> Cells:
    """A list on its side: one record a column."""
    return {(column, row): value for (row, column), value in draw(down(kind)).items()}


@st.composite
def form(draw: st.DrawFn, kind: str) -> Cells:
    """One record: a label left of its value or above it."""
    columns, above, colon = draw(_columns(kind)), _chance(draw, 3), draw(st.sampled_from([":", "", " :", "?"]))
    cells: Cells = {}
    row = 1
    for text, name in columns:
        cells[row, 1] = text + colon
        value = _value(draw, name)
        if value is not None:
            cells[(row + 1, 1) if above else (row, 2)] = value
        row += (2 if above else 1) + _chance(draw, 6)
    return cells


@st.composite
def crosses(draw: st.DrawFn, kind: str) -> Cells:
    """A list with one column per status (or field of action, or light) and a cross in it."""
    cells = draw(down(kind))
    width = max(column for _, column in cells)
    choices = draw(
        st.sampled_from(
            [
                ["geplant", "laufend", "abgeschlossen"],
                ["grün", "gelb", "rot"],
                ["Sprache", "Arbeit", "Wohnen", "Bildung"],
            ]
        )
    )
    row = min(row for row, _ in cells)
    cells |= {(row, width + n): choice for n, choice in enumerate(choices, 1)}
    for below in sorted({row for row, _ in cells} - {row}):
        cells[below, width + draw(st.integers(1, len(choices)))] = draw(st.sampled_from(["x", "X", "✓", 1, "ja", "?"]))
    return cells


_LAYOUTS = st.sampled_from([down, down, down, down, across, form, crosses])


@st.composite
def _tables(draw: st.DrawFn) -> Cells:
    """One or two tables, the second below or beside the first."""
    cells: Cells = draw(draw(_LAYOUTS)(draw(_KINDS)))
    if not _chance(draw, 4):
        return cells
    second = draw(draw(_LAYOUTS)(draw(_KINDS)))
    gap, beside = draw(st.integers(0, 3)), _chance(draw, 2)
    below = 0 if beside else max(row for row, _ in cells) + gap
    behind = max(column for _, column in cells) + gap if beside else 0
    return cells | _moved(second, below, behind)


_KINDS = st.one_of(st.just("measure"), st.sampled_from(KINDS))


def _moved(cells: Cells, rows: int, columns: int) -> Cells:
    return {(row + rows, column + columns): value for (row, column), value in cells.items()}


@st.composite
def sheets(draw: st.DrawFn, number: int = 1) -> AnySheet:
    """A sheet with its tables, what stands above and below them, strays, and marks beside the values."""
    cells = draw(_tables())
    above: Cells = {}
    for row in range(1, draw(st.integers(0, 3)) + 1):
        if text := draw(_line("title", "as_of", "instruction")):
            above[row, draw(st.integers(1, 3))] = text
    cells = above | _moved(
        cells, max((row for row, _ in above), default=0) + draw(st.integers(0, 2)), draw(st.integers(0, 2))
    )
    bottom = max(row for row, _ in cells)
    for row in range(bottom + 1, bottom + draw(st.integers(0, 3)) + 1):
        if text := draw(_line("footer", "legend", "total", "instruction")):
            cells[row + draw(st.integers(0, 1)), draw(st.integers(1, 2))] = text
    for _ in range(draw(st.integers(0, 3)) if _chance(draw, 2) else 0):
        cells[draw(st.integers(1, bottom + 3)), draw(st.integers(1, WIDEST))] = draw(odd_values())
    cells = {at: value for at, value in cells.items() if at[0] <= TALLEST and at[1] <= WIDEST}
    name = draw(st.sampled_from([f"Blatt {number}", f"{draw(st.sampled_from(sheet_names()))} {number}"]))
    sheet = AnySheet(name, cells, hidden=number > 1 and _chance(draw, 5))
    if _chance(draw, 3):
        _mark(draw, sheet)
    return sheet


@st.composite
def _line(draw: st.DrawFn, *reasons: str) -> str:
    """A line above or below a table; blank every now and then."""
    usual = [text for reason in reasons for text in notes(reason)]
    lines = ["", "Maßnahmenliste 2026", "Stand: 20.10.2026", "Stand 11/2026", *ORGANISATIONS]
    text = draw(st.one_of(st.sampled_from(usual), st.sampled_from(lines), misspelt(st.sampled_from(usual))))
    return text + draw(st.sampled_from(["", "", ": grün = läuft", " 2026", " Sprachcafé, VHS"]))


def _mark(draw: st.DrawFn, sheet: AnySheet) -> None:
    """Merged ranges, hidden rows and columns, colours, lines through texts, comments."""
    place = st.one_of(st.sampled_from(sorted(sheet.cells)), st.tuples(st.integers(1, TALLEST), st.integers(1, WIDEST)))
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(place)
        area = (top, left, top + draw(st.integers(0, 3)), left + draw(st.integers(0, 3)))
        if area[:2] != area[2:] and not any(_overlap(area, other) for other in sheet.merged):
            sheet.merged.append(area)
            if _chance(draw, 2):  # spreadsheet programs empty what a range covers, other writers do not
                sheet.cells = {
                    at: value for at, value in sheet.cells.items() if at == area[:2] or not _covers(area, at)
                }
    sheet.hidden_rows = draw(st.lists(st.integers(1, 15), max_size=2, unique=True))
    sheet.hidden_columns = draw(st.lists(st.integers(1, 9), max_size=2, unique=True))
    colours = st.sampled_from(["00B050", "FFFF00", "FF0000", "D9D9D9", "C6EFCE"])
    sheet.fills = draw(st.dictionaries(place, colours, max_size=5))
    sheet.struck = draw(st.lists(place, max_size=2, unique=True))
    sheet.comments = draw(st.dictionaries(place, st.sampled_from(["bitte prüfen", "Rückfrage an VHS"]), max_size=2))


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _covers(area: tuple[int, int, int, int], at: Position) -> bool:
    return area[0] <= at[0] <= area[2] and area[1] <= at[1] <= area[3]
