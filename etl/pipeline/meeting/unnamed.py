"""Texts of a meeting without persons: where somebody the store knows is named, their house stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from etl.model.accounts import list_users
from etl.model.bodies import members
from etl.model.statements import statements
from etl.model.store import Connection
from etl.pipeline.contact_persons import persons_in
from etl.rules.persons import NOBODY, Person, Persons, folded, last_name, without_addresses
from etl.rules.reachable import name_outside, names_somebody, sentences_outside
from etl.rules.results import ResultSaid

_WORD = re.compile(r"[\w-]{3,}")
#: A shorter name of a house stands inside of words.
_A_NAME = 4


@dataclass(frozen=True, slots=True)
class KnownPersons:
    """Everybody the store knows by name: members of bodies, contacts, whoever may sign in. ``persons``: each with the
    key of the house (None: of none); ``houses``: key -> what it is called; ``never``: names that are no person's."""

    persons: tuple[tuple[Person, str | None], ...]
    houses: dict[str, str]
    never: tuple[str, ...]
    #: Last names, folded, of whoever is known with a first name too.
    last_names: frozenset[str] = frozenset()

    def without(self, text: str) -> str:
        """``text`` with the house where a person was named, ``NOBODY`` where none is known."""
        return without_addresses(self.by_house(text)) if text.strip() else text

    def named_in(self, texts: Iterable[str]) -> bool:
        return any(self.without(text) != text for text in texts)

    def stays_named(self, text: str) -> bool:
        """Whether ``text`` still names a person: in words that tell one from a house, or by a known last name alone."""
        for name in self.never:
            if len(name) >= _A_NAME:
                text = text.replace(name, " ")
        words = (word for word in _WORD.findall(text) if word[0].isupper())
        return names_somebody(text) or not self.last_names.isdisjoint(map(folded, words))

    def outside_text(self, text: str) -> str:
        """A text for outside the group: houses instead of who is known, no sentence that names or leads to a person."""
        return sentences_outside(self.by_house(text), self.stays_named)

    def outside_name(self, text: str) -> str:
        """A title, name or place for outside the group, without the parts that name or lead to a person."""
        return name_outside(self.by_house(text), self.stays_named)

    def by_house(self, text: str) -> str:
        """``text`` with the house where somebody known was named; addresses of others stay."""
        by_house: dict[str | None, list[Person]] = {}
        for person, house in self.persons:
            if _may_be_in(text, person):
                by_house.setdefault(house, []).append(person)
        for key, found in by_house.items():
            house = self.houses.get(key or "") or NOBODY
            left = Persons(found, self.never).taken_out(text, house)
            text = _once(left, house) if left != text else text
        return text


def known_persons(connection: Connection) -> KnownPersons:
    found: list[tuple[Person, str | None]] = [
        (Person(member.name), member.partner) for member in members(connection) if member.name
    ]
    for said in statements(connection, kinds=["contact"], with_undone=True):
        found += [(person, said.owner) for person in persons_in(said.body.values)]
    # Accounts are called after posts too: their last word alone is nobody.
    last_names = frozenset(folded(last_name(person.name)) for person, _ in found) - {""}
    found += [(Person(user.display_name), user.partner) for user in list_users(connection)]
    houses: dict[str, str] = {}
    never: dict[str, None] = {}
    for said in statements(connection, kinds=["partner"], with_undone=True):
        names = [str(said.body.values.get(field) or "").strip() for field in ("short_name", "name")]
        never |= dict.fromkeys(filter(None, names))
        houses[said.record] = next(filter(None, names), houses.get(said.record, ""))
    return KnownPersons(tuple(dict.fromkeys(found)), houses, tuple(never), last_names)


def said_without(said: ResultSaid, clean: Callable[[str], str]) -> ResultSaid:
    """A version of a result with every typed sentence cleaned."""
    return replace(
        said,
        text=clean(said.text),
        next_step=clean(said.next_step),
        reason=clean(said.reason),
        settled=clean(said.settled),
        who=tuple(replace(holder, words=clean(holder.words)) for holder in said.who),
        views=tuple(replace(view, text=clean(view.text)) for view in said.views),
        expects=replace(said.expects, title=clean(said.expects.title)) if said.expects else None,
        called={key: clean(name) if key.startswith("decision-") else name for key, name in said.called.items()},
    )


def _may_be_in(text: str, person: Person) -> bool:
    """By far the most persons are not: only who may be is looked for in every way people write names."""
    plain = folded(text)
    words = re.findall(r"\w{2,}", folded(person.name))
    if any(word in plain for word in words):
        return True
    return ("@" in text and bool(person.emails)) or (bool(person.phones) and any(sign.isdigit() for sign in text))


def _once(text: str, house: str) -> str:
    """„VHS (VHS)“ is „VHS“."""
    return re.sub(rf"{re.escape(house)},?\s*\(?{re.escape(house)}(?:\)|(?!\w))", house, text)
