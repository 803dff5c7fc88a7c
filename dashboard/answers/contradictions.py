"""Facts that sources state differently: what they are about, each side with its source, what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Eyes, Meaning, Origin, field_of, may_be_asked, origin_of
from etl.model.state import Known
from etl.pipeline.contradictions import Contradiction, open_contradictions, settled_contradictions
from etl.rules.steps import line_title


@dataclass(frozen=True, slots=True)
class Novelty:
    """What came after a decision: ``code`` as in ``etl.pipeline.contradictions.News``, ``partner`` by name."""

    code: str
    partner: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Decision:
    """``holds`` is the value that holds, ``both`` that each source is right in its way."""

    number: int
    person: str
    reason: str
    known: dt.datetime
    both: bool
    holds: Any = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A contested field. ``term`` names it in the vocabulary, ``about`` says of what; ``sides`` the latest last.

    ``held`` is the side that holds now. ``settled`` is the decision in force, ``overtaken`` one that no longer is, with
    ``news`` that came since.
    """

    record: str
    field: str
    kind: str
    term: str
    about: str
    day: dt.date
    sides: tuple[Origin, ...]
    held: int
    meaning: Meaning
    seen: tuple[str, ...]
    settled: Decision | None = None
    overtaken: Decision | None = None
    news: tuple[Novelty, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.record}.{self.field}"


def disputes(picture: Picture, viewer: Viewer) -> tuple[Dispute, ...]:
    """All that the viewer may see: the office everything, a partner what its own statements are part of."""
    eyes = Eyes(viewer.role == "coordinator", viewer.partner if viewer.role == "partner" else None)
    return _disputes(picture, eyes)


def _all(picture: Picture, eyes: Eyes) -> tuple[Dispute, ...]:
    found = (*open_contradictions(picture.state), *settled_contradictions(picture.state))
    seen = (one for one in found if _concerns(one, eyes) and may_be_asked(picture, one.known, one.field, eyes))
    return tuple(sorted((_dispute(one, picture, eyes) for one in seen), key=lambda d: (alphabetical(d.about), d.key)))


#: Excerpts of sheets are looked up for every side: once for a picture and whoever may look.
_disputes = Once[Picture, tuple[Dispute, ...]](_all)


def _concerns(found: Contradiction, eyes: Eyes) -> bool:
    return any(eyes.owns(statement.partner) for statement in found.statements)


def _dispute(found: Contradiction, picture: Picture, eyes: Eyes) -> Dispute:
    known, name = found.known, found.field
    field = field_of(known.kind, name)
    sides = tuple(origin_of(picture, known, name, statement, eyes) for statement in found.statements)
    holds = known.holds[name].id
    return Dispute(
        record=known.key,
        field=name,
        kind=known.kind,
        term=field.name if field else name,
        about=about(known, picture),
        day=found.day,
        sides=sides,
        held=next((n for n, statement in enumerate(found.statements) if statement.id == holds), len(sides) - 1),
        meaning=sides[-1].meaning,
        seen=found.seen,
        settled=_decision(found.settled),
        overtaken=_decision(found.reopened),
        news=tuple(Novelty(n.code, _name(n.partner, picture), n.before, n.after) for n in found.news),
    )


def _decision(row: Any) -> Decision | None:
    if row is None:
        return None
    value = row.heard[row.holds]["value"] if row.holds is not None else None
    return Decision(row.id, row.person, row.reason, row.known_from, row.holds is None, value)


def _name(partner: str | None, picture: Picture) -> str:
    found = picture.facts.partner_by_key.get(picture.state.counts_as(partner)) if partner else None
    return (found.short_name or found.name) if found else "–"


def about(known: Known, picture: Picture) -> str:
    """What a record is called; an indicator's value by its indicator."""
    named = picture.state.find(known.parent) if known.kind == "observation" and known.parent else known
    names = ("title", "indicator", "name", "programme", "text")
    return line_title(known.values) or _first(named or known, names) or known.key


def _first(known: Known, names: Iterable[str]) -> str | None:
    return next((str(known.value(name)) for name in names if known.value(name)), None)
