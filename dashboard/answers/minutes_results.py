"""What was written down in a meeting, under the item it belongs to; and what the lists tell of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.answers.held import Held
from dashboard.answers.minutes_content import ItemTold, ResultTold, ShownLine, TemperatureTold
from dashboard.answers.picture import Picture
from dashboard.answers.slide import item_slide
from etl.model.closings import Recorded
from etl.rules.days import in_berlin
from etl.rules.facts import Agreement, Decision, Facts
from etl.rules.finding import Finding
from etl.rules.follow_up import Followed
from etl.rules.meeting import Item
from etl.rules.results import Expected, View, said_of
from etl.rules.temperature import CHOICES

#: A decision in one of these states has not been taken.
WAITING = frozenset({"to_decide", "postponed"})
#: Results that speak of one record.
_ABOUT_ONE = frozenset({"human_rating", "correction"})

Told = tuple[tuple[ItemTold, ...], tuple[ResultTold, ...], tuple[TemperatureTold, ...]]


def items_told(
    agenda: Sequence[Item],
    written: Sequence[Recorded],
    asked: Sequence[Any],
    shown: Picture,
    then: Picture,
    standing: Sequence[Followed] = (),
    *,
    closed_at: dt.datetime | None = None,
) -> Told:
    """The items with their results and temperatures, and what stands under none of them. ``standing``: what was on the
    body's list of agreements; ``closed_at``: when the meeting was closed first, what was written down later is a
    supplement."""
    results = [(one.row.item, result_told(one, then, closed_at)) for one in written]
    temperatures = [(row.item, temperature_told(row, then)) for row in asked]
    numbers = {item.id for item in agenda}
    items = tuple(
        _item(
            item,
            agenda,
            shown,
            tuple(told for under, told in results if under == item.id),
            tuple(told for under, told in temperatures if under == item.id),
            standing,
        )
        for item in agenda
    )
    loose = tuple(told for under, told in results if under not in numbers)
    return items, loose, tuple(told for under, told in temperatures if under not in numbers)


def _item(
    item: Item,
    agenda: Sequence[Item],
    shown: Picture,
    results: tuple[ResultTold, ...],
    temperatures: tuple[TemperatureTold, ...],
    standing: Sequence[Followed],
) -> ItemTold:
    slide = item_slide(shown, item, agenda, followed=standing)
    lines = slide.listing.lines if slide.listing else ()
    told = [ShownLine(fact.lead, fact.said.sentences, fact.marks) for fact in slide.facts]
    told += [ShownLine(line.lead, (line.text, *line.note)) for line in lines]
    headline = slide.headline
    return ItemTold(
        number=slide.place,
        title=item.title,
        origin=item.origin,
        minutes=item.minutes,
        seconds=item.seconds,
        shown=() if headline == item.title else (headline,) if isinstance(headline, str) else headline.sentences,
        lines=tuple(told),
        gone=slide.gone,
        code=slide.rating,
        proposal=item.proposal,
        consequence=slide.consequence,
        reports=slide.reports,
        results=results,
        temperatures=temperatures,
    )


def result_told(one: Recorded, then: Picture, closed_at: dt.datetime | None = None) -> ResultTold:
    """Houses, goals and measures stand with their names of then, where they are gone since as they were called."""
    every = [said_of(version.said) for version in one.versions]
    said, kind = every[-1], one.row.kind
    names, asked = _Names(then, said.called), kind == "agreement"
    about = [*said.goals, *said.measures, *([said.about] if said.about and kind in _ABOUT_ONE else [])]
    return ResultTold(
        kind=kind,
        texts=tuple(dict.fromkeys(version.text.strip() for version in every if version.text.strip())),
        # only of an agreement was anybody asked; of anything else a house is responsible
        who=tuple(
            sorted(((names.of(h.partner), h.stance if asked else None, h.words) for h in said.who), key=_by_house)
        ),
        due=said.due,
        permanent=said.permanent,
        next_step=said.next_step,
        about=tuple(dict.fromkeys(names.of(key) for key in about)),
        views=tuple(_view(view, names) for view in said.views),
        addressed_to=said.addressed_to or "",
        reason=said.reason,
        code=said.code,
        expires=said.expires,
        expects=(_expected(said.expects, names),) if said.expects else (),
        settled=said.settled,
        added=_added(one, closed_at),
    )


def _added(one: Recorded, closed_at: dt.datetime | None) -> dt.date | None:
    """The day of what was written down, or worded anew, after the meeting was closed; the office settles a correction
    without that."""
    worded = [version.at for version in one.versions if not said_of(version.said).settled]
    late = one.row.supplement or any(closed_at is not None and at > closed_at for at in worded)
    return in_berlin(max(worded, default=one.row.created_at)) if late else None


class _Names:
    """What records are called: as they were known at the meeting, else as they were called when it was written."""

    def __init__(self, then: Picture, called: Mapping[str, str]) -> None:
        self.then, self.called = then, called

    def of(self, key: str) -> str:
        then = self.then
        root = then.state.counts_as(key)
        found = titles_of([root], then.facts) or tuple(then.names_of([root]).values())
        return found[0] if found else self.called.get(key, key)


def _by_house(who: tuple[str, str | None, str]) -> str:
    return who[0].casefold()


def _expected(expects: Expected, names: _Names) -> Finding:
    """What the data shall show, by when: looked for by itself."""
    values = {"target": names.of(expects.target), "day": expects.by, "title": expects.title, "status": expects.status}
    titled = expects.kind == "milestone_reported" and expects.title
    return Finding(f"minutes.expects.{'milestone_titled' if titled else expects.kind}", values)


def _view(view: View, names: _Names) -> str:
    houses = ", ".join(names.of(key) for key in view.houses)
    return f"{houses}: {view.text}" if houses else view.text


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
    counts = {code: getattr(row, code) for code in CHOICES}
    return TemperatureTold(titles[0] if titles else "", counts, row.way, row.computed, row.day, row.voices)


def told_by_lists(
    held: Held, written: Sequence[Recorded], agenda: Sequence[Item], then: Picture
) -> tuple[ResultTold, ...]:
    """Decisions and agreements that a list dates on this day, where they were not written down here too; those that
    still wait only where no item of the agenda speaks of them."""
    spoken = {then.state.counts_as(key) for item in agenda for key in item.records}
    facts, here = then.facts, {then.state.counts_as(one.row.record) for one in written if one.row.record}
    decisions = [d for d in facts.decisions if d.day == held.day and d.key not in here and _of_body(d, held)]
    decisions = [d for d in decisions if d.status not in WAITING or d.key not in spoken]
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
