"""Measures that may do the same, as those they concern see them; what was decided about them; how many for the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dashboard.answers.contacts import Viewer
from dashboard.answers.goals import field_title
from dashboard.answers.measures import fields_of, lead_name
from dashboard.answers.meetings import MeetingView
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.accounts import User
from etl.model.meetings import agenda
from etl.model.relations import relations, spoken_of_together
from etl.model.store import Connection, Store
from etl.pipeline.relate import relate
from etl.rules.facts import Measure
from etl.rules.finding import Finding
from etl.rules.meeting import Item
from etl.rules.organisation import overlaps_of
from etl.rules.overlaps import Overlap, compare
from etl.rules.relations import PairKind, Relation, decided

#: The one switch over the offers: by who provides them, or by what they are to bring about.
Sight = Literal["wirkung", "anbieter"]
SIGHTS: tuple[Sight, ...] = get_args(Sight)
ROWS_PER_PAGE = 30

overlaps_in: Once[Picture, tuple[Overlap, ...]] = Once(lambda picture: overlaps_of(picture.facts, picture.thresholds))


@dataclass(frozen=True, slots=True)
class Side:
    """One measure of a pair. ``houses`` are the keys of the partners it concerns."""

    measure: Measure
    lead: str
    fields: tuple[str, ...]
    houses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """``held``: what was decided, None while it is open."""

    key: str
    one: Side
    other: Side
    overlap: Overlap
    held: Relation | None = None

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.overlap.one, self.overlap.other))

    def may_decide(self, viewer: Viewer) -> bool:
        """The office, and the houses whose measures they are."""
        own = viewer.role == "partner" and viewer.partner in self.one.houses | self.other.houses
        return viewer.role == "coordinator" or own


@dataclass(frozen=True)
class Pairs:
    """What this viewer sees: ``opened`` and ``settled``, and how many open pairs it is not shown."""

    opened: tuple[Pair, ...]
    settled: tuple[Pair, ...]
    hidden: int

    def find(self, key: str | None) -> Pair | None:
        return next((pair for pair in (*self.opened, *self.settled) if pair.key == key), None)


def pairs(store: Store, picture: Picture, viewer: Viewer, sight: Sight = "wirkung") -> Pairs:
    """The pairs in the order of ``sight``. Whose measures they are and the office see a pair; others see it only once
    it is on an agenda."""
    with store.reading() as connection:
        said = relations(connection, "measure", picture.facts.known_on)
        spoken_of = spoken_of_together(connection)
    return _SEEN(picture, viewer, sight, said, spoken_of)


def _seen(
    picture: Picture,
    viewer: Viewer,
    sight: Sight,
    said: tuple[Relation, ...],
    spoken_of: tuple[frozenset[str], ...],
) -> Pairs:
    held = decided(said, picture.state.counts_as)
    opened, settled, hidden = [], [], 0
    for pair in (*_proposed(picture, sight), *_no_longer_proposed(picture, held)):
        relation, keys = held.get(pair.keys), pair.keys
        if not pair.may_decide(viewer) and not any(keys <= records for records in spoken_of):
            hidden += relation is None
        elif relation is None:
            opened.append(pair)
        else:
            settled.append(replace(pair, held=relation))
    return Pairs(tuple(opened), tuple(settled), hidden)


_SEEN: Once[Picture, Pairs] = Once(_seen)


def _no_longer_proposed(picture: Picture, held: Mapping[frozenset[str], Relation]) -> list[Pair]:
    """What was decided stays in sight, whatever the lists say since."""
    known = picture.facts.measure_by_key
    gone = held.keys() - {frozenset((o.one, o.other)) for o in overlaps_in(picture)}
    both = (sorted(pair) for pair in gone if pair <= known.keys())
    return [_pair(picture, compare(known[one], known[other], picture.thresholds)) for one, other in both]


def open_overlaps(store: Store, picture: Picture) -> tuple[Overlap, ...]:
    """Those nobody has decided about."""
    with store.reading() as connection:
        held = decided_in(connection, picture, "measure")
    return tuple(o for o in overlaps_in(picture) if frozenset((o.one, o.other)) not in held)


def decided_in(connection: Connection, picture: Picture, kind: PairKind) -> dict[frozenset[str], Relation]:
    return decided(relations(connection, kind, picture.facts.known_on), picture.state.counts_as)


def pairs_finding(found: Pairs) -> Finding:
    """How many are open, how many beside these one does not see, and how many are settled."""
    settled = Finding("overlap.finding.settled", {"n": len(found.settled)}) if found.settled else None
    if not found.opened and (found.hidden or not found.settled):
        return Finding("overlap.finding.hidden", {"n": found.hidden}, settled)
    beside = Finding("overlap.finding.beside", {"n": found.hidden}, settled) if found.hidden else settled
    return Finding("overlap.finding.open", {"n": len(found.opened)}, beside)


def decide(store: Store, user: User, pair: Pair, verdict: str, *, reason: str, now: dt.datetime) -> int:
    """Number of the decision. Raises ``RelationRefused``."""
    seen = pair.held.id if pair.held else None
    keys = (pair.one.measure.key, pair.other.measure.key)
    return relate(store, user, "measure", keys, verdict, reason=reason, now=now, seen=seen)


def _pair(picture: Picture, overlap: Overlap) -> Pair:
    one, other = (_side(picture, picture.facts.measure_by_key[key]) for key in (overlap.one, overlap.other))
    return Pair(f"{overlap.one}~{overlap.other}", one, other, overlap)


def _make_proposed(picture: Picture, sight: Sight) -> tuple[Pair, ...]:
    found = [_pair(picture, overlap) for overlap in overlaps_in(picture)]
    return tuple(sorted(found, key=lambda pair: _order(pair, sight)))


_proposed: Once[Picture, tuple[Pair, ...]] = Once(_make_proposed)


def already_on(store: Store, meetings: Sequence[MeetingView], pair: Pair) -> list[MeetingView]:
    """The meetings on whose agenda an item speaks of both measures."""
    with store.reading() as connection:
        return [one for one in meetings if any(pair.keys <= {*i.records} for i in agenda(connection, one.key))]


def item_for(pair: Pair, meeting: str, say: Callable[..., str]) -> Item:
    """The pair as an item of an agenda, at which both houses report."""
    one, other = pair.one, pair.other
    return Item(
        id=0,
        meeting=meeting,
        place=0,
        origin="own",
        title=say("overlap.agenda.title", one=one.measure.title, other=other.measure.title),
        records=(one.measure.key, other.measure.key),
        proposal=say("overlap.agenda.proposal", house=one.lead, beside=other.lead),
        reports=tuple(sorted(one.houses | other.houses)),
        minutes=10,
    )


def _side(picture: Picture, measure: Measure) -> Side:
    return Side(
        measure,
        lead_name(measure, picture.facts),
        tuple(sorted(fields_of(measure, titles_of_fields(picture), picture.facts), key=alphabetical)),
        frozenset(key for key in (measure.partner, measure.lead_partner) if key),
    )


#: Goal's key -> title of its field of action.
titles_of_fields: Once[Picture, dict[str, str | None]] = Once(
    lambda picture: {goal.key: field_title(goal, picture.facts) for goal in picture.facts.goals}
)


def _order(pair: Pair, sight: Sight) -> tuple[object, ...]:
    """By house or by field; within it those that agree in most respects first."""
    first = min(pair.one.lead, pair.other.lead, key=alphabetical) if sight == "anbieter" else "".join(fields(pair)[:1])
    return alphabetical(first), -pair.overlap.agreeing, alphabetical(pair.one.measure.title), pair.key


def fields(pair: Pair) -> tuple[str, ...]:
    """The fields of action both serve; where they share none, those of either."""
    both = set(pair.one.fields) & set(pair.other.fields)
    return tuple(sorted(both or {*pair.one.fields, *pair.other.fields}, key=alphabetical))
