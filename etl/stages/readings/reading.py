"""What reading one cell gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.stages.shapes import BLANKS, FieldValue

__all__ = ["BLANKS", "LONGEST_VALUE", "Reading", "failed", "tidy", "value_of"]
#: A text longer than this is prose, never a date, an amount or a number.
LONGEST_VALUE = 160

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one cell.

    ``fields``: ``"value"`` is the field that was read, ``"precision"`` that of its date; any other name is a field of
    the same record (a period gives ``start`` and ``end``).  ``qualifier`` has the same names as keys.
    ``mark``: issue code of a reading that was not exact.  ``problem``: issue code where it failed (then ``unread`` may
    hold the words and ``proposal`` a value).  ``reason``: the cell says on purpose that there is no value.
    """

    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    qualifier: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    mark: str | None = None
    problem: str | None = None
    proposal: str | None = None
    reason: str | None = None
    unread: str | None = None

    @property
    def value(self) -> FieldValue | None:
        return self.fields.get("value")

    @property
    def gives_nothing(self) -> bool:
        return not self.fields and not self.qualifier


def value_of(value: FieldValue) -> Reading:
    return Reading({"value": value})


def failed(problem: str, proposal: str | None = None) -> Reading:
    return Reading(problem=problem, proposal=proposal)


def stripped(text: str) -> str:
    """Without blanks around it and without the wrapper ``="01-2025"`` by which a csv keeps a text from being a date."""
    text = text.strip(BLANKS)
    wrapped = _WRAPPED.fullmatch(text) if text.startswith('="') else None
    return wrapped[1].strip(BLANKS) if wrapped else text


def tidy(text: str) -> str:
    """One line for pattern matching: ``stripped``, one kind of dash, single blanks."""
    text = stripped(text)
    return _SPACES.sub(" ", text.translate(_DASHES)).strip()
