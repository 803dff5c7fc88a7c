"""The matrix of offers: by effect field of action × target group × place, by provider house × target group × place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboard.answers.measures import fields_of, lead_name
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.overlaps import SIGHTS, Sight, titles_of_fields
from dashboard.answers.picture import Picture
from etl.rules.facts import Measure
from etl.rules.finding import Finding
from etl.rules.gaps import is_active
from etl.rules.offer_matrix import ALL, EVERYWHERE, NAMED, UNSAID, OfferMatrix, groups_without_offer, offer_matrix

ROWS_PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Cell:
    """How many offers, at how many of the places; ``everywhere``: one of them is for the whole district. ``asked`` is
    what ``sum_target`` is given."""

    offers: int
    places: int
    everywhere: bool
    asked: tuple[str, ...]


@dataclass(frozen=True)
class MatrixPage:
    """``rows``: a title with its cells along ``groups`` ("" for offers that name none). ``place`` None: all places.
    ``empty`` of ``cells`` of all rows hold nothing; those without a field or a group, and those for all, left out."""

    groups: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    place: str | None
    places: tuple[str, ...]
    empty: int
    cells: int
    page: int
    pages: int


def matrix_page(picture: Picture, sight: Sight, place: str | None, page: int) -> MatrixPage:
    """The page of rows; a place nobody names is all places."""
    made = _matrices(picture, sight)
    pages = max(1, -(-len(made.rows) // ROWS_PER_PAGE))
    return _PAGES(picture, sight, place if place in made.places else None, min(page, pages), pages)


def _page(picture: Picture, sight: Sight, place: str | None, page: int, pages: int) -> MatrixPage:
    made, first = _matrices(picture, sight), (page - 1) * ROWS_PER_PAGE
    rows = made.rows[first : first + ROWS_PER_PAGE]
    return MatrixPage(
        groups=made.groups,
        rows=tuple((row, tuple(_cell(made, sight, row, group, place) for group in made.groups)) for row in rows),
        place=place,
        places=made.places,
        empty=_empty(picture, sight, place),
        cells=len(made.named_rows) * len(NAMED),
        page=page,
        pages=pages,
    )


_PAGES: Once[Picture, MatrixPage] = Once(_page)
_for_all: Once[Picture, bool] = Once(
    lambda picture: any(is_active(measure) and ALL in measure.target_group for measure in picture.facts.measures)
)
_without_offer: Once[Picture, tuple[str, ...]] = Once(
    lambda picture: tuple(g for g in groups_without_offer(picture.facts) if g != ALL)
)


def matrix_finding(picture: Picture, shown: MatrixPage, sight: Sight = "wirkung") -> Finding:
    """How many cells are empty (of houses: how many there are; none has to offer everything), and which target groups
    no offer names."""
    without = _without_offer(picture)
    code = "gap.groups_all" if _for_all(picture) else "gap.groups"
    also = Finding(code, {"n": len(without), "groups": without}) if without else None
    if sight == "anbieter":
        return Finding("offers.matrix.houses", {"n": shown.cells // len(NAMED)}, also)
    if not shown.cells:
        return Finding("offers.matrix.no_fields", {}, also)
    values = {"n": shown.empty, "total": shown.cells, "place": shown.place}
    return Finding("offers.matrix.found_at" if shown.place else "offers.matrix.found", values, also)


def counted_offers(picture: Picture, choices: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """``offers:<sight>:<row>:<group>:<place>``, row and place by their number: the measures of a cell and what put them
    there."""
    sight, row, group, place, *_ = [*choices, "", "", "", ""]
    made = next((_matrices(picture, one) for one in SIGHTS if one == sight), None)
    if made is None or not row.isdecimal() or int(row) >= len(made.rows):
        return
    at = made.places[int(place)] if place.isdecimal() and int(place) < len(made.places) else None
    for key in made.at(made.rows[int(row)], group, at):
        yield key, ("target_group", "location", "goal_ref", "lead_org")


def _cell(made: OfferMatrix, sight: Sight, row: str, group: str, place: str | None) -> Cell:
    asked = ("offers", sight, str(made.rows.index(row)), group, str(made.places.index(place)) if place else "")
    there = made.found.get((row, group), {})
    at = sum(where not in (EVERYWHERE, UNSAID) for where in there)
    return Cell(len(made.at(row, group, place)), at, EVERYWHERE in there, asked)


def _make(picture: Picture, sight: Sight) -> OfferMatrix:
    """By effect all fields of action of the network stand there, also those without an offer."""
    facts, titles = picture.facts, titles_of_fields(picture)

    def by_effect(measure: Measure) -> Iterable[str]:
        return fields_of(measure, titles, facts) or (UNSAID,)

    def by_provider(measure: Measure) -> Iterable[str]:
        return (lead_name(measure, facts),)

    if sight == "wirkung":
        fields = sorted((field.title for field in facts.fields_of_action), key=alphabetical)
        return offer_matrix(facts, by_effect, fields)
    houses = {lead_name(measure, facts) for measure in facts.measures}
    active = offer_matrix(facts, by_provider)
    rows = sorted((house for house in houses if house in active.rows), key=alphabetical)
    return offer_matrix(facts, by_provider, rows)


_matrices: Once[Picture, OfferMatrix] = Once(_make)
_empty: Once[Picture, int] = Once(lambda picture, sight, place: _matrices(picture, sight).empty(place))
