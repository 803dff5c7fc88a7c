"""„Woher?“: the proof of one value, as a popover under a number or a dialog for numbers inside tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.answers.provenance import (
    Decided,
    Excerpt,
    Eyes,
    Meaning,
    Origin,
    Written,
    decided_about,
    original_file,
    origins,
)
from dashboard.parts.blocks import definition_list, note, scroll_box
from dashboard.parts.context import Context
from dashboard.parts.corrections import show_beside_origin
from dashboard.parts.html import Content, Markup, plain_label, show, tag
from dashboard.parts.quantities import mark_word
from etl.vocabulary import load_vocabulary
from etl.wording import formatted, has
from etl.wording.quantity import Quantity

Say = Callable[..., str]

_BERLIN = ZoneInfo("Europe/Berlin")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]00:00(:00)?)?")


def where_from(context: Context, record: str, field: str, title: str | None = None) -> None:
    """The proof of a field's value, in the container one is in; ``title`` says what the value is about."""
    found = origins(context.picture(), record, field, eyes_of(context))
    if not found:
        show(note(context.say("provenance.unknown")))
        return
    decided = decided_about(context.picture(), record, field)
    if decided is not None:
        show(note(decided_words(decided, context.say)))
    elif len(found) > 1:
        show(note(context.say("provenance.several", n=len(found))))
    for number, origin in enumerate(found):
        show(origin_markup(origin, context.say, context.language, title))
        _open_file(context, origin, f"{record}-{field}-{number}")
    show_beside_origin(context, record, field)


def decided_words(decided: Decided, say: Say) -> str:
    """Who decided which source holds, or that all do, when and why."""
    key = "provenance.decided.both" if decided.both else "provenance.decided.one"
    return say(key, person=decided.person, day=_berlin_day(decided.known), reason=decided.reason)


def where_from_popover(context: Context, label: str, record: str, field: str, title: str | None = None) -> None:
    """``label`` as a button („51,2 % · woher?“) that opens the proof under it."""
    key = f"woher-{record}-{field}"
    opened = st.popover(plain_label(label), key=key, on_change="rerun")
    if opened.open:
        with opened:
            where_from(context, record, field, title)


def where_from_dialog(context: Context, record: str, field: str, title: str | None = None) -> None:
    """The same as a dialog: for a number clicked inside markup."""

    def proof() -> None:
        where_from(context, record, field, title)

    st.dialog(context.say("provenance.title"), width="medium")(proof)()


def eyes_of(context: Context) -> Eyes:
    return Eyes(office=context.is_office, partner=context.user.partner)


def origin_markup(origin: Origin, say: Say, language: str, title: str | None = None) -> Markup:
    """One source: value, file, sheet and cell, what stood there, what it was read as, who sent it, the excerpt."""
    value = value_words(origin.value, origin.meaning, say, language)
    head = tag("p", tag("b", value, class_="rt-origin-value"), " ", title, class_="rt-origin-head")
    pairs = _entered(origin, say, language) if origin.delivery is None else _delivered(origin, value, say, language)
    return tag("div", head, definition_list(pairs), _excerpt(origin, say, language), class_="rt-origin")


def _entered(origin: Origin, say: Say, language: str) -> list[tuple[Content, Content]]:
    if origin.entered_by is None:
        return [(say("provenance.sent"), say("provenance.unknown"))]
    when = say("provenance.entered_by", person=origin.entered_by, day=_berlin_day(origin.known))
    return [(say("provenance.entered"), tag("b", when)), (say("provenance.reason"), origin.reason or "–")]


def _delivered(origin: Origin, value: str, say: Say, language: str) -> list[tuple[Content, Content]]:
    pairs: list[tuple[Content, Content]] = [(say("provenance.file"), tag("b", origin.file))]
    if origin.cells:
        pairs.append((say("provenance.cell"), tag("b", _places(origin, say))))
        pairs.append((say("provenance.said"), _said(origin, say, language)))
    else:
        pairs.append((say("provenance.cell"), say("provenance.named_on_delivery")))
    pairs.append((say("provenance.read_as"), _read_as(origin, value, say)))
    pairs.append((say("provenance.sent"), _sender(origin, say)))
    return pairs


def _places(origin: Origin, say: Say) -> str:
    by_sheet: dict[str, list[str]] = {}
    for cell in origin.cells:
        by_sheet.setdefault(cell.sheet, []).append(cell.cell)
    return "; ".join(say("provenance.sheet_and_cells", sheet=s, cells=c) for s, c in by_sheet.items())


def _said(origin: Origin, say: Say, language: str) -> str:
    texts = [
        formatted(language, as_written(text, language), "quoted") for text in dict.fromkeys(origin.said) if text.text
    ]
    return ", ".join(texts) or say("provenance.said_nothing")


