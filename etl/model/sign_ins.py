"""Signing in: tickets, sessions and the limit on attempts.

What a browser holds (session id, ticket) is kept only as its hash, so a copy of the store signs nobody in.
The clock is always an argument.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, update

from etl.model.accounts import (
    Account,
    SignInAttempt,
    SignInSession,
    SignInTicket,
    User,
    find_user,
    user_of,
    username_of,
)
from etl.model.judgements import root_of

SESSION_LIFETIME = dt.timedelta(hours=12)
TICKET_LIFETIME = dt.timedelta(seconds=60)
#: So many failures for one name (or from one address) within the window lock it until the oldest leaves the window.
ATTEMPTS_PER_NAME = 5
ATTEMPTS_PER_ADDRESS = 50
ATTEMPT_WINDOW = dt.timedelta(minutes=5)
#: Ended sessions and attempts are personal data: they go when they can serve no purpose any more.
KEPT_FOR = dt.timedelta(days=30)

#: Asked on every run: put together once.
_WHOSE_SESSION = (
    select(Account.__table__)
    .join(SignInSession, SignInSession.username == Account.username)
    .where(
        SignInSession.session_hash == bindparam("session_hash"),
        SignInSession.revoked_at.is_(None),
        SignInSession.expires_at > bindparam("now"),
        Account.disabled.is_(False),
    )
)


def issue_ticket(connection: Connection, username: str, now: dt.datetime) -> str:
    """A one-time ticket for a user whose password was right."""
    ticket = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInTicket).values(
            ticket_hash=_hash(ticket), username=username_of(username), expires_at=now + TICKET_LIFETIME
        )
    )
    return ticket


def redeem_ticket(connection: Connection, ticket: str, now: dt.datetime) -> str | None:
    """A new session's id for a ticket; None for a ticket that was used, has expired or never was."""
    found = connection.execute(
        select(SignInTicket.username, SignInTicket.expires_at).where(SignInTicket.ticket_hash == _hash(ticket))
    ).first()
    used = connection.execute(delete(SignInTicket).where(SignInTicket.ticket_hash == _hash(ticket)))
    if found is None or used.rowcount != 1 or found.expires_at <= now:
        return None
    return open_session(connection, found.username, now)


def open_session(connection: Connection, username: str, now: dt.datetime) -> str | None:
    """A new session's id, to be held by the browser alone; None for unknown and disabled users."""
    user = find_user(connection, username)
    if user is None or user.disabled:
        return None
    _forget_old(connection, now)
    session = secrets.token_urlsafe(32)
    connection.execute(
        insert(SignInSession).values(
            session_hash=_hash(session),
            username=user.username,
            created_at=now,
            expires_at=now + SESSION_LIFETIME,
            revoked_at=None,
        )
    )
    return session


def session_user(connection: Connection, session: str, now: dt.datetime) -> User | None:
    """Whose session this is, now; None if it has ended in any way or its user is disabled.

    Whose partner was merged into another speaks for that one, until the merge is taken back.
    """
    found = connection.execute(_WHOSE_SESSION, {"session_hash": _hash(session), "now": now}).first()
    if found is None:
        return None
    user = user_of(found)
    return replace(user, partner=root_of(connection, user.partner)) if user.partner else user


def close_session(connection: Connection, session: str, now: dt.datetime) -> None:
    connection.execute(
        update(SignInSession)
        .where(SignInSession.session_hash == _hash(session), SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def record_attempt(
    connection: Connection, username: str, now: dt.datetime, *, success: bool, address: str | None = None
) -> int:
    """Note a tried password; returns the number under which ``attempt_succeeded`` finds it."""
    done = connection.execute(
        insert(SignInAttempt)
        .values(username=username_of(username), address=address, tried_at=now, success=success)
        .returning(SignInAttempt.id)
    )
    return int(done.scalar_one())


def attempt_succeeded(connection: Connection, attempt: int) -> None:
    connection.execute(update(SignInAttempt).where(SignInAttempt.id == attempt).values(success=True))


def too_many_attempts(
    connection: Connection, username: str, now: dt.datetime, *, address: str | None = None
) -> dt.datetime | None:
    """Until when this name (or address) must wait, or None. A success of the name forgets its failures before it."""
    name = SignInAttempt.username == username_of(username)
    since = now - ATTEMPT_WINDOW
    last_success = connection.execute(
        select(func.max(SignInAttempt.id)).where(name, SignInAttempt.success.is_(True))
    ).scalar()
    failed = select(SignInAttempt.tried_at).where(SignInAttempt.success.is_(False), SignInAttempt.tried_at > since)
    by_name = failed.where(name, SignInAttempt.id > (last_success or 0))
    locks = [_lock(connection.execute(by_name.order_by(SignInAttempt.tried_at)).scalars().all(), ATTEMPTS_PER_NAME)]
    if address is not None:
        by_address = failed.where(SignInAttempt.address == address).order_by(SignInAttempt.tried_at)
        locks.append(_lock(connection.execute(by_address).scalars().all(), ATTEMPTS_PER_ADDRESS))
    return max((lock for lock in locks if lock is not None), default=None)


def _lock(failures: Sequence[dt.datetime], allowed: int) -> dt.datetime | None:
    return failures[-allowed] + ATTEMPT_WINDOW if len(failures) >= allowed else None


def _forget_old(connection: Connection, now: dt.datetime) -> None:
    before = now - KEPT_FOR
    connection.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < before))
    connection.execute(
        delete(SignInSession).where(or_(SignInSession.expires_at < before, SignInSession.revoked_at < before))
    )
    connection.execute(delete(SignInTicket).where(SignInTicket.expires_at < now))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
