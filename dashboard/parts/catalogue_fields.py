"""The form for one record of the goal catalogue: its fields, and what is typed in them until it is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import streamlit as st

from dashboard.answers import catalogue as answers
from dashboard.answers.corrections import Stated
from dashboard.answers.picture import Picture
from dashboard.parts.context import Context
from dashboard.parts.goals import labelled
from dashboard.parts.html import plain_label
from dashboard.parts.html import show as show_markup
from dashboard.parts.no_clients import no_clients
from dashboard.parts.pressed import press
from dashboard.parts.values import code_word
from etl.wording import formatted, has

#: Name of the button that saves.
SAVE = "catalogue-save"
#: Typed things; gone once they are saved.
_TYPED = "cat-"
_LONG = frozenset({"title", "comment", "indicator_definition"})


def record_form(context: Context, picture: Picture, kind: str, record: str | None, parent: str | None) -> None:
    """``record`` None: a new one, part of ``parent``."""
    say, prefix = context.say, prefix_of(kind, record)
    stated = answers.held_values(picture, kind, record)
    if f"{prefix}{next(iter(stated))}" not in st.session_state:  # a form of an earlier visit is no longer typed in
        st.session_state[f"{prefix}?was"] = {name: _shown(value) for name, value in stated.items()}
        st.session_state.pop(f"{prefix}?seen", None)
    st.session_state.setdefault(f"{prefix}?seen", {name: value.value for name, value in stated.items()})
    with st.form(f"catalogue-{kind}", border=False):
        for name, beside in _rows(stated):
            places = st.columns(2) if beside else [st.container()]
            for place, field in zip(places, (name, beside), strict=False):
                with place:
                    _input(context, picture, kind, str(field), stated[str(field)], prefix)
        if record is None and kind != "observation":
            st.session_state.setdefault(f"{prefix}?day", context.day)
            st.date_input(say("catalogue.about"), key=f"{prefix}?day", format="DD.MM.YYYY", width=240)
        hint = say(f"catalogue.reason_hint.{'new' if record is None else 'change'}")
        st.text_input(say("correct.reason"), key=f"{prefix}?reason", placeholder=hint)
        show_markup(no_clients(say, say("catalogue.what_changes") if record is not None else None))
        st.form_submit_button(
            say("catalogue.save"),
            type="primary",
            key="catalogue-save",
            on_click=press,
            args=(SAVE, kind, record, parent),
        )


def _rows(names: Iterable[str]) -> list[tuple[str, str | None]]:
    """A number and its day stand in one line."""
    listed = list(names)
    pairs = [(name, f"{name.removesuffix('_value')}_date") for name in listed]
    return [(name, day if day in listed and day != name else None) for name, day in pairs if not name.endswith("_date")]


def _input(context: Context, picture: Picture, kind: str, name: str, stated: Stated, prefix: str) -> None:
    say, key = context.say, f"{prefix}{name}"
    field = answers.catalogue_field(kind, name)
    label = plain_label(say(f"field.{field.name}"))
    shown = _shown(stated)
    if stated.type in ("text", "id", "number", "percent", "count", "date", "date_end"):
        st.session_state.setdefault(key, shown)
        hint = say(f"catalogue.hint.{stated.type}") if has(context.language, f"catalogue.hint.{stated.type}") else None
        if name in _LONG:
            st.text_area(label, key=key, height=80, max_chars=2000)
        else:
            st.text_input(label, key=key, placeholder=hint, max_chars=400)
        return
    options = list(answers.choices(picture, kind, name))
    said = shown if isinstance(shown, list) else [shown] if shown else []
    options += [text for text in said if text not in options]
    coded = stated.type in ("code", "codes")

    def words(option: str) -> str:
        return code_word(stated.domain, option, context.language) if coded else _named(picture, stated.domain, option)

    if stated.type in ("codes", "references"):
        st.session_state.setdefault(key, said)
        st.multiselect(label, options, key=key, format_func=words, placeholder=say("catalogue.choose"))
    else:
        st.session_state.setdefault(key, shown or None)
        st.selectbox(
            label,
            options,
            key=key,
            index=None,
            format_func=words,
            placeholder=say("catalogue.choose"),
            accept_new_options=not coded,
        )


def _named(picture: Picture, domain: str, text: str) -> str:
    """A goal that is named by its number, with its words."""
    if domain == "goal":
        goal = next((g for g in picture.facts.goals if text in (g.id, g.title)), None)
        return labelled(goal) if goal else text
    return text


def _shown(stated: Stated) -> str | list[str]:
    """A value as it is typed: 51,2 and 31.12.2027, in German as in every list."""
    if isinstance(stated.value, list):
        return [str(one) for one in stated.value]
    if stated.value in (None, ""):
        return [] if stated.type in ("codes", "references") else ""
    if stated.type in ("date", "date_end"):
        return formatted("de", dt.date.fromisoformat(str(stated.value)[:10]), "short_date")
    if isinstance(stated.value, int | float) and not isinstance(stated.value, bool):
        return str(stated.value).replace(".", ",")
    return str(stated.value)


def prefix_of(kind: str, record: str | None) -> str:
    """How the session keys of the form begin."""
    return f"{_TYPED}{kind}-{record or 'new'}-"


def given_as(value: Any) -> str | list[str]:
    """What was typed or chosen, as it is saved."""
    return list(value) if isinstance(value, list | tuple) else str(value or "").strip()


def forget() -> None:
    """Nothing typed is kept."""
    for name in [n for n in st.session_state if isinstance(n, str) and n.startswith(_TYPED)]:
        del st.session_state[name]
