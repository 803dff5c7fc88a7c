"""What the sums about money are made of; how each part counts in the chart, or what it lacks so that it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain

from dashboard.answers.coverage import Course, course
from dashboard.answers.funding import endings
from dashboard.answers.order import alphabetical
from dashboard.answers.overview import endings_of
from dashboard.answers.picture import Picture
from dashboard.answers.runout import lapsing, loss_rows, own_due
from dashboard.answers.same_twice import waiting_keys
from etl.rules.days import first_of_month
from etl.rules.facts import Measure
from etl.rules.finding import Finding
from etl.rules.need import Needing

#: A record and the fields of it that were counted.
_Counted = tuple[str, Sequence[str]]
AMOUNT = ("amount_granted", "amount_total", "amount_applied")
_COST = ("cost_total", "start", "end", "period")
_BOTH_SIDES, _NEED, _COVERED, _LEFT_OUT, _TWICE = "balance", "need", "drawn", "left_out", "needed_twice"
#: Why a running measure is not in the monthly need.
_UNPRICED = ("without_cost", "without_period")


def money_parts(picture: Picture, name: str, choices: Sequence[str]) -> Mapping[str, Finding]:
    """Record key -> how it counts in the sum ``name``; empty for sums of anything else."""
    if name == "own_due":
        return {key: Finding("money.part.own_due", {"amount": amount}) for key, amount in _due(picture, choices)}
    if name not in (_BOTH_SIDES, _NEED, _TWICE, _COVERED, _LEFT_OUT, *_UNPRICED):
        return {}
    chart = course(picture)
    found: dict[str, Finding] = {}
    if name in (_BOTH_SIDES, _COVERED):
        found |= {key: Finding("money.part.covers", {"amount": amount}) for key, amount in chart.paid.items()}
    if name in (_BOTH_SIDES, _NEED, _TWICE):
        found |= dict(_needed(chart))
    if name in (_LEFT_OUT, *_UNPRICED):
        found |= dict(_lacking(chart.measures, _UNPRICED if name == _LEFT_OUT else (name,)))
    return found


def _needed(chart: Course) -> Iterator[tuple[str, Finding]]:
    """A planned measure counts from the month it begins in."""
    for measure in chart.measures.counted:
        values = {"amount": chart.measures.monthly[measure.key]}
        begins = first_of_month(measure.start) if measure.start else chart.months[0]
        if begins > chart.months[0]:
            yield measure.key, Finding("money.part.needs_from", {**values, "month": begins})
        else:
            yield measure.key, Finding("money.part.needs", values)


def _lacking(measures: Needing, groups: Sequence[str]) -> Iterator[tuple[str, Finding]]:
    for measure in measures.without_cost if "without_cost" in groups else ():
        yield measure.key, Finding("money.part.negative_cost" if measure.cost else "money.part.without_cost")
    for measure in measures.without_period if "without_period" in groups else ():
        yield measure.key, Finding(f"money.part.{_lacks_of_period(measure)}")


def _lacks_of_period(measure: Measure) -> str:
    if measure.open_end:
        return "permanent"
    if measure.start is None:
        return "without_period" if measure.end is None else "without_start"
    return "without_end" if measure.end is None else "backwards"


def _fundings(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    return ((f.key, (*AMOUNT, "start", "end", "period")) for f in picture.facts.fundings)


def _in_need(group: str, *fields: str) -> Callable[[Picture, Sequence[str]], Iterable[_Counted]]:
    """The measures that make up the monthly need (``counted``), or those of a group that does not."""
    return lambda picture, _: ((m.key, fields) for m in getattr(course(picture).measures, group))


def _drawn(group: str, *fields: str) -> Callable[[Picture, Sequence[str]], Iterable[_Counted]]:
    """The fundings in the chart's bands, or (``not_drawn``) in no month of it."""
    return lambda picture, _: (
        (f.key, (*fields, *AMOUNT, "start", "end", "period")) for f in getattr(course(picture), group)
    )


def _left_out(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """Everything that is in no month of the chart."""
    groups = (*_UNPRICED, "one_off", "over", "not_drawn")
    return chain.from_iterable(MONEY_SUMS[name](picture, choices) for name in groups)


def _balance(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """Both sides of the chart: what covers first, then what is needed, each by name."""
    chart = course(picture)
    for funding in sorted(chart.drawn, key=lambda f: alphabetical(f.name)):
        yield funding.key, (*AMOUNT, "start", "end", "period")
    for measure in sorted(chart.measures.counted, key=lambda m: alphabetical(m.title)):
        yield measure.key, _COST


def _endings(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """What ends within the months named, else within those of the funding page."""
    if choices and choices[0].isdecimal() and len(choices[0]) < 3:
        return ((e.funding.key, ("end", "period")) for e in endings_of(picture.facts, int(choices[0])))
    return ((row.key, ("end", "period")) for row in endings(picture).rows)


def _runout(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """``runout:<year or year-month>``: what ends then, all of it where nothing is named."""
    wanted = choices[0] if choices else ""
    for row in loss_rows(picture):
        if row.loss.day.isoformat().startswith(wanted):
            yield row.key, ("end", "period", *AMOUNT, "own_share")


def _needed_twice(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    """The measures of which two in the need may be one."""
    counted = {measure.key for measure in course(picture).measures.counted}
    pairs = (keys for keys in waiting_keys(picture, "measure") if keys <= counted)
    return ((key, ("title", *_COST)) for key in sorted(set(chain.from_iterable(pairs))))


def _due(picture: Picture, choices: Sequence[str]) -> Iterator[tuple[str, Decimal]]:
    year = choices[0] if choices else ""
    for row in loss_rows(picture) if year.isascii() and year.isdecimal() and len(year) == 4 and int(year) else ():
        if amount := own_due(row, int(year)):
            yield row.key, amount


def _own_due(picture: Picture, choices: Sequence[str]) -> Iterable[_Counted]:
    """``own_due:<year>``: what ends so that an own share would be due in that year."""
    return ((key, ("end", "period", *AMOUNT, "own_share")) for key, _ in _due(picture, choices))


def _lapsing(picture: Picture, _: Sequence[str]) -> Iterable[_Counted]:
    return ((one.funding.key, ("amount_granted", "amount_spent", "end", "period")) for one in lapsing(picture))


MONEY_SUMS: dict[str, Callable[[Picture, Sequence[str]], Iterable[_Counted]]] = {
    "fundings": _fundings,
    "balance": _balance,
    "need": _in_need("counted", *_COST),
    "needed_twice": _needed_twice,
    "without_cost": _in_need("without_cost", "title", "lead_org", "cost_total"),
    "without_period": _in_need("without_period", "title", *_COST),
    "one_off": _in_need("one_off", "title", "cost_total", "start", "end", "period"),
    "over": _in_need("over", "title", "status", "end", "period"),
    "drawn": _drawn("drawn"),
    "not_drawn": _drawn("not_drawn", "title", "measure_ref"),
    "left_out": _left_out,
    "endings": _endings,
    "runout": _runout,
    "own_due": _own_due,
    "lapsing": _lapsing,
}
