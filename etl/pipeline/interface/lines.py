"""Houses confirm their lines of the interface paper one by one, or say what is otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from etl.model.accounts import User
from etl.model.process_steps import add_line_word, line_words, withdraw_line_word
from etl.model.state import State, state_on
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.interface.refused import InterfaceRefused, refuse_clients
from etl.pipeline.picture.links import Links
from etl.pipeline.picture.typed_interfaces import interface_of
from etl.pipeline.typed_text import one_line, refuse_day, refuse_long
from etl.rules.steps import LineWord

#: What a house says about a line: None that it holds, else what is otherwise.
Said = Mapping[str, str | None]
LONGEST_NOTE = 500


def say_lines(store: Store, user: User, said: Said, *, day: dt.date, now: dt.datetime) -> int:
    """The user's own house about its lines; how many words were stored. Raises ``InterfaceRefused``."""
    if user.partner is None or user.role not in ("partner", "coordinator"):
        raise InterfaceRefused("not_allowed")
    return say_for_house(store, user.partner, said, by=user.display_name, day=day, now=now)


def say_for_house(store: Store, partner: str, said: Said, *, by: str, day: dt.date, now: dt.datetime) -> int:
    """All of it or nothing. What a house has said of a line for ``day`` already is not said once more.

    Raises ``InterfaceRefused``: not_there, not_allowed (another house's line), without_note, too_long,
    no_such_day, single_client.
    """
    refuse_day(InterfaceRefused, day)
    notes = {record: None if note is None else one_line(note) for record, note in said.items()}
    if any(note == "" for note in notes.values()):
        raise InterfaceRefused("without_note")
    for note in notes.values():
        refuse_long(InterfaceRefused, note or "", LONGEST_NOTE)
    refuse_clients([by, *(note for note in notes.values() if note)])
    with store.writing() as connection:
        state = state_on(connection, day, kinds=["interface", "partner"])
        links, before = Links(state), {word.record: word for word in line_words(connection)}
        done = 0
        for record, note in sorted(notes.items()):
            _refuse_foreign(state, links, record, partner)
            word = LineWord(0, record, state.counts_as(partner), day, note is None, note or "", by, now)
            if not _said_already(before.get(record), word):
                add_line_word(connection, word)
                done += 1
        if done:
            raise_version(connection)
    return done


def _refuse_foreign(state: State, links: Links, record: str, partner: str) -> None:
    known = state.kind("interface").get(record)
    if known is None:
        raise InterfaceRefused("not_there", record)
    if interface_of(known, links).organisation_key != state.counts_as(partner):
        raise InterfaceRefused("not_allowed", record)


def _said_already(before: LineWord | None, word: LineWord) -> bool:
    return before is not None and (before.day, before.holds, before.note) == (word.day, word.holds, word.note)


def take_back(store: Store, user: User, number: int, *, now: dt.datetime) -> None:
    """The house itself, or the office. Raises ``InterfaceRefused`` (not_there, not_allowed)."""
    with store.writing() as connection:
        word = _standing(connection, number)
        if user.role != "coordinator" and (user.role != "partner" or user.partner != word.partner):
            raise InterfaceRefused("not_allowed")
        withdraw_line_word(connection, number, now)
        raise_version(connection)


def _standing(connection: Connection, number: int) -> LineWord:
    found = next((word for word in line_words(connection) if word.id == number), None)
    if found is None:
        raise InterfaceRefused("not_there")
    return found
