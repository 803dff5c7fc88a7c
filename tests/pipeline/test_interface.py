"""The interface paper's own transactions: only the house says about its line, only the office changes steps."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.model.accounts import User
from etl.model.process_steps import line_words
from etl.model.store import Store
from etl.pipeline.interface.lines import say_lines, take_back
from etl.pipeline.interface.refused import InterfaceRefused
from etl.pipeline.interface.steps import end_step, move_step, proposed_steps, steps_in, store_step
from tests.dashboard.networks import deliver, workbook
from tests.signed_in import a_user

DAY, NOW = dt.date(2026, 11, 10), dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC)
CLIENT = "Frau A. B., geb. 03.05.1990, ist umgezogen"


@pytest.fixture
def house(store: Store) -> User:
    rows = workbook(
        "Schnittstellenpapier",
        ("Schritt", "Organisation", "Rolle", "Übergabe an"),
        ("Wohnen", "Diakonie", "zuständig", "Caritas"),
        ("Beratung", "Caritas", "zuständig", "Diakonie"),
    )
    deliver(
        store, "Maßnahmen.xlsx", workbook("Maßnahmen", ("Maßnahme", "Status"), ("Lotsen", "läuft")), "Diakonie", DAY
    )
    deliver(store, "Papier.xlsx", rows, "Büro", DAY)
    return a_user(store, "diakonie", "partner", partner="partner-00001")


def refused(call: object, code: str) -> None:
    with pytest.raises(InterfaceRefused) as told:
        call()  # type: ignore[operator]
    assert told.value.code == code


def test_a_house_says_about_its_own_line_once_and_takes_it_back(store: Store, house: User) -> None:
    def say(record: str, note: str | None, user: User = house) -> int:
        return say_lines(store, user, {record: note}, day=DAY, now=NOW)

    version = store.version()
    assert (say("interface-00001", None), say("interface-00001", None)) == (1, 0)
    assert store.version() == version + 1
    refused(lambda: say("interface-00002", None), "not_allowed")
    refused(lambda: say("interface-00009", None), "not_there")
    refused(lambda: say("interface-00001", "  "), "without_note")
    refused(lambda: say("interface-00001", CLIENT), "single_client")
    refused(lambda: say("interface-00001", None, a_user(store, "mitglied", "member")), "not_allowed")
    with store.reading() as connection:
        (word,) = line_words(connection)
    assert (word.partner, word.holds, word.by) == (house.partner, True, house.display_name)
    other = a_user(store, "caritas", "partner", partner="partner-00003")
    refused(lambda: take_back(store, other, word.id, now=NOW), "not_allowed")
    take_back(store, house, word.id, now=NOW + dt.timedelta(hours=1))
    refused(lambda: take_back(store, house, word.id, now=NOW), "not_there")
    with store.reading() as connection:
        assert line_words(connection) == ()
        assert line_words(connection, NOW) == (word,), "as it was known then"


def test_the_office_keeps_the_list_of_steps(store: Store, house: User) -> None:
    office = a_user(store, "amt", "coordinator", partner="partner-00002")

    def add(title: str, user: User = office, code: str | None = None) -> str:
        return store_step(store, user, code, title, ["Fahrschule", " Fahrschule ", ""], now=NOW, seen=None)

    def codes() -> list[str]:
        with store.reading() as connection:
            return [step.code for step in steps_in(connection)]

    proposed = [step.code for step in proposed_steps()]
    assert codes() == proposed
    refused(lambda: add("Führerschein", house), "not_allowed")
    refused(lambda: add("  "), "without_title")
    refused(lambda: add(CLIENT), "single_client")
    assert add("Führerschein") == "fuehrerschein"
    refused(lambda: add("führerschein"), "taken")
    assert codes() == [*proposed, "fuehrerschein"]
    move_step(store, office, "fuehrerschein", -1, now=NOW)
    move_step(store, office, proposed[0], -1, now=NOW)
    assert codes() == [*proposed[:-1], "fuehrerschein", proposed[-1]]
    end_step(store, office, "fuehrerschein", ended=True, now=NOW)
    with store.reading() as connection:
        step = next(one for one in steps_in(connection) if one.code == "fuehrerschein")
    assert (step.ended, step.words) == (True, ("Fahrschule",))
    store_step(store, office, step.code, "Mobilität", step.words, now=NOW, seen=step)
    refused(lambda: store_step(store, office, step.code, "Auto", (), now=NOW, seen=step), "changed_since")
    refused(lambda: end_step(store, house, step.code, ended=False, now=NOW), "not_allowed")
