"""Users, and the tables of their sign-ins (``etl.model.sign_ins`` works on them): rows outside the two clocks."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

import bcrypt
from sqlalchemy import Connection, ForeignKey, String, delete, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

Role = Literal["coordinator", "member", "leadership", "partner", "observer"]
ROLES: tuple[str, ...] = get_args(Role)

#: bcrypt reads no more bytes than this.
PASSWORD_BYTES = 72
PASSWORD_CHARACTERS = 8


class Account(Base):
    """A person who may sign in. ``partner`` is the key of their organisation; the role partner must have one."""

    __tablename__ = "account"
    username: Mapped[str] = mapped_column(String(120), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    partner: Mapped[str | None] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    disabled: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(Instant)


class SignInTicket(Base):
    """Carries a sign-in from the page to the route that sets the cookie: once, within a minute."""

    __tablename__ = "sign_in_ticket"
    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("account.username"), index=True)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant)


class SignInSession(Base):
    """One sign-in on one browser."""

    __tablename__ = "sign_in_session"
    session_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    username: Mapped[str] = mapped_column(ForeignKey("account.username"), index=True)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime] = mapped_column(Instant)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class SignInAttempt(Base):
    """A password that was tried; ``username`` is what was typed, whether or not there is such a user."""

    __tablename__ = "sign_in_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(120), index=True)
    address: Mapped[str | None] = mapped_column(String(64), index=True)
    tried_at: Mapped[dt.datetime] = mapped_column(Instant)
    success: Mapped[bool]


@dataclass(frozen=True, slots=True)
class User:
    """A user as the rest of the product sees one: without password."""

    username: str
    display_name: str
    role: Role
    partner: str | None
    language: str
    disabled: bool
    created_at: dt.datetime


#: Whatever a user says is stored with this name, in columns that hold as much.
LONGEST_NAME = 120


class AccountRefused(ValueError):
    """A user or password that cannot be stored; ``code`` says why (wording: ``command.user_refused_<code>``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def username_of(typed: str) -> str:
    """The stored form of what a person typed as user name."""
    return typed.strip().lower()[:120]


def add_user(
    connection: Connection,
    username: str,
    password: str,
    *,
    display_name: str,
    role: str,
    now: dt.datetime,
    partner: str | None = None,
    language: str = "de",
) -> User:
    """Store a new user. Raises ``AccountRefused``: username_taken, username_form, name_too_long, role_unknown,
    role_needs_partner, password_too_short, password_too_long."""
    name = username_of(username)
    if not re.fullmatch(r"[a-z0-9äöüß._@+-]+", name):
        raise AccountRefused("username_form")
    shown = display_name.strip() or name
    if len(shown) > LONGEST_NAME:
        raise AccountRefused("name_too_long")
    if role not in ROLES:
        raise AccountRefused("role_unknown")
    if role == "partner" and partner is None:
        raise AccountRefused("role_needs_partner")
    if find_user(connection, name) is not None:
        raise AccountRefused("username_taken")
    user = User(name, shown, cast(Role, role), partner, language, False, now)
    connection.execute(
        insert(Account).values(
            username=user.username,
            display_name=user.display_name,
            password_hash=hashed_password(password),
            role=user.role,
            partner=user.partner,
            language=user.language,
            disabled=False,
            created_at=now,
        )
    )
    return user


def list_users(connection: Connection) -> list[User]:
    return [user_of(row) for row in connection.execute(select(Account.__table__).order_by(Account.username))]


def find_user(connection: Connection, username: str) -> User | None:
    found = connection.execute(select(Account.__table__).where(Account.username == username_of(username))).first()
    return user_of(found) if found else None


def password_hash(connection: Connection, username: str) -> str | None:
    """The bcrypt hash of a user who may sign in; None for unknown and disabled users."""
    return connection.execute(
        select(Account.password_hash).where(Account.username == username_of(username), Account.disabled.is_(False))
    ).scalar()


def hashed_password(password: str) -> str:
    """bcrypt. Blanks around a password do not belong to it, as the sign-in form cuts them too."""
    stripped = password.strip()
    if len(stripped) < PASSWORD_CHARACTERS:
        raise AccountRefused("password_too_short")
    if len(stripped.encode()) > PASSWORD_BYTES:
        raise AccountRefused("password_too_long")
    return bcrypt.hashpw(stripped.encode(), bcrypt.gensalt()).decode()


def set_password(connection: Connection, username: str, password: str, now: dt.datetime) -> bool:
    """Change a password and end all sessions of its user; False for an unknown user."""
    changed = connection.execute(
        update(Account).where(Account.username == username_of(username)).values(password_hash=hashed_password(password))
    )
    revoke_sessions(connection, username, now)
    return changed.rowcount > 0


def disable_user(connection: Connection, username: str, now: dt.datetime, *, disabled: bool = True) -> bool:
    """Shut a user out (or let them in again) and end all their sessions; False for an unknown user."""
    changed = connection.execute(
        update(Account).where(Account.username == username_of(username)).values(disabled=disabled)
    )
    revoke_sessions(connection, username, now)
    return changed.rowcount > 0


def set_language(connection: Connection, username: str, language: str) -> None:
    connection.execute(update(Account).where(Account.username == username_of(username)).values(language=language))


def revoke_sessions(connection: Connection, username: str, now: dt.datetime) -> None:
    """End every sign-in of a user, tickets on their way included."""
    name = username_of(username)
    connection.execute(delete(SignInTicket).where(SignInTicket.username == name))
    connection.execute(
        update(SignInSession)
        .where(SignInSession.username == name, SignInSession.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def user_of(row: Row[tuple[object, ...]]) -> User:
    return User(
        username=row.username,
        display_name=row.display_name,
        role=row.role,
        partner=row.partner,
        language=row.language,
        disabled=row.disabled,
        created_at=row.created_at,
    )
