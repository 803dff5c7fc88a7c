"""The dates that money brings with it: applications, and reports to the funders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.runout import loss_rows
from etl.rules.days import add_months
from etl.rules.facts import Funding
from etl.rules.finding import Finding
from etl.rules.funding import reports_due

DateKind = Literal["application", "programme", "report", "interim"]

_NO_LONGER_ASKED = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class DueDate:
    """A day something is due: an application for a funding or, so that another programme pays on, at that programme
    (``programme``); or a report, at the end or about a budget year (``computed`` where nobody stated it)."""

    day: dt.date
    kind: DateKind
    name: str
    key: str
    recipient: str | None
    overdue: bool = False
    computed: bool = False
    programme: str | None = None


def _make_dates(picture: Picture) -> tuple[DueDate, ...]:
    found = [*_reports(picture), *_applications(picture), *_programmes(picture)]
    return tuple(sorted(found, key=lambda d: (d.day, d.kind, alphabetical(d.name), d.key)))


_dates = Once[Picture, tuple[DueDate, ...]](_make_dates)


def due_dates(picture: Picture) -> tuple[DueDate, ...]:
    """Applications and funders' reports that are due, in order of time; overdue reports come first by that."""
    return _dates(picture)


def dates_finding(picture: Picture) -> Finding:
    """How many dates are due within the warning time, and how many reports are overdue."""
    facts = picture.facts
    until = add_months(facts.day, picture.thresholds.funding_warning_months)
    found = due_dates(picture)
    late = sum(due.overdue for due in found)
    coming = sum(facts.day <= due.day <= until for due in found)
    values = {"n": coming, "months": picture.thresholds.funding_warning_months}
    return Finding("money.headline.dates", values, Finding("money.headline.overdue", {"n": late}) if late else None)


def _reports(picture: Picture) -> list[DueDate]:
    facts = picture.facts
    return [
        DueDate(
            due.day,
            due.kind,
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


def _programmes(picture: Picture) -> Iterator[DueDate]:
    """The last day to apply at the programme that would be in time and asks least."""
    for row in loss_rows(picture):
        found = row.prevention
        match = found.match if found else None
        if match is not None and match.helps and match.deadline is not None:
            funding, title = row.loss.funding, match.programme.title
            who = _recipient(funding, picture)
            yield DueDate(match.deadline, "programme", funding.name, funding.key, who, programme=title)


def _recipient(funding: Funding, picture: Picture) -> str | None:
    partner = picture.facts.partner_by_key.get(funding.partner or "")
    return funding.recipient or ((partner.short_name or partner.name) if partner else None)
