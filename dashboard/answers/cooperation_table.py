"""The network as a drawing: seats with the lines between them, in groups where there are too many seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.answers.cooperation_choice import choice_of, chosen_cooperations, kind_of, narrowed, partners_shown
from dashboard.answers.cooperations import (
    Seat,
    fields_of,
    partner_name,
    seats_of,
    table_headline,
    taking_part,
    unknown_names,
)
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.selection import EVERYTHING, Selection
from etl.rules.cooperation_rules import PLANNED
from etl.rules.facts import Cooperation
from etl.rules.finding import Finding

#: As many have a seat of their own; a drawing of more can't be read.
MOST_SEATS = 36
#: How seats come into groups; blocks of the alphabet where the others make one group or too many.
Grouping = Literal["kind", "field", "block"]
GROUPINGS: tuple[Grouping, ...] = ("kind", "field")


@dataclass(frozen=True, slots=True)
class Line:
    """Two partners (or groups) that work together; ``planned`` where all they share is not agreed yet. ``n``: how many
    pairs a line between groups stands for."""

    one: str
    other: str
    planned: bool
    n: int = 1


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
class Group:
    """Several partners on one seat. ``value`` is the kind's code, the field's title or the block's number; ``first``
    and ``last`` are names of a block. ``inside``: pairs within the group that work together."""

    value: str
    n: int
    first: str = ""
    last: str = ""
    inside: int = 0


@dataclass(frozen=True, slots=True)
class RoundTable:
    """Seats in alphabetical order, lines between them, and what the chosen partner shares with whom.

    ``grouping`` says that the lines are between the ``groups`` (their values): there are more ``seats`` than can be
    drawn. ``left_out``: how many chosen partners are not drawn: they don't work with
    the one chosen, are of another kind or in no field. ``everyone``: all
    partners to choose from.
    """

    seats: tuple[Seat, ...]
    lines: tuple[Line, ...]
    chosen: Seat | None
    together: tuple[Together, ...]
    grouping: Grouping | None = None
    groups: tuple[Group, ...] = ()
    left_out: int = 0
    everyone: tuple[Seat, ...] = ()


def headline(picture: Picture, selection: Selection = EVERYTHING) -> Finding:
    """What stands above the drawing; of a part of the network only how much of it fits."""
    if narrowed(selection):
        return Finding("finding.cooperations.found", {"n": len(chosen_cooperations(picture, selection))})
    return table_headline(picture)


def round_table(
    picture: Picture, partner: str | None, selection: Selection = EVERYTHING, grouping: Grouping = "kind"
) -> RoundTable:
    """The table of the chosen cooperations with ``partner`` (a key) chosen; nobody where the key is no partner's."""
    return _TABLE(picture, partner, choice_of(selection).changed(block=selection.block), grouping)


def _table(picture: Picture, partner: str | None, selection: Selection, grouping: Grouping) -> RoundTable:
    everyone, shown = seats_of(picture), partners_shown(picture, selection)
    chosen = next((seat for seat in everyone if seat.key == partner), None)
    found = chosen_cooperations(picture, selection)
    pairs = _pairs(picture, found)
    together = _together(picture, found, chosen.key) if chosen else ()
    seats = tuple(seat for seat in everyone if seat.key in shown or seat == chosen)
    all_of_them = len(seats)
    if len(seats) > MOST_SEATS and chosen:
        beside = {chosen.key, *(one.key for one in together)}
        seats = tuple(seat for seat in seats if seat.key in beside)
    elif len(seats) > MOST_SEATS and selection.kind:
        own = {p.key for p in picture.facts.partners if kind_of(p) == selection.kind}
        seats = tuple(seat for seat in seats if seat.key in own)
    if len(seats) > MOST_SEATS and selection.block is not None:
        blocks = _blocks(seats)
        seats = tuple(blocks[min(selection.block, len(blocks)) - 1])
    left_out = all_of_them - len(seats)
    if len(seats) <= MOST_SEATS:
        return RoundTable(seats, _lines(pairs, seats), chosen, together, None, (), left_out, everyone)
    used, members = _grouped(picture, seats, [by for by in (grouping, *GROUPINGS) if not getattr(selection, by)])
    left_out += len({seat.key for seat in seats} - {key for keys in members.values() for key in keys})
    groups, lines = _between(members, pairs, used, {seat.key: seat.name for seat in seats})
    return RoundTable(seats, lines, chosen, together, used, groups, left_out, everyone)


_TABLE: Once[Picture, RoundTable] = Once(_table)


def _pairs(picture: Picture, found: Sequence[Cooperation]) -> Mapping[tuple[str, str], bool]:
    """Pairs that work together, in key order -> whether all of it is only planned."""
    pairs: dict[tuple[str, str], bool] = {}
    for cooperation in found:
        keys = sorted(taking_part(picture)[cooperation.key])
        planned = cooperation.status in PLANNED
        for index, one in enumerate(keys):
            for other in keys[index + 1 :]:
                pairs[one, other] = pairs.get((one, other), True) and planned
    return pairs


def _lines(pairs: Mapping[tuple[str, str], bool], seats: Iterable[Seat]) -> tuple[Line, ...]:
    keys = {seat.key for seat in seats}
    return tuple(
        Line(one, other, planned) for (one, other), planned in sorted(pairs.items()) if one in keys and other in keys
    )


