"""One viewer: speaks Streamlit's protocol over a websocket as a browser does, reruns a page at a steady beat."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

_FINISHED = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY
#: A run that takes longer is no answer any more.
_PATIENCE = 30


@dataclass
class Viewer:
    """``cookie`` signs the viewer in, ``page`` and ``query`` are the address it looks at.

    ``text`` is what the last run sent, for a look whether it was the page meant."""

    port: int
    cookie: str
    text: bytes = b""
    page: str = ""
    query: str = ""
    _cached: dict[str, None] = field(default_factory=dict)
    _connection: ClientConnection | None = None

    async def open(self) -> None:
        """Connect and load the page once."""
        self._connection = await connect(
            f"ws://127.0.0.1:{self.port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie},
            origin=f"http://127.0.0.1:{self.port}",  # type: ignore[arg-type]
            max_size=None,
        )
        await self.rerun()

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def beat(self, every: float, first: float, until: float) -> list[float]:
        """Rerun every ``every`` seconds from ``first`` to ``until`` (both on ``time.monotonic``); the seconds taken."""
        taken, due = [], first
        while due < until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            taken.append(await self.rerun())
            due = max(due + every, time.monotonic())
        return taken

    async def rerun(self) -> float:
        """Seconds from asking for a run until the server says that it has finished."""
        assert self._connection is not None, "open() comes first"
        start = time.monotonic()
        await self._connection.send(self._request().SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            received = await self._receive(self._connection)
        self.text = b"".join(received) or self.text
        return time.monotonic() - start

    async def _receive(self, connection: ClientConnection) -> list[bytes]:
        """All messages up to the end of the run; as a browser does, it remembers those worth sending only once."""
        received: list[bytes] = []
        while True:
            raw = await connection.recv(decode=False)
            message = ForwardMsg.FromString(raw)
            if message.metadata.cacheable:
                self._cached[message.hash] = None
            if message.WhichOneof("type") == "delta":
                received.append(raw)
            elif message.WhichOneof("type") == "script_finished":
                assert message.script_finished == _FINISHED, message
                return received

    def _request(self) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.cached_message_hashes.extend(self._cached)
        state.page_name, state.query_string = self.page, self.query
        state.context_info.timezone = "Europe/Berlin"
        state.context_info.locale = "de-DE"
        state.context_info.url = f"http://127.0.0.1:{self.port}/"
        state.context_info.color_scheme = "light"
        return message
