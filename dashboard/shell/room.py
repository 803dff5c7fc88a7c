"""The routes of the room: the wall, the devices that follow it, and the code that lets them in.

Whoever may not see a meeting gets the same answer whether there is one or not.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.answers.room import WALL, Room, look_for, room_of
from dashboard.answers.room_pictures import pictures_of
from dashboard.room.pages import CODE, FILES, FILES_AT, STATIC, message, render
from dashboard.shell import clock
from dashboard.shell.holding_back import HoldingBack
from dashboard.shell.receiving import fields_of, host_of
from dashboard.shell.room_seats import MODERATOR, Seat, language_of, seat_of, user_of
from dashboard.shell.room_told import Told, page_around, told
from dashboard.shell.routes import from_here
from dashboard.shell.sending import HEADERS, file_answer, html_answer, keep_cookie
from dashboard.shell.session import dashboard_store
from etl.model.presenting import code_proof, code_typed, has_followed, presentation_by_code
from etl.model.settings_rows import Network, network
from etl.model.store import Connection, Store
from etl.pipeline.meeting import presenting
from etl.pipeline.meeting.presenting import PresentingRefused
from etl.wording import say

#: Held by a browser that has typed a right code.
FOLLOWS = "rundertisch_mitlesen"
#: A browser that was closed in the middle of a meeting is opened again.
_COOKIE_DAYS = 2


@dataclass(frozen=True)
class _Visit:
    """One request: the store, both clocks, and the meeting with the seat in it (None: a stranger's)."""

    store: Store
    settings: Network
    now: dt.datetime
    moment: dt.datetime
    room: Room | None = None
    seat: Seat | None = None

    @property
    def day(self) -> dt.date:
        return clock.day_of(self.settings, self.now)


@dataclass
class RoomPages:
    """The pages of one server. The clock, the store and waiting are given, so that tests can give others."""

    store: Callable[[], Store] = dashboard_store
    now: Callable[[], dt.datetime] = clock.now
    wait: Callable[[float], Awaitable[Any]] = asyncio.sleep
    holding: HoldingBack = field(init=False)

    def __post_init__(self) -> None:
        self.holding = HoldingBack(lambda: self.store(), lambda: self.now(), _follows, self.wait)

    def routes(self) -> list[Route]:
        """Files first: no meeting is called like them."""
        files = [
            Route(f"{FILES_AT}/{name}", file_answer(STATIC / name, kind), methods=["GET"])
            for name, kind in FILES.items()
        ]
        at = f"{WALL}/{{meeting}}"
        return [
            *files,
            Route(at, self._threaded(self._wall), methods=["GET"]),
            Route(f"{at}/stand", self._threaded(self._poll), methods=["GET"]),
            Route(f"{at}/suche", self._threaded(self._search), methods=["GET"]),
            Route(f"{at}/mitlesen", self._threaded(self._follow), methods=["GET"]),
            Route(f"{at}/schritt", self._posted(self._step), methods=["POST"]),
            Route(f"{at}/moderation/{{token}}", self._threaded(self._invited), methods=["GET"]),
            Route(f"{at}/moderation/{{token}}", self._posted(self._moderate), methods=["POST"]),
            Route(CODE, self._threaded(self._enter), methods=["GET"]),
            Route(CODE, self._held(self._posted(self._entered)), methods=["POST"]),
            Route(f"{CODE}/{{code}}", self._held(self._threaded(self._follow_by_code)), methods=["GET"]),
            Route(f"{CODE}/{{code}}/stand", self._held(self._threaded(self._poll_by_code)), methods=["GET"]),
        ]

    # ------------------------------------------------------------------ ways in

    def _threaded(self, work: Callable[[Request], Response]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(work, request)

        return answer

    def _posted(self, work: Callable[[Request, dict[str, str]], Response]) -> Callable[[Request], Awaitable[Response]]:
        """What changes something comes from a page of ours."""

        async def answer(request: Request) -> Response:
            fields = await fields_of(request) if from_here(request) else None
            if fields is None:
                return Response("", 403, HEADERS)
            return await run_in_threadpool(work, request, fields)

        return answer

    def _held(self, then: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not await self.holding.let_in(request):
                return await run_in_threadpool(self._message, request, "room.busy", 429)
            return await then(request)

        return answer

    def _visit(self, request: Request) -> _Visit:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            moment = clock.moment_of(settings, now).astimezone(dt.UTC)
            room = room_of(connection, request.path_params["meeting"])
            seat = seat_of(connection, room, request, now, moment) if room is not None else None
        return _Visit(store, settings, now, moment, room, seat)

    # ------------------------------------------------------------------ signed in

    def _wall(self, request: Request) -> Response:
        visit = self._visit(request)
        if visit.room is None or visit.seat is None:
            return self._stranger(request)
        if not visit.seat.may_present:
            return RedirectResponse(f"{WALL}/{visit.room.plan.key}/mitlesen", 303, HEADERS)
        return html_answer(page_around("wall.html", self._told(visit, request), visit.seat))

    def _follow(self, request: Request) -> Response:
        visit = self._visit(request)
        if visit.room is None or visit.seat is None:
            return self._stranger(request)
        return html_answer(page_around("follow.html", self._told(visit, request), visit.seat))

    def _poll(self, request: Request) -> Response:
        visit = self._visit(request)
        if visit.room is None or visit.seat is None:
            return JSONResponse({}, 404, HEADERS)
        return self._answer(request, self._told(visit, request))

    def _search(self, request: Request) -> Response:
        visit = self._visit(request)
        if visit.room is None or visit.seat is None or not visit.seat.may_present:
            return JSONResponse({}, 404, HEADERS)
        shown, _ = pictures_of(visit.store, visit.room.plan, visit.day)
        language = visit.seat.language
        found = [
            {
                "key": one.key,
                "kind": say(language, f"room.subject.{one.kind}_short"),
                "text": one.text,
                "rating": say(language, f"rating.{one.rating}") if one.rating else "",
            }
            for one in look_for(shown, request.query_params.get("q", "")[:80])
        ]
        return JSONResponse({"found": found}, 200, HEADERS)

    def _step(self, request: Request, fields: dict[str, str]) -> Response:
        visit = self._visit(request)
        if visit.room is None or visit.seat is None or not visit.seat.may_present:
            return JSONResponse({}, 404, HEADERS)
        meeting, by = visit.room.plan.key, visit.seat.name[:120]
        to = fields.get("zu", "")
        try:
            if to == "begin":
                presenting.begin(visit.store, meeting, by=by, now=visit.moment)
            elif to == "end":
                presenting.end(visit.store, meeting, by=by, now=visit.moment)
            elif not to.startswith("record:") or self._is_shown(visit, to.removeprefix("record:")):
                presenting.step(visit.store, meeting, to, seen=fields.get("von", ""), by=by, now=visit.moment)
        except PresentingRefused:
            pass  # the answer shows where the wall stands
        after = self._visit(request)
        if after.room is None or after.seat is None:
            return JSONResponse({}, 404, HEADERS)
        return self._answer(request, self._told(after, request))

    def _is_shown(self, visit: _Visit, key: str) -> bool:
        """Whether there is a goal or measure of this key on the day the meeting shows."""
        assert visit.room is not None, "only a seat in a room steps"
        facts = pictures_of(visit.store, visit.room.plan, visit.day)[0].facts
        return key in facts.goal_by_key or key in facts.measure_by_key

    # ------------------------------------------------------------------ the outside moderator

    def _invited(self, request: Request) -> Response:
        """Ask before a browser becomes the moderator's: programs that check mails open links too."""
        visit = self._visit(request)
        row, plan = (visit.room.row, visit.room.plan) if visit.room is not None else (None, None)
        if not presenting.is_invited(row, plan, request.path_params["token"]):
            return self._stranger(request)
        language = language_of(request, None)
        told_ = say(language, "room.moderate.what")
        button = say(language, "room.moderate.go")
        name, path = visit.settings.name, request.url.path
        return html_answer(message(language, name, say(language, "room.moderate"), told_, ask=path, button=button))

    def _moderate(self, request: Request, fields: dict[str, str]) -> Response:
        meeting = request.path_params["meeting"]
        secret = presenting.bind_moderator(self.store(), meeting, request.path_params["token"])
        if secret is None:
            return self._stranger(request)
        path = f"{WALL}/{meeting}"
        answer = RedirectResponse(path, 303, HEADERS)
        keep_cookie(request, answer, MODERATOR, secret, path, days=_COOKIE_DAYS)
        return answer

    # ------------------------------------------------------------------ by code

    def _enter(self, request: Request) -> Response:
        return self._form(request)

    def _form(self, request: Request, told_: str = "", status: int = 200) -> Response:
        with self.store().reading() as connection:
            language = language_of(request, user_of(connection, request, self.now()))
            name = network(connection).name
        said = say(language, told_) if told_ else ""
        return html_answer(render("enter.html", language, name, action=CODE, told=said), status)

    def _entered(self, request: Request, fields: dict[str, str]) -> Response:
        code = code_typed(fields.get("code", ""))
        visit = self._by_code(code)
        if visit.room is None or not visit.room.live:
            self.holding.note(request)
            return self._form(request, "room.enter.wrong", 404)
        return self._remembered(request, RedirectResponse(f"{CODE}/{code}", 303, HEADERS), visit.room)

    def _follow_by_code(self, request: Request) -> Response:
        visit = self._by_code(code_typed(request.path_params["code"]))
        if visit.room is None or not visit.room.live:
            self.holding.note(request)
            return self._form(request, "room.enter.wrong", 404)
        page = page_around("follow.html", self._told(visit, request, by_code=True), None)
        return self._remembered(request, html_answer(page), visit.room)

    def _poll_by_code(self, request: Request) -> Response:
        visit = self._by_code(code_typed(request.path_params["code"]))
        if visit.room is None or not visit.room.live:
            with visit.store.reading() as connection:
                followed = _follows(connection, request)
            if not followed:  # a device whose meeting has ended asks on; it guesses nothing
                self.holding.note(request)
            return JSONResponse({}, 404, HEADERS)
        return self._answer(request, self._told(visit, request, by_code=True))

    def _by_code(self, code: str) -> _Visit:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            moment = clock.moment_of(settings, now).astimezone(dt.UTC)
            row = presentation_by_code(connection, code, moment)
            room = room_of(connection, row.meeting) if row is not None else None
        return _Visit(store, settings, now, moment, room)

    def _remembered(self, request: Request, answer: Response, room: Room) -> Response:
        """This browser has typed a right code; what it is given opens nothing."""
        proof = f"{room.row.code}.{code_proof(room.row)}" if room.row is not None else ""
        keep_cookie(request, answer, FOLLOWS, proof, CODE, days=_COOKIE_DAYS)
        return answer

    # ------------------------------------------------------------------ answers

    def _told(self, visit: _Visit, request: Request, *, by_code: bool = False) -> Told:
        assert visit.room is not None, "strangers are answered before"
        seat = visit.seat
        language = seat.language if seat is not None else language_of(request, None)
        return Told(
            store=visit.store,
            network=visit.settings.name,
            room=visit.room,
            day=visit.day,
            moment=visit.moment,
            language=language,
            host=host_of(request),
            presents=seat is not None and seat.may_present,
            by_code=by_code,
        )

    def _answer(self, request: Request, about: Told) -> Response:
        found = told(about, request.query_params.get("seit", ""), request.query_params.get("blick", ""))
        return Response(json.dumps(found), 404 if not found else 200, _JSON_HEADERS)

    def _stranger(self, request: Request) -> Response:
        return self._message(request, "room.stranger", 404)

    def _message(self, request: Request, key: str, status: int) -> Response:
        with self.store().reading() as connection:
            language = language_of(request, user_of(connection, request, self.now()))
            name = network(connection).name
        links = [(CODE, say(language, "room.stranger.code")), ("/", say(language, "room.stranger.sign_in"))]
        return html_answer(
            message(language, name, say(language, key), say(language, f"{key}.what"), links=links), status
        )


def _follows(connection: Connection, request: Request) -> bool:
    """Whether this browser has typed the very code it asks with, when that was right; it may be over by now."""
    code, _, proof = request.cookies.get(FOLLOWS, "").partition(".")
    asked = code_typed(request.path_params.get("code", ""))
    return bool(proof) and code == asked and has_followed(connection, code, proof)


_JSON_HEADERS: Mapping[str, str] = {**HEADERS, "Content-Type": "application/json"}

ROUTES = RoomPages().routes()
