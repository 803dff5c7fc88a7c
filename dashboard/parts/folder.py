"""A dropped folder: what is sure and accepted with one click, what is asked, what can't be used, what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.answers import folders
from dashboard.answers.folders import FolderFile, FolderView
from dashboard.answers.uploads import WaitingFile
from dashboard.parts.blocks import Column, ListRow, headline, list_rows, note, section, table
from dashboard.parts.context import Context
from dashboard.parts.deliveries import FILE, show_told, tell, viewer_of
from dashboard.parts.folder_mails import show_mails
from dashboard.parts.folder_questions import show_questions
from dashboard.parts.html import Content, Markup, clickable, go, joined, plain_label, show, tag
from dashboard.parts.pressed import press, pressed
from etl.wording import formatted
from etl.wording.issues import issue_wording

Say = Callable[..., str]

#: Name in the address: the folder that is open.
FOLDER = "ordner"
_ACCEPT, _ANSWER, _LEAVE, _CLEAR = "folder-accept", "folder-answer", "folder-leave", "folder-clear"
_LOOK, _OUT = "ansehen:", "weglassen:"
_CHANGES = ("new", "changed", "unchanged", "missing")


def take(context: Context, files: Sequence[Any], sender: str) -> bool:
    """Read what the office dropped at once, and open it as a folder; False where it is a single list."""
    if not context.is_office or (len(files) == 1 and not folders.is_wrapping(files[0].getvalue(), files[0].name)):
        return False
    bar = st.progress(0.0)

    def reading(done: int, total: int, file: str) -> None:
        words = context.say("folder.reading", done=done, total=total, file=file)
        bar.progress(done / total if total else 0.0, plain_label(words))

    folder = folders.receive_folder(
        context.store,
        [(file.name, file.getvalue()) for file in files],
        viewer_of(context),
        person=context.user.username,
        at=context.now,
        sender=sender,
        tell=reading,
    )
    bar.empty()
    st.query_params.clear()
    if folder is not None:
        st.query_params[FOLDER] = folder
    return True


def carry_out(context: Context) -> None:
    """What was pressed in the run before."""
    found = pressed(_ACCEPT, _ANSWER, _LEAVE, _CLEAR)
    if found is None:
        return
    decision, subject = found
    store, viewer, person = context.store, viewer_of(context), context.user.username
    if decision == _ACCEPT:
        with st.spinner(context.say("deliveries.accepting")):
            taken = folders.accept_sure(
                store,
                subject[0],
                viewer,
                person=person,
                by=context.user.display_name,
                own=context.user.partner,
                now=context.now,
            )
        if taken.accepted or not (taken.unchanged or taken.again):
            tell("folder.taken", n=taken.accepted)
        for name in ("unchanged", "again"):
            if getattr(taken, name):
                tell(f"folder.taken.{name}", n=getattr(taken, name))
    elif decision == _ANSWER:
        if folders.answer(store, subject[0], viewer, person, **subject[1]) == "gone":
            tell("folder.gone")
    elif decision == _LEAVE:
        tell(f"folder.{folders.leave_out(store, subject[0], viewer, person)}", file=subject[1])
    elif folders.clear(store, subject[0], viewer, person):
        st.query_params.clear()
        tell("folder.cleared")


def asked(context: Context) -> FolderView | None:
    """The folder the address names, where it is this person's."""
    folder = st.query_params.get(FOLDER)
    if not folder or not context.is_office:
        return None
    return folders.folder_view(context.store, folder, viewer_of(context), context.user.username)


def apart(context: Context, files: Sequence[WaitingFile]) -> list[WaitingFile]:
    """Waiting files that are in no folder."""
    held = folders.in_folders(context.store, context.user.username) if context.is_office else frozenset()
    return [file for file in files if file.id not in held]


def show_folders(context: Context) -> None:
    """The folders that are not cleared away; a click opens one."""
    say, rows = context.say, []
    for folder, dropped in folders.folders(context.store, viewer_of(context), context.user.username):
        view = folders.folder_view(context.store, folder, viewer_of(context), context.user.username)
        if view is not None:
            rows.append(ListRow(say("folder.row", when=dropped), _sentence(view, say), target=folder))
    if not rows:
        return
    opened = clickable(joined([section(say("folder.list")), list_rows(rows)]), key="folders-open")
    if opened:
        st.query_params.clear()
        st.query_params[FOLDER] = opened
        st.rerun()


def _sentence(view: FolderView, say: Say) -> str:
    """The finding: what is accepted, what is sure, what is asked."""
    counted = [("accepted", view.of("accepted")), ("known", view.of("unchanged", "known"))]
    counted += [("undone", view.of("undone")), ("sure", view.of("sure")), ("asked", view.of("asked"))]
    told = [say(f"folder.headline.{name}", n=len(files)) for name, files in counted if files]
    return " ".join(told) or say("folder.headline.nothing")


def show_folder(context: Context, view: FolderView) -> None:
    """The whole view of a folder."""
    say = context.say
    back = clickable(
        tag("p", go(say("deliveries.back"), "zurueck", class_="rt-link"), class_="rt-over"), key="folder-ways"
    )
    if back:
        st.query_params.clear()
        st.rerun()
    show(headline(say("folder.over", when=view.dropped, n=len(view.files)), _sentence(view, say)))
    show_told(context)
    _decide(context, view)
    show_questions(context, view.of("asked"), _press_answer, _press_leave)
    _sure(context, view)
    _accepted(context, view)
    _unusable(context, view)


