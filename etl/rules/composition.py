"""Who should sit at the table: a reference a network sets for itself, compared with who is there."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from etl.rules.facts import Partner
from etl.rules.meeting import Body
from etl.vocabulary.themes import Themes

#: How much a table lacks without them.
Weight = Literal["must", "should"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


@dataclass(frozen=True, slots=True)
class ReferenceSeat:
    """A kind of organisation that belongs at a table. ``types`` (codes of organisation.type) or ``words`` in its name
    (``*`` at either end stands for anything) make an organisation one of this kind. ``fields``: codes of the fields of
    action it concerns, or the network's own words for them (see ``fields_meant``; none: all), ``body_kinds``: kinds of
    body (none: all with members). ``decides``: somebody with authority for the house is wanted. ``source``: where the
    network has it from. ``id`` is 0 while it is only proposed."""

    id: int
    title: str
    types: tuple[str, ...]
    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    body_kinds: tuple[str, ...] = ()
    weight: Weight = "should"
    decides: bool = False
    source: str = ""
    ended: bool = False

    def belongs_to(self, body: Body, fields: frozenset[str]) -> bool:
        """Whether it is wanted in a body that deals with ``fields`` (codes; none: all)."""
        if self.ended or not body.has_members or not (self.types or self.words):
            return False
        of_kind = not self.body_kinds or body.kind in self.body_kinds
        return of_kind and (not self.fields or not fields or bool(fields & set(self.fields)))

    def fits(self, partner: Partner) -> bool:
        if partner.type in self.types:
            return True
        return bool(self.words) and any(_named(self.words, text) for text in (partner.name, partner.unit) if text)


@lru_cache(maxsize=50_000)
def _named(words: tuple[str, ...], text: str) -> bool:
    return next(_themes(words).in_text(text), None) is not None


@lru_cache(maxsize=500)
def _themes(words: tuple[str, ...]) -> Themes:
    return Themes([("seat", word) for word in words])


def read_composition(text: str) -> tuple[ReferenceSeat, ...]:
    """The seats of ``data/vocabulary/composition.csv``, which hold until a network says its own."""
    return tuple(_seat(row) for row in csv.DictReader(text.lstrip("\ufeff").splitlines(), delimiter=";"))


def _seat(row: dict[str, str]) -> ReferenceSeat:
    return ReferenceSeat(
        id=0,
        title=row["title"],
        types=_several(row["types"].split("|")),
        words=_several(row["words"].split("|")),
        fields=_several(row["fields"].split("|")),
        body_kinds=_several(row["body_kinds"].split("|")),
        weight=cast(Weight, row["weight"]),
        decides=row["decides"] == "yes",
        source=row["source"],
    )


def _several(said: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in said if part.strip())
