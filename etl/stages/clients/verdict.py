"""Does a group of labels, with its values, speak of single clients?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from etl.stages.clients import values as looks
from etl.stages.clients.labels import Label
from etl.stages.shapes import CellValue

#: Role of a label -> what most of its values must look like before the label counts.
_LOOKS: dict[str, Callable[[CellValue], bool]] = {
    "person": looks.any_name,
    "client": looks.any_name,
    "maybe_client": looks.any_name,
    "initials": looks.initials,
    "birth": looks.birthday,
    "birth_year": looks.year_or_age,
    "number": looks.long_number,
    "customer": looks.short_number,
    "residence": looks.short_text,
    "origin": looks.short_text,
    "trait": looks.short_text,
    "client_fact": looks.short_text,
}
#: What is said of a person. Each of them beside a name makes one more fact about someone.
_FACTS = ("birth_year", "origin", "trait", "client_fact", "residence", "customer", "birth")
_NAMING = ("person", "client", "maybe_client", "initials")
#: Labels that do not keep a column of names from being one of clients, and such that say nothing about people.
_OPEN = frozenset({"person", "client", "maybe_client", "initials"})
_SAY_NOTHING = frozenset({"contact_data", "staff", "person", "client", "maybe_client"})

Evidence = dict[str, list[Label]]


def evidence_of(labels: Sequence[Label]) -> Evidence:
    """Role -> the labels that have it and whose values agree."""
    found: Evidence = defaultdict(list)
    for label in labels:
        for role in label.roles:
            fits = _LOOKS.get(role)
            if fits is None or looks.mostly(label.values, fits):
                found[role].append(label)
        if label.roles <= {"contact_data", "subject"} and looks.mostly(label.values, looks.residence):
            found["residence"].append(label)
        if label.roles & {"offer", "client"} and looks.mostly(label.values, looks.list_of_people):
            found["participants"].append(label)
    return found


def about_clients(labels: Sequence[Label], titled: bool) -> list[Label]:
    """The labels that make it a list about single clients, [] where it is none. ``titled``: its title says it is."""
    found = evidence_of(labels)
    people = _people(labels)
    stops = (
        _always(found)
        or bool(found["birth_year"] and found["file_number"])
        or (not found["organisation"] and (_of_people(found) or any(map(_abbreviated, people))))
        or (not found["organisation"] and not found["offer"] and _without_offers(found, titled))
        or (not found["organisation"] and not found["offer"] and _says_more(labels, people))
    )
    if not stops:
        return []
    named = _united(found, ("number", "participants", *_NAMING, *_FACTS))
    return named + [label for label in people if label not in named]


def _always(found: Evidence) -> bool:
    """Whatever else stands in the list."""
    kinds = sum(bool(found[role]) for role in _FACTS)
    named = any(found[role] for role in _NAMING)
    return bool(
        found["number"]
        or found["participants"]
        or (found["birth"] and (named or kinds > 1))
        or (found["customer"] and kinds > 1)
    )


def _of_people(found: Evidence) -> bool:
    """Where no organisation is named, but perhaps offers and numbers."""
    named = any(found[role] for role in _NAMING)
    sure = _surely_people(found, "person", "client", "maybe_client")
    facts = any(found[role] for role in _FACTS)
    return bool(
        (found["residence"] and named and sure)
        or (found["client_fact"] and named and sure)
        or (found["initials"] and facts)
    )


def _without_offers(found: Evidence, titled: bool) -> bool:
    """Where neither organisations nor offers and numbers are named."""
    kinds = sum(bool(found[role]) for role in _FACTS)
    named = any(found[role] for role in _NAMING)
    sure = _surely_people(found, "person", "client", "maybe_client")
    return bool(
        found["client"]
        or (named and (found["customer"] or found["residence"] or found["client_fact"]))
        or (found["maybe_client"] and (kinds or _surely_people(found, "maybe_client")))
        or (named and len(_united(found, _FACTS)) > 1)
        or (found["birth_year"] and (sure or kinds > 2))
        or (sure and (titled or found["signature"]))
    )


def _people(labels: Sequence[Label]) -> list[Label]:
    """Columns of names, by what stands in them, unless their heading says why these people are named."""
    return [
        label
        for label in labels
        if label.roles <= _OPEN
        and looks.mostly(label.values, looks.any_name)
        and looks.mostly(label.values, looks.known_first_name)
    ]


def _abbreviated(label: Label) -> bool:
    return looks.mostly(label.values, looks.abbreviated)


def _says_more(labels: Sequence[Label], people: Sequence[Label]) -> bool:
    """Names come first and more is told of them than how to reach them: neither contacts nor a column of a list that is
    about something else."""
    first = min((label.column for label in people), default=0)
    if not people or any(label.column < first and ("subject" in label.roles or _tells(label)) for label in labels):
        return False
    return any(
        label.values and label.text and not label.roles & _SAY_NOTHING and label not in people for label in labels
    )


def _tells(label: Label) -> bool:
    """Texts of several words that are nobody's name: what the list is about."""
    return looks.mostly(label.values, looks.several_words) and not looks.mostly(label.values, looks.any_name)


def _surely_people(found: Evidence, *roles: str) -> bool:
    """Names of two words, or first and last name in columns of their own."""
    naming = _united(found, roles)
    return len(found["person"]) > 1 or any(looks.mostly(label.values, looks.several_names) for label in naming)


def _united(found: Evidence, roles: Iterable[str]) -> list[Label]:
    return list({(label.row, label.column): label for role in roles for label in found[role]}.values())
