"""Columns and fields matched as one decision: the sum of scores is the greatest possible, each field used once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: A slot is a field, or a field and a year where one field may have a column for each year.
Slot = tuple[str, int | None]
_LARGEST_EXACT = 9


def best_assignment(candidates: Sequence[Mapping[Slot, float]]) -> list[Slot | None]:
    """For each column its slot or None, so that the scores' sum is greatest and no slot is used twice.

    Columns that do not compete are settled at once; competing groups of up to nine columns are solved exactly,
    larger ones by taking the best score first.
    """
    chosen: list[Slot | None] = [None] * len(candidates)
    for group in _competing(candidates):
        if len(group) == 1:
            options = candidates[group[0]]
            chosen[group[0]] = max(options, key=lambda slot: options[slot]) if options else None
        elif len(group) <= _LARGEST_EXACT:
            _solve(candidates, group, chosen)
        else:
            _take_best_first(candidates, group, chosen)
    return chosen


def _competing(candidates: Sequence[Mapping[Slot, float]]) -> list[list[int]]:
    """Columns grouped so that no slot is wanted in two groups."""
    group_of: dict[Slot, list[int]] = {}
    groups: list[list[int]] = []
    for column, options in enumerate(candidates):
        merged = [column]
        for slot in options:
            other = group_of.get(slot)
            if other is not None and other is not merged:
                groups.remove(other)
                merged[:0] = other
                for taken, owner in group_of.items():
                    if owner is other:
                        group_of[taken] = merged
            group_of[slot] = merged
        groups.append(merged)
    return groups


def _solve(candidates: Sequence[Mapping[Slot, float]], group: list[int], chosen: list[Slot | None]) -> None:
    ordered = [sorted(candidates[column].items(), key=lambda item: -item[1]) for column in group]
    ceiling = [0.0] * (len(group) + 1)
    for place in range(len(group) - 1, -1, -1):
        ceiling[place] = ceiling[place + 1] + (ordered[place][0][1] if ordered[place] else 0.0)
    best = -1.0
    picks: list[Slot | None] = [None] * len(group)
    used: set[Slot] = set()

    def descend(place: int, total: float) -> None:
        nonlocal best
        if total + ceiling[place] <= best + 1e-9:
            return
        if place == len(group):
            best = total
            for column, slot in zip(group, picks, strict=True):
                chosen[column] = slot
            return
        for slot, score in ordered[place]:
            if slot not in used:
                used.add(slot)
                picks[place] = slot
                descend(place + 1, total + score)
                used.discard(slot)
        picks[place] = None
        descend(place + 1, total)

    descend(0, 0.0)


def _take_best_first(candidates: Sequence[Mapping[Slot, float]], group: list[int], chosen: list[Slot | None]) -> None:
    wishes = sorted(
        ((score, column, slot) for column in group for slot, score in candidates[column].items()),
        key=lambda wish: (-wish[0], wish[1]),
    )
    used: set[Slot] = set()
    for _, column, slot in wishes:
        if chosen[column] is None and slot not in used:
            chosen[column] = slot
            used.add(slot)
