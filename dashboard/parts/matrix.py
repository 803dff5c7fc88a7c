"""Partners × fields of action, or × goals: F leads, B takes part."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dashboard.answers.presence import Column, Matrix, Presence
from dashboard.parts.blocks import definition_list, note, scroll_box
from dashboard.parts.downloads import Table
from dashboard.parts.html import Markup, go, joined, tag, visually_hidden
from dashboard.parts.measures import pages
from dashboard.parts.targets import goal_target
from dashboard.parts.traced import asked, sum_target, traced, value_target

Say = Callable[..., str]

#: From this many columns, or letters above one, headings stand upright; more columns than the last leave no room for a
#: second table beside.
_MANY_FIELDS, _LONG_TITLE, _TOO_WIDE = 7, 11, 12


def matrix_markup(matrix: Matrix, say: Say) -> Markup:
    """Two tables side by side where they fit, one below the other on a phone; goals are written out below."""
    half = len(matrix.rows) if len(matrix.columns) > _TOO_WIDE else math.ceil(len(matrix.rows) / 2)
    blocks = [rows for rows in (matrix.rows[:half], matrix.rows[half:]) if rows]
    if not blocks:
        return note(say("cooperations.matrix_empty"))
    tables = [_block(matrix, rows, n, say) for n, rows in enumerate(blocks, 1)]
    classes = "rt-matrix-blocks" if len(tables) > 1 else "rt-matrix-one"
    return joined(
        [tag("div", tables, class_=classes), pages(matrix.page, matrix.pages, say), _written_out(matrix, say)]
    )


def _written_out(matrix: Matrix, say: Say) -> Markup | None:
    goals = [column for column in matrix.columns if column.goal]
    if not goals:
        return None
    pairs = [(column.short, go(column.title, goal_target(column.goal or ""))) for column in goals]
    return tag(
        "details", tag("summary", say("cooperations.goals_written_out")), definition_list(pairs), class_="rt-more"
    )


def _block(matrix: Matrix, rows: Sequence[Presence], number: int, say: Say) -> Markup:
    shorts = [column.short for column in matrix.columns]
    upright = len(shorts) >= _MANY_FIELDS or any(len(short) > _LONG_TITLE for short in shorts)
    if upright and all(len(short) < 5 for short in shorts):
        upright = False
    corner = tag("th", visually_hidden(say("measures.partner")), scope="col")
    body = (_row(row, matrix.columns, say) for row in rows)
    classes = "rt-table rt-matrix rt-upright" if upright else "rt-table rt-matrix"
    head = tag("thead", tag("tr", corner, map(_head, matrix.columns)))
    inner = tag("table", head, tag("tbody", body), class_=classes)
    return scroll_box(inner, say("cooperations.matrix", number=number))


def _head(column: Column) -> Markup:
    if column.goal is None:
        return tag("th", tag("span", column.short), scope="col")
    way = go(column.short, goal_target(column.goal), label=f" {column.title}")
    return tag("th", tag("span", way), scope="col", title=column.title)


def _row(row: Presence, columns: Sequence[Column], say: Say) -> Markup:
    name = tag("th", asked(row.partner.name, value_target(row.partner.key)), scope="row")
    cells = (_cell(role, row.partner.key, column, say) for role, column in zip(row.cells, columns, strict=True))
    return tag("tr", name, cells)


def _cell(role: str | None, partner: str, column: Column, say: Say) -> Markup:
    if role is None:
        return tag("td")
    target = sum_target("goal_presence" if column.goal else "presence", partner, column.name)
    letter = tag("b", say(f"cooperations.{role}.letter"), class_=f"rt-{role.replace('_', '-')}", aria_hidden="true")
    return tag("td", traced(joined([letter, visually_hidden(say(f"cooperations.{role}"))]), target))


def matrix_key(say: Say) -> Markup:
    """What the letters mean."""
    letters = (
        tag("span", tag("b", say(f"cooperations.{role}.letter")), " ", say(f"cooperations.{role}"))
        for role in ("leads", "takes_part")
    )
    return tag("p", letters, tag("span", say("cooperations.absent")), class_="rt-key rt-legend")


def matrix_download(matrix: Matrix, say: Say) -> Table:
    """The partners and columns that are shown."""
    heads = (" ".join(filter(None, (column.short, column.title))) for column in matrix.columns)
    return Table(
        (say("measures.partner"), *heads),
        lambda: [
            [row.partner.name, *(say(f"cooperations.{role}") if role else "" for role in row.cells)]
            for row in matrix.rows
        ],
    )
