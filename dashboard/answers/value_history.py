"""All that was ever said about one field, on both clocks: news, corrections, late reports, what was taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.answers.excerpt import CONTACT
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Eyes, Origin, may_be_asked, origin_of
from etl.model.packing import Said
from etl.model.state import Known
from etl.model.statements import statements
from etl.model.store import Store

#: first: nothing was said before. news: a later day. confirmed: a later day, the same value. correction: the same day,
#: another value. repeated: the same day and value. late: about an earlier day than was known already. contested:
#: another partner's word about the same day.
Step = Literal["first", "news", "confirmed", "correction", "repeated", "late", "contested"]


@dataclass(frozen=True, slots=True)
class Told:
    """One statement about a field. ``origin`` has no excerpt and, where ``withheld`` (taken back, and neither the
    viewer's own nor the office's), no value. ``undone``: when it was taken back."""

    origin: Origin
    step: Step
    holds: bool
    undone: dt.datetime | None
    withheld: bool


def history_of_value(store: Store, picture: Picture, record: str, name: str, eyes: Eyes) -> tuple[Told, ...]:
    """Latest day first, of one day the later known first; empty for who may not ask, and for others' contacts."""
    known = picture.state.find(record)
    if known is None or not may_be_asked(picture, known, name, eyes):
        return ()
    if known.kind == CONTACT and not eyes.owns(known.partner):
        return ()
    said = _statements(store, picture, known, name)
    steps = _steps(picture, said, name)
    told = (_told(picture, known, name, s, steps[s.id], eyes) for s in said)
    return tuple(sorted(told, key=lambda t: (t.origin.day, t.origin.known), reverse=True))


def _statements(store: Store, picture: Picture, known: Known, name: str) -> list[Said]:
    """In the order we came to know them."""
    known_on = picture.state.known_on
    with store.reading() as connection:
        found = statements(connection, kinds=(known.kind,), with_undone=True)
    return sorted(
        (
            s
            for s in found
            if s.record == known.key and name in s.body.values and (known_on is None or s.known_from <= known_on)
        ),
        key=lambda s: (s.known_from, s.id),
    )


def _steps(picture: Picture, said: Sequence[Said], name: str) -> dict[object, Step]:
    """What each statement was when it came; what had been taken back by then does not count as said before."""

    def stood(earlier: Said, when: dt.datetime) -> bool:
        undone = _undone_at(picture, earlier)
        return undone is None or undone > when

    return {s.id: _step(s, [e for e in said[:at] if stood(e, s.known_from)], name) for at, s in enumerate(said)}


def _step(statement: Said, earlier: Sequence[Said], name: str) -> Step:
    if not earlier:
        return "first"
    same_day = [s for s in earlier if s.day == statement.day]
    before = max(same_day or earlier, key=lambda s: (s.day, s.known_from))
    same = before.body.values[name] == statement.body.values[name]
    if same_day:
        if same:
            return "repeated"
        return "correction" if statement.entry is not None or before.partner == statement.partner else "contested"
    if before.day > statement.day:
        return "late"
    return "confirmed" if same else "news"


def _undone_at(picture: Picture, statement: Said) -> dt.datetime | None:
    """When it was taken back, as far as that is known on the picture's known clock."""
    source = picture.provenance.deliveries if statement.delivery is not None else picture.provenance.entries
    number = statement.delivery if statement.delivery is not None else statement.entry
    found = source.get(number) if number is not None else None
    undone: dt.datetime | None = found.undone_at if found else None
    known_on = picture.state.known_on
    return None if undone is not None and known_on is not None and undone > known_on else undone


def _told(picture: Picture, known: Known, name: str, statement: Said, step: Step, eyes: Eyes) -> Told:
    undone = _undone_at(picture, statement)
    holds = known.holds.get(name)
    origin = origin_of(picture, known, name, statement, eyes, whole=False)
    withheld = undone is not None and not eyes.owns(statement.partner or known.partner)
    if withheld:
        origin = replace(origin, value=None, said=(), cells=(), mark=None, unread=None, file=None, reason=None)
    return Told(origin, step, holds is not None and statement.id == holds.id, undone, withheld)
