"""The interface paper line by line, by step, and as files to take along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from dashboard.answers import interface_paper as answers
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import viewer_of
from dashboard.parts.html import Content, Markup, clickable, go, joined, show, tag, visually_hidden
from dashboard.parts.interface_frame import HOUSE, STEP, lead, show_top
from dashboard.parts.interface_part import handover, house, offer, persons, standing
from dashboard.parts.traced import traced, value_target
from etl.rules.interface_paper import Part, Row

#: Makes a file of the paper: whether with contacts -> bytes.
Writers = Mapping[str, Callable[[Context, bool], bytes]]
Say = Callable[..., str]

LINES_PER_PAGE = 50
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_COLUMNS = ("step", "organisation", "offer", "contact", "handover", "valid_as_of")
_PAGE, _CONTACTS = "blatt", "interface-contacts"


def show_lines(context: Context, picture: Picture, views: Sequence[str], writers: Writers) -> None:
    show_top(context, picture, "papier", views, answers.headline(picture))
    with st.container(horizontal=True, vertical_alignment="bottom", key="interface-filters"):
        step, chosen = _choose_step(context, picture), _choose_house(context, picture)
    lines = _lines(picture, step, chosen)
    page, first = _page(len(lines))
    shown = lines[first : first + LINES_PER_PAGE]
    clicked = clickable(_markup(context, picture, shown, len(lines), page), key="interface-lines")
    _files(context, writers)
    kind, _, number = (clicked or "").partition(":")
    if kind == _PAGE:
        st.query_params[_PAGE] = number
        st.rerun()
    lead(context, clicked)


def _lines(picture: Picture, step: str | None, chosen: str | None) -> list[tuple[Row, Part]]:
    rows = [row for row in answers.paper(picture).rows if step in (None, row.code)]
    return [(row, part) for row in rows for part in row.parts if chosen in (None, part.who.same)]


def _page(n: int) -> tuple[int, int]:
    asked = str(st.query_params.get(_PAGE, "1"))
    pages = max(1, -(-n // LINES_PER_PAGE))
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 6 else 1, 1), pages)
    return page, (page - 1) * LINES_PER_PAGE


def _markup(context: Context, picture: Picture, shown: Sequence[tuple[Row, Part]], n: int, page: int) -> Markup:
    say = context.say
    if not shown:
        return note(say("interface.empty"))
    columns = [Column(say(f"interface.column.{name}")) for name in _COLUMNS]
    before: Row | None = None
    rows = []
    for row, part in shown:
        rows.append(_row(context, picture, row, part, again=row is before))
        before = row
    body = table(columns, rows, label=say("interface.view.papier"))
    return joined([tag("div", body, class_="rt-paper"), _pages(n, page, say)])


def _row(context: Context, picture: Picture, row: Row, part: Part, *, again: bool) -> list[Content]:
    say, title = context.say, answers.row_title(row, context.language)
    return [
        visually_hidden(title) if again else tag("b", traced(title, value_target(part.line.key, "step"))),
        house(part, say),
        offer(part),
        persons(part, answers.reached(part, picture, viewer_of(context), general=False), say, brief=True),
        handover(part, say),
        standing(part, say) if not part.beside else "–",
    ]


def _pages(n: int, page: int, say: Say) -> Markup | None:
    last = -(-n // LINES_PER_PAGE)
    if last < 2:
        return None
    first = (page - 1) * LINES_PER_PAGE + 1
    told = say("interface.page", first=first, last=min(n, first + LINES_PER_PAGE - 1), n=n)
    back = go(say("pages.back"), f"{_PAGE}:{page - 1}", class_="rt-link") if page > 1 else None
    on = go(say("pages.on"), f"{_PAGE}:{page + 1}", class_="rt-link") if page < last else None
    return tag("p", told, " ", back, " ", on, class_="rt-note")


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
    st.query_params.pop(_PAGE, None)
    chosen = st.session_state[key]
    if chosen:
        st.query_params[parameter] = chosen
    else:
        st.query_params.pop(parameter, None)


def _files(context: Context, writers: Writers) -> None:
    """Made when they are asked for, and only if this user may still look then."""
    say = context.say
    show(tag("h2", say("interface.files"), class_="rt-hidden"))
    with st.container(horizontal=True, vertical_alignment="center", key="interface-files"):
        contacts = context.sees_contacts and st.checkbox(say("interface.file.contacts"), key=_CONTACTS)
        for kind, write in writers.items():
            st.download_button(
                say(f"interface.file.{kind}"),
                data=lambda write=write: (context.admit(), write(context, contacts))[1],
                file_name=f"{say('interface.file.name')}-{context.day.isoformat()}.{kind}",
                mime=_TYPES[kind],
                on_click="ignore",
                key=f"interface-file-{kind}",
            )
