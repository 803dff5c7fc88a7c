"""Klärungen → Bitte prüfen: values that were not read exactly, each with the way to say that it is right, or to put it
right."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.to_check import CheckList, ToCheck
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.context import Context
from dashboard.parts.corrections import FIELD, FROM_LIST, RECORD, stated_words
from dashboard.parts.html import Content, clickable, go, joined, show, tag
from dashboard.parts.measures import pages
from dashboard.parts.value_words import as_written, field_words
from etl.wording import formatted, has

Say = Callable[..., str]

#: The page of the list in the address.
PAGE = "blatt"


def asked_page() -> int:
    said = st.query_params.get(PAGE, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 1


def show_values(context: Context, found: CheckList) -> None:
    """The list; a click opens the form for that value."""
    say = context.say
    if not found.rows:
        show(note(say("clarify.none.pruefen")))
        return
    columns: list[Column | str] = [say(f"clarify.check.column.{name}") for name in ("what", "read", "said", "why")]
    if context.is_office:
        columns.append(say("correct.column.partner"))
    columns.append(Column(say("clarify.check.column.way"), narrow=True))
    rows = (_row(row, context) for row in found.rows)
    listed = table(columns, rows, label=say("clarify.view.pruefen", n=found.n))
    clicked = clickable(joined([listed, pages(found.page, found.pages, say)]), key="clarify-check") or ""
    kind, _, rest = clicked.partition(":")
    if kind == "blatt":
        st.query_params[PAGE] = rest
        st.rerun()
    elif clicked:
        record, _, name = rest.partition(":")
        context.open("rueckmeldungen", **{RECORD: record, FIELD: name, FROM_LIST: "1"})


def _row(row: ToCheck, context: Context) -> list[Content]:
    say, language, of = context.say, context.language, row.of
    word = field_words(of.kind, of.name, say, language)
    target = f"wert:{of.record}:{of.name}"
    said = [formatted(language, as_written(text, language), "quoted") for text in row.origin.said if text.text]
    reason = f"provenance.mark.{row.origin.mark}"
    names = ", ".join(row.assigned)
    assigned = tag("small", say("clarify.check.assigned", name=names)) if names else None
    cells: list[Content] = [
        tag("span", of.title, tag("small", word)),
        stated_words(of.stated, context),
        ", ".join(dict.fromkeys(said)) or say("provenance.said_nothing"),
        joined([say(reason) if has(language, reason) else say("mark.interpreted"), assigned]),
    ]
    if context.is_office:
        cells.append(row.partner or "–")
    return [*cells, go(say("clarify.check.way"), target, label=f" {of.title}, {word}", class_="rt-link")]
