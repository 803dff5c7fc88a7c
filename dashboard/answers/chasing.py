"""What the office does in a round: prepare and send reminders, change them, mark contacts, open and close rounds."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.contacts import Viewer, same_person
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.rounds import chased, days_of, not_written_to
from etl.model.accounts import list_users
from etl.model.deliveries import add_round, rounds
from etl.model.reminders import unreachable_contacts
from etl.model.round_closings import add_closing, end_closing
from etl.model.settings_rows import network
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.reminders import (
    Letter,
    ReminderRefused,
    ReminderRule,
    change_rule,
    letter_to,
    mark_reachable,
    mark_sent,
    mark_unreachable,
    prepare,
    reminder_rules,
    send,
)
from etl.rules.facts import Round
from etl.rules.reminders import addressees, partners_in_round, reminder_due
from etl.settings import mail_server


def prepare_reminders(
    store: Store, picture: Picture, viewer: Viewer, code: str, *, now: dt.datetime, by: str
) -> tuple[str, int]:
    """Letters to everybody who has not reported, of the reminder that is due. (``prepared``, how many are new),
    ``not_yours`` or ``not_due``."""
    if viewer.role != "coordinator":
        return "not_yours", 0
    with store.reading() as connection:
        rules = reminder_rules(connection)
        this = chased(picture, rules)
        if this is None or reminder_due(this, picture.facts.day, days_of(rules)) != code:
            return "not_due", 0
        letters = _letters(connection, picture, this, rules[code])
    return "prepared", prepare(store, this, code, letters, person=by, now=now)


def _letters(connection: Connection, picture: Picture, this: Round, rule: ReminderRule) -> list[Letter]:
    facts, name = picture.facts, network(connection).name
    missing = [one.partner.key for one in partners_in_round(facts, this) if one.state == "nothing"]
    languages = {user.partner: user.language for user in reversed(list_users(connection)) if user.role == "partner"}
    letters = [
        letter_to(to, rule, this, facts, name, languages.get(to.partners[0], "de"))
        for to in addressees(facts, missing, not_written_to(connection))
    ]
    return sorted(letters, key=lambda letter: alphabetical(letter.to.name))


def reminder_sent(store: Store, viewer: Viewer, number: int, *, through_server: bool, now: dt.datetime, by: str) -> str:
    """Note a reminder as sent, or send it through the mail server. ``sent`` or the code that refused it."""
    if viewer.role != "coordinator":
        return "not_yours"
    server = mail_server()
    try:
        if through_server:
            if server is None:
                return "not_sent"
            send(store, number, server, person=by, now=now)
        else:
            mark_sent(store, number, person=by, now=now)
    except ReminderRefused as refused:
        return refused.code
    return "sent"


def change_reminder(
    store: Store,
    viewer: Viewer,
    code: str,
    *,
    days: int,
    language: str,
    subject: str,
    text: str,
    now: dt.datetime,
    by: str,
) -> tuple[str, str]:
    """(``changed`` or the code that refused it, what was found)."""
    if viewer.role != "coordinator":
        return "not_yours", ""
    try:
        change_rule(store, code, days=days, language=language, subject=subject, text=text, person=by, now=now)
    except ReminderRefused as refused:
        return refused.code, refused.found
    return "changed", ""


def contact_reached(
    store: Store, picture: Picture, viewer: Viewer, contact: str, *, reason: str | None, now: dt.datetime, by: str
) -> str:
    """Mark a person unreachable with a ``reason``, or (None) reachable again, in every list that names them.
    ``marked``, ``reached`` or the code."""
    if viewer.role != "coordinator" or all(known.key != contact for known in picture.facts.contacts):
        return "not_yours"
    try:
        for key in _keys_of(store, picture, contact, marked=reason is None):
            if reason is None:
                mark_reachable(store, key, now=now)
            else:
                mark_unreachable(store, key, reason=reason, person=by, now=now)
    except ReminderRefused as refused:
        return refused.code
    return "reached" if reason is None else "marked"


def _keys_of(store: Store, picture: Picture, contact: str, *, marked: bool) -> list[str]:
    """A person's contacts; only those that are marked unreachable where these are meant."""
    keys = [one.key for one in same_person(picture.facts.contacts, contact)]
    with store.reading() as connection:
        there = unreachable_contacts(connection)
    return [key for key in keys if key in there] or [contact] if marked else keys


def open_round(
    store: Store, viewer: Viewer, name: str, *, deadline: dt.date, day: dt.date, now: dt.datetime, by: str
) -> str:
    """A new round. ``opened``, ``not_yours``, ``without_name`` or ``name_taken``."""
    if viewer.role != "coordinator":
        return "not_yours"
    if not name.strip():
        return "without_name"
    with store.writing() as connection:
        if any(row.name == name.strip() for row in rounds(connection)):
            return "name_taken"
        add_round(connection, name.strip()[:120], day, deadline, opened_at=now, opened_by=by)
        raise_version(connection)
    return "opened"


def close_round(store: Store, viewer: Viewer, name: str, *, now: dt.datetime, by: str) -> str:
    """Nobody is reminded any more, links end, what comes later is late. ``closed``, ``closed_already``, ``not_yours``
    or ``no_round``."""
    return _turn(store, viewer, name, now, by, close=True)


def reopen_round(store: Store, viewer: Viewer, name: str, *, now: dt.datetime, by: str) -> str:
    """As if it had not been closed. ``reopened``, ``open_already``, ``not_yours`` or ``no_round``."""
    return _turn(store, viewer, name, now, by, close=False)


def _turn(store: Store, viewer: Viewer, name: str, now: dt.datetime, by: str, *, close: bool) -> str:
    if viewer.role != "coordinator":
        return "not_yours"
    with store.writing() as connection:
        if all(row.name != name for row in rounds(connection)):
            return "no_round"
        done = (add_closing if close else end_closing)(connection, name, now, by)
        if done:
            raise_version(connection)
    if close:
        return "closed" if done else "closed_already"
    return "reopened" if done else "open_already"
