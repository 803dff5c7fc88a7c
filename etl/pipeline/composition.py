"""Who belongs at a table: the network's own reference, made from the usual one the first time somebody changes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache

from etl.model.accounts import User
from etl.model.composition import reference_seats, save_seat
from etl.model.store import Connection, Store
from etl.pipeline.meeting.refused import MeetingRefused, refuse_clients
from etl.pipeline.typed_text import one_line, paragraphs, refuse_long
from etl.rules.composition import WEIGHTS, ReferenceSeat, read_composition
from etl.rules.meeting import BODY_KINDS
from etl.settings import data_folder
from etl.vocabulary import load_vocabulary


@lru_cache(maxsize=1)
def usual_composition() -> tuple[ReferenceSeat, ...]:
    return read_composition((data_folder() / "vocabulary" / "composition.csv").read_text(encoding="utf-8"))


def composition_in(connection: Connection) -> tuple[ReferenceSeat, ...]:
    """The network's own seats, or the usual ones (``id`` 0) while it has none; ended ones too."""
    return reference_seats(connection) or usual_composition()


def store_seat(
    store: Store, user: User, seat: ReferenceSeat, *, now: dt.datetime, seen: ReferenceSeat | None = None
) -> int:  # fmt: skip
    """A new seat (``seen`` None) or what is now said about one; its number. Raises ``MeetingRefused`` (not_allowed,
    without_name, taken, nobody_meant: neither kind nor name of an organisation, changed_since, single_client)."""
    if user.role != "coordinator":
        raise MeetingRefused("not_allowed", seat.title)
    told = _tidy(seat)
    if not told.title:
        raise MeetingRefused("without_name")
    if not told.types and not told.words:
        raise MeetingRefused("nobody_meant", told.title)
    for text, longest in ((told.title, 200), (told.source, 2000), *((word, 200) for word in told.words)):
        refuse_long(MeetingRefused, text, longest)
    refuse_clients([told.title, told.source, *told.words])
    known_types = set(load_vocabulary().words["organisation.type"].values())
    if set(told.types) - known_types or told.weight not in WEIGHTS or set(told.body_kinds) - set(BODY_KINDS):
        raise MeetingRefused("nobody_meant", told.title)
    with store.writing() as connection:
        known = _own(connection, user, now)
        before = next((one for one in known if seen is not None and replace(one, id=seen.id) == seen), None)
        if seen is not None and (before is None or seen.id not in (0, before.id)):
            raise MeetingRefused("changed_since", seen.title)
        number = before.id if before else 0
        if any(one.title.casefold() == told.title.casefold() and one.id != number for one in known):
            raise MeetingRefused("taken", told.title)
        return save_seat(connection, replace(told, id=number), by=user.display_name, now=now)


def _own(connection: Connection, user: User, now: dt.datetime) -> tuple[ReferenceSeat, ...]:
    """The network's own seats; the usual ones become its own where it has none yet."""
    if not reference_seats(connection):
        for seat in usual_composition():
            save_seat(connection, seat, by=user.display_name, now=now)
    return reference_seats(connection)


def _tidy(seat: ReferenceSeat) -> ReferenceSeat:
    words = dict.fromkeys(one_line(word).casefold() for word in seat.words)
    return replace(
        seat,
        title=one_line(seat.title),
        words=tuple(word for word in words if word.strip("* ")),
        source=paragraphs(seat.source),
    )
