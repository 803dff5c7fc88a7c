"""Who should sit at the table: a reference a network sets for itself, compared with who is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

#: How much a table lacks without them.
Weight = Literal["must", "should"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


@dataclass(frozen=True, slots=True)
class ReferenceSeat:
    """A kind of organisation that belongs at a table. ``types``: codes of organisation.type, any of which fills it.
    ``fields``: keys of the fields of action it concerns (none: all), ``body_kinds``: kinds of body (none: all).
    ``decides``: somebody with authority for the house is wanted. ``source``: where the network has it from."""

    id: int
    title: str
    types: tuple[str, ...]
    fields: tuple[str, ...] = ()
    body_kinds: tuple[str, ...] = ()
    weight: Weight = "should"
    decides: bool = False
    source: str = ""
    ended: bool = False
