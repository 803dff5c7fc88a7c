"""The interface paper line by line, by step, and as files to take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import Content, Markup, clickable, joined, plain_label, tag, visually_hidden
from dashboard.parts.interface_frame import HOUSE, PAGE, STEP, lead, pages, show_top
from dashboard.parts.interface_part import handover, house, offer, persons, standing
from dashboard.parts.traced import traced, value_target
from etl.rules.interface_paper import Part, Row
from etl.wording import say as say_in

#: Makes a file of the paper: whether with contacts -> bytes.
Writers = Mapping[str, Callable[[Context, bool], bytes]]
Say = Callable[..., str]

LINES_PERPAGE = 50
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_COLUMNS = ("step", "organisation", "offer", "contact", "handover", "valid_as_of")
_CONTACTS = "interface-contacts"


def show_lines(context: Context, picture: Picture, views: Sequence[str], writers: Writers) -> None:
    show_top(context, picture, "papier", views, answers.headline(picture))
    with st.container(horizontal=True, vertical_alignment="bottom", key="interface-filters"):
        step, chosen = _choose_step(context, picture), _choose_house(context, picture)
    page = str(st.query_params.get(PAGE, "1"))
    viewer = viewer_of(context)
    clicked = clickable(_MARKUP(picture, context.language, viewer, step, chosen, page), key="interface-lines")
    _files(context, writers)
    lead(context, clicked)


def _markup(
    picture: Picture, language: str, viewer: Viewer, step: str | None, chosen: str | None, asked: str
) -> Markup:
    """The lines of a step and an organisation (None: all), the page of them that is asked for."""
    say = partial(say_in, language)
    rows = [row for row in answers.paper(picture).rows if step in (None, row.code)]
    lines = [(row, part) for row in rows for part in row.parts if chosen in (None, part.who.same)]
    if not lines:
        return note(say("interface.empty"))
    last = -(-len(lines) // LINES_PERPAGE)
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), last)
    first = (page - 1) * LINES_PERPAGE
    columns = [Column(say(f"interface.column.{name}")) for name in _COLUMNS]
    before: Row | None = None
    shown = []
    for row, part in lines[first : first + LINES_PERPAGE]:
        title = answers.row_title(row, language)
        shown.append(_row(picture, title, part, viewer, say, again=row is before))
        before = row
    body = table(columns, shown, label=say("interface.view.papier"))
    return joined([tag("div", body, class_="rt-paper"), pages(len(lines), page, LINES_PERPAGE, say)])


_MARKUP: Once[Picture, Markup] = Once(_markup)


def _row(picture: Picture, title: str, part: Part, viewer: Viewer, say: Say, *, again: bool) -> list[Content]:
    step = traced(title, value_target(part.line.key, "step"))
    reached = answers.reached(part, picture, viewer, general=False)
    return [
        visually_hidden(title) if again else tag("b", step),
        house(part, say),
        offer(part),
        persons(part, reached, say, brief=True),
        handover(part, say),
        standing(part, say, inward=answers.knows(part, viewer)) if not part.beside else "–",
    ]


def _choose_step(context: Context, picture: Picture) -> str | None:
    return _choose(context, STEP, "step", "all_steps", answers.titles(picture, context.language))


def _choose_house(context: Context, picture: Picture) -> str | None:
    names = {who.key or who.same: who.name for who in answers.matrix(picture).organisations}
    return _choose(context, HOUSE, "house", "all_houses", names)


def _choose(context: Context, parameter: str, label: str, everything: str, options: Mapping[str, str]) -> str | None:
    """A selectbox whose truth is the address."""
    say, key, said = context.say, f"interface-{parameter}", st.query_params.get(parameter)
    st.session_state[key] = said if said in options else ""
    chosen = st.selectbox(
        say(f"interface.filter.{label}"),
        ["", *options],
        key=key,
        format_func=lambda code: options.get(code, say(f"interface.{everything}")),
        width=320,
        on_change=lambda: _take(parameter, key),
    )
    return chosen or None


def _take(parameter: str, key: str) -> None:
    st.query_params.pop(PAGE, None)
    chosen = st.session_state[key]
    if chosen:
        st.query_params[parameter] = chosen
    else:
        st.query_params.pop(parameter, None)


def _files(context: Context, writers: Writers) -> None:
    """Three files cost a view more than a question what to take along."""
    if st.button(context.say("interface.files"), key="interface-files"):
        st.dialog(plain_label(context.say("interface.files")), width="small")(lambda: _dialog(context, writers))()


def _dialog(context: Context, writers: Writers) -> None:
    """Made when they are asked for, and only if this user may still look then."""
    say = context.say
    contacts = context.sees_contacts and st.checkbox(say("interface.file.contacts"), key=_CONTACTS)
    for kind, write in writers.items():
        st.download_button(
            say(f"interface.file.{kind}"),
            data=partial(_written, context, write, contacts),
            file_name=f"{say('interface.file.name')}-{context.day.isoformat()}.{kind}",
            mime=_TYPES[kind],
            on_click="ignore",
            key=f"interface-file-{kind}",
        )


def _written(context: Context, write: Callable[[Context, bool], bytes], contacts: bool) -> bytes:
    context.admit()
    return write(context, contacts)
