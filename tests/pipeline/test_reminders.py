"""Reminders: texts and days are the office's, one a person and kind, noted when prepared and when sent."""

from __future__ import annotations

import datetime as dt
import email
from email import policy

import pytest

from etl.model.deliveries import add_round
from etl.model.records import give_keys
from etl.model.reminders import reminders_of, unreachable_contacts
from etl.model.store import Store
from etl.pipeline.reminders import (
    Letter,
    ReminderRefused,
    change_rule,
    letter_to,
    mark_reachable,
    mark_sent,
    mark_unreachable,
    prepare,
    reminder_rules,
    send,
)
from etl.rules.facts import Facts, Partner, Round
from etl.rules.reminders import Addressee
from etl.settings import mail_server as configured
from tests.pipeline import smtp

NOW = dt.datetime(2026, 10, 28, 9, tzinfo=dt.UTC)
AUTUMN = Round("Herbst 2026", dt.date(2026, 11, 10), dt.date(2026, 10, 23))
ADA = Addressee("ada@example.org", "Ada Beispiel", ("partner-00001", "partner-00002"))
FACTS = Facts(
    day=NOW.date(), partners=(Partner(key="partner-00001", name="AWO"), Partner(key="partner-00002", name="VHS"))
)


def letter(store: Store, code: str = "after", language: str = "de", to: Addressee = ADA) -> Letter:
    with store.reading() as connection:
        rule = reminder_rules(connection)[code]
    return letter_to(to, rule, AUTUMN, FACTS, "Landkreis Lindenmark", language)


def a_round(store: Store) -> None:
    with store.writing() as connection:
        add_round(connection, AUTUMN.name, AUTUMN.day, AUTUMN.deadline)


def prepared(store: Store) -> int:
    a_round(store)
    assert prepare(store, AUTUMN, "after", [letter(store)], person="Aulbach", now=NOW) == 1
    with store.reading() as connection:
        (row,) = reminders_of(connection, AUTUMN.name)
    return int(row.id)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", ["before", "after"])
def test_a_letter_names_person_partners_round_and_deadline(sqlite_store: Store, code: str, language: str) -> None:
    found = letter(sqlite_store, code, language)
    assert "Herbst 2026" in found.subject
    assert "23. Oktober 2026" in found.subject + found.text or "23 October 2026" in found.subject + found.text
    assert "AWO und VHS" in found.text or "AWO and VHS" in found.text
    assert "Ada Beispiel" in found.text
    assert "{" not in found.subject + found.text


def test_a_reminder_is_prepared_once_a_person_and_kind(store: Store) -> None:
    prepared(store)
    again = letter(store, to=Addressee("ADA@example.org", "Ada Beispiel", ("partner-00001",)))
    assert prepare(store, AUTUMN, "after", [again], person="Aulbach", now=NOW) == 0
    assert prepare(store, AUTUMN, "before", [letter(store, "before")], person="Aulbach", now=NOW) == 1
    with store.reading() as connection:
        rows = reminders_of(connection, AUTUMN.name)
    assert [(row.code, row.prepared_by, row.prepared_at, row.sent_at) for row in rows] == [
        ("after", "Aulbach", NOW, None),
        ("before", "Aulbach", NOW, None),
    ]
    assert rows[0].partners == ["partner-00001", "partner-00002"]


def test_what_was_sent_is_noted_once(store: Store) -> None:
    number = prepared(store)
    mark_sent(store, number, person="Aulbach", now=NOW)
    with pytest.raises(ReminderRefused, match="already_sent"):
        mark_sent(store, number, person="Aulbach", now=NOW)
    with pytest.raises(ReminderRefused, match="not_there"):
        mark_sent(store, 99, person="Aulbach", now=NOW)
    with store.reading() as connection:
        (row,) = reminders_of(connection, AUTUMN.name)
    assert (row.sent_at, row.sent_by) == (NOW, "Aulbach")


