"""Passing a measure or goal on: its page as everybody may see it, to print, as PDF and as picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import streamlit as st

from dashboard.answers.shared_words import SharedLine, file_stem, shared_words
from dashboard.answers.sharing import SharedPage, shared_page
from dashboard.parts.blocks import headline, note, section
from dashboard.parts.context import Context
from dashboard.parts.deliveries import address
from dashboard.parts.html import Markup, joined, show, tag

#: Name in the address: whether the page to pass on is shown instead of the full one.
SHARE = "weitergeben"
_TYPES = {"pdf": "application/pdf", "png": "image/png"}

#: Page, "pdf" or "png", name of the network, day and language -> the file.
Write = Callable[[SharedPage, str, str, dt.date, str], bytes]


def way_in(context: Context) -> None:
    """The button on the page of a measure or goal."""
    label, what = context.say("share.way_in"), context.say("share.way_in.help")
    st.button(label, help=what, type="tertiary", key="share-way-in", on_click=address, kwargs={SHARE: "ja"})


def show_shared(context: Context, kind: str, key: str, write: Write) -> bool:
    """Show the page to pass on where the address asks for it; whether it did."""
    page = shared_page(context.store, context.picture(), kind, key) if SHARE in st.query_params else None
    if page is None:
        return False
    words = shared_words(page, context.network.name, context.day, context.language)
    with st.container(horizontal=True, vertical_alignment="center", key="share-controls"):
        st.button(context.say("share.back"), key="share-back", on_click=address, kwargs={SHARE: None})
        for file in _TYPES:
            _file(context, page, file, write)
    top = [headline(words.over, words.title), tag("p", words.finding, class_="rt-lead-sentence")]
    show(tag("article", top, (_line(line) for line in words.lines), note(words.footer), class_="rt-shared"))
    return True


def _file(context: Context, page: SharedPage, kind: str, write: Write) -> None:
    def data() -> bytes:
        context.admit()
        return write(page, kind, context.network.name, context.day, context.language)

    st.download_button(
        context.say(f"share.{kind}"),
        data=data,
        file_name=f"{file_stem(page)}-{context.day.isoformat()}.{kind}",
        mime=_TYPES[kind],
        on_click="ignore",
        type="primary" if kind == "pdf" else "secondary",
        key=f"share-{kind}",
    )


def _line(line: SharedLine) -> Markup:
    if line.items:
        return joined([section(line.text), tag("ul", (tag("li", item) for item in line.items), class_="rt-list")])
    label = [tag("b", line.label), " "] if line.label else []
    return tag("p", label, line.text, class_="rt-note" if line.quiet else None)
