"""``erase``: a person out of the store, from the command line."""

from __future__ import annotations

import datetime as dt
import getpass

from dashboard.answers.erasing import SEAT, Told, erase_by_key, told_of
from etl.model.accounts import User
from etl.model.bodies import members
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.erase_whom import ErasingRefused


def erase_named(store: Store, whom: str, reason: str, now: dt.datetime) -> tuple[list[Told], bool]:
    """Erase the contact or member with this name or key; what to say, and whether it was done."""
    with store.reading() as connection:
        known = state_on(connection).kind("contact")
        seats = [f"{SEAT}{one.id}" for one in members(connection) if one.name == whom.strip()]
    keys = [key for key, one in known.items() if whom.strip() in (key, one.value("contact_name"))] + seats
    operator = User(_somebody(), "", "coordinator", None, "de", False, now)
    try:
        return told_of(erase_by_key(store, keys[0] if keys else whom, operator, reason=reason, now=now)), True
    except ErasingRefused as refused:
        return [(refused.sentence, {})], False


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
