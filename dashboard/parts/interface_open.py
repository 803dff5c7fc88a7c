"""What is open about the interface paper, with what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.downloads import Table, download
from dashboard.parts.html import Markup, clickable, joined, tag
from dashboard.parts.interface_frame import lead, show_top, step_target
from etl.rules.interface_paper import Flag, Row

_Open = Sequence[tuple[str, Flag]]


def show_open(context: Context, picture: Picture, views: Sequence[str]) -> None:
    """Steps are everybody's; lines are shown to the office, their house and who reported them."""
    viewer = viewer_of(context)
    show_top(context, picture, "offen", views, answers.flags_headline(picture, viewer))
    rows = {id(flag): row for row in answers.paper(picture).rows for flag in row.flags}
    known = answers.flags_for(picture, viewer)
    steps = [flag for flag in known if flag.part is None]
    waiting = [flag for flag in known if flag.code in answers.WAITING]
    lines = [flag for flag in known if flag.part is not None and flag not in waiting]
    inward = viewer.role == "coordinator" or viewer.partner is not None
    blocks = [_block(context, "steps", steps, rows, inward=False)]
    if inward:
        blocks += [_block(context, "lines", lines, rows), _block(context, "waiting", waiting, rows)]
    lead(context, clickable(tag("div", blocks, class_="rt-open"), key="interface-open"))
    told = [(sentence(context, flag, rows[id(flag)]), mend(context, flag)) for flag in (*steps, *lines, *waiting)]
    heads = (context.say("interface.view.offen"), context.say("interface.column.open"))
    download(Table(heads, lambda: told), "zustaendigkeiten-offen", context, "internal" if inward else "body")


def _block(context: Context, name: str, flags: Sequence[Flag], rows: dict[int, Row], *, inward: bool = True) -> Markup:
    say = context.say
    aside = say("interface.flags.aside") if inward else str(len(flags))
    head = section(say(f"interface.flags.{name}"), aside)
    if not flags:
        return tag("section", head, note(say("interface.flags.none")))
    listed = [
        ListRow(sentence(context, flag, rows[id(flag)]), mend(context, flag), target=step_target(rows[id(flag)].code))
        for flag in flags
    ]
    return tag("section", joined([head, list_rows(listed)]))


def sentence(context: Context, flag: Flag, row: Row) -> str:
    return context.say(f"interface.flag.{flag.code}", **values_of(flag, row, context))


def mend(context: Context, flag: Flag) -> str:
    return context.say(f"interface.mend.{flag.code}")


def values_of(flag: Flag, row: Row, context: Context) -> dict[str, Any]:
    """What the sentence about a flag says."""
    values: dict[str, Any] = {"step": answers.row_title(row, context.language), "names": list(flag.names)}
    if flag.code == "ring":
        values["trail"] = " → ".join((*flag.names, flag.names[0]))
    part = flag.part
    if part is not None:
        values["house"] = part.who.name
        values["day"] = part.confirmed.day if part.confirmed else None
        values["note"] = part.objection.note if part.objection else ""
        values["fields"] = [context.say(f"field.interface.{name}") for name in part.differing]
    return values
