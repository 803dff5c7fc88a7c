"""What is on the wall of a meeting right now: one row that everyone who follows asks for."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from sqlalchemy import Connection, ForeignKey, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.meetings import ItemRow, PlanRow

#: What a code is made of: nothing that is taken for something else when it is read from a wall.
CODE_LETTERS, CODE_LENGTH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 6

PresentationRow = Any


class Presentation(Base):
    """What is on the wall: the one row all followers ask for. ``revision`` rises with every step and every result.

    ``item`` None and ``target`` None: the opening screen; ``target``: a goal or measure (key) looked at in between.
    ``code`` lets own devices follow until the end of ``code_until``; ``moderator_hash``: a moderator from outside who
    may present.
    """

    __tablename__ = "presentation"
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting_plan.key"), primary_key=True)
    item: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    target: Mapped[str | None] = mapped_column(String(80))
    revision: Mapped[int]
    code: Mapped[str] = mapped_column(String(20), index=True)
    code_until: Mapped[dt.datetime] = mapped_column(Instant)
    moderator_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    moderator_name: Mapped[str] = mapped_column(String(200))
    presented_by: Mapped[str] = mapped_column(String(120))
    seen_at: Mapped[dt.datetime] = mapped_column(Instant)
    began_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


#: Asked on every run of a page: put together once.
_RUNNING = (
    select(Presentation.meeting)
    .join(PlanRow, PlanRow.key == Presentation.meeting)
    .where(PlanRow.state == "running", Presentation.ended_at.is_(None))
    .order_by(Presentation.began_at.desc())
)


def new_code() -> str:
    """30 bits: few enough to type, too many to guess within a meeting where wrong ones are held back."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def code_typed(text: str) -> str:
    """A code as it is stored, however somebody typed it: „k7p 4xm“, „K7P-4XM“. Too long a text is none."""
    return "".join(sign for sign in text.upper() if sign not in " -\u00a0")[:20] if len(text) <= 40 else ""


def presentation_of(connection: Connection, meeting: str) -> PresentationRow | None:
    return connection.execute(select(Presentation.__table__).where(Presentation.meeting == meeting)).first()


def presentation_by_code(connection: Connection, code: str, now: dt.datetime) -> PresentationRow | None:
    """What the code lets follow ``now``: a presentation that runs, of a meeting that is not closed."""
    query = select(Presentation.__table__).join(PlanRow, PlanRow.key == Presentation.meeting)
    runs = (PlanRow.state == "running", Presentation.ended_at.is_(None), Presentation.code_until > now)
    return connection.execute(query.where(Presentation.code == code, *runs)).first() if code else None


def running_presentations(connection: Connection) -> list[str]:
    """Meetings (keys) that are presented right now, the one begun last first."""
    return list(connection.execute(_RUNNING).scalars())


def save_presentation(connection: Connection, meeting: str, **values: Any) -> None:
    """Store what is now on the wall; every change raises the revision. A new row needs ``code``, ``code_until``,
    ``presented_by`` and ``now`` in ``seen_at`` and ``began_at``."""
    changed = values | {"revision": Presentation.revision + 1}
    done = connection.execute(update(Presentation).where(Presentation.meeting == meeting).values(changed))
    if not done.rowcount:
        usual = {"item": None, "target": None, "moderator_hash": None, "moderator_name": "", "ended_at": None}
        connection.execute(insert(Presentation).values(usual | values | {"meeting": meeting, "revision": 1}))


def raise_revision(connection: Connection, meeting: str) -> None:
    """Something that stands on the wall changed: whoever follows gets it with the next question."""
    raised = {"revision": Presentation.revision + 1}
    connection.execute(update(Presentation).where(Presentation.meeting == meeting).values(raised))


def shown_items(connection: Connection, meeting: str) -> frozenset[int]:
    """Numbers of the items that have been on the wall, the one that is there too."""
    been = ItemRow.began_at.is_not(None) | (ItemRow.seconds > 0)
    query = select(ItemRow.id).where(ItemRow.meeting == meeting, been)
    return frozenset(connection.execute(query).scalars())


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def invited_hash(token: str) -> str:
    """What is kept of a moderator's link that nobody has opened yet."""
    return _hash(f"invited {token}")


def device_hash(secret: str) -> str:
    """What is kept once a browser has become the moderator's: the link itself opens nothing any more."""
    return _hash(f"device {secret}")


def code_proof(row: PresentationRow) -> str:
    """What a browser that has typed the right code holds: it is not held back with those who guess."""
    return _hash(f"follows {row.meeting} {row.code} {row.began_at.isoformat()}")


def has_followed(connection: Connection, code: str, proof: str) -> bool:
    """Whether a browser holds the proof of a code, which may be over by now."""
    query = select(Presentation.__table__).where(Presentation.code == code)
    return any(secrets.compare_digest(code_proof(row), proof) for row in connection.execute(query)) if code else False


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
