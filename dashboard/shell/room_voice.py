"""The routes by which a device in the room says how its holder sees an item, and the presenter asks and shows it.

The device holds a cookie of its own for this, no account's; what it said only its receipt knows, until the question is
closed.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from dashboard.answers.results import temperature, temperatures
from dashboard.answers.room import WALL, Room, room_of
from dashboard.parts.blocks import SYMBOLS
from dashboard.room.desk_typed import number_of
from dashboard.room.pages import CODE, render
from dashboard.shell import clock
from dashboard.shell.receiving import body_of
from dashboard.shell.room import FOLLOWS
from dashboard.shell.room_desk import computed_rating
from dashboard.shell.room_seats import language_of, seat_of
from dashboard.shell.routes import encrypted, from_here
from dashboard.shell.sending import HEADERS
from dashboard.shell.session import dashboard_store
from etl.model.presenting import code_typed, has_followed, presentation_by_code
from etl.model.settings_rows import network
from etl.model.store import Store
from etl.pipeline.meeting.temperature import TemperatureRefused, ask, close, said_by, speak
from etl.rules.temperature import CHOICES
from etl.wording import say

#: The device's own cookie, and in front of a question's number the one that holds its receipt.
DEVICE = "rundertisch_stimme"
_SECONDS = 86_400
_LONGEST_BODY = 500


@dataclass
class VoicePages:
    """The voices of one server. The clock and the store are given, so that tests can give others."""

    store: Callable[[], Store] = dashboard_store
    now: Callable[[], dt.datetime] = clock.now

    def routes(self) -> list[Route]:
        paths = (f"{WALL}/{{meeting}}/stimme", f"{CODE}/{{code}}/stimme")
        asked = Route(f"{WALL}/{{meeting}}/stimmung", self.ask, methods=["POST"])
        return [asked, *(Route(path, self.answer, methods=["GET", "POST"]) for path in paths)]

    async def ask(self, request: Request) -> Response:
        """The presenter's one key: open the question about the item on the wall, or close what is open."""
        if not from_here(request):
            return JSONResponse({}, 403, HEADERS)
        return await run_in_threadpool(self._ask, request)

    def _ask(self, request: Request) -> Response:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            moment = clock.moment_of(settings, now).astimezone(dt.UTC)
            room = room_of(connection, request.path_params["meeting"])
            seat = seat_of(connection, room, request, now, moment) if room is not None else None
        if room is None or seat is None or not seat.may_present:
            return JSONResponse({}, 404, HEADERS)
        by = seat.user or seat.name
        opened = next((one for one in temperatures(store, room.plan.key) if one.open), None)
        item = room.row.item if room.row is not None and room.live else None
        try:
            if opened is not None:
                close(store, opened.id, by=by, now=moment)
            elif item is not None:
                computed = computed_rating(store, room, item, clock.day_of(settings, now))
                ask(store, item, computed=computed, by=by, day=room.plan.day, now=moment)
        except TemperatureRefused as refused:
            return JSONResponse({"refused": say(seat.language, refused.sentence)}, 200, HEADERS)
        return JSONResponse({}, 200, HEADERS)

    async def answer(self, request: Request) -> Response:
        """GET shows what can be said and what this device has said; POST says it."""
        if request.method == "GET":
            return await run_in_threadpool(self._answer, request, None)
        body = await body_of(request, _LONGEST_BODY)
        if body is None:
            return JSONResponse({}, 413, HEADERS)
        if not from_here(request):
            return JSONResponse({}, 403, HEADERS)
        choice = parse_qs(body.decode("utf-8", "replace")).get("choice", [""])[0]
        return await run_in_threadpool(self._answer, request, choice)

    def _answer(self, request: Request, choice: str | None) -> Response:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            moment = clock.moment_of(settings, now).astimezone(dt.UTC)
            if "code" in request.path_params:
                code = code_typed(request.path_params["code"])
                held, _, proof = request.cookies.get(FOLLOWS, "").partition(".")
                known = held == code and bool(proof) and has_followed(connection, code, proof)
                row = presentation_by_code(connection, code, moment) if known else None
                room, user = (room_of(connection, row.meeting) if row is not None else None), None
            else:
                room = room_of(connection, request.path_params["meeting"])
                seat = seat_of(connection, room, request, now, moment) if room is not None else None
                room, user = (room if seat is not None else None), seat.user if seat is not None else None
        if room is None:
            return JSONResponse({}, 404, HEADERS)
        return self._spoken(request, store, room, choice, language_of(request, user), settings.name)

    def _spoken(
        self, request: Request, store: Store, room: Room, choice: str | None, language: str, name: str
    ) -> Response:
        number = number_of(request.query_params.get("number", "")) or 0
        asked = temperature(store, number)
        if asked is None or asked.meeting != room.plan.key or not asked.open:
            return JSONResponse({}, 404, HEADERS)
        device = request.cookies.get(DEVICE, "") or secrets.token_urlsafe(24)
        receipt, told = request.cookies.get(f"{DEVICE}_{number}", ""), ""
        if choice is not None:
            try:
                receipt = speak(store, number, choice, device=device, receipt=receipt)
            except TemperatureRefused as refused:
                told = say(language, refused.sentence)
        said = said_by(store, number, device=device, receipt=receipt) if receipt else None
        html = render("voice.html", language, name, choices=CHOICES, said=said, told=told, symbols=SYMBOLS)
        answer = JSONResponse({"html": html}, 200, HEADERS)
        _keep(request, answer, DEVICE, device)
        if said is not None:
            _keep(request, answer, f"{DEVICE}_{number}", receipt)
        return answer


def _keep(request: Request, answer: Response, name: str, value: str) -> None:
    answer.set_cookie(
        name, value, max_age=_SECONDS, httponly=True, samesite="strict", secure=encrypted(request), path="/"
    )


ROUTES = VoicePages().routes()
