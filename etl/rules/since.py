"""What a body needs to know since it last met: the changes between two facts, sorted into the sections of a meeting.

Pure functions of two facts; ``lines_since`` for all of the network, ``for_body`` and ``in_field`` choose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from etl.rules.change import Change
from etl.rules.facts import Facts
from etl.rules.finding import Finding
from etl.rules.meeting import Body
from etl.rules.since_fields import FieldsOf
from etl.rules.since_sections import SECTIONS, Line, Section, lines_of
from etl.rules.thresholds import Thresholds

__all__ = ["SECTIONS", "Line", "Section", "as_followed_up", "finding_since", "for_body", "in_field", "lines_since"]

#: Sections about agreements and decisions.
PROMISES: frozenset[Section] = frozenset({"kept", "broken"})
_DROPPED = frozenset({"dropped", "rejected"})


def lines_since(before: Facts, after: Facts, changes: Sequence[Change], thresholds: Thresholds) -> tuple[Line, ...]:
    """All lines between two facts, section by section; ``changes`` are those of ``changes_between``."""
    found = lines_of(before, after, changes, thresholds)
    now, then = FieldsOf(after), FieldsOf(before)
    placed = (replace(line, fields=now.of(line.kind, line.key) or then.of(line.kind, line.key)) for line in found)
    return tuple(sorted(placed, key=lambda line: (SECTIONS.index(line.section), line.direction)))


def for_body(lines: Iterable[Line], body: Body | None) -> tuple[Line, ...]:
    """What is the body's own: what it resolved or heard promised, matters of its fields, and those of no field and no
    other body."""
    if body is None or not body.fields:
        return tuple(lines)
    return tuple(line for line in lines if _is_own(line, body))


def _is_own(line: Line, body: Body) -> bool:
    if line.body is not None and line.body.casefold() == body.name.casefold():
        return True
    if not line.fields:
        return line.body is None
    return any(map(body.deals_with, line.fields))


def in_field(lines: Iterable[Line], field: str | None) -> tuple[Line, ...]:
    """Lines of one field of action (its key); all where none is chosen."""
    return tuple(line for line in lines if field is None or field in line.fields)


def as_followed_up(lines: Iterable[Line], states: Mapping[str, str], after: Facts) -> tuple[Line, ...]:
    """Without the promises and decisions that ``states`` (record -> its state, see ``etl.rules.follow_up``) does not
    know as the body's, or does not hold to be late."""
    statuses = {a.key: a.status for a in after.agreements} | {d.key: d.status for d in after.decisions}
    found = []
    for line in lines:
        late = states.get(line.key) == "overdue" or statuses.get(line.key) in _DROPPED
        if line.section not in PROMISES or (line.key in states and (line.section == "kept" or late)):
            found.append(line)
    return tuple(found)


def finding_since(lines: Sequence[Line], overdue: Collection[str] | None = None) -> Finding:
    """Goals rated worse, not any more, better; then what is late. One sentence each, none about nothing.

    ``overdue``: keys of all promises and decisions that are late by now (None: those that ``lines`` tell of); how many
    of them have become so since is said with it.
    """
    goals = [line for line in lines if line.section == "goals"]
    tally = {
        "worse": sum(line.direction == 0 for line in goals),
        "unrated": sum(line.direction == 1 and line.is_unrated for line in goals),
        "better": sum(line.direction == 2 for line in goals),
    }
    newly = {line.key for line in lines if line.section == "broken"}
    late = newly if overdue is None else set(overdue)
    new = len(newly & late)
    parts = [Finding(f"since.finding.{code}", {"n": n}) for code, n in tally.items() if n]
    if not parts:
        parts.append(Finding("since.finding.no_goal" if lines else "since.finding.nothing"))
    if late:
        how = "all" if new == len(late) else "some" if new else "still"
        parts.append(Finding(f"since.finding.overdue_{how}", {"n": len(late), "new": new}))
    found: Finding | None = None
    for part in reversed(parts):
        found = replace(part, also=found)
    assert found is not None, "there is always one sentence"
    return found
