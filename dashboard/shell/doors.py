"""Which of Streamlit's doors stand open, and to whom: the page and its scripts to everyone, data to the signed-in."""

from __future__ import annotations

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from dashboard.shell import clock
from dashboard.shell.session import COOKIE, dashboard_store
from etl.model.sign_ins import session_user

#: Doors for machines; nobody needs them here. Answered as if they were not there.
_CLOSED = ("/_stcore/agent",)
#: Files made for a download, files on their way in, and numbers about the server: Streamlit hands them to anyone who
#: knows an address or opens a connection.
_SIGNED_IN = ("/media", "/_stcore/upload_file", "/_stcore/metrics")
#: What no page sends: commands of developers. The first empties the caches of everybody, for strangers too.
_UNWANTED = frozenset({"clear_cache", "set_run_on_save", "load_git_info"})


class Doors:
    """ASGI middleware around Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.app(scope, _without_commands(receive), send)
        elif scope["type"] == "http" and _leads_to(scope["path"], _CLOSED):
            await Response(status_code=404)(scope, receive, send)
        elif scope["type"] == "http" and _leads_to(scope["path"], _SIGNED_IN) and not await _is_signed_in(scope):
            await Response(status_code=403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _leads_to(path: str, doors: tuple[str, ...]) -> bool:
    return f"{path}/".startswith(tuple(f"{door}/" for door in doors))


async def _is_signed_in(scope: Scope) -> bool:
    session = HTTPConnection(scope).cookies.get(COOKIE)
    return bool(session) and await run_in_threadpool(_lives, session or "")


def _lives(session: str) -> bool:
    with dashboard_store().reading() as connection:
        return session_user(connection, session, clock.now()) is not None


def _without_commands(receive: Receive) -> Receive:
    async def wanted() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or not _is_command(message.get("bytes") or b""):
                return message

    return wanted


def _is_command(content: bytes) -> bool:
    try:
        return BackMsg.FromString(content).WhichOneof("type") in _UNWANTED
    except DecodeError:
        return False
