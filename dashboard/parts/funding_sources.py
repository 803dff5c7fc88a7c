"""„Alle Quellen“: filters, sums by level, the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.funding import FundingRow, Sources
from dashboard.answers.selection import Selection
from dashboard.parts import filters
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding import headings
from dashboard.parts.funding_cells import NEXT, carries_text, level_word, next_step, next_text, period_text
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.measures import pages
from dashboard.parts.traced import asked, sum_target, traced, value_target
from dashboard.parts.values import code_word, money_text
from etl.rules.facts import Money
from etl.rules.funding import LevelSum, Sum
from etl.wording import formatted

Say = Callable[..., str]


def source_filters(sources: Sources, say: Say, language: str) -> None:
    """Level and year."""
    with st.container(key="rt-filters", horizontal=True, vertical_alignment="top"):
        offered: list[filters.Choice] = [
            ("level", say("funding.column.level"), sources.levels, lambda code: level_word(code, say, language)),
            ("year", say("funding.year"), sources.years, str),
        ]
        filters.choices(offered, say("word.all"))


def sums_markup(sources: Sources, selection: Selection, say: Say, language: str) -> Markup:
    """The sums over the selection under their head."""
    found = say("funding.found", n=sources.found)
    return joined([section(say("funding.sums"), found), _sums_table(sources.sums, selection, say, language)])


def _sums_table(sums: Sequence[LevelSum], selection: Selection, say: Say, language: str) -> Markup:
    """Granted and applied side by side; totals, yearly and monthly amounts never in one number."""
    columns: list[Column | str] = [
        say("funding.column.level"),
        Column(say("funding.column.count"), numeric=True),
        Column(say("funding.column.granted"), numeric=True),
        Column(say("funding.column.applied"), numeric=True),
    ]
    rows = (_sum_row(entry, selection, say, language) for entry in sums)
    return table(columns, rows, label=say("funding.sums"))


def _sum_row(entry: LevelSum, selection: Selection, say: Say, language: str) -> list[Content]:
    def target(what: str) -> str:
        year = str(selection.year) if selection.year else None
        return sum_target("level", what, entry.level, selection.level, year)

    word, amounts = level_word(entry.level, say, language), (("granted", entry.granted), ("applied", entry.applied))
    return [
        asked(word, target("count")),
        traced(formatted(language, entry.fundings, "count"), target("count")),
        *(_named_on_phone(what, _traced(sum_text(s, language), target(what)), say) for what, s in amounts),
    ]


def _traced(content: Content, target: str) -> Content:
    """None stays None: nothing was stated."""
    return traced(content, target) if content is not None else None


def sum_text(amounts: Sum, language: str) -> Markup | None:
    """Each unit on its own line; None where nobody stated an amount."""
    parts = [
        Money(amounts.total, None, amounts.approx),
        Money(amounts.per_year, "year", amounts.approx),
        Money(amounts.per_month, "month", amounts.approx),
    ]
    lines = [tag("span", money_text(part, language), class_="rt-each") for part in parts if part.amount]
    return joined(lines) if lines else None


def sources_table(sources: Sources, say: Say, language: str) -> Markup:
    """All sources of the selection, by level and end; a click reports ``blatt:<number>``."""
    head = section(say("funding.sources"))
    if not sources.rows:
        return joined([head, note(say("funding.none_found"))])
    return joined([head, source_rows(sources.rows, say, language), pages(sources.page, sources.pages, say)])


def source_rows(fundings: Sequence[FundingRow], say: Say, language: str) -> Markup:
    columns: list[Column | str] = [
        say("funding.column.funding"),
        say("funding.column.level"),
        say("funding.column.period"),
        Column(say("funding.column.granted"), numeric=True),
        Column(say("funding.column.applied"), numeric=True),
        say("funding.column.carries"),
        say("funding.column.next"),
    ]
    rows = (_source_row(row, say, language) for row in fundings)
    return tag("div", table(columns, rows, label=say("funding.sources")), class_="rt-sources")


def _source_row(row: FundingRow, say: Say, language: str) -> list[Content]:
    key, period = row.key, period_text(row, say, language, "month_year")
    status = tag("small", code_word("funding.status", row.status, language)) if row.status else None
    granted = money_text(row.granted_money, language) if row.granted_money else None
    applied = money_text(row.applied_money, language) if row.applied_money else None
    return [
        joined([asked(row.name, value_target(key)), tag("small", say("mark.interpreted")) if row.marked else None]),
        traced(joined([level_word(row.level, say, language), status]), value_target(key, "level", "status")),
        traced(joined([period, _budget_year(row, say)]), value_target(key, "start", "end", "period")),
        _named_on_phone("granted", _traced(granted, value_target(key, "amount_granted")), say),
        _named_on_phone("applied", _traced(applied, value_target(key, "amount_applied")), say),
        traced(carries_text(row.carries, say), sum_target("carried", key)),
        traced(next_step(row, say), value_target(key, *NEXT)),
    ]


def _budget_year(row: FundingRow, say: Say) -> Markup | None:
    """Money of one calendar year belongs to that budget year."""
    if not row.start or not row.end or row.permanent or row.start.year != row.end.year:
        return None
    return tag("small", say("funding.budget_year", year=row.end.year))


def _named_on_phone(column: str, amount: Content, say: Say) -> Content:
    """On a phone the table's heads are gone, so an amount says itself what it is."""
    if amount is None:
        return tag("span", "–", class_="rt-room-only")
    return joined([tag("span", say(f"funding.column.{column}"), " ", class_="rt-phone-only"), amount])


def sources_download(rows: Callable[[], Sequence[FundingRow]], say: Say, language: str) -> Table:
    """Every source of the selection with the columns of the table."""
    names = ("funding", "level", "status", "period", "granted", "applied", "carries", "next")
    return Table(headings(names, say), lambda: (_source_texts(row, say, language) for row in rows()))


def _source_texts(row: FundingRow, say: Say, language: str) -> tuple[str, ...]:
    return (
        row.name,
        level_word(row.level, say, language),
        code_word("funding.status", row.status, language) if row.status else "",
        period_text(row, say, language),
        money_text(row.granted_money, language) if row.granted_money else "",
        money_text(row.applied_money, language) if row.applied_money else "",
        ", ".join(row.carries),
        next_text(row, say),
    )
