"""Whom an erasure means: every contact and seat of one person, and how they are recognised in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.model.bodies import members
from etl.model.packing import Said
from etl.model.statements import statements, statements_of
from etl.model.store import Connection
from etl.pipeline.contact_persons import persons_in
from etl.pipeline.refused import Refused
from etl.rules.erased import is_erased
from etl.rules.persons import Person, Persons

_TITLES = ("name", "short_name", "title", "programme", "funder")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?(?:\d[\s()/.–-]*){6,}\d")


class ErasingRefused(Refused):
    """Nothing was done; ``code``: not_allowed, no_reason, unknown."""

    sentences = "erase.refused."


@dataclass(frozen=True, slots=True)
class Whom:
    """Who is erased: the keys of their contacts, the numbers of their seats, and how they are recognised."""

    contacts: frozenset[str]
    seats: tuple[int, ...]
    persons: Persons


def whom_of_contact(connection: Connection, key: str) -> Whom:
    every = statements(connection, kinds=["contact"], with_undone=True)
    persons = _persons_of(said for said in every if said.record == key)
    if not any(one.name or one.emails or one.phones for one in persons):
        raise ErasingRefused("unknown")
    return _whom(connection, every, persons, key)


def whom_of_seat(connection: Connection, number: int) -> Whom:
    seat = next((one for one in members(connection) if one.id == number and one.name), None)
    if seat is None:
        raise ErasingRefused("unknown")
    every = statements(connection, kinds=["contact"], with_undone=True)
    whom = _whom(connection, every, [Person(seat.name)])
    return replace(whom, seats=tuple(dict.fromkeys((number, *whom.seats))))


def _whom(connection: Connection, every: list[Said], persons: list[Person], key: str | None = None) -> Whom:
    """Who bears the same name is the same person, at whatever house; their seats too.

    A number or address that somebody else gives as well (a switchboard, info@…) is taken out of their own cells alone.
    """
    called, houses = Persons([Person(one.name) for one in persons]), _houses(connection)
    named = {said.record for said in every if any(called.named_in(one.name) for one in _persons_of([said]))}
    keys = named | ({key} if key else set())
    rows = {(said.delivery, said.table_no, said.row) for said in every if said.record in keys}
    beside = [_reached_in(connection, delivery, rows) for delivery in {row[0] for row in rows if row[0] is not None}]
    found = [*persons, *_persons_of(said for said in every if said.record in keys), *beside]
    others = _persons_of(said for said in every if said.record not in keys)
    shared = {_bare(text) for one in others for text in (*one.emails, *one.phones)}
    own = [replace(one, emails=_not(one.emails, shared), phones=_not(one.phones, shared)) for one in found]
    whom = Persons(own, houses)
    seats = tuple(one.id for one in members(connection) if one.name and whom.named_in(one.name))
    return Whom(frozenset(keys), seats, whom)


def _reached_in(connection: Connection, delivery: int, rows: set[tuple[int | None, int | None, int | None]]) -> Person:
    """Numbers and addresses in columns kept beside the person: nobody can say any more whose they are."""
    kept = [
        text
        for said in statements_of(connection, delivery)
        if (delivery, said.table_no, said.row) in rows
        for text in said.body.kept.values()
    ]
    numbers = tuple(found for text in kept for found in _NUMBER.findall(text))
    return Person(emails=tuple(found for text in kept for found in _MAIL.findall(text)), phones=numbers)


def _not(texts: tuple[str, ...], shared: set[str]) -> tuple[str, ...]:
    return tuple(text for text in texts if _bare(text) not in shared)


def _bare(text: str) -> str:
    return re.sub(r"[^\w@]|_", "", text.casefold())


def _persons_of(said: Iterable[Said]) -> list[Person]:
    """The contact itself, never who stands in for it."""
    found = [persons_in({name: v for name, v in one.body.values.items() if name != "deputy"})[0] for one in said]
    return [person for person in dict.fromkeys(found) if not is_erased(person.name)]


def _houses(connection: Connection) -> list[str]:
    """What houses, goals and measures are called is nobody's name."""
    said = [one for one in statements(connection, with_undone=True) if one.kind != "contact"]
    return list(dict.fromkeys(str(one.body.values.get(name) or "") for one in said for name in _TITLES))
