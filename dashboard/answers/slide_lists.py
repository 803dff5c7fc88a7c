"""The short lists a screen of a meeting shows: open agreements, money, cooperations, contradictions, ideas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.contradictions import about
from dashboard.answers.funding import endings, funding_row
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.slide_facts import Fact, Lead, funding_facts, organisations
from etl.pipeline.contradictions import open_contradictions
from etl.rules.cooperation_rules import PLANNED, living
from etl.rules.facts import Cooperation
from etl.rules.finding import Finding
from etl.rules.findings import cooperations_finding, funding_finding
from etl.rules.follow_up import TO_NOTE, Followed
from etl.rules.funding_rules import follow_up_applied
from etl.rules.meeting import ItemOrigin

#: The back row reads no seventh line.
MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: what it is called, its number or day, what stands beneath. ``warns``: it needs a voice."""

    text: str
    lead: Lead = ""
    note: tuple[Finding, ...] = ()
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """At most ``MOST_LINES``, and how many more there are."""

    lines: tuple[Line, ...]
    more: int = 0


def listing_of(picture: Picture, origin: ItemOrigin, keys: Sequence[str]) -> tuple[Finding | None, Listing]:
    """Headline and lines of an item about many records: those it names, else all the network knows that belong there.
    Without a headline the item's own title is one."""
    made = {
        "funding": _fundings,
        "cooperation": _cooperations,
        "contradiction": _contradictions,
        "idea": _ideas,
    }[origin]
    headline, lines = made(picture, keys)
    return headline, _shortest(lines)


def agreements_of(picture: Picture, followed: Sequence[Followed]) -> tuple[Finding, Listing]:
    """What is on a body's list (``etl.rules.follow_up.open_agreements``): how many are open and late, in the order of
    the list; what is late is never behind „and more“ while something done stands there."""
    lines = [_promise(one, picture) for one in followed]
    to_note = sum(one.state in TO_NOTE for one in followed)
    late = sum(one.state == "overdue" for one in followed)
    values = {"n": len(lines) - to_note, "overdue": late}
    also = Finding("follow.finding.to_note", {"n": to_note}) if to_note else None
    headline = Finding("room.head.agreements_overdue" if late else "room.head.agreements", values, also)
    return headline, _shortest(lines)


def _shortest(lines: Sequence[Line]) -> Listing:
    return Listing(tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES))


def _promise(one: Followed, picture: Picture) -> Line:
    names = list(picture.names_of(one.houses).values()) or ([one.responsible] if one.responsible else [])
    note = [Finding("room.line.by", {"name": name}) for name in organisations(names, picture)]
    if one.state in TO_NOTE:
        note.append(Finding(f"room.line.{'dropped' if one.state == 'dropped' else 'done'}"))
    late = one.state == "overdue"
    if days := one.days_late(picture.facts.day):
        note.append(Finding("room.line.overdue", {"n": days}))
    if one.moved and one.state not in TO_NOTE:
        note.append(Finding("room.line.moved", {"day": one.moved[-1].day}))
    return Line(one.title, one.due or "", tuple(note), late)


def _fundings(picture: Picture, keys: Sequence[str]) -> tuple[Finding | None, list[Line]]:
    facts = picture.facts
    rows = [funding_row(facts.funding_by_key[key], picture) for key in keys if key in facts.funding_by_key]
    lines = []
    for row in rows or endings(picture).rows:
        told: tuple[Fact, ...] = funding_facts(facts.funding_by_key[row.key], picture)
        note = [Finding("room.line.ends", {"day": row.end})] if row.end and not row.permanent else []
        note.append(Finding(f"room.line.next.{row.next_step}"))
        warns = row.next_step in ("open", "deadline", "applied")
        lines.append(Line(row.name, told[0].lead if told else "", tuple(note), warns))
    if rows:
        missing = sum(line.warns for line in lines)
        applied = sum(follow_up_applied(facts.funding_by_key[row.key]) for row in rows)
        code = "room.head.without_follow_up_applied" if applied else "room.head.without_follow_up"
        also = Finding(code, {"n": missing, "applied": applied}) if missing else None
        return Finding("room.head.fundings", {"n": len(lines)}, also), lines
    lines.sort(key=lambda line: not line.warns)  # what nothing follows first, each in the order of its end
    return funding_finding(facts, picture.thresholds), lines


def _cooperations(picture: Picture, keys: Sequence[str]) -> tuple[Finding | None, list[Line]]:
    live = [c for c in living(picture.facts) if c.status not in PLANNED]
    chosen = [c for c in picture.facts.cooperations if c.key in keys]
    found = chosen if keys else [c for c in live if c.agreement == "none"]
    lines = [_together(c, picture) for c in sorted(found, key=lambda c: (alphabetical(c.title), c.key))]
    if keys:
        return (None if len(lines) == 1 else Finding("room.head.cooperations", {"n": len(lines)})), lines
    return cooperations_finding(picture.facts), lines


def _together(cooperation: Cooperation, picture: Picture) -> Line:
    names = sorted(picture.names_of(cooperation.partner_keys).values(), key=alphabetical)
    note = [Finding("room.line.between", {"names": names})] if names else []
    if cooperation.agreement == "none":
        note.append(Finding("room.line.no_agreement"))
    return Line(cooperation.title, note=tuple(note))


def _contradictions(picture: Picture, keys: Sequence[str]) -> tuple[Finding | None, list[Line]]:
    """What is contested, not by whom: the two sides are settled with the office, not on the wall."""
    open_now = open_contradictions(picture.state)
    found = [one for one in open_now if not keys or {one.known.key, one.known.parent} & set(keys)]
    fields = [
        Line(about(one.known, picture), note=(Finding(f"field.{_named(one.known.kind)}.{one.field}"),)) for one in found
    ]
    lines = sorted(fields, key=lambda line: alphabetical(line.text))
    return Finding("room.head.contradictions", {"n": len(lines)}), lines


def _named(kind: str) -> str:
    """Fields of indicators and their values are named among the goal's."""
    return "goal" if kind in ("indicator", "observation") else kind


def _ideas(picture: Picture, keys: Sequence[str]) -> tuple[Finding | None, list[Line]]:
    found = [idea for idea in picture.facts.ideas if idea.key in keys or not keys]
    ordered = sorted(found, key=lambda idea: alphabetical(idea.title))
    lines = [
        Line(idea.title, note=(Finding("room.line.topic", {"name": idea.cluster}),) if idea.cluster else ())
        for idea in ordered
    ]
    return Finding("room.head.ideas", {"n": len(lines)}), lines
