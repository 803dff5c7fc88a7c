"""The list of measures: chosen, in alphabetical order, one page of rows at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dashboard.answers.goals import field_title
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.said import Sentence, said_about
from dashboard.answers.selection import EVERYTHING, RATINGS, STATUSES, Selection
from dashboard.answers.timeline import Run, Window, run_of, window_around
from etl.rules.facts import Facts, Measure
from etl.rules.finding import Finding
from etl.rules.findings import found_measures_finding, measures_finding
from etl.rules.measure_rules import ENDED

ROWS_PER_PAGE = 50
#: In which order the list stands: by title, by the field of action a measure serves, or by who is accountable.
Order = Literal["titel", "wirkung", "anbieter"]
ORDERS: tuple[Order, ...] = get_args(Order)
#: A report older than this is marked as outdated beside its age (looks, „veraltet“).
OUTDATED_AFTER_DAYS = 180


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure with what the filters ask for, made once per picture."""

    measure: Measure
    lead: str
    rating: str | None
    fields: frozenset[str]
    partners: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """``rating`` None: ended, shown by its status. ``age_days`` None: no report has a day.

    ``marked``: the rating rests on a reading that was not exact.
    """

    key: str
    title: str
    lead: str
    status: str | None
    rating: str | None
    marked: bool
    run: Run
    start: dt.date | None
    end: dt.date | None
    end_precision: str | None
    permanent: bool
    age_days: int | None
    outdated: bool
    said: tuple[Sentence, ...]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what occurs. ``partners`` are (key, name), alphabetical."""

    fields: tuple[str, ...]
    statuses: tuple[str, ...]
    ratings: tuple[str, ...]
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MeasureList:
    """One page of rows. ``found`` measures fit the selection, ``total`` are known; ``place_of_today`` in percent.

    ``grouped``: the rows stand by their ``group``.
    """

    rows: tuple[MeasureRow, ...]
    found: int
    total: int
    page: int
    pages: int
    window: Window
    today: dt.date
    place_of_today: float
    grouped: bool = False


def measure_list(picture: Picture, selection: Selection, order: Order = "titel") -> MeasureList:
    """The page of rows the selection asks for; a page beyond the last one is the last one."""
    found = _chosen(picture, selection, order)
    pages = max(1, -(-len(found) // ROWS_PER_PAGE))
    page = min(selection.page, pages)
    window = window_around(picture.facts.day)
    first = (page - 1) * ROWS_PER_PAGE
    return MeasureList(
        rows=tuple(_row(entry, picture, window, order) for entry in found[first : first + ROWS_PER_PAGE]),
        found=len(found),
        total=len(picture.facts.measures),
        page=page,
        pages=pages,
        window=window,
        today=picture.facts.day,
        place_of_today=window.place(picture.facts.day),
        grouped=order != "titel",
    )


def all_rows(picture: Picture, selection: Selection, order: Order = "titel") -> Iterator[MeasureRow]:
    """Every row the selection finds, for the download."""
    window = window_around(picture.facts.day)
    return (_row(entry, picture, window, order) for entry in _chosen(picture, selection, order))


def measure_choices(picture: Picture) -> Choices:
    """What can be chosen on this picture."""
    return _choices(picture)


def measures_headline(picture: Picture, selection: Selection = EVERYTHING) -> Finding:
    """The list's finding: about the measures that are shown."""
    if not selection.filters:
        return _headline(picture)
    return found_measures_finding([(entry.measure, entry.rating) for entry in _chosen(picture, selection)])


def measure_order(picture: Picture, selection: Selection = EVERYTHING) -> tuple[str, ...]:
    """The keys of the measures the selection finds, in the order of the list."""
    return tuple(entry.measure.key for entry in _chosen(picture, selection))


def lead_name(measure: Measure, facts: Facts) -> str:
    """Who is accountable: the organisation's short name where we know it, else as it was written."""
    partner = facts.partner_by_key.get(measure.lead_partner or "")
    if partner is not None:
        return partner.short_name or partner.name
    reporter = facts.partner_by_key.get(measure.partner or "")
    return measure.lead or (reporter.short_name or reporter.name if reporter else "")


