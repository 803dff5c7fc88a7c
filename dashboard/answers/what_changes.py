"""What a delivery would change: records new, changed, unchanged and no longer named, with their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.answers.picture import Picture
from etl.model.state import Known, State
from etl.model.tables import KINDS
from etl.pipeline.preview import Preview
from etl.stages.compare import FieldChange
from etl.stages.shapes import Draft
from etl.vocabulary import load_vocabulary

#: Fields that name a record, the first one stated wins.
_NAMING = ("title", "name", "indicator", "contact_name", "contact_combined", "text", "programme", "funder", "milestone")
#: Said by the date itself.
_SILENT = frozenset({"start_precision", "end_precision"})
#: The parts of ``KindChanges`` that are titles.
_TITLES = ("new", "unchanged", "missing")
_NAMING_LAST = ("measure_ref", "partner_b", "function", "current_date", "id")


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field that would read differently. ``term`` is its name in the vocabulary, or None where it has none."""

    name: str
    term: str | None
    old: Any
    new: Any
    type: str = "text"
    domain: str = ""
    qualifier: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    title: str
    fields: tuple[ChangedField, ...]


@dataclass(frozen=True, slots=True)
class KindChanges:
    """What happens to the records of one kind; ``missing`` are titles of records the series named before."""

    kind: str
    new: tuple[str, ...]
    changed: tuple[ChangedRecord, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]


def what_changes(preview: Preview, picture: Picture) -> tuple[KindChanges, ...]:
    """Per kind, in the order of the export; kinds the file does not speak about are left out."""
    found = preview.comparison
    drafts = preview.understood.drafts
    spoken = found.new.keys() | found.changed.keys() | found.unchanged.keys() | found.missing.keys()
    return tuple(
        KindChanges(
            kind=kind,
            new=tuple(_title(drafts, n, preview, picture) for n in found.new.get(kind, ())),
            changed=tuple(
                ChangedRecord(_title(drafts, n, preview, picture), _fields(drafts[n], changes))
                for n, changes in found.changed.get(kind, {}).items()
            ),
            unchanged=tuple(_title(drafts, n, preview, picture) for n in found.unchanged.get(kind, ())),
            missing=tuple(_known_title(key, picture) for key in found.missing.get(kind, ())),
        )
        for kind in KINDS
        if kind in spoken
    )


def state_changes(before: State, after: State) -> tuple[KindChanges, ...]:
    """The same between two states: what an undone delivery takes with it, and what reads as it did before it."""
    found = []
    for kind in KINDS:
        old, new = before.kind(kind), after.kind(kind)
        changed = [(key, _differences(old[key], new[key])) for key in old if key in new]
        records = [ChangedRecord(_titled(old[key], before), fields) for key, fields in changed if fields]
        gone = [_titled(known, before) for key, known in old.items() if key not in new]
        back = [_titled(known, after) for key, known in new.items() if key not in old]
        if records or gone or back:
            found.append(KindChanges(kind, tuple(back), tuple(records), (), tuple(gone)))
    return tuple(found)


def _differences(old: Known, new: Known) -> tuple[ChangedField, ...]:
    names = [name for name in dict.fromkeys((*old.values, *new.values)) if name not in _SILENT]
    return tuple(
        _field(old.kind, name, old.value(name), new.value(name), new.qualifier(name))
        for name in names
        if old.value(name) != new.value(name)
    )


def field_counts(kind: KindChanges) -> tuple[tuple[ChangedField, int], ...]:
    """How many records read differently in which field, the most first; an example of each field."""
    examples: dict[str, ChangedField] = {}
    counted: Counter[str] = Counter()
    for record in kind.changed:
        for changed in record.fields:
            examples.setdefault(changed.name, changed)
            counted[changed.name] += 1
    return tuple((examples[name], number) for name, number in counted.most_common())


def matching(changes: Iterable[KindChanges], text: str) -> tuple[KindChanges, ...]:
    """Only the records whose title or changed values hold ``text``, whatever its case; all of them for no text."""
    sought = text.strip().casefold()
    if not sought:
        return tuple(changes)
    found = []
    for kind in changes:
        titles = {name: tuple(t for t in getattr(kind, name) if sought in t.casefold()) for name in _TITLES}
        records = tuple(record for record in kind.changed if _holds(record, sought))
        if records or any(titles.values()):
            found.append(replace(kind, changed=records, **titles))
    return tuple(found)


def _holds(record: ChangedRecord, sought: str) -> bool:
    told = [record.title, *(str(value) for f in record.fields for value in (f.old, f.new) if value is not None)]
    return any(sought in text.casefold() for text in told)


def _fields(draft: Draft, changes: Iterable[FieldChange]) -> tuple[ChangedField, ...]:
    return tuple(
        _field(draft.kind, c.field, c.old, c.new, draft.qualifier.get(c.field, {}))
        for c in changes
        if c.field not in _SILENT
    )


def _field(kind: str, name: str, old: Any, new: Any, qualifier: Mapping[str, Any]) -> ChangedField:
    found = next((f for f in load_vocabulary().fields.values() if (f.kind, f.short) == (kind, name)), None)
    if found is None:
        return ChangedField(name, None, old, new, qualifier=qualifier)
    return ChangedField(name, found.name, old, new, found.type, found.values, qualifier)


def _title(drafts: list[Draft], number: int, preview: Preview, picture: Picture) -> str:
    """What people call the record: its own name, for a value its indicator's, else where it stands."""
    draft = drafts[number]
    if draft.kind == "observation":
        parent = preview.parents.get(number) if draft.parent is None else None
        about = _named(drafts[draft.parent].values) if draft.parent is not None else _known_title(parent or "", picture)
        day = draft.values.get("current_date")
        return f"{about} ({day[:4]})" if about and isinstance(day, str) else about or str(draft.row)
    match = preview.matches[number]
    return _named(draft.values) or (_known_title(match.key, picture) if match.key else "") or str(draft.row)


def called(known: Known, picture: Picture) -> str:
    """What people call a record of the store."""
    return _titled(known, picture.state)


def _known_title(key: str, picture: Picture) -> str:
    known = picture.state.find(key)
    return _titled(known, picture.state) if known is not None else key


def _titled(known: Known, state: State) -> str:
    """What people call a record: its own name, for a value its indicator's and the year."""
    if known.kind == "observation" and known.parent:
        day, indicator = str(known.value("current_date") or ""), state.find(known.parent)
        about = _titled(indicator, state) if indicator is not None else known.parent
        return f"{about} ({day[:4]})" if day else about
    return _named(known.values) or known.key


def _named(values: Mapping[str, Any]) -> str:
    for name in (*_NAMING, *_NAMING_LAST):
        value = values.get(name)
        if value:
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ""
