"""The page's HTML as it leaves the server: language, title, and headers that keep everything on this host."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.link.pages import PREFIX
from dashboard.parts.html import escape
from dashboard.room.pages import is_ours
from dashboard.shell import clock
from dashboard.shell.session import COOKIE, dashboard_store
from etl.model.settings_rows import network
from etl.model.sign_ins import session_user
from etl.wording import LANGUAGES

#: Streamlit's own documents; everything they need comes from this host.
_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """No script from elsewhere, none written into the page but Streamlit's own (by hash), no ``unsafe-eval``.

    ``blob:`` is how Streamlit loads components' scripts, ``wasm-unsafe-eval`` what Graphviz needs;
    styles are written into elements by Streamlit and Vega.
    """
    inline = re.findall(r"<script>(.*?)</script>", _INDEX.read_text(encoding="utf-8"), re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    rules = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *hashes, "'wasm-unsafe-eval'", "blob:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "media-src": ["'self'", "blob:"],
        "worker-src": ["'self'", "blob:"],
        "frame-src": ["'self'", "blob:", "data:"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


class Documents:
    """ASGI middleware around Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _brings_its_own(scope["path"]):
            await self.app(scope, receive, send)
        else:
            wants_page = "text/html" in Headers(scope=scope).get("accept", "")
            await self.app(_unconditional(scope) if wants_page else scope, receive, _Rewriting(scope, send))


def _brings_its_own(path: str) -> bool:
    """Pages that are not Streamlit's: the one behind a link, and those of the room."""
    return path.startswith(f"{PREFIX}/") or is_ours(path)


class _Rewriting:
    """``send`` that holds an HTML document back until it is whole, and adds the headers to every answer."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.start: Message | None = None
        self.body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            self._add_headers(headers)
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                self.start = message
                return
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_document()
            return
        await self.send(message)

    def _add_headers(self, headers: MutableHeaders) -> None:
        for name, value in _HEADERS.items():
            headers[name] = value
        headers["Content-Security-Policy"] = content_security_policy()
        if self.scope.get("scheme") == "https":
            headers["Strict-Transport-Security"] = "max-age=31536000"

    async def _send_document(self) -> None:
        assert self.start is not None
        headers = MutableHeaders(scope=self.start)
        language, title = await run_in_threadpool(_spoken_and_title, Headers(scope=self.scope))
        body = self.body if self.scope["method"] == "HEAD" else document(self.body.decode(), language, title).encode()
        headers["Cache-Control"] = "no-store"
        for name in ("etag", "last-modified"):
            if name in headers:
                del headers[name]
        if self.scope["method"] != "HEAD":
            headers["Content-Length"] = str(len(body))
        await self.send(self.start)
        await self.send({"type": "http.response.body", "body": body})


def document(html: str, language: str, title: str) -> str:
    """Streamlit's page with our language and title, without its font and its invitation to machines."""
    html = html.replace('<html lang="en">', f'<html lang="{language}">', 1)
    html = re.sub(r"<title>.*?</title>", lambda _: f"<title>{escape(title)}</title>", html, count=1, flags=re.DOTALL)
    html = re.sub(r'<link\s+rel="preload"[^>]*as="font"[^>]*>', "", html)
    return re.sub(r'<link rel="service-desc"[^>]*>', "", html)


def preferred_language(accepted: str) -> str:
    """The first of our languages in an ``Accept-Language`` header; German where it names none."""
    for part in accepted.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def _spoken_and_title(headers: Headers) -> tuple[str, str]:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        morsel = None
    with dashboard_store().reading() as connection:
        user = session_user(connection, morsel.value, clock.now()) if morsel else None
        name = network(connection).name
    return (user.language if user else preferred_language(headers.get("accept-language", ""))), name


def _unconditional(scope: Scope) -> Scope:
    """The request without what would get a compressed or a "not modified" answer: the document depends on the user."""
    dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"range"}
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0].lower() not in dropped]}
