"""What there is for whom, where and in which field: the matrix whose empty cells are the gaps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.rules.facts import Facts, Measure
from etl.rules.gaps import is_active
from etl.vocabulary.offers import load_offers

#: The target groups in the order of the matrix; "" stands for offers that name none.
GROUPS = (
    "new_immigrants",
    "refugees",
    "people_with_migration_history",
    "women",
    "families",
    "children_youth",
    "seniors",
    "general_public",
    "volunteers",
    "professionals",
    "employers",
)
UNSAID = ""
#: Whom an offer for all reaches too; its column is no gap where it is empty.
ALL = "general_public"
NAMED = tuple(group for group in GROUPS if group != ALL)
#: An offer for the whole district counts at every place.
EVERYWHERE = "*"
#: So many places have a line of their own: those that lists name most often.
MOST_PLACES = 12
_BETWEEN = re.compile(r"\s*(?:[,;/&|+]|\bund\b|\band\b)\s*")


@dataclass(frozen=True)
class OfferMatrix:
    """``found``: row and group -> place ("" where none is named, ``EVERYWHERE``) -> keys of active measures. ``rows``
    and ``places`` are what cells are asked for, also where there is nothing."""

    rows: tuple[str, ...]
    groups: tuple[str, ...]
    places: tuple[str, ...]
    found: Mapping[tuple[str, str], Mapping[str, Sequence[str]]]

    def at(self, row: str, group: str, place: str | None = None) -> tuple[str, ...]:
        """The measures of a cell, each once; ``place`` None: wherever they are."""
        by_place = self.found.get((row, group), {})
        asked = by_place if place is None else (place, EVERYWHERE)
        return tuple(dict.fromkeys(measure for one in asked for measure in by_place.get(one, ())))

    @property
    def named_rows(self) -> tuple[str, ...]:
        return tuple(row for row in self.rows if row != UNSAID)

    def empty(self, place: str | None = None) -> int:
        """How many cells hold nothing, of those that could: no field is no place for an offer, and all are no group."""
        return sum(not self.at(row, group, place) for row in self.named_rows for group in NAMED)


def offer_matrix(facts: Facts, rows_of: Callable[[Measure], Iterable[str]], rows: Sequence[str] = ()) -> OfferMatrix:
    """``rows_of`` tells under which rows a measure stands; ``rows`` are shown in any case, first, in their order."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    named: dict[str, None] = dict.fromkeys(rows)
    for measure in filter(is_active, facts.measures):
        for row in rows_of(measure):
            named.setdefault(row)
            for group in measure.target_group or (UNSAID,):
                by_place = found.setdefault((row, group), {})
                for place in places_of(measure.location) or (UNSAID,):
                    by_place.setdefault(place, []).append(measure.key)
    groups = (*GROUPS, UNSAID) if any(group == UNSAID for _, group in found) else GROUPS
    return OfferMatrix(tuple(named), groups, known_places(facts), found)


@lru_cache(maxsize=20_000)
def places_of(location: str | None) -> tuple[str, ...]:
    """„Lindenmark und Hohenlohm“ are two places; the whole district is ``EVERYWHERE``; nothing where none is named."""
    text = " ".join((location or "").split())
    if not text:
        return ()
    if any(what == "place.everywhere" for what, _ in load_offers().in_text(text)):
        return (EVERYWHERE,)
    return tuple(dict.fromkeys(part for part in _BETWEEN.split(text) if part))


def known_places(facts: Facts) -> tuple[str, ...]:
    """The places that measures and needs name, ended ones too: where there was an offer once, its lack is a gap."""
    named = Counter(
        place
        for text in (*(m.location for m in facts.measures), *(n.location for n in facts.needs))
        for place in places_of(text)
        if place != EVERYWHERE
    )
    return tuple(sorted(place for place, _ in named.most_common(MOST_PLACES)))


def places_without_offer(facts: Facts) -> tuple[str, ...]:
    """Known places that no active measure names; offers for the whole district reach them, none is there."""
    there = {place for m in filter(is_active, facts.measures) for place in places_of(m.location)}
    return tuple(place for place in known_places(facts) if place not in there)


def groups_without_offer(facts: Facts) -> tuple[str, ...]:
    """Target groups that no active measure names."""
    reached = {group for m in filter(is_active, facts.measures) for group in m.target_group}
    return tuple(group for group in GROUPS if group not in reached) if facts.measures else ()
