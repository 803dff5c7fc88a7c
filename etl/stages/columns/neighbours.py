"""Columns that are understood by those beside them: the year behind a value, the house a list's measures live in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from etl.stages.columns.content import ContentProfile
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.columns.wish import FEWEST_TYPICAL, Wish
from etl.stages.readings.spans import Span, span_of

#: A value of a goal -> the day it is of.
_DAY_OF_VALUE = {
    "goal.baseline_value": "goal.baseline_date",
    "goal.target_value": "goal.target_date",
    "goal.current_value": "goal.current_date",
}
_DAYS_OF_VALUES = frozenset(_DAY_OF_VALUE.values())
_BEHIND, _LEAD = 0.8, 0.78
_MOSTLY, _HOUSES = 0.6, 0.5
_FEWEST_SPANS, _SOME = 2, 0.2
_LOCATION, _LEAD_FIELD = "measure.location", "measure.lead_org"
_WHO = frozenset((_LEAD_FIELD, "measure.contact"))


def tell_by_neighbours(kind: str, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """Changes what columns are wished to be where their neighbours leave no doubt; a proposal each time."""
    if kind == "goal":
        _days_behind_values(evidence, wishes)
    if kind == "measure":
        _houses_that_lead(evidence, wishes)


def _days_behind_values(evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """ "soll werden | in welchem Jahr": a day right behind a value is that value's, unless its heading says another."""
    for (_, value), (item, day) in pairwise(zip(evidence, wishes, strict=True)):
        of_value = next((_DAY_OF_VALUE[name] for name in value.likeliest() if name in _DAY_OF_VALUE), None)
        dated = item.content.share("date", "year", "period") >= _MOSTLY
        if of_value is None or day.sure or item.remembered is not None or not dated:
            continue
        if day.scores.keys() & _DAYS_OF_VALUES and of_value not in _named_elsewhere(wishes, day):
            day.scores.clear()
            day.add(of_value, _BEHIND, "content")


def _named_elsewhere(wishes: Sequence[Wish], but: Wish) -> set[str]:
    return {name for wish in wishes if wish is not but and wish.sure for name in wish.likeliest()}


def _houses_that_lead(evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> None:
    """Of two columns of places, in a list that says of nobody who does it, the one with the organisations says so."""
    if any(_LEAD_FIELD in wish.likeliest() for wish in wishes):
        return
    places = [(item, wish) for item, wish in zip(evidence, wishes, strict=True) if _LOCATION in wish.likeliest()]
    if len(places) != 2:
        return
    (one, first), (other, second) = places
    house, wish, place = (one, first, other) if _houses(one.content) > _houses(other.content) else (other, second, one)
    if house.remembered is None and _houses(house.content) >= _HOUSES > _houses(place.content):
        wish.scores.clear()
        wish.add(_LEAD_FIELD, _LEAD, "content")


def _houses(content: ContentProfile) -> float:
    return content.share_of_groups() if content.size >= FEWEST_TYPICAL else 0.0


def spans_instead_of_starts(
    kind: str, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish], chosen: list[str | None]
) -> None:
    """A start whose cells give an end as well, in a list without a column for ends, is the whole period."""
    start, others = f"{kind}.start", {f"{kind}.end", f"{kind}.period"}
    if start not in chosen or others & set(chosen):
        return
    place = chosen.index(start)
    content, wish = evidence[place].content, wishes[place]
    spans = [span for value in content.texts() if (span := span_of(value)) and _is_range(span)]
    asked = evidence[place].remembered is not None
    if asked or len(spans) < _FEWEST_SPANS or len(spans) < (_MOSTLY if wish.sure else _SOME) * content.size:
        return
    chosen[place] = f"{kind}.period"
    wish.add(f"{kind}.period", _LEAD, "similar")


def _is_range(span: Span) -> bool:
    return span.start is not None and span.end is not None and span.start != span.end
