"""An idea workshop: opened and closed by the office; in between each member rates alone, once, and may change it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from etl.model.accounts import User
from etl.model.bodies import body_of, members
from etl.model.state import state_on
from etl.model.store import Connection, Store
from etl.model.workshops import (
    add_workshop,
    end_workshop,
    save_dots,
    save_voices,
    voices,
    workshop_of,
    workshops,
)
from etl.pipeline.ideas.refused import IdeaRefused, only_office, refuse_clients
from etl.pipeline.ideas.titles import same_title
from etl.pipeline.typed_text import one_line, refuse_day
from etl.rules.days import in_berlin
from etl.rules.idea_workshop import CRITERIA, HIGHEST, LOWEST, Voice, Workshop
from etl.rules.meeting import Member

#: More dots on one idea are a slip of the keyboard.
MOST_DOTS = 500
#: Marks in one cell: two or three digits, two with a comma only where a blank follows.
_TOGETHER = re.compile(r"\d(?:\s*/\s*|,?\s+)\d|\d(?:(?:\s*[/,]\s*|\s+)\d){2}")
LONGEST_TITLE = 200
Marks = Mapping[str, int | None]


def open_workshop(store: Store, user: User, workshop: Workshop, *, now: dt.datetime) -> int:
    """Its number. One is open at a time, so that nobody rates in the wrong one. Raises ``IdeaRefused``."""
    only_office(user)
    title = one_line(workshop.title)
    if not title:
        raise IdeaRefused("without_title")
    if len(title) > LONGEST_TITLE:
        raise IdeaRefused("too_long", title[:LONGEST_TITLE])
    refuse_day(IdeaRefused, workshop.day)
    refuse_clients([title])
    with store.writing() as connection:
        if any(one.closed_at is None for one in workshops(connection)):
            raise IdeaRefused("open")
        if workshop.body is not None and body_of(connection, workshop.body) is None:
            raise IdeaRefused("unknown_body")
        known = state_on(connection, kinds=["idea"]).kind("idea")
        ideas = tuple(key for key in dict.fromkeys(workshop.ideas) if key in known)
        if not ideas:
            raise IdeaRefused("without_ideas")
        return add_workshop(connection, replace(workshop, title=title, ideas=ideas), by=user.display_name, now=now)


def close_workshop(store: Store, user: User, number: int, *, now: dt.datetime) -> None:
    """From now on it is shown what was said. Closing twice is once. Raises ``IdeaRefused``."""
    only_office(user)
    with store.writing() as connection:
        workshop = _there(connection, number)
        if workshop.closed_at is None:
            end_workshop(connection, number, by=user.display_name, now=now)


def rate(store: Store, user: User, number: int, marks: Mapping[str, Marks], *, now: dt.datetime) -> int:
    """What a member says alone about ideas (key -> criterion -> 1 to 5), instead of what they said about these before;
    ideas that are not named stay as they were. How many ideas. Raises ``IdeaRefused``."""
    with store.writing() as connection:
        workshop = _open(connection, number)
        if not sits_in(connection, user, workshop, in_berlin(now)):
            raise IdeaRefused("not_a_member")
        given = [_voice(workshop, idea, user.username, said) for idea, said in marks.items()]
        if not given:
            raise IdeaRefused("no_marks")
        before = {one.idea for one in voices(connection, number, user.username)}
        if not before & marks.keys() and all(m is None for said in marks.values() for m in said.values()):
            raise IdeaRefused("no_mark")  # nothing is said, and nothing taken back
        save_voices(connection, given, by=user.display_name, now=now)
        return len(given)


def sits_in(connection: Connection, user: User, workshop: Workshop, day: dt.date) -> bool:
    """Whether a user may rate: whoever sits in the body; where there is none, every house with a sign-in."""
    if user.disabled or user.role == "observer":
        return False
    if workshop.body is None:
        return user.role != "coordinator"
    return any(m.username == user.username and m.belongs_on(day) for m in members(connection, workshop.body))


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of a copied list. ``stored``: marks of so many people; ``twice``: people who stood there twice with the
    same idea (their last line counts); ``unknown``: lines that could not be read."""

    stored: int
    twice: tuple[str, ...]
    unknown: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A ``line`` (from 1) that could not be read. ``why``: cells (too few), person, two_persons (of this name), idea or
    marks; ``found``: what stood there."""

    line: int
    why: str
    found: str


def copy_ratings(store: Store, user: User, number: int, lines: Sequence[Sequence[str]], *, now: dt.datetime) -> Copied:
    """Paper the office copies for members: lines of person, idea, and the marks in the order of ``CRITERIA``, each in a
    cell of its own or all in one („4 3 5“, „4/3/5“, „4, 3, 5“); blank lines say nothing. A person with a sign-in speaks
    with one voice: paper replaces what they said on their own device. Raises ``IdeaRefused``."""
    only_office(user)
    with store.writing() as connection:
        workshop = _open(connection, number)
        if workshop.body is None:
            raise IdeaRefused("unknown_body")
        people = _people(members(connection, workshop.body), in_berlin(now))
        known = state_on(connection, kinds=["idea"]).kind("idea")
        titles = {same_title(str(known[key].value("title"))): key for key in workshop.ideas if key in known}
        found: dict[tuple[str, str], Voice] = {}
        twice, unknown = [], []
        for at, line in enumerate(lines, 1):
            cells = [" ".join(cell.split()) for cell in line]
            if not any(cells):
                continue
            read = _read(workshop, at, cells, people, titles)
            if isinstance(read, Unread):
                unknown.append(read)
                continue
            about = read.username, read.idea
            if about in found:
                twice.append(cells[0])
            found[about] = read
        if not found and not unknown:
            raise IdeaRefused("no_marks")
        if found:
            save_voices(connection, list(found.values()), by=user.display_name, now=now)
        return Copied(len({name for name, _ in found}), tuple(dict.fromkeys(twice)), tuple(unknown))


def _people(sitting: Sequence[Member], day: dt.date) -> dict[str, str | None]:
    """Name in small letters -> under which name a voice is kept; None: two of one name are nobody's."""
    here = [member for member in sitting if member.name and member.belongs_on(day)]
    names = [member.name.casefold() for member in here]
    return {name: None if names.count(name) > 1 else _kept(m) for name, m in zip(names, here, strict=True)}


