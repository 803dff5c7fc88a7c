"""A form nobody filled in, left among filled ones: what stands on its sheet stands on theirs too, at the same place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from etl.stages.find_tables import find_tables
from etl.stages.shapes import CellValue, Sheet
from etl.vocabulary import Vocabulary

_FEWEST, _MOST, _ALIKE = 5, 200, 0.9

Cells = dict[tuple[int, int], CellValue]


def blank_forms(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> frozenset[str]:
    """The names of the sheets that are the blank form of another sheet of the file."""
    if len(sheets) < 2:
        return frozenset()
    written = {sheet.name: cells for sheet in sheets if _FEWEST <= len(cells := _cells(sheet)) <= _MOST}
    by_name = {sheet.name: sheet for sheet in sheets}
    found: set[str] = set()
    for name, cells in written.items():
        if not all(isinstance(value, str) for value in cells.values()):
            continue
        fuller = (other for other, more in written.items() if len(more) > len(cells) + 3 and _within(cells, more))
        if any(_is_form(by_name[other], vocabulary) for other in fuller):
            found.add(name)
    return frozenset(found)


def _cells(sheet: Sheet) -> Cells:
    """So many that a sheet with too many for a form is known by it; a cell with an error holds None."""
    return {position: sheet.value(*position) for position in islice(sheet.filled_cells(), _MOST + 1)}


def _within(cells: Cells, more: Cells) -> bool:
    return sum(more.get(place) == value for place, value in cells.items()) >= _ALIKE * len(cells)


def _is_form(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    tables, _, _ = find_tables(sheet, vocabulary)
    return any(table.orientation == "form" for table in tables)
