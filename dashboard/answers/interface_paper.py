"""The interface paper as pages, files and links show it: one paper a picture, and who may know what about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer, each_once
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.facts import Contact
from etl.rules.finding import Finding
from etl.rules.interface_findings import asked_finding, open_finding, own_finding, paper_finding
from etl.rules.interface_paper import Flag, Named, Paper, Part, Row, paper_of
from etl.rules.responsible import Found, asked_for
from etl.wording import has, say

#: Flags that only say that nobody confirmed a line, or not for long.
WAITING = ("unconfirmed", "confirmed_long_ago")
_Titles = dict[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to ask. ``key`` of the contact, where the network's list has it; ``fields`` of the line else."""

    name: str
    function: str | None = None
    phone: str | None = None
    email: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """``hidden``: there is somebody, but not for this viewer. ``general``: the house's own contact, as the line names
    none."""

    contact: Person | None
    deputy: Person | None
    hidden: bool = False
    vacant: bool = False
    general: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question found: the headline, the steps with their titles, how each part is reached."""

    finding: Finding
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class PaperMatrix:
    """Steps × organisations: ``cells[step][organisation]`` are the parts there, none where it has no part."""

    rows: tuple[Row, ...]
    organisations: tuple[Named, ...]
    cells: tuple[tuple[Part | None, ...], ...]


def _paper(picture: Picture) -> Paper:
    months = picture.thresholds.interface_confirmed_months
    return paper_of(picture.facts, picture.steps, picture.line_words, months)


#: The paper of a picture.
paper: Once[Picture, Paper] = Once(_paper)


def step_title(code: str, title: str, language: str) -> str:
    """The network's own title, else the wording's; a step of the lists is called as they call it."""
    if title:
        return title
    return say(language, f"step.{code}") if has(language, f"step.{code}") else say(language, "interface.no_step")


def row_title(row: Row, language: str) -> str:
    return step_title(row.code, row.title, language)


def _titles(picture: Picture, language: str) -> _Titles:
    return {row.code: row_title(row, language) for row in paper(picture).rows}


titles: Once[Picture, _Titles] = Once(_titles)


def _headline(picture: Picture) -> Finding:
    return paper_finding(paper(picture))


headline: Once[Picture, Finding] = Once(_headline)


def _counts(picture: Picture) -> dict[str, int]:
    found = paper(picture)
    houses = {part.who.same for part in found.parts}
    return {"steps": len(found.rows), "houses": len(houses), "n": len(picture.facts.interfaces)}


#: How many steps, organisations and lines (``n``) the paper has.
counts: Once[Picture, dict[str, int]] = Once(_counts)


def _matrix(picture: Picture) -> PaperMatrix:
    found = paper(picture)
    names: dict[str, Named] = {}
    for part in found.parts:
        if part.who.name:
            known = picture.names_of([part.who.key] if part.who.key else [])
            names.setdefault(part.who.same, Named(known.get(part.who.key or "", part.who.name), part.who.key))
    organisations = tuple(sorted(names.values(), key=lambda who: (alphabetical(who.name), who.same)))
    cells = []
    for row in found.rows:
        first = {part.who.same: part for part in reversed(row.parts)}
        cells.append(tuple(first.get(same) for same in (_same(who, names) for who in organisations)))
    return PaperMatrix(found.rows, organisations, tuple(cells))


def _same(who: Named, names: dict[str, Named]) -> str:
    return who.key or next(same for same, one in names.items() if one is who)


matrix: Once[Picture, PaperMatrix] = Once(_matrix)


def may_know(flag: Flag, viewer: Viewer) -> bool:
    """What is open about a step everybody may know; about a line its house, who reported it and the office first."""
    return flag.part is None or knows(flag.part, viewer)


def knows(part: Part, viewer: Viewer) -> bool:
    """Whether the viewer may know that a house has not confirmed its line, or objects to it."""
    return viewer.sees_received(part.who.key) or viewer.sees_received(part.line.partner)


def _flags_for(picture: Picture, viewer: Viewer) -> tuple[Flag, ...]:
    known = [flag for flag in paper(picture).flags if may_know(flag, viewer)]
    return tuple(sorted(known, key=lambda flag: flag.part is not None))


#: What a viewer may know is open: steps first, then lines, in the order of the paper.
flags_for: Once[Picture, tuple[Flag, ...]] = Once(_flags_for)


def _flags_headline(picture: Picture, viewer: Viewer) -> Finding:
    found = [flag for flag in flags_for(picture, viewer) if flag.code not in WAITING]
    waiting = sum(flag.code in WAITING for flag in paper(picture).flags)
    return open_finding(len(found), waiting)


#: Counted for the viewer; how many lines wait for their houses is told to everybody, without names.
flags_headline: Once[Picture, Finding] = Once(_flags_headline)


def own_parts(picture: Picture, partner: str | None) -> tuple[tuple[Row, Part], ...]:
    """The lines about a house that it can confirm, in the order of the paper."""
    if partner is None:
        return ()
    rows = paper(picture).rows
    return tuple((row, part) for row in rows for part in row.parts if part.who.key == partner and not part.beside)


def own_headline(picture: Picture, partner: str | None) -> Finding:
    parts = own_parts(picture, partner)
    objected = sum(part.objection is not None for _, part in parts)
    return own_finding(len(parts), sum(waits(row, part) for row, part in parts), objected)


def waits(row: Row, part: Part) -> bool:
    """Whether a line waits for its house's word."""
    return any(flag.part is part and flag.code in WAITING for flag in row.flags)


