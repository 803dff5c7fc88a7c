"""Filters: widgets whose truth is the address, so that a link opens the same view and a page change loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any, Literal

import streamlit as st

from dashboard.answers.selection import Selection, parameter, query_of, selection_from
from dashboard.parts.blocks import SYMBOLS

Words = Callable[[Any], str]
Width = int | Literal["stretch"]
Say = Callable[..., str]

__all__ = ["Choice", "Selection", "change", "choices", "fold", "ratings", "search", "selected", "views"]

#: The option „alle“: a text, because Streamlit shows a placeholder for None.
_EVERYTHING = ""
#: Whether the filters that are folded away stand open.
FOLD = "filter-fold"
#: What an emptied widget stands for; None for all others.
_NOTHING = {"search": ""}

#: A filter with a list to choose from: name in the selection, label, options (None: everything), words for them.
Choice = tuple[str, str, Sequence[Any], Words]


def selected() -> Selection:
    """What the address asks for."""
    return selection_from({name: st.query_params.get_all(name) for name in st.query_params})


def change(**values: Any) -> None:
    """Choose otherwise: writes the address; other parameters stay. To be called from a callback or before a rerun."""
    wanted = selected().changed(**values)
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name not in _OURS}
    st.query_params.from_dict({**kept, **query_of(wanted)})


def search(label: str, placeholder: str, width: Width = 320) -> None:
    """A text field for ``Selection.search``."""
    key = _bound("search", "", selected().search)
    st.text_input(
        label, key=key, placeholder=placeholder, width=width, max_chars=200, on_change=_take, args=("search", key)
    )


def choices(offered: Sequence[Choice], everything: str, width: Width = 240, suffix: str = "") -> None:
    """One selectbox per filter, „alle“ first."""
    now = selected()
    for name, label, options, words in offered:
        chosen = getattr(now, name)
        key = _bound(name, suffix, chosen if chosen in options else _EVERYTHING)
        st.selectbox(
            label,
            [_EVERYTHING, *options],
            key=key,
            format_func=_worded(words, everything),
            width=width,
            on_change=_take,
            args=(name, key),
        )


def ratings(label: str, offered: Sequence[str], say: Say, suffix: str = "") -> None:
    """Pills with symbol and word for ``Selection.ratings``."""
    key = _bound("ratings", suffix, [code for code in selected().ratings if code in offered])
    st.pills(
        label,
        list(offered),
        selection_mode="multi",
        key=key,
        format_func=lambda code: f"{SYMBOLS[code]} {say(f'rating.{code}')}",
        wrap=True,
        on_change=_take,
        args=("ratings", key),
    )


def views(label: str, offered: Sequence[str], words: Words) -> str:
    """A segmented control for ``Selection.view``; the first one is shown where none is chosen."""
    chosen = selected().view
    shown = chosen if chosen in offered else offered[0]
    key = _bound("view", "", shown)
    st.segmented_control(
        label,
        list(offered),
        key=key,
        format_func=words,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        on_change=_take,
        args=("view", key),
    )
    return str(shown)


def fold(say: Say, count: int, width: Width | Literal["content"] = "stretch") -> Any:
    """A popover, which says how many filters are set; to be filled where it is ``open``."""
    return st.popover(say("filter.fold", n=count), width=width, key=FOLD, on_change="rerun")


def turn_page(target: str | None) -> None:
    """Show the page of rows that was clicked (``blatt:<number>``)."""
    kind, _, number = (target or "").partition(":")
    if kind == "blatt":
        change(page=int(number))
        st.rerun()


def open_measure(target: str | None) -> None:
    """Open the measure that was clicked in a list (``massnahme:<key>``), which stays chosen as it is."""
    kind, _, key = (target or "").partition(":")
    if kind == "massnahme":
        change(measure=key, page=selected().page)
        st.rerun()


def show_list() -> None:
    """Back from a measure to the list it was opened from."""
    change(measure=None, page=selected().page)
    st.rerun()


_OURS = frozenset(parameter(field.name) for field in fields(Selection))


def _bound(name: str, suffix: str, value: Any) -> str:
    """The widget's key, its state set to what the address says: the callback wrote it there before this run."""
    key = f"filter-{name}{suffix}"
    st.session_state[key] = value
    return key


def _take(name: str, key: str) -> None:
    value = st.session_state[key]
    change(**{name: tuple(value) if isinstance(value, list) else value or _NOTHING.get(name)})


def _worded(words: Words, everything: str) -> Words:
    return lambda option: everything if option == _EVERYTHING else words(option)
