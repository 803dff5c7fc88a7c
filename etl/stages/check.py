"""Stage 6: what cannot be right within one record, told and loaded all the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from etl.issues import Issue
from etl.stages.shapes import Draft, addresses


def check(drafts: Sequence[Draft], sheet: str) -> list[Issue]:
    """Contradictions inside a record: an end before its start, more spent than granted, more reached than planned."""
    issues = []
    for draft in drafts:
        stated = draft.values.get
        start, end = stated("start"), stated("end")
        if start is not None and end is not None and str(end) < str(start):
            issues.append(_issue("end_before_start", draft, sheet, ("start", "end")))
        granted, spent = stated("amount_granted"), stated("amount_spent")
        if (
            isinstance(granted, str)
            and isinstance(spent, str)
            and Decimal(spent) > Decimal(granted)
            and not _per(draft)
        ):
            issues.append(_issue("spent_above_granted", draft, sheet, ("amount_granted", "amount_spent")))
        planned, reached = stated("participants_planned"), stated("participants_actual")
        if isinstance(planned, int) and isinstance(reached, int) and reached > planned:
            fields = ("participants_planned", "participants_actual")
            issues.append(_issue("reached_above_planned", draft, sheet, fields))
    return issues


def _per(draft: Draft) -> bool:
    return any("per" in draft.qualifier.get(name, {}) for name in ("amount_granted", "amount_spent"))


def _issue(code: str, draft: Draft, sheet: str, fields: tuple[str, str]) -> Issue:
    cells = tuple(cell for name in fields for cell in addresses(draft, name))
    first, second = (str(draft.values[name]) for name in fields)
    return Issue(code, sheet=sheet, cells=cells, found=second, values={"first": first, "second": second})
