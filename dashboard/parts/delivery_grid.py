"""A partner's sheet as a table: letters, row numbers, what each column is taken for, what became of each cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from dashboard.answers.sheet_view import GridCell, Reading, SheetView, TakenFor
from dashboard.parts.blocks import figures, scroll_box
from dashboard.parts.html import Markup, go, joined, tag, visually_hidden
from dashboard.parts.values import value_text
from etl.stages.shapes import CellValue, shortest_decimal
from etl.wording import formatted, has

Say = Callable[..., str]

#: A number as people write it: „1.234,5“, „20 %“, „-3“, „9.800 €“.
_NUMBER = re.compile(r"[-−+]?\d[\d.,'\s\u00a0]*[%€]?")
#: Outcome of a cell -> its sign. None of them is a rating's symbol.
SIGNS = {"read": "≈", "corrected": "✎", "ask": "✕", "kept": "▫", "aside": "/"}
#: What a click on a cell and on a column's meaning reports, before the cell's address.
OPEN_CELL, OPEN_COLUMN = "oeffnen:", "spalte:"
#: How a column's meaning is known, where not from its heading as it stands -> its sign.
HOW_SIGNS = {"said": "✎", "similar": "≈", "content": "≈", "kept": "▫", "displaced": "▫"}
#: From so many letters on a cell may be clamped: its whole text stands in the title.
_LONG = 40
#: What a click on a folded row reports.
ALL_ROWS = "alle-zeilen"
#: The parts of the sum, in its order; those that are zero are left out.
_PARTS = ("loaded", "kept", "headings", "withheld", "set_aside", "reported")


def ledger_line(view: SheetView, say: Say, language: str) -> Markup:
    """The sum that proves that no cell is lost."""
    counts = {**view.cells, "set_aside": sum(view.aside.values())}
    shown = [name for name in _PARTS if counts[name] or name == "loaded"]
    items = [(formatted(language, counts["filled"], "count"), say("deliveries.cells.filled", n=counts["filled"]))]
    items += [(formatted(language, counts[n], "count"), say(f"deliveries.cells.{n}", n=counts[n])) for n in shown]
    return figures(items, ("=", *("+" for _ in shown[1:])))


def sheet_grid(view: SheetView, say: Say, language: str, *, here: str | None = None, unfold: bool = False) -> Markup:
    """The sheet; ``here`` outlines a cell, ``unfold`` shows the calm rows too."""
    width = len(view.columns)
    letters = (tag("th", letter, scope="col", class_="rt-ruler") for letter in view.columns)
    corner = tag("td", visually_hidden(say("deliveries.rows")), class_="rt-ruler")
    body = _rows(view, say, language, here, unfold, width)
    table = tag("table", tag("thead", tag("tr", corner, letters)), tag("tbody", body), class_="rt-sheet rt-delivery")
    return joined([scroll_box(table, say("deliveries.sheet_as_it_looks", sheet=view.name)), _below(view, say)])


def _rows(view: SheetView, say: Say, language: str, here: str | None, unfold: bool, width: int) -> Iterator[Markup]:
    folded = 0
    for row in view.rows:
        if row.folded and not unfold:
            folded += 1
            continue
        if folded:
            yield _folded(folded, say, width)
            folded = 0
        if row.taken_for:
            yield _taken_row(row.taken_for, say)
        cells = (_cell(cell, say, language, here) for cell in row.cells)
        yield tag("tr", tag("th", str(row.number), scope="row", class_="rt-ruler"), cells)
    if folded:
        yield _folded(folded, say, width)


def _folded(count: int, say: Say, width: int) -> Markup:
    text = go(say("deliveries.folded", n=count), ALL_ROWS, class_="rt-link")
    return tag("tr", tag("td", "⋮", class_="rt-ruler", aria_hidden="true"), tag("td", text, colspan=width))


def _taken_row(columns: tuple[TakenFor | None, ...], say: Say) -> Markup:
    cells = (tag("td", _taken(column, say) if column else None, class_=_taken_class(column)) for column in columns)
    head = tag("th", visually_hidden(say("deliveries.taken_for")), scope="row", class_="rt-ruler")
    return tag("tr", head, cells)


def _taken_class(column: TakenFor | None) -> str:
    return "rt-taken rt-taken-said" if column and column.how == "said" else "rt-taken"


def _taken(column: TakenFor, say: Say) -> Markup:
    """What the column is taken for and how we know, with its sign; a click asks what it is."""
    name: Markup | str = say(f"field.{column.field}") if column.field else say("deliveries.stays")
    if column.cell:
        name = go(name, OPEN_COLUMN + column.cell, label=say("deliveries.change_column"))
    how = column.how if column.field or column.how in ("said", "displaced") else "kept"
    sign = tag("span", f"{HOW_SIGNS[how]} ", aria_hidden="true") if how in HOW_SIGNS else None
    return joined([name, tag("small", sign, say(f"deliveries.how.{how}"))])


def _cell(cell: GridCell, say: Say, language: str, here: str | None) -> Markup:
    if cell.outcome == "empty":
        return tag("td", data_go=OPEN_CELL + cell.address)
    return tag(
        "td",
        _text(cell, language),
        _stood(cell, language),
        _remark(cell, say, language),
        class_=" ".join(_classes(cell, here)) or None,
        colspan=cell.span if cell.span > 1 else None,
        data_go=_target(cell),
        data_here=cell.address if cell.address == here else None,
    )


def _classes(cell: GridCell, here: str | None) -> Iterator[str]:
    if cell.outcome in SIGNS:
        yield f"rt-cell-{cell.outcome}"
    if cell.outcome == "heading":
        yield "rt-cell-heading"
    if cell.address == here:
        yield "rt-cell-here"
    if _is_number(cell):
        yield "rt-cell-number"


def _is_number(cell: GridCell) -> bool:
    """Whether what the cell shows stands at the right: a number, or one that was said in its place."""
    if cell.said is not None:
        return _NUMBER.fullmatch(cell.said.strip()) is not None
    return isinstance(cell.value, int | float) and not isinstance(cell.value, bool)


def _target(cell: GridCell) -> str:
    asks_column = cell.outcome == "heading" or cell.taken_for is not None
    return (OPEN_COLUMN if asks_column else OPEN_CELL) + cell.address


def _text(cell: GridCell, language: str) -> Markup:
    """What it is read as; where it speaks (a sign, a correction) it can be reached by keyboard too."""
    text = cell.said or cell_text(cell.value, cell.stored, cell.percent, language)
    shown = tag("span", text, class_="rt-clamp", title=text if len(text) > _LONG else None)
    return go(shown, _target(cell), class_="rt-cell-go") if cell.outcome in SIGNS else shown


def _stood(cell: GridCell, language: str) -> Markup | None:
    """What stood there, where a correction stands in its place."""
    stood = cell_text(cell.value, cell.stored, cell.percent, language) if cell.said else ""
    return tag("small", tag("s", stood), class_="rt-stood") if stood else None


def _remark(cell: GridCell, say: Say, language: str) -> Markup | None:
    """Sign and word; a cell that says the same as the one at its left keeps the sign and lets the word be heard."""
    if cell.taken_for:
        return tag("small", "→ ", _taken_words(cell.taken_for, say))
    if cell.outcome not in SIGNS:
        return None
    sign = tag("span", SIGNS[cell.outcome], aria_hidden="true")
    word = cell_word(cell, say, language)
    return tag("small", sign, "\u00a0", visually_hidden(word) if cell.repeated else word)


def _taken_words(taken: TakenFor, say: Say) -> str:
    return say(f"field.{taken.field}") if taken.field else say("deliveries.stays")


def cell_word(cell: GridCell, say: Say, language: str) -> str:
    """What became of a cell, in a few words."""
    if cell.outcome == "aside":
        return _known(say, language, f"deliveries.aside.{cell.reason}", "deliveries.cell.aside")
    if cell.outcome in ("kept", "corrected"):
        return say(f"deliveries.cell.{cell.outcome}")
    if cell.outcome == "ask":
        return _known(say, language, f"deliveries.cell.{cell.reason}", "deliveries.cell.ask")
    if cell.reading is not None:
        return _read_as(cell.reading, say, language)
    return _known(say, language, f"deliveries.cell.{cell.reason}", "deliveries.cell.read")


def _read_as(reading: Reading, say: Say, language: str) -> str:
    text = _short_day(reading, language) or value_text(
        reading.value, reading.type, reading.domain, reading.qualifier, language
    )
    return say("deliveries.provisional", value=text) if reading.qualifier.get("provisional") else text


def _short_day(reading: Reading, language: str) -> str | None:
    """A day as narrow as the cell it stands in."""
    if reading.type not in ("date", "date_end") or not isinstance(reading.value, str):
        return None
    try:
        return formatted(language, dt.date.fromisoformat(reading.value[:10]), "short_date")
    except ValueError:
        return None


def _known(say: Say, language: str, key: str, otherwise: str) -> str:
    return say(key) if has(language, key) else say(otherwise)


def cell_text(value: CellValue, stored: str | None, percent: bool, language: str) -> str:
    """A cell as its spreadsheet shows it, as far as a value without its number format can say."""
    if stored is not None and value in (None, ""):
        return stored
    if isinstance(value, dt.datetime):
        day = formatted(language, value.date(), "short_date")
        return day if value.time() == dt.time() else f"{day} {value:%H:%M}"
    if isinstance(value, dt.date):
        return formatted(language, value, "short_date")
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if percent:
        return formatted(language, value, "percent1").replace(",0\u00a0%", "\u00a0%").replace(".0%", "%")
    text = shortest_decimal(value)
    return text.replace(".", ",") if language == "de" else text


def _below(view: SheetView, say: Say) -> Markup:
    """The key to the signs, and what the table leaves off."""
    signs = (
        tag("span", tag("b", sign, aria_hidden="true"), " ", say(f"deliveries.cell.{outcome}"))
        for outcome, sign in SIGNS.items()
    )
    rest = [
        tag("p", say("deliveries.rows_left_off", n=view.left_off), class_="rt-note") if view.left_off else None,
        tag("p", say("deliveries.columns_left_off", n=view.columns_left_off), class_="rt-note")
        if view.columns_left_off
        else None,
    ]
    return joined([tag("p", tag("span", say("deliveries.no_sign")), signs, class_="rt-key"), *rest])
