"""The ways from the dashboard into the room: who is offered which, and the line while a meeting is presented."""

from __future__ import annotations

import datetime as dt
import re
import threading

from dashboard.answers.room_pictures import RENEWING, pictures_of
from etl.model.meetings import plan_of
from etl.pipeline.enter import enter
from etl.pipeline.meeting import presenting
from tests.dashboard.networks import DAY, deliver, workbook
from tests.dashboard.room.conftest import HEADINGS, KEY, Room
from tests.signed_in import a_user, app_as, text_of


def _meeting(room: Room) -> None:
    told = {"day": dt.date(2026, 10, 1), "person": "Amt", "reason": "geplant", "now": room.now - dt.timedelta(days=30)}
    entered = enter(room.store, "meeting", {"title": "7. Sitzung", "date": DAY.isoformat()}, **told)  # type: ignore[arg-type]
    assert entered.key == KEY
    a_user(room.store, "amt", "coordinator")
    a_user(room.store, "lena", "member")


def test_a_meeting_that_is_presented_shows_on_every_page_to_those_who_may_follow(room: Room) -> None:
    _meeting(room)
    assert "Sitzung läuft:" not in text_of(app_as(room.store, "lena").at)
    presenting.begin(room.store, KEY, by="Amt", now=room.now)
    for page in ("ueberblick", "massnahmen"):
        shown = text_of(app_as(room.store, "lena", page).at)
        assert "Sitzung läuft: Steuerungsgruppe" in shown
        assert f'href="/saal/{KEY}/mitlesen"' in shown
    presenting.end(room.store, KEY, by="Amt", now=room.now)
    assert "Sitzung läuft:" not in text_of(app_as(room.store, "lena").at)


def test_the_meetings_page_offers_what_a_person_may_do(room: Room) -> None:
    _meeting(room)
    office = app_as(room.store, "amt", "sitzung", sitzung=KEY)
    assert f'href="/saal/{KEY}"' in text_of(office.at)
    assert f'href="/saal/{KEY}"' not in text_of(app_as(room.store, "lena", "sitzung", sitzung=KEY).at)
    name = next(field for field in office.at.text_input if field.label == "Wer moderiert?")
    name.set_value("Frau Anders")
    next(button for button in office.at.button if button.label == "Link erstellen").click()
    shown = office.run()
    [code] = [block.value for block in shown.code]
    token = re.fullmatch(rf".*/saal/{KEY}/moderation/(\S+)", code)
    assert token is not None
    assert presenting.bind_moderator(room.store, KEY, token[1]) is not None
    taken_back = next(button for button in office.run().button if button.label == "Zugang zurücknehmen")
    taken_back.click()
    office.run()
    assert room.row.moderator_hash is None


def test_what_was_known_at_the_deadline_is_read_once(room: Room) -> None:
    with room.store.reading() as connection:
        plan = plan_of(connection, KEY)
    assert plan is not None
    shown, late = pictures_of(room.store, plan, DAY)
    row = ("Mietlotsen", "läuft", dt.date(2026, 9, 1), dt.date(2027, 8, 31), 40, 39, None)
    deliver(room.store, "Neu.xlsx", workbook("Maßnahmen", HEADINGS, row), "Diakonie", dt.date(2026, 11, 6))
    again, later = pictures_of(room.store, plan, DAY)
    assert again is shown, "nobody waits for what cannot have changed"
    assert later is late, "what came late is read beside"
    for thread in threading.enumerate():
        if thread.name == RENEWING:
            thread.join()
    assert pictures_of(room.store, plan, DAY)[1] is not late
