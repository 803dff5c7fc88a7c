"""Whom the office can erase, and what became of it, as a page tells it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboard.answers.contact_list import contact_list
from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.bodies import bodies, members
from etl.model.store import Store
from etl.model.who_came import stand_of_tables
from etl.pipeline.erase import Erased, erase_contact, erase_seat
from etl.pipeline.erase_whom import ErasingRefused

#: What a member's key begins with.
SEAT = "member-"
#: Wording key and values of a sentence.
Told = tuple[str, dict[str, Any]]


def erasable(store: Store, picture: Picture, viewer: Viewer) -> dict[str, str]:
    """Key of a contact or „member-<number>“ -> name and house or body, of everybody who is named, each once."""
    with store.reading() as connection:
        stand = f"{store.writes}|{stand_of_tables(connection)}"
    return _ERASABLE(picture, store, viewer, stand)


def _everybody(picture: Picture, store: Store, viewer: Viewer, _stand: str) -> dict[str, str]:
    contacts = contact_list(picture, viewer)
    found = {row.key: f"{row.name or row.email} ({row.partner})" for row in contacts.rows if row.name or row.email}
    named = {row.name for row in contacts.rows}
    with store.reading() as connection:
        of_body = {body.id: body.name for body in bodies(connection)}
        seats = [one for one in members(connection) if one.name and one.name not in named]
    for seat in seats:
        if seat.name not in named:
            named.add(seat.name)
            found[f"{SEAT}{seat.id}"] = f"{seat.name} ({of_body[seat.body]})"
    return found


_ERASABLE: Once[Picture, dict[str, str]] = Once(_everybody)


def erase(store: Store, key: str, user: User, *, reason: str, now: dt.datetime) -> list[Told]:
    """Erase a contact or a member; the sentences that say what was done."""
    try:
        return told_of(erase_by_key(store, key, user, reason=reason, now=now))
    except ErasingRefused as refused:
        return [(refused.sentence, {})]


def erase_by_key(store: Store, key: str, user: User, *, reason: str, now: dt.datetime) -> Erased:
    """``key`` as in ``erasable``. Raises ``ErasingRefused``."""
    number = key.removeprefix(SEAT)
    if key.startswith(SEAT) and number.isascii() and number.isdigit():
        return erase_seat(store, int(number), user, reason=reason, now=now)
    return erase_contact(store, key, user, reason=reason, now=now)


def told_of(erased: Erased) -> list[Told]:
    found: list[Told] = [("erase.done", {"n": len(erased.files)})]
    if erased.withheld:
        found.append(("erase.withheld", {"n": len(erased.withheld), "files": list(erased.withheld)}))
    if erased.account:
        found.append(("erase.account", {}))
    return found
