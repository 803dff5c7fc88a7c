"""Personal links with which a partner reports without a file: rows outside the two clocks.

What the address holds (token) and what a browser holds (device) are kept only as their hashes, so a copy of the store
opens nothing. The clock is always an argument.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import string
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, ForeignKey, String, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.round_tables import RoundClosing
from etl.model.store import Connection

#: Characters of a token, and what they are chosen from: 190 bits cannot be guessed, and fit into a small QR code.
TOKEN_LENGTH, _LETTERS = 32, string.ascii_letters + string.digits
#: How long a wrong link counts, and from how many on (of one address, of all together) answers are held back.
FAILURE_WINDOW = dt.timedelta(minutes=5)
FAILURES_PER_ADDRESS, FAILURES_OF_ALL = 20, 200

LinkRow = Any
UseRow = Any


class ReportLink(Base):
    """A link: whose matters it opens (``partner``), in which ``round``, for which ``person``, until the end of
    ``last_day``. ``way`` is link or phone (the office fills it in during a call). ``one_device``: only for the browser
    that opens it first, then known by ``device_hash``."""

    __tablename__ = "report_link"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, index=True)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    round: Mapped[str | None] = mapped_column(ForeignKey("round.name"))
    person: Mapped[str] = mapped_column(String(200))
    way: Mapped[str] = mapped_column(String(10))
    one_device: Mapped[bool]
    device_hash: Mapped[str | None] = mapped_column(String(64))
    last_day: Mapped[dt.date] = mapped_column(Date)
    created_by: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    revoked_by: Mapped[str | None] = mapped_column(String(120))


class ReportLinkUse(Base):
    """What was done with a link: opened (the first time), answered, confirmed or handed (to the office). ``form`` is
    what the browser called what it sent, so that sending it twice is one; ``source`` the delivery or entry."""

    __tablename__ = "report_link_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    link: Mapped[int] = mapped_column(ForeignKey("report_link.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    form: Mapped[str | None] = mapped_column(String(64))
    source: Mapped[int | None]

    __table_args__ = (UniqueConstraint("link", "form", name="uq_report_link_use_form"),)


class ReportLinkFailure(Base):
    """A link that was tried and opens nothing; kept as long as it counts."""

    __tablename__ = "report_link_failure"
    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str | None] = mapped_column(String(64))
    tried_at: Mapped[dt.datetime] = mapped_column(Instant, index=True)


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong links tried within the window: from one address, and from everywhere."""

    address: int
    all: int

    @property
    def too_many(self) -> bool:
        return self.address >= FAILURES_PER_ADDRESS or self.all >= FAILURES_OF_ALL


def _new_token() -> str:
    """Letters and digits alone: programs for mail leave a dash at an end out of the link."""
    return "".join(secrets.choice(_LETTERS) for _ in range(TOKEN_LENGTH))


def add_link(
    connection: Connection,
    partner: str,
    *,
    round_name: str | None,
    person: str,
    way: str,
    one_device: bool,
    last_day: dt.date,
    by: str,
    now: dt.datetime,
) -> tuple[int, str]:
    """A new link: its number and its token, which is told this once and never again."""
    token = _new_token()
    key: Any = connection.execute(
        insert(ReportLink).values(
            token_hash=_hash(token),
            partner=partner,
            round=round_name,
            person=person[:200],
            way=way,
            one_device=one_device,
            device_hash=None,
            last_day=last_day,
            created_by=by,
            created_at=now,
            revoked_at=None,
            revoked_by=None,
        )
    ).inserted_primary_key
    return int(key[0]), token


def open_link(connection: Connection, token: str, day: dt.date) -> LinkRow | None:
    """The link with this token, where it holds on ``day``: neither revoked nor over, nor made before its round was
    closed. One made after that is for a late report."""
    if len(token) > 100:
        return None
    ended = select(RoundClosing.id).where(
        RoundClosing.round == ReportLink.round,
        RoundClosing.reopened_at.is_(None),
        RoundClosing.closed_at >= ReportLink.created_at,
    )
    holds = (ReportLink.revoked_at.is_(None), ReportLink.last_day >= day, ~ended.exists())
    return connection.execute(select(ReportLink.__table__).where(ReportLink.token_hash == _hash(token), *holds)).first()