def _press_answer(file: FolderFile, **said: Any) -> dict[str, Any]:
    return {"on_click": press, "args": (_ANSWER, file.id, said)}


def _press_leave(file: FolderFile) -> dict[str, Any]:
    return {"on_click": press, "args": (_LEAVE, file.id, file.file)}


def _decide(context: Context, view: FolderView) -> None:
    say, sure = context.say, view.of("sure")
    waiting = len(sure) + len(view.of("asked"))
    with st.container(horizontal=True, key="folder-decide"):
        if sure:
            ids = [file.id for file in sure]
            label = say("folder.accept", n=len(sure))
            st.button(label, type="primary", key="folder-accept", on_click=press, args=(_ACCEPT, ids))
        if not waiting:
            st.button(say("folder.clear"), key="folder-clear", on_click=press, args=(_CLEAR, view.id))
            return
        with st.popover(say("folder.clear")):
            show(note(say("folder.clear_what", n=waiting)))
            st.button(say("folder.clear_do"), key="folder-clear", on_click=press, args=(_CLEAR, view.id))


def _sure(context: Context, view: FolderView) -> None:
    files, say = view.of("sure"), context.say
    if not files:
        return
    show(section(say("folder.sure"), say("folder.n", n=len(files))), note(say("folder.sure_what")))
    columns = [
        Column(say("deliveries.column.file")),
        Column(say("deliveries.column.partner")),
        Column(say("deliveries.column.day"), narrow=True),
        Column(say("folder.column.holds")),
        Column(say("folder.column.more")),
    ]
    clicked = clickable(
        table(columns, (_row(file, context) for file in files), label=say("folder.sure")), key="folder-sure"
    )
    named = {f"{way}{file.draft}": file for file in files for way in (_LOOK, _OUT)}
    if clicked in named and clicked.startswith(_LOOK):
        st.query_params.clear()
        st.query_params[FILE] = named[clicked].draft or ""
        st.rerun()
    elif clicked in named:
        _press_leave_now(named[clicked])
        st.rerun()


def _press_leave_now(file: FolderFile) -> None:
    press(_LEAVE, file.id, file.file)


def _row(file: FolderFile, context: Context) -> list[Content]:
    say, found = context.say, file.proposal
    ways = [
        go(say("folder.look"), f"{_LOOK}{file.draft}", label=file.file, class_="rt-link"),
        go(say("folder.leave"), f"{_OUT}{file.draft}", label=file.file, class_="rt-link"),
    ]
    return [
        tag("span", file.file, class_="rt-file"),
        joined([found.sender, tag("small", sender_words(file, say))]),
        joined([formatted(context.language, day_of(file), "short_date"), tag("small", day_words(file, say))]),
        joined([holds_words(file, say), tag("small", say("folder.places", n=found.to_clarify))]),
        joined(ways, " · "),
    ]


def day_of(file: FolderFile) -> dt.date:
    return dt.date.fromisoformat(file.proposal.day)


def sender_words(file: FolderFile, say: Say) -> str:
    """Why it is this sender: „an den Überschriften erkannt“."""
    new = "" if file.proposal.sender_key else f" {say('folder.sender.new')}"
    return say(f"folder.sender.{file.proposal.sender_how}") + new


def day_words(file: FolderFile, say: Say) -> str:
    return say(f"folder.day.{file.proposal.day_how}")


def holds_words(file: FolderFile, say: Say) -> str:
    """„3 neu, 2 geändert, 12 unverändert“ over all kinds."""
    counts = file.proposal.changes.values()
    total = {change: sum(kind.get(change, 0) for kind in counts) for change in _CHANGES}
    return ", ".join(say(f"deliveries.change.{change}", n=n) for change, n in total.items() if n)


def _unusable(context: Context, view: FolderView) -> None:
    files, say, words = view.of("unusable"), context.say, issue_wording(context.language)
    left = view.of("left_out")
    if not files and not left:
        return
    rows = []
    for file in files:
        assert file.issue is not None, "it can't be used for a reason"
        sentence, proposal = words(file.issue)
        rows.append(ListRow(file.file or say("folder.mail"), _why(file, sentence, proposal, say)))
    rows += [ListRow(file.file, say("folder.left_out_row")) for file in left]
    show(section(say("folder.unusable"), say("folder.n", n=len(rows))), list_rows(rows))


def _why(file: FolderFile, sentence: str, proposal: str | None, say: Say) -> Markup:
    told = file.mail is None or (file.issue is not None and "mail" in file.issue.values)
    came = "" if told or file.mail is None else f"({say('folder.came', mail=file.mail.subject)})"
    return joined([part for part in (sentence, proposal, came) if part], " ")


def _accepted(context: Context, view: FolderView) -> None:
    files, say = view.of("accepted", "unchanged", "known", "undone"), context.say
    if not files:
        return
    show_mails(context, view)
    rows = [ListRow(file.file, _became(file, say)) for file in files]
    show(section(say("folder.accepted"), say("folder.n", n=len(files))), list_rows(rows))


def _became(file: FolderFile, say: Say) -> str:
    if file.delivery is None:
        return say("folder.became.unchanged", partner=file.proposal.sender)
    if file.state in ("known", "undone"):
        return say(f"folder.became.{file.state}", partner=file.proposal.sender, number=file.delivery)
    return say(
        "folder.became.accepted", partner=file.proposal.sender, number=file.delivery, holds=holds_words(file, say)
    )
