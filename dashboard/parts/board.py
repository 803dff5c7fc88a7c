"""The board: fields of action × goals, calm goals light, all others bold with their word."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.answers.board import Board, BoardField
from dashboard.answers.goals import GoalLine
from dashboard.parts.blocks import symbol
from dashboard.parts.html import Markup, go, tag, visually_hidden
from dashboard.parts.said_beside import said_short
from dashboard.parts.targets import goal_target, page_target
from dashboard.parts.traced import sum_target
from etl.rules.facts import Goal

Say = Callable[..., str]

#: A wording longer than this is cut on the board; the whole of it stands in its tip and on the goal's page.
_LONGEST = 48


def board_markup(board: Board, say: Say) -> Markup:
    """To be shown inside ``clickable``; a click reports the goal."""
    return tag(
        "div", (_field(field, say) for field in board.fields), class_="rt-blocks" if board.blocks else "rt-board"
    )


def short_title(goal: Goal, longest: int = _LONGEST) -> str:
    """The goal's short title, else its wording cut at a word."""
    if goal.short_title:
        return goal.short_title
    if len(goal.title) <= longest:
        return goal.title
    return goal.title[:longest].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"


def _field(field: BoardField, say: Say) -> Markup:
    items = [_goal(line, say) for line in field.goals]
    if field.folded:
        key = "overview.more_on_track" if field.goals else "overview.all_on_track"
        more = go(say(key, n=field.folded), page_target("ziele"))
        items.append(tag("li", symbol("on_track"), tag("div", more), class_="rt-calm rt-folded"))
    return tag(
        "section",
        tag("div", tag("h3", field.title or say("goals.no_field")), class_="rt-field"),
        tag("ul", items, class_="rt-goals"),
        class_="rt-board-row",
    )


def _goal(line: GoalLine, say: Say) -> Markup:
    code = line.rating.code or "cannot_be_rated"
    word = say(f"rating.{code}")
    calm = code == "on_track"
    below = visually_hidden(f" {word}") if calm else tag("small", word)
    title = tag("span", go(short_title(line.goal), goal_target(line.goal.key)), title=line.goal.title)
    said = said_short(line.said, sum_target("values", line.goal.key), say)
    return tag("li", symbol(code), tag("div", title, below, said), class_="rt-calm" if calm else "rt-loud")
