"""Collects what has to be told about cells; equal reports become one issue with many cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from etl.issues import Issue
from etl.stages.readings.reading import Reading
from etl.stages.shapes import FieldValue, column_letters, shortest_decimal

Position = tuple[int, int]
_letters = lru_cache(maxsize=512)(column_letters)


@dataclass(slots=True)
class Reports:
    """``values`` of an issue: ``field``, ``heading`` (of the column) and, where something was read, ``read``."""

    sheet: str
    found: dict[tuple[str, str, str, str, str, str], list[Position]] = field(default_factory=dict)

    def tell(
        self,
        code: str,
        position: Position,
        said: str,
        name: str = "",
        heading: str = "",
        read: str = "",
        proposal: str = "",
    ) -> None:
        self.found.setdefault((code, name, heading, said, read, proposal), []).append(position)

    def tell_reading(self, reading: Reading, position: Position, said: str, name: str, heading: str) -> None:
        if reading.mark:
            self.tell(reading.mark, position, said, name, heading, read=shown(reading))
        if reading.problem:
            unread = reading.unread or said
            self.tell(reading.problem, position, unread, name, heading, proposal=reading.proposal or "")

    def issues(self) -> list[Issue]:
        """In the order of their first cells."""
        return [
            Issue(
                code,
                sheet=self.sheet,
                cells=tuple(f"{_letters(column)}{row}" for row, column in sorted(positions)),
                found=said or None,
                values={k: v for k, v in (("field", name), ("heading", heading), ("read", read)) if v},
                proposal=proposal or None,
            )
            for (code, name, heading, said, read, proposal), positions in sorted(
                self.found.items(), key=lambda item: min(item[1])
            )
        ]


def shown(reading: Reading) -> str:
    """What was read, for the sentence: ``2026-09-01``, ``2026-09-01 … 2026-11-30``, ``18 / 20``, ``min 20``."""
    values = [v for k, v in reading.fields.items() if not k.endswith("precision") and k != "unit"]
    return " … ".join(_text(value) for value in values)


def _text(value: FieldValue) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name} {_text(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float):
        return shortest_decimal(value)
    return str(value)
