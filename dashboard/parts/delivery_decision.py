"""One waiting file: what was understood, what is to clarify, what would change, accept or discard."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.answers.offers import every_offer, offers
from dashboard.answers.put_right import as_sent
from dashboard.answers.sheet_view import SheetName, sheet_names, sheet_view
from dashboard.answers.uploads import Preview, WaitingFile, may_accept, partner_names, say_sender
from dashboard.parts.blocks import headline, note
from dashboard.parts.context import Context
from dashboard.parts.deliveries import (
    CELL,
    FILE,
    ROWS,
    SHEET,
    address,
    choose_sender,
    decide_later,
    preview_of,
    say_later,
    show_told,
    viewer_of,
)
from dashboard.parts.delivery_cell import cell_dialog, name_dialog
from dashboard.parts.delivery_column import area_choice, column_dialog
from dashboard.parts.delivery_consent import Way, decide, show_consequences
from dashboard.parts.delivery_grid import ALL_ROWS, OPEN_CELL, OPEN_COLUMN, ledger_line, sheet_grid
from dashboard.parts.delivery_issues import issues_markup
from dashboard.parts.delivery_offers import ALL_BACK, BACK, SAY, corrected_line, taken_back
from dashboard.parts.delivery_office import show_give_back
from dashboard.parts.hand_out import waiting_button
from dashboard.parts.html import Markup, clickable, go, joined, plain_label, show, tag
from etl.issues import Issue, places_to_clarify
from etl.wording.issues import issue_wording

#: A sheet of more columns takes the whole width of the page.
_BESIDE = 7


def show_decision(context: Context, file: WaitingFile, others: Sequence[WaitingFile]) -> None:
    """The whole view of a waiting file; ``others`` wait beside it."""
    _ways(context, file, others)
    found = preview_of(context, file)
    if found is None:
        st.query_params.clear()
        st.rerun()
    elif isinstance(found, Issue):
        _refused(context, file, found)
    else:
        _understood(context, file, found)


def _ways(context: Context, file: WaitingFile, others: Sequence[WaitingFile]) -> None:
    """Back to the list, and to the next file that waits."""
    links: list[Markup] = [go(context.say("deliveries.back"), "zurueck", class_="rt-link")]
    if others:
        links.append(go(context.say("deliveries.next", n=len(others)), others[0].id, class_="rt-link"))
    followed = clickable(tag("p", joined(links, " · "), class_="rt-over"), key="delivery-ways")
    if followed:
        st.query_params.clear()
        if followed != "zurueck":
            st.query_params[FILE] = followed
        st.rerun()


def _refused(context: Context, file: WaitingFile, issue: Issue) -> None:
    sentence, proposal = issue_wording(context.language)(issue)
    if issue.code != "sender_unknown":
        show(headline(file.file, context.say("deliveries.headline.refused")), tag("p", sentence), note(proposal))
        _discard(context, file)
        return
    show(headline(file.file, context.say("deliveries.headline.sender")), note(context.say("deliveries.ask_sender")))
    names = list(partner_names(context.store).values())
    with st.form(f"sender-{file.id}"):
        chosen = choose_sender(context, names, f"sender-of-{file.id}", value=issue.proposal or "")
        if st.form_submit_button(context.say("deliveries.sender_take"), type="primary") and chosen:
            say_sender(context.store, file, chosen)
            st.rerun()
    _discard(context, file)


def _understood(context: Context, file: WaitingFile, preview: Preview) -> None:
    say, language = context.say, context.language
    show(_headline(context, preview))
    show_told(context)
    sheet, cell = _sheet(context, sheet_names(preview)), st.query_params.get(CELL)
    view = sheet_view(preview, sheet, cell)
    show(ledger_line(view, say, language), key="delivery-ledger")
    corrected = corrected_line(preview, say, language)
    back = clickable(corrected, key="delivery-corrected") if corrected else None
    wide = len(view.columns) > _BESIDE
    left, right = (st.container(), st.container()) if wide else st.columns([2.1, 1], gap="large")
    with left:
        grid = sheet_grid(view, say, language, here=cell, unfold=ROWS in st.query_params)
        clicked = clickable(grid, key="delivery-sheet")
        area_choice(context, file, preview, view.name)
    with right:
        first, second = st.columns(2, gap="large") if wide else (st.container(), st.container())
        with first:
            only = view.name if len(preview.understood.sheets) == 1 else None
            told = issues_markup(preview.issues, say, language, lambda issue: offers(issue, preview), only)
            jump = clickable(told, key="delivery-issues")
        with second:
            way = show_consequences(context, file, preview)
    _decide(context, file, preview, way)
    _follow(context, file, preview, view.name, clicked or jump or back or "")


def _follow(context: Context, file: WaitingFile, preview: Preview, sheet: str, target: str) -> None:
    """Do what was clicked. A target that names nothing shown (forged, or of an older view) does nothing."""
    if target == ALL_ROWS:
        address(**{ROWS: "alle"})
        st.rerun()
    elif target.startswith(OPEN_CELL):
        cell_dialog(context, file, preview, sheet, [target.removeprefix(OPEN_CELL)])
    elif target.startswith(OPEN_COLUMN):
        cell = target.removeprefix(OPEN_COLUMN)
        if not column_dialog(context, file, preview, sheet, cell):
            cell_dialog(context, file, preview, sheet, [cell])
    elif target.startswith(BACK):
        _take_back(file, preview, target)
    elif target.startswith(SAY):
        _take_offer(context, file, preview, target.removeprefix(SAY))
    else:
        _jump(target)


def _take_back(file: WaitingFile, preview: Preview, target: str) -> None:
    correction = taken_back(preview, target.removeprefix(BACK))
    if target == ALL_BACK:
        say_later(file, preview, as_sent(preview.corrections))
        st.rerun()
    elif correction is not None:
        say_later(file, preview, correction.back)
        st.rerun()


def _take_offer(context: Context, file: WaitingFile, preview: Preview, key: str) -> None:
    offer = every_offer(preview).get(key)
    if offer is None:
        return
    if offer.kind == "open_column":
        column_dialog(context, file, preview, offer.sheet, offer.cells[0])
    elif offer.kind == "open_cell":
        cell_dialog(context, file, preview, offer.sheet, offer.cells)
    elif offer.kind == "open_name":
        name_dialog(context, file, preview, offer)
    else:
        say_later(file, preview, offer.word)
        st.rerun()


def _headline(context: Context, preview: Preview) -> Markup:
    whose = "own" if context.own_partner else "office"
    over = context.say("deliveries.over", partner=preview.sender.name, file=preview.file, day=preview.about)
    if preview.outcome == "unchanged":
        return headline(over, context.say(f"deliveries.headline.unchanged.{whose}"))
    first = context.say(f"deliveries.headline.{whose}")
    return headline(over, f"{first} {context.say('deliveries.places', n=places_to_clarify(preview.issues))}")


def _sheet(context: Context, sheets: Sequence[SheetName]) -> str | None:
    """The chosen sheet, kept in the address; a control only where there are several."""
    names = [sheet.name for sheet in sheets]
    first = next((sheet.name for sheet in sheets if sheet.to_clarify), names[0])
    asked = st.query_params.get(SHEET)
    shown = asked if asked in names else first
    if len(names) > 1:
        asks = {sheet.name: sheet.to_clarify for sheet in sheets}
        st.session_state["delivery-sheet-choice"] = shown
        st.pills(
            context.say("deliveries.sheets"),
            names,
            key="delivery-sheet-choice",
            format_func=lambda name: plain_label(f"{name} ({asks[name]} ✕)" if asks[name] else name),
            label_visibility="collapsed",
            on_change=_take_sheet,
        )
    return shown


def _take_sheet() -> None:
    address(**{SHEET: st.session_state["delivery-sheet-choice"], CELL: None, ROWS: None})


def _jump(target: str) -> None:
    """To the cell an issue names (``zelle:<sheet>!<cell>``)."""
    kind, _, place = target.partition(":")
    if kind == "zelle":
        sheet, _, cell = place.rpartition("!")
        address(**{SHEET: sheet, CELL: cell})
        st.rerun()


def _decide(context: Context, file: WaitingFile, preview: Preview, way: Way) -> None:
    if not may_accept(preview, viewer_of(context)):
        show(note(context.say("deliveries.not_yours")))
        _discard(context, file)
        return
    with st.container(key="delivery-decide", gap="small"):
        remember = _remember(context, preview)
        with st.container(horizontal=True, key="delivery-buttons"):
            if way.decision:
                label = context.say(f"deliveries.{way.decision}", n=places_to_clarify(preview.issues))
                told = {"on_click": decide, "args": (way, file, preview, remember), "disabled": not way.ready}
                st.button(label, type="primary", key="delivery-accept", **told)
            if context.is_office and way.standing is not None:
                show_give_back(context, file)
            else:
                _discard(context, file)
            if context.is_office:
                _change_sender(context, file, preview)
            waiting_button(context, preview)


def _remember(context: Context, preview: Preview) -> bool:
    """Whether what was said about columns holds for the partner's later lists too; asked only where something was."""
    if not preview.corrections.columns or preview.outcome == "unchanged":
        return False
    return st.checkbox(context.say("deliveries.remember"), value=True, key="delivery-remember")


def _discard(context: Context, file: WaitingFile) -> None:
    st.button(context.say("deliveries.discard"), key="delivery-discard", on_click=decide_later, args=("discard", file))


def _change_sender(context: Context, file: WaitingFile, preview: Preview) -> None:
    """For the office: the file came from someone else."""
    names = list(partner_names(context.store).values())
    with st.popover(context.say("deliveries.sender_change"), type="tertiary"):
        chosen = choose_sender(context, names, f"other-sender-{file.id}", value=preview.sender.name)
        if st.button(context.say("deliveries.sender_take"), key="sender-take") and chosen:
            say_sender(context.store, file, chosen)
            st.rerun()
