"""What ``import --json`` prints of a delivery, and what the store keeps of how a file was understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from etl.issues import Issue
from etl.pipeline.preview import Preview
from etl.pipeline.understanding import SheetUnderstood, Understood
from etl.stages.shapes import Column, Table, column_letters

if TYPE_CHECKING:
    from etl.pipeline.again import Again, Kept

#: Makes the sentence and the proposal of an issue in the reader's language.
Wording = Callable[[Issue], tuple[str, str | None]]


def sheets_as_json(understood: Understood) -> list[dict[str, Any]]:
    """The sheets with their tables, columns and cell sums."""
    return [_sheet(sheet) for sheet in understood.sheets]


def _sheet(understood: SheetUnderstood) -> dict[str, Any]:
    return {
        "name": understood.sheet.name,
        "hidden": understood.sheet.hidden,
        "tables": [_table(table) for table in understood.tables],
        "cells": understood.ledger.as_json(),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "orientation": table.orientation,
        "header_rows": list(table.header_rows),
        "first_row": table.first_row,
        "last_row": table.last_row,
        "columns": [_column(column) for column in table.columns],
    }


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"column": column_letters(column.column), "heading": column.heading, "how": column.how}
    if column.field:
        found["field"] = column.field
    return found


def issue_as_json(issue: Issue, wording: Wording) -> dict[str, Any]:
    message, proposal = wording(issue)
    parts = [{"sheet": p.sheet, "cells": list(p.cells), "found": p.found, "proposal": p.proposal} for p in issue.parts]
    return ({"parts": parts} if parts else {}) | {
        "code": issue.code,
        "severity": issue.severity,
        "sheet": issue.sheet,
        "cells": list(issue.cells),
        "found": issue.found,
        "message": message,
        "proposal": issue.proposal or proposal,
    }


def again_as_json(again: Again, kept: Kept, file: str, wording: Wording) -> dict[str, Any]:
    """One entry of ``deliveries`` for a file that the store already has."""
    return {
        "file": file,
        "sha256": again.sha256,
        "partner": again.sender.name,
        "outcome": "unchanged",
        "reason": None,
        "sheets": kept.sheets,
        "issues": [issue_as_json(issue, wording) for issue in kept.issues],
        "changes": kept.changes,
    }


def delivery_as_json(
    preview: Preview, number: int | None, outcome: str, wording: Wording, reason: str | None = None
) -> dict[str, Any]:
    """One entry of ``deliveries``."""
    found: dict[str, Any] = {"delivery": number} if number is not None else {}
    return found | {
        "file": preview.file,
        "sha256": preview.sha256,
        "partner": preview.sender.name,
        "outcome": outcome,
        "reason": reason,
        "sheets": sheets_as_json(preview.understood),
        "issues": [issue_as_json(issue, wording) for issue in preview.issues],
        "changes": preview.comparison.counts(),
    }
