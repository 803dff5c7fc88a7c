"""The routes behind personal links. Who holds the link may report for its partner: nobody is signed in here.

A link that opens nothing is always answered in the same way, whether it never was, is over or was taken back.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from dashboard.answers import link_page as answers
from dashboard.answers.link_lines import own_lines, say_own
from dashboard.answers.link_page import Answered, Holder, Review
from dashboard.link.pages import FILES, PREFIX, STATIC, Page, chosen_language
from dashboard.link.typed import LONGEST, LONGEST_BODY, Typed, lines_of, needs_of, rows_of
from dashboard.shell import clock
from dashboard.shell.holding_back import HoldingBack
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
from etl.pipeline.single_clients import tells_of_client
from etl.wording import say

#: Tells a browser that has opened a link before: it is not held back.
KNOWN = "rundertisch_link"
_DEVICE_DAYS = 200
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
        files = [Route(f"{PREFIX}/{name}", _file(name, kind), methods=["GET"]) for name, kind in FILES.items()]
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
        visit = _Visit(store, page, answers.holder_of(store, link, writer), link, day, clock.moment_of(settings, now))
        device = request.cookies.get(_cookie(link))
        if link.one_device and not is_device(link, device):
            return self._first_device(request, visit, typed)
        if typed is None:
            with store.writing() as connection:
                note_use(connection, link.id, "opened", visit.now)
            return _remembered(_html(visit.form(Typed())), request, visit)
        return _html(visit.step(typed))

    def _first_device(self, request: Request, visit: _Visit, typed: Typed | None) -> Response:
        """Ask before a browser becomes the link's only one: programs that check mails open links too."""
        if visit.link.device_hash is not None:
            self.holding.note(request)
            return self._message(request, typed, "link.gone", 404)
        if typed is None or typed.step != "open":
            say_ = visit.say
            return _html(visit.page.message(say_("link.open"), say_("link.open.what"), ask=True, done=False))
        with visit.store.writing() as connection:
            device = bind_device(connection, visit.link.id)
            note_use(connection, visit.link.id, "opened", visit.now)
        if device is None:
            return self._message(request, typed, "link.gone", 404)
        answer = _remembered(_html(visit.form(Typed())), request, visit)
        _set_cookie(answer, request, _cookie(visit.link), device, visit.page.path)
        return answer

    def _message(self, request: Request, typed: Typed | None, key: str, status: int) -> Response:
        with self.store().reading() as connection:
            name = network(connection).name
        language = _language(request, typed)
        what = say(language, f"{key}.what", network=name)
        return _html(Page(language, name).message(say(language, key), what, ask=False, done=False), status)

    def _plain(self, request: Request, key: str, status: int) -> Response:
        language = _language(request, None)
        return Response(say(language, key), status, HEADERS, "text/plain; charset=utf-8")


