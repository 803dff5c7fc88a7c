"""Reading what the office dropped, file by file, and again after an answer; the previews that are shown are kept."""

from __future__ import annotations

import datetime as dt
import logging
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from etl.issues import Issue
from etl.model.drafts import (
    WaitingFile,
    add_waiting,
    name_sender,
    remove_waiting,
    waiting_content,
    waiting_corrections,
    waiting_withheld,
)
from etl.model.folders import add_folder_file, keep_proposal
from etl.model.store import Store
from etl.pipeline import Preview
from etl.pipeline.clean_copy import CleanCopy
from etl.pipeline.folder import (
    Answers,
    Correspondents,
    FoundFile,
    Proposal,
    Proposed,
    correspondents_in,
    found_in,
    propose,
    repeated,
)
from etl.pipeline.picture.rated import load_thresholds
from etl.stages.corrections import Corrections
from etl.stages.open_mail import Mail

log = logging.getLogger("rundertisch")

#: (store, waiting file) -> the preview whose comparison is shown, so that accepting need not read it again.
_shown: OrderedDict[tuple[str, str], Preview] = OrderedDict()
_MOST_SHOWN = 80
_lock = threading.Lock()


#: Told while a folder is read: how many of how many, and the name of the next.
Told = Callable[[int, int, str], None]


def receive_folder(
    store: Store,
    dropped: Sequence[tuple[str, bytes]],
    viewer: Viewer,
    *,
    person: str,
    at: dt.datetime,
    sender: str = "",
    tell: Told = lambda done, total, file: None,
) -> str | None:
    """Read everything dropped, (name, bytes) each, and keep what may be accepted; the folder's id, None for others than
    the office. ``sender``: the partner's name where all come from one."""
    if viewer.role != "coordinator":
        return None
    tell(0, len(dropped), "")
    files = repeated([file for name, content in dropped for file in found_in(name, content)])
    folder = uuid.uuid4().hex
    reading = _Reading(store, at)
    for place, file in enumerate(files):
        tell(place, len(files), file.file)
        _receive(reading, folder, place, file, person, Answers(sender))
    tell(len(files), len(files), "")
    return folder


@dataclass(slots=True)
class _Reading:
    """What reading the files of one folder has in common."""

    store: Store
    at: dt.datetime
    known: Correspondents | None = None

    @property
    def correspondents(self) -> Correspondents:
        if self.known is None:
            with self.store.reading() as connection:
                self.known = correspondents_in(connection)
        return self.known

    def propose(
        self, file: FoundFile, answers: Answers, copy: CleanCopy | None = None, corrections: Corrections | None = None
    ) -> Proposed:
        """A file that makes us stumble is told as such and does not hold up the others."""
        try:
            return propose(
                self.store,
                file,
                answers,
                now=self.at,
                thresholds=load_thresholds(),
                correspondents=self.correspondents,
                copy=copy,
                corrections=corrections,
            )
        except Exception:
            reference = uuid.uuid4().hex[:8]
            log.exception("reading a file of a folder failed (reference %s)", reference)
            return Proposed(Proposal(), issue=Issue("delivery_failed", values={"reference": reference}))


def _receive(reading: _Reading, folder: str, place: int, file: FoundFile, person: str, answers: Answers) -> None:
    found = Proposed(Proposal(), issue=file.issue) if file.issue else reading.propose(file, answers)
    waiting = None
    with reading.store.writing() as connection:
        if found.issue is None:
            waiting = add_waiting(
                connection,
                found.copy.content if found.copy else file.content,
                partner=found.proposal.sender,
                file=found.copy.file if found.copy else file.file,
                person=person,
                at=reading.at,
                received_at=file.received(reading.at) if file.mail else None,
                mail=file.carrier,
                withheld=found.copy.as_data() if found.copy else None,
            )
        add_folder_file(
            connection,
            folder=folder,
            place=place,
            file=file.file,
            came_in=file.mail.as_data() if file.mail else None,
            draft=waiting.id if waiting else None,
            issue=found.issue.as_data() if found.issue else None,
            proposal=found.proposal.as_data(),
            answers=answers.as_data(),
            person=person,
            at=reading.at,
        )
    if waiting is not None and found.preview is not None:
        _show(reading.store, waiting.id, found.preview)


def _show(store: Store, draft: str, preview: Preview) -> None:
    with _lock:
        _shown[store.url, draft] = preview
        _shown.move_to_end((store.url, draft))
        while len(_shown) > _MOST_SHOWN:
            _shown.popitem(last=False)


def propose_again(store: Store, row: Any, waiting: WaitingFile, answers: Answers) -> Proposed | None:
    """Read a waiting file again with what was answered; None where its bytes are gone."""
    with store.reading() as connection:
        content = waiting_content(connection, waiting)
        left_out = waiting_withheld(connection, waiting)
        said = waiting_corrections(connection, waiting)
    if content is None:
        return None
    mail = Mail.from_data(row.came_in) if row.came_in else None
    copy = CleanCopy.from_data(content, waiting.file, left_out) if left_out else None
    file = FoundFile(waiting.file, waiting.file, content, mail)
    reading = _Reading(store, waiting.uploaded_at)
    found = reading.propose(file, answers, copy, Corrections.from_data(said) if said else None)
    with store.writing() as connection:
        issue = found.issue.as_data() if found.issue else None
        keep_proposal(connection, row.id, found.proposal.as_data(), answers.as_data(), issue)
        if found.proposal.sender:
            name_sender(connection, waiting, found.proposal.sender)
        if found.issue is not None:
            remove_waiting(connection, waiting)
    if found.preview is not None:
        _show(store, waiting.id, found.preview)
    return found


def as_shown(store: Store, row: Any, waiting: WaitingFile) -> Preview | None:
    """The preview that was shown, made anew where it is gone from here; None where it says something else now."""
    with store.reading() as connection:
        said = waiting_corrections(connection, waiting)
    corrections = Corrections.from_data(said) if said else None
    with _lock:
        preview = _shown.pop((store.url, waiting.id), None)
    if preview is not None and (corrections is None or corrections == preview.corrections):
        return preview
    found = propose_again(store, row, waiting, Answers.from_data(row.answers))
    if found is None or found.preview is None:
        return None
    same = found.proposal == Proposal.from_data(row.proposal)
    return found.preview if same else None
