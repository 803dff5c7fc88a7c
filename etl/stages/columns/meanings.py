"""What a column's heading means when it stands in one or several rows: parent and child read together.

Rule "soll_ist": pairs like Soll/Ist belong to the group heading above them. A word such as "von", "Datum" or "Ist"
under a group that means something else is not read alone.
"""

from __future__ import annotations

from dataclasses import replace

from etl.stages.columns.anchors import ANCHOR_FIELDS, kind_of
from etl.stages.columns.heading_index import PIECES, STEMS, HeadingIndex, Meaning
from etl.stages.columns.heading_parts import heading_parts

_DAYS = frozenset(("date", "date_end", "period"))
_QUANTITIES = frozenset(("amount", "count", "number", "percent"))
_NAMES = frozenset(("name", "bezeichnung", "titel", "title", "titel name"))

_Heading = tuple[str, str]


def heading_meanings(parent: str, child: str, index: HeadingIndex) -> tuple[Meaning, ...]:
    """Fields for ``child`` under ``parent`` ("" where the heading has one row), best first."""
    if not parent:
        return index.meanings(child)
    joined = index.meanings(f"{parent} {child}")
    if joined and joined[0].how == "known":
        return joined
    above = index.meanings(parent)
    parts = heading_parts(child)
    if above and (not parts.base or parts.base in _NAMES):
        return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in above)
    below = index.meanings(child)
    return _narrowed(above, below, index) or _alone(above, below, parts.base, index) or joined


def _narrowed(above: tuple[Meaning, ...], below: tuple[Meaning, ...], index: HeadingIndex) -> tuple[Meaning, ...]:
    """Children of the same family as their parent: "Teilnehmende" over "Soll" is the planned number."""
    found: dict[str, Meaning] = {}
    for child in below:
        for parent in above:
            if _same_family(parent.field, child.field, index):
                found.setdefault(child.field, replace(child, score=min(child.score, parent.score, PIECES)))
    if not found:
        return ()
    similar = any(parent.how == "similar" for parent in above)
    return tuple(replace(m, how="similar") if similar else m for m in found.values())


def _same_family(parent: str, child: str, index: HeadingIndex) -> bool:
    if kind_of(parent) != kind_of(child):
        return False
    if parent == child:
        return True
    types = {index.types[parent], index.types[child]}
    words, other = parent.split(".")[1].split("_"), child.split(".")[1].split("_")
    if types <= _DAYS:
        pair = {words[0], other[0]}
        return pair <= {"start", "end", "period"} or words[0] == other[0]
    return types <= _QUANTITIES and (words[0] == other[0] or words[-1] == other[-1])


def _alone(
    above: tuple[Meaning, ...], below: tuple[Meaning, ...], base: str, index: HeadingIndex
) -> tuple[Meaning, ...]:
    """The child without its parent, unless it is a general word and the parent speaks of something else."""
    if not _general(base, index):
        return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in below)
    foreign = {kind_of(meaning.field) for meaning in above if meaning.field not in ANCHOR_FIELDS}
    kept = (meaning for meaning in below if kind_of(meaning.field) not in foreign)
    return tuple(replace(meaning, score=min(meaning.score, STEMS), how="similar") for meaning in kept)


def _general(base: str, index: HeadingIndex) -> bool:
    """Words that stand under any group: short or ambiguous ones that give a day or a number."""
    fields = index.candidates(base) if len(base) <= 3 else index.ambiguous.get(base, ())
    return any(index.types[field] in _DAYS | _QUANTITIES for field in fields)
