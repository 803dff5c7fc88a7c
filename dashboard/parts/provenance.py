"""„Woher?“: the proof of one value, as a popover under a number or inside the dialog for values in markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.provenance import Decided, Eyes, Origin, Source, decided_about, is_hidden, original_file, origins
from dashboard.answers.said import said_behind
from dashboard.answers.value_history import Told, history_of_value
from dashboard.parts.blocks import definition_list, note
from dashboard.parts.context import Context
from dashboard.parts.corrections import show_beside_origin
from dashboard.parts.excerpt import excerpt_markup
from dashboard.parts.html import Content, Markup, clickable, joined, plain_label, show, tag
from dashboard.parts.quantities import mark_word
from dashboard.parts.said_beside import said_notes
from dashboard.parts.value_history import history_markup
from dashboard.parts.value_words import as_written, value_words
from etl.rules.days import in_berlin
from etl.wording import formatted, has

Say = Callable[..., str]

_ROLES = ("heading", "carried", "colour")


def where_from(context: Context, record: str, field: str, title: str | None = None, *, within: str = "dialog") -> None:
    """The proof of a field's value, in the container one is in; ``title`` says what the value is about, ``within``
    tells apart two proofs of one value on a page."""
    eyes = eyes_of(context)
    found = origins(context.picture(), record, field, eyes)
    if not found:
        show(missing_words(context, record, (field,)))
        return
    decided = decided_about(context.picture(), record, field)
    if decided is not None:
        show(note(decided_words(decided, context.say)))
    elif len(found) > 1:
        show(note(context.say("provenance.several", n=len(found))))
    history = history_of_value(context.store, context.picture(), record, field, eyes)
    for number, origin in enumerate(found):
        told = history if number == len(found) - 1 else ()
        proof = origin_markup(origin, context.say, context.language, title, told)
        clickable(proof, key=f"woher-{within}-{record}-{field}-{number}", focus=within == "dialog" and number == 0)
        _open_file(context, origin, f"{within}-{record}-{field}-{number}")
    said = said_notes(said_behind(context.picture(), record, (field,)), context.say)
    if said:
        show(joined(said))
    show_beside_origin(context, record, field)


def missing_words(context: Context, record: str, fields: Sequence[str]) -> Markup:
    """Why there is no proof to show: it is not for this viewer, or there is none."""
    hidden = is_hidden(context.picture(), record, fields, eyes_of(context))
    return note(context.say("provenance.not_for_you" if hidden else "provenance.unknown"))


def show_sources(context: Context, record: str, field: str) -> None:
    """The sources of a value alone, beside a form about it."""
    for origin in origins(context.picture(), record, field, eyes_of(context)):
        show(origin_markup(origin, context.say, context.language))


def decided_words(decided: Decided, say: Say) -> str:
    """Who decided which source holds, or that all do, when and why."""
    key = "provenance.decided.both" if decided.both else "provenance.decided.one"
    return say(key, person=decided.person, day=in_berlin(decided.known), reason=decided.reason)


def where_from_popover(context: Context, label: str, record: str, field: str, title: str | None = None) -> None:
    """``label`` as a button („51,2 % · woher?“) that opens the proof under it."""
    opened = st.popover(plain_label(label), key=f"woher-{record}-{field}", on_change="rerun")
    if opened.open:
        with opened:
            where_from(context, record, field, title, within="popover")


def eyes_of(context: Context) -> Eyes:
    return Eyes(office=context.is_office, partner=context.user.partner, role=context.role)


def origin_markup(
    origin: Origin, say: Say, language: str, title: str | None = None, history: tuple[Told, ...] = ()
) -> Markup:
    """One source: value, file, sheet and cell, what stood there, what it was read as and how, who sent it, the row."""
    value = value_words(origin.value, origin.meaning, say, language)
    value = origin.unread or value if value == "–" else value
    head = tag("p", tag("b", value, class_="rt-origin-value"), " ", title, class_="rt-origin-head")
    pairs = _entered(origin, say) if origin.delivery is None else _delivered(origin, value, say, language)
    shown = excerpt_markup(origin.excerpt, origin.cells[0].sheet, say, language) if origin.excerpt else None
    return tag("div", head, definition_list(pairs), shown, history_markup(history, say, language), class_="rt-origin")


def _mark(origin: Origin, say: Say) -> str | None:
    if origin.meaning.qualifier.get("provisional"):
        return say("mark.provisional")
    return mark_word(origin.mark, say) if origin.mark else None


def _entered(origin: Origin, say: Say) -> list[tuple[Content, Content]]:
    if origin.entered_by is None:
        return [(say("provenance.sent"), say("provenance.unknown"))]
    when = say("provenance.entered_by", person=origin.entered_by, day=in_berlin(origin.known))
    return [(say("provenance.entered"), tag("b", when)), (say("provenance.reason"), origin.reason or "–")]


def _delivered(origin: Origin, value: str, say: Say, language: str) -> list[tuple[Content, Content]]:
    pairs: list[tuple[Content, Content]] = [(say("provenance.file"), tag("b", origin.file, class_="rt-file"))]
    if origin.cells:
        pairs.append((say("provenance.cell"), tag("b", _places(origin, say))))
        pairs.append((say("provenance.said"), _said(origin, say, language)))
    else:
        pairs.append((say("provenance.cell"), say("provenance.named_on_delivery")))
    pairs.append((say("provenance.read_as"), _read_as(origin, value, say, language)))
    pairs.append((say("provenance.sent"), sender_words(origin, say)))
    return pairs


def _places(origin: Origin, say: Say) -> str:
    by_sheet: dict[str, list[str]] = {}
    for cell in origin.cells:
        by_sheet.setdefault(cell.sheet, []).append(_place(cell, say))
    return "; ".join(say("provenance.sheet_and_cells", sheet=s, cells=c) for s, c in by_sheet.items())


def _place(cell: Source, say: Say) -> str:
    """The cell; what it gave where that is not its own value."""
    return say(f"provenance.role.{cell.role}", cell=cell.cell) if cell.role in _ROLES else cell.cell


def _said(origin: Origin, say: Say, language: str) -> str:
    texts = [
        formatted(language, as_written(text, language), "quoted") for text in dict.fromkeys(origin.said) if text.text
    ]
    return ", ".join(texts) or say("provenance.said_nothing")


def _read_as(origin: Origin, value: str, say: Say, language: str) -> Content:
    word = _mark(origin, say)
    told = say("provenance.marked", value=value, mark=word) if word else tag("b", value)
    reason = f"provenance.mark.{origin.mark}"
    lines = [say(reason)] if origin.mark and has(language, reason) else []
    if origin.column is not None:
        lines.append(say(f"provenance.how.{origin.column.how}", heading=origin.column.heading))
    return joined([told, *(tag("small", line) for line in lines)])


def sender_words(origin: Origin, say: Say) -> str:
    """Who sent it, when, about which day."""
    assert origin.sent is not None, "a delivery was received at some time"
    values = {"partner": origin.partner or "–", "day": in_berlin(origin.sent), "about": origin.day}
    if origin.on_behalf:
        return say("provenance.taken_in", person=origin.sent_by or "–", **values)
    if origin.form and origin.sent_by:
        return say(f"provenance.answered.{origin.form}", person=origin.sent_by, **values)
    if origin.sent_by:
        return say("provenance.sent_through", person=origin.sent_by, **values)
    return say("provenance.sent_by", **values)


def _open_file(context: Context, origin: Origin, key: str) -> None:
    """The original file: for the office and the partner that sent it."""
    if not origin.may_open or origin.delivery is None:
        return
    number = origin.delivery
    st.download_button(
        context.say("provenance.open"),
        data=lambda: original_file(context.store, number),
        file_name=origin.file or "",
        on_click="ignore",
        key=f"open-{key}",
    )
