"""What was written down in a meeting, under the item it belongs to; and what the lists tell of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.answers.minutes_content import ItemTold, ResultTold, TemperatureTold
from dashboard.answers.picture import Picture
from etl.model.closings import Recorded
from etl.rules.facts import Agreement, Decision, Facts
from etl.rules.finding import Finding
from etl.rules.findings import goal_finding, measure_finding
from etl.rules.meeting import Item

if TYPE_CHECKING:
    from dashboard.answers.minutes import Held

Told = tuple[tuple[ItemTold, ...], tuple[ResultTold, ...], tuple[TemperatureTold, ...]]


def items_told(
    agenda: Sequence[Item], written: Sequence[Recorded], asked: Sequence[Any], shown: Picture, then: Picture
) -> Told:
    """The items with their results and temperatures, and what stands under none of them."""
    results = [(one.row.item, result_told(one, then)) for one in written]
    temperatures = [(row.item, temperature_told(row, then)) for row in asked]
    numbers = {item.id for item in agenda}
    items = tuple(
        _item(
            number,
            item,
            shown,
            then,
            tuple(told for under, told in results if under == item.id),
            tuple(told for under, told in temperatures if under == item.id),
        )
        for number, item in enumerate(agenda, 1)
    )
    loose = tuple(told for under, told in results if under not in numbers)
    return items, loose, tuple(told for under, told in temperatures if under not in numbers)


def _item(
    number: int,
    item: Item,
    shown: Picture,
    then: Picture,
    results: tuple[ResultTold, ...],
    temperatures: tuple[TemperatureTold, ...],
) -> ItemTold:
    first = shown.state.counts_as(item.records[0]) if item.records else ""
    rating = shown.ratings.get(first)
    return ItemTold(
        number=number,
        title=item.title,
        origin=item.origin,
        minutes=item.minutes,
        seconds=item.seconds,
        shown=shown_of(first, shown, then),
        code=rating.code if rating else None,
        proposal=item.proposal,
        consequence=item.consequence,
        reports=tuple(then.names_of(item.reports).values()),
        results=results,
        temperatures=temperatures,
    )


def shown_of(record: str, shown: Picture, then: Picture) -> tuple[Finding, ...]:
    """What the screen of an item said first; nothing where it has no record of the network."""
    facts = shown.facts
    if record in facts.goal_by_key:
        return goal_finding(facts.goal_by_key[record], facts, shown.thresholds).sentences
    if record in facts.measure_by_key:
        return measure_finding(facts.measure_by_key[record], facts, shown.thresholds).sentences
    if record in facts.funding_by_key and facts.funding_by_key[record].end:
        funding = facts.funding_by_key[record]
        return (Finding("minutes.shown.funding", {"title": funding.name, "day": funding.end}),)
    if record in facts.cooperation_by_key:
        return (Finding("minutes.shown.cooperation", {"title": facts.cooperation_by_key[record].title}),)
    agreement = next((one for one in facts.agreements if one.key == record), None)
    if agreement and agreement.due:
        return (Finding("minutes.shown.agreement", {"title": agreement.title, "day": agreement.due}),)
    decision = next((one for one in facts.decisions if one.key == record), None)
    if decision:
        return (Finding("minutes.shown.decision", {"title": decision.title}),)
    return ()


def result_told(one: Recorded, then: Picture) -> ResultTold:
    """Houses, goals and measures stand with their names of then, where they are gone since as they were called."""
    said, called = one.versions[-1].said, dict(one.versions[-1].said.get("called") or {})
    names = _Names(then, called)
    texts = tuple(dict.fromkeys(text for version in one.said if (text := str(version.get("text") or "").strip())))
    about = [*_texts(said.get("goals")), *_texts(said.get("measures"))]
    if one.row.kind in ("human_rating", "correction") and said.get("about"):
        about.append(str(said["about"]))
    return ResultTold(
        kind=one.row.kind,
        texts=texts,
        who=_who(said.get("who"), names),
        due=_day(said.get("due")),
        permanent=bool(said.get("permanent")),
        next_step=_word(said.get("next_step")),
        about=tuple(dict.fromkeys(names.of(key) for key in about)),
        views=tuple(_view(view, names) for view in _list(said.get("views"))),
        addressed_to=_word(said.get("addressed_to")),
        reason=_word(said.get("reason")),
        code=_word(said.get("code")) or None,
        expires=_day(said.get("expires")),
        expects=tuple(filter(None, (_expected(one, names) for one in _list(said.get("expects"))))),
        settled=_word(said.get("settled")),
    )


class _Names:
    """What records are called: as they were known at the meeting, else as they were called when it was written."""

    def __init__(self, then: Picture, called: Mapping[str, str]) -> None:
        self.then, self.called = then, called

    def of(self, key: str) -> str:
        then = self.then
        root = then.state.counts_as(key)
        found = titles_of([root], then.facts) or tuple(then.names_of([root]).values())
        return found[0] if found else self.called.get(key, key)


def _expected(expects: Any, names: _Names) -> Finding | None:
    """What the data shall show, by when: looked for by itself."""
    if not isinstance(expects, Mapping):
        return Finding("minutes.expects.words", {"text": str(expects)})
    by, kind = _day(expects.get("by")), expects.get("kind")
    if by is None or not kind:
        return None
    values = {"target": names.of(str(expects.get("target") or "")), "day": by, "title": str(expects.get("title") or "")}
    code = "milestone_titled" if kind == "milestone_reported" and values["title"] else kind
    return Finding(f"minutes.expects.{code}", values | {"status": str(expects.get("status") or "")})


def _who(said: Any, names: _Names) -> tuple[tuple[str, str | None, str], ...]:
    """(house, stance, its words) of everyone, by house."""
    if isinstance(said, Mapping):
        said = [{"partner": key, "stance": stance} for key, stance in said.items()]
    held = [one if isinstance(one, Mapping) else {"partner": one} for one in _list(said)]
    found = [
        (names.of(str(one.get("partner"))), one.get("stance") or None, str(one.get("words") or "")) for one in held
    ]
    return tuple(sorted(found, key=lambda one: one[0].casefold()))


def _view(view: Any, names: _Names) -> str:
    if not isinstance(view, Mapping):
        return str(view)
    houses = ", ".join(names.of(key) for key in _texts(view.get("houses")))
    return f"{houses}: {_word(view.get('text'))}" if houses else _word(view.get("text"))


def _list(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _texts(value: Any) -> list[str]:
    return [str(one) for one in _list(value)]


def _word(value: Any) -> str:
    return ", ".join(_texts(value)).strip()


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def titles_of(keys: Iterable[str], facts: Facts) -> tuple[str, ...]:
    found = []
    for key in keys:
        goal, measure = facts.goal_by_key.get(key), facts.measure_by_key.get(key)
        if goal or measure:
            found.append((goal.short_title or goal.title) if goal else measure.title if measure else "")
    return tuple(dict.fromkeys(found))


def temperature_told(row: Any, then: Picture) -> TemperatureTold:
    record = then.state.counts_as(row.record) if row.record else ""
    titles = titles_of([record], then.facts)
    counts = {code: getattr(row, code) for code in ("on_track", "at_risk", "off_track")}
    voices = getattr(row, "voices", None) or sum(counts.values())
    return TemperatureTold(titles[0] if titles else "", counts, row.way, row.computed, row.day, voices)


def told_by_lists(held: Held, written: Sequence[Recorded], then: Picture) -> tuple[ResultTold, ...]:
    """Decisions and agreements that a list dates on this day, where they were not written down here too."""
    facts, here = then.facts, {then.state.counts_as(one.row.record) for one in written if one.row.record}
    decisions = [d for d in facts.decisions if d.day == held.day and d.key not in here and _of_body(d, held)]
    agreements = [a for a in facts.agreements if a.meeting_day == held.day and a.key not in here]
    if not _alone(held, facts):  # an agreement does not say which body made it
        agreements = [] if held.body_name != _first_body(held, facts) else agreements
    return (*(_decision(d, facts) for d in decisions), *(_agreement(a, then) for a in agreements))


def _of_body(decision: Decision, held: Held) -> bool:
    return not decision.body or decision.body.casefold() in (held.body_name.casefold(), held.title.casefold())


def _alone(held: Held, facts: Facts) -> bool:
    return sum(meeting.day == held.day for meeting in facts.meetings) <= 1


def _first_body(held: Held, facts: Facts) -> str:
    """Of the bodies that met on one day, the one the rounds are made for, else the first by name."""
    bodies = sorted(m.body or "" for m in facts.meetings if m.day == held.day)
    steering = [m.body for m in facts.meetings if m.body in bodies and any(r.day == m.day for r in facts.rounds)]
    return str(steering[0]) if steering else bodies[0]


def _decision(decision: Decision, facts: Facts) -> ResultTold:
    return ResultTold(
        "decision",
        (decision.title,),
        who=((decision.responsible, None, ""),) if decision.responsible else (),
        due=decision.due,
        about=titles_of(decision.goals, facts),
        status=decision.status,
        consequence=decision.consequence or "",
        known=True,
    )


def _agreement(agreement: Agreement, then: Picture) -> ResultTold:
    houses = dict.fromkeys(filter(None, (agreement.responsible, *agreement.partners)))
    return ResultTold(
        "agreement",
        (agreement.title,),
        who=tuple((house, None, "") for house in houses),
        due=agreement.due,
        about=titles_of((*agreement.goals, *agreement.measures), then.facts),
        status=agreement.status,
        known=True,
    )
