"""Sending a table, deciding about it: the controls of Rückmeldungen and what they lead to."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import deliveries as answers
from dashboard.answers import reviews, uploads
from dashboard.answers.contacts import Viewer
from dashboard.answers.put_right import Corrections, Word, correct
from dashboard.answers.uploads import NeedsOffice, NotAsShown, Preview, StaleComparison, TellsOfClient, WaitingFile
from dashboard.parts.blocks import ListRow, list_rows, note, section
from dashboard.parts.context import Context
from dashboard.parts.html import clickable, joined, plain_label, show, tag
from etl.issues import Issue
from etl.model.store import Store
from etl.wording.issues import issue_wording

#: Session keys: what was decided in the run before, what is to be told once, which uploader is shown.
_DECIDED, _TOLD, _UPLOADER = "deliveries-decided", "deliveries-told", "deliveries-uploader"
#: Names in the address: the waiting file, its sheet and cell, the delivery accepted or about to be taken back.
FILE, SHEET, CELL, ROWS, ACCEPTED, BACK = "datei", "blatt", "zelle", "zeilen", "angenommen", "zurueck"


def viewer_of(context: Context) -> Viewer:
    return Viewer(context.role, context.user.partner)


def tell(key: str, **values: Any) -> None:
    """Say a sentence once, in the next run or this one."""
    st.session_state.setdefault(_TOLD, []).append((key, values))


def show_told(context: Context) -> None:
    """What is to be told once, in a box of its own."""
    told = st.session_state.pop(_TOLD, [])
    if told:
        show(*(tag("p", context.say(key, **values), class_="rt-told", role="status") for key, values in told))


def waiting(context: Context) -> list[WaitingFile]:
    return uploads.waiting_for(context.store, context.user.username)


def chosen(files: Sequence[WaitingFile]) -> WaitingFile | None:
    """The waiting file the address names."""
    asked = st.query_params.get(FILE)
    return next((file for file in files if file.id == asked), None)


def decide_later(decision: str, *subject: Any) -> None:
    """Callback of a button: what was shown when it was pressed is what is decided, in the run that follows."""
    st.session_state[_DECIDED] = (decision, subject)


def say_later(file: WaitingFile, preview: Preview, word: Word) -> None:
    """What the uploader says about a file is kept in the run that follows."""
    decide_later("correct", file, preview, word)


def carry_out(context: Context) -> None:
    """Do what was decided with a button in the run before."""
    decision, subject = st.session_state.pop(_DECIDED, (None, ()))
    if decision == "accept":
        _accept(context, *subject)
    elif decision == "correct":
        _correct(context, *subject)
    elif decision == "ask":
        _ask(context, *subject)
    elif decision == "discard":
        uploads.discard(context.store, *subject)
        tell("deliveries.discarded", file=subject[0].file)
        st.query_params.clear()
    elif decision == "take_back":
        _take_back(context, *subject)


def _correct(context: Context, file: WaitingFile, preview: Preview, word: Word) -> None:
    if file.uploaded_by != context.user.username:
        return
    with st.spinner(_reading(context, file.file)):
        became = correct(context.store, file, preview, word)
    if isinstance(became, Issue):
        tell("deliveries.not_that_way", reason=issue_wording(context.language)(became)[0])
    elif became != "kept":
        tell(f"deliveries.correct.{became}", file=file.file)


def _accept(
    context: Context, file: WaitingFile, preview: Preview, words: Mapping[str, reviews.Word], remember: bool = False
) -> None:
    if not uploads.may_accept(preview, viewer_of(context)):
        tell("deliveries.not_yours")
        return
    try:
        with st.spinner(context.say("deliveries.accepting")):
            accepted = uploads.accept(
                context.store,
                file,
                preview,
                now=context.now,
                by=context.user.display_name,
                remember=remember,
                for_partner=answers.for_partner(viewer_of(context)),
                own=context.user.partner,
                words=words,
            )
    except NotAsShown as change:
        tell(f"deliveries.accept.{change.reason}", file=file.file)
        return
    except NeedsOffice:
        tell("deliveries.office.needed")
        return
    except StaleComparison:
        tell("deliveries.stale")
        return
    except TellsOfClient:
        tell("deliveries.words.single_client")
        return
    st.query_params.clear()
    if accepted.number is None:
        tell("deliveries.unchanged", file=file.file)
    else:
        st.query_params[ACCEPTED] = str(accepted.number)


def _ask(context: Context, file: WaitingFile, preview: Preview, words: Mapping[str, reviews.Word]) -> None:
    """The partner's yes, kept until the office has looked."""
    partner = answers.for_partner(viewer_of(context))
    if partner is None or partner != preview.sender.key:
        tell("deliveries.not_yours")
        return
    by = context.user.display_name
    try:
        reviews.give_to_office(context.store, file, preview, words, partner=partner, by=by, at=context.now)
    except TellsOfClient:
        tell("deliveries.words.single_client")
        return
    tell("deliveries.office.handed", file=file.file)
    st.query_params.clear()


