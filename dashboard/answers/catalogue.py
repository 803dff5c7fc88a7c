"""The goal catalogue as it stands, or as it stood in one of its versions; what changed since; how to change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.corrections import Stated, title_of
from dashboard.answers.goals import field_title, goals_with_depth
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.packing import Said
from etl.model.releases import ReleaseRow, releases
from etl.model.state import Known, State, state_on
from etl.model.store import Store
from etl.pipeline import catalogue as pipeline
from etl.pipeline.catalogue import FORMS, catalogue_field
from etl.pipeline.enter import EntryRefused, undo_entry
from etl.pipeline.picture.facts import facts_of
from etl.rules.catalogue import catalogue_finding
from etl.rules.facts import Facts, Goal, Indicator, Need
from etl.rules.finding import Finding
from etl.vocabulary import load_vocabulary

__all__ = ["catalogue_field"]

#: What a version of the catalogue consists of; needs and values are told all the time and have no version.
VERSIONED = ("field_of_action", "goal", "indicator")
#: Told as things go on, no part of what was agreed.
_NO_DEFINITION = frozenset({"status", "comment"})


@dataclass(frozen=True, slots=True)
class CatalogueGoal:
    """A goal with its indicators. ``changed``: it, or one of them, differs from the last version released;
    ``measured_below``: it has none, the goals beneath it are measured."""

    goal: Goal
    depth: int
    indicators: tuple[Indicator, ...]
    changed: bool = False
    measured_below: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A field of action's goals in the order of the catalogue. ``title`` None: goals without a field."""

    title: str | None
    goals: tuple[CatalogueGoal, ...]


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What differs since a version. ``code``: new, gone or changed (then ``field``, its full name, with both values).

    ``by`` is who entered it with ``reason``, or ``file`` the delivery's it came with.
    """

    code: str
    kind: str
    record: str
    title: str
    known: dt.datetime | None = None
    by: str | None = None
    reason: str | None = None
    file: str | None = None
    field: str | None = None
    before: Stated | None = None
    after: Stated | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``release`` is the version shown or, where none was asked for, the last one released; ``changes`` are since it
    (newest known first), ``shown`` whether the goals are those of that version and not today's."""

    fields: tuple[CatalogueField, ...]
    needs: tuple[Need, ...]
    finding: Finding
    release: ReleaseRow | None
    releases: tuple[ReleaseRow, ...]
    changes: tuple[CatalogueChange, ...]
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """Something a person entered about a record and that stands: number of the entry, the fields, who, when and why."""

    number: int
    record: str
    title: str
    kind: str
    fields: tuple[tuple[str, Stated], ...]
    person: str
    reason: str
    known: dt.datetime


def catalogue(store: Store, picture: Picture, version: int | None = None) -> Catalogue:
    """The catalogue on the picture's day; ``version``: as it was released then."""
    with store.reading() as connection:
        rows = tuple(releases(connection, picture.state.known_on))
        chosen = next((row for row in rows if row.id == version), None)
        release = chosen or (rows[-1] if rows else None)
        then = state_on(connection, picture.facts.day, release.known_from) if release else None
        facts = facts_of(connection, then, picture.facts.day) if chosen and then else picture.facts
    changes = tuple(_changes(picture, then)) if then is not None else ()
    touched = {change.record for change in changes}
    fields = _fields(facts, touched)
    indicators = sum(len(goal.indicators) for field in fields for goal in field.goals)
    return Catalogue(
        fields=fields,
        needs=tuple(sorted(facts.needs, key=lambda need: alphabetical(need.title))),
        finding=catalogue_finding(len(facts.goals), indicators, len(changes), released=release is not None),
        release=release,
        releases=tuple(reversed(rows)),
        changes=tuple(sorted(changes, key=_newest_first, reverse=True)),
        shown=chosen is not None,
    )


def _newest_first(change: CatalogueChange) -> tuple[bool, dt.datetime, str]:
    return change.known is not None, change.known or dt.datetime.min.replace(tzinfo=dt.UTC), change.record


def _fields(facts: Facts, touched: set[str]) -> tuple[CatalogueField, ...]:
    grouped: dict[str | None, list[CatalogueGoal]] = {field.title: [] for field in facts.fields_of_action}
    for goal, depth in goals_with_depth(facts):
        own = facts.indicators_of.get(goal.key, ())
        changed = goal.key in touched or any(indicator.key in touched for indicator in own)
        grouped.setdefault(field_title(goal, facts), []).append(
            CatalogueGoal(goal, depth, tuple(own), changed, not own and bool(facts.children_of.get(goal.key)))
        )
    named = [CatalogueField(title, tuple(goals)) for title, goals in grouped.items() if title]
    return (*named, *(CatalogueField(None, tuple(goals)) for title, goals in grouped.items() if not title))


def _changes(picture: Picture, then: State) -> Iterator[CatalogueChange]:
    for kind in VERSIONED:
        before, after = then.kind(kind), picture.state.kind(kind)
        for key in before.keys() | after.keys():
            old, new = before.get(key), after.get(key)
            if old is not None and new is not None:
                yield from _differences(picture, old, new)
            elif new is not None:
                first = min(new.said, key=lambda s: s.known_from)
                yield CatalogueChange("new", kind, key, title_of(new, picture), **_source(picture, first))
            elif old is not None:
                yield CatalogueChange("gone", kind, key, title_of(old, picture))


