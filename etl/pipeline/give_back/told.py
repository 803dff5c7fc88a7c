"""What a prefilled workbook tells of the cells that were changed since their partner sent them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from etl.pipeline.give_back.listing import Matter
from etl.pipeline.give_back.wishes import Where, Wish
from etl.stages.shapes import CellValue, address, said_of
from etl.wording import formatted, say


def told_of(wishes: Iterable[Wish], stands: Mapping[Where, tuple[CellValue, CellValue]], language: str) -> list[Matter]:
    """A matter for each cell, in the order of the sheets."""
    found = [*_of_stands(stands, language), *(_of_wish(wish, language) for wish in wishes)]
    return sorted(found, key=lambda matter: (matter.sheet, matter.severity))


def _of_stands(stands: Mapping[Where, tuple[CellValue, CellValue]], language: str) -> Iterator[Matter]:
    for (sheet, place), (before, now) in stands.items():
        message = say(language, "give_back.stand", day=_shown(now, language))
        yield Matter("note", sheet, (address(*place),), _shown(before, language), message, "")


def _of_wish(wish: Wish, language: str) -> Matter:
    sheet, place = wish.where
    known = _known(wish, language)
    key = "formula" if wish.outcome == "written" and wish.replaces_formula else wish.outcome
    if wish.outcome == "emptied" and not known:
        key = "emptied_anew"
    message = say(language, f"give_back.{key}", before=_shown(wish.before, language), known=known)
    severity = "warning" if wish.outcome == "left" else "note"
    return Matter(severity, sheet, (address(*place),), _shown(wish.before, language), message, "")


def _known(wish: Wish, language: str) -> str:
    if wish.outcome == "written" and wish.content is not None:
        return _shown(wish.content, language)
    return wish.known


def _shown(value: CellValue, language: str) -> str:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return formatted(language, value, "short_date")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return formatted(language, value.date(), "short_date")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return formatted(language, value, "number")
    return said_of(value)
