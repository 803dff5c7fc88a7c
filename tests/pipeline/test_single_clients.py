"""No door lets in what tells of a single client: sentences and names are looked at like cells."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.deliveries import all_deliveries
from etl.model.entries import all_entries
from etl.model.partner_words import Word
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline import accept_delivery, preview_delivery
from etl.pipeline.catalogue import release
from etl.pipeline.composition import store_seat
from etl.pipeline.confirm import confirm, confirm_each
from etl.pipeline.correct import check, correct
from etl.pipeline.enter import EntryRefused, enter
from etl.pipeline.focus import note_seen, store_step, store_topic
from etl.pipeline.ideas.rating import open_workshop
from etl.pipeline.judging import JudgementRefused, with_reason
from etl.pipeline.meeting.agenda import store_item
from etl.pipeline.meeting.following import write_own_words
from etl.pipeline.meeting.planning import call_off
from etl.pipeline.refused import Refused
from etl.pipeline.relate import relate
from etl.pipeline.reminders import mark_unreachable
from etl.pipeline.single_clients import TellsOfClient, tells_of_client
from etl.pipeline.spots import comment_spot
from etl.rules.composition import ReferenceSeat
from etl.rules.focus import FocusStep, Topic
from etl.rules.idea_workshop import Workshop
from etl.rules.meeting import Item
from tests.dashboard.networks import deliver, workbook
from tests.signed_in import a_user

CLIENT = "Frau Müller, geb. 3.4.1987, Duldung"
DAY = dt.date(2026, 11, 10)
NOW = dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
HEADINGS = ("Maßnahme", "Status", "Teilnehmende erreicht")


def test_no_sentence_or_name_about_a_client_is_stored(sqlite_store: Store) -> None:
    store = sqlite_store
    deliver(store, "Liste.xlsx", workbook("Maßnahmen", HEADINGS, ("Nähtreff", "läuft", "ca. 12")), "Diakonie", DAY)
    with store.reading() as connection:
        known = next(iter(state_on(connection).kind("measure").values()))
    partner, key, usual = known.partner, known.key, {"day": DAY, "now": NOW}
    assert partner is not None
    doors = {
        "confirm reason": lambda: confirm(store, partner, person="Anne", reason=CLIENT, **usual),
        "confirm person": lambda: confirm(store, partner, person=CLIENT, **usual),
        "confirm each": lambda: confirm_each(store, partner, [key], person=CLIENT, **usual),
        "correct reason": lambda: correct(store, key, "status", "geplant", person="Anne", reason=CLIENT, **usual),
        "correct value": lambda: correct(store, key, "status", CLIENT, person="Anne", reason="x", **usual),
        "check": lambda: check(store, key, "participants_actual", person="Anne", reason=CLIENT, **usual),
        "enter": lambda: enter(store, "need", {"title": "Räume"}, person="Anne", reason=CLIENT, **usual),
        "enter value": lambda: enter(store, "need", {"title": CLIENT}, person="Anne", reason="x", **usual),
    }
    for name, door in doors.items():
        with pytest.raises(EntryRefused) as refused:
            door()
        assert refused.value.code == "single_client", name
    with pytest.raises(JudgementRefused, match="single_client"):
        with_reason(CLIENT)
    other = workbook("Maßnahmen", HEADINGS, ("Nähtreff", "pausiert", "ca. 12"))
    for told in ({"words": {key: Word("paused", CLIENT)}}, {"by": CLIENT}):
        preview = preview_delivery(store, other, "Neu.xlsx", partner="Diakonie", now=NOW)
        with pytest.raises(TellsOfClient):
            accept_delivery(store, preview, now=NOW, **told)  # type: ignore[arg-type]
    with store.reading() as connection:
        assert len(all_deliveries(connection)) == 1
        assert not all_entries(connection)

    assert confirm(store, partner, person="Frau Kaya", reason="am Telefon am 3.4.2027 gesagt", **usual) > 0


def test_no_form_of_the_pages_stores_what_tells_of_a_client(sqlite_store: Store) -> None:
    store, usual = sqlite_store, {"now": NOW}
    office = a_user(store, "office", "coordinator")
    seat = ReferenceSeat(0, "Kirchen", ("faith",), source=CLIENT)
    doors = {
        "fragile spot": lambda: comment_spot(store, office, "bridge:partner-1", (), CLIENT, **usual),
        "focus topic": lambda: store_topic(store, office, Topic(0, "Übergänge", DAY, why=CLIENT), **usual),
        "focus step": lambda: store_step(store, office, FocusStep(0, 1, CLIENT), **usual),
        "focus note": lambda: note_seen(store, office, "goal-00001", DAY, CLIENT, **usual),
        "own goal": lambda: relate(store, office, "goal", ("a", "b"), "supports", reason=CLIENT, **usual),
        "seat": lambda: store_seat(store, office, seat, **usual),
        "agenda": lambda: store_item(store, office, Item(0, "m", 0, "own", "Wohnen", proposal=CLIENT), **usual),
        "calling off": lambda: call_off(store, office, "meeting-00001", day=DAY, reason=CLIENT, **usual),
        "own words of a body": lambda: write_own_words(store, office, 1, CLIENT, **usual),
        "release": lambda: release(store, "V1", body="Rat", day=DAY, note=CLIENT, person="Anne", **usual),
        "unreachable": lambda: mark_unreachable(store, "contact-00001", reason=CLIENT, person="Anne", **usual),
        "workshop": lambda: open_workshop(store, office, Workshop(0, CLIENT, DAY, None), **usual),
    }
    for name, door in doors.items():
        with pytest.raises(Refused) as refused:
            door()
        assert refused.value.code == "single_client", name


@pytest.mark.parametrize(
    "text",
    [
        "geboren am 12. März 1998",
        "Das Kind Ali, 6 Jahre, wartet auf einen Platz",
        "Frau Haddad, 34 Jahre alt, sucht eine Wohnung",
        "Klientin A. war zweimal da",
        "Familie Haddad, Az. 32-1234/26, wartet",
        "Fam. Osman (Aktenzeichen: 4711/23)",
        "geb. 12.03.1998",
        "BG-Nummer 12345BG0001",
    ],
)
def test_what_tells_of_one_person_in_help_is_recognised_in_a_sentence(text: str) -> None:
    assert tells_of_client([text])


@pytest.mark.parametrize(
    "text",
    [
        "Frau Müller vom Jobcenter ruft zurück",
        "Frau K. fragen",
        "Jedes Kind wartet im Schnitt 6 Monate",
        "Pro Kind 3 Monate Wartezeit",
        "Bescheid des Landes, Az. 32-1234/26",
        "Frau Meier, Land, Az. 32-1234/26",
        "Kinder, die nach dem 01.01.2015 geboren sind, kommen in die Spielgruppe",
        "Klient und Beratung sitzen am selben Tisch",
    ],
)
def test_colleagues_and_numbers_of_people_are_no_clients(text: str) -> None:
    assert not tells_of_client([text])
