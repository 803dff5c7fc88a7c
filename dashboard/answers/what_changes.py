"""What a delivery would change: records new, changed, unchanged and no longer named, with their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.answers.picture import Picture
from etl.model.tables import KINDS
from etl.pipeline.preview import Preview
from etl.stages.compare import FieldChange
from etl.stages.shapes import Draft
from etl.vocabulary import load_vocabulary

#: Fields that name a record, the first one stated wins.
_NAMING = ("title", "name", "indicator", "contact_name", "contact_combined", "text", "programme", "funder", "milestone")
#: Said by the date itself.
_SILENT = frozenset({"start_precision", "end_precision"})
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


def _fields(draft: Draft, changes: Iterable[FieldChange]) -> tuple[ChangedField, ...]:
    return tuple(_field(draft, change) for change in changes if change.field not in _SILENT)


def _field(draft: Draft, change: FieldChange) -> ChangedField:
    name, old, new = change.field, change.old, change.new
    found = next((f for f in load_vocabulary().fields.values() if (f.kind, f.short) == (draft.kind, name)), None)
    qualifier = draft.qualifier.get(name, {})
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


def _known_title(key: str, picture: Picture) -> str:
    known = picture.state.find(key)
    if known is None:
        return key
    if known.kind == "observation" and known.parent:
        day = str(known.value("current_date") or "")
        return f"{_known_title(known.parent, picture)} ({day[:4]})" if day else _known_title(known.parent, picture)
    return _named(known.values) or key


def _named(values: Mapping[str, Any]) -> str:
    for name in (*_NAMING, *_NAMING_LAST):
        value = values.get(name)
        if value:
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ""