def _blocks(seats: Sequence[Seat]) -> list[Sequence[Seat]]:
    """Seats in alphabetical blocks of equal size, none larger than can be drawn."""
    count = -(-len(seats) // MOST_SEATS)
    size = -(-len(seats) // count)
    return [seats[start : start + size] for start in range(0, len(seats), size)]


def _grouped(
    picture: Picture, seats: Sequence[Seat], wanted: Iterable[Grouping]
) -> tuple[Grouping, dict[str, list[str]]]:
    """Value of each group -> keys of its partners: the first way wanted that makes a drawing, else by the alphabet."""
    for by in wanted:
        members: dict[str, list[str]] = {}
        values = _FIELDS_OF(picture) if by == "field" else _kinds(picture)
        for seat in seats:
            for value in values.get(seat.key, ()):
                members.setdefault(value, []).append(seat.key)
        if 1 < len(members) <= MOST_SEATS:
            return by, {value: members[value] for value in sorted(members, key=alphabetical)}
    return "block", {str(n): [seat.key for seat in block] for n, block in enumerate(_blocks(seats), 1)}


def _kinds(picture: Picture) -> dict[str, tuple[str, ...]]:
    return {partner.key: (kind_of(partner),) for partner in picture.facts.partners}


def _fields(picture: Picture) -> Mapping[str, tuple[str, ...]]:
    """Partner key -> titles of the fields it works in, by what is active there and by its cooperations."""
    found: dict[str, set[str]] = {}
    for field in picture.facts.fields_of_action:
        for key in partners_shown(picture, Selection(field=field.title)):
            found.setdefault(key, set()).add(field.title)
    for cooperation in chosen_cooperations(picture, EVERYTHING):
        for key in taking_part(picture)[cooperation.key]:
            found.setdefault(key, set()).update(fields_of(cooperation, picture.facts))
    return {key: tuple(titles) for key, titles in found.items()}


_FIELDS_OF: Once[Picture, Mapping[str, tuple[str, ...]]] = Once(_fields)


def _between(
    members: Mapping[str, Sequence[str]],
    pairs: Mapping[tuple[str, str], bool],
    used: Grouping,
    names: Mapping[str, str],
) -> tuple[tuple[Group, ...], tuple[Line, ...]]:
    """The groups, and how many pairs work together from one to another (of fields, whose partners overlap: how many
    partners work in both)."""
    inside: Counter[str] = Counter()
    lines: Counter[tuple[str, str]] = Counter()
    agreed: set[tuple[str, str]] = set()
    of: dict[str, list[str]] = {}
    for value, keys in members.items():
        for key in keys:
            of.setdefault(key, []).append(value)
    for one, other, planned in _joined(of, pairs, used):
        if one == other:
            inside[one] += 1
        else:
            pair = (one, other) if one < other else (other, one)
            lines[pair] += 1
            agreed |= set() if planned else {pair}
    groups = tuple(
        Group(value, len(keys), names[keys[0]], names[keys[-1]], inside[value]) for value, keys in members.items()
    )
    return groups, tuple(Line(*pair, pair not in agreed, n) for pair, n in sorted(lines.items()))


def _joined(
    of: Mapping[str, Sequence[str]], pairs: Mapping[tuple[str, str], bool], used: Grouping
) -> Iterator[tuple[str, str, bool]]:
    if used == "field":
        for values in of.values():
            for index, one in enumerate(values):
                yield from ((one, other, False) for other in values[index + 1 :])
        return
    for (one, other), planned in pairs.items():
        if one in of and other in of:
            yield from ((a, b, planned) for a in of[one] for b in of[other])


def _together(picture: Picture, found: Iterable[Cooperation], chosen: str) -> tuple[Together, ...]:
    shared: dict[str, list[Cooperation]] = {}
    names: dict[str, tuple[str | None, str]] = {}
    for cooperation in found:
        keys = taking_part(picture)[cooperation.key]
        if chosen in keys:
            for key, name in _others(cooperation, picture, chosen, keys):
                names[key or f"?{name}"] = (key, name)
                shared.setdefault(key or f"?{name}", []).append(cooperation)
    beside = (
        Together(
            *names[one],
            planned=all(c.status in PLANNED for c in cooperations),
            titles=tuple(_titled(cooperations)),
            keys=tuple(_titled(cooperations).values()),
        )
        for one, cooperations in shared.items()
    )
    return tuple(sorted(beside, key=lambda t: alphabetical(t.name)))


def _titled(cooperations: Iterable[Cooperation]) -> dict[str, str]:
    """Title -> key of the first cooperation called so."""
    found: dict[str, str] = {}
    for cooperation in cooperations:
        found.setdefault(cooperation.title, cooperation.key)
    return found


def _others(
    cooperation: Cooperation, picture: Picture, chosen: str, keys: tuple[str, ...]
) -> Iterator[tuple[str | None, str]]:
    """The others in a cooperation: those we know by key, then names the network does not know."""
    facts = picture.facts
    yield from ((key, partner_name(facts.partner_by_key[key])) for key in keys if key != chosen)
    yield from ((None, name) for name in unknown_names(cooperation, facts, keys))
