"""What is open about the interface paper, with what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.downloads import Table, download
from dashboard.parts.html import Markup, clickable, tag
from dashboard.parts.interface_frame import PAGE, lead, pages, show_top, step_target
from etl.rules.interface_paper import Flag, Row
from etl.wording import say as say_in

Say = Callable[..., str]

FLAGS_PER_PAGE = 50


def show_open(context: Context, picture: Picture, views: Sequence[str]) -> None:
    """Steps are everybody's; lines are shown to the office, their house and who reported them."""
    say, language, viewer = context.say, context.language, viewer_of(context)
    show_top(context, picture, "offen", views, answers.flags_headline(picture, viewer))
    asked = str(st.query_params.get(PAGE, "1"))
    lead(context, clickable(_MARKUP(picture, language, viewer, asked), key="interface-open"))
    heads = (say("interface.view.offen"), say("interface.column.open"))

    def told() -> list[tuple[str, str]]:
        return [(_sentence(f, row, language, say), _mend(f, say)) for _, f, row in _ordered(picture, viewer)]

    download(Table(heads, told), "zustaendigkeiten-offen", context, "internal" if _inward(viewer) else "body")


def _inward(viewer: Viewer) -> bool:
    """Whether there are lines this viewer may know more about than everybody."""
    return viewer.role == "coordinator" or viewer.partner is not None


def _ordered(picture: Picture, viewer: Viewer) -> list[tuple[str, Flag, Row]]:
    """(block, flag, its step), block by block."""
    rows = {id(flag): row for row in answers.paper(picture).rows for flag in row.flags}
    blocks: dict[str, list[tuple[str, Flag, Row]]] = {"steps": [], "lines": [], "waiting": []}
    for flag in answers.flags_for(picture, viewer):
        block = "steps" if flag.part is None else "waiting" if flag.code in answers.WAITING else "lines"
        blocks[block].append((block, flag, rows[id(flag)]))
    return [one for block in blocks.values() for one in block]


def _markup(picture: Picture, language: str, viewer: Viewer, asked: str) -> Markup:
    """Three blocks, as far as the page that is asked for reaches."""
    say, every = partial(say_in, language), _ordered(picture, viewer)
    last = max(1, -(-len(every) // FLAGS_PER_PAGE))
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    shown = every[(page - 1) * FLAGS_PER_PAGE : page * FLAGS_PER_PAGE]
    found = []
    for name in ("steps", *(("lines", "waiting") if _inward(viewer) else ())):
        listed = [
            ListRow(_sentence(flag, row, language, say), _mend(flag, say), target=step_target(row.code))
            for block, flag, row in shown
            if block == name
        ]
        n = sum(block == name for block, _, _ in every)
        if listed or not n:
            aside = str(n) if name == "steps" else say("interface.flags.aside")
            body = list_rows(listed) if listed else note(say("interface.flags.none"))
            found.append(tag("section", section(say(f"interface.flags.{name}"), aside), body))
    return tag("div", found, pages(len(every), page, FLAGS_PER_PAGE, say), class_="rt-open")


_MARKUP: Once[Picture, Markup] = Once(_markup)


def _sentence(flag: Flag, row: Row, language: str, say: Say) -> str:
    values: dict[str, Any] = {"step": answers.row_title(row, language), "names": list(flag.names)}
    if flag.code == "ring":
        values["trail"] = " → ".join((*flag.names, flag.names[0]))
    part = flag.part
    if part is not None:
        values["house"] = part.who.name
        values["day"] = part.confirmed.day if part.confirmed else None
        values["note"] = part.objection.note if part.objection else ""
        values["fields"] = [say(f"field.interface.{name}") for name in part.differing]
    return say(f"interface.flag.{flag.code}", **values)


def _mend(flag: Flag, say: Say) -> str:
    return say(f"interface.mend.{flag.code}")
