"""Reminders of a round: their texts and days (data the office may change), prepared once a person, noted when sent."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from etl.model.reminders import (
    add_reminder,
    add_unreachable,
    end_unreachable,
    find_reminder,
    note_not_sent,
    note_sent,
    reminder_settings,
    reminders_of,
    set_reminder,
    unreachable_contacts,
)
from etl.model.round_closings import is_closed
from etl.model.store import Connection, Store
from etl.pipeline.mail import MailNotSent, send_mail
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.rules.facts import Facts, Round
from etl.rules.reminders import Addressee
from etl.settings import MailServer, data_folder
from etl.wording import formatted

#: What stands in braces in a text and is filled in for each person.
PLACEHOLDERS = ("name", "round", "deadline", "day", "partners", "network")
_BRACES = re.compile(r"\{([^{}]*)\}")
#: Further from the deadline than this no reminder makes sense.
_FURTHEST = 60


class ReminderRefused(Refused):
    """``code``: unknown_placeholder, empty_text, wrong_days, already_sent, not_there, not_sent, without_reason,
    single_client."""


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A kind of reminder: ``days`` from the deadline (negative: before it), subject and text by language."""

    code: str
    days: int
    subjects: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder as one person gets it."""

    to: Addressee
    subject: str
    text: str


def reminder_rules(connection: Connection) -> dict[str, ReminderRule]:
    """Code -> rule, in the order of their days: ``data/vocabulary/reminders.csv`` and what the office changed."""
    changed = reminder_settings(connection)
    found = []
    for rule in _written(str(data_folder() / "vocabulary" / "reminders.csv")):
        parts = [
            {lang: changed.get((rule.code, f"{name}.{lang}"), text) for lang, text in written.items()}
            for name, written in (("subject", rule.subjects), ("text", rule.texts))
        ]
        found.append(ReminderRule(rule.code, int(changed.get((rule.code, "days"), rule.days)), *parts))
    return {rule.code: rule for rule in sorted(found, key=lambda rule: rule.days)}


@lru_cache(maxsize=2)
def _written(path: str) -> tuple[ReminderRule, ...]:
    rules: dict[str, tuple[int, dict[str, str], dict[str, str]]] = {}
    with open(path, encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            _, subjects, texts = rules.setdefault(row["code"], (int(row["days"]), {}, {}))
            subjects[row["language"]], texts[row["language"]] = row["subject"], row["text"].strip()
    return tuple(ReminderRule(code, *parts) for code, parts in rules.items())


def change_rule(
    store: Store, code: str, *, days: int, language: str, subject: str, text: str, person: str, now: dt.datetime
) -> None:
    """The office's own days and words. Raises ``ReminderRefused``: unknown_placeholder, empty_text, wrong_days."""
    if not subject.strip() or not text.strip():
        raise ReminderRefused("empty_text")
    unknown = [name for name in _BRACES.findall(f"{subject}{text}") if name not in PLACEHOLDERS]
    if unknown:
        raise ReminderRefused("unknown_placeholder", unknown[0])
    with store.writing() as connection:
        rule = reminder_rules(connection).get(code)
        if rule is None or abs(days) > _FURTHEST or (days > 0) != (rule.days > 0):
            raise ReminderRefused("wrong_days", str(days))
        new = {"days": str(days), f"subject.{language}": " ".join(subject.split()), f"text.{language}": text.strip()}
        for name, value in new.items():
            set_reminder(connection, code, name, value, person, now)


def letter_to(to: Addressee, rule: ReminderRule, this: Round, facts: Facts, network: str, language: str) -> Letter:
    """Subject and text with everything filled in."""
    names = [p.name for key in to.partners if (p := facts.partner_by_key.get(key))]
    values = {
        "name": to.name,
        "round": this.name,
        "deadline": formatted(language, this.deadline, "date"),
        "day": formatted(language, this.day, "date"),
        "partners": formatted(language, names, "list"),
        "network": network,
    }

    def filled(text: str) -> str:
        return _BRACES.sub(lambda found: values.get(found[1], found[0]), text).replace("\u00a0", " ")

    return Letter(to, " ".join(filled(rule.subjects[language]).split()), filled(rule.texts[language]))


def prepare(store: Store, this: Round, code: str, letters: Iterable[Letter], *, person: str, now: dt.datetime) -> int:
    """Keep the letters of a reminder; who has this one already gets no second. How many are new."""
    with store.writing() as connection:
        there = {row.address.casefold() for row in reminders_of(connection, this.name) if row.code == code}
        new = [letter for letter in letters if letter.to.address.casefold() not in there]
        for letter in new:
            add_reminder(
                connection,
                round=this.name,
                code=code,
                address=letter.to.address,
                name=letter.to.name,
                partners=list(letter.to.partners),
                subject=letter.subject,
                text=letter.text,
                prepared_by=person,
                prepared_at=now,
            )
    return len(new)


def mark_sent(store: Store, number: int, *, person: str, now: dt.datetime) -> None:
    """Note that a prepared reminder was sent from the office's own mail programme. Raises ``ReminderRefused``."""
    with store.writing() as connection:
        if find_reminder(connection, number) is None:
            raise ReminderRefused("not_there", str(number))
        if not note_sent(connection, number, now, person):
            raise ReminderRefused("already_sent", str(number))


def send(store: Store, number: int, server: MailServer, *, person: str, now: dt.datetime) -> None:
    """Send a prepared reminder; noted before it goes out, so that two clicks send one mail. Raises
    ``ReminderRefused``: not_there, already_sent, not_sent (the mail server did not take it: it is prepared as before),
    closed (its round was closed since).
    """
    with store.reading() as connection:
        prepared = find_reminder(connection, number)
        if prepared is not None and is_closed(connection, prepared.round):
            raise ReminderRefused("closed", prepared.round)
    mark_sent(store, number, person=person, now=now)
    with store.reading() as connection:
        row = find_reminder(connection, number)
    assert row is not None, "it was there when it was marked"
    try:
        send_mail(server, row.address, row.subject, row.text)
    except MailNotSent as failed:
        with store.writing() as connection:
            note_not_sent(connection, number)
        raise ReminderRefused("not_sent", str(failed)) from failed


def mark_unreachable(store: Store, contact: str, *, reason: str, person: str, now: dt.datetime) -> None:
    """The office could not reach a contact: it is not written to until marked reachable. Raises ``ReminderRefused``."""
    if not reason.strip():
        raise ReminderRefused("without_reason")
    if tells_of_client([reason]):
        raise ReminderRefused("single_client")
    with store.writing() as connection:
        if contact not in unreachable_contacts(connection):
            add_unreachable(connection, contact, reason.strip(), person, now)


def mark_reachable(store: Store, contact: str, *, now: dt.datetime) -> None:
    """Raises ``ReminderRefused``: not_there."""
    with store.writing() as connection:
        if not end_unreachable(connection, contact, now):
            raise ReminderRefused("not_there", contact)
