"""The agenda that writes itself: what a body must speak about on a day, in the order of a meeting.

Order and items follow the usual agenda of a steering group: minutes of the last meeting, open agreements, goals that
need a voice (red and yellow only), decisions, money, cooperations, contradictions, new ideas, the report to the
council, the next date. What stands on the agenda already, dropped or not, is not proposed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.rules.agenda_items import MAKERS, Occasion, Proposed
from etl.rules.finding import Finding
from etl.rules.meeting import ORIGINS, Item, ItemOrigin

__all__ = ["Occasion", "Proposed", "covered", "placed", "propose", "times", "without_consequence"]

#: Minutes an item gets, and the fewest it is shortened to where the meeting is too short for all.
_MINUTES: Mapping[ItemOrigin, tuple[int, int]] = {
    "opening": (5, 5),
    "open_agreements": (10, 5),
    "goal": (10, 5),
    "decision": (15, 10),
    "funding": (10, 5),
    "cooperation": (5, 5),
    "contradiction": (5, 5),
    "idea": (5, 5),
    "council_report": (5, 5),
    "next_meeting": (5, 5),
}
_STEP = 5
#: Origins of which a meeting has one item, whatever it is about.
_ONCE: frozenset[ItemOrigin] = frozenset({"opening", "open_agreements", "council_report", "next_meeting"})


def propose(occasion: Occasion, existing: Sequence[Item] = (), minutes: int | None = None) -> tuple[Proposed, ...]:
    """What is missing on the agenda, in the order of a meeting. ``existing`` are its items, dropped ones too;
    ``minutes``: the planned length, which proposals are shortened to fit where they can."""
    found = [proposed for origin in ORIGINS for proposed in _proposals(origin, occasion, existing)]
    if minutes is None:
        return tuple(found)
    taken = sum(item.minutes for item in existing if not item.dropped)
    return tuple(_fitted(found, minutes - taken))


def covered(existing: Sequence[Item], origin: ItemOrigin, records: Sequence[str]) -> bool:
    """Whether an item of this origin speaks about one of the records already, or there is only one of its kind."""
    same = [item for item in existing if item.origin == origin]
    if origin in _ONCE or not records:
        return bool(same)
    return any(set(_own(origin, records)) & set(_own(origin, item.records)) for item in same)


def _own(origin: ItemOrigin, records: Sequence[str]) -> Sequence[str]:
    """The records an item is about; a decision names its goals behind itself, and two may share one."""
    return records[:1] if origin == "decision" else records


def placed(existing: Sequence[Item], origin: ItemOrigin) -> int:
    """Index in ``existing`` (in its order) before which a new item of this origin stands: behind the last of its own
    or an earlier origin, where people have left the order as it was."""
    rank = ORIGINS.index(origin)
    behind = [n for n, item in enumerate(existing) if item.origin != "own" and ORIGINS.index(item.origin) <= rank]
    return (behind[-1] + 1) if behind else 0


def _proposals(origin: ItemOrigin, occasion: Occasion, existing: Sequence[Item]) -> list[Proposed]:
    make = MAKERS.get(origin)
    if make is None or (origin in _ONCE and covered(existing, origin, ())):
        return []
    stands = {key for item in existing if item.origin == origin for key in _own(origin, item.records)}
    return [replace(one, minutes=_MINUTES[origin][0]) for one in make(occasion, stands)]


def _fitted(found: list[Proposed], room: int) -> list[Proposed]:
    """Shortened in steps from the longest, the last of them first, until they fit or cannot be shortened."""
    fitted = list(found)
    while sum(one.minutes for one in fitted) > room:
        can = [(one.minutes, n) for n, one in enumerate(fitted) if one.minutes - _STEP >= _MINUTES[one.origin][1]]
        if not can:
            break
        _, n = max(can)
        fitted[n] = replace(fitted[n], minutes=fitted[n].minutes - _STEP)
    return fitted


def times(items: Sequence[Item], planned: int | None) -> Finding:
    """How many items there are, and whether their minutes fit the planned length (None: nobody planned one)."""
    shown = [item for item in items if not item.dropped]
    total = sum(item.minutes for item in shown)
    if not shown:
        return Finding("agenda.finding.none")
    also = None
    if planned is not None:
        left = planned - total
        code = "fits" if left == 0 else "left" if left > 0 else "too_long"
        also = Finding(f"agenda.finding.{code}", {"n": abs(left)})
    return Finding("agenda.finding.items", {"n": len(shown), "minutes": total}, also)


def without_consequence(items: Sequence[Item]) -> int:
    """How many decisions stand on the agenda of which nobody has said what follows without them."""
    return sum(item.origin == "decision" and not item.dropped and not item.consequence.strip() for item in items)
