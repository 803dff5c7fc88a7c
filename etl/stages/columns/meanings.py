"""What a column's heading means when it stands in one or several rows: parent and child read together.

Rule "soll_ist": pairs like Soll/Ist belong to the group heading above them. A word such as "von", "Datum" or "Ist"
under a group that means something else is not read alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.stages.columns.anchors import ANCHOR_FIELDS, kind_of
from etl.stages.columns.heading_index import PIECES, STEMS, HeadingIndex, Meaning
from etl.stages.columns.heading_parts import heading_parts

_DAYS = frozenset(("date", "date_end", "period"))
_QUANTITIES = frozenset(("amount", "count", "number", "percent"))
#: Words that say no more than their group: "Zielmarke" over "Wert" is the target.
_NAMES = frozenset(
    (
        *("name", "bezeichnung", "titel", "title", "titel name", "text", "wortlaut", "angabe", "angaben", "inhalt"),
        *("wert", "werte", "zahl", "anzahl", "hoehe", "betrag", "summe", "value", "number", "amount", "was", "kurz"),
    )
)
#: Words that ask for the day of what their group is about.
_WHEN = frozenset(
    (
        "jahr",
        "datum",
        "bis",
        "bis wann",
        "stichtag",
        "stand",
        "wann",
        "termin",
        "year",
        "date",
        "by",
        "when",
        "zum",
        "am",
    )
)
_DAY_OF = {
    "goal.baseline_value": "goal.baseline_date",
    "goal.target_value": "goal.target_date",
    "goal.current_value": "goal.current_date",
}

#: "Istwerte" over "bis 30.09.2026": a column of values, and from when they are.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SHORT = 4
#: So like a known heading that a group above does not silence it: "Geld" over "zahlt wer".
_NEARLY_SURE = 0.72
#: Fields whose headings say no more than "until" or "from".
_PLAIN_DAYS = frozenset(("start", "end", "period", "due", "date"))


def heading_meanings(parents: Sequence[str], child: str, index: HeadingIndex) -> tuple[Meaning, ...]:
    """Fields for ``child`` under ``parents`` (top first; none where the heading has one row), best first.

    The heading right above counts before all of them together.
    """
    if not parents:
        return index.meanings(child)
    together = " ".join(parents)
    groups = dict.fromkeys((parents[-1], together))
    for parent in groups:
        joined = index.meanings(f"{parent} {child}")
        if joined and joined[0].how == "known":
            return joined
    for parent in groups:
        if found := _under(parent, child, index):
            return found
    above, base = index.meanings(together), heading_parts(child).base
    below = index.meanings(child)
    if heading_parts(child).unit == "%" and _sure(below):
        return _sure(below)
    return _alone(above, below, base, index) or index.meanings(f"{together} {child}")


def _under(parent: str, child: str, index: HeadingIndex) -> tuple[Meaning, ...]:
    above, base = index.meanings(parent), heading_parts(child).base
    if above and _YEAR.search(child) and (valued := tuple(m for m in above if m.field in _DAY_OF)):
        return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in valued)
    if above and base in _WHEN:
        days = [replace(m, field=_DAY_OF[m.field], score=min(m.score, PIECES)) for m in above if m.field in _DAY_OF]
        if days:
            return tuple(days)
    if above and (not base or base in _NAMES):
        return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in above)
    if not above and (base in _NAMES or base in _WHEN):
        return ()
    below = index.meanings(child)
    day = _day_of_group(above, _sure(below) or below, index)
    if not day and _sure(below) and not _general(base, index):
        return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in below)
    found = day or _narrowed(above, below, index)
    if not found and _sure(above) and not _sure(below):
        of_group = {m.field: replace(m, score=STEMS, how="similar") for m in _sure(above)}
        return tuple(({m.field: m for m in below if m.score >= _NEARLY_SURE} | of_group).values())
    return found


def _sure(meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    return tuple(meaning for meaning in meanings if meaning.how == "known")


def _day_of_group(above: tuple[Meaning, ...], below: tuple[Meaning, ...], index: HeadingIndex) -> tuple[Meaning, ...]:
    """A day under a group that has a day of its own is that one: "Abrechnung" over "letzter Tag" is when it is due."""
    if not below or any(meaning.field.split(".")[1] not in _PLAIN_DAYS for meaning in below):
        return ()
    days = [
        m for m in above if index.types[m.field] in _DAYS and m.field.split(".")[1] not in ("start", "end", "period")
    ]
    return tuple(replace(meaning, score=min(meaning.score, PIECES)) for meaning in days)


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
    """Words that stand under any group: short ones and those that mean several things in one kind of list, where they
    give a day or a number."""
    fields = index.candidates(base)
    if not any(index.types[field] in _DAYS | _QUANTITIES for field in fields):
        return False
    kinds = [kind_of(field) for field in fields]
    return len(base) <= _SHORT or len(set(kinds)) < len(kinds)
