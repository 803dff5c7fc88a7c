"""What the office dropped at once, file by file: what is proposed and asked, and what became of it. No facts."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from etl.model.tables import Delivery, Draft, FolderFile

FolderRow = Any


def add_folder_file(
    connection: Connection,
    *,
    folder: str,
    place: int,
    file: str,
    came_in: Mapping[str, Any] | None,
    draft: str | None,
    issue: Mapping[str, Any] | None,
    proposal: Mapping[str, Any],
    answers: Mapping[str, Any],
    person: str,
    at: dt.datetime,
) -> str:
    """One thing of a folder; ``person`` is the user name of whoever dropped it, and the only one who sees it."""
    id = uuid.uuid4().hex
    connection.execute(
        insert(FolderFile).values(
            id=id,
            folder=folder,
            place=place,
            file=file[-400:],
            came_in=dict(came_in) if came_in else None,
            draft=draft,
            issue=dict(issue) if issue else None,
            proposal=dict(proposal),
            answers=dict(answers),
            delivery=None,
            uploaded_by=person,
            uploaded_at=at,
        )
    )
    return id


def folder_files(connection: Connection, folder: str, person: str) -> list[tuple[FolderRow, bool]]:
    """The things of a folder in their order, each with whether its file still waits; ``named`` is the sender it waits
    under, ``undone_at`` when what came of it was taken back."""
    rows = connection.execute(
        select(FolderFile, Draft.id.label("waits"), Draft.partner.label("named"), Delivery.undone_at)
        .outerjoin(Draft, Draft.id == FolderFile.draft)
        .outerjoin(Delivery, Delivery.number == FolderFile.delivery)
        .where(FolderFile.folder == folder, FolderFile.uploaded_by == person)
        .order_by(FolderFile.place)
    )
    return [(row, row.waits is not None) for row in rows]


def find_folder_file(connection: Connection, id: str, person: str) -> FolderRow | None:
    mine = (FolderFile.id == id, FolderFile.uploaded_by == person)
    return connection.execute(select(FolderFile).where(*mine)).first()


def folders_of(connection: Connection, person: str) -> list[tuple[str, dt.datetime]]:
    """(folder, when it was dropped) of those that ``person`` has not cleared away, oldest first."""
    found = select(FolderFile.folder, FolderFile.uploaded_at).where(FolderFile.uploaded_by == person).distinct()
    return [(row.folder, row.uploaded_at) for row in connection.execute(found.order_by(FolderFile.uploaded_at))]


def drafts_in_folders(connection: Connection, person: str) -> frozenset[str]:
    """The waiting files that are shown with their folder."""
    found = select(FolderFile.draft).where(FolderFile.uploaded_by == person, FolderFile.draft.is_not(None))
    return frozenset(draft for draft in connection.execute(found).scalars() if draft)


def keep_proposal(
    connection: Connection,
    id: str,
    proposal: Mapping[str, Any],
    answers: Mapping[str, Any],
    issue: Mapping[str, Any] | None,
) -> None:
    """What is proposed now, after what was answered."""
    values = {"proposal": dict(proposal), "answers": dict(answers), "issue": dict(issue) if issue else None}
    connection.execute(update(FolderFile).where(FolderFile.id == id).values(**values))


def note_delivery(connection: Connection, draft: str, number: int | None) -> None:
    """A waiting file of a folder became this delivery (0: it said nothing new and nothing was stored)."""
    connection.execute(update(FolderFile).where(FolderFile.draft == draft).values(delivery=number or 0))


def accepted_meanwhile(connection: Connection, folder: str, person: str) -> dict[str, int]:
    """Id -> the delivery, later than the folder, that brought the bytes that still wait there; undone ones not."""
    mine = (FolderFile.folder == folder, FolderFile.uploaded_by == person)
    since = connection.execute(select(func.min(FolderFile.uploaded_at)).where(*mine)).scalar_one_or_none()
    if since is None:
        return {}
    later = (Delivery.known_from >= since, Delivery.undone_at.is_(None))
    came = {row.sha256: row.number for row in connection.execute(select(Delivery).where(*later))}
    if not came:
        return {}
    waiting = select(FolderFile.id, Draft.content).join(Draft, Draft.id == FolderFile.draft).where(*mine)
    hashes = {row.id: hashlib.sha256(bytes(row.content)).hexdigest() for row in connection.execute(waiting)}
    return {id: came[sha] for id, sha in hashes.items() if sha in came}


def clear_folder(connection: Connection, folder: str, person: str) -> None:
    """Forget a folder and what still waits in it."""
    mine = (FolderFile.folder == folder, FolderFile.uploaded_by == person)
    drafts = select(FolderFile.draft).where(*mine, FolderFile.draft.is_not(None))
    connection.execute(delete(Draft).where(Draft.id.in_(drafts), Draft.uploaded_by == person))
    connection.execute(delete(FolderFile).where(*mine))
