"""Who sits where in the room: asked from the store with every request, never from the browser alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from starlette.requests import Request

from dashboard.answers.room import Room
from dashboard.shell.documents import preferred_language
from dashboard.shell.session import COOKIE
from etl.model.accounts import User
from etl.model.sign_ins import session_user
from etl.model.store import Connection
from etl.pipeline.meeting.presenting import is_moderator
from etl.pipeline.meeting.rights import presents, records, sees_papers
from etl.wording import LANGUAGES

#: Makes a browser the outside moderator's; given for the addresses of that one meeting.
MODERATOR = "rundertisch_moderation"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in the room. ``user`` None: an outside moderator. ``name`` is whose steps they are."""

    name: str
    language: str
    may_present: bool
    user: User | None = None
    may_record: bool = False


def user_of(connection: Connection, request: Request, now: dt.datetime) -> User | None:
    session = request.cookies.get(COOKIE)
    return session_user(connection, session, now) if session else None


def seat_of(connection: Connection, room: Room, request: Request, now: dt.datetime, moment: dt.datetime) -> Seat | None:
    """The seat of whoever asks; None for strangers. ``now`` is the clock of sign-ins, ``moment`` the network's."""
    user = user_of(connection, request, now)
    if user is not None:
        language = language_of(request, user)
        if presents(user, room.body, room.roles):
            return Seat(user.display_name, language, True, user, records(user, room.body, room.roles))
        writes = records(user, room.body, room.roles)
        if writes or sees_papers(user, room.body, room.plan, moment):
            return Seat(user.display_name, language, False, user, writes)
    if is_moderator(room.row, room.plan, request.cookies.get(MODERATOR)):
        name = room.row.moderator_name if room.row is not None else ""
        return Seat(name, language_of(request, None), True)
    return None


def language_of(request: Request, user: User | None) -> str:
    """The one asked for, else the user's own, else the browser's."""
    wanted = request.query_params.get("lang", "")
    if wanted in LANGUAGES:
        return wanted
    return user.language if user is not None else preferred_language(request.headers.get("accept-language", ""))
