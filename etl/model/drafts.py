"""Files waiting in the dashboard: bytes kept with the uploader's name until accepted or discarded. No facts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from etl.model.tables import Draft

#: As many characters of a new partner's name as the table holds.
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file nobody has decided about yet. ``partner`` is the sender's name as given, "" where nobody gave one.

    ``given_day``: what was said about its day; ``received_at``: when its mail came, None where it was uploaded as it
    is; ``mail``: what that mail was called.
    """

    id: str
    partner: str
    file: str
    uploaded_by: str
    uploaded_at: dt.datetime
    given_day: dt.date | None = None
    received_at: dt.datetime | None = None
    mail: str | None = None


_COLUMNS = (
    Draft.id, Draft.partner, Draft.file, Draft.uploaded_by, Draft.uploaded_at,
    Draft.given_day, Draft.received_at, Draft.mail,
)  # fmt: skip


def add_waiting(
    connection: Connection,
    content: bytes,
    *,
    partner: str,
    file: str,
    person: str,
    at: dt.datetime,
    received_at: dt.datetime | None = None,
    mail: str | None = None,
    withheld: Mapping[str, Any] | None = None,
) -> WaitingFile:
    """Keep the bytes of ``file``; ``person`` is the user name of whoever uploaded it, and the only one who sees it.

    ``withheld``: what was left out of the bytes, which are those of a copy then.
    """
    mail = mail[:400] if mail else None
    waiting = WaitingFile(uuid.uuid4().hex, partner[:LONGEST_NAME], file[-400:], person, at, None, received_at, mail)
    connection.execute(
        insert(Draft).values(
            id=waiting.id,
            partner=waiting.partner,
            file=waiting.file,
            content=content,
            corrections={},
            uploaded_by=person,
            uploaded_at=at,
            received_at=received_at,
            mail=mail,
            withheld=dict(withheld) if withheld else None,
        )
    )
    return waiting


def waiting_files(connection: Connection, person: str) -> list[WaitingFile]:
    """What ``person`` has uploaded and not decided about, oldest first; without the bytes."""
    rows = connection.execute(
        select(*_COLUMNS).where(Draft.uploaded_by == person).order_by(Draft.uploaded_at, Draft.file, Draft.id)
    )
    return [WaitingFile(*row) for row in rows]


def waiting_content(connection: Connection, waiting: WaitingFile) -> bytes | None:
    """The bytes, or None where the file was accepted or discarded meanwhile."""
    found = connection.execute(select(Draft.content).where(Draft.id == waiting.id)).scalar_one_or_none()
    return None if found is None else bytes(found)


def waiting_corrections(connection: Connection, waiting: WaitingFile) -> dict[str, Any] | None:
    """What was put right about the file so far ({}: nobody said a word about it), or None where it waits no more."""
    mine = (Draft.id == waiting.id, Draft.uploaded_by == waiting.uploaded_by)
    found = connection.execute(select(Draft.corrections).where(*mine)).scalar_one_or_none()
    return None if found is None else dict(found)


def keep_corrections(connection: Connection, waiting: WaitingFile, corrections: Mapping[str, Any]) -> None:
    """Put right a waiting file from now on; nothing happens where it waits no more."""
    mine = (Draft.id == waiting.id, Draft.uploaded_by == waiting.uploaded_by)
    connection.execute(update(Draft).where(*mine).values(corrections=dict(corrections)))


def find_waiting(connection: Connection, draft: str, person: str) -> WaitingFile | None:
    """The file of this id, where it waits and ``person`` uploaded it."""
    row = connection.execute(select(*_COLUMNS).where(Draft.id == draft, Draft.uploaded_by == person)).first()
    return WaitingFile(*row) if row else None


def waiting_withheld(connection: Connection, waiting: WaitingFile) -> dict[str, Any] | None:
    """What was left out of the bytes before they were kept; None where nothing was."""
    found = connection.execute(select(Draft.withheld).where(Draft.id == waiting.id)).scalar_one_or_none()
    return dict(found) if found else None


def say_day(connection: Connection, draft: str, day: dt.date | None) -> None:
    """Say about which day a waiting file is."""
    connection.execute(update(Draft).where(Draft.id == draft).values(given_day=day))


def name_sender(connection: Connection, waiting: WaitingFile, partner: str) -> None:
    """Say from whom a waiting file comes."""
    connection.execute(update(Draft).where(Draft.id == waiting.id).values(partner=partner[:LONGEST_NAME]))


def remove_waiting(connection: Connection, waiting: WaitingFile) -> None:
    connection.execute(delete(Draft).where(Draft.id == waiting.id))