def as_written(cell: Written, language: str) -> str:
    """A date or number as the sheet's reader sees it, not as it is stored; texts stay as they are."""
    if _ISO_DATE.fullmatch(cell.text):
        return _date_words(cell.text, language, "short_date")
    return cell.text.replace(".", ",") if cell.number and language == "de" else cell.text


def _read_as(origin: Origin, value: str, say: Say) -> Content:
    marks = []
    if origin.meaning.qualifier.get("provisional"):
        marks.append(say("mark.provisional"))
    elif origin.mark:
        marks.append(mark_word(origin.mark, say))
    if not marks:
        return tag("b", value)
    return say("provenance.marked", value=value, mark=", ".join(marks))


def _sender(origin: Origin, say: Say) -> str:
    assert origin.sent is not None, "a delivery was received at some time"
    values = {"partner": origin.partner or "–", "day": _berlin_day(origin.sent), "about": origin.day}
    if origin.sent_by:
        return say("provenance.sent_through", person=origin.sent_by, **values)
    return say("provenance.sent_by", **values)


def _berlin_day(instant: dt.datetime) -> dt.date:
    return instant.astimezone(_BERLIN).date()


def _excerpt(origin: Origin, say: Say, language: str) -> Markup | None:
    if origin.excerpt is None or not origin.cells:
        return None
    head = tag("tr", tag("td", class_="rt-ruler"), (_ruler(c, "col") for c in origin.excerpt.columns))
    rows = (_excerpt_row(number, texts, origin.excerpt, language) for number, texts in origin.excerpt.rows)
    table = tag("table", tag("thead", head), tag("tbody", rows), class_="rt-sheet rt-excerpt")
    sheet = origin.cells[0].sheet
    return scroll_box(table, say("provenance.excerpt", sheet=sheet))


def _ruler(text: str, scope: str) -> Markup:
    return tag("th", text, scope=scope, class_="rt-ruler")


def _excerpt_row(number: int, texts: Sequence[Written], excerpt: Excerpt, language: str) -> Markup:
    cells = (
        tag(
            "td",
            tag("span", as_written(text, language), class_="rt-clamp"),
            class_="rt-cell-here" if f"{column}{number}" in excerpt.hits else None,
        )
        for column, text in zip(excerpt.columns, texts, strict=True)
    )
    return tag("tr", _ruler(str(number), "row"), cells)


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


def value_words(value: Any, meaning: Meaning, say: Say, language: str) -> str:
    """A stored value as people read it."""
    if meaning.qualifier.get("open_end") and not value:
        return say("provenance.open_end")
    if isinstance(value, list):
        return ", ".join(value_words(one, meaning, say, language) for one in value) or "–"
    if isinstance(value, dict):
        return _range_words(value, say, language)
    text = _one_value(value, meaning, say, language)
    return f"{say('mark.approximate')}\u00a0{text}" if meaning.qualifier.get("approx") else text


def _one_value(value: Any, meaning: Meaning, say: Say, language: str) -> str:
    if isinstance(value, bool):
        return say("word.yes" if value else "word.no")
    if value is None or value == "":
        return "–"
    if meaning.type == "amount":
        return _money_words(str(value), meaning, say, language)
    if meaning.type in ("date", "date_end", "period") and isinstance(value, str):
        return _date_words(value, language)
    if meaning.type == "percent" and isinstance(value, int | float):
        return formatted(language, Quantity(value, "%"), "quantity")
    if isinstance(value, int | float):
        return formatted(language, Quantity(value, meaning.unit), "quantity")
    return _code_words(str(value), meaning, say, language) if meaning.type in ("code", "codes") else str(value)


def _money_words(value: str, meaning: Meaning, say: Say, language: str) -> str:
    try:
        amount = formatted(language, Decimal(value), "money")
    except InvalidOperation:
        return value
    per = meaning.qualifier.get("per")
    return say(f"provenance.{per}", amount=amount) if per in ("year", "month") else amount


def _date_words(value: str, language: str, form: str = "date") -> str:
    try:
        return formatted(language, dt.date.fromisoformat(value[:10]), form)
    except ValueError:
        return value


def _range_words(value: dict[str, Any], say: Say, language: str) -> str:
    low, high = value.get("min"), value.get("max")
    if low is None or high is None:
        return "–" if low is None and high is None else formatted(language, low if low is not None else high)
    return say("provenance.range", low=formatted(language, low), high=formatted(language, high))


def _code_words(code: str, meaning: Meaning, say: Say, language: str) -> str:
    """The catalogue's word for a code, else the vocabulary's first word for it."""
    for key in (f"{meaning.domain}.{code}", f"{meaning.domain.rpartition('.')[2]}.{code}"):
        if has(language, key):
            return say(key)
    words = load_vocabulary().raw_words.get(meaning.domain, {})
    return next((word for word, meant in words.items() if meant == code), code)