def _take_back(context: Context, number: int) -> None:
    viewer, person = viewer_of(context), context.user.display_name
    outcome = answers.take_back(context.store, number, viewer, now=context.now, by=person)
    tell(f"deliveries.take_back.{outcome}", number=number)
    st.query_params.clear()


def upload(context: Context, as_folder: Callable[[Context, Sequence[Any], str], bool]) -> None:
    """Choose files; each is read at once and then waits for a decision, ``as_folder`` or by itself."""
    sender = _sender(context)
    if sender is None:
        show(note(context.say("deliveries.without_partner")))
        return
    number = st.session_state.setdefault(_UPLOADER, 0)
    files = st.file_uploader(context.say("deliveries.choose"), accept_multiple_files=True, key=f"{_UPLOADER}-{number}")
    show(note(context.say("deliveries.choose_hint")))
    if context.is_office:
        show(note(context.say("folder.choose_hint")))
    if files:
        st.session_state[_UPLOADER] = number + 1
        if not as_folder(context, files, sender):
            _receive(context, files, sender)
        st.rerun()


def _sender(context: Context) -> str | None:
    """The name a file is sent under: a partner's own, for the office the chosen one ("" as the file says)."""
    names = uploads.partner_names(context.store)
    if not context.is_office:
        return names.get(context.user.partner or "")
    return choose_sender(context, list(names.values()), "deliveries-sender", from_file=True)


def choose_sender(context: Context, names: list[str], key: str, *, from_file: bool = False, value: str = "") -> str:
    """A partner by name, or a new one typed in; with ``from_file`` the file may say it itself ("")."""
    options = (["", *names] if from_file else names) if not value or value in names else [value, *names]
    found = st.selectbox(
        context.say("deliveries.sender"),
        options,
        index=options.index(value) if value in options else (0 if from_file else None),
        key=key,
        format_func=lambda name: name or context.say("deliveries.sender_from_file"),
        accept_new_options=True,
        placeholder=context.say("deliveries.sender_hint"),
        help=context.say("deliveries.sender_help"),
    )
    return (found or "").strip()


def _receive(context: Context, files: Sequence[Any], sender: str) -> None:
    words = issue_wording(context.language)
    bar, first = st.progress(0.0), None
    for place, file in enumerate(files):
        bar.progress(place / len(files), _reading(context, file.name))
        found = uploads.receive(
            context.store, file.getvalue(), file.name, partner=sender, person=context.user.username, at=context.now
        )
        first = first or found.waiting
        if found.refused is not None:
            sentence, proposal = words(found.refused)
            tell("deliveries.refused", file=found.file, reason=sentence, proposal=proposal or "")
    bar.empty()
    st.query_params.clear()
    if first is not None:
        st.query_params[FILE] = first.id


def _reading(context: Context, file: str) -> str:
    return plain_label(context.say("deliveries.reading", file=file))


def show_waiting(context: Context, files: Sequence[WaitingFile]) -> None:
    """Files that wait for a decision, and those whose partner has decided and the office has not; a click opens one."""
    handed = [file for file in files if _is_handed(context, file)]
    _files(context, [file for file in files if file not in handed], "deliveries.waiting", "deliveries-waiting")
    _files(context, handed, "deliveries.office.handed_list", "deliveries-handed")


def _is_handed(context: Context, file: WaitingFile) -> bool:
    standing = reviews.standing_of(context.store, file)
    return standing is not None and standing.answer is None


def _files(context: Context, files: Sequence[WaitingFile], title: str, key: str) -> None:
    if not files:
        return
    rows = [ListRow(file.file, _waiting_note(context, file), target=file.id) for file in files]
    head = section(context.say(title), context.say("deliveries.waiting_n", n=len(files)))
    opened = clickable(joined([head, list_rows(rows)]), key=key)
    if opened:
        st.query_params.clear()
        st.query_params[FILE] = opened
        st.rerun()


def _waiting_note(context: Context, file: WaitingFile) -> str:
    partner = file.partner or context.say("deliveries.sender_from_file")
    return context.say("deliveries.waiting_since", partner=partner, when=file.uploaded_at)


def preview_of(context: Context, file: WaitingFile) -> Preview | Issue | None:
    """The preview, read once per version of the store and of what was put right."""
    store = context.store
    corrections = uploads.put_right(store, file)
    said = None if corrections is None else json.dumps(corrections.as_data())
    with st.spinner(_reading(context, file.file)):
        return _preview(store.url, store.version(), file.id, file.partner, said, store, file, corrections)


@st.cache_resource(max_entries=8, show_spinner=False)
def _preview(
    url: str,
    version: int,
    id: str,
    partner: str,
    said: str | None,
    _store: Store,
    _file: WaitingFile,
    _corrections: Corrections | None,
) -> Preview | Issue | None:
    return uploads.understood(_store, _file, _corrections)


def address(**values: str | None) -> None:
    """Change the address of this view; None takes a name out."""
    for name, value in values.items():
        if value is None:
            st.query_params.pop(name, None)
        else:
            st.query_params[name] = value
