"""The routes of the recorder's desk. Who may record is asked anew with every request; others learn nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from dashboard.answers.desk import absent_of, desk_of, desk_stand
from dashboard.answers.result_words import check_words
from dashboard.answers.results import results, temperatures
from dashboard.answers.room import WALL, Room, meeting_title, room_of
from dashboard.answers.room_pictures import pictures_of
from dashboard.room.desk import DeskPage
from dashboard.room.desk_typed import (
    LONGEST_BODY,
    LONGEST_TEXT,
    NotTyped,
    expected_from,
    is_name,
    number_of,
    said_from,
)
from dashboard.room.pages import message
from dashboard.shell import clock
from dashboard.shell.receiving import fields_of
from dashboard.shell.room_ideas import ideas_typed
from dashboard.shell.room_seats import Seat, language_of, seat_of, user_of
from dashboard.shell.routes import from_here
from dashboard.shell.sending import HEADERS
from dashboard.shell.session import dashboard_store
from etl.model.settings_rows import Network, network
from etl.model.store import Store
from etl.pipeline.meeting.attending import note_attendance, note_guests, note_invited
from etl.pipeline.meeting.recording import SAME_ITEM, Saved, change, record, withdraw
from etl.pipeline.meeting.stating import RecordingRefused
from etl.pipeline.meeting.temperature import TemperatureRefused, ask, close, count_hands, drop
from etl.pipeline.meeting.unnamed import known_persons
from etl.rules.meeting import RESULT_KINDS
from etl.rules.results import ResultSaid
from etl.rules.temperature import CHOICES
from etl.wording import say

Fields = dict[str, str]


@dataclass(frozen=True)
class _Visit:
    """One request of somebody with a seat in the room, on both clocks."""

    store: Store
    settings: Network
    moment: dt.datetime
    day: dt.date
    room: Room
    seat: Seat

    @property
    def key(self) -> str:
        return self.room.plan.key

    def say(self, key: str, **values: Any) -> str:
        return say(self.seat.language, key, **values)


@dataclass
class DeskPages:
    """The desks of one server. The clock and the store are given, so that tests can give others."""

    store: Callable[[], Store] = dashboard_store
    now: Callable[[], dt.datetime] = clock.now

    def routes(self) -> list[Route]:
        at = f"{WALL}/{{meeting}}/protokoll"
        return [
            Route(at, self._read(self._page), methods=["GET"]),
            Route(f"{at}/stand", self._read(self._poll), methods=["GET"]),
            Route(f"{at}/pruefung", self._read(self._check), methods=["GET"]),
            Route(f"{at}/ergebnis", self._written(self._save), methods=["POST"]),
            Route(f"{at}/zurueck", self._written(self._withdraw), methods=["POST"]),
            Route(f"{at}/anwesend", self._written(self._attend), methods=["POST"]),
            Route(f"{at}/stimmung", self._written(self._feel), methods=["POST"]),
            Route(f"{at}/ideen", self._written(_collect), methods=["POST"]),
        ]

    # ------------------------------------------------------------------ ways in

    def _read(self, work: Callable[[Request, _Visit], Response]) -> Callable[[Request], Awaitable[Response]]:
        def answered(request: Request) -> Response:
            visit = self._visit(request)
            return work(request, visit) if visit is not None else self._stranger(request)

        async def answer(request: Request) -> Response:
            return await run_in_threadpool(answered, request)

        return answer

    def _written(self, work: Callable[[_Visit, Fields], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
        """What changes something comes from a page of ours; what is refused is answered with its sentence."""

        def answered(request: Request, fields: Fields) -> Response:
            visit = self._visit(request)
            if visit is None:
                return JSONResponse({}, 404, HEADERS)
            try:
                told = work(visit, fields)
            except (RecordingRefused, NotTyped) as refused:
                sentence = visit.say(f"result.refused.{refused.code}", n=LONGEST_TEXT)
                told = {"refused": sentence, "withdrawn": refused.code == "withdrawn"}
            except TemperatureRefused as refused:
                told = {"refused": visit.say(refused.sentence)}
            again = self._visit(request)
            drawn = _desk_page(again).fragments() if again is not None else {}
            return JSONResponse(drawn | told, 200, HEADERS)

        async def answer(request: Request) -> Response:
            fields = (
                await fields_of(request, longest=LONGEST_BODY, most=20, blanks=True) if from_here(request) else None
            )
            if fields is None:
                return JSONResponse({}, 403, HEADERS)
            return await run_in_threadpool(answered, request, fields)

        return answer

    def _visit(self, request: Request) -> _Visit | None:
        store, now = self.store(), self.now()
        with store.reading() as connection:
            settings = network(connection)
            moment = clock.moment_of(settings, now).astimezone(dt.UTC)
            room = room_of(connection, request.path_params["meeting"])
            seat = seat_of(connection, room, request, now, moment) if room is not None else None
        if room is None or seat is None or seat.user is None or not seat.may_record:
            return None
        return _Visit(store, settings, moment, clock.day_of(settings, now), room, seat)

    def _stranger(self, request: Request) -> Response:
        with self.store().reading() as connection:
            language = language_of(request, user_of(connection, request, self.now()))
            name = network(connection).name
        told = message(language, name, say(language, "desk.gone"), say(language, "desk.gone.what"))
        return HTMLResponse(told, 404, HEADERS)

    # ------------------------------------------------------------------ reading

    def _page(self, request: Request, visit: _Visit) -> Response:
        return HTMLResponse(_desk_page(visit).page(), 200, HEADERS)

    def _poll(self, request: Request, visit: _Visit) -> Response:
        stand = desk_stand(visit.store, visit.room)
        if stand == request.query_params.get("seit"):
            return JSONResponse({"stand": stand}, 200, HEADERS)
        return JSONResponse(_desk_page(visit).fragments(), 200, HEADERS)

    def _check(self, request: Request, visit: _Visit) -> Response:
        """What the software would look for itself, as a sentence."""
        try:
            expected = expected_from(request.query_params)
        except NotTyped:
            expected = None
        if expected is None:
            return JSONResponse({"text": ""}, 200, HEADERS)
        shown, now = pictures_of(visit.store, visit.room.plan, visit.day)
        facts = (now or shown).facts
        found = (facts.goal_by_key, facts.measure_by_key, facts.partner_by_key)
        known = next((kind[expected.target] for kind in found if expected.target in kind), None)
        names = (getattr(known, name, None) for name in ("short_title", "title", "short_name", "name"))
        title = next(filter(None, names), "")
        return JSONResponse({"text": check_words(expected, title, visit.seat.language)}, 200, HEADERS)

    # ------------------------------------------------------------------ writing

    def _save(self, visit: _Visit, fields: Fields) -> dict[str, Any]:
        kind, name = fields.get("kind", ""), fields.get("name", "")
        said = said_from(fields.get("said", ""))
        assert visit.seat.user is not None, "only users record"
        by: dict[str, Any] = {"user": visit.seat.user, "now": visit.moment}
        result = number_of(fields.get("result", ""))
        if result is not None:
            based_on = number_of(fields.get("based_on", "")) or 0
            moved = fields.get("moved") == "1"
            item = number_of(fields.get("item", "")) if moved else SAME_ITEM
            saved = change(visit.store, result, said, based_on=based_on, item=item, **by)
        else:
            known = next((one for one in RESULT_KINDS if one == kind), None)
            if known is None or not is_name(name):
                raise RecordingRefused("unknown_kind")
            item = number_of(fields.get("item", ""))
            saved = record(visit.store, visit.key, known, said, name=name, item=item, **by)
        told: dict[str, Any] = {"result": saved.result, "version": saved.version, "again": saved.again}
        told |= {"live": visit.room.live, "hint": self._hint(visit, said, fields.get("kind", ""))}
        return told | ({"beside": self._beside(visit, saved)} if saved.beside else {})

    def _hint(self, visit: _Visit, said: ResultSaid, kind: str) -> str:
        """What may have been meant otherwise: a person's name, the word of a house that is not there."""
        with visit.store.reading() as connection:
            known = known_persons(connection)
        told = [visit.say("desk.saved.names_person")] if known.named_in(said.texts) else []
        promised = [holder.partner for holder in said.bound] if kind == "agreement" else []
        if absent := absent_of(visit.store, visit.room, promised):
            told.append(visit.say("desk.saved.absent", houses=[known.houses.get(key, key) for key in absent]))
        return " ".join(told)

    def _beside(self, visit: _Visit, saved: Saved) -> str:
        """Whose words stand beside what was just saved."""
        found = next((one for one in results(visit.store, visit.key) if one.id == saved.result), None)
        others = [w.by for w in (found.wording, *found.beside) if w.number != saved.version] if found else []
        return visit.say("desk.saved.beside", by=others[0]) if others else ""

    def _withdraw(self, visit: _Visit, fields: Fields) -> dict[str, Any]:
        assert visit.seat.user is not None, "only users record"
        withdraw(visit.store, number_of(fields.get("result", "")) or 0, user=visit.seat.user, now=visit.moment)
        return {}

    def _attend(self, visit: _Visit, fields: Fields) -> dict[str, Any]:
        assert visit.seat.user is not None, "only users record"
        by: dict[str, Any] = {"user": visit.seat.user, "now": visit.moment}
        if "member" in fields:
            there = fields.get("there") == "1"
            note_attendance(visit.store, visit.key, number_of(fields["member"]) or 0, there=there, **by)
            return {}
        if "house" in fields:
            note_invited(visit.store, visit.key, fields["house"], there=fields.get("there") == "1", **by)
            return {}
        counted = number_of(fields.get("guests", ""))
        if counted is None and fields.get("guests", "").strip():
            raise RecordingRefused("no_count")
        note_guests(visit.store, visit.key, counted, **by)
        return {}

    def _feel(self, visit: _Visit, fields: Fields) -> dict[str, Any]:
        assert visit.seat.user is not None, "only users record"
        number, item = number_of(fields.get("number", "")) or 0, number_of(fields.get("item", "")) or 0
        by: dict[str, Any] = {"by": visit.seat.user}
        act = fields.get("do", "")
        if act == "close":
            close(visit.store, number, now=visit.moment, **by)
        elif act == "drop":
            drop(visit.store, number, **by)
        elif act in ("ask", "hands"):
            by |= {"computed": computed_rating(visit.store, visit.room, item, visit.day)}
            by |= {"day": visit.room.plan.day, "now": visit.moment}
            if act == "ask":
                ask(visit.store, item, **by)
            else:
                typed = {choice: number_of(fields.get(choice, "") or "0") for choice in CHOICES}
                counts = {choice: -1 if n is None else n for choice, n in typed.items()}
                count_hands(visit.store, item, counts, **by)
        return {}


def _collect(visit: _Visit, fields: Fields) -> dict[str, Any]:
    assert visit.seat.user is not None, "only users record"
    by = visit.seat.user
    return ideas_typed(visit.store, visit.room, by, fields, visit.say, day=visit.day, now=visit.moment)


def computed_rating(store: Store, room: Room, item: int, day: dt.date) -> str | None:
    """The rating of what an item is about, as the meeting shows it."""
    desk = desk_of(store, room, day)
    found = desk.item(item)
    return desk.ratings.get(found.rated) if found is not None and found.rated else None


def _desk_page(visit: _Visit) -> DeskPage:
    shown, _ = pictures_of(visit.store, visit.room.plan, visit.day)
    return DeskPage(
        network=visit.settings.name,
        language=visit.seat.language,
        room=visit.room,
        title=meeting_title(shown, visit.room),
        day=visit.room.plan.day,
        desk=desk_of(visit.store, visit.room, visit.day),
        results=results(visit.store, visit.key, with_withdrawn=True),
        temperatures=temperatures(visit.store, visit.key),
        stand=desk_stand(visit.store, visit.room),
        user=visit.seat.user.username if visit.seat.user is not None else "",
    )


ROUTES = DeskPages().routes()
