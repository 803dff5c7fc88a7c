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
_NAMING = ("person", "client", "initials")

Evidence = dict[str, list[Label]]


def evidence_of(labels: Sequence[Label]) -> Evidence:
    """Role -> the labels that have it and whose values agree."""
    found: Evidence = defaultdict(list)
    for label in labels:
        for role in label.roles:
            fits = _LOOKS.get(role)
            if fits is None or looks.mostly(label.values, fits):
                found[role].append(label)
        if not label.roles and looks.mostly(label.values, looks.residence):
            found["residence"].append(label)
        if label.roles & {"offer", "client"} and looks.mostly(label.values, looks.list_of_people):
            found["participants"].append(label)
    return found


def about_clients(labels: Sequence[Label], titled: bool) -> list[Label]:
    """The labels that make it a list about single clients, [] where it is none. ``titled``: its title says it is."""
    found = evidence_of(labels)
    named = _united(found, _NAMING)
    facts = [role for role in _FACTS if found[role]]
    contacts, offers = bool(found["organisation"]), bool(found["offer"])
    sure = _surely_people(found, "person", "client")
    stops = [
        bool(found["number"]),
        bool(found["birth"]) and (bool(named) or len(facts) > 1),
        bool(found["customer"]) and len(facts) > 1,
        bool(found["customer"]) and bool(named) and not contacts and not offers,
        bool(found["residence"]) and bool(named) and not contacts and (sure or not offers),
        bool(found["client"]) and not contacts and (_surely_people(found, "client") or bool(facts)) and not offers,
        bool(found["client_fact"]) and bool(named) and not contacts and (sure or not offers),
        bool(found["birth_year"]) and sure and not contacts and not offers,
        bool(found["initials"]) and bool(facts) and not contacts,
        bool(found["participants"]),
        bool(found["birth_year"]) and len(facts) > 2 and not contacts and not offers,
        bool(found["signature"]) and sure and not contacts and not offers,
        bool(named) and len(_united(found, _FACTS)) > 1 and not contacts and not offers,
        sure and titled and not contacts and not offers,
    ]
    return _united(found, ("number", "participants", *_NAMING, *_FACTS)) if any(stops) else []


def _surely_people(found: Evidence, *roles: str) -> bool:
    """Names of two words, or first and last name in columns of their own."""
    naming = _united(found, roles)
    return len(found["person"]) > 1 or any(looks.mostly(label.values, looks.several_names) for label in naming)


def _united(found: Evidence, roles: Iterable[str]) -> list[Label]:
    return list({(label.row, label.column): label for role in roles for label in found[role]}.values())
