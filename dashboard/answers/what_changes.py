"""What a delivery would change: records new, changed, unchanged and no longer named, with their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.answers.picture import Picture
from etl.model.packing import Said
from etl.model.state import Known, State
from etl.model.tables import KINDS
from etl.pipeline.correct import correction_holding, outlives
from etl.pipeline.preview import Preview
from etl.rules.steps import line_title
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
    """One field that would read differently. ``term`` is its name in the vocabulary, or None where it has none.

    ``stays``: the list says ``new``, and the office's correction ``old`` holds all the same. ``decided``: ``old`` holds
    because the office decided between sources.
    """

    name: str
    term: str | None
    old: Any
    new: Any
    type: str = "text"
    domain: str = ""
    qualifier: Mapping[str, Any] = field(default_factory=dict)
    stays: bool = False
    decided: bool = False


@dataclass(frozen=True, slots=True)
class MetCorrection:
    """A correction of the office's that a list contradicts: ``field.old`` is what was put right, ``field.new`` what the
    list says. ``field.stays``, or the list is about a later day and replaces it."""

    title: str
    field: ChangedField


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
                ChangedRecord(_title(drafts, n, preview, picture), _fields(preview, n, changes, picture))
                for n, changes in found.changed.get(kind, {}).items()
            ),
            unchanged=tuple(_title(drafts, n, preview, picture) for n in found.unchanged.get(kind, ())),
            missing=tuple(_known_title(key, picture) for key in found.missing.get(kind, ())),
        )
        for kind in KINDS
        if kind in spoken
    )


def met_corrections(preview: Preview, picture: Picture) -> tuple[MetCorrection, ...]:
    """The corrections of the office's that the list says something else about, in its order."""
    found = []
    for number, draft in enumerate(preview.understood.drafts):
        known = _known(preview, number, picture)
        for name, value in draft.values.items() if known is not None else ():
            correction = correction_holding(known, name) if known is not None else None
            if correction is not None and name not in _SILENT and correction.body.values.get(name) != value:
                met = _met(preview, number, FieldChange(name, None, value), correction)
                found.append(MetCorrection(_title(preview.understood.drafts, number, preview, picture), met))
    return tuple(found)


def _known(preview: Preview, number: int, picture: Picture) -> Known | None:
    key = preview.matches[number].key
    return picture.state.find(key) if key else None


def _met(preview: Preview, number: int, change: FieldChange, correction: Said) -> ChangedField:
    draft, name = preview.understood.drafts[number], change.field
    put_right = correction.body.values.get(name)
    told = _field(draft.kind, name, put_right, change.new, draft.qualifier.get(name, {}))
    return replace(told, stays=outlives(correction, preview.day_of(number)))


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


def _fields(
    preview: Preview, number: int, changes: Iterable[FieldChange], picture: Picture
) -> tuple[ChangedField, ...]:
    draft, known = preview.understood.drafts[number], _known(preview, number, picture)
    found = []
    for change in changes:
        correction = correction_holding(known, change.field) if known is not None else None
        if change.field in _SILENT:
            continue
        if correction is not None and correction.body.values.get(change.field) != change.new:
            found.append(_met(preview, number, change, correction))
        else:
            qualifier = draft.qualifier.get(change.field, {})
            decided = known is not None and _is_decided(known, change)
            old = known.value(change.field) if known is not None and decided else change.old
            told = _field(draft.kind, change.field, old, change.new, qualifier)
            found.append(replace(told, decided=decided))
    return tuple(found)


def _is_decided(known: Known, change: FieldChange) -> bool:
    """Whether the office decided what holds for this field, other than what the list says now: not what its sender
    said before is what holds so far."""
    judgement, _ = known.settled.get(change.field, (None, ()))
    one_holds = judgement is not None and judgement.holds is not None
    return one_holds and known.value(change.field) != change.new


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
    if values.get("step"):
        return line_title(values)
    for name in (*_NAMING, *_NAMING_LAST):
        value = values.get(name)
        if value:
            return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ""