def _kept(member: Member) -> str:
    return member.username or f"member-{member.id}"


def _read(
    workshop: Workshop, at: int, cells: Sequence[str], people: Mapping[str, str | None], titles: Mapping[str, str]
) -> Voice | Unread:
    if len(cells) < 3 or not any(cells[2:]):
        return Unread(at, "cells", "; ".join(filter(None, cells)))
    person, idea = people.get(cells[0].casefold(), ""), titles.get(same_title(cells[1]))
    if not person:
        return Unread(at, "two_persons" if person is None else "person", cells[0])
    if idea is None:
        return Unread(at, "idea", cells[1])
    try:
        return _voice(workshop, idea, person, _marks(cells[2:]))
    except (InvalidOperation, ValueError, OverflowError, IdeaRefused):
        return Unread(at, "marks", "; ".join(filter(None, cells[2:])))


def _marks(cells: Sequence[str]) -> dict[str, int | None]:
    """Raises ``ValueError`` and its like where they are none; „3,5“ is no two marks but half a one."""
    said = [cell for cell in cells if cell]
    if len(said) == 1 and _TOGETHER.fullmatch(said[0]):
        cells = re.split(r"[\s/,]+", said[0])
    elif any(cells[len(CRITERIA) :]):
        raise ValueError(cells)
    given = {name: Decimal(cell) for name, cell in zip(CRITERIA, cells, strict=False) if cell}
    if any(mark % 1 for mark in given.values()):
        raise ValueError(cells)
    return {name: int(mark) for name, mark in given.items()}


def enter_dots(store: Store, user: User, number: int, counts: Mapping[str, int], *, now: dt.datetime) -> None:
    """Dots counted on a flipchart, per idea; 0 takes an idea's away. Also after closing. Raises ``IdeaRefused``."""
    only_office(user)
    if not counts or any(not _whole(n, 0, MOST_DOTS) for n in counts.values()):
        raise IdeaRefused("no_count")
    with store.writing() as connection:
        workshop = _there(connection, number)
        if set(counts) - set(workshop.ideas):
            raise IdeaRefused("unknown_idea")
        save_dots(connection, number, counts, by=user.display_name, now=now)


def said_by(store: Store, user: User, number: int) -> tuple[Voice, ...]:
    """What this user said in a workshop; nobody is told what somebody else did."""
    with store.reading() as connection:
        return voices(connection, number, user.username)


def _whole(number: object, least: int, most: int) -> bool:
    """What a form hands over may be anything; True is no number."""
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def _voice(workshop: Workshop, idea: str, username: str, said: Marks) -> Voice:
    if idea not in workshop.ideas:
        raise IdeaRefused("unknown_idea")
    if set(said) - set(CRITERIA) or any(m is not None and not _whole(m, LOWEST, HIGHEST) for m in said.values()):
        raise IdeaRefused("no_mark")
    return Voice(workshop.id, idea, username, **said)


def _there(connection: Connection, number: int) -> Workshop:
    found = workshop_of(connection, number)
    if found is None:
        raise IdeaRefused("over")
    return found


def _open(connection: Connection, number: int) -> Workshop:
    workshop = _there(connection, number)
    if workshop.closed_at is not None:
        raise IdeaRefused("over", workshop.title)
    return workshop
