"""The tables of the funding page: what ends when, all sources with their sums, the dates that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import streamlit as st

from dashboard.answers.coverage import Course
from dashboard.answers.funding import DueDate, Endings, FundingRow, GoalMark, Sources
from dashboard.parts import filters
from dashboard.parts.blocks import Column, note, section, symbol, table
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, go, joined, tag, visually_hidden
from dashboard.parts.measures import pages
from dashboard.parts.values import code_word, money_text
from etl.rules.facts import Money
from etl.rules.funding import LevelSum, Sum
from etl.wording import formatted

Say = Callable[..., str]

#: How many measures and goals a cell names before it says how many more there are.
_NAMED = 1
_MARKED_GOALS = 4
#: A missing follow-up this close to the end stands in bold.
_URGENT_DAYS = 183


def funding_over(course: Course, say: Say) -> str:
    """Which months, and that the amounts are euros per month."""
    return say("funding.over", first=course.months[0], last=course.months[-1])


def course_notes(course: Course, say: Say) -> Markup:
    """What the chart rests on: who stated costs, which money is in no month, what was only applied for."""
    told = [say("funding.stated_by", n=course.stated_by, of=course.running)]
    told += [say("funding.unplaced", n=course.unplaced)] if course.unplaced else []
    told += [say("funding.applied_beside", amount=course.applied.quantize(Decimal(1)))] if course.applied else []
    return note(" ".join(told))


def endings_table(endings: Endings, say: Say, language: str) -> Markup:
    """„Was wann endet“."""
    head = section(say("funding.endings"), say("funding.endings_aside", day=endings.until))
    if not endings.rows:
        return joined([head, note(say("funding.nothing_ends", day=endings.until))])
    columns = [
        Column(say("funding.column.ends"), narrow=True),
        say("funding.column.funding"),
        Column(say("funding.column.yearly"), numeric=True),
        say("funding.column.carries"),
        say("funding.column.goals"),
        say("funding.column.next"),
    ]
    rows = [
        [
            formatted(language, row.end, "date") if row.end else "",
            tag("b", row.name),
            yearly_text(row, say, language),
            carries_text(row.carries, say),
            goal_marks(row.goals, say),
            next_step(row, say, language),
        ]
        for row in endings.rows
    ]
    return joined([head, tag("div", table(columns, rows, label=say("funding.endings")), class_="rt-endings")])


def more_endings(endings: Endings, say: Say) -> Markup | None:
    """How many end beside those shown; a click reports ``alle``."""
    if not endings.more:
        return None
    return tag("p", go(say("funding.endings_more", n=endings.more), "alle", class_="rt-link"))


def yearly_text(row: FundingRow, say: Say, language: str) -> Content:
    """Euros per year: totals spread evenly, as the section's head says."""
    if row.yearly is None:
        return money_text(row.stated, language) if row.stated else say("funding.no_amount")
    amount = formatted(language, row.yearly.quantize(Decimal(1)), "money")
    return say("value.approx", value=amount) if row.stated and row.stated.approx else amount


def carries_text(titles: Sequence[str], say: Say, named: int = _NAMED) -> str:
    """The first measures by name, the others by number."""
    if not titles:
        return say("funding.carries_nothing")
    more = len(titles) - named
    first = ", ".join(titles[:named])
    return say("funding.carries_more", named=first, n=more) if more > 0 else first


def goal_marks(goals: Sequence[GoalMark], say: Say) -> Content:
    """Symbol and number of each goal; the word of the symbol for those who listen."""
    if not goals:
        return tag("span", say("funding.no_goal"), class_="rt-note")
    marks = [_goal_mark(goal, say) for goal in goals[:_MARKED_GOALS]]
    if len(goals) > _MARKED_GOALS:
        marks.append(tag("span", f"+{len(goals) - _MARKED_GOALS}", class_="rt-goal-mark"))
    return joined(marks, " ")


def _goal_mark(goal: GoalMark, say: Say) -> Markup:
    if goal.rating is None:
        return tag("span", goal.label, class_="rt-goal-mark")
    return tag(
        "span",
        symbol(goal.rating),
        visually_hidden(say(f"rating.{goal.rating}")),
        " ",
        goal.label,
        class_="rt-goal-mark",
    )


