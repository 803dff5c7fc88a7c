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
        values = draft.values
        if "start" in values and "end" in values and str(values["end"]) < str(values["start"]):
            issues.append(_issue("end_before_start", draft, sheet, ("start", "end")))
        if "amount_spent" in values and _overspent(draft):
            issues.append(_issue("spent_above_granted", draft, sheet, ("amount_granted", "amount_spent")))
        planned, reached = values.get("participants_planned"), values.get("participants_actual")
        if isinstance(planned, int) and isinstance(reached, int) and reached > planned:
            fields = ("participants_planned", "participants_actual")
            issues.append(_issue("reached_above_planned", draft, sheet, fields))
    return issues


def _overspent(draft: Draft) -> bool:
    granted, spent = draft.values.get("amount_granted"), draft.values["amount_spent"]
    both = isinstance(granted, str) and isinstance(spent, str)
    return both and Decimal(str(spent)) > Decimal(str(granted)) and not _per(draft)


def _per(draft: Draft) -> bool:
    return any("per" in draft.qualifier.get(name, {}) for name in ("amount_granted", "amount_spent"))


def _issue(code: str, draft: Draft, sheet: str, fields: tuple[str, str]) -> Issue:
    cells = (*addresses(draft, fields[0]), *addresses(draft, fields[1]))
    first, second = (str(draft.values[name]) for name in fields)
    return Issue(code, sheet=sheet, cells=cells, found=second, values={"first": first, "second": second})
