"""The steps of arriving that an interface paper is laid out by, its lines, and what houses say about these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.rules.records import Marks


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """A topic or step (arrival, registration, language …) in the network's own order. ``words`` are what people call it
    when they ask who is responsible. ``code`` keeps it recognisable where its title was changed; an empty ``title``
    is the one that the wording has for the code."""

    id: int
    code: str
    title: str
    place: int
    words: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class LineWord:
    """A house (``partner``) said on ``day`` whether its line of the paper (an interface's key) still ``holds``; where
    not, ``note`` says what is otherwise. The latest about a line counts."""

    id: int
    record: str
    partner: str
    day: dt.date
    holds: bool
    note: str
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """A line of an interface paper: what ``organisation`` does at ``step`` (as written), and whom it hands over to.

    ``partner`` reports the line. ``role`` is responsible, involved or informed. ``organisation_key`` and
    ``handover_keys`` are those of the names that the network knows; ``involved`` and ``informed`` further organisations
    that the same line names. ``vacant``: nobody holds the post of its contact. ``confirmed_on``: the day its own house
    confirmed the line, as the list says it.
    """

    key: str
    step: str
    id: str | None = None
    partner: str | None = None
    organisation: str | None = None
    organisation_key: str | None = None
    role: str | None = None
    involved: tuple[tuple[str, str | None], ...] = ()
    informed: tuple[tuple[str, str | None], ...] = ()
    legal_basis: str | None = None
    offer: str | None = None
    contact: str | None = None
    vacant: bool = False
    deputy: str | None = None
    shared_with: str | None = None
    handover_to: tuple[str, ...] = ()
    handover_keys: tuple[str | None, ...] = ()
    handover_how: str | None = None
    valid_as_of: dt.date | None = None
    confirmed_on: dt.date | None = None
    comment: str | None = None
    reported_on: dt.date | None = None
    delivery: int | None = None
    marks: Marks = ()


def line_title(values: Mapping[str, Any]) -> str:
    """What people call a line: „Ankommen – Sozialamt“; empty for any other kind of record."""
    if not values.get("step"):
        return ""
    return " – ".join(str(values[name]) for name in ("step", "organisation", "responsible") if values.get(name))
