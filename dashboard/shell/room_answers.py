"""What goes to and fro between the room's pages and browsers: fields coming in, cookies, files and HTML going out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.room.pages import STATIC
from dashboard.shell.link import HEADERS
from dashboard.shell.routes import encrypted

_LONGEST_BODY, _MOST_FIELDS = 2_048, 10
_COOKIE_SECONDS = 2 * 86_400
_KEPT: Mapping[str, str] = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}


async def fields_of(request: Request) -> dict[str, str] | None:
    """A form's fields; None where there is too much of it."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            return None
    try:
        found = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return {name: values[0] for name, values in found.items()}


def host_of(request: Request) -> str:
    """Where this server is reached, as the browser that asks has it."""
    scheme = "https" if encrypted(request) else "http"
    return f"{scheme}://{request.headers.get('host', '')}"


def keep_cookie(request: Request, answer: Response, name: str, value: str, path: str) -> None:
    """It outlives the browser: one that was closed in the middle of a meeting is opened again."""
    answer.set_cookie(
        name, value, max_age=_COOKIE_SECONDS, httponly=True, samesite="lax", secure=encrypted(request), path=path
    )


def html_answer(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(body, status, HEADERS)


def file_answer(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """A file of ours, to be kept: its address changes with it."""

    async def answer(request: Request) -> Response:
        body = await run_in_threadpool((STATIC / name).read_bytes)
        return Response(body, headers=dict(_KEPT), media_type=kind)

    return answer
