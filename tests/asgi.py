"""A browser of few words for an ASGI application: sends one request, keeps cookies, says where it comes from."""

from __future__ import annotations

import asyncio
import html
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """No-break spaces as spaces."""
        return self.body.decode().replace("\u00a0", " ")

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms, as a browser would send them."""
        return {html.unescape(name): html.unescape(value) for name, value in _HIDDEN.findall(self.text)}


@dataclass
class Caller:
    """Cookies go to the paths they were given for."""

    app: Any
    address: str = "192.0.2.7"
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, headers=headers)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Answer:
        return self.call("POST", path, urlencode(fields).encode(), headers)

    def call(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        path, _, query = path.partition("?")
        told = {"host": "netz.example", "sec-fetch-site": "same-origin" if method == "POST" else "none"}
        told |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        held = [f"{name}={value}" for (name, at), value in self.cookies.items() if path.startswith(at)]
        told |= {"cookie": "; ".join(held)} if held else {}
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "https",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in told.items() if value],
            "client": (self.address, 4711),
            "server": ("netz.example", 443),
        }
        with ThreadPoolExecutor(1) as apart:  # a browser's test may have a loop of its own in this thread
            return apart.submit(lambda: asyncio.run(self._sent(scope, body))).result()

    async def _sent(self, scope: dict[str, Any], body: bytes) -> Answer:
        answer = Answer(0, {}, b"")
        given = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                answer.status = message["status"]
                for name, value in message["headers"]:
                    answer.headers[name.decode().lower()] = value.decode()
                    if name.lower() == b"set-cookie":
                        self._keep(value.decode())
            else:
                answer.body += message.get("body", b"")

        await self.app(scope, receive, send)
        return answer

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            self.cookies[name, morsel["path"]] = morsel.value
