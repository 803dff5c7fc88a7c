"""Who takes part in which cooperation, and who works in which field of action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.cooperation_rules import PLANNED, living
from etl.rules.facts import Cooperation, Facts, FieldOfAction, Partner
from etl.rules.finding import Finding
from etl.rules.findings import cooperations_finding
from etl.rules.gaps import is_active
from etl.stages.resolve_references import bare


@dataclass(frozen=True, slots=True)
class Seat:
    """A partner at the table."""

    key: str
    name: str


table_headline: Once[Picture, Finding] = Once(lambda picture: cooperations_finding(picture.facts))


def _counts(picture: Picture) -> dict[str, int]:
    return {"partners": len(picture.facts.partners), "n": sum(c.status not in PLANNED for c in living(picture.facts))}


#: ``counts(picture)``: how many partners there are, and how many cooperations (``n``) exist, planned ones left out.
counts: Once[Picture, dict[str, int]] = Once(_counts)


def _seats(picture: Picture) -> tuple[Seat, ...]:
    seats = (Seat(partner.key, partner_name(partner)) for partner in picture.facts.partners)
    return tuple(sorted(seats, key=lambda seat: (alphabetical(seat.name), seat.key)))


#: ``seats_of(picture)``: every partner, alphabetical by the name people use.
seats_of: Once[Picture, tuple[Seat, ...]] = Once(_seats)


def partner_name(partner: Partner) -> str:
    return partner.short_name or partner.name


def _taking_part(picture: Picture) -> Mapping[str, tuple[str, ...]]:
    return {c.key: participants(c, picture.facts) for c in picture.facts.cooperations}


#: ``taking_part(picture)``: cooperation key -> keys of the partners that take part.
taking_part: Once[Picture, Mapping[str, tuple[str, ...]]] = Once(_taking_part)


def participants(cooperation: Cooperation, facts: Facts) -> tuple[str, ...]:
    """Keys of those who take part: the partners named, and who reports it where it names itself by a shorter name."""
    keys = dict.fromkeys(key for key in cooperation.partner_keys if key in facts.partner_by_key)
    reporter = facts.partner_by_key.get(cooperation.partner or "")
    if reporter and reporter.key not in keys and any(_is_called(reporter, name) for name in cooperation.partners):
        keys[reporter.key] = None
    return tuple(keys)


def _is_called(partner: Partner, name: str) -> bool:
    """Whether ``name`` is the beginning of what the partner is called, in whole words („Caritasverband“)."""
    said = bare(name)
    return bool(said) and any(f"{bare(n)} ".startswith(f"{said} ") for n in (partner.name, partner.short_name) if n)


def unknown_names(cooperation: Cooperation, facts: Facts, keys: tuple[str, ...]) -> list[str]:
    """Names as stated that none of the known participants is called by, where names are left over."""
    if len(keys) >= len(cooperation.partners):
        return []
    known = [facts.partner_by_key[key] for key in keys]
    return [name for name in cooperation.partners if not any(_is_called(p, name) or _similar(p, name) for p in known)]


def _similar(partner: Partner, name: str) -> bool:
    said = bare(name)
    return any(said.startswith(bare(n)) for n in (partner.name, partner.short_name) if n)


def fields_of(cooperation: Cooperation, facts: Facts) -> frozenset[str]:
    """Titles of the fields of action it is about: as stated, else those of the measures it belongs to."""
    titles = {field.key: field.title for field in facts.fields_of_action}
    if cooperation.field_of_action is not None:
        return frozenset({titles.get(cooperation.field_of_action, cooperation.field_of_action)})
    found: set[str | None] = set()
    for measure in (facts.measure_by_key[key] for key in cooperation.measures if key in facts.measure_by_key):
        found.add(measure.field_of_action)
        found |= {facts.goal_by_key[goal].field_of_action for goal in measure.goals if goal in facts.goal_by_key}
    return frozenset(titles.get(name, name) for name in found if name)


def working_in(field: FieldOfAction, facts: Facts) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """What is active in a field of action: (key of the measure or cooperation, who leads, who takes part)."""
    names = {field.key, field.title}
    for measure in filter(is_active, facts.measures):
        served = {facts.goal_by_key[goal].field_of_action for goal in measure.goals if goal in facts.goal_by_key}
        if names & {measure.field_of_action, *served}:
            yield measure.key, measure.lead_partner or measure.partner, measure.partner_keys
    for cooperation in living(facts):
        if cooperation.field_of_action in names:
            yield cooperation.key, None, participants(cooperation, facts)
