"""Closing a meeting: what was shown is kept under a checksum, for good. What comes later is a supplement beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.accounts import User
from etl.model.bodies import body_of
from etl.model.closings import (
    add_closing,
    closings,
    end_presentation,
    keep_paper,
    open_again,
    set_state,
)
from etl.model.deliveries import later_than_all
from etl.model.meetings import begin_item, kept_papers, meeting_closings, plan_of
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.meeting.rights import runs
from etl.pipeline.meeting.temperature import close_open
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.rules.days import in_berlin
from etl.rules.meeting import Plan


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Closing:
    """A closing as it is stored. ``reopened_at``: since when the meeting was open again after it, ``reason`` why."""

    id: int
    meeting: str
    closed_at: dt.datetime
    closed_by: str
    supplement: bool
    sha256: str
    reopened_at: dt.datetime | None = None
    reopened_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AboutToClose:
    """What the papers are made of: the meeting in ``store`` as it is being closed. ``since``: when it was closed
    before; a supplement tells only what was added after it."""

    store: Store
    plan: Plan
    now: dt.datetime
    since: dt.datetime | None = None

    @property
    def supplement(self) -> bool:
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of the papers of a closing. ``differing``: names of papers that are not what was kept; ``whole``:
    they are, none is missing and none was added."""

    closing: Closing
    differing: tuple[str, ...]
    whole: bool


class ClosingRefused(Refused):
    """Nothing was stored; ``code``: unknown, not_allowed, not_yet, closed, not_closed, no_reason, single_client."""

    sentences = "kept.refused."


def close_meeting(
    store: Store, meeting: str, user: User, *, now: dt.datetime, papers: Callable[[AboutToClose], Sequence[Paper]]
) -> Closing:
    """Close a meeting by whoever runs its body, with the papers that ``papers`` makes of what stands in the store.

    One transaction: while the papers are made, nobody else can store anything. How the room feels, where that was
    asked and not shown yet, is closed just before, so that the papers tell it. Raises ``ClosingRefused``.
    """
    with store.writing() as connection:
        _closable(connection, meeting, user, now)
        close_open(connection, meeting, now)
    with store.writing() as connection:
        plan = _closable(connection, meeting, user, now)
        before = meeting_closings(connection, meeting)
        at = max([later_than_all(connection, now), *(row.closed_at for row in before)])
        begin_item(connection, meeting, None, now)
        close_open(connection, meeting, now)
        end_presentation(connection, meeting, now)
        since = before[-1].closed_at if before else None
        made = papers(AboutToClose(store.within(connection), plan, at, since))
        set_state(connection, meeting, "closed", by=user.username, now=now)
        sha256, supplement = checksum(made), bool(before)
        number = add_closing(connection, meeting, supplement=supplement, sha256=sha256, by=user.username, now=at)
        for paper in made:
            keep_paper(connection, number, paper.name, paper.media_type, paper.content, paper.sha256)
        raise_version(connection)
        return _closing(meeting_closings(connection, meeting)[-1])


def _closable(connection: Connection, meeting: str, user: User, now: dt.datetime) -> Plan:
    plan = _run_by(connection, meeting, user)
    if plan.state == "closed":
        raise ClosingRefused("closed")
    if in_berlin(now) < plan.day:
        raise ClosingRefused("not_yet")
    return plan


def reopen_meeting(store: Store, meeting: str, user: User, *, reason: str, now: dt.datetime) -> None:
    """Open a closed meeting again, with the reason; what was kept stays as it was. Raises ``ClosingRefused``."""
    with store.writing() as connection:
        plan = _run_by(connection, meeting, user)
        before = meeting_closings(connection, meeting)
        if plan.state != "closed" or not before:
            raise ClosingRefused("not_closed")
        if not reason.strip():
            raise ClosingRefused("no_reason")
        if tells_of_client([reason]):
            raise ClosingRefused("single_client")
        open_again(connection, before[-1].id, reason=reason.strip(), by=user.username, now=now)
        set_state(connection, meeting, "running", by=user.username, now=now)
        raise_version(connection)


def _run_by(connection: Connection, meeting: str, user: User) -> Plan:
    plan = plan_of(connection, meeting)
    body = body_of(connection, plan.body) if plan else None
    if plan is None or body is None:
        raise ClosingRefused("unknown")
    if not runs(user, body):
        raise ClosingRefused("not_allowed")
    return plan


def closings_of(connection: Connection, meeting: str) -> tuple[Closing, ...]:
    """Every closing of a meeting, the first one first."""
    return tuple(_closing(row) for row in meeting_closings(connection, meeting))


def papers_of(connection: Connection, closing: int) -> tuple[Paper, ...]:
    return tuple(Paper(row.name, row.media_type, bytes(row.content)) for row in kept_papers(connection, closing))


def checksum(papers: Iterable[Paper]) -> str:
    """SHA-256 over all papers of a closing: a line ``<sha256 of the paper>  <name>`` for each, by name. Whoever has the
    papers gets it with ``sha256sum`` too."""
    return _of_lines((paper.name, paper.sha256) for paper in papers)


def _of_lines(papers: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(papers))
    return hashlib.sha256(lines.encode()).hexdigest()


def verify(connection: Connection, closing: Closing) -> Verified:
    """Compute the checksum again from the bytes that are kept."""
    rows = kept_papers(connection, closing.id)
    now = {row.name: hashlib.sha256(bytes(row.content)).hexdigest() for row in rows}
    differing = tuple(sorted(row.name for row in rows if now[row.name] != row.sha256))
    return Verified(closing, differing, not differing and _of_lines(now.items()) == closing.sha256)


def verify_all(connection: Connection) -> tuple[Verified, ...]:
    """``verify`` for all that is kept, oldest first."""
    return tuple(verify(connection, _closing(row)) for row in closings(connection))


def _closing(row: Any) -> Closing:
    names = ("id", "meeting", "closed_at", "closed_by", "supplement", "sha256", "reopened_at", "reopened_by", "reason")
    return Closing(**{name: getattr(row, name) for name in names})
