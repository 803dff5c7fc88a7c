"""Whom the office can erase, and what became of it, as a page tells it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboard.answers.contact_list import ContactList
from etl.model.accounts import User
from etl.model.store import Store
from etl.pipeline.erase import Erased, ErasingRefused, erase_contact

#: Wording key and values of a sentence.
Told = tuple[str, dict[str, Any]]


def erasable(contacts: ContactList) -> dict[str, str]:
    """Key of a contact -> name and house, of all that name somebody."""
    return {row.key: f"{row.name or row.email} ({row.partner})" for row in contacts.rows if row.name or row.email}


def erase(store: Store, key: str, user: User, *, reason: str, now: dt.datetime) -> list[Told]:
    """Erase a contact; the sentences that say what was done."""
    try:
        return told_of(erase_contact(store, key, user, reason=reason, now=now))
    except ErasingRefused as refused:
        return [(f"erase.refused.{refused.code}", {})]


def told_of(erased: Erased) -> list[Told]:
    found: list[Told] = [("erase.done", {"n": len(erased.files)})]
    if erased.withheld:
        found.append(("erase.withheld", {"n": len(erased.withheld), "files": list(erased.withheld)}))
    if erased.account:
        found.append(("erase.account", {}))
    return found
