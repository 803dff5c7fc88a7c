"""Clients without a label: names under a title that says what they are, names beside birthdays, remarks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.stages.clients import values as looks
from etl.stages.clients.words import roles_of, text_patterns
from etl.stages.shapes import CellValue, Sheet, is_filled

Position = tuple[int, int]
_SAMPLE, _TITLE_ROWS, _FEWEST = 60, 4, 3
_FAMILY = "Fam"
#: Dates of birth lie further back than dates of measures, and far apart.
_BORN_BEFORE, _YEARS_APART = 2019, 8


def title_says_clients(sheet: Sheet) -> bool:
    """The sheet's name or one of its first texts is that of a list of people (``Anwesenheitsliste Frauenkurs``)."""
    rows = ([value for value in row if is_filled(value)] for row in sheet.rows[:_TITLE_ROWS])
    titles = [row[0] for row in rows if len(row) == 1 and isinstance(row[0], str)]
    return any("list" in roles_of(text) for text in [sheet.name, *titles])


def named_columns(sheet: Sheet) -> list[int]:
    """Columns in which most texts are first and last names."""
    return [
        number
        for number, values in _columns(sheet)
        if len(values) >= _FEWEST and looks.mostly(values, looks.several_names)
    ]


def families(sheet: Sheet, text: str) -> list[int]:
    """Columns of names with a form of address, families among them: nobody's colleagues."""
    if _FAMILY not in text:
        return []
    return [
        number
        for number, values in _columns(sheet)
        if looks.mostly(values, looks.titled_name) and sum(map(looks.family, values)) > 1
    ]


def people_with_birthdays(sheet: Sheet) -> list[int]:
    """Columns of a list without headings that hold birthdays and, beside them, names."""
    births, names, sure = [], [], []
    for number, values in _columns(sheet):
        if len(values) < _FEWEST:
            continue
        if _birthdays(values):
            births.append(number)
        elif looks.mostly(values, looks.several_names):
            sure.append(number)
        elif looks.mostly(values, looks.one_name):
            names.append(number)
    return births + sure + names if births and (sure or len(names) > 1) else []


def _birthdays(values: Sequence[CellValue]) -> bool:
    years = [year for value in values if (year := looks.year_of_day(value)) is not None and year > 99]
    born = [year for year in years if year < _BORN_BEFORE]
    return len(born) >= 0.6 * len(values) and bool(born) and max(born) - min(born) >= _YEARS_APART


def _columns(sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
    for number, column in enumerate(zip(*sheet.rows[:_SAMPLE], strict=True), 1):
        yield number, [value for value in column if is_filled(value)]


def text_of(sheet: Sheet) -> str:
    """All different texts of a sheet in one: most sheets hold nothing of what is looked for."""
    different = set().union(*sheet.rows)
    return "\n".join([value for value in different if value.__class__ is str])  # type: ignore[misc]


def remarks(sheet: Sheet, text: str) -> list[Position]:
    """Cells whose text tells something of one client: a day of birth, a customer number. ``text``: see ``text_of``."""
    patterns = [p for trigger, found in text_patterns().items() if trigger in text for p in found if p.search(text)]
    if not patterns:
        return []
    return [
        (r, c)
        for r, row in enumerate(sheet.rows, 1)
        for c, value in enumerate(row, 1)
        if isinstance(value, str) and any(p.search(value) for p in patterns)
    ]
