"""Asking a body how it feels about an item: own devices or a show of hands, closed together, counts alone are kept.

A device says once what it thinks and may change its mind while the question is open: the receipt it holds tells what it
said, signed with a secret that is forgotten at the end. The store knows that a device has spoken, never what it said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.meeting_results import (
    TemperatureRow,
    close_temperature,
    count_voice,
    drop_temperature,
    note_turn,
    open_temperature,
    temperature_of,
    temperatures_of,
    turn_of,
)
from etl.model.meetings import item_of, meeting_roles, plan_of
from etl.model.presenting import raise_revision
from etl.model.store import Connection, Store
from etl.pipeline.meeting.rights import presents, records
from etl.pipeline.refused import Refused
from etl.rules.meeting import Item
from etl.rules.temperature import CHOICES, FEWEST

#: More hands than this are a slip of the keyboard.
MOST_HANDS = 500
#: Kinds of record that are rated.
_RATED = ("goal-", "measure-")


class TemperatureRefused(Refused):
    """Nothing was stored. ``code``: unknown_item, not_yours, closed (the meeting), open_already (a question is open in
    this meeting), over (the question), no_choice, no_count, spoken_already, forged."""

    sentences = "temperature.refused."


def ask(store: Store, item: int, *, computed: str | None, by: User | str, day: dt.date, now: dt.datetime) -> int:
    """Open the question about an item to everybody's own device; its number. ``computed``: the rating it stands beside.
    ``by``: a user, or the name of an outside moderator whom the caller has let in. Raises ``TemperatureRefused``."""
    with store.writing() as connection:
        return _opened(connection, item, "devices", computed, by, day, now, secrets.token_hex(32))


def count_hands(
    store: Store,
    item: int,
    counts: Mapping[str, int],
    *,
    computed: str | None,
    by: User | str,
    day: dt.date,
    now: dt.datetime,
) -> int:
    """Keep what a show of hands said. Raises ``TemperatureRefused``."""
    said = {choice: counts.get(choice, 0) for choice in CHOICES}
    if any(not 0 <= n <= MOST_HANDS for n in said.values()) or not any(said.values()):
        raise TemperatureRefused("no_count")
    with store.writing() as connection:
        number = _opened(connection, item, "hands", computed, by, day, now, None)
        _closed(connection, number, sum(said.values()), said, now)
    return number


def speak(store: Store, number: int, choice: str, *, device: str, receipt: str = "") -> str:
    """Count what a device says; the receipt with which it may say something else while the question is open.

    ``device``: what its browser holds for this alone. Raises ``TemperatureRefused``: over, no_choice, spoken_already
    (without its receipt), forged.
    """
    if choice not in CHOICES or not device:
        raise TemperatureRefused("no_choice")
    with store.writing() as connection:
        row = temperature_of(connection, number)
        if row is None or row.closed_at is not None or row.secret is None:
            raise TemperatureRefused("over")
        plan = plan_of(connection, row.meeting)
        if plan is None or plan.state == "closed":
            raise TemperatureRefused("over")
        hashed = _hash(number, device)
        turn = turn_of(connection, number, hashed)
        before = _said(row, device, turn, receipt) if receipt else None
        if turn and before is None:
            raise TemperatureRefused("spoken_already")
        count_voice(connection, number, choice, instead_of=before, new=not turn)
        note_turn(connection, number, hashed, turn + 1)
        return _receipt(row, device, turn + 1, choice)


def said_by(store: Store, number: int, *, device: str, receipt: str) -> str | None:
    """What a device's receipt says it said, where it holds (to show it the choice it made)."""
    with store.reading() as connection:
        row = temperature_of(connection, number)
        if row is None or row.secret is None:
            return None
        try:
            return _said(row, device, turn_of(connection, number, _hash(number, device)), receipt)
        except TemperatureRefused:
            return None


