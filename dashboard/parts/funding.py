"""The first view of the funding page: what the chart rests on, and what ends when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from dashboard.answers.coverage import Course
from dashboard.answers.funding import Endings, FundingRow, GoalMark
from dashboard.parts.blocks import Column, note, section, table
from dashboard.parts.downloads import Table
from dashboard.parts.funding_cells import AMOUNT, NEXT, carries_text, goal_marks, next_step, next_text, yearly_text
from dashboard.parts.html import Content, Markup, go, joined, tag
from dashboard.parts.traced import asked, sum_target, traced, value_target, where_link
from dashboard.parts.values import money_text
from etl.wording import formatted

Say = Callable[..., str]


def funding_over(view: str, course: Course, say: Say) -> str:
    """What is shown for which months, and in which unit."""
    return say(f"funding.over.{view}", first=course.months[0], last=course.months[-1])


def chart_sources(say: Say) -> Markup:
    """The ways to everything the chart is drawn from, and to what is not in it."""
    ways = {"sources": "fundings", "costs_counted": "need", "not_in_it": "left_out"}
    told = (
        joined([say(f"funding.{word}"), " ", where_link(say, sum_target(name), say(f"funding.{word}"))])
        for word, name in ways.items()
    )
    return note(joined(list(told), " · "))


def course_notes(course: Course, twice: Sequence[Content], say: Say) -> Markup:
    """What is not in the chart, each number with the way to what it counts; what was only applied for; what may be
    counted ``twice``."""
    left_out = {
        "without_cost": course.measures.without_cost,
        "without_period": course.measures.without_period,
        "one_off": course.measures.one_off,
        "over": course.measures.over,
        "not_drawn": course.not_drawn,
    }
    told = [
        traced(say(f"funding.left_out.{name}", n=len(found)), sum_target(name))
        for name, found in left_out.items()
        if found
    ]
    parts: list[Content] = [] if course.measures.counted else [say("funding.no_need")]
    parts += [joined([say("funding.not_in_it"), ": ", joined(told, ", "), "."])] if told else []
    parts += [say("funding.applied_beside", amount=course.applied.quantize(Decimal(1)))] if course.applied else []
    return note(joined([*parts, *twice], " "))


def endings_table(endings: Endings, say: Say, language: str) -> Markup:
    """„Was wann endet“."""
    aside = traced(say("funding.endings_aside", day=endings.until), sum_target("endings"))
    head = section(say("funding.endings"), aside)
    if not endings.rows:
        return joined([head, note(say("funding.nothing_ends", day=endings.until))])
    columns: list[Column | str] = [
        Column(say("funding.column.ends"), narrow=True),
        say("funding.column.funding"),
        Column(say("funding.column.yearly"), numeric=True),
        say("funding.column.carries"),
        say("funding.column.goals"),
        say("funding.column.next"),
    ]
    rows = (_ending_row(row, say, language) for row in endings.rows)
    return joined([head, tag("div", table(columns, rows, label=say("funding.endings")), class_="rt-endings")])


def _ending_row(row: FundingRow, say: Say, language: str) -> list[Content]:
    return [
        traced(formatted(language, row.end, "date") if row.end else "", value_target(row.key, "end", "period")),
        tag("b", asked(row.name, value_target(row.key))),
        traced(yearly_text(row, say, language), value_target(row.key, *AMOUNT)),
        traced(carries_text(row.carries, say), sum_target("carried", row.key)),
        traced(goal_marks(row.goals, say), sum_target("carried", row.key)),
        traced(next_step(row, say), value_target(row.key, *NEXT)),
    ]


def more_endings(endings: Endings, say: Say) -> Markup | None:
    """How many end beside those shown; a click reports ``alle``."""
    if not endings.more:
        return None
    return tag("p", go(say("funding.endings_more", n=endings.more), "alle", class_="rt-link"))


def endings_download(endings: Callable[[], Endings], say: Say, language: str) -> Table:
    """All endings with the columns of the table."""
    names = ("ends", "funding", "yearly", "stated", "carries", "goals", "next")
    return Table(headings(names, say), lambda: (_ending_texts(row, say, language) for row in endings().rows))


def _ending_texts(row: FundingRow, say: Say, language: str) -> tuple[str, ...]:
    return (
        formatted(language, row.end, "short_date") if row.end else "",
        row.name,
        formatted(language, row.yearly.quantize(Decimal(1)), "money") if row.yearly is not None else "",
        money_text(row.stated, language) if row.stated else "",
        ", ".join(row.carries),
        ", ".join(_goal_text(goal, say) for goal in row.goals),
        next_text(row, say),
    )


def _goal_text(goal: GoalMark, say: Say) -> str:
    return f"{goal.label} ({say(f'rating.{goal.rating}')})" if goal.rating else goal.label


def headings(names: Sequence[str], say: Say) -> tuple[str, ...]:
    """The words of the funding tables' columns."""
    return tuple(say(f"funding.column.{name}") for name in names)
