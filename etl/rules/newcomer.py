"""What somebody who joins a body late is told first: how often it met, what it resolved, what is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from etl.rules.finding import Finding


<<<<<<< HEAD
def newcomer_finding(
    met: Sequence[dt.date], resolved: int, still_open: int, overdue: int, *, recommended: int | None = None
) -> Finding:
    """``met``: the days of its meetings so far; ``resolved``: decisions; agreements ``still_open``. ``recommended``:
    recommendations of a body that may not decide (None: it may): what lists call its decisions is not told as such."""
=======
def newcomer_finding(met: Sequence[dt.date], resolved: Mapping[str, int], still_open: int, overdue: int) -> Finding:
    """``met``: the days of its meetings so far; ``resolved``: kind of result -> how many; agreements
    ``still_open``."""
>>>>>>> main
    if not met:
        return Finding("newcomer.finding.not_met")
    late = Finding("newcomer.finding.overdue", {"n": overdue}) if overdue else None
    if overdue and overdue == still_open:
        late = Finding("newcomer.finding.all_overdue", {"n": overdue})
    open_ = Finding("newcomer.finding.open", {"n": still_open}, late if still_open else None)
<<<<<<< HEAD
    return Finding(
        "newcomer.finding.met",
        {"n": len(met), "since": min(met)},
        _resolved(resolved, recommended, open_),
    )


def _resolved(resolved: int, recommended: int | None, also: Finding) -> Finding:
    if recommended is None:
        return Finding("newcomer.finding.resolved", {"n": resolved}, also)
    if not resolved:
        return Finding("newcomer.finding.recommended", {"n": recommended}, also)
    listed = Finding("newcomer.finding.list_resolved", {"n": resolved}, also)
    return Finding("newcomer.finding.recommended", {"n": recommended}, listed) if recommended else listed
=======
    told = open_
    for kind in ("examination", "recommendation"):
        if number := resolved.get(kind, 0):
            told = Finding(f"newcomer.finding.{kind}", {"n": number}, told)
    told = Finding("newcomer.finding.resolved", {"n": resolved.get("decision", 0)}, told)
    return Finding("newcomer.finding.met", {"n": len(met), "since": min(met)}, told)
>>>>>>> main
