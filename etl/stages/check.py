"""Stage 6: what cannot be right within one record, told and loaded all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from etl.issues import Issue
from etl.stages.shapes import Draft, address


def check(drafts: Sequence[Draft], sheet: str) -> list[Issue]:
    """Contradictions inside a record: an end before its start, more spent than granted, more reached than planned."""
    return [issue for draft in drafts for issue in _check(draft, sheet)]


def _check(draft: Draft, sheet: str) -> Iterator[Issue]:
    values = draft.values
    if "end" in values and "start" in values and str(values["end"]) < str(values["start"]):
        yield _issue("end_before_start", draft, sheet, ("start", "end"))
    granted, spent = values.get("amount_granted"), values.get("amount_spent")
    if isinstance(granted, str) and isinstance(spent, str) and Decimal(spent) > Decimal(granted) and not _per(draft):
        yield _issue("spent_above_granted", draft, sheet, ("amount_granted", "amount_spent"))
    planned, reached = values.get("participants_planned"), values.get("participants_actual")
    if isinstance(planned, int) and isinstance(reached, int) and reached > planned:
        yield _issue("reached_above_planned", draft, sheet, ("participants_planned", "participants_actual"))


def _per(draft: Draft) -> bool:
    return any("per" in draft.qualifier.get(name, {}) for name in ("amount_granted", "amount_spent"))


def _issue(code: str, draft: Draft, sheet: str, fields: tuple[str, str]) -> Issue:
    cells = tuple(address(row, column) for name in fields for row, column, _ in draft.cells.get(name, ()))
    first, second = (str(draft.values[name]) for name in fields)
    return Issue(code, sheet=sheet, cells=cells, found=second, values={"first": first, "second": second})
