"""A file on its way in: received and kept, understood, accepted or discarded."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.order import alphabetical
from etl.issues import DeliveryRefused, Issue
from etl.model.drafts import (
    WaitingFile,
    add_waiting,
    name_sender,
    remove_waiting,
    waiting_content,
    waiting_corrections,
    waiting_files,
    waiting_withheld,
)
from etl.model.folders import note_delivery
from etl.model.partner_words import Word
from etl.model.reviews import find_review
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import Accepted, Preview, StaleComparison, accept_delivery, preview_delivery
from etl.pipeline.authority import NeedsOffice
from etl.pipeline.clean_copy import CleanCopy
from etl.pipeline.same_thing import tell_same_elsewhere
from etl.pipeline.single_clients import TellsOfClient
from etl.stages.corrections import Corrections

__all__ = ["Accepted", "NeedsOffice", "NotAsShown", "Preview", "Received", "StaleComparison", "TellsOfClient"]
__all__ += ["WaitingFile"]

_Key = tuple[str, int, str, str]
#: (store, its version, waiting file, sender) -> the preview made while it was received, until a page asks for it.
_fresh: dict[_Key, Preview] = {}
_MOST_FRESH = 8

log = logging.getLogger("rundertisch")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an uploaded file: it waits for a decision, or it was refused and nothing of it was kept."""

    file: str
    waiting: WaitingFile | None = None
    refused: Issue | None = None


class NotAsShown(Exception):
    """The file waits no more, or something else was put right about it elsewhere: what was shown can't be accepted.

    ``reason`` is gone or corrected.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def partner_names(store: Store) -> dict[str, str]:
    """Key -> name of every partner the store knows, alphabetical."""
    with store.reading() as connection:
        known = state_on(connection, kinds=["partner"]).kind("partner")
    names = {key: str(partner.value("name")) for key, partner in known.items() if partner.value("name")}
    return dict(sorted(names.items(), key=lambda item: alphabetical(item[1])))


def receive(store: Store, content: bytes, file: str, *, partner: str, person: str, at: dt.datetime) -> Received:
    """Read an uploaded file once and keep it until ``person`` decides; a file that is refused is not kept at all.

    ``partner`` is the sender's name, "" where the file itself has to say it; unknown senders are asked for later.
    """
    version = store.version()
    found = _understood(lambda: preview_delivery(store, content, file, partner=partner or None, now=at))
    if isinstance(found, Issue) and found.code != "sender_unknown":
        return Received(file, refused=found)
    with store.writing() as connection:
        waiting = add_waiting(connection, content, partner=partner, file=file, person=person, at=at)
    if isinstance(found, Preview):
        _keep_fresh((store.url, version, waiting.id, waiting.partner), found)
    return Received(file, waiting)


def _keep_fresh(key: _Key, preview: Preview) -> None:
    """What was just read is shown next: the page need not read it again."""
    while len(_fresh) >= _MOST_FRESH:
        _fresh.pop(next(iter(_fresh), key), None)
    _fresh[key] = preview


def waiting_for(store: Store, person: str) -> list[WaitingFile]:
    """What this person has uploaded and not decided about, oldest first."""
    with store.reading() as connection:
        return waiting_files(connection, person)


def put_right(store: Store, waiting: WaitingFile) -> Corrections | None:
    """What its uploader put right about the file so far; None where nobody said a word about it."""
    with store.reading() as connection:
        data = waiting_corrections(connection, waiting)
    return Corrections.from_data(data) if data else None


def understood(store: Store, waiting: WaitingFile, corrections: Corrections | None = None) -> Preview | Issue | None:
    """The preview of a waiting file, the issue that refuses it, or None where it does not wait any more.

    ``corrections``: how it is to be read; None as the very same file was accepted before, if it was.
    """
    with store.reading() as connection:
        content = waiting_content(connection, waiting)
        left_out = waiting_withheld(connection, waiting)
    if content is None:
        return None
    partner, at = waiting.partner or None, waiting.uploaded_at
    copy = CleanCopy.from_data(content, waiting.file, left_out) if left_out else None
    found: Preview | Issue | None = None
    if corrections is None:
        found = _fresh.pop((store.url, store.version(), waiting.id, waiting.partner), None)
    if found is None:
        found = _understood(
            lambda: preview_delivery(
                store,
                content,
                waiting.file,
                partner=partner,
                day=waiting.given_day,
                now=at,
                received_at=waiting.received_at,
                corrections=corrections,
                copy=copy,
            )
        )
    if isinstance(found, Preview):
        tell_same_elsewhere(store, found)
    return found


def _understood(preview: Callable[[], Preview]) -> Preview | Issue:
    try:
        return preview()
    except DeliveryRefused as refusal:
        return refusal.issue
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("preview of an upload failed (reference %s)", reference)
        return Issue("delivery_failed", values={"reference": reference})


def say_sender(store: Store, waiting: WaitingFile, partner: str) -> None:
    with store.writing() as connection:
        name_sender(connection, waiting, partner.strip())


def may_accept(preview: Preview, viewer: Viewer) -> bool:
    """The office for everyone; a partner only what was understood as its own."""
    return viewer.sees_received(preview.sender.key)


def accept(
    store: Store,
    waiting: WaitingFile,
    preview: Preview,
    *,
    now: dt.datetime,
    by: str,
    remember: bool = False,
    for_partner: str | None = None,
    own: str | None = None,
    words: Mapping[str, Word] | None = None,
) -> Accepted:
    """Accept what was shown and let go of the waiting bytes; ``remember`` its corrected columns for later lists.

    ``for_partner``: the partner whose sign-in this is, None for the office: it takes in on a partner's behalf what is
    not its ``own`` partner's; ``words``: its sentences beside ratings. Where the office takes
    what a partner has given it, the partner is who sent it. Raises ``StaleComparison``, ``NeedsOffice``,
    ``NotAsShown`` and ``TellsOfClient``: then nothing is stored, and it still waits if it did before.
    """
    with store.reading() as connection:
        said = waiting_corrections(connection, waiting)
        asked = find_review(connection, waiting.id) if for_partner is None else None
    if said is None:
        raise NotAsShown("gone")
    if said and Corrections.from_data(said) != preview.corrections:
        raise NotAsShown("corrected")
    told = {record: Word(*words_) for record, words_ in asked.words.items()} if asked else (words or {})
    sent_by, accepted_by = (asked.asked_by, by) if asked else (by, None)
    accepted = accept_delivery(
        store,
        preview,
        now=now,
        by=sent_by,
        accepted_by=accepted_by,
        for_partner=for_partner,
        words=told,
        remember=remember,
        on_behalf=asked is None and for_partner is None and own != preview.sender.key,
        mail=waiting.mail,
    )
    with store.writing() as connection:
        note_delivery(connection, waiting.id, accepted.number)
        remove_waiting(connection, waiting)
    return accepted


def discard(store: Store, waiting: WaitingFile) -> None:
    with store.writing() as connection:
        remove_waiting(connection, waiting)
