"""The list of measures: table and timeline in one, its filters, its pages, its download."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.answers.measures import Choices, MeasureList, MeasureRow
from dashboard.answers.said import RATED_BY
from dashboard.parts import filters
from dashboard.parts.blocks import note, rating_symbol, scroll_box, status_tag
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.said_beside import said_below
from dashboard.parts.targets import measure_target
from dashboard.parts.timeline import timeline_cell, timeline_head
from dashboard.parts.traced import sum_target, traced, value_target
from etl.wording import formatted, has

Say = Callable[..., str]

_COLUMNS = ("title", "lead", "status", "rating", "end", "reported")
#: Precisions that say less than a month.
_YEAR_ONLY = ("year", "season", "half_year", "school_year")


def measure_over(page: MeasureList, say: Say) -> str:
    """Where we are, how many of how many, in which order."""
    key = "measures.over" if page.found == page.total else "measures.over_chosen"
    return say(key, n=page.found, total=page.total)


def measure_filters(choices: Choices, say: Say) -> None:
    """One row of controls; on a phone all but the search fold into a popover."""
    with st.container(key="rt-filters", horizontal=True, vertical_alignment="top"):
        filters.search(say("measures.search"), say("measures.search_hint"))
        with st.container(key="rt-filters-wide", horizontal=True, vertical_alignment="top"):
            _choosers(choices, say, 220, "")
        with st.container(key="rt-filters-fold"):
            folded = filters.fold(say, _set_filters())
        if folded.open:
            with folded:
                _choosers(choices, say, "stretch", "-fold")


def _choosers(choices: Choices, say: Say, width: filters.Width, suffix: str) -> None:
    names = dict(choices.partners)
    offered: list[filters.Choice] = [
        ("field", say("measures.field"), choices.fields, str),
        ("status", say("column.status"), choices.statuses, lambda code: say(f"status.{code}")),
        ("partner", say("measures.partner"), tuple(names), lambda key: names[key]),
    ]
    filters.choices(offered, say("word.all"), width, suffix)
    filters.ratings(say("column.rating"), choices.ratings, say, suffix)


def _set_filters() -> int:
    now = filters.selected()
    return sum(map(bool, (now.field, now.status, now.partner, now.ratings)))


def measure_table(page: MeasureList, say: Say, language: str) -> Markup:
    """Rows with their runs; a click reports ``massnahme:<key>``, ``blatt:<number>`` or ``liste`` (all again)."""
    if not page.rows:
        again = go(say("measures.show_all"), "liste", class_="rt-link")
        return tag("p", say("measures.nothing_found"), " ", again)
    head = [tag("th", say(f"measures.column.{name}"), scope="col", class_=f"rt-m-{name}") for name in _COLUMNS]
    head.insert(4, timeline_head(page.window, page.place_of_today, say))
    body = (_grouped(rows, group, page, say, language) for group, rows in groupby(page.rows, key=lambda row: row.group))
    table = tag(
        "table", tag("thead", tag("tr", head)), tag("tbody", body), class_="rt-table rt-stack rt-sticky rt-measures"
    )
    return joined([scroll_box(table, say("measures.table")), pages(page.page, page.pages, say), _key(say)])


def _grouped(rows: Iterable[MeasureRow], group: str, page: MeasureList, say: Say, language: str) -> Markup:
    """The rows under the field of action or the house they stand by; in the order of titles under none."""
    lines = [_row(row, page, say, language) for row in rows]
    if not page.grouped:
        return joined(lines)
    head = tag("th", group or say("measures.no_group"), scope="rowgroup", colspan=len(_COLUMNS) + 1)
    return joined([tag("tr", head, class_="rt-group"), *lines])


def _row(row: MeasureRow, page: MeasureList, say: Say, language: str) -> Markup:
    reported = value_target(row.key, "report_date", "status")
    cells = [
        tag("td", traced(row.lead, value_target(row.key, "lead_org"))),
        tag("td", traced(status_mark(row.status, language), value_target(row.key, "status"))),
        tag("td", traced(rating_mark(row.rating, row.marked, say, language), value_target(row.key, *RATED_BY))),
        timeline_cell(row.run, page.place_of_today, say, sum_target("milestones", row.key)),
        tag("td", _end(row, say, language), class_="rt-narrow"),
        tag("td", traced(age_mark(row.age_days, row.outdated, say), reported), class_="rt-m-reported"),
    ]
    said = said_below(row.said, value_target(row.key, *RATED_BY), say)
    return tag("tr", tag("th", go(row.title, measure_target(row.key)), said, scope="row"), cells)


def status_mark(status: str | None, language: str) -> Markup:
    """The outlined word; a status we don't know by code stands as it was written."""
    if status is None or has(language, f"status.{status}"):
        return status_tag(status or "unknown", language)
    return tag("span", status, class_="rt-tag")