def test_a_mail_goes_out_once_as_it_was_prepared(sqlite_store: Store) -> None:
    number = prepared(sqlite_store)
    with smtp.mail_server() as (server, taken):
        send(sqlite_store, number, server, person="Aulbach", now=NOW)
        with pytest.raises(ReminderRefused, match="already_sent"):
            send(sqlite_store, number, server, person="Aulbach", now=NOW)
    (mail,) = [email.message_from_string(text, policy=policy.default) for text in taken]
    assert (mail["To"], mail["From"]) == ("ada@example.org", "koordination@example.org")
    assert mail["Subject"] == "Rückmeldung zur Runde Herbst 2026: noch möglich"
    body = mail.get_body()
    assert body is not None
    assert "Guten Tag Ada Beispiel," in body.get_content()


def test_a_mail_the_server_does_not_take_stays_prepared(sqlite_store: Store) -> None:
    number = prepared(sqlite_store)
    with smtp.mail_server() as (server, _):
        pass
    with pytest.raises(ReminderRefused, match="not_sent"):
        send(sqlite_store, number, server, person="Aulbach", now=NOW)
    with sqlite_store.reading() as connection:
        (row,) = reminders_of(connection, AUTUMN.name)
    assert row.sent_at is None


def test_an_address_cannot_smuggle_in_headers(sqlite_store: Store) -> None:
    a_round(sqlite_store)
    evil = Addressee("ada@example.org\nBcc: all@example.org", "Ada", ())
    prepare(sqlite_store, AUTUMN, "after", [letter(sqlite_store, to=evil)], person="Aulbach", now=NOW)
    with smtp.mail_server() as (server, taken), pytest.raises(ReminderRefused, match="not_sent"):
        send(sqlite_store, 1, server, person="Aulbach", now=NOW)
    assert taken == []


def test_the_office_changes_days_and_words(store: Store) -> None:
    change = {"person": "Aulbach", "now": NOW, "language": "de"}
    change_rule(store, "after", days=3, subject="Fehlt noch: {round}", text="Liebe {name}", **change)  # type: ignore[arg-type]
    with store.reading() as connection:
        rule = reminder_rules(connection)["after"]
    assert (rule.days, rule.subjects["de"]) == (3, "Fehlt noch: {round}")
    assert "still welcome" in rule.subjects["en"]
    assert letter(store).text == "Liebe Ada Beispiel"
    for days, text, code in ((3, "{geheim}", "unknown_placeholder"), (3, " ", "empty_text"), (-3, "x", "wrong_days")):
        with pytest.raises(ReminderRefused, match=code):
            change_rule(store, "after", days=days, subject="x", text=text, **change)  # type: ignore[arg-type]


def test_a_contact_that_could_not_be_reached_is_marked_with_a_reason_until_it_can(store: Store) -> None:
    with store.writing() as connection:
        (key,) = give_keys(connection, ["contact"])
    with pytest.raises(ReminderRefused, match="without_reason"):
        mark_unreachable(store, key, reason=" ", person="Aulbach", now=NOW)
    for _ in range(2):
        mark_unreachable(store, key, reason="Mail kommt zurück", person="Aulbach", now=NOW)
    with store.reading() as connection:
        assert unreachable_contacts(connection)[key].reason == "Mail kommt zurück"
    mark_reachable(store, key, now=NOW)
    with store.reading() as connection:
        assert unreachable_contacts(connection) == {}
    with pytest.raises(ReminderRefused, match="not_there"):
        mark_reachable(store, key, now=NOW)


def test_without_a_mail_server_nothing_is_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RUNDERTISCH_SMTP", raising=False)
    assert configured() is None
    monkeypatch.setenv("RUNDERTISCH_SMTP", "smtp://anna:ge%40heim@mail.example.org")
    assert configured() is None, "without a sender"
    monkeypatch.setenv("RUNDERTISCH_MAIL_FROM", "koordination@example.org")
    server = configured()
    assert server is not None
    assert (server.host, server.port, server.security, server.user, server.password) == (
        "mail.example.org",
        587,
        "starttls",
        "anna",
        "ge@heim",
    )
    assert "ge@heim" not in repr(server)
    monkeypatch.setenv("RUNDERTISCH_SMTP", "http://mail.example.org")
    assert configured() is None
