"""A folder that the office dropped: read file by file, questions settled, what is sure accepted for the partners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.answers import uploads
from dashboard.answers.contacts import Viewer
from dashboard.answers.folder_reading import as_shown, propose_again, receive_folder
from dashboard.answers.picture import Picture
from etl.issues import Issue
from etl.model.drafts import WaitingFile, find_waiting, name_sender, say_day
from etl.model.folders import (
    accepted_meanwhile,
    clear_folder,
    drafts_in_folders,
    find_folder_file,
    folder_files,
    folders_of,
)
from etl.model.store import Store
from etl.pipeline import Preview, StaleComparison
from etl.pipeline.folder import Answers, Proposal
from etl.pipeline.folder.mails import Reply, all_mails, replies, reply_mail
from etl.stages.open_mail import Mail, is_wrapping

__all__ = ["Answers", "FolderFile", "FolderView", "Mail", "Proposal", "Reply", "is_wrapping", "receive_folder"]


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One thing in a folder, by what the store says now. ``state``: asked, sure, unusable, accepted, unchanged (it said
    nothing new and nothing had to be stored), undone (accepted and taken back), known (accepted from elsewhere since)
    or left_out; ``delivery`` is what came of it, ``draft`` its waiting file."""

    id: str
    file: str
    state: str
    proposal: Proposal
    answers: Answers
    draft: str | None = None
    mail: Mail | None = None
    issue: Issue | None = None
    delivery: int | None = None


@dataclass(frozen=True, slots=True)
class FolderView:
    """A folder as it stands; ``files`` in the order they were found."""

    id: str
    dropped: dt.datetime
    files: tuple[FolderFile, ...]

    def of(self, *states: str) -> tuple[FolderFile, ...]:
        return tuple(file for file in self.files if file.state in states)


def folders(store: Store, viewer: Viewer, person: str) -> list[tuple[str, dt.datetime]]:
    """What this person of the office dropped and has not cleared away: (folder, when)."""
    if viewer.role != "coordinator":
        return []
    with store.reading() as connection:
        return folders_of(connection, person)


def in_folders(store: Store, person: str) -> frozenset[str]:
    """Waiting files that are shown with their folder."""
    with store.reading() as connection:
        return drafts_in_folders(connection, person)


def folder_view(store: Store, folder: str, viewer: Viewer, person: str) -> FolderView | None:
    """The folder as it stands; None where there is none, or not for this viewer."""
    if viewer.role != "coordinator":
        return None
    with store.reading() as connection:
        rows = folder_files(connection, folder, person)
    if not rows:
        return None
    elsewhere = [row for row, waits in rows if waits and row.named and row.named != row.proposal.get("sender")]
    for row in elsewhere:  # the sender was put right where the file is looked at by itself
        answer(store, row.id, viewer, person, sender=row.named)
    if elsewhere:
        with store.reading() as connection:
            rows = folder_files(connection, folder, person)
    with store.reading() as connection:
        known = accepted_meanwhile(connection, folder, person)
    files = tuple(_file(row, waits, known.get(row.id)) for row, waits in rows)
    return FolderView(folder, rows[0][0].uploaded_at, files)


def _file(row: Any, waits: bool, known: int | None) -> FolderFile:
    proposal = Proposal.from_data(row.proposal)
    if row.delivery is not None:
        state = ("undone" if row.undone_at else "accepted") if row.delivery else "unchanged"
    elif known is not None:
        state = "known"
    elif row.issue is not None:
        state = "unusable"
    elif not waits:
        state = "left_out"
    else:
        state = "asked" if proposal.question else "sure"
    return FolderFile(
        id=row.id,
        file=row.file,
        state=state,
        proposal=proposal,
        answers=Answers.from_data(row.answers),
        draft=row.draft if waits else None,
        mail=Mail.from_data(row.came_in) if row.came_in else None,
        issue=Issue.from_data(row.issue) if row.issue else None,
        delivery=row.delivery or known,
    )


def answer(store: Store, id: str, viewer: Viewer, person: str, **said: Any) -> str:
    """Settle what is open about a file and propose anew: ``sender`` (a name), ``day``, ``yes`` (the question).

    Returns ``settled``, or ``gone`` where it waits no more or is not this viewer's.
    """
    found = _waiting(store, id, viewer, person)
    if found is None:
        return "gone"
    row, waiting = found
    known = Answers.from_data(row.answers)
    yes = known.yes | ({said["yes"]} if said.get("yes") else set())
    answers = Answers(said.get("sender") or known.sender, said.get("day") or known.day, yes)
    with store.writing() as connection:
        if said.get("sender"):
            name_sender(connection, waiting, answers.sender)
        if said.get("day"):
            say_day(connection, waiting.id, answers.day)
    propose_again(store, row, waiting, answers)
    return "settled"


