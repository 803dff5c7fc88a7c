"""What pages that are none of Streamlit's send: HTML, files to be kept, cookies, and the headers of them all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from dashboard.shell.routes import encrypted

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_KEPT: Mapping[str, str] = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}


def html_answer(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(body, status, HEADERS)


def file_answer(path: Path, kind: str) -> Callable[[Request], Awaitable[Response]]:
    """A file of ours, to be kept: its address changes with it."""

    async def answer(request: Request) -> Response:
        body = await run_in_threadpool(path.read_bytes)
        return Response(body, headers=dict(_KEPT), media_type=kind)

    return answer


def keep_cookie(request: Request, answer: Response, name: str, value: str, path: str, *, days: int) -> None:
    """It outlives the browser that is closed."""
    answer.set_cookie(
        name, value, max_age=days * 86_400, httponly=True, samesite="lax", secure=encrypted(request), path=path
    )
