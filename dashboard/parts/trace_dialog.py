"""The dialog behind every value and sum: a list of what was counted, and behind each value its cell.

Where one asks from a list, the way back to it stands above the proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.provenance import Origin
from dashboard.answers.record_values import RecordValues, record_values
from dashboard.answers.sums import SumOf, sum_of
from dashboard.parts.blocks import note, table
from dashboard.parts.confirmations import show_confirm_in_dialog
from dashboard.parts.context import Context
from dashboard.parts.findings import sentence
from dashboard.parts.html import Content, Markup, clickable, joined, show, tag
from dashboard.parts.provenance import eyes_of, missing_words, sender_words, where_from
from dashboard.parts.quantities import mark_word
from dashboard.parts.said_beside import said_notes
from dashboard.parts.traced import SUM, asked, value_target
from dashboard.parts.value_words import field_words, value_words
from etl.wording import has

Say = Callable[..., str]

#: What was asked, from the first list to the value that is shown: the dialog's own.
_PATH = "rt-trace"
#: Kinds of record without a page of their own, confirmed where all their values stand: how their keys begin.
_CONFIRMED = ("funding-", "cooperation-")
#: Sums that are the proof of one goal's rating, and those that list what has a rating.
_OF_ONE, _OF_RATINGS = ("values", "indicator"), ("rating", "measures", "goal_measures")


def show_trace(context: Context, target: str) -> None:
    """Open the dialog for what was clicked (``woher:…`` or ``summe:…``)."""
    st.session_state[_PATH] = [target]

    def steps() -> None:
        _step(context)

    st.dialog(context.say("provenance.title"), width="large")(steps)()


def _step(context: Context) -> None:
    path: list[str] = st.session_state.get(_PATH) or []
    if not path:
        return
    if len(path) > 1:
        st.button(context.say("provenance.back"), key="trace-back", type="tertiary", on_click=_back)
    kind, _, rest = path[-1].partition(":")
    shown = _sum_list(context, rest) if kind == SUM else _value(context, rest)
    if shown is None:
        return
    clicked = clickable(shown, key=f"trace-list-{len(path)}", focus=True)
    if clicked:
        st.session_state[_PATH] = [*path, clicked]
        st.rerun(scope="fragment")
    record, _, names = rest.partition(":")
    if kind != SUM and not names and record.startswith(_CONFIRMED):
        show_confirm_in_dialog(context, record)


def _back() -> None:
    st.session_state[_PATH] = (st.session_state.get(_PATH) or [])[:-1]


def _value(context: Context, asked_for: str) -> Markup | None:
    """The proof where one field is meant; else the list of the record's values, to be asked from."""
    record, _, names = asked_for.partition(":")
    fields = tuple(filter(None, names.split(",")))
    found = record_values(context.picture(), record, eyes_of(context), fields)
    if found is None:
        show(missing_words(context, record, fields))
        return None
    if len(found.values) > 1 or found.inferred or not names:
        return record_markup(found, context.say, context.language)
    field = found.values[0][0]
    where_from(context, record, field, _title(found, field, context.say, context.language))
    return None


def _title(found: RecordValues, field: str, say: Say, language: str) -> str:
    return " · ".join(filter(None, (field_words(found.kind, field, say, language), found.about, found.title)))


def _sum_list(context: Context, name: str) -> Markup | None:
    if name == "reported":
        show(note(context.say("provenance.reported")))
        return None
    found = sum_of(context.picture(), name, eyes_of(context))
    if found is None or not found.parts:
        show(note(context.say("provenance.unknown")))
        return None
    return sum_markup(found, context.say, context.language)


def record_markup(found: RecordValues, say: Say, language: str) -> Markup:
    """All values of a record, each with its file and cell; to be shown inside ``clickable``."""
    about = say(f"kind.{found.kind}", n=1) if has(language, f"kind.{found.kind}") else found.kind
    title = found.title or found.about or ""
    head = tag("p", tag("b", title), " ", about, class_="rt-origin-head")
    said = said_notes(found.said, say)
    columns = [say(f"provenance.column.{name}") for name in ("field", "value", "source")]
    rows = (_value_row(found, name, origin, say, language) for name, origin in found.values)
    told = [note(say("provenance.inferred"))] if found.inferred else []
    if found.latest is not None and found.latest.sent is not None:
        told.append(note(joined([say("provenance.latest"), " ", sender_words(found.latest, say)])))
    return joined([head, *said, *told, table(columns, rows, label=title)])


def _value_row(found: RecordValues, name: str, origin: Origin, say: Say, language: str) -> list[Content]:
    word = field_words(found.kind, name, say, language)
    return [word, _asked_value(found.key, name, origin, word, say, language), _where(origin, say)]


def _asked_value(record: str, name: str, origin: Origin, word: str, say: Say, language: str) -> Markup:
    value = value_words(origin.value, origin.meaning, say, language)
    text = _short(origin.unread or value if value == "–" else value)
    marks = tag("mark", f" ({mark_word(origin.mark, say)})", class_="rt-marked") if origin.mark else None
    return joined([asked(text, value_target(record, name), label=f", {word}, {say('value.where_from')}"), marks])


def _short(text: str, longest: int = 160) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _where(origin: Origin, say: Say) -> Content:
    if origin.entered_by:
        return origin.entered_by
    cells: Sequence[str] = [cell.cell for cell in origin.cells]
    if not cells:
        return origin.file or "–"
    place = say("provenance.sheet_and_cells", sheet=origin.cells[0].sheet, cells=cells)
    return joined([place, tag("small", origin.file, class_="rt-file")])


def sum_markup(found: SumOf, say: Say, language: str) -> Markup:
    """The records that were counted with what was counted of each; to be shown inside ``clickable``."""
    head = tag(
        "p", tag("b", say("provenance.parts", n=len(found.parts))), " ", _about(found, say), class_="rt-origin-head"
    )
    columns = [say("provenance.column.record"), say("provenance.column.counted")]
    rows = (_part_row(part, found, say, language) for part in found.parts)
    said = dict.fromkeys(sentence for part in found.parts for sentence in part.said) if found.name in _OF_ONE else ()
    return joined([head, *said_notes(said, say), table(columns, rows, label=say("provenance.column.counted"))])


def _about(found: SumOf, say: Say) -> str:
    return say(f"provenance.sum.{found.name}")


def _part_row(part: RecordValues, found: SumOf, say: Say, language: str) -> list[Content]:
    title = asked(part.about or part.title, value_target(part.key))
    values = [
        tag(
            "span",
            tag("span", field_words(part.kind, name, say, language), " ", class_="rt-note")
            if len(part.values) > 1
            else None,
            _asked_value(part.key, name, origin, field_words(part.kind, name, say, language), say, language),
            class_="rt-each",
        )
        for name, origin in part.values
    ]
    about = tag("small", part.title) if part.about and part.title else None
    said = said_notes(part.said, say) if found.name in _OF_RATINGS else ()
    told = found.told.get(part.key)
    counts = tag("b", sentence(told, say), class_="rt-each") if told else None
    return [joined([title, about, *said]), joined([counts, *values])]
