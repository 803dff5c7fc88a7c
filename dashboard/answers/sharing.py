"""A measure or goal as every partner may pass it on: all involved alike, no person, no small number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dashboard.answers.goal_page import GoalPage, IndicatorView, goal_page, goal_partners
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.state import Known
from etl.model.store import Store
from etl.pipeline.meeting.unnamed import KnownPersons, known_persons
from etl.rules.facts import Count, Facts, Funding, Marks, Measure
from etl.rules.funding_rules import is_granted
from etl.rules.measure_rules import ENDED
from etl.rules.sharing import protected, tells_few

#: A page to pass on is one page: so many names, and so much text.
MOST_NAMES, LONGEST = 24, 1200


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's latest value and its target. ``few``: it counts fewer than five people and is not told."""

    title: str
    unit: str | None
    value: Decimal | None
    day: dt.date | None
    target: Decimal | None
    target_day: dt.date | None
    few: bool
    marks: Marks = ()


@dataclass(frozen=True, slots=True)
class SharedPage:
    """``involved``, ``funders``, ``goals`` and ``measures`` alphabetically; of more than ``MOST_NAMES`` the number that
    is left out stands in ``more``. ``reached``: people, None where nobody said or fewer than five (``few``).
    ``group_words``: for whom, as its list puts it, where we only interpreted that or did not understand it; then
    ``target_group`` is empty. ``marks``: how else the fields shown were read, where not exactly."""

    kind: Literal["measure", "goal"]
    key: str
    title: str
    text: str
    involved: tuple[str, ...]
    funders: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    more: int = 0
    target_group: tuple[str, ...] = ()
    group_words: str = ""
    location: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    open_end: bool = False
    reached: Count | None = None
    few: bool = False
    figures: tuple[Figure, ...] = ()
    marks: Marks = ()


#: Fields whose numbers and days are shown with how they were read.
_MARKED = ("start", "end", "participants_actual")
#: How the marks of what was interpreted end.
_INTERPRETED = "_interpreted"


def shared_page(store: Store, picture: Picture, kind: str, key: str) -> SharedPage | None:
    """The page of a measure or goal; None where there is none with this key."""
    known = _PERSONS(picture, store)
    if kind == "goal":
        page = goal_page(picture, key)
        return _goal(page, picture.facts, known) if page else None
    measure = picture.facts.measure_by_key.get(picture.state.counts_as(key))
    return _measure(measure, picture, known) if measure else None


def _persons(_: Picture, store: Store) -> KnownPersons:
    with store.reading() as connection:
        return known_persons(connection)


_PERSONS: Once[Picture, KnownPersons] = Once(_persons)


def _measure(measure: Measure, picture: Picture, known: KnownPersons) -> SharedPage:
    facts, record, reached = picture.facts, picture.state.find(measure.key), measure.participants_reached
    words = _in_its_words(record, "target_group") if record else None
    place = _in_its_words(record, "location") if record else None
    clean = known.outside_name
    goals = [clean(facts.goal_by_key[key].title) for key in measure.goals if key in facts.goal_by_key]
    return SharedPage(
        kind="measure",
        key=measure.key,
        title=clean(measure.title),
        text=known.outside_text(measure.description or "")[:LONGEST],
        involved=_involved(measure, facts, known),
        funders=_funders(facts.fundings_of_measure.get(measure.key, ()), known),
        goals=_in_order(goals),
        target_group=tuple(filter(None, map(clean, measure.target_group))) if words is None else (),
        group_words=clean(words or ""),
        location=clean((measure.location if place is None else place) or "") or None,
        start=measure.start,
        end=measure.end,
        open_end=measure.open_end or measure.status == "permanent",
        reached=protected(reached) if reached else None,
        few=reached is not None and reached.max > 0 and protected(reached) is None,
        marks=tuple((name, code) for name in _MARKED if record and (code := record.mark(name))),
    )


def _in_its_words(record: Known, name: str) -> str | None:
    """The words of the cell where the value was interpreted or left unread: what goes outside is as it was said."""
    held = record.holds.get(name)
    if held is not None:
        read = held.body.marks.get(name, "").endswith(_INTERPRETED)
        return "; ".join(held.body.said.get(name, ())) if read else None
    latest = max(record.said, key=lambda said: (said.day, said.known_from), default=None)
    return latest.body.unread.get(name) if latest else None


def _goal(page: GoalPage, facts: Facts, known: KnownPersons) -> SharedPage:
    running = [line.measure for line in page.measures if line.measure.status not in ENDED]
    titles = _in_order(known.outside_name(measure.title) for measure in running)
    funders = _funders((f for m in running for f in facts.fundings_of_measure.get(m.key, ())), known)
    return SharedPage(
        kind="goal",
        key=page.goal.key,
        title=known.outside_name(page.goal.title),
        text="",
        involved=_in_order(p.name for p in goal_partners(page, facts)),
        funders=funders,
        measures=titles[:MOST_NAMES],
        more=max(0, len(titles) - MOST_NAMES),
        figures=tuple(_figure(view, known) for view in page.indicators),
    )


def _figure(view: IndicatorView, known: KnownPersons) -> Figure:
    latest, indicator = view.latest, view.indicator
    few = latest is not None and tells_few(float(latest.value), indicator.unit)
    return Figure(
        title=known.outside_name(indicator.title),
        unit=indicator.unit,
        value=latest.value if latest and not few else None,
        day=latest.day if latest else None,
        target=view.path.target if view.path else None,
        target_day=view.path.target_day if view.path else None,
        few=few,
        marks=view.marks,
    )


def _involved(measure: Measure, facts: Facts, known: KnownPersons) -> tuple[str, ...]:
    """Whoever leads, takes part or reports, each once, by full name where we know it: nobody first."""
    keys = {key for key in (measure.partner, measure.lead_partner, *measure.partner_keys) if key}
    named = [facts.partner_by_key[key].name for key in keys if key in facts.partner_by_key]
    ours = {name for key in keys if (p := facts.partner_by_key.get(key)) for name in (p.name, p.short_name) if name}
    unknown = [] if measure.lead_partner else [measure.lead]
    texts = [*unknown, *(() if len(measure.partner_keys) == len(measure.partners) else measure.partners)]
    told = {name.casefold() for name in ours}
    return _in_order([*named, *(known.outside_name(text) for text in texts if text and text.casefold() not in told)])


def _funders(fundings: Iterable[Funding], known: KnownPersons) -> tuple[str, ...]:
    granted = (funding for funding in fundings if is_granted(funding))
    return _in_order(
        known.outside_name(funding.funder or funding.programme or funding.title or "") for funding in granted
    )


def _in_order(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=alphabetical))
