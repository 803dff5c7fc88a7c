"""What the office and the partners concerned say about a fragile spot; withdrawn, it is kept as history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from etl.model.accounts import User
from etl.model.spots import add_comment, comment_of, withdraw_comment
from etl.model.store import Store
from etl.pipeline.authority import NotYours
from etl.pipeline.enter import EntryRefused, refuse_client
from etl.pipeline.typed_text import one_line

#: As much as stands in a column of the page.
LONGEST = 2000


def comment_spot(store: Store, user: User, spot: str, concerned: Sequence[str], text: str, *, now: dt.datetime) -> int:
    """Say ``text`` about a spot of the partners ``concerned``; its number. Raises ``NotYours``, and ``EntryRefused``
    (without_text, too_long, single_client)."""
    said = one_line(text)
    if not may_comment(user, concerned):
        raise NotYours
    if not said:
        raise EntryRefused("without_text")
    if len(said) > LONGEST:
        raise EntryRefused("too_long", str(LONGEST))
    refuse_client([said])
    with store.writing() as connection:
        return add_comment(connection, spot, user.partner, said, by=user.display_name, now=now)


def may_comment(user: User, concerned: Sequence[str]) -> bool:
    """The office, and whoever speaks for a partner concerned; observers look only."""
    return user.role == "coordinator" or (user.role != "observer" and user.partner in concerned)


def take_back_comment(store: Store, user: User, number: int, *, now: dt.datetime) -> None:
    """The office any, others those of their own house. Raises ``NotYours``."""
    with store.writing() as connection:
        row = comment_of(connection, number)
        own = row is not None and user.role != "observer" and user.partner is not None and row.partner == user.partner
        if row is None or row.withdrawn_at is not None or not (own or user.role == "coordinator"):
            raise NotYours
        withdraw_comment(connection, number, now)
