"""„Seit dem letzten Mal“: what changed for a body between two days, on either clock, and where each line's proof is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.answers.earlier import earlier
from dashboard.answers.follow_up import extras_of
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from etl.model.store import Store
from etl.rules.changes import changes_between
from etl.rules.days import end_of_day
from etl.rules.facts import Facts, FieldOfAction
from etl.rules.finding import Finding
from etl.rules.follow_up import follow_up, of_body
from etl.rules.meeting import Body
from etl.rules.since import (
    PROMISES,
    SECTIONS,
    Line,
    Section,
    as_followed_up,
    finding_since,
    for_body,
    in_field,
    lines_since,
)
from etl.rules.since_fields import FieldsOf

#: Everything; only what happened in between, as we know it now; only what we have learnt about the earlier day since.
Clock = Literal["alles", "geschehen", "erfahren"]
CLOCKS: tuple[Clock, ...] = ("alles", "geschehen", "erfahren")


@dataclass(frozen=True, slots=True)
class Compare:
    """Two days to be compared: ``earlier`` as known at its end, ``later`` as known at ``known_on`` (None: now)."""

    earlier: dt.date
    later: dt.date
    clock: Clock = "alles"
    known_on: dt.datetime | None = None

    @property
    def first(self) -> tuple[dt.date, dt.datetime | None]:
        """Day and known clock of the earlier facts."""
        if self.clock == "geschehen":
            return self.earlier, self.known_on
        then = end_of_day(self.earlier)
        return self.earlier, min(then, self.known_on) if self.known_on else then

    @property
    def second(self) -> tuple[dt.date, dt.datetime | None]:
        return (self.earlier if self.clock == "erfahren" else self.later), self.known_on


@dataclass(frozen=True)
class Compared:
    """The earlier facts, and every line between them and the picture's."""

    before: Facts
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Since:
    """``sections`` in the order of a meeting, those without a line left out; ``offered``: the fields one may choose."""

    compare: Compare
    before: Facts
    after: Facts
    finding: Finding
    sections: dict[Section, tuple[Line, ...]]
    offered: tuple[FieldOfAction, ...]

    def count(self, section: Section) -> int:
        return len(self.sections.get(section, ()))


def _compared(picture: Picture, store: Store, day: dt.date, known_on: dt.datetime | None) -> Compared:
    before = earlier(store, day, known_on, picture.state)
    changes = changes_between(
        before.facts,
        picture.facts,
        picture.thresholds,
        before.thresholds,
        rated_before=before.ratings,
        rated_after=picture.ratings,
    )
    return Compared(before.facts, lines_since(before.facts, picture.facts, changes, picture.thresholds))


#: ``compared(picture, store, day, known_on)``: made once for everyone who looks at the same two days.
compared: Once[Picture, Compared] = Once(_compared)


def since(store: Store, picture: Picture, compare: Compare, body: Body | None, field: str | None) -> Since:
    """What a body sees; ``picture`` is that of ``compare.second``. ``field`` (the key of one
    of those offered) limits to one field of action."""
    found = compared(picture, store, *compare.first)
    states = _followed(store, picture, body)
    promises = as_followed_up((line for line in found.lines if line.section in PROMISES), states, picture.facts)
    own = (*(line for line in for_body(found.lines, body) if line.section not in PROMISES), *promises)
    offered = tuple(f for f in picture.facts.fields_of_action if body is None or body.deals_with(f.key))
    chosen_field = field if field in {f.key for f in offered} else None
    chosen = in_field(own, chosen_field)
    placed, kinds = FieldsOf(picture.facts), {a.key: "agreement" for a in picture.facts.agreements}
    late = {
        key
        for key, state in states.items()
        if state == "overdue" and (chosen_field is None or chosen_field in placed.of(kinds.get(key, "decision"), key))
    }
    return Since(
        compare=compare,
        before=found.before,
        after=picture.facts,
        finding=finding_since(chosen, late),
        sections=_by_section(chosen),
        offered=offered,
    )


def _followed(store: Store, picture: Picture, body: Body | None) -> dict[str, str]:
    """The body's agreements and decisions by their state, as everywhere else."""
    extras = extras_of(store, picture)
    every = follow_up(picture.facts, extras)
    return {one.key: one.state for one in every if body is None or of_body(one.key, picture.facts, extras, body)}


def _by_section(lines: Sequence[Line]) -> dict[Section, tuple[Line, ...]]:
    found: dict[Section, list[Line]] = {}
    for line in lines:
        found.setdefault(line.section, []).append(line)
    return {section: tuple(found[section]) for section in SECTIONS if section in found}
