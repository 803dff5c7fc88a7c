"""What somebody who joins a body late is told first: how often it met, what it resolved, what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from etl.rules.finding import Finding


def newcomer_finding(
    met: Sequence[dt.date], resolved: Mapping[str, int], still_open: int, overdue: int, *, may_decide: bool = True
) -> Finding:
    """``met``: the days of its meetings so far; ``resolved``: kind of result -> how many; agreements ``still_open``.
    What lists call decisions of a body that may not decide is told as theirs."""
    if not met:
        return Finding("newcomer.finding.not_met")
    late = Finding("newcomer.finding.overdue", {"n": overdue}) if overdue else None
    if overdue and overdue == still_open:
        late = Finding("newcomer.finding.all_overdue", {"n": overdue})
    open_ = Finding("newcomer.finding.open", {"n": still_open}, late if still_open else None)
    told = open_
    for kind in ("examination", "recommendation"):
        if number := resolved.get(kind, 0):
            told = Finding(f"newcomer.finding.{kind}", {"n": number}, told)
    if may_decide:
        told = Finding("newcomer.finding.resolved", {"n": resolved.get("decision", 0)}, told)
    elif resolved.get("decision", 0):
        told = Finding("newcomer.finding.list_resolved", {"n": resolved["decision"]}, told)
    elif not resolved.get("recommendation", 0):
        told = Finding("newcomer.finding.recommended", {"n": 0}, told)
    return Finding("newcomer.finding.met", {"n": len(met), "since": min(met)}, told)