def _answer(picture: Picture, question: str, language: str) -> Answer:
    """„Wer ist zuständig für …?“; ``question`` may be the code of a step."""
    shown = titles(picture, language)
    rows = paper(picture).rows
    chosen = next((row for row in rows if row.code == question), None)
    found = (Found(chosen, (), chosen.parts),) if chosen else asked_for(question, paper(picture), shown)
    return Answer(asked_finding(found, [shown[one.row.code] for one in found]), found)


#: „Wer ist zuständig für …?“: the answer to a question (or to the code of a step) in a language.
answer: Once[Picture, Answer] = Once(_answer)


def reached(part: Part, picture: Picture, viewer: Viewer, *, general: bool = True) -> Reached:
    """Whom to ask about a line, and who stands in, as far as the viewer may know. ``general``: where the line names
    nobody, a contact that the house shares."""
    line, facts = part.line, picture.facts
    everybody = [c for c in facts.contacts if c.partner == part.who.key] if part.who.key else []
    seen = each_once(c for c in everybody if viewer.may_see(c))
    contact = _person(line.contact, part, everybody, seen, viewer)
    deputy = _person(line.deputy, part, everybody, seen, viewer)
    if contact is None and line.contact is None and general and not line.vacant:
        first = next((one for one in seen if one.name and not one.vacant), None)
        if first is not None:
            return Reached(_told(first), deputy or _deputy(first), general=True)
    hidden = (line.contact is not None and contact is None) or (line.deputy is not None and deputy is None)
    return Reached(contact, deputy, hidden, line.vacant)


def _person(
    text: str | None, part: Part, everybody: Iterable[Contact], seen: Iterable[Contact], viewer: Viewer
) -> Person | None:
    """The network's contact that the line names, as far as it is shared; words that name nobody there are as public as
    the line says, and stay with the office, the house and who reported them where it says nothing."""
    if text is None:
        return None
    visible = next((one for one in seen if _names(text, one)), None)
    if visible is not None:
        return _told(visible)
    known = [one for one in everybody if _names(text, one)]
    refused = any(one.consent is False for one in known)
    said = Contact(key="", partner=part.who.key or "", name=text, shared_with=part.line.shared_with)
    if viewer.sees_received(part.line.partner) or (viewer.may_see(said) and not refused):
        return Person(text)
    return None


def _names(text: str, contact: Contact) -> bool:
    return bool(contact.name) and (contact.name or "").casefold() in text.casefold()


def _told(contact: Contact) -> Person:
    return Person(contact.name or "", contact.function, contact.phone, contact.email, contact.key)


def _deputy(contact: Contact) -> Person | None:
    return Person(contact.deputy) if contact.deputy else None
