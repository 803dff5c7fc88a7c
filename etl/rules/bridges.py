"""Which points of a network hold parts of it together that are otherwise separate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Neighbours = Mapping[str, frozenset[str]]


def neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Point -> the points it is joined with. A pair of one point with itself joins nothing."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        if one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {point: frozenset(others) for point, others in found.items()}


def bridges(joined: Neighbours, least: int = 2) -> dict[str, tuple[frozenset[str], ...]]:
    """Point -> the parts of at least ``least`` points that only it joins, largest first; points that join fewer than
    two such parts are left out. One walk finds the candidates, so that a large network costs no more than its pairs."""
    found = {}
    for point in sorted(_cut_points(joined)):
        parts = sorted(_parts_without(point, joined), key=lambda part: (-len(part), min(part)))
        large = tuple(part for part in parts if len(part) >= least)
        if len(large) > 1:
            found[point] = large
    return found


def _parts_without(point: str, joined: Neighbours) -> Iterator[frozenset[str]]:
    """The parts that the point's neighbours fall into once it is gone."""
    seen = {point}
    for start in sorted(joined[point]):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            new = joined[waiting.pop()] - part - seen
            part |= new
            waiting += new
        seen |= part
        yield frozenset(part)


def _cut_points(joined: Neighbours) -> set[str]:
    """Points without which their part of the network falls apart (Hopcroft and Tarjan, without recursion)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    cuts: set[str] = set()
    for root in sorted(joined):
        if root not in order:
            cuts |= _walk(root, joined, order, low)
    return cuts


def _walk(root: str, joined: Neighbours, order: dict[str, int], low: dict[str, int]) -> set[str]:
    """``order``: when a point was reached first, ``low``: the earliest point it reaches without going back."""
    cuts, children = set[str](), 0
    order[root] = low[root] = len(order)
    stack: list[tuple[str, str | None, Iterator[str]]] = [(root, None, iter(sorted(joined[root])))]
    while stack:
        point, parent, rest = stack[-1]
        ahead = next(rest, None)
        if ahead is None:
            stack.pop()
            if parent is None:
                continue
            low[parent] = min(low[parent], low[point])
            if parent == root:
                children += 1
            elif low[point] >= order[parent]:
                cuts.add(parent)
        elif ahead not in order:
            order[ahead] = low[ahead] = len(order)
            stack.append((ahead, point, iter(sorted(joined[ahead]))))
        elif ahead != parent:
            low[point] = min(low[point], order[ahead])
    return cuts | {root} if children > 1 else cuts
