"""A stored delivery read once more: what its file would say today, statement by statement."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.model.packing import Body, Said
from etl.model.statements import statements_of
from etl.model.store import Connection
from etl.pipeline.accept import told_by
from etl.pipeline.understanding import Remembered, Understood, understand
from etl.stages.corrections import Corrections
from etl.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class Reread:
    """``bodies``: id of a stored statement -> (the statement, what is said now)."""

    understood: Understood
    bodies: Mapping[tuple[int, int], tuple[Said, Body]]


def reread(
    connection: Connection,
    row: Any,
    content: bytes,
    file: str,
    corrections: Mapping[str, Any],
    remembered: Remembered,
) -> Reread | None:
    """Read ``content`` as delivery ``row`` was read; None where it does not speak of the same records, row by row."""
    understood = understand(
        content,
        file,
        load_vocabulary(),
        row.day,
        remembered,
        Corrections.from_data(dict(corrections)),
        looked_at=True,
    )
    stored = [said for said in statements_of(connection, row.number) if said.table_no is not None]
    told: list[tuple[tuple[Any, ...], Body]] = []
    grouped: dict[tuple[int, str, dt.date], list[int]] = defaultdict(list)
    for i, (table, draft, day) in enumerate(zip(understood.table_of, understood.drafts, understood.days, strict=True)):
        grouped[table, draft.kind, day or row.day].append(i)
    for (table, kind, day), numbers in grouped.items():
        drafts = [understood.drafts[i] for i in numbers]
        parts = told_by(understood, table, drafts)
        for place, draft in enumerate(drafts):
            said: dict[str, Any] = {name: dict(lines[place]) for name, lines in parts.items()}
            body = Body(**said)
            told.append(((table, kind, day, draft.row), body))
    if [(said.table_no, said.kind, said.day, said.row) for said in stored] != [place for place, _ in told]:
        return None
    return Reread(understood, {said.id: (said, body) for said, (_, body) in zip(stored, told, strict=True)})