def rating_mark(code: str | None, marked: bool, say: Say, language: str) -> Content:
    """Symbol and word; where the rating rests on an inexact reading, that stands below. Ended: a dash for the eye."""
    if code is None:
        return tag("span", say("measures.no_rating"), class_="rt-note")
    told = tag("small", say("mark.interpreted")) if marked else None
    return joined([rating_symbol(code, language), told])


def _end(row: MeasureRow, say: Say, language: str) -> Markup:
    """On a phone „dauerhaft“ stands beside its status already."""
    words = traced(end_words(row, say, language), value_target(row.key, "end", "period"))
    return tag("span", words, class_="rt-room-only") if row.permanent and row.status == "permanent" else words


def end_words(row: MeasureRow, say: Say, language: str) -> str:
    """„bis 06/2027“, only as exact as it was said."""
    if row.permanent:
        return say("measures.permanent")
    if row.end is None:
        return say("measures.end_open")
    form = "year" if row.end_precision in _YEAR_ONLY else "month_year"
    return say("measures.until", day=formatted(language, row.end, form))


def age_mark(days: int | None, outdated: bool, say: Say) -> Content:
    """„vor 51 Tagen“; outdated in bold, with the word."""
    if days is None:
        return tag("span", say("measures.never_reported"), class_="rt-note")
    words = age_words(days, say)
    return joined([tag("b", words), tag("small", say("mark.outdated"))]) if outdated else words


def age_words(days: int, say: Say) -> str:
    """Days up to four months, then months."""
    return say("age.days", n=days) if days < 120 else say("age.months", n=round(days / 30.44))


def pages(page: int, last: int, say: Say) -> Markup | None:
    """Back and forth between pages of rows; nothing where one page holds all."""
    if last == 1:
        return None
    back = go(say("pages.back"), f"blatt:{page - 1}", class_="rt-link") if page > 1 else None
    on = go(say("pages.on"), f"blatt:{page + 1}", class_="rt-link") if page < last else None
    return tag(
        "nav",
        back,
        tag("span", say("pages.place", page=page, last=last)),
        on,
        class_="rt-pages",
        aria_label=say("pages.label"),
    )


def _key(say: Say) -> Markup:
    drawn = ("measures.key.milestone", "measures.key.planned", "measures.key.ended", "measures.key.open")
    key = tag("p", (tag("span", say(word)) for word in drawn), class_="rt-key")
    return joined([key, note(say("measures.key.both"))])


def measure_download(rows: Callable[[], Sequence[MeasureRow]], say: Say, language: str) -> Table:
    """The same columns as the table, the run as start and end."""
    names = ("title", "lead", "status", "rating", "start", "end", "reported")
    return Table(
        tuple(say(f"measures.column.{name}") for name in names),
        lambda: (_texts(row, say, language) for row in rows()),
    )


def _texts(row: MeasureRow, say: Say, language: str) -> tuple[str, ...]:
    status = row.status or "unknown"
    return (
        row.title,
        row.lead,
        say(f"status.{status}") if has(language, f"status.{status}") else status,
        say(f"rating.{row.rating}") if row.rating else say("measures.no_rating"),
        formatted(language, row.start, "short_date") if row.start else "",
        end_words(row, say, language),
        age_words(row.age_days, say) if row.age_days is not None else say("measures.never_reported"),
    )
