"""The tables of the large network: bodies with members and meetings, focus topics with steps and notes."""

from __future__ import annotations

import datetime as dt

from etl.model.bodies import save_body, save_member
from etl.model.composition import note_guest
from etl.model.focus import add_note, save_step, save_topic
from etl.model.meetings import note_present, save_plan
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.enter import enter_in
from etl.rules.focus import FocusStep, Note, Topic, about_topic
from etl.rules.meeting import Body, BodyKind, Member, Plan

BODIES, MEMBERS, MEETINGS, TOPICS = 12, 20, 6, 40
_FIRST = dt.date(2025, 3, 4)


def add_tables(store: Store, now: dt.datetime) -> None:
    """Into a store that knows partners and fields of action; the first body deals with all fields."""
    with store.writing() as connection:
        state = state_on(connection)
        houses = sorted(state.kind("partner"))
        fields = sorted(state.kind("field_of_action"))
        for number in range(BODIES):
            kind: BodyKind = "working_group" if number else "steering_group"
            own = (fields[number % len(fields)],) if number and fields else ()
            wanted = Body(0, f"Gremium {number}", kind, may_decide=not number, fields=own)
            body = save_body(connection, wanted, by="B", now=now)
            sitting = []
            for i in range(MEMBERS):
                house = houses[(number * 17 + i * 7) % len(houses)]
                member = Member(0, body.id, f"Person {number}-{i}", house, decides=i % 2 == 0)
                sitting.append(save_member(connection, member, by="B", now=now))
            for met in range(MEETINGS):
                day = _FIRST + dt.timedelta(days=91 * met + number)
                said = {"title": f"Sitzung {number}-{met}", "date": day.isoformat(), "body": body.name}
                key = enter_in(connection, "meeting", said, day=_FIRST, person="B", reason="Plan", now=now).key
                save_plan(connection, Plan(key, body.id, day), by="B", now=now)
                note_guest(connection, key, houses[(number + met) % len(houses)], met % 2 == 0, by="B", now=now)
                for i, member in enumerate(sitting):
                    if (i + met) % 3:
                        note_present(connection, key, member, there=True, by="B", now=now)
        for number in range(TOPICS):
            site = houses[number % len(houses)]
            wanted_topic = Topic(0, f"Schwerpunkt {number}", _FIRST, watched_by=site, sites=(site,))
            topic = save_topic(connection, wanted_topic, by="B", now=now)
            for step in range(3):
                save_step(connection, FocusStep(0, topic, f"Schritt {step}", site, _FIRST), by="B", now=now)
                add_note(connection, Note(0, about_topic(topic), _FIRST, f"Notiz {step}", "B", site), now)
