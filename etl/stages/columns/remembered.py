"""What a person confirmed about a partner's headings, found again in a table whose columns moved or grew in number.

First choice is a table with the very headings it was confirmed among (the fingerprint), second the one that shares
most of them; in a list that shares less than half of them the same word may mean something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.stages.columns.heading_parts import series_key
from etl.stages.shapes import Table
from etl.vocabulary import normalise

SAME, LEAST_OVERLAP = 2.0, 0.5


@dataclass(frozen=True, slots=True)
class Confirmed:
    """``heading`` means ``field`` ("" = keep the column).

    ``headings`` are those of the table it was confirmed in, as ``heading_keys`` gives them; none: wherever it stands.
    """

    heading: str
    field: str
    headings: frozenset[str] = frozenset()


def heading_keys(headings: Iterable[str]) -> frozenset[str]:
    """Headings as they are compared from one delivery to the next: normalised, without the year they carry."""
    return frozenset(key for key in map(series_key, headings) if key)


def remembered_for(table: Table, confirmed: Sequence[Confirmed]) -> dict[str, str]:
    """Normalised heading of the table -> the field confirmed for it ("" = keep); of two that fit equally the later."""
    if not confirmed:
        return {}
    headings = [column.heading for column in table.columns if column.heading_cells]
    own = heading_keys(headings)
    found = {}
    for heading in headings:
        fitting = [
            (_closeness(own, item.headings), number)
            for number, item in enumerate(confirmed)
            if series_key(item.heading) == series_key(heading)
        ]
        closest, number = max(fitting, default=(0.0, 0))
        if closest >= LEAST_OVERLAP:
            found[normalise(heading)] = confirmed[number].field
    return found


def _closeness(own: frozenset[str], theirs: frozenset[str]) -> float:
    if not theirs:
        return LEAST_OVERLAP
    return SAME if own == theirs else len(own & theirs) / min(len(own), len(theirs))
