"""What a column means, and which part of a sheet counts: put right by the person who sent it."""

from __future__ import annotations

import hashlib

import streamlit as st

from dashboard.answers.column_view import ColumnView, column_view
from dashboard.answers.put_right import Word, range_of
from dashboard.answers.uploads import Preview, WaitingFile
from dashboard.parts.blocks import definition_list, note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import say_later
from dashboard.parts.delivery_grid import cell_text
from dashboard.parts.html import plain_label, show, tag

_LIKELY = 3
#: Session key: the file, the column and the meaning of another column it is to have, asked about before it happens.
_INSTEAD = "delivery-column-instead-of"


def column_dialog(context: Context, file: WaitingFile, preview: Preview, sheet: str, cell: str) -> bool:
    """„Was steht in dieser Spalte?“ for the column whose heading stands in ``cell``; False where it is no heading."""
    view = column_view(preview, sheet, cell)
    if view is None:
        return False

    st.session_state.pop(_INSTEAD, None)  # opened anew: nothing is asked yet

    def body() -> None:
        _column_body(context, file, preview, view)

    st.dialog(context.say("deliveries.column_dialog"), width="medium")(body)()
    return True


def _column_body(context: Context, file: WaitingFile, preview: Preview, view: ColumnView) -> None:
    say, language = context.say, context.language
    taken = say(f"field.{view.field}") if view.field else say("deliveries.stays")
    examples = ", ".join(cell_text(value, None, False, language) for value in view.samples)
    facts = [
        (say("deliveries.heading_is"), tag("b", view.heading)),
        (say("deliveries.examples"), examples or "–"),
        (say("deliveries.taken_for"), f"{taken} ({say(f'deliveries.how.{_how(view)}')})"),
    ]
    show(definition_list(facts))
    if _ask_instead(context, file, preview, view):
        return
    if view.likely:
        with st.container(horizontal=True, key="delivery-column-likely"):
            for number, field in enumerate(view.likely[:_LIKELY]):
                label, key = _field_label(context, view, field), f"likely-{number}"
                if _is_asked(view, field):
                    args = (file, view, field)
                    st.button(plain_label(label), key=f"delivery-column-{key}", on_click=_wants, args=args)
                else:
                    _tell(context, file, preview, view.means(field), label, key)
    _choose(context, file, preview, view)
    with st.container(horizontal=True, key="delivery-column-others"):
        if view.said != "" and view.unnames(""):
            keep = plain_label(say("deliveries.keep_column"))
            st.button(keep, key="delivery-column-keep", on_click=_wants, args=(file, view, ""))
        elif view.said != "" and (view.field or view.said is None):
            _tell(context, file, preview, view.means(""), say("deliveries.keep_column"), "keep")
        if view.said is not None:
            _tell(context, file, preview, view.means(None), say("deliveries.as_proposed"), "as-proposed")


def _wants(file: WaitingFile, view: ColumnView, field: str | None) -> None:
    """Remember, while the window is open, that the column should mean what another one means; None: no more."""
    st.session_state[_INSTEAD] = (file.id, view.sheet, view.cell, field)


def _ask_instead(context: Context, file: WaitingFile, preview: Preview, view: ColumnView) -> bool:
    """A meaning another column has, or without which the list is no such list: what becomes of it, before it happens.
    False where none is wanted."""
    *place, field = st.session_state.get(_INSTEAD, ("", "", "", None))
    if place != [file.id, view.sheet, view.cell] or not _is_asked(view, field):
        return False
    say, values = context.say, {"heading": view.heading}
    if field in view.elsewhere:
        values |= {"field": say(f"field.{field}"), "other": view.elsewhere[field]}
        show(tag("p", say("deliveries.instead", **values), class_="rt-told", role="status"))
    if view.unnames(field):
        words = say("deliveries.unnames", kind=say(f"kind.{view.kind}", n=2), **values)
        show(tag("p", words, class_="rt-told", role="status"))
    with st.container(horizontal=True, key="delivery-column-instead"):
        label = "deliveries.instead.do" if field in view.elsewhere else "deliveries.unnames.do"
        do, args = plain_label(say(label, **values)), (file, preview, view.means(field))
        if st.button(do, type="primary", key="delivery-instead", on_click=say_later, args=args):
            del st.session_state[_INSTEAD]
            st.rerun()
        leave = context.say("deliveries.instead.leave")
        st.button(leave, key="delivery-instead-leave", on_click=_wants, args=(file, view, None))
    return True


def _is_asked(view: ColumnView, field: str | None) -> bool:
    return field is not None and (field in view.elsewhere or view.unnames(field))


def _how(view: ColumnView) -> str:
    if view.said is not None:
        return "said"
    return view.how if view.field or view.how == "displaced" else "kept"


def _tell(context: Context, file: WaitingFile, preview: Preview, word: Word, label: str, key: str) -> None:
    pressed = st.button(
        plain_label(label), key=f"delivery-column-{key}", on_click=say_later, args=(file, preview, word)
    )
    if pressed:
        st.rerun()


def _field_label(context: Context, view: ColumnView, field: str) -> str:
    name = context.say(f"field.{field}")
    return context.say("deliveries.elsewhere", field=name) if field in view.elsewhere else name


def _choose(context: Context, file: WaitingFile, preview: Preview, view: ColumnView) -> None:
    key = hashlib.sha256(f"{file.id} {view.sheet} {view.cell}".encode()).hexdigest()[:16]
    first = [*dict.fromkeys((*view.likely, *sorted(view.fields, key=lambda f: context.say(f"field.{f}").casefold())))]
    with st.form(f"delivery-column-{key}", border=False):
        chosen = st.selectbox(
            context.say("deliveries.choose_field"),
            first,
            index=first.index(view.field) if view.field in first else None,
            key=f"delivery-field-{key}",
            format_func=lambda field: _field_label(context, view, field),
            placeholder=context.say("deliveries.field_hint"),
        )
        take = context.say("deliveries.take")
        if st.form_submit_button(take, type="primary", key=f"delivery-take-{key}") and chosen:
            if _is_asked(view, chosen):
                _wants(file, view, chosen)
                st.rerun(scope="fragment")
            say_later(file, preview, view.means(chosen))
            st.rerun()


def area_choice(context: Context, file: WaitingFile, preview: Preview, sheet: str) -> None:
    """„Nur ein Teil des Blatts zählt“: a range, checked before it is taken."""
    say, area = context.say, preview.corrections.areas.get(sheet)
    label = say("deliveries.area_is", area=area) if area else say("deliveries.area")
    with st.popover(plain_label(label), type="tertiary"), st.form("delivery-area", border=False):
        text = st.text_input(say("deliveries.area_input"), area or "", max_chars=40, key="delivery-area-text")
        taken = st.form_submit_button(say("deliveries.take"), type="primary", key="delivery-area-take")
        whole = bool(area) and st.form_submit_button(say("deliveries.area_whole"), key="delivery-area-whole")
        found = range_of(text or "")
        if whole:
            say_later(file, preview, Word(areas=((sheet, None),)))
            st.rerun()
        elif taken and found is None:
            show(tag("p", say("deliveries.area_unclear", text=text or ""), class_="rt-told", role="status"))
        elif taken:
            say_later(file, preview, Word(areas=((sheet, found),)))
            st.rerun()
        show(note(say("deliveries.area_note")))
