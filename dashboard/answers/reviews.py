"""What waits for the coordination office, and whose deliveries it wants to see first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.uploads import partner_names
from etl.model.drafts import WaitingFile
from etl.model.partner_words import Word
from etl.model.reviews import (
    AT_ONCE,
    OFFICE_FIRST,
    ask_office,
    find_review,
    policies,
    send_back,
    set_policy,
    waiting_for_office,
)
from etl.model.store import Store, raise_version
from etl.pipeline import Preview
from etl.pipeline.authority import NotYours, Reason
from etl.pipeline.single_clients import refuse_sentences, tells_of_client

__all__ = ["AT_ONCE", "OFFICE_FIRST", "Reason", "Standing", "Word"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a waiting file stands between its partner and the office. ``answer`` is why it was sent back."""

    partner: str
    words: Mapping[str, Word]
    asked_by: str
    asked_at: dt.datetime
    answer: str | None = None
    answered_by: str | None = None


@dataclass(frozen=True, slots=True)
class ForOffice:
    """A file its partner has said yes to; ``partner`` is the partner's name."""

    file: WaitingFile
    partner: str
    asked_by: str
    asked_at: dt.datetime


def standing_of(store: Store, file: WaitingFile) -> Standing | None:
    """None: its partner has not decided yet."""
    with store.reading() as connection:
        row = find_review(connection, file.id)
    if row is None:
        return None
    words = {record: Word(*told) for record, told in row.words.items()}
    return Standing(row.partner, words, row.asked_by, row.asked_at, row.answer, row.answered_by)


def for_office(store: Store, viewer: Viewer) -> tuple[ForOffice, ...]:
    """Files that wait for the office, oldest first; none for anybody else."""
    if viewer.role != "coordinator":
        return ()
    with store.reading() as connection:
        found = waiting_for_office(connection)
    names = partner_names(store) if found else {}
    return tuple(ForOffice(f, names.get(row.sender, f.partner), row.asked_by, row.asked_at) for f, row in found)


def give_to_office(
    store: Store,
    file: WaitingFile,
    preview: Preview,
    words: Mapping[str, Word],
    *,
    partner: str,
    by: str,
    at: dt.datetime,
) -> None:
    """The partner says yes to what was shown; it holds once the office says so too. Raises ``NotYours`` and
    ``TellsOfClient``: what waits is stored too."""
    if preview.sender.key != partner:
        raise NotYours
    refuse_sentences([by, *(word.text for word in words.values())])
    with store.writing() as connection:
        ask_office(connection, file, partner, words, by=by, at=at)


def give_back(store: Store, file: WaitingFile, answer: str, viewer: Viewer, *, by: str, at: dt.datetime) -> str:
    """The office sends a file back with a sentence: ``given_back``, ``gone`` where it does not wait there any more, or
    ``single_client``."""
    if viewer.role != "coordinator":
        raise NotYours
    if tells_of_client([answer]):
        return "single_client"
    with store.writing() as connection:
        return "given_back" if send_back(connection, file.id, answer.strip(), by=by, at=at) else "gone"


def policy_of_partners(store: Store) -> dict[str, tuple[str, str]]:
    """Partner -> (name, policy), alphabetical."""
    with store.reading() as connection:
        decided = policies(connection)
    return {key: (name, decided.get(key, AT_ONCE)) for key, name in partner_names(store).items()}


def choose_policy(store: Store, viewer: Viewer, partner: str, policy: str, *, by: str, at: dt.datetime) -> None:
    """From now on; what was accepted stays. For the office alone."""
    if viewer.role != "coordinator":
        raise NotYours
    with store.writing() as connection:
        set_policy(connection, partner, policy, person=by, now=at)
        raise_version(connection)
