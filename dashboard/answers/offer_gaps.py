"""Where goals, measures, money, needs, target groups and places do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.answers.contacts import Viewer
from dashboard.answers.measures import fields_of, lead_name
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.overlaps import Sight, titles_of_fields
from dashboard.answers.picture import Picture
from etl.rules import gaps
from etl.rules.facts import Goal
from etl.rules.finding import Finding
from etl.rules.offer_matrix import groups_without_offer, places_without_offer

Kind = Literal[
    "goal_measure",
    "goal_money_only",
    "goal_without_money",
    "group",
    "place",
    "need",
    "measure_goal",
    "funding_measure",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: What only one house can put right: seen by it and the office before anybody else.
_OF_A_HOUSE = frozenset(("measure_goal", "funding_measure"))
ROWS_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """``title`` is a record's, a place, or the code of a target group; ``record`` its key, if it is one. ``houses`` are
    the keys of the partners it concerns, ``house`` the name of the first."""

    kind: Kind
    title: str
    record: str | None = None
    field: str = ""
    house: str = ""
    houses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class GapPage:
    """The page of ``gaps`` in the order of the sight; ``total`` are seen on all pages, ``hidden`` by others only."""

    gaps: tuple[Gap, ...]
    total: int
    hidden: int
    page: int
    pages: int
    every: tuple[Gap, ...]


def gap_page(picture: Picture, viewer: Viewer, sight: Sight, page: int) -> GapPage:
    every = _ordered(picture, sight)
    seen = tuple(gap for gap in every if _sees(gap, viewer))
    pages = max(1, -(-len(seen) // ROWS_PER_PAGE))
    page = min(page, pages)
    shown = seen[(page - 1) * ROWS_PER_PAGE : page * ROWS_PER_PAGE]
    return GapPage(shown, len(seen), len(every) - len(seen), page, pages, seen)


def gaps_finding(shown: GapPage) -> Finding:
    also = Finding("gap.hidden", {"n": shown.hidden}) if shown.hidden else None
    return Finding("gap.found", {"n": shown.total}, also if shown.total else None)


def _sees(gap: Gap, viewer: Viewer) -> bool:
    own = viewer.role == "partner" and viewer.partner in gap.houses
    return gap.kind not in _OF_A_HOUSE or viewer.role == "coordinator" or own


def _make(picture: Picture) -> tuple[Gap, ...]:
    return (*_about_goals(picture), *_about_people(picture), *_about_houses(picture))


def _about_goals(picture: Picture) -> Iterator[Gap]:
    facts = picture.facts
    found: tuple[tuple[Kind, tuple[Goal, ...]], ...] = (
        ("goal_measure", gaps.goals_without_measures(facts)),
        ("goal_money_only", gaps.goals_with_money_only(facts)),
        ("goal_without_money", gaps.goals_without_money(facts)),
    )
    for kind, goals in found:
        for goal in goals:
            field = titles_of_fields(picture).get(goal.key) or ""
            yield Gap(kind, goal.short_title or goal.title, goal.key, field, goal.responsible or "")


def _about_people(picture: Picture) -> Iterator[Gap]:
    facts = picture.facts
    yield from (Gap("group", code) for code in groups_without_offer(facts))
    yield from (Gap("place", place) for place in places_without_offer(facts))
    for need in gaps.needs_without_answer(facts):
        yield Gap("need", need.title, need.key, need.field_of_action or "", need.noticed_by or "")


def _about_houses(picture: Picture) -> Iterator[Gap]:
    facts = picture.facts
    for measure in gaps.measures_without_goal(facts):
        houses = frozenset(key for key in (measure.partner, measure.lead_partner) if key)
        fields = " / ".join(sorted(fields_of(measure, titles_of_fields(picture), facts), key=alphabetical))
        yield Gap("measure_goal", measure.title, measure.key, fields, lead_name(measure, facts), houses)
    for funding in gaps.fundings_without_measure(facts):
        houses = frozenset((funding.partner,)) if funding.partner else frozenset[str]()
        name = next(iter(picture.names_of(houses).values()), funding.recipient or "")
        yield Gap("funding_measure", funding.name, funding.key, "", name, houses)


def _make_ordered(picture: Picture, sight: Sight) -> tuple[Gap, ...]:
    """By effect kind after kind, by provider house after house, those without one last."""
    if sight == "wirkung":
        return tuple(sorted(_gaps(picture), key=lambda gap: (KINDS.index(gap.kind), alphabetical(gap.title))))
    return tuple(
        sorted(
            _gaps(picture),
            key=lambda gap: (not gap.house, alphabetical(gap.house), KINDS.index(gap.kind), alphabetical(gap.title)),
        )
    )


_gaps: Once[Picture, tuple[Gap, ...]] = Once(_make)
_ordered: Once[Picture, tuple[Gap, ...]] = Once(_make_ordered)
