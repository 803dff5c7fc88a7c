"""What a form's answers would change, question by question, and which of them could not be taken as they were given."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from etl.pipeline.form.short_answers import says_elsewhere
from etl.pipeline.form.workbook import EMPTIED, FormFile, Row
from etl.pipeline.preview import Preview
from etl.stages.shapes import Draft

#: Answers that are kept word by word.
_VERBATIM = frozenset({"title", "obstacle", "next_steps", "contact", "location", "comment"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as understood: ``old`` and ``new`` are stored values, ``said`` what was typed. ``how`` is taken,
    marked (read, and not exactly so), kept (left empty: what is known stays) or not_read."""

    question: str
    old: Any
    new: Any
    said: str
    how: str


@dataclass(frozen=True, slots=True)
class AnsweredRecord:
    """A record's answers that say something new. ``key`` "" is a new record."""

    kind: str
    key: str
    title: str
    answers: tuple[Answer, ...]


def answered_records(preview: Preview, form: FormFile) -> tuple[AnsweredRecord, ...]:
    """Row by row, those that say nothing new left out."""
    understood, found = preview.understood, []
    at = {
        (understood.tables[table][0], draft.row): number
        for number, (table, draft) in enumerate(zip(understood.table_of, understood.drafts, strict=True))
    }
    for place, row in form.rows.items():
        number = at.get(place)
        draft = understood.drafts[number] if number is not None else None
        old = _old(preview, number) if number is not None else {}
        answers = tuple(_answers(row, draft, old))
        kind = draft.kind if draft else ("need" if "comment" in row.told or "location" in row.told else "measure")
        if answers or not row.key:
            found.append(AnsweredRecord(kind, row.key, row.told.get("title", ""), answers))
    return tuple(found)


def _old(preview: Preview, number: int) -> dict[str, Any]:
    """Field -> what it said before, of those that would read differently."""
    draft = preview.understood.drafts[number]
    changes = preview.comparison.changed.get(draft.kind, {}).get(number, [])
    if preview.matches[number].key is None:
        return dict.fromkeys(draft.values)
    return {change.field: change.old for change in changes}


def _answers(row: Row, draft: Draft | None, old: dict[str, Any]) -> Iterator[Answer]:
    for name, said in row.told.items():
        if name == "title" and row.key:
            continue
        if not said and name not in EMPTIED:
            yield Answer(name, None, None, said, "kept")
            continue
        value = draft.values.get(name) if draft is not None else None
        if value is None and name in EMPTIED and says_elsewhere(said):
            yield Answer(name, None, None, said, "kept")
            continue
        if value is None or (said and name in _VERBATIM and " ".join(str(value).split()) != " ".join(said.split())):
            yield Answer(name, old.get(name), value, said, "not_read")
        elif name in old:
            marked = draft is not None and name in draft.marks
            yield Answer(name, old[name], value, said, "marked" if marked else "taken")


def seen_of(preview: Preview) -> str:
    """Changes as soon as the preview would show something else."""
    comparison = preview.comparison
    told = [
        preview.sha256,
        sorted((kind, list(numbers)) for kind, numbers in comparison.new.items() if numbers),
        sorted(
            (kind, number, change.field, repr(change.old))
            for kind, numbers in comparison.changed.items()
            for number, changes in numbers.items()
            for change in changes
        ),
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
