"""Slowing down those who try wrong links or codes, from one address or from everywhere, and nobody else."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from etl.model.report_links import failures, note_failure
from etl.model.store import Connection, Store

#: Seconds an answer is held back while wrong links pour in, and how many may wait so at once.
HELD_BACK, MOST_WAITING = 2.0, 20


@dataclass
class HoldingBack:
    """``knows``: whether a browser has proven before that it holds something right, so that it goes straight on."""

    store: Callable[[], Store]
    now: Callable[[], dt.datetime]
    knows: Callable[[Connection, Request], bool]
    wait: Callable[[float], Awaitable[Any]] = asyncio.sleep
    waiting: int = field(default=0, init=False)

    async def let_in(self, request: Request) -> bool:
        """Wait while wrong ones pour in; False where too many wait already. A proxy gives all one address, so what
        comes from everywhere counts too."""
        if not await run_in_threadpool(self._pours, request):
            return True
        if self.waiting >= MOST_WAITING:
            return False
        self.waiting += 1
        try:
            await self.wait(HELD_BACK)
        finally:
            self.waiting -= 1
        return True

    def _pours(self, request: Request) -> bool:
        with self.store().reading() as connection:
            if self.knows(connection, request):
                return False
            return failures(connection, self.now(), address_of(request)).too_many

    def note(self, request: Request) -> None:
        """A wrong one. While they pour in no more of them are written down: the store has better to do."""
        address, now = address_of(request), self.now()
        with self.store().reading() as connection:
            enough = failures(connection, now, address).too_many
        if not enough:
            with self.store().writing() as connection:
                note_failure(connection, now, address)


def address_of(request: Request) -> str | None:
    return request.client.host if request.client else None