def _differences(picture: Picture, old: Known, new: Known) -> Iterator[CatalogueChange]:
    for name in FORMS[new.kind]:
        if name not in _NO_DEFINITION and old.value(name) != new.value(name):
            yield CatalogueChange(
                "changed",
                new.kind,
                new.key,
                title_of(new, picture),
                field=catalogue_field(new.kind, name).name,
                before=_stated(old, name),
                after=_stated(new, name),
                **_source(picture, new.holds.get(name)),
            )


def _source(picture: Picture, said: Said | None) -> dict[str, Any]:
    if said is None:
        return {}
    if said.entry is not None:
        row = picture.provenance.entries[said.entry]
        return {"known": said.known_from, "by": row.person, "reason": row.reason}
    delivery = picture.provenance.deliveries.get(said.delivery or 0)
    return {"known": said.known_from, "file": delivery.file if delivery else None}


def _stated(known: Known, name: str, value: Any = None) -> Stated:
    field = catalogue_field(known.kind, name)
    precision = known.value(f"{name}_precision")
    qualifier = known.qualifier(name) | ({"precision": precision} if precision else {})
    return Stated(known.value(name) if value is None else value, field.type, field.values, qualifier)


# What the office does ------------------------------------------------------------------------------------------------


def held_values(picture: Picture, kind: str, record: str | None) -> dict[str, Stated]:
    """Field -> what holds, in the order of the form; for a new record (None) nothing is stated."""
    known = picture.state.find(record) if record else None
    if known is None:
        described = ((name, catalogue_field(kind, name)) for name in FORMS[kind])
        return {name: Stated(None, field.type, field.values, {}) for name, field in described}
    return {name: _stated(known, name) for name in FORMS[kind]}


def choices(picture: Picture, kind: str, name: str) -> tuple[str, ...]:
    """Codes of a coded field; for a name, the texts that name what there is."""
    field, facts = catalogue_field(kind, name), picture.facts
    if field.type in ("code", "codes"):
        return tuple(load_vocabulary().codes(field.values))
    texts: Iterable[str] = ()
    if field.values == "field_of_action":
        texts = (f.title for f in facts.fields_of_action)
    elif field.values == "goal":
        texts = (goal.id or goal.title for goal, _ in goals_with_depth(facts))
    elif field.values == "partner":
        texts = sorted((p.short_name or p.name for p in facts.partners), key=alphabetical)
    return tuple(dict.fromkeys(texts))


def bodies(picture: Picture) -> tuple[str, ...]:
    """Names of the bodies that have met, alphabetical."""
    return tuple(sorted({m.body for m in picture.facts.meetings if m.body}, key=alphabetical))


def entered_about(picture: Picture, records: Iterable[str]) -> tuple[Entered, ...]:
    """What was entered by hand about these records, newest first."""
    found = []
    for key in records:
        known = picture.state.find(key)
        for said in known.said if known else ():
            row = picture.provenance.entries.get(said.entry) if said.entry is not None else None
            if known is None or row is None or known.kind not in FORMS:
                continue
            fields = tuple(
                (catalogue_field(known.kind, name).name, _stated(known, name, value))
                for name, value in said.body.values.items()
                if name in FORMS[known.kind]
            )
            entry = Entered(
                row.number, key, title_of(known, picture), known.kind, fields, row.person, row.reason, said.known_from
            )
            found.append(entry)
    return tuple(sorted(found, key=lambda e: (e.known, e.number), reverse=True))


def save(
    store: Store,
    viewer: Viewer,
    kind: str,
    given: Mapping[str, str | list[str]],
    *,
    record: str | None,
    parent: str | None,
    seen: Mapping[str, Any],
    about: dt.date,
    day: dt.date,
    reason: str,
    now: dt.datetime,
    by: str,
) -> tuple[str, str]:
    """Enter a new record (``record`` None, as of ``about``) or change one on ``day``; the office only.

    (``saved``, the record's key), (``not_yours``, "") or the code that refused it with what was found.
    """
    if viewer.role != "coordinator":
        return "not_yours", ""
    try:
        if record is None:
            entered = pipeline.add_record(
                store, kind, given, day=about, person=by, reason=reason, now=now, parent=parent
            )  # fmt: skip
            return "saved", entered.key
        pipeline.change_record(store, record, given, day=day, person=by, reason=reason, now=now, seen=seen)
    except EntryRefused as refused:
        return refused.code, refused.found
    return "saved", record


def take_back_entry(store: Store, picture: Picture, viewer: Viewer, number: int, *, now: dt.datetime) -> str:
    """The office only, and only what was entered about the catalogue. ``undone``, ``already`` or ``not_yours``."""
    keys = [key for kind in FORMS for key in picture.state.kind(kind)]
    if viewer.role != "coordinator" or all(e.number != number for e in entered_about(picture, keys)):
        return "not_yours"
    try:
        undo_entry(store, number, now=now)
    except EntryRefused:
        return "already"
    return "undone"


def release_version(
    store: Store, viewer: Viewer, name: str, *, body: str, day: dt.date, note: str, now: dt.datetime, by: str
) -> str:
    """The office only. ``released`` or the code that refused it."""
    if viewer.role != "coordinator":
        return "not_yours"
    try:
        pipeline.release(store, name, body=body, day=day, note=note, person=by, now=now)
    except EntryRefused as refused:
        return refused.code
    return "released"


def take_back_version(store: Store, viewer: Viewer, number: int, *, now: dt.datetime, by: str) -> str:
    """The office only. ``taken_back``, ``already`` or ``not_yours``."""
    if viewer.role != "coordinator":
        return "not_yours"
    try:
        pipeline.take_back_release(store, number, person=by, now=now)
    except EntryRefused:
        return "already"
    return "taken_back"