def _waiting(store: Store, id: str, viewer: Viewer, person: str) -> tuple[Any, WaitingFile] | None:
    if viewer.role != "coordinator":
        return None
    with store.reading() as connection:
        row = find_folder_file(connection, id, person)
        waiting = find_waiting(connection, row.draft, person) if row is not None and row.draft else None
    return (row, waiting) if row is not None and waiting is not None else None


def leave_out(store: Store, id: str, viewer: Viewer, person: str) -> str:
    """Let go of a file. ``left_out`` or ``gone``."""
    found = _waiting(store, id, viewer, person)
    if found is None:
        return "gone"
    uploads.discard(store, found[1])
    return "left_out"


def clear(store: Store, folder: str, viewer: Viewer, person: str) -> bool:
    """Clear a folder away, with what still waits in it."""
    if viewer.role != "coordinator":
        return False
    with store.writing() as connection:
        clear_folder(connection, folder, person)
    return True


@dataclass(frozen=True, slots=True)
class Taken:
    """How many files were accepted, said nothing new, and have to be looked at again because the store has changed
    since they were shown."""

    accepted: int = 0
    unchanged: int = 0
    again: int = 0


def accept_sure(
    store: Store, ids: Sequence[str], viewer: Viewer, *, person: str, by: str, own: str | None, now: dt.datetime
) -> Taken:
    """Accept the files that were shown as sure, in the order they came, each in a transaction of its own, on behalf of
    the partners that are not the office's ``own``. A comparison that somebody else has made another is shown anew, not
    accepted; where only the lists accepted before it did, it is compared anew and accepted."""
    taken = Taken()
    found = [one for id in ids if (one := _waiting(store, id, viewer, person)) is not None]
    found.sort(key=lambda one: (one[1].received_at or one[1].uploaded_at, one[0].place))
    shown = [
        None if Proposal.from_data(row.proposal).question else as_shown(store, row, waiting) for row, waiting in found
    ]
    start = ours = store.version()
    for (row, waiting), preview in zip(found, shown, strict=True):
        outcome = "again"
        if preview is not None:
            only_ours = preview.version == start and store.version() == ours
            outcome = _accept(store, row, waiting, preview, only_ours=only_ours, by=by, own=own, now=now)
            ours = store.version() if only_ours else ours
        taken = replace(taken, **{outcome: getattr(taken, outcome) + 1})
    return taken


def _accept(
    store: Store, row: Any, waiting: WaitingFile, preview: Preview, *, only_ours: bool, **who: Any
) -> Literal["accepted", "unchanged", "again"]:
    """``only_ours``: nothing but this very click changed the store since the preview was shown."""
    try:
        accepted = uploads.accept(store, waiting, preview, **who)
    except (StaleComparison, uploads.NotAsShown) as other:
        found = propose_again(store, row, waiting, Answers.from_data(row.answers))
        told = found is not None and found.preview is not None and not found.proposal.question
        if not (only_ours and told and isinstance(other, StaleComparison)):
            return "again"
        anew = as_shown(store, row, waiting)
        return _accept(store, row, waiting, anew, only_ours=False, **who) if anew is not None else "again"
    return "accepted" if accepted.number else "unchanged"


def mails_of(store: Store, picture: Picture, view: FolderView, viewer: Viewer) -> tuple[Reply, ...]:
    """The mails that can be written about what was accepted; those to the office's own partner are left out."""
    if viewer.role != "coordinator":
        return ()
    numbers = [file.delivery for file in view.of("accepted") if file.delivery]
    return tuple(reply for reply in replies(store, numbers, picture.facts) if reply.partner != viewer.partner)


def mail_file(store: Store, found: Sequence[Reply], viewer: Viewer, *, person: str) -> bytes:
    """One mail as a draft file, several in an archive. Raises PermissionError for others than the office."""
    if viewer.role != "coordinator":
        raise PermissionError
    return reply_mail(store, found[0], person=person) if len(found) == 1 else all_mails(store, found, person=person)
