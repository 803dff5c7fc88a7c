"""An idea workshop: opened and closed by the office; in between each member rates alone, once, and may change it."""

from __future__ import annotations

import datetime as dt
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
from etl.pipeline.typed_text import one_line, refuse_day
from etl.rules.days import in_berlin
from etl.rules.idea_workshop import CRITERIA, HIGHEST, LOWEST, Voice, Workshop
from etl.rules.meeting import Member

#: More dots on one idea are a slip of the keyboard.
MOST_DOTS = 500
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
    """What came of a copied list. ``stored``: marks of so many people; ``people`` who stood twice with the same idea
    (their last line counts); ``unknown``: lines (from 1) whose person, idea or marks could not be read."""

    stored: int
    twice: tuple[str, ...]
    unknown: tuple[int, ...]


def copy_ratings(store: Store, user: User, number: int, lines: Sequence[Sequence[str]], *, now: dt.datetime) -> Copied:
    """Paper the office copies for members: lines of person, idea, and the marks in the order of ``CRITERIA``. A person
    with a sign-in speaks with one voice: paper replaces what they said on their own device. Raises ``IdeaRefused``."""
    only_office(user)
    with store.writing() as connection:
        workshop = _open(connection, number)
        if workshop.body is None:
            raise IdeaRefused("unknown_body")
        people = _people(members(connection, workshop.body), in_berlin(now))
        known = state_on(connection, kinds=["idea"]).kind("idea")
        titles = {str(known[key].value("title")).casefold(): key for key in workshop.ideas if key in known}
        found: dict[tuple[str, str], Voice] = {}
        twice, unknown = [], []
        for at, line in enumerate(lines, 1):
            read = _read(workshop, line, people, titles)
            if read is None:
                unknown.append(at)
                continue
            about = read.username, read.idea
            if about in found:
                twice.append(line[0].strip())
            found[about] = read
        if not found:
            raise IdeaRefused("no_marks")
        save_voices(connection, list(found.values()), by=user.display_name, now=now)
        return Copied(len({name for name, _ in found}), tuple(dict.fromkeys(twice)), tuple(unknown))


def _people(sitting: Sequence[Member], day: dt.date) -> dict[str, str]:
    """Name as it is written -> under which name a voice is kept; two of one name are nobody's."""
    here = [member for member in sitting if member.name and member.belongs_on(day)]
    names = [member.name.casefold() for member in here]
    return {m.name.casefold(): m.username or f"member-{m.id}" for m in here if names.count(m.name.casefold()) == 1}


def _read(
    workshop: Workshop, line: Sequence[str], people: Mapping[str, str], titles: Mapping[str, str]
) -> Voice | None:
    cells = [" ".join(cell.split()) for cell in line]
    if len(cells) < 3 or cells[0].casefold() not in people or cells[1].casefold() not in titles:
        return None
    try:
        given = {name: Decimal(cell) for name, cell in zip(CRITERIA, cells[2:], strict=False) if cell}
        if not given or any(mark % 1 for mark in given.values()):
            return None
        marks: dict[str, int | None] = {name: int(mark) for name, mark in given.items()}
        return _voice(workshop, titles[cells[1].casefold()], people[cells[0].casefold()], marks)
    except (InvalidOperation, ValueError, OverflowError, IdeaRefused):
        return None


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
