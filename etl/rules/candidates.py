"""Which offers are worth comparing: those that share a telling word. Far fewer than all pairs, so that it scales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from etl.rules.offer import Offer

#: Lists up to this length are compared each with each; longer ones are parted further.
LONGEST = 150
#: How many neighbours are looked at where a list can be parted no further.
NEIGHBOURS = 12
_END = 7


def candidates(offers: Sequence[Offer]) -> Iterator[tuple[Offer, Offer]]:
    """Pairs that share a word, its end or a theme, each once, in the order of ``offers`` within the pair.

    Where very many share it, they must share a place and a target group as well (or both say nothing of it); where many
    do that too, each is compared with those next to it. So the pairs grow with the measures, not with their square.
    """
    lists: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        for key in _keys(offer):
            lists[key].append(number)
    seen: set[int] = set()
    for members in sorted({tuple(members) for members in lists.values()}):  # a word and its end are often the same list
        for one, other in _parted(members, offers):
            pair = one * len(offers) + other
            if pair not in seen:
                seen.add(pair)
                yield offers[one], offers[other]


def _keys(offer: Offer) -> frozenset[str]:
    """What it is for; of a long word also its end, where German compounds say what they are („Jobcoaching“)."""
    ends = {f"-{f[-_END:]}" for f in offer.features if len(f) >= _END and not f.startswith("#")}
    return offer.features | ends or frozenset({f"title:{offer.measure.title.casefold()}"})


def _parted(members: Sequence[int], offers: Sequence[Offer]) -> Iterator[tuple[int, int]]:
    if len(members) <= LONGEST:
        yield from combinations(members, 2)
        return
    parts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number in members:
        for part in product(_by_place(offers[number]), _by_people(offers[number])):
            parts[part].append(number)
    for part_of in parts.values():
        yield from combinations(part_of, 2) if len(part_of) <= LONGEST else _neighbours(part_of, offers)


def _neighbours(members: Sequence[int], offers: Sequence[Offer]) -> Iterator[tuple[int, int]]:
    """Each with those next to it, by level and title."""
    ordered = sorted(members, key=lambda n: (offers[n].levels, offers[n].measure.title.casefold()))
    for at, one in enumerate(ordered):
        yield from ((min(one, other), max(one, other)) for other in ordered[at + 1 : at + 1 + NEIGHBOURS])


def _by_place(offer: Offer) -> Sequence[str]:
    return sorted(offer.place) or ("",)


def _by_people(offer: Offer) -> Sequence[str]:
    return sorted(offer.groups) or ("",)
