"""Single fundings: whether money flows, when it ends, whether it goes on, when its report is due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from etl.rules.days import add_months
from etl.rules.facts import Funding
from etl.rules.thresholds import Thresholds

#: States in which nothing was (or no longer is) promised.
NOT_GRANTED = ("idea", "applied", "rejected", "withdrawn")
_REPORTED = ("report_submitted", "closed")
#: Where public money is granted, ANBest-P and its like ask for a report about each budget year.
_PUBLIC = ("eu", "federal", "state", "district", "municipal")
#: Nobody asks for a report about donations (a receipt is enough) or about one's own money, unless it is stated.
_WITHOUT_REPORT = ("donation", "own")

ReportKind = Literal["report", "interim"]


@dataclass(frozen=True, slots=True)
class ReportDue:
    """The day a funding's report is due; ``computed`` where nobody stated it. ``kind``: report (Verwendungsnachweis) or
    interim (Zwischennachweis)."""

    funding: Funding
    day: dt.date
    computed: bool
    kind: ReportKind = "report"


def is_granted(funding: Funding) -> bool:
    """Money that was promised. Without a status: unless nothing but an amount applied for is stated."""
    if funding.status is None:
        return funding.granted is not None or funding.paid is not None or funding.applied is None
    return funding.status not in NOT_GRANTED


def ending_day(funding: Funding) -> dt.date | None:
    """The last day of promised money; None for permanent money and for money that was never promised."""
    return funding.end if is_granted(funding) and not funding.open_end else None


def follow_up_missing(funding: Funding) -> bool:
    """Whether nothing secures what comes after.

    An application secures nothing yet; a text whose meaning is not known counts as an answer.
    """
    if funding.follow_up_state is not None:
        return funding.follow_up_state != "secured"
    return not funding.follow_up


def follow_up_applied(funding: Funding) -> bool:
    """Whether what comes after is open, but applied for: told beside what is open, never instead of it."""
    return funding.follow_up_state == "applied" and follow_up_missing(funding)


def report_due(funding: Funding, thresholds: Thresholds) -> ReportDue | None:
    """When the report is due: as stated, else ``report_due_months`` after the end (ANBest-P).

    None for money that was never promised, and once the report is handed in.
    """
    if not is_granted(funding) or funding.status in _REPORTED:
        return None
    if funding.report_due:
        return ReportDue(funding, funding.report_due, False)
    if funding.end is None or funding.open_end or funding.level in _WITHOUT_REPORT:
        return None
    return ReportDue(funding, add_months(funding.end, thresholds.report_due_months), True)


def interim_report_due(funding: Funding, day: dt.date, thresholds: Thresholds) -> ReportDue | None:
    """The next report about a budget year in which the purpose is not fulfilled yet: as stated, else
    ``interim_report_months`` after that year's end (ANBest-P 6.1: money that is granted for more than one budget year).

    A computed one that is past is not told: whether it was handed in stands nowhere. The last year is part of the
    report itself. Computed only for public money that still flows on that day; None for money that was never promised.
    """
    if not is_granted(funding) or funding.status in (*_REPORTED, "report_due"):
        return None
    if funding.interim_report_due:
        return ReportDue(funding, funding.interim_report_due, False, "interim")
    start, end = funding.start, funding.end
    if start is None or end is None or start > end or funding.open_end or funding.level not in _PUBLIC:
        return None
    for year in range(max(start.year, day.year - 1), min(end.year, day.year + 2)):
        due = add_months(dt.date(year, 12, 31), thresholds.interim_report_months)
        if day <= due < end:
            return ReportDue(funding, due, True, "interim")
    return None
