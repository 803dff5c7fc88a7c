"""„Termine“: applications and funders' reports by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.funding_dates import DueDate
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding import headings
from dashboard.parts.html import Content, Markup, tag
from dashboard.parts.traced import asked, traced, value_target
from etl.wording import formatted

Say = Callable[..., str]

#: The fields a due day is read or computed from.
_REPORT, _APPLICATION = ("report_due", "end", "period"), ("application_deadline",)


def dates_table(dates: Sequence[DueDate], months: int, say: Say, language: str) -> Markup:
    """What nobody stated says that it was computed: ``months`` after the end."""
    if not dates:
        return note(say("funding.no_dates"))
    columns: list[Column | str] = [
        Column(say("funding.column.due"), narrow=True),
        say("funding.column.what"),
        say("funding.column.funding"),
        say("funding.column.recipient"),
        say("funding.column.note"),
    ]
    rows = (_row(due, months, say, language) for due in dates)
    return table(columns, rows, label=say("funding.dates"))


def _row(due: DueDate, months: int, say: Say, language: str) -> list[Content]:
    remark = _remark(due, months, say)
    day = value_target(due.key, *(_REPORT if due.kind == "report" else _APPLICATION))
    return [
        traced(formatted(language, due.day, "date"), day),
        traced(say(f"funding.due.{due.kind}"), day),
        asked(due.name, value_target(due.key)),
        traced(due.recipient or "–", value_target(due.key, "recipient")),
        traced(tag("b", remark) if due.overdue else remark, day),
    ]


def _remark(due: DueDate, months: int, say: Say) -> str:
    parts = [say("funding.due.overdue")] if due.overdue else []
    parts.append(say("funding.due.computed", n=months) if due.computed else say("funding.due.stated"))
    return ", ".join(parts)


def dates_download(dates: Callable[[], Sequence[DueDate]], months: int, say: Say, language: str) -> Table:
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
                _remark(due, months, say),
            )
            for due in dates()
        ),
    )
