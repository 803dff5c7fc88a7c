"""The routes behind personal links. Who holds the link may report for its partner: nobody is signed in here.

A link that opens nothing is always answered in the same way, whether it never was, is over or was taken back.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard.answers import link_page as answers
from dashboard.link.pages import FILES, PREFIX, STATIC, Page, chosen_language
from dashboard.link.typed import LONGEST_BODY, Typed
from dashboard.shell import clock
from dashboard.shell.holding_back import HoldingBack
from dashboard.shell.link_visit import Visit
from dashboard.shell.receiving import body_of
from dashboard.shell.sending import HEADERS, file_answer, html_answer, keep_cookie
from dashboard.shell.session import COOKIE, dashboard_store
from etl.model.report_links import (
    LinkRow,
    bind_device,
    has_opened,
    is_device,
    note_use,
    open_link,
    opened_proof,
)
from etl.model.settings_rows import network
from etl.model.sign_ins import session_user
from etl.model.store import Store
from etl.wording import say

#: Tells a browser that has opened a link before: it is not held back.
KNOWN = "rundertisch_link"
_DEVICE_DAYS = 200


class _TooMuch(Exception):
    """More was sent than any form of ours holds."""


@dataclass
class LinkPages:
    """The pages of one server. The clock, the store and waiting are given, so that tests can give others."""

    store: Callable[[], Store] = dashboard_store
    now: Callable[[], dt.datetime] = clock.now
    wait: Callable[[float], Awaitable[Any]] = asyncio.sleep
    holding: HoldingBack = field(init=False)

    def __post_init__(self) -> None:
        self.holding = HoldingBack(lambda: self.store(), lambda: self.now(), _has_opened, self.wait)

    def routes(self) -> list[Route]:
        """Files first: no token is called like them."""
        files = [
            Route(f"{PREFIX}/{name}", file_answer(STATIC / name, kind), methods=["GET"]) for name, kind in FILES.items()
        ]
        return [*files, Route(f"{PREFIX}/{{token}}", self.answer, methods=["GET", "POST"])]

    async def answer(self, request: Request) -> Response:
        """One address for everything: GET shows the form, POST is one step of it."""
        try:
            typed = await _typed(request)
        except (_TooMuch, ValueError):
            return self._plain(request, "link.too_much", 413)
        if typed is not None and not _from_here(request):
            return self._plain(request, "link.other_site", 403)
        if not await self.holding.let_in(request):
            return await run_in_threadpool(self._message, request, typed, "link.busy", 429)
        return await run_in_threadpool(self._answer, request, typed)

    def _answer(self, request: Request, typed: Typed | None) -> Response:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            day = clock.day_of(settings, now)
            link = open_link(connection, request.path_params["token"], day)
            writer = _writer(connection, link, request, now) if link is not None else None
        if link is None or writer is None:
            self.holding.note(request)
            return self._message(request, typed, "link.gone", 404)
        page = Page(_language(request, typed), settings.name, request.url.path)
        visit = Visit(store, page, answers.holder_of(store, link, writer), link, day, clock.moment_of(settings, now))
        device = request.cookies.get(_cookie(link))
        if link.one_device and not is_device(link, device):
            return self._first_device(request, visit, typed)
        if typed is None:
            with store.writing() as connection:
                note_use(connection, link.id, "opened", visit.now)
            return _remembered(html_answer(visit.form(Typed())), request, visit)
        return html_answer(visit.step(typed))

    def _first_device(self, request: Request, visit: Visit, typed: Typed | None) -> Response:
        """Ask before a browser becomes the link's only one: programs that check mails open links too."""
        if visit.link.device_hash is not None:
            self.holding.note(request)
            return self._message(request, typed, "link.gone", 404)
        if typed is None or typed.step != "open":
            say_ = visit.say
            return html_answer(visit.page.message(say_("link.open"), say_("link.open.what"), ask=True, done=False))
        with visit.store.writing() as connection:
            device = bind_device(connection, visit.link.id)
            note_use(connection, visit.link.id, "opened", visit.now)
        if device is None:
            return self._message(request, typed, "link.gone", 404)
        answer = _remembered(html_answer(visit.form(Typed())), request, visit)
        keep_cookie(request, answer, _cookie(visit.link), device, visit.page.path, days=_DEVICE_DAYS)
        return answer

    def _message(self, request: Request, typed: Typed | None, key: str, status: int) -> Response:
        with self.store().reading() as connection:
            name = network(connection).name
        language = _language(request, typed)
        what = say(language, f"{key}.what", network=name)
        return html_answer(Page(language, name).message(say(language, key), what, ask=False, done=False), status)

    def _plain(self, request: Request, key: str, status: int) -> Response:
        language = _language(request, None)
        return Response(say(language, key), status, HEADERS, "text/plain; charset=utf-8")


async def _typed(request: Request) -> Typed | None:
    """The form's fields, None for a GET. Raises ``_TooMuch`` and ``ValueError``."""
    if request.method != "POST":
        return None
    body = await body_of(request, LONGEST_BODY)
    if body is None:
        raise _TooMuch
    return Typed.of(body)


def _from_here(request: Request) -> bool:
    """Browsers say where a form comes from. What says nothing at all is no browser and holds the secret address; an
    origin is "null" from our own page too, as it sends no referrer."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin in (None, "null") or origin.split("://")[-1] == request.headers.get("host")


def _writer(connection: Any, link: LinkRow, request: Request, now: dt.datetime) -> str | None:
    """Who of the office writes down a phone call, "" for a partner's own link; None where nobody of it is signed in."""
    if link.way != "phone":
        return ""
    session = request.cookies.get(COOKIE)
    user = session_user(connection, session, now) if session else None
    return user.display_name if user is not None and user.role == "coordinator" else None


def _language(request: Request, typed: Typed | None) -> str:
    wanted = (typed.text("lang") if typed is not None else "") or request.query_params.get("lang", "")
    return chosen_language(wanted, request.headers.get("accept-language", ""))


def _has_opened(connection: Any, request: Request) -> bool:
    """Whether this browser has opened a link before."""
    return has_opened(connection, request.cookies.get(KNOWN, ""))


def _cookie(link: LinkRow) -> str:
    return f"{KNOWN}_{link.id}"


def _remembered(answer: Response, request: Request, visit: Visit) -> Response:
    """This browser has opened a link; what it is given opens nothing."""
    keep_cookie(request, answer, KNOWN, opened_proof(visit.link), PREFIX, days=_DEVICE_DAYS)
    return answer


ROUTES = LinkPages().routes()
