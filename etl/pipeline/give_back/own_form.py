"""How a partner would write a value: in the words, units and patterns its own column already uses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from etl.model.state import Known
from etl.pipeline.template.layout import word
from etl.pipeline.template.writing import Content, ways_to_write
from etl.stages.shapes import CellValue
from etl.vocabulary import Field, Vocabulary
from etl.wording import formatted

_NUMBER = re.compile(r"\d[\d.\u00a0\u202f' ]*(?:,\d+)?")
_DAY = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{4}-\d{2}-\d{2}")
_BETWEEN = re.compile(r"\s*(?:–|-|bis|to)\s*")
#: Fields of one cell that together say a stretch of time.
PERIOD = ("start", "end")


@dataclass(frozen=True, slots=True)
class Example:
    """One cell of the column as it is: what stands there and what it says."""

    cell: CellValue
    value: Any


def own_ways(
    field: Field, known: Known, here: CellValue, examples: Sequence[Example], language: str, vocabulary: Vocabulary
) -> list[Content]:
    """Contents that may say the value ``known`` has, the partner's own form first; reading finds out which does.

    ``here`` is what stands in the cell, ``examples`` are the column's other cells.
    """
    value = known.value(field.short)
    ways = [
        *(example.cell for example in examples if example.value == value and isinstance(example.cell, str)),
        *_scaled(value, here, examples),
        *_in_pattern(value, here, examples),
        *ways_to_write(field, known, language, vocabulary),
        *(_joined(value, examples) if isinstance(value, list) else ()),
    ]
    return list(_each_once(ways))


def period_ways(start: str | None, end: str | None, here: CellValue) -> list[Content]:
    """A stretch of time as one text."""
    if not start or not end:
        return []
    days = [dt.date.fromisoformat(day) for day in (start, end)]
    between = next(iter(_BETWEEN.findall(here)), " - ") if isinstance(here, str) else " - "
    long = [f"{day:%d.%m.%Y}" for day in days]
    short = [f"{day:%m/%Y}" for day in days]
    ways = [between.join(short), between.join(long), " - ".join(long)]
    return list(_each_once(ways if isinstance(here, str) and not _DAY.search(here) else ways[::-1]))


def replaced_inside(here: CellValue, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Content]:
    """A text that says several things, with those that changed exchanged in their place."""
    if not isinstance(here, str):
        return []
    text = here
    for name, value in new.items():
        before = old.get(name)
        if before != value and isinstance(before, str | int) and isinstance(value, str | int):
            said = re.compile(rf"(?<!\w){re.escape(str(before))}(?!\w)")
            if len(said.findall(text)) != 1:
                return []
            text = said.sub(str(value).replace("\\", r"\\"), text)
    return [text] if text != here else []


def _each_once(ways: Iterable[Content | CellValue]) -> Iterator[Content]:
    seen: list[tuple[type, Content]] = []
    for way in ways:
        content = way if isinstance(way, str | int | float | dt.date) else None
        if content is not None and (type(content), content) not in seen:
            seen.append((type(content), content))
            yield content


def _scaled(value: Any, here: CellValue, examples: Sequence[Example]) -> Iterator[float | int]:
    """A number in the column's unit: thousands of euros, hundredths of a percentage."""
    number = _decimal(value)
    for example in (Example(here, None), *examples) if number is not None else ():
        stored, said = _decimal(example.cell), _decimal(example.value)
        if stored and said and not isinstance(example.cell, str):
            found = number * stored / said if number is not None else stored
            yield int(found) if found == int(found) else float(found)
            return


def _in_pattern(value: Any, here: CellValue, examples: Sequence[Example]) -> Iterator[str]:
    """A number or a day in a text as the text has it: ``"12.500 € (bewilligt)" -> "13.000 € (bewilligt)"``."""
    texts = [text for text in (here, *(e.cell for e in examples)) if isinstance(text, str)][:3]
    for text in texts:
        pattern, written = _DAY, _as_day(value)
        if written is None:
            pattern, written = _NUMBER, _as_number(value)
        if written is not None and len(pattern.findall(text)) == 1:
            yield pattern.sub(written, text)


def _as_day(value: Any) -> str | None:
    try:
        return f"{dt.date.fromisoformat(value):%d.%m.%Y}" if isinstance(value, str) else None
    except ValueError:
        return None


def _as_number(value: Any) -> str | None:
    number = _decimal(value)
    if number is None:
        return None
    text = f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"
    return text.translate(str.maketrans(",.", ".,"))


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _joined(value: list[Any], examples: Sequence[Example]) -> Iterator[str]:
    """Several items in one cell, each in the partner's word for it."""
    single = {str(e.value[0]): e.cell for e in examples if isinstance(e.value, list) and len(e.value) == 1}
    items = [str(single.get(str(item), item)) for item in value]
    for between in (", ", "; ", "\n", " / "):
        yield between.join(items)


def shown_value(field: Field | None, value: Any, language: str, vocabulary: Vocabulary) -> str:
    """A known value in a sentence: our word for a code, a day as people write it."""
    if isinstance(value, list):
        return ", ".join(shown_value(field, item, language, vocabulary) for item in value)
    if isinstance(value, dict):
        return " – ".join(str(part) for part in value.values() if part is not None)
    if field is not None and field.type in {"code", "codes"}:
        return word(field.values, str(value), language, vocabulary) or str(value)
    if field is not None and field.type in {"date", "date_end"}:
        return formatted(language, dt.date.fromisoformat(value), "short_date")
    if field is not None and field.type == "amount":
        return formatted(language, Decimal(value), "money")
    return formatted(language, value, "number") if _is_number(value) else str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
