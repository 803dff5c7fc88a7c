"""The matrix of offers, its empty cells in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.answers.offer_matrix import Cell, MatrixPage, matrix_finding, matrix_page
from dashboard.answers.once import Once
from dashboard.answers.overlaps import Sight
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import note, scroll_box
from dashboard.parts.context import Context
from dashboard.parts.downloads import Table
from dashboard.parts.html import Markup, clickable, joined, show, tag, visually_hidden
from dashboard.parts.measures import pages
from dashboard.parts.offers_frame import Top, page_of_rows, show_top, sight, turn_page
from dashboard.parts.targets import follow
from dashboard.parts.traced import asked, sourced, sum_target
from etl.rules.finding import Finding
from etl.wording import say as say_in

Say = Callable[..., str]

_PLACE = "ort"


def show_matrix(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say = context.say
    shown = matrix_page(picture, sight(), st.query_params.get(_PLACE), page_of_rows())
    over = sourced(say("offers.matrix.over"), say, sum_target("measures"))
    found = " ".join(
        matrix_sentence(one, say, context.language) for one in matrix_finding(picture, shown, sight()).sentences
    )
    show_top(context, "angebote", views, Top(over, found, _download(shown, say)))
    _choose_place(shown, say)
    clicked = clickable(_drawn(picture, sight(), shown.place, shown.page, context.language), key="offers-matrix")
    turn_page(clicked)
    follow(context, clicked)
    show(note(say("offers.matrix.what")))


def matrix_sentence(finding: Finding, say: Say, language: str) -> str:
    """Target groups in words, as a list."""
    values = dict(finding.values)
    if "groups" in values:
        values["groups"] = [say(f"target_group.{code}") for code in values["groups"]]
    return say(finding.code, **values)


def _choose_place(shown: MatrixPage, say: Say) -> None:
    """One place or all; what is chosen stands in the address."""
    everywhere = ""
    st.session_state["offers-place"] = shown.place or everywhere
    st.selectbox(
        say("overlap.aspect.place"),
        [everywhere, *shown.places],
        key="offers-place",
        format_func=lambda place: place or say("offers.matrix.all_places"),
        width=320,
        on_change=_take_place,
    )


def _take_place() -> None:
    chosen = st.session_state["offers-place"]
    if chosen:
        st.query_params[_PLACE] = chosen
    else:
        st.query_params.pop(_PLACE, None)


def _draw(picture: Picture, way: Sight, place: str | None, page: int, language: str) -> Markup:
    say = partial(say_in, language)
    return joined([matrix_markup(matrix_page(picture, way, place, page), say), _key(say)])


#: Hundreds of cells are drawn once for all who look.
_drawn: Once[Picture, Markup] = Once(_draw)


def matrix_markup(shown: MatrixPage, say: Say) -> Markup:
    """Rows × target groups; an empty cell is hatched and says so."""
    corner = tag("th", visually_hidden(say("offers.matrix.row")), scope="col")
    heads = (tag("th", tag("span", _group(code, say)), scope="col") for code in shown.groups)
    body = (
        tag("tr", tag("th", title or say("overlap.no_field"), scope="row"), (_cell(c, shown, say) for c in cells))
        for title, cells in shown.rows
    )
    inner = tag("table", tag("thead", tag("tr", corner, heads)), tag("tbody", body), class_="rt-table rt-offer-matrix")
    return joined([scroll_box(inner, say("offers.matrix.label")), pages(shown.page, shown.pages, say)])


def _cell(cell: Cell, shown: MatrixPage, say: Say) -> Markup:
    if not cell.offers:
        empty = joined([tag("span", "–", aria_hidden="true"), visually_hidden(say("offers.matrix.none"))])
        return tag("td", empty, class_="rt-empty")
    number = asked(str(cell.offers), sum_target(*cell.asked), label=f" {say('offers.matrix.offers', n=cell.offers)}")
    if shown.place:
        return tag("td", number)
    where = say("offers.matrix.everywhere") if cell.everywhere else say("offers.matrix.places", n=cell.places)
    return tag("td", number, tag("small", where) if cell.everywhere or cell.places else None)


def _group(code: str, say: Say) -> str:
    return say(f"target_group.{code}") if code else say("offers.matrix.no_group")


def _key(say: Say) -> Markup:
    empty = tag("span", tag("i", class_="rt-empty", aria_hidden="true"), " ", say("offers.matrix.none"))
    number = tag("span", tag("b", "3"), " ", say("offers.matrix.key"))
    return tag("p", empty, number, class_="rt-key")


def _download(shown: MatrixPage, say: Say) -> Table:
    return Table(
        (say("offers.matrix.row"), *(_group(code, say) for code in shown.groups)),
        lambda: [[title or say("overlap.no_field"), *(str(c.offers) for c in cells)] for title, cells in shown.rows],
    )
