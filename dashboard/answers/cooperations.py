"""Who works with whom: seats at the table, lines between them, agreements, presence in the fields of action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.facts import Cooperation, Facts, FieldOfAction, Partner
from etl.rules.finding import Finding
from etl.rules.findings import cooperations_finding, cooperations_matrix_finding
from etl.rules.gaps import contacts_vacant, is_active, partners_with_one_contact
from etl.stages.resolve_references import bare

#: Not over, but not yet agreed: drawn dotted.
_PLANNED = ("contact", "negotiation")
_OVER = ("ended", "dormant")


@dataclass(frozen=True, slots=True)
class Seat:
    """A partner at the table."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """Two partners that work together; ``planned`` where all they share is not agreed yet."""

    one: str
    other: str
    planned: bool


@dataclass(frozen=True, slots=True)
class Together:
    """Someone the chosen partner works with (``key`` None: a name the network does not know) and in what: ``titles``
    with the ``keys`` of their cooperations."""

    key: str | None
    name: str
    planned: bool
    titles: tuple[str, ...]
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundTable:
    """Seats in alphabetical order, lines between them, and what the chosen partner shares with whom."""

    seats: tuple[Seat, ...]
    lines: tuple[Line, ...]
    chosen: Seat | None
    together: tuple[Together, ...]


@dataclass(frozen=True, slots=True)
class Presence:
    """A partner's row of the matrix: per field of action ``leads``, ``takes_part`` or None."""

    partner: Seat
    fields: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    fields: tuple[str, ...]
    rows: tuple[Presence, ...]


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A cooperation. ``partners`` are names as known, else as stated. ``written`` None: nobody said."""

    key: str
    title: str
    partners: tuple[str, ...]
    type: str | None
    written: bool | None
    status: str | None
    start: dt.date | None
    end: dt.date | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class FragileLinks:
    """Partners that hang on one person, and partners with an unfilled post: for the office and the partner itself."""

    one_contact: tuple[str, ...]
    vacant: tuple[str, ...]


def table_headline(picture: Picture) -> Finding:
    return cooperations_finding(picture.facts)


def matrix_headline(picture: Picture) -> Finding:
    return cooperations_matrix_finding(picture.facts)


def counts(picture: Picture) -> dict[str, int]:
    """How many partners there are, and how many cooperations (``n``) that are not over."""
    return {"partners": len(picture.facts.partners), "n": sum(1 for _ in _living(picture.facts))}


def round_table(picture: Picture, partner: str | None) -> RoundTable:
    """The table with ``partner`` (a key) chosen; nobody where the key is no partner's."""
    facts = picture.facts
    seats = seats_of(picture)
    chosen = next((seat for seat in seats if seat.key == partner), None)
    pairs = _PAIRS(picture)
    lines = tuple(Line(one, other, planned) for (one, other), planned in sorted(pairs.items()))
    together = _together(facts, chosen.key) if chosen else ()
    return RoundTable(seats, lines, chosen, together)


def seats_of(picture: Picture) -> tuple[Seat, ...]:
    """Every partner, alphabetical by the name people use."""
    seats = (Seat(partner.key, partner_name(partner)) for partner in picture.facts.partners)
    return tuple(sorted(seats, key=lambda seat: (alphabetical(seat.name), seat.key)))


def partner_name(partner: Partner) -> str:
    return partner.short_name or partner.name


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


def _pairs(picture: Picture) -> dict[tuple[str, str], bool]:
    """Pairs that work together, in key order -> whether all of it is only planned."""
    facts = picture.facts
    pairs: dict[tuple[str, str], bool] = {}
    for cooperation in _living(facts):
        keys = sorted(participants(cooperation, facts))
        planned = cooperation.status in _PLANNED
        for index, one in enumerate(keys):
            for other in keys[index + 1 :]:
                pairs[one, other] = pairs.get((one, other), True) and planned
    return pairs


_PAIRS: Once[Picture, dict[tuple[str, str], bool]] = Once(_pairs)


def _living(facts: Facts) -> Iterable[Cooperation]:
    return (cooperation for cooperation in facts.cooperations if cooperation.status not in _OVER)


def _together(facts: Facts, chosen: str) -> tuple[Together, ...]:
    shared: dict[str | None, list[Cooperation]] = {}
    names: dict[str | None, str] = {}
    for cooperation in _living(facts):
        keys = participants(cooperation, facts)
        if chosen in keys:
            for key, name in _others(cooperation, facts, chosen, keys):
                names[key or f"?{name}"] = name
                shared.setdefault(key or f"?{name}", []).append(cooperation)
    found = (
        Together(
            key=None if key is None or key.startswith("?") else key,
            name=names[key],
            planned=all(c.status in _PLANNED for c in cooperations),
            titles=tuple(_titled(cooperations)),
            keys=tuple(_titled(cooperations).values()),
        )
        for key, cooperations in shared.items()
    )
    return tuple(sorted(found, key=lambda t: alphabetical(t.name)))


