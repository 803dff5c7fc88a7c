"""How drafts of one row are put beside one another without losing a cell."""

from __future__ import annotations

import datetime as dt

from etl.stages.readings.records import KEPT, Records
from etl.stages.shapes import Draft, address, said_texts


def add(drafts: list[Draft], draft: Draft, parent: int | None) -> int:
    draft.parent = parent
    drafts.append(draft)
    return len(drafts) - 1


def join_sources(source: Draft, target: Draft, name: str) -> None:
    """The same value stated twice: both cells are its sources."""
    if name in source.cells and name in target.cells:
        target.said[name] = [*said_texts(target, name), *said_texts(source, name)]
        target.cells[name] = [*target.cells[name], *source.cells[name]]
    for part in (source.values, source.cells, source.said, source.marks, source.qualifier, source.references):
        part.pop(name, None)


def refer(draft: Draft, name: str, to: Draft, field: str) -> None:
    """Tells where the record above was named; the reference itself is the parent."""
    if field in to.cells and name not in draft.cells:
        draft.values[name] = to.values[field]
        draft.cells[name] = [(row, column, "carried") for row, column, _ in to.cells[field]]
        draft.said[name] = list(said_texts(to, field))
        draft.references[name] = [str(to.values[field])]


def not_after(date: str, imprecise: bool, day: dt.date) -> str:
    """``Stand November 2026``, reported on the 20th, is about the 20th and not the end of the month."""
    return min(date, day.isoformat()) if imprecise else date


def move_all(records: Records, source: Draft, target: Draft) -> None:
    """Everything of a draft that is no record of its own goes to the one it stands beside; nothing is lost.

    Where that one says something else in the same field, the text is kept beside it under the field's name.
    """
    other = [name for name, value in source.values.items() if target.values.get(name, value) != value]
    unknown = [name for name in source.cells if name not in source.values and name in target.cells]
    for name in [*other, *unknown]:
        for (row, column, _), text in zip(source.cells.get(name, ()), said_texts(source, name), strict=True):
            _keep_beside(target, name, text, (row, column))
            records.outcomes[row, column] = KEPT
    for heading, text in source.kept.items():
        _keep_beside(target, heading, text, source.kept_cells[heading])
    for part in ("values", "cells", "said", "qualifier", "marks", "references", "unread"):
        ours, theirs = getattr(source, part), getattr(target, part)
        for name, value in ours.items():
            theirs.setdefault(name, value)
        ours.clear()
    source.kept, source.kept_cells = {}, {}


def _keep_beside(draft: Draft, heading: str, text: str, cell: tuple[int, int]) -> None:
    if heading in draft.kept:
        heading = f"{heading} ({address(*cell)})"
    draft.kept[heading] = text
    draft.kept_cells[heading] = cell
