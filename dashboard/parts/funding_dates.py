"""„Termine“: applications and funders' reports by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.funding import ROWS_PER_PAGE
from dashboard.answers.funding_dates import DueDate
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding import headings
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.measures import pages
from dashboard.parts.traced import asked, traced, value_target
from etl.rules.thresholds import Thresholds
from etl.wording import formatted

Say = Callable[..., str]

#: The fields a due day is read or computed from.
_SOURCES = {
    "report": ("report_due", "end", "period"),
    "interim": ("interim_report_due", "start", "end", "period"),
    "application": ("application_deadline",),
    "programme": ("end", "period", "follow_up"),
}


def dates_table(dates: Sequence[DueDate], rules: Thresholds, say: Say, language: str, page: int = 1) -> Markup:
    """One page of dates. What nobody stated says that it was computed, and by which rule."""
    if not dates:
        return note(say("funding.no_dates"))
    columns: list[Column | str] = [
        Column(say("funding.column.due"), narrow=True),
        say("funding.column.what"),
        say("funding.column.funding"),
        say("funding.column.recipient"),
        say("funding.column.note"),
    ]
    last = max(1, -(-len(dates) // ROWS_PER_PAGE))
    first = (min(page, last) - 1) * ROWS_PER_PAGE
    rows = (_row(due, rules, say, language) for due in dates[first : first + ROWS_PER_PAGE])
    return joined([table(columns, rows, label=say("funding.dates")), pages(min(page, last), last, say)])


def _row(due: DueDate, rules: Thresholds, say: Say, language: str) -> list[Content]:
    remark = _remark(due, rules, say)
    day = value_target(due.key, *_SOURCES[due.kind])
    return [
        traced(formatted(language, due.day, "date"), day),
        traced(say(f"funding.due.{due.kind}"), day),
        asked(due.name, value_target(due.key)),
        traced(due.recipient or "–", value_target(due.key, "recipient")),
        traced(tag("b", remark) if due.overdue else remark, day),
    ]


def _remark(due: DueDate, rules: Thresholds, say: Say) -> str:
    parts = [say("funding.due.overdue")] if due.overdue else []
    if due.programme is not None:
        parts.append(say("funding.due.programme_at", title=due.programme))
    elif due.computed and due.kind == "interim":
        parts.append(say("funding.due.computed_interim", n=rules.interim_report_months))
    else:
        months = rules.report_due_months
        parts.append(say("funding.due.computed", n=months) if due.computed else say("funding.due.stated"))
    return ", ".join(parts)


def dates_download(dates: Callable[[], Sequence[DueDate]], rules: Thresholds, say: Say, language: str) -> Table:
    """The same rows with the columns of the table."""
    names = ("due", "what", "funding", "recipient", "note")
    return Table(
        headings(names, say),
        lambda: (
            (
                formatted(language, due.day, "short_date"),
                say(f"funding.due.{due.kind}"),
                due.name,
                due.recipient or "",
                _remark(due, rules, say),
            )
            for due in dates()
        ),
    )
