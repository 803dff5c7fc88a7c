"""One cell put right, or a name in several: dialogs that open over the sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from dashboard.answers.cell_view import CellView, ReadField, cell_view, known_names, why_unreadable
from dashboard.answers.offers import Offer, offers, renamed, word_for
from dashboard.answers.put_right import LONGEST_TEXT, Word
from dashboard.answers.uploads import Preview, WaitingFile
from dashboard.parts.blocks import definition_list, note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import say_later
from dashboard.parts.delivery_grid import cell_text, cell_word
from dashboard.parts.delivery_offers import offer_label
from dashboard.parts.html import Content, plain_label, show, tag
from dashboard.parts.values import code_word, value_text
from etl.wording.issues import issue_wording


def cell_dialog(context: Context, file: WaitingFile, preview: Preview, sheet: str, cells: Sequence[str]) -> None:
    """What stood in the first of ``cells``, how it was read, and what it should say; said for all of them."""
    view = cell_view(preview, sheet, cells[0]) if cells else None
    if view is None:
        return

    def body() -> None:
        _cell_body(context, file, preview, view, cells)

    st.dialog(_title(context, cells), width="medium")(body)()


def _title(context: Context, cells: Sequence[str]) -> str:
    return plain_label(context.say("deliveries.cell_dialog", n=len(cells), cell=cells[0]))


def _cell_body(context: Context, file: WaitingFile, preview: Preview, view: CellView, cells: Sequence[str]) -> None:
    show(definition_list(_facts(context, view)))
    tell = _teller(file, preview)
    proposals = {o.key: o for issue in view.issues for o in offers(issue, preview) if o.word != Word()}
    if proposals:
        with st.container(horizontal=True, key="delivery-cell-offers"):
            for number, offer in enumerate(proposals.values()):
                tell(_label(context, offer), offer.word, f"offer-{number}")
    _read_as(context, file, preview, view, cells)
    with st.container(horizontal=True, key="delivery-cell-others"):
        if view.cell.outcome != "empty":
            tell(context.say("deliveries.leave_empty"), _in_all(view, cells, ""), "empty")
        if view.said is not None:
            tell(context.say("deliveries.as_in_file"), _in_all(view, cells, None), "as-sent")


def _label(context: Context, offer: Offer) -> str:
    return plain_label(offer_label(offer, context.say, context.language))


def _teller(file: WaitingFile, preview: Preview) -> Callable[[str, Word, str], None]:
    """A button that says a word about the file and closes the dialog."""

    def tell(label: str, word: Word, key: str) -> None:
        if st.button(label, key=f"delivery-say-{key}", on_click=say_later, args=(file, preview, word)):
            st.rerun()

    return tell


def _facts(context: Context, view: CellView) -> list[tuple[Content, Content]]:
    say, language, cell = context.say, context.language, view.cell
    stood = cell_text(cell.value, cell.stored, cell.percent, language)
    pairs: list[tuple[Content, Content]] = [(say("deliveries.stood"), tag("b", stood) if stood else "–")]
    if view.heading:
        means = say(f"field.{view.field.name}") if view.field else say("deliveries.stays")
        pairs.append((say("deliveries.in_column"), f"{view.heading} → {means}"))
    if view.said:
        pairs.append((say("deliveries.said_instead"), tag("b", view.said)))
    pairs.append((say("deliveries.read_as"), _read_words(context, view)))
    wording = issue_wording(language)
    pairs += [
        (say("deliveries.told"), wording(replace(issue, sheet=None))[0])
        for issue in view.issues
        if issue.severity != "note"
    ]
    return pairs


def _read_words(context: Context, view: CellView) -> str:
    if view.read:
        return "; ".join(_one_reading(context, read) for read in view.read)
    if view.cell.outcome in ("loaded", "corrected"):
        return context.say("deliveries.cell.loaded")
    if view.cell.outcome == "heading":
        return context.say("deliveries.cell.heading")
    if view.cell.outcome == "empty":
        return context.say("deliveries.cell.empty")
    return cell_word(view.cell, context.say, context.language)


def _one_reading(context: Context, read: ReadField) -> str:
    name, reading = context.say(f"field.{read.field}"), read.reading
    if reading.value is None:
        end = reading.qualifier.get("open_end")
        return f"{name}: {context.say('deliveries.no_end') if end else '–'}"
    return f"{name}: {value_text(reading.value, reading.type, reading.domain, reading.qualifier, context.language)}"


def _read_as(context: Context, file: WaitingFile, preview: Preview, view: CellView, cells: Sequence[str]) -> None:
    """The text that should stand there: written, or chosen among the words that are known."""
    key = hashlib.sha256(f"{file.id} {view.sheet} {' '.join(cells)}".encode()).hexdigest()[:16]
    with st.form(f"delivery-read-as-{key}", border=False):
        text = _words_input(context, view, key) if view.codes or view.kind else _text_input(context, view, key)
        if st.form_submit_button(context.say("deliveries.take"), type="primary", key=f"delivery-take-{key}"):
            if not text.strip():
                show(note(context.say("deliveries.nothing_written")))
                return
            wrong = why_unreadable(view, text.strip(), context.day)
            if wrong is not None:
                why, proposal = issue_wording(context.language)(wrong)
                told = context.say("deliveries.not_taken", reason=why)
                show(tag("p", told, " ", proposal, class_="rt-told", role="status"))
                return
            say_later(file, preview, _in_all(view, cells, text.strip()))
            st.rerun()


def _text_input(context: Context, view: CellView, key: str) -> str:
    cell = view.cell
    shown = view.said or cell_text(cell.value, cell.stored, cell.percent, context.language)
    label = context.say("deliveries.read_instead")
    return st.text_input(label, shown, max_chars=LONGEST_TEXT, key=f"delivery-text-{key}") or ""


def _words_input(context: Context, view: CellView, key: str) -> str:
    if view.codes and view.field:
        domain = view.field.values
        words = {code_word(domain, code, context.language): word_for(code, domain) for code in view.codes}
    else:
        words = {name: name for name in known_names(context.store, view.kind or "")}
    chosen = st.selectbox(
        context.say("deliveries.read_instead"),
        [label for label, word in words.items() if word],
        index=None,
        key=f"delivery-word-{key}",
        accept_new_options=True,
        placeholder=context.say("deliveries.word_hint"),
    )
    return words.get(chosen or "", chosen or "")


def _in_all(view: CellView, cells: Sequence[str], text: str | None) -> Word:
    return Word(cells=tuple((view.sheet, cell, text) for cell in cells))


def name_dialog(context: Context, file: WaitingFile, preview: Preview, offer: Offer) -> None:
    """Which of the known goals or partners a text names, in all cells where it stands."""
    names = known_names(context.store, offer.domain)

    def body() -> None:
        show(note(context.say("deliveries.name_where", n=len(offer.cells), found=offer.found)))
        with st.form(f"delivery-name-{offer.key}", border=False):
            label, hint = context.say(f"deliveries.name_of.{offer.domain}"), context.say("deliveries.word_hint")
            chosen = st.selectbox(label, names, index=None, key=f"delivery-known-{offer.key}", placeholder=hint)
            take = context.say("deliveries.take")
            if st.form_submit_button(take, type="primary", key=f"delivery-take-{offer.key}") and chosen:
                say_later(file, preview, renamed(preview, offer.sheet, offer.cells, offer.found, chosen))
                st.rerun()

    st.dialog(context.say("deliveries.name_dialog"), width="medium")(body)()