@dataclass(frozen=True)
class _Visit:
    """One request of somebody who holds a link."""

    store: Store
    page: Page
    holder: Holder
    link: LinkRow
    day: dt.date
    now: dt.datetime

    def say(self, key: str, **values: Any) -> str:
        return say(self.page.language, key, **values)

    @property
    def keep(self) -> str:
        """Under which name the browser keeps what is typed: not the token's."""
        return hashlib.sha256(f"keep {self.link.token_hash}".encode()).hexdigest()[:16]

    def form(self, typed: Typed, told: str = "", faulty: str = "") -> str:
        held = answers.seen_now(self.store, self.holder, self.day)
        return self.page.form(
            self.holder,
            answers.asked(self.store, self.holder, self.day),
            typed,
            answers.handed(self.store, self.holder),
            told=told,
            faulty=faulty,
            keep=self.keep,
            form=typed.form or secrets.token_urlsafe(12),
            held=":".join(map(str, (held[0], *held[1]))),
            day=self.day,
            lines=own_lines(self.store, self.holder, self.day, self.page.language),
        )

    def step(self, typed: Typed) -> str:
        """One step of the form; a step that is none of ours shows the form again."""
        if typed.step == "lines":
            return self._lines(typed)
        if typed.step not in ("review", "send", "unchanged"):
            return self.form(typed)
        asked = answers.asked(self.store, self.holder, self.day)
        rows, needs = rows_of(typed, asked), needs_of(typed)
        objection = self._objection(typed, rows, needs)
        if objection is not None:
            return self.form(typed, *objection)
        answered = Answered(
            self.holder.name,
            self.holder.way,
            typed.person or self.holder.person,
            self.day,
            rows,
            needs,
            self.holder.writer,
        )
        rest = self._rest(typed, rows, asked)
        if typed.step == "unchanged" and answered.empty:
            return self._unchanged(typed)
        if typed.step == "send":
            return self._send(typed, answered, rest)
        found = answers.review(self.store, self.holder, answered, day=self.day, now=self.now)
        return self._review(typed, found, rest, asked)

    def _lines(self, typed: Typed) -> str:
        """What the house says of its lines of the interface paper; the form stays, with what is typed in it."""
        told = Typed({name: text for name, text in typed.fields.items() if name.startswith("l.") or name == "person"})
        said = lines_of(typed)
        if typed.too_long() is not None:
            return self.form(told, self.say("link.too_long", n=LONGEST["note"]))
        if self.holder.way == "phone" and not typed.person:
            return self.form(told, self.say("link.without_person"))
        stored, refused = (
            say_own(self.store, self.holder, said, person=typed.person, day=self.day, now=self.now)
            if said
            else (0, None)
        )
        if refused is not None:
            return self.form(told, self.say(f"link.lines.refused.{refused}"))
        return self.form(Typed(), self.say("link.lines.told", n=stored))

    def _objection(
        self, typed: Typed, rows: tuple[answers.Row, ...], needs: tuple[answers.Row, ...]
    ) -> tuple[str, str] | None:
        """Why the answers cannot be looked at yet, and the field it is about."""
        too_long = typed.too_long()
        if too_long is not None:
            return self.say("link.too_long", n=too_long[1]), too_long[0]
        for field_name, new in (("n.title", rows), ("b.title", needs)):
            if any("title" not in row.told for row in new):
                return self.say("link.without_title"), field_name
        if tells_of_client([typed.person]):
            return self.say("link.refused.clients"), "person"
        if self.holder.way == "phone" and not typed.person:
            return self.say("link.without_person"), "person"
        return None

    def _rest(self, typed: Typed, rows: tuple[answers.Row, ...], asked: tuple[answers.Asked, ...]) -> list[str]:
        """The running measures nothing is said about, where somebody says that they stay as they are."""
        told = {row.key for row in rows}
        return [one.key for one in asked if not one.over and one.key not in told] if typed.rest else []

    def _review(
        self,
        typed: Typed,
        found: Review,
        rest: list[str],
        asked: tuple[answers.Asked, ...],
        moved: bool = False,
        told: str = "",
    ) -> str:
        moved = moved or self._moved(typed, asked)
        unchanged = bool(asked) and not found.records
        return self.page.review(
            self.holder,
            typed,
            found,
            rest=len(rest),
            moved=moved,
            unchanged=unchanged,
            told=told,
            keep=self.keep,
        )

    def _moved(self, typed: Typed, asked: tuple[answers.Asked, ...]) -> bool:
        """Whether what a changed field was filled in with is not what is known now."""
        was = typed.was
        changed = [(one, q) for one in asked for q in one.known if typed.shown(one, q) != typed.known(one, q)]
        return any(str(was.get(one.key, one.known).get(q, "")) != one.known.get(q, "") for one, q in changed)

    def _unchanged(self, typed: Typed) -> str:
        name = _name_of(typed)
        if answers.sent_before(self.store, self.holder, name):
            return self._confirmed("link.confirmed.already")
        outcome = answers.confirm_all(
            self.store,
            self.holder,
            _held(typed.text("held")),
            person=typed.person,
            form=name,
            day=self.day,
            now=self.now,
        )
        if outcome == "clients":
            return self.form(typed, self.say("link.refused.clients"), "person")
        if outcome in ("moved", "nothing"):
            return self.form(Typed(), self.say("link.moved"))
        key = "link.confirmed" if outcome == "confirmed" else "link.confirmed.already"
        return self._confirmed(key)

    def _confirmed(self, key: str) -> str:
        return self._done(self.say(key, day=self.day), self.say("link.confirmed.what"), mistake="confirmed")

    def _send(self, typed: Typed, answered: Answered, rest: list[str]) -> str:
        name = _name_of(typed)
        before = answers.sent_before(self.store, self.holder, name)
        if before is not None:
            return self._handed() if before == "handed" else self._done(self.say("link.done"))
        sent = answers.send(
            self.store,
            self.holder,
            answered,
            seen=typed.text("seen"),
            words=typed.words,
            rest=rest,
            form=name,
            day=self.day,
            now=self.now,
        )
        if sent.review is not None:
            asked = answers.asked(self.store, self.holder, self.day)
            told = self.say("link.refused.clients") if sent.outcome == "clients" else ""
            return self._review(typed, sent.review, rest, asked, moved=sent.outcome == "moved", told=told)
        unread = self.say("link.done.unread", n=sent.unread) if sent.unread else ""
        if sent.outcome == "handed":
            return self._handed(unread)
        silent = answered.empty or (not sent.news and sent.unread)  # nobody knew what could not be read
        what = "" if silent else self.say("link.done.what", n=sent.news, day=self.day)
        rested = self.say("link.done.rest", n=sent.rest) if sent.rest else ""
        return self._done(self.say("link.done"), what, unread, rested)

    def _handed(self, unread: str = "") -> str:
        return self._done(self.say("link.handed"), self.say("link.handed.what"), unread, mistake="handed")

    def _done(self, headline: str, *sentences: str, mistake: str = "done") -> str:
        told = self.say(f"link.{mistake}.mistake")
        return self.page.message(headline, *sentences, done=True, ask=False, keep=self.keep, mistake=told)


def _name_of(typed: Typed) -> str:
    """What the browser calls this very form with these very answers: changed ones are something else."""
    if not typed.form:
        return ""
    told = sorted((n, t) for n, t in typed.fields.items() if n not in ("seen", "lang", "held", "was"))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _held(text: str) -> tuple[int, tuple[int, int]] | None:
    parts = text.split(":")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 16 for part in parts):
        return (-1, (-1, -1))  # seen nothing we know of
    count, one, other = map(int, parts)
    return count, (one, other)


async def _typed(request: Request) -> Typed | None:
    """The form's fields, None for a GET. Raises ``_TooMuch`` and ``ValueError``."""
    if request.method != "POST":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
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


def _html(body: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(body, status, HEADERS)


def _remembered(answer: Response, request: Request, visit: _Visit) -> Response:
    """This browser has opened a link; what it is given opens nothing."""
    _set_cookie(answer, request, KNOWN, opened_proof(visit.link), PREFIX)
    return answer


def _set_cookie(answer: Response, request: Request, name: str, value: str, path: str) -> None:
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    answer.set_cookie(
        name, value, max_age=_DEVICE_DAYS * 86_400, httponly=True, samesite="lax", secure=secure, path=path
    )


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        body = await run_in_threadpool((STATIC / name).read_bytes)
        return Response(body, headers=dict(_KEPT), media_type=kind)

    return answer


_KEPT: Mapping[str, str] = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}

ROUTES = LinkPages().routes()