def _titled(cooperations: Iterable[Cooperation]) -> dict[str, str]:
    """Title -> key of the first cooperation called so."""
    found: dict[str, str] = {}
    for cooperation in cooperations:
        found.setdefault(cooperation.title, cooperation.key)
    return found


def _others(cooperation: Cooperation, facts: Facts, chosen: str, keys: tuple[str, ...]) -> list[tuple[str | None, str]]:
    """The others in a cooperation: those we know by key, then names the network does not know."""
    known: list[tuple[str | None, str]] = [(k, partner_name(facts.partner_by_key[k])) for k in keys if k != chosen]
    return known + [(None, name) for name in _unknown_names(cooperation, facts, keys)]


def _unknown_names(cooperation: Cooperation, facts: Facts, keys: tuple[str, ...]) -> list[str]:
    """Names as stated that none of the known participants is called by, where names are left over."""
    if len(keys) >= len(cooperation.partners):
        return []
    known = [facts.partner_by_key[key] for key in keys]
    return [name for name in cooperation.partners if not any(_is_called(p, name) or _similar(p, name) for p in known)]


def _similar(partner: Partner, name: str) -> bool:
    said = bare(name)
    return any(said.startswith(bare(n)) for n in (partner.name, partner.short_name) if n)


def agreements(picture: Picture) -> tuple[AgreementRow, ...]:
    """Every cooperation that lives, by title."""
    rows = (_agreement(c, picture.facts) for c in _living(picture.facts))
    return tuple(sorted(rows, key=lambda row: (alphabetical(row.title), row.key)))


def _agreement(cooperation: Cooperation, facts: Facts) -> AgreementRow:
    keys = participants(cooperation, facts)
    names = [partner_name(facts.partner_by_key[key]) for key in keys] + _unknown_names(cooperation, facts, keys)
    return AgreementRow(
        key=cooperation.key,
        title=cooperation.title,
        partners=tuple(sorted(names, key=alphabetical)),
        type=cooperation.type,
        written=cooperation.agreement,
        status=cooperation.status,
        start=cooperation.start,
        end=cooperation.end,
        purpose=cooperation.purpose,
    )


def matrix(picture: Picture) -> Matrix:
    """Partners × fields of action: who leads something active there, who takes part."""
    facts = picture.facts
    leads: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for field in facts.fields_of_action:
        leads[field.title], parts[field.title] = _present(field, facts)
    titles = tuple(sorted(leads, key=alphabetical))
    rows = tuple(
        Presence(seat, tuple(_role(seat.key, leads[title], parts[title]) for title in titles))
        for seat in seats_of(picture)
    )
    return Matrix(titles, rows)


def _role(key: str, leads: set[str], parts: set[str]) -> str | None:
    return "leads" if key in leads else "takes_part" if key in parts else None


def working_in(field: FieldOfAction, facts: Facts) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """What is active in a field of action: (key of the measure or cooperation, who leads, who takes part)."""
    names = {field.key, field.title}
    for measure in filter(is_active, facts.measures):
        served = {facts.goal_by_key[goal].field_of_action for goal in measure.goals if goal in facts.goal_by_key}
        if names & {measure.field_of_action, *served}:
            yield measure.key, measure.lead_partner or measure.partner, measure.partner_keys
    for cooperation in _living(facts):
        if cooperation.field_of_action in names:
            yield cooperation.key, None, participants(cooperation, facts)


def _present(field: FieldOfAction, facts: Facts) -> tuple[set[str], set[str]]:
    """Keys of those who lead, and of all who take part, in something active in the field."""
    leads, parts = set[str](), set[str]()
    for _, lead, others in working_in(field, facts):
        leads |= {lead} if lead else set()
        parts |= set(others)
    return leads, parts


def fragile_links(picture: Picture, viewer: Viewer) -> FragileLinks:
    """Findings about partners are seen by the office and the partner itself only."""
    facts = picture.facts
    one = [partner for partner in partners_with_one_contact(facts) if viewer.sees_received(partner.key)]
    vacant = {c.partner for c in contacts_vacant(facts) if viewer.sees_received(c.partner)}
    unfilled = [facts.partner_by_key[key] for key in vacant if key in facts.partner_by_key]
    return FragileLinks(_names(one), _names(unfilled))


def _names(partners: Iterable[Partner]) -> tuple[str, ...]:
    return tuple(sorted({partner_name(partner) for partner in partners}, key=alphabetical))