def next_step(row: FundingRow, say: Say, language: str) -> Content:
    """What comes after the money, or what has to be done for it."""
    if row.leftover is not None and row.end is not None:
        return tag("b", say("funding.next.transfer", amount=row.leftover, year=row.end.year))
    if row.next_step == "deadline":
        return tag("b", say("funding.next.deadline", day=row.deadline))
    if row.next_step == "open":
        words = say("funding.next.open")
        urgent = row.days_left is not None and row.days_left <= _URGENT_DAYS
        return tag("b", words) if urgent else words
    if row.next_step == "permanent":
        return say("funding.next.permanent")
    if row.next_step in ("applied", "secured"):
        return say(f"funding.next.{row.next_step}")
    return tag("span", row.follow_up, class_="rt-clamp2")


def source_filters(sources: Sources, say: Say, language: str) -> None:
    """Level and year."""
    with st.container(key="rt-filters", horizontal=True, vertical_alignment="top"):
        offered: list[filters.Choice] = [
            ("level", say("funding.column.level"), sources.levels, lambda code: level_word(code, say, language)),
            ("year", say("funding.year"), sources.years, str),
        ]
        filters.choices(offered, say("word.all"))


def sums_markup(sources: Sources, say: Say, language: str) -> Markup:
    """The sums over the selection under their head."""
    found = say("funding.found", n=sources.found)
    return joined([section(say("funding.sums"), found), sums_table(sources.sums, say, language)])


def sums_table(sums: Sequence[LevelSum], say: Say, language: str) -> Markup:
    """Granted and applied by level, side by side; totals, yearly and monthly amounts never in one number."""
    columns = [
        say("funding.column.level"),
        Column(say("funding.column.count"), numeric=True),
        Column(say("funding.column.granted"), numeric=True),
        Column(say("funding.column.applied"), numeric=True),
    ]
    rows = [
        [
            level_word(entry.level, say, language),
            formatted(language, entry.fundings, "count"),
            sum_text(entry.granted, language),
            sum_text(entry.applied, language),
        ]
        for entry in sums
    ]
    return table(columns, rows, label=say("funding.sums"))


def level_word(level: str | None, say: Say, language: str) -> str:
    return code_word("funding.level", level, language) if level else say("funding.no_level")


def sum_text(amounts: Sum, language: str) -> Content:
    """Each unit on its own line."""
    parts = [
        Money(amounts.total, None, amounts.approx),
        Money(amounts.per_year, "year", amounts.approx),
        Money(amounts.per_month, "month", amounts.approx),
    ]
    lines = [tag("span", money_text(part, language), class_="rt-each") for part in parts if part.amount]
    return joined(lines) if lines else "–"


def sources_table(sources: Sources, say: Say, language: str) -> Markup:
    """All sources of the selection, by level and end."""
    columns = [
        say("funding.column.funding"),
        say("funding.column.level"),
        say("funding.column.period"),
        Column(say("funding.column.granted"), numeric=True),
        Column(say("funding.column.applied"), numeric=True),
        say("funding.column.carries"),
        say("funding.column.next"),
    ]
    rows = [_source_row(row, say, language) for row in sources.rows]
    return joined(
        [
            section(say("funding.sources")),
            table(columns, rows, label=say("funding.sources")),
            pages(sources.page, sources.pages, say),
        ]
    )


def _source_row(row: FundingRow, say: Say, language: str) -> list[Content]:
    status = tag("small", code_word("funding.status", row.status, language)) if row.status else None
    return [
        joined([row.name, tag("small", say("mark.interpreted")) if row.marked else None]),
        joined([level_word(row.level, say, language), status]),
        joined([period_text(row, say, language), _budget_year(row, say)]),
        money_text(row.granted_money, language) if row.granted_money else "–",
        money_text(row.applied_money, language) if row.applied_money else "–",
        carries_text(row.carries, say),
        next_step(row, say, language),
    ]