def bind_device(connection: Connection, link: int) -> str | None:
    """Let the link count for one browser alone, which gets what is returned; None where another has it already."""
    device = _new_token()
    free = (ReportLink.id == link, ReportLink.device_hash.is_(None))
    done = connection.execute(update(ReportLink).where(*free).values(device_hash=_hash(device)))
    return device if done.rowcount == 1 else None


def is_device(link: LinkRow, device: str | None) -> bool:
    """Whether the browser that holds ``device`` is the link's own."""
    if link.device_hash is None or not device:
        return False
    return secrets.compare_digest(link.device_hash, _hash(device))


def links_of_round(connection: Connection, round_name: str) -> list[LinkRow]:
    """All links of a round, oldest first."""
    query = select(ReportLink.__table__).where(ReportLink.round == round_name).order_by(ReportLink.id)
    return list(connection.execute(query))


def revoke_links(connection: Connection, numbers: list[int], now: dt.datetime, person: str) -> int:
    """From now on they open nothing; how many did until now."""
    held = (ReportLink.id.in_(numbers), ReportLink.revoked_at.is_(None))
    return connection.execute(update(ReportLink).where(*held).values(revoked_at=now, revoked_by=person)).rowcount


def opened_proof(link: LinkRow) -> str:
    """What a browser that has opened a link holds from then on; nobody can make it up, and it opens nothing."""
    return f"{link.id}.{_hash(f'opened {link.token_hash}')}"


def has_opened(connection: Connection, proof: str) -> bool:
    """Whether a browser has opened a link before (which may be over by now)."""
    number = proof.split(".")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return False
    found = connection.execute(select(ReportLink.__table__).where(ReportLink.id == int(number))).first()
    return found is not None and secrets.compare_digest(proof.encode(), opened_proof(found).encode())


def note_use(
    connection: Connection,
    link: int,
    what: str,
    now: dt.datetime,
    *,
    form: str | None = None,
    source: int | None = None,
) -> None:
    """``opened`` is noted once a link."""
    seen = select(ReportLinkUse.id).where(ReportLinkUse.link == link, ReportLinkUse.what == "opened")
    if what != "opened" or connection.execute(seen).first() is None:
        connection.execute(insert(ReportLinkUse).values(link=link, what=what, at=now, form=form, source=source))


def use_of_form(connection: Connection, link: int, form: str) -> UseRow | None:
    """What became of a form that was sent before under this name."""
    mine = (ReportLinkUse.link == link, ReportLinkUse.form == form)
    return connection.execute(select(ReportLinkUse.__table__).where(*mine)).first()


def uses_of(connection: Connection, links: list[int]) -> list[UseRow]:
    """What was done with these links, oldest first."""
    query = select(ReportLinkUse.__table__).where(ReportLinkUse.link.in_(links)).order_by(ReportLinkUse.id)
    return list(connection.execute(query)) if links else []


def note_failure(connection: Connection, now: dt.datetime, address: str | None) -> None:
    """A wrong link was tried. Those that count no more are forgotten with it."""
    connection.execute(delete(ReportLinkFailure).where(ReportLinkFailure.tried_at <= now - FAILURE_WINDOW))
    connection.execute(insert(ReportLinkFailure).values(address=(address or "")[:64] or None, tried_at=now))


def failures(connection: Connection, now: dt.datetime, address: str | None) -> Failures:
    """How many wrong links were tried lately."""
    since = select(func.count()).where(ReportLinkFailure.tried_at > now - FAILURE_WINDOW)
    of_address = since.where(ReportLinkFailure.address == (address or "")[:64])
    return Failures(
        connection.execute(of_address).scalar_one() if address else 0, connection.execute(since).scalar_one()
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
