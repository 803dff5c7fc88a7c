"""Where a value on a screen comes from: file, sheet, cell, what stood there, how it was read, who sent it, the row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.excerpt import CONTACT, Excerpt, excerpt, field_of
from dashboard.answers.picture import Picture
from dashboard.answers.written import Written, position, said_texts
from etl.model.deliveries import received_content
from etl.model.packing import Said
from etl.model.state import Known
from etl.model.store import Store
from etl.pipeline.picture.facts import BERLIN
from etl.pipeline.picture.provenance import ReadColumn, Source
from etl.stages.shapes import column_letters

__all__ = [
    "Excerpt",
    "Eyes",
    "Meaning",
    "Origin",
    "Source",
    "Written",
    "field_of",
    "is_hidden",
    "may_be_asked",
    "original_file",
    "origins",
]

#: What a contact shows to those it is shared with; the rest of its record is its partner's and the office's.
SHARED_OF_CONTACT = frozenset(
    {"contact_name", "contact_first_name", "contact_last_name", "function", "phone", "mobile", "email", "deputy"}
    | {"shared_with", "vacant"}
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a stored value is to be read: the field's type, the domain of its codes, its unit and qualifiers."""

    type: str
    domain: str = ""
    unit: str | None = None
    qualifier: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Origin:
    """One source of one value.

    ``said`` are the texts that stood in ``cells``, in the same order (or one for all). Either ``file`` and ``sent`` are
    set (a delivery) or ``entered_by`` and ``reason`` (an entry by a signed-in person). ``form`` is how answers came
    (link or phone, "" for a list), ``mark`` the issue code of a reading that was not exact, ``column`` how the cell's
    column was understood (None where the cell lies in none, or the viewer may not see its heading). ``known`` is when
    we came to know it, ``day`` the day it is about.
    """

    value: Any
    meaning: Meaning
    said: tuple[Written, ...]
    cells: tuple[Source, ...]
    day: dt.date
    known: dt.datetime
    mark: str | None = None
    unread: str | None = None
    column: ReadColumn | None = None
    partner: str | None = None
    delivery: int | None = None
    file: str | None = None
    sent: dt.datetime | None = None
    sent_by: str | None = None
    form: str = ""
    on_behalf: bool = False
    entered_by: str | None = None
    reason: str | None = None
    excerpt: Excerpt | None = None
    may_open: bool = False


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: original files, kept columns and contact data are for the office and the partner itself; ``role``
    decides with whom contacts are shared."""

    office: bool = False
    partner: str | None = None
    role: str = "observer"

    def owns(self, partner: str | None) -> bool:
        return self.office or (self.partner is not None and self.partner == partner)

    @property
    def viewer(self) -> Viewer:
        return Viewer("coordinator" if self.office else self.role, self.partner)


def origins(picture: Picture, record: str, name: str, eyes: Eyes, *, whole: bool = True) -> tuple[Origin, ...]:
    """The source of a field's value, the one that holds first; several where sources contradict each other, or did
    until somebody decided. Not ``whole``: without the excerpts around the cells.

    Empty where the record or the field is not stated, and for contact data of others: record and field come from the
    browser, so nothing may be shown here that no page offers.
    """
    known = picture.state.find(record)
    if known is None or not may_be_asked(picture, known, name, eyes):
        return ()
    assigned = tuple(filter(None, (assigned_origin(picture, known, name),)))
    if name not in known.holds or (assigned and counts_as_assigned(picture, known, name)):
        return assigned
    holds = known.holds[name]
    _, decided = known.settled.get(name, (None, []))
    others = [s for s in known.contested.get(name, decided) if s.id != holds.id]
    return tuple(origin_of(picture, known, name, statement, eyes, whole=whole) for statement in (holds, *others))


def counts_as_assigned(picture: Picture, known: Known, name: str) -> bool:
    """Whether what the office assigned in a field counts: no source names anything we know."""
    row = known.assigned.get(name)
    if row is None or not row.targets:
        return False
    facts, key = picture.facts, known.key
    measure, funding = facts.measure_by_key.get(key), facts.funding_by_key.get(key)
    need = next((need for need in facts.needs if need.key == key), None)
    idea = next((idea for idea in facts.ideas if idea.key == key), None)
    linked = need or idea
    belongs = {
        "goal_ref": (measure or need) and (measure or need).goals,  # type: ignore[union-attr]
        "lead_org": measure and (measure.lead_partner,),
        "measure_ref": linked.measures if linked else funding and tuple(a.measure for a in funding.measures),
    }.get(name)
    return set(belongs or ()) == {picture.state.counts_as(target) for target in row.targets}


def assigned_origin(picture: Picture, known: Known, name: str) -> Origin | None:
    """Who assigned what a record belongs to, when and why; None where nobody did, or it belongs to nothing."""
    row = known.assigned.get(name)
    if row is None or not row.targets:
        return None
    found = (picture.state.find(target) for target in row.targets)
    titles = [str(one.value("title") or one.value("name") or one.key) for one in found if one is not None]
    day = row.known_from.astimezone(BERLIN).date()
    return Origin(
        value="; ".join(titles),
        meaning=Meaning("text"),
        said=(),
        cells=(),
        day=day,
        known=row.known_from,
        entered_by=row.person,
        reason=row.reason,
    )


@dataclass(frozen=True, slots=True)
class Decided:
    """What the office decided about a contradiction. ``both``: its sources are right, each in its way."""

    person: str
    reason: str
    known: dt.datetime
    both: bool


def decided_about(picture: Picture, record: str, name: str) -> Decided | None:
    """The decision that holds about a field, where its sources contradict each other."""
    known = picture.state.find(record)
    row, _ = known.settled.get(name, (None, None)) if known is not None else (None, None)
    return Decided(row.person, row.reason, row.known_from, row.holds is None) if row is not None else None


def may_be_asked(picture: Picture, known: Known, name: str, eyes: Eyes) -> bool:
    """Contact data are for whoever stated them, the office, and those the contact is shared with."""
    described = field_of(known.kind, name)
    holds = known.holds.get(name)
    owns = eyes.owns((holds.partner if holds else None) or known.partner)
    if known.kind == CONTACT:
        return owns or (name in SHARED_OF_CONTACT and _is_shared(picture, known, eyes))
    return described is None or described.type != CONTACT or owns


def is_hidden(picture: Picture, record: str, names: Sequence[str], eyes: Eyes) -> bool:
    """Whether what is asked about (all of the record where no field is named) are contact data that this viewer may not
    see, and not something without a source. It says so whether or not anything is stated, so that nobody learns which.
    """
    known = picture.state.find(record)
    if known is None:
        return not eyes.office and record.startswith(f"{CONTACT}-")
    asked = names or (known.holds if known.kind == CONTACT else ())
    return bool(asked) and not any(may_be_asked(picture, known, name, eyes) for name in asked)


def _is_shared(picture: Picture, known: Known, eyes: Eyes) -> bool:
    return any(c.key == known.key and eyes.viewer.may_see(c) for c in picture.facts.contacts)


def original_file(store: Store, delivery: int) -> bytes:
    """The bytes as received. Only for those whose origin says ``may_open``."""
    with store.reading() as connection:
        return received_content(connection, delivery)


def origin_of(picture: Picture, known: Known, name: str, statement: Said, eyes: Eyes, *, whole: bool = True) -> Origin:
    """One statement about a field as a source of it; not ``whole``: without the excerpt."""
    read = Origin(
        value=statement.body.values.get(name),
        meaning=meaning_of(picture, known, name, statement),
        said=(),
        cells=(),
        day=statement.day,
        known=statement.known_from,
        mark=statement.body.marks.get(name),
        unread=statement.body.unread.get(name),
    )
    if statement.delivery is None:
        entry = picture.provenance.entries.get(statement.entry) if statement.entry is not None else None
        return replace(read, entered_by=entry.person, reason=entry.reason) if entry else read
    sent = picture.provenance.deliveries[statement.delivery]
    cells = tuple(picture.provenance.sources(statement, name))
    partner = statement.partner or sent.partner
    owns = eyes.owns(partner)
    return replace(
        read,
        said=said_texts(picture, statement, name),
        cells=cells,
        column=_column(picture, statement, cells),
        partner=sender_name(picture, partner),
        delivery=sent.number,
        file=sent.file,
        sent=sent.received_at,
        sent_by=sent.sent_by,
        on_behalf=sent.on_behalf,
        form=sent.form,
        excerpt=excerpt(picture, statement, cells, owns=owns) if whole else None,
        may_open=owns,
    )


def sender_name(picture: Picture, partner: str) -> str | None:
    sender = picture.facts.partner_by_key.get(partner)
    return (sender.short_name or sender.name) if sender else None


def meaning_of(picture: Picture, known: Known, name: str, statement: Said) -> Meaning:
    """How to read what a statement says of a field."""
    described = field_of(known.kind, name)
    precision = statement.body.values.get(f"{name}_precision")
    return Meaning(
        type=described.type if described else "text",
        domain=described.values if described else "",
        unit=_unit(picture, known),
        qualifier=statement.body.qualifier.get(name, {}) | ({"precision": precision} if precision else {}),
    )


def _column(picture: Picture, statement: Said, cells: tuple[Source, ...]) -> ReadColumn | None:
    """How the column of the value's own cell was named."""
    table = picture.provenance.table(statement)
    places = [at for cell in cells if cell.role == "value" and (at := position(cell.cell))]
    return table.columns.get(column_letters(places[0][1])) if table and places else None


def _unit(picture: Picture, known: Known) -> str | None:
    """A number belongs to an indicator, its own or its observation's."""
    key = known.parent if known.kind == "observation" else known.key
    indicator = picture.facts.indicator_by_key.get(key or "")
    return indicator.unit if indicator else None