def period_text(row: FundingRow, say: Say, language: str) -> str:
    """„01.01.2026 bis 31.12.2026“, „dauerhaft“, „bis 31.12.2027“."""
    start = formatted(language, row.start, "short_date") if row.start else None
    end = formatted(language, row.end, "short_date") if row.end and not row.permanent else None
    if row.permanent:
        return say("funding.period.permanent_since", start=start) if start else say("funding.period.permanent")
    if start and end:
        return say("funding.period.both", start=start, end=end)
    if end:
        return say("funding.period.until", end=end)
    return say("funding.period.since", start=start) if start else say("word.unknown")


def _budget_year(row: FundingRow, say: Say) -> Markup | None:
    if not row.start or not row.end or row.permanent:
        return None
    if row.start.year == row.end.year:
        return tag("small", say("funding.budget_year", year=row.end.year))
    return tag("small", say("funding.budget_years", first=row.start.year, last=row.end.year))


def dates_table(dates: Iterable[DueDate], say: Say, language: str) -> Markup:
    """Applications and reports by day; what nobody stated says that it was computed."""
    columns = [
        Column(say("funding.column.due"), narrow=True),
        say("funding.column.what"),
        say("funding.column.funding"),
        say("funding.column.recipient"),
        say("funding.column.note"),
    ]
    rows = [
        [
            formatted(language, due.day, "date"),
            say(f"funding.due.{due.kind}"),
            due.name,
            due.recipient or "–",
            tag("b", note_text(due, say)) if due.overdue else note_text(due, say),
        ]
        for due in dates
    ]
    if not rows:
        return note(say("funding.no_dates"))
    return table(columns, rows, label=say("funding.dates"))


def note_text(due: DueDate, say: Say) -> str:
    parts = [say("funding.due.overdue")] if due.overdue else []
    parts.append(say("funding.due.computed" if due.computed else "funding.due.stated"))
    return ", ".join(parts)


def endings_download(endings: Callable[[], Endings], say: Say, language: str) -> Table:
    """All endings with the columns of the table."""
    names = ("ends", "funding", "yearly", "stated", "carries", "goals", "next")
    return Table(_headings(names, say), lambda: (_ending_texts(row, say, language) for row in endings().rows))


def _ending_texts(row: FundingRow, say: Say, language: str) -> tuple[str, ...]:
    return (
        formatted(language, row.end, "short_date") if row.end else "",
        row.name,
        formatted(language, row.yearly.quantize(Decimal(1)), "money") if row.yearly is not None else "",
        money_text(row.stated, language) if row.stated else "",
        ", ".join(row.carries),
        ", ".join(_goal_text(goal, say) for goal in row.goals),
        _text_of(next_step(row, say, language)),
    )


def _goal_text(goal: GoalMark, say: Say) -> str:
    return f"{goal.label} ({say(f'rating.{goal.rating}')})" if goal.rating else goal.label


def sources_download(rows: Callable[[], Sequence[FundingRow]], say: Say, language: str) -> Table:
    """Every source of the selection with the columns of the table."""
    names = ("funding", "level", "status", "period", "granted", "applied", "carries", "next")
    return Table(_headings(names, say), lambda: (_source_texts(row, say, language) for row in rows()))


def _source_texts(row: FundingRow, say: Say, language: str) -> tuple[str, ...]:
    return (
        row.name,
        level_word(row.level, say, language),
        code_word("funding.status", row.status, language) if row.status else "",
        period_text(row, say, language),
        money_text(row.granted_money, language) if row.granted_money else "",
        money_text(row.applied_money, language) if row.applied_money else "",
        ", ".join(row.carries),
        _text_of(next_step(row, say, language)),
    )


def dates_download(dates: Callable[[], Sequence[DueDate]], say: Say, language: str) -> Table:
    names = ("due", "what", "funding", "recipient", "note")
    return Table(
        _headings(names, say),
        lambda: (
            (
                formatted(language, due.day, "short_date"),
                say(f"funding.due.{due.kind}"),
                due.name,
                due.recipient or "",
                note_text(due, say),
            )
            for due in dates()
        ),
    )


def _headings(names: Sequence[str], say: Say) -> tuple[str, ...]:
    return tuple(say(f"funding.column.{name}") for name in names)


def _text_of(content: Content) -> str:
    return content.striptags() if isinstance(content, Markup) else content or ""
