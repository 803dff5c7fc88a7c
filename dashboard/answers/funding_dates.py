"""The dates that money brings with it: applications, and reports to the funders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.facts import Funding
from etl.rules.funding import reports_due

DateKind = Literal["application", "report"]

_NO_LONGER_ASKED = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day something is due: an application for a funding, or its report (``computed`` where nobody stated it)."""

    day: dt.date
    kind: DateKind
    name: str
    key: str
    recipient: str | None
    overdue: bool = False
    computed: bool = False


def due_dates(picture: Picture) -> tuple[DueDate, ...]:
    """Applications and funders' reports that are due, in order of time; overdue reports come first by that."""
    found = [*_reports(picture), *_applications(picture)]
    return tuple(sorted(found, key=lambda d: (d.day, d.kind, alphabetical(d.name), d.key)))


def _reports(picture: Picture) -> list[DueDate]:
    facts = picture.facts
    return [
        DueDate(
            due.day,
            "report",
            due.funding.name,
            due.funding.key,
            _recipient(due.funding, picture),
            overdue=due.day < facts.day,
            computed=due.computed,
        )
        for due in reports_due(facts, picture.thresholds)
    ]


def _applications(picture: Picture) -> list[DueDate]:
    facts = picture.facts
    return [
        DueDate(f.application_deadline, "application", f.name, f.key, _recipient(f, picture))
        for f in facts.fundings
        if f.application_deadline and f.application_deadline >= facts.day and f.status not in _NO_LONGER_ASKED
    ]


def _recipient(funding: Funding, picture: Picture) -> str | None:
    partner = picture.facts.partner_by_key.get(funding.partner or "")
    return funding.recipient or ((partner.short_name or partner.name) if partner else None)
