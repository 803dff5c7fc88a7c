"""How a layout writes one cell: as a real date, as text, in thousands, with a unit ..."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pages import Cell, Value
from tables import Row, day, number
from writers import german_date

Column = tuple[str, Callable[[Row], Value | Cell]]

MONTHS = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
]
COLOURS = {"grün": "green", "gelb": "yellow", "rot": "red"}


def text(name: str) -> Callable[[Row], Value]:
    return lambda row: row[name] or None


def plain(name: str) -> Callable[[Row], Value]:
    """A number where the content is one, else the words."""
    return lambda row: number(row[name])


def as_text(name: str) -> Callable[[Row], Value]:
    """A number kept as text, as a careless paste leaves it."""
    return lambda row: row[name].replace(".", ",") or None


def real_date(name: str) -> Callable[[Row], Cell]:
    return lambda row: Cell(day(row[name]), "date")


def text_date(name: str) -> Callable[[Row], Value]:
    def written(row: Row) -> Value:
        value = day(row[name])
        return german_date(value) if isinstance(value, date) else value

    return written


def money(name: str) -> Callable[[Row], Cell]:
    return lambda row: Cell(number(row[name]), "money")


def euro_text(name: str, end: str = " €") -> Callable[[Row], Value]:
    def written(row: Row) -> Value:
        value = number(row[name])
        return f"{value:,.0f}".replace(",", ".") + end if isinstance(value, int | float) else value

    return written


def thousands(name: str) -> Callable[[Row], Value]:
    def written(row: Row) -> Value:
        value = number(row[name])
        return value / 1000 if isinstance(value, int | float) else value

    return written


def measured(name: str, percent: str) -> Callable[[Row], Value | Cell]:
    """An indicator's value; ``percent`` is plain (25.8), format (0.258 as 25,8 %) or text (25,8 %)."""

    def written(row: Row) -> Value | Cell:
        value = number(row[name])
        if not isinstance(value, int | float) or row["unit"] != "%" or percent == "plain":
            return value
        if percent == "format":
            return Cell(round(value / 100, 6), "percent")
        return f"{value:g} %".replace(".", ",")

    return written


def period_in_days(row: Row) -> Value:
    start, end = day(row["start"]), day(row["end"])
    if isinstance(start, date) and isinstance(end, date):
        return f"{german_date(start)} – {german_date(end)}"
    return f"seit {start.year}" if isinstance(start, date) else start


def period_in_months(row: Row) -> Value:
    start, end = day(row["start"]), day(row["end"])
    if not isinstance(start, date):
        return start
    if not isinstance(end, date):
        return f"seit {start.year}"
    if (end - start).days < 60:
        return period_in_days(row)
    return f"{start.month:02d}/{start.year} – {end.month:02d}/{end.year}"


def long_date(value: date) -> str:
    return f"{value.day}. {MONTHS[value.month - 1]} {value.year}"
