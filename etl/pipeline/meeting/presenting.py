"""Presenting a meeting: what stands on the wall, one step after another, by whoever may present.

No browser owns the wall: whoever has the right steps on from where it stands, so one that was closed in the middle is
simply opened again, and two that present see each other's steps.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from etl.model.meetings import agenda, begin_item, plan_of, save_plan
from etl.model.presenting import (
    PresentationRow,
    device_hash,
    invited_hash,
    new_code,
    new_secret,
    presentation_of,
    save_presentation,
)
from etl.model.store import Connection, Store
from etl.pipeline.picture.facts import BERLIN
from etl.pipeline.refused import Refused
from etl.rules.meeting import Item, Plan

#: Steps beside a number of the agenda (``item:4``) and a goal or measure (``record:goal-00003``).
STEPS = ("next", "previous", "opening", "last", "back")


class PresentingRefused(Refused):
    """A step that cannot be taken; nothing was changed."""


def begin(store: Store, meeting: str, *, by: str, now: dt.datetime) -> None:
    """Open the wall, or take it over where it stands. The meeting is running from then on.

    One that was ended goes on where it was, under the same code. Raises ``PresentingRefused``: ``no_plan``, ``closed``.
    """
    with store.writing() as connection:
        plan = _open_plan(connection, meeting)
        if plan.state != "running":
            save_plan(connection, replace(plan, state="running"), by=by, now=now)
        row = presentation_of(connection, meeting)
        values: dict[str, Any] = {"presented_by": by, "seen_at": now, "ended_at": None}
        if row is None or row.presented_by == "":
            values |= {"began_at": now}
        if row is None or row.code_until <= now:
            values |= {"code": new_code(), "code_until": code_end(plan, now)}
        save_presentation(connection, meeting, **values)
        if row is not None and row.item is not None:
            begin_item(connection, meeting, row.item, now)


def code_end(plan: Plan, now: dt.datetime) -> dt.datetime:
    """A code holds until the end of the day after the meeting's (some go past midnight), and never longer."""
    last = max(plan.day + dt.timedelta(days=1), now.astimezone(BERLIN).date())
    return dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), BERLIN)


def step(store: Store, meeting: str, to: str, *, seen: str, by: str, now: dt.datetime) -> None:
    """Take one step: one of ``STEPS``, ``item:<number>`` or ``record:<key>``.

    ``seen`` is the place (``place_of``) the presenter had before their eyes: a relative step from another one is not
    taken, so that two who press at once do not skip an item. Raises ``PresentingRefused``: ``not_running``,
    ``no_item``.
    """
    with store.writing() as connection:
        row = presentation_of(connection, meeting)
        plan = _open_plan(connection, meeting)
        if row is None or row.ended_at is not None or plan.state != "running":
            raise PresentingRefused("not_running")
        if to in ("next", "previous", "back") and seen != place_of(row):
            return
        item, target = _where(to, row, agenda(connection, meeting, with_dropped=True))
        if (item, target) == (row.item, row.target):
            return
        save_presentation(connection, meeting, item=item, target=target, presented_by=by, seen_at=now)
        begin_item(connection, meeting, item, now)


def place_of(row: PresentationRow) -> str:
    """Where the wall stands, in a word: „4“ the item's number, „4/goal-00003“ with what is looked at in between."""
    return f"{row.item or 0}" + (f"/{row.target}" if row.target else "")


def _where(to: str, row: PresentationRow, items: Sequence[Item]) -> tuple[int | None, str | None]:
    """Item and target after the step. From what is looked at in between, every way leads back to the item."""
    numbers: list[int | None] = [None, *(item.id for item in items if not item.dropped)]
    if to.startswith("record:"):
        return row.item, to.removeprefix("record:")[:80]
    if to.startswith("item:"):
        wanted = to.removeprefix("item:")
        place = next((n for n in numbers[1:] if str(n) == wanted), None)
        if place is None:
            raise PresentingRefused("no_item")
        return place, None
    if to == "opening":
        return None, None
    if to == "last":
        return numbers[-1], None
    if to not in STEPS:
        raise PresentingRefused("no_item")
    if row.target is not None:
        return row.item, None
    if row.item in numbers:
        at = numbers.index(row.item) + {"next": 1, "previous": -1, "back": 0}[to]
    else:  # it was dropped while it was shown: between those that stand before and after it
        before = [item.id for item in items].index(row.item) if row.item else 0
        at = sum(not item.dropped for item in items[:before]) + (to == "next")
    return numbers[min(max(at, 0), len(numbers) - 1)], None


def end(store: Store, meeting: str, *, by: str, now: dt.datetime) -> None:
    """The wall is done: nobody can follow any more. The meeting itself is closed with its minutes."""
    with store.writing() as connection:
        row = presentation_of(connection, meeting)
        if row is not None and row.ended_at is None and row.presented_by:
            begin_item(connection, meeting, None, now)
            save_presentation(connection, meeting, ended_at=now, presented_by=by, seen_at=now)


def invite_moderator(store: Store, meeting: str, name: str, *, by: str, now: dt.datetime) -> str:
    """The secret of a link with which somebody without a sign-in may present this meeting; one made before opens
    nothing any more. Raises ``PresentingRefused``: ``no_plan``, ``closed``."""
    token = new_secret()
    with store.writing() as connection:
        plan = _open_plan(connection, meeting)
        values: dict[str, Any] = {"moderator_hash": invited_hash(token), "moderator_name": " ".join(name.split())[:200]}
        if presentation_of(connection, meeting) is None:
            # nothing is presented yet: presented by nobody, under a code that no one is told and that is over
            values |= {"code": new_code(), "code_until": now, "presented_by": "", "seen_at": now, "began_at": now}
        save_presentation(connection, plan.key, **values)
    return token


def revoke_moderator(store: Store, meeting: str) -> None:
    """From now on neither the link nor the browser that opened it may present."""
    with store.writing() as connection:
        if presentation_of(connection, meeting) is not None:
            save_presentation(connection, meeting, moderator_hash=None, moderator_name="")


def bind_moderator(store: Store, meeting: str, token: str) -> str | None:
    """What the browser that opens the link first holds from then on; None where the link opens nothing (any more)."""
    secret = new_secret()
    with store.writing() as connection:
        if not is_invited(presentation_of(connection, meeting), plan_of(connection, meeting), token):
            return None
        save_presentation(connection, meeting, moderator_hash=device_hash(secret))
    return secret


def is_invited(row: PresentationRow | None, plan: Plan | None, token: str) -> bool:
    """Whether a moderator's link can still be opened."""
    return _holds(row, plan, invited_hash(token))


def is_moderator(row: PresentationRow | None, plan: Plan | None, secret: str | None) -> bool:
    """Whether the browser that holds ``secret`` may present: until the meeting is closed."""
    return bool(secret) and _holds(row, plan, device_hash(secret or ""))


def _holds(row: PresentationRow | None, plan: Plan | None, hashed: str) -> bool:
    if row is None or row.moderator_hash is None or plan is None or plan.state == "closed":
        return False
    return secrets.compare_digest(row.moderator_hash, hashed)


def _open_plan(connection: Connection, meeting: str) -> Plan:
    plan = plan_of(connection, meeting)
    if plan is None:
        raise PresentingRefused("no_plan")
    if plan.state == "closed":
        raise PresentingRefused("closed")
    return plan
