"""What single cells say about a funding: amount per year, period, what it carries, its goals, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from dashboard.answers.funding import FundingRow, GoalMark
from dashboard.parts.blocks import symbol
from dashboard.parts.html import Content, Markup, joined, tag, visually_hidden
from dashboard.parts.targets import goal_target
from dashboard.parts.traced import traced
from dashboard.parts.values import code_word, money_text
from etl.wording import formatted

Say = Callable[..., str]

#: The fields a funding's amount, its end and its next step are read from.
AMOUNT = ("amount_granted", "amount_applied", "amount_total", "start", "end", "period")
NEXT = ("follow_up", "application_deadline", "end", "period", "amount_spent", "amount_granted", "status")

_MARKED_GOALS = 4
#: A missing follow-up this close to the end stands in bold.
_URGENT_DAYS = 183


def yearly_text(row: FundingRow, say: Say, language: str) -> str:
    """Euros per year: totals spread evenly, as the section's head says."""
    if row.yearly is None:
        return money_text(row.stated, language) if row.stated else say("funding.no_amount")
    amount = formatted(language, row.yearly.quantize(Decimal(1)), "money")
    return say("value.approx", value=amount) if row.stated and row.stated.approx else amount


def carries_text(titles: Sequence[str], say: Say, named: int = 1) -> str:
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
        return tag("span", traced(goal.label, goal_target(goal.key)), class_="rt-goal-mark")
    word = visually_hidden(say(f"rating.{goal.rating}"))
    mark = joined([symbol(goal.rating), word, " ", goal.label])
    return tag("span", traced(mark, goal_target(goal.key)), class_="rt-goal-mark")


def next_step(row: FundingRow, say: Say) -> Content:
    """What comes after the money, or what has to be done for it."""
    if row.leftover is not None and row.end is not None:
        return tag("b", say("funding.next.transfer", amount=row.leftover, year=row.end.year))
    if row.next_step == "deadline":
        return tag("b", say("funding.next.deadline", day=row.deadline))
    if row.next_step == "open":
        urgent = row.days_left is not None and row.days_left <= _URGENT_DAYS
        return tag("b", say("funding.next.open")) if urgent else say("funding.next.open")
    if row.next_step == "none":
        return "–"
    if row.next_step == "said":
        return tag("span", row.follow_up, class_="rt-clamp2")
    return say(f"funding.next.{row.next_step}")


def next_text(row: FundingRow, say: Say) -> str:
    """The same without markup, for a download."""
    content = next_step(row, say)
    return content.striptags() if isinstance(content, Markup) else content or ""


def level_word(level: str | None, say: Say, language: str) -> str:
    return code_word("funding.level", level, language) if level else say("funding.no_level")


def period_text(row: FundingRow, say: Say, language: str, form: str = "short_date") -> str:
    """„01.01.2026 bis 31.12.2026“, „dauerhaft“, „bis 31.12.2027“; ``form`` is how a day is written."""
    start = formatted(language, row.start, form) if row.start else None
    end = formatted(language, row.end, form) if row.end and not row.permanent else None
    if row.permanent:
        return say("funding.period.permanent_since", start=start) if start else say("funding.period.permanent")
    if start and end:
        return say("funding.period.both", start=start, end=end)
    if end:
        return say("funding.period.until", end=end)
    return say("funding.period.since", start=start) if start else say("word.unknown")
