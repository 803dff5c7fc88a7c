"""The routes beside Streamlit: a script cannot set an HttpOnly cookie, so a one-time ticket is posted here."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.shell import clock
from dashboard.shell.menu import MENU
from dashboard.shell.session import COOKIE, dashboard_store
from etl.model.sign_ins import SESSION_LIFETIME, close_session, redeem_ticket

SIGN_IN = "/konto/anmelden"
SIGN_OUT = "/konto/abmelden"
_LONGEST_BODY = 8_192


async def sign_in(request: Request) -> Response:
    """Trade a ticket for the session cookie, then open the page that was asked for."""
    fields = await _fields(request)
    if fields is None:
        return PlainTextResponse("", status_code=403)
    session = await run_in_threadpool(_redeem, fields.get("ticket", ""), request.cookies.get(COOKIE))
    answer = _onwards(fields)
    if session is not None:
        answer.set_cookie(
            COOKIE,
            session,
            max_age=int(SESSION_LIFETIME.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=encrypted(request),
            path="/",
        )
    return answer


async def sign_out(request: Request) -> Response:
    """End the session in the store and take the cookie away; the page asked for stays in the address."""
    fields = await _fields(request)
    if fields is None:
        return PlainTextResponse("", status_code=403)
    session = request.cookies.get(COOKIE)
    if session:
        await run_in_threadpool(_close, session)
    answer = RedirectResponse("/", status_code=303, headers={"Cache-Control": "no-store"})
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=encrypted(request))
    return answer


async def first_page(request: Request) -> Response:
    """Streamlit knows its first page only as "/"; its name works too."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{query}", status_code=307)


ROUTES = [
    Route(SIGN_IN, sign_in, methods=["POST"]),
    Route(SIGN_OUT, sign_out, methods=["POST"]),
    Route(f"/{MENU[0].url_path}", first_page, methods=["GET"]),
]


def safe_next(target: str) -> str:
    """A page of ours to go on to; anything that could lead elsewhere becomes the first page."""
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return target if ours and target.isprintable() and "\\" not in target and len(target) <= 2_000 else "/"


def _onwards(fields: dict[str, str]) -> RedirectResponse:
    return RedirectResponse(safe_next(fields.get("next", "/")), status_code=303, headers={"Cache-Control": "no-store"})


async def _fields(request: Request) -> dict[str, str] | None:
    """The form's fields; None where another site sent it, or too much of it."""
    if not from_here(request):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _LONGEST_BODY:
            return None
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def from_here(request: Request) -> bool:
    """Browsers say where a form comes from; without their word nothing is taken."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", "-")


def encrypted(request: Request) -> bool:
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"


def _redeem(ticket: str, before: str | None) -> str | None:
    """The new session; the one this browser held ``before`` ends with it."""
    with dashboard_store().writing() as connection:
        session = redeem_ticket(connection, ticket, clock.now())
        if session is not None and before:
            close_session(connection, before, clock.now())
        return session


def _close(session: str) -> None:
    with dashboard_store().writing() as connection:
        close_session(connection, session, clock.now())
