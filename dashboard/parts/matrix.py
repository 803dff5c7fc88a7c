"""Partners × fields of action in two blocks: F leads, B takes part."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from dashboard.answers.cooperations import Matrix, Presence
from dashboard.parts.blocks import scroll_box
from dashboard.parts.downloads import Table
from dashboard.parts.html import Markup, joined, tag, visually_hidden
from dashboard.parts.traced import asked, sum_target, traced, value_target

Say = Callable[..., str]

#: From this many fields, or letters in a field, headings stand upright.
_MANY_FIELDS, _LONG_TITLE = 7, 11


def matrix_markup(matrix: Matrix, say: Say) -> Markup:
    """Two tables side by side, one below the other on a phone."""
    half = math.ceil(len(matrix.rows) / 2)
    blocks = [rows for rows in (matrix.rows[:half], matrix.rows[half:]) if rows]
    return tag("div", (_block(matrix, rows, n, say) for n, rows in enumerate(blocks, 1)), class_="rt-matrix-blocks")


def _block(matrix: Matrix, rows: Sequence[Presence], number: int, say: Say) -> Markup:
    upright = len(matrix.fields) >= _MANY_FIELDS or any(len(title) > _LONG_TITLE for title in matrix.fields)
    heads = (tag("th", tag("span", title), scope="col") for title in matrix.fields)
    corner = tag("th", visually_hidden(say("measures.partner")), scope="col")
    body = (_row(row, say) for row in rows)
    classes = "rt-table rt-matrix rt-upright" if upright else "rt-table rt-matrix"
    inner = tag("table", tag("thead", tag("tr", corner, heads)), tag("tbody", body), class_=classes)
    return scroll_box(inner, say("cooperations.matrix", number=number))


def _row(row: Presence, say: Say) -> Markup:
    name = tag("th", asked(row.partner.name, value_target(row.partner.key)), scope="row")
    cells = (_cell(c, sum_target("presence", row.partner.key, str(n)), say) for n, c in enumerate(row.fields))
    return tag("tr", name, cells)


def _cell(role: str | None, target: str, say: Say) -> Markup:
    if role is None:
        return tag("td")
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
    return Table(
        (say("measures.partner"), *matrix.fields),
        lambda: [
            [row.partner.name, *(say(f"cooperations.{role}") if role else "" for role in row.fields)]
            for row in matrix.rows
        ],
    )
