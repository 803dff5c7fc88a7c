"""The agenda as people make it: proposals taken on, items added, changed, moved, dropped. What people changed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from etl.model.accounts import User
from etl.model.meetings import agenda, item_of, order_agenda, save_item
from etl.model.store import Connection, Store
from etl.pipeline.meeting.refused import MeetingRefused, meeting_run_by, refuse_clients
from etl.rules.agenda import covered, placed
from etl.rules.meeting import Item

_LONGEST = 24 * 60


def take_on(store: Store, user: User, meeting: str, proposed: Sequence[Item], *, now: dt.datetime) -> int:
    """Put proposals (``id`` and ``place`` 0, in their order) where they belong; the number of those that were new.

    What the agenda speaks about already by the time this is stored, dropped or not, is left out: two people may have
    asked at once. Raises ``MeetingRefused``.
    """
    with store.writing() as connection:
        _changeable(connection, user, meeting)
        added = 0
        for item in proposed:
            standing = list(agenda(connection, meeting, with_dropped=True))
            if covered(standing, item.origin, item.records):
                continue
            at = placed(standing, item.origin)
            number = save_item(connection, replace(item, id=0, place=0), by=user.display_name, now=now)
            order = [one.id for one in standing]
            order_agenda(connection, meeting, [*order[:at], number, *order[at:]])
            added += 1
        return added


def store_item(store: Store, user: User, item: Item, *, now: dt.datetime, seen: Item | None = None) -> int:
    """An item of one's own (``id`` 0: before the last one where that is the next date), or what is now said of one
    (``seen``: as it was shown); its number. Raises ``MeetingRefused``."""
    if not item.title.strip():
        raise MeetingRefused("without_name")
    if not 0 < item.minutes <= _LONGEST:
        raise MeetingRefused("no_minutes", str(item.minutes))
    refuse_clients([item.title, item.proposal, item.consequence])
    told = replace(
        item, title=item.title.strip(), proposal=item.proposal.strip(), consequence=item.consequence.strip()
    )  # fmt: skip
    with store.writing() as connection:
        _changeable(connection, user, item.meeting)
        if not item.id:
            return _added(connection, told, user.display_name, now)
        before = _item(connection, item.meeting, item.id)
        if seen is not None and _words(seen) != _words(before):
            raise MeetingRefused("changed_since", before.title)
        # where it stands and how long it took are not this person's to change here
        told = replace(told, place=before.place, dropped=before.dropped)
        return save_item(connection, told, by=user.display_name, now=now)


def _added(connection: Connection, item: Item, by: str, now: dt.datetime) -> int:
    standing = [one.id for one in agenda(connection, item.meeting)]
    last = agenda(connection, item.meeting)[-1:]
    at = len(standing) - 1 if last and last[0].origin == "next_meeting" else len(standing)
    number = save_item(connection, replace(item, place=0), by=by, now=now)
    order_agenda(connection, item.meeting, [*standing[:at], number, *standing[at:]])
    return number


def move_item(
    store: Store, user: User, meeting: str, number: int, *, by: int, seen: Sequence[int], now: dt.datetime
) -> None:
    """Move an item ``by`` places (negative: up). ``seen``: the numbers in the order this person saw.

    Raises ``MeetingRefused`` (changed_since) where somebody else has moved, added or dropped something in between.
    """
    with store.writing() as connection:
        _changeable(connection, user, meeting)
        order = [item.id for item in agenda(connection, meeting)]
        if order != list(seen):
            raise MeetingRefused("changed_since")
        if number not in order:
            raise MeetingRefused("not_there")
        at = order.index(number)
        order.insert(max(0, min(len(order) - 1, at + by)), order.pop(at))
        order_agenda(connection, meeting, order)


def drop_item(store: Store, user: User, meeting: str, number: int, *, dropped: bool, now: dt.datetime) -> None:
    """Take an item off the agenda, or put it back; it is kept. One that is on the wall stays there until the
    presenter goes on. Raises ``MeetingRefused``."""
    with store.writing() as connection:
        _changeable(connection, user, meeting)
        item = _item(connection, meeting, number)
        save_item(connection, replace(item, dropped=dropped), by=user.display_name, now=now)


def _changeable(connection: Connection, user: User, meeting: str) -> None:
    plan, _ = meeting_run_by(connection, user, meeting)
    if plan.state == "closed":
        raise MeetingRefused("closed")


def _item(connection: Connection, meeting: str, number: int) -> Item:
    item = item_of(connection, number)
    if item is None or item.meeting != meeting:
        raise MeetingRefused("not_there")
    return item


def _words(item: Item) -> tuple[object, ...]:
    return item.title, item.proposal, item.consequence, item.reports, item.minutes, item.temperature, item.records
