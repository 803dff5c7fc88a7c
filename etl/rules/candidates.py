"""Which offers are worth comparing: those that share a telling word. Far fewer than all pairs, so that it scales."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from etl.rules.offer import Offer

#: Lists up to this length are compared each with each; longer ones are parted further.
LONGEST = 40
#: How many neighbours are looked at where a list can be parted no further.
NEIGHBOURS = 12
_END = 7


def candidates(offers: Sequence[Offer]) -> Iterator[tuple[Offer, Offer]]:
    """Pairs that share a word, its end or a theme, each once, in the order of ``offers`` within the pair.

    Where very many share it, they must share place, people or level as well; where that is not telling either, each
    is compared with the ``NEIGHBOURS`` next to it by title. So the pairs grow with the measures, not with their square.
    """
    lists: dict[str, list[int]] = defaultdict(list)
    for number, offer in enumerate(offers):
        for key in _keys(offer):
            lists[key].append(number)
    seen: set[int] = set()
    for _, members in sorted(lists.items()):
        for one, other in _parted(members, offers, 0):
            pair = one * len(offers) + other
            if pair not in seen:
                seen.add(pair)
                yield offers[one], offers[other]


def _keys(offer: Offer) -> frozenset[str]:
    """What it is for; of a long word also its end, where German compounds say what they are („Jobcoaching“)."""
    ends = {f"-{f[-_END:]}" for f in offer.features if len(f) >= _END and not f.startswith("#")}
    return offer.features | ends or frozenset({f"title:{offer.measure.title.casefold()}"})


def _parted(members: list[int], offers: Sequence[Offer], depth: int) -> Iterator[tuple[int, int]]:
    if len(members) <= LONGEST:
        yield from combinations(members, 2)
        return
    if depth == len(_PARTINGS):
        by_title = sorted(members, key=lambda n: offers[n].measure.title.casefold())
        for at, one in enumerate(by_title):
            yield from ((min(one, other), max(one, other)) for other in by_title[at + 1 : at + 1 + NEIGHBOURS])
        return
    parts: dict[str, list[int]] = defaultdict(list)
    for number in members:
        for name in _PARTINGS[depth](offers[number]):
            parts[name].append(number)
    for part in parts.values():
        yield from _parted(part, offers, depth + 1)


def _by_place(offer: Offer) -> Sequence[str]:
    return sorted(offer.place) or ("",)


def _by_people(offer: Offer) -> Sequence[str]:
    return sorted(offer.groups) or ("",)


def _by_level(offer: Offer) -> Sequence[str]:
    return offer.levels or ("",)


_PARTINGS = (_by_place, _by_people, _by_level)
