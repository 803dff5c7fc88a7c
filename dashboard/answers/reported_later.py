"""What came in after a meeting's editorial deadline: it stands apart, the papers do not show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.answers.meetings import MeetingView
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.model.state import Known
from etl.rules.days import end_of_day


@dataclass(frozen=True, slots=True)
class Later:
    """A goal or measure about which something was said since. ``partners``: the names of who said it."""

    kind: str
    key: str
    title: str
    partners: tuple[str, ...]


def reported_later(now: Picture, meeting: MeetingView) -> tuple[Later, ...]:
    """Goals first, then measures, by title; nothing while the papers still show today. ``now`` knows everything."""
    if meeting.known_on is None:
        return ()
    since = end_of_day(meeting.known_on)
    found: dict[tuple[str, str], set[str]] = {}
    for kind in ("goal", "indicator", "observation", "measure"):
        for known in now.state.kind(kind).values():
            said = [s for s in known.said if s.known_from > since and not s.body.confirms]
            about = _about(known, now) if said else None
            if about is not None:
                found.setdefault(about, set()).update(now.names_of(filter(None, (s.partner for s in said))).values())
    return tuple(_in_order(Later(kind, key, _title(key, now), tuple(sorted(names))) for (kind, key), names in
                           found.items()))  # fmt: skip


def _about(known: Known, now: Picture) -> tuple[str, str] | None:
    """The goal or measure a record belongs to, where the network still has it."""
    key: str | None = known.key
    if known.kind == "observation":
        key = known.parent
    indicator = now.facts.indicator_by_key.get(key or "")
    if indicator is not None:
        key = indicator.goal
    if key in now.facts.goal_by_key:
        return "goal", key or ""
    return ("measure", key or "") if key in now.facts.measure_by_key else None


def _title(key: str, now: Picture) -> str:
    goal = now.facts.goal_by_key.get(key)
    if goal is not None:
        title = goal.short_title or goal.title
        return f"{goal.id} {title}" if goal.id else title
    return now.facts.measure_by_key[key].title


def _in_order(found: Iterable[Later]) -> list[Later]:
    return sorted(found, key=lambda one: (one.kind, alphabetical(one.title), one.key))
