"""A meeting's agenda as the page shows it, and what is proposed for it in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.answers.follow_up import extras_of
from dashboard.answers.meetings import MeetingView
from dashboard.answers.picture import Picture, picture
from etl.model.meetings import agenda
from etl.model.settings_rows import setting
from etl.model.store import Store
from etl.pipeline.contradictions import open_contradictions
from etl.rules.agenda import Occasion, Proposed, propose, times, without_consequence
from etl.rules.days import end_of_day
from etl.rules.finding import Finding, shortened
from etl.rules.follow_up import Followed, follow_up, of_body
from etl.rules.meeting import Item
from etl.rules.meeting_series import next_days
from etl.wording.quantity import Quantity

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item with its partners' names and, of its records, the first goal (what a click on it opens)."""

    item: Item
    reports: tuple[str, ...]
    goal: str | None


@dataclass(frozen=True)
class AgendaView:
    """``finding``: how many items and whether their times fit. ``silent``: decisions without a word on what follows."""

    lines: tuple[AgendaLine, ...]
    dropped: tuple[Item, ...]
    finding: Finding
    silent: int


def agenda_view(store: Store, seen: Picture, meeting: MeetingView) -> AgendaView:
    """The agenda in its order, with the names the network has on the day of ``seen``."""
    with store.reading() as connection:
        items = agenda(connection, meeting.key, with_dropped=True)
    shown = [item for item in items if not item.dropped]
    return AgendaView(
        lines=tuple(_line(item, seen) for item in shown),
        dropped=tuple(item for item in items if item.dropped),
        finding=times(shown, meeting.plan.minutes if meeting.plan else None),
        silent=without_consequence(shown),
    )


def _line(item: Item, seen: Picture) -> AgendaLine:
    names = seen.names_of(item.reports)
    goals = (key for key in item.records if key in seen.facts.goal_by_key)
    return AgendaLine(item, tuple(names[key] for key in item.reports if key in names), next(goals, None))


@dataclass(frozen=True, slots=True)
class OpenLine:
    """An agreement or decision on the body's list, and who is to do it: houses by name, or the words of the list."""

    followed: Followed
    who: tuple[str, ...]


def open_lines(store: Store, meeting: MeetingView, seen: Picture) -> tuple[OpenLine, ...]:
    """What the body still has to hear about, late ones first."""
    extras, body = extras_of(store, seen), meeting.body
    found = follow_up(seen.facts, extras)
    own = [one for one in found if one.on_list and (body is None or of_body(one.key, seen.facts, extras, body))]
    return tuple(OpenLine(one, _who(one, seen)) for one in own)


def _who(one: Followed, seen: Picture) -> tuple[str, ...]:
    names = tuple(seen.names_of(one.houses).values())
    return names or ((one.responsible,) if one.responsible else ())


def proposed_items(store: Store, meeting: MeetingView, seen: Picture, say: Say) -> tuple[Item, ...]:
    """What is missing on the agenda, in words. ``seen`` is the network as the meeting's papers show it."""
    with store.reading() as connection:
        existing = agenda(connection, meeting.key, with_dropped=True)
        council = setting(connection, "council")
    found = propose(_occasion(store, meeting, seen, council), existing, meeting.plan.minutes if meeting.plan else None)
    return tuple(_item(proposed, meeting.key, say) for proposed in found)


def _occasion(store: Store, meeting: MeetingView, seen: Picture, council: str | None) -> Occasion:
    facts, body = seen.facts, meeting.body
    before = _before(store, meeting, seen)
    held = [m.day for m in facts.meetings if m.day and body and (m.body or "").casefold() == body.name.casefold()]
    coming = next_days(body, [*held, meeting.day or facts.day], facts.day, 1) if body else ()
    return Occasion(
        body=body,
        facts=facts,
        ratings=seen.ratings,
        thresholds=seen.thresholds,
        last=meeting.previous.day if meeting.previous else None,
        ratings_before=before.ratings if before else {},
        ideas_before=frozenset(idea.key for idea in before.facts.ideas) if before else frozenset(),
        contradictions=tuple((c.known.key, c.known.parent or c.known.key) for c in open_contradictions(seen.state)),
        followed=tuple(one.followed for one in open_lines(store, meeting, seen)),
        council=council,
        next_day=coming[0] if coming else None,
    )


def _before(store: Store, meeting: MeetingView, seen: Picture) -> Picture | None:
    """The network when the body met last, as it was known then."""
    if meeting.previous is None:
        return None
    day = meeting.previous.day
    return picture(store, day, min(end_of_day(day), seen.facts.known_on or end_of_day(dt.date.max)))


def _item(proposed: Proposed, meeting: str, say: Say) -> Item:
    return Item(
        id=0,
        meeting=meeting,
        place=0,
        origin=proposed.origin,
        title=_words([proposed.title], say),
        records=proposed.records,
        proposal=_words(proposed.proposal, say),
        consequence=_words(proposed.consequence, say),
        reports=proposed.reports,
        minutes=proposed.minutes,
        temperature=proposed.origin == "goal",
    )


def _words(told: Sequence[Finding], say: Say) -> str:
    return " ".join(say(one.code, **_values(one, say)) for one in told)


def _values(one: Finding, say: Say) -> dict[str, Any]:
    values = dict(one.values)
    if "rating" in values:
        values["rating"] = say(f"rating.{values['rating']}")
    missing = values.get("forecast_missing")
    if isinstance(missing, Decimal):
        values["forecast_missing"] = Quantity(shortened(missing), values.get("unit"), difference=True)
    return values
