"""``user``: people who may sign in. Each function returns (wording key, its values, whether it was done)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from etl.model.accounts import AccountRefused, add_user, disable_user, list_users, set_password
from etl.model.store import Store
from etl.pipeline.network import network_in
from etl.pipeline.senders import named_sender
from etl.wording import say

Result = tuple[str, dict[str, Any], bool]


def add(
    store: Store,
    name: str,
    display: str,
    password: str,
    role: str,
    partner: str | None,
    language: str,
    now: dt.datetime,
) -> Result:
    """Add a user; a user of role partner belongs to a partner the store knows by name."""
    try:
        with store.writing() as connection:
            key = None
            if partner:
                key = named_sender(partner, network_in(connection)).key
                if key is None:
                    return "command.user_partner_unknown", {"partner": partner}, False
            user = add_user(
                connection, name, password, display_name=display, role=role, partner=key, language=language, now=now
            )
    except AccountRefused as refused:
        return f"command.user_refused_{refused.code}", {"name": name, "role": role}, False
    return "command.user_added", {"name": user.username}, True


def listed(store: Store, language: str) -> list[str]:
    """A line per user: name, role, partner, whether disabled."""
    with store.reading() as connection:
        return [
            "\t".join(
                (
                    user.username,
                    user.display_name,
                    say(language, f"role.{user.role}"),
                    user.partner or "",
                    say(language, "command.user_is_disabled") if user.disabled else "",
                )
            ).rstrip()
            for user in list_users(connection)
        ]


def disable(store: Store, name: str, now: dt.datetime) -> Result:
    """Disable a user and end its sessions."""
    with store.writing() as connection:
        done = disable_user(connection, name, now)
    return ("command.user_disabled" if done else "command.user_unknown"), {"name": name}, done


def change_password(store: Store, name: str, password: str, now: dt.datetime) -> Result:
    """Set a new password and end the user's sessions."""
    try:
        with store.writing() as connection:
            done = set_password(connection, name, password, now)
    except AccountRefused as refused:
        return f"command.user_refused_{refused.code}", {"name": name, "role": ""}, False
    return ("command.user_password_set" if done else "command.user_unknown"), {"name": name}, done