def close(store: Store, number: int, *, by: User | str, now: dt.datetime) -> None:
    """Show together what was said. Who spoke and the secret are forgotten; of fewer than three voices, what they said
    too. Closing twice is once. Raises ``TemperatureRefused``."""
    with store.writing() as connection:
        row = _row(connection, number, by)
        if row.closed_at is None:
            _closed(connection, number, row.voices, {choice: getattr(row, choice) for choice in CHOICES}, now)
            raise_revision(connection, row.meeting)


def close_open(connection: Connection, meeting: str, now: dt.datetime) -> None:
    """The meeting is being closed: a question left open is closed with it, in the caller's transaction."""
    for row in temperatures_of(connection, meeting):
        if row.closed_at is None:
            _closed(connection, row.id, row.voices, {choice: getattr(row, choice) for choice in CHOICES}, now)


def drop(store: Store, number: int, *, by: User | str) -> None:
    """Forget a question that is still open, with everything said to it. Raises ``TemperatureRefused``."""
    with store.writing() as connection:
        row = _row(connection, number, by)
        if row.closed_at is not None:
            raise TemperatureRefused("over")
        drop_temperature(connection, number)
        raise_revision(connection, row.meeting)


def _opened(
    connection: Connection,
    number: int,
    way: str,
    computed: str | None,
    by: User | str,
    day: dt.date,
    now: dt.datetime,
    secret: str | None,
) -> int:
    item = item_of(connection, number)
    if item is None:
        raise TemperatureRefused("unknown_item")
    _check(connection, item.meeting, by)
    if any(row.closed_at is None for row in temperatures_of(connection, item.meeting)):
        raise TemperatureRefused("open_already")
    raise_revision(connection, item.meeting)
    return open_temperature(
        connection,
        meeting=item.meeting,
        item=item.id,
        record=rated_record(item),
        computed=computed,
        way=way,
        **dict.fromkeys(CHOICES, 0),
        voices=0,
        secret=secret,
        day=day,
        opened_by=by if isinstance(by, str) else by.display_name,
        opened_at=now,
        closed_at=None,
    )


def rated_record(item: Item) -> str | None:
    """The goal or measure an item is about first."""
    return next((key for key in item.records if key.startswith(_RATED)), None)


def _closed(connection: Connection, number: int, voices: int, said: Mapping[str, int], now: dt.datetime) -> None:
    kept: dict[str, Any] = dict(said) if voices >= FEWEST else dict.fromkeys(CHOICES, 0)
    close_temperature(connection, number, now, voices=voices, **kept)


def _row(connection: Connection, number: int, by: User | str) -> TemperatureRow:
    row = temperature_of(connection, number)
    if row is None:
        raise TemperatureRefused("unknown_item")
    _check(connection, row.meeting, by)
    return row


def _check(connection: Connection, meeting: str, by: User | str) -> None:
    plan = plan_of(connection, meeting)
    body = body_of(connection, plan.body) if plan is not None else None
    if plan is None or body is None:
        raise TemperatureRefused("unknown_item")
    if not isinstance(by, str):
        roles = meeting_roles(connection, meeting)
        if not (presents(by, body, roles) or records(by, body, roles)):
            raise TemperatureRefused("not_yours")
    if plan.state == "closed":
        raise TemperatureRefused("closed")


def _hash(number: int, device: str) -> str:
    return hashlib.sha256(f"{number} {device}".encode("utf-8", "surrogatepass")).hexdigest()


def _receipt(row: TemperatureRow, device: str, turn: int, choice: str) -> str:
    said = f"{row.id} {turn} {choice} {device}".encode("utf-8", "surrogatepass")
    return f"{turn}.{choice}.{hmac.new(row.secret.encode(), said, hashlib.sha256).hexdigest()}"


def _said(row: TemperatureRow, device: str, turn: int, receipt: str) -> str:
    """What the receipt of this device's last turn says. Raises ``TemperatureRefused`` (forged)."""
    choice = receipt.split(".")[1] if "." in receipt else ""
    expected = _receipt(row, device, turn, choice) if choice in CHOICES and turn else ""
    if not expected or not hmac.compare_digest(expected.encode(), receipt.encode("utf-8", "surrogatepass")):
        raise TemperatureRefused("forged")
    return choice