def fields_of(measure: Measure, titles: Mapping[str, str | None], facts: Facts) -> frozenset[str]:
    """The network's fields of action a measure belongs to, by its goals; without goals its own word for it.

    ``titles`` are the goals' fields of action, by goal key.
    """
    by_goal = frozenset(title for key in measure.goals if (title := titles.get(key)))
    if by_goal or not measure.field_of_action:
        return by_goal
    named = next((f.title for f in facts.fields_of_action if f.key == measure.field_of_action), measure.field_of_action)
    return frozenset({named})


def _make_entries(picture: Picture) -> tuple[Entry, ...]:
    facts = picture.facts
    titles = {goal.key: field_title(goal, facts) for goal in facts.goals}
    found = []
    for measure in facts.measures:
        lead = lead_name(measure, facts)
        rating = picture.ratings.get(measure.key)
        partners = frozenset(filter(None, (measure.partner, measure.lead_partner, *measure.partner_keys)))
        words = alphabetical(" ".join(filter(None, (measure.title, lead, measure.lead, measure.id))))
        code = rating.code if rating else None
        found.append(Entry(measure, lead, code, fields_of(measure, titles, facts), partners, words))
    return tuple(sorted(found, key=lambda e: (alphabetical(e.measure.title), alphabetical(e.lead), e.measure.key)))


def _make_choices(picture: Picture) -> Choices:
    entries = _entries(picture)
    own = [f.title for f in picture.facts.fields_of_action]
    used = {field for entry in entries for field in entry.fields}
    others = sorted(used - set(own), key=alphabetical)
    statuses = {entry.measure.status for entry in entries}
    ratings = {entry.rating for entry in entries}
    involved = {key for entry in entries for key in entry.partners}
    partners = [(p.key, p.short_name or p.name) for p in picture.facts.partners if p.key in involved]
    return Choices(
        fields=tuple(f for f in own if f in used) + tuple(others),
        statuses=tuple(s for s in STATUSES if s in statuses),
        ratings=tuple(r for r in RATINGS if r in ratings),
        partners=tuple(sorted(partners, key=lambda p: alphabetical(p[1]))),
    )


def _make_headline(picture: Picture) -> Finding:
    return measures_finding(picture.facts, picture.thresholds)


def _group(entry: Entry, order: Order) -> str:
    """Under what a measure stands; several fields of action are named together."""
    if order == "anbieter":
        return entry.lead
    return " / ".join(sorted(entry.fields, key=alphabetical)) if order == "wirkung" else ""


def _make_ordered(picture: Picture, order: Order) -> tuple[Entry, ...]:
    """Within a group by title; what has no field or nobody accountable comes last."""
    entries = _entries(picture)
    if order == "titel":
        return entries
    return tuple(sorted(entries, key=lambda entry: (not _group(entry, order), alphabetical(_group(entry, order)))))


_headline = Once(_make_headline)
_entries = Once(_make_entries)
_ordered: Once[Picture, tuple[Entry, ...]] = Once(_make_ordered)
_choices = Once(_make_choices)


def _chosen(picture: Picture, selection: Selection, order: Order = "titel") -> list[Entry]:
    wanted = alphabetical(selection.search).split()
    return [entry for entry in _ordered(picture, order) if _fits(entry, selection, wanted)]


def _fits(entry: Entry, selection: Selection, wanted: list[str]) -> bool:
    return (
        (not selection.field or selection.field in entry.fields)
        and (not selection.status or entry.measure.status == selection.status)
        and (not selection.ratings or entry.rating in selection.ratings)
        and (not selection.partner or selection.partner in entry.partners)
        and all(word in entry.words for word in wanted)
    )


def _row(entry: Entry, picture: Picture, window: Window, order: Order) -> MeasureRow:
    measure, today = entry.measure, picture.facts.day
    rating = picture.ratings.get(measure.key)
    age = (today - measure.reported_on).days if measure.reported_on else None
    return MeasureRow(
        key=measure.key,
        title=measure.title,
        lead=entry.lead,
        status=measure.status,
        rating=entry.rating,
        marked=bool(rating and rating.marks),
        run=run_of(measure, window, today),
        start=measure.start,
        end=measure.end,
        end_precision=measure.end_precision,
        permanent=measure.open_end or measure.status == "permanent",
        age_days=age,
        outdated=age is not None and age > OUTDATED_AFTER_DAYS and measure.status not in ENDED,
        said=said_about(rating, picture),
        group=_group(entry, order),
    )
