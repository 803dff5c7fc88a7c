"""Steps × organisations: who is responsible, involved, informed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.interface_paper import PaperMatrix
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import scroll_box
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.downloads import Table, download
from dashboard.parts.html import Content, Markup, clickable, go, joined, tag, visually_hidden
from dashboard.parts.interface_frame import lead, show_top, step_target
from dashboard.parts.traced import traced, value_target
from etl.rules.interface_paper import ROLES, Part, Row
from etl.wording import say as say_in

Say = Callable[..., str]

#: With more organisations the matrix is turned: they become the rows, which a page can hold any number of.
_MOST_COLUMNS = 24


def show_matrix(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say, viewer = context.say, viewer_of(context)
    show_top(context, picture, "matrix", views, answers.headline(picture), matrix_key(say, viewer))
    lead(context, clickable(_MARKUP(picture, context.language, viewer), key="interface-matrix"))
    download(_download(answers.matrix(picture), context.language, say), "zustaendigkeiten-matrix", context, "body")


def _markup(picture: Picture, language: str, viewer: Viewer) -> Markup:
    """Steps down and organisations across; turned where these are too many."""
    shown, say = answers.matrix(picture), partial(say_in, language)
    steps = [_step(row, language, say) for row in shown.rows]
    houses: list[Content] = [who.name for who in shown.organisations]
    cells = [
        [_cell(row, part, viewer, say) for part in parts] for row, parts in zip(shown.rows, shown.cells, strict=True)
    ]
    corner = say("interface.column.step")
    if len(houses) > _MOST_COLUMNS:
        corner, heads, rows = say("interface.column.organisation"), steps, houses
        cells = [[row[column] for row in cells] for column in range(len(houses))]
    else:
        heads, rows = houses, steps
    head = tag(
        "tr", tag("th", visually_hidden(corner), scope="col"), (tag("th", tag("span", h), scope="col") for h in heads)
    )
    body = (tag("tr", tag("th", name, scope="row"), row) for name, row in zip(rows, cells, strict=True))
    inner = tag("table", tag("thead", head), tag("tbody", body), class_="rt-table rt-matrix rt-upright rt-paper-matrix")
    return scroll_box(inner, say("interface.matrix"))


_MARKUP: Once[Picture, Markup] = Once(_markup)


def _step(row: Row, language: str, say: Say) -> Markup:
    """The step's title, and beside it how many are responsible where it is not one."""
    n = len(row.responsible)
    aside = tag("small", say("interface.matrix.responsible", n=n), class_="rt-loss") if n != 1 else None
    return joined([go(answers.row_title(row, language), step_target(row.code)), " ", aside])


def _cell(row: Row, part: Part | None, viewer: Viewer, say: Say) -> Markup:
    if part is None:
        return tag("td")
    role = part.role or "none"
    waits = answers.waits(row, part) and any(flag.part is part and answers.may_know(flag, viewer) for flag in row.flags)
    classes = {"responsible": "rt-leads", "informed": "rt-informed"}.get(role)
    letter = tag(
        "b",
        say(f"interface.letter.{role}"),
        class_=" ".join(filter(None, (classes, waits and "rt-waits"))) or None,
        aria_hidden="true",
    )
    spoken = say(f"interface.role.{role}") + (f", {say('interface.waits')}" if waits else "")
    fields = ("role", "responsible", "involved", "informed")
    return tag("td", traced(joined([letter, visually_hidden(spoken)]), value_target(part.line.key, *fields)))


def matrix_key(say: Say, viewer: Viewer) -> Markup:
    """What the letters mean."""
    letters = [
        tag("span", tag("b", say(f"interface.letter.{role}")), " ", say(f"interface.role.{role}")) for role in ROLES
    ]
    if viewer.partner or viewer.role == "coordinator":
        letters.append(tag("span", tag("i", class_="rt-waits-key", aria_hidden="true"), " ", say("interface.waits")))
    return tag("p", letters, tag("span", say("interface.absent")), class_="rt-key rt-legend")


def _download(shown: PaperMatrix, language: str, say: Say) -> Table:
    return Table(
        (say("interface.column.step"), *(who.name for who in shown.organisations)),
        lambda: [
            [
                answers.row_title(row, language),
                *(say(f"interface.role.{part.role or 'none'}") if part else "" for part in parts),
            ]
            for row, parts in zip(shown.rows, shown.cells, strict=True)
        ],
    )
