"""What one item of an agenda shows on the wall: a headline, at most three facts, or one short list. Free of words.

No persons, no ranking, nobody who has not reported: organisations are named where the network knows them, nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.answers.goal_page import IndicatorView, goal_page
from dashboard.answers.picture import Picture
from dashboard.answers.slide_facts import (
    Fact,
    decision_facts,
    decision_question,
    funding_facts,
    goal_facts,
    late_facts,
    measure_facts,
    organisations,
)
from dashboard.answers.slide_lists import Listing, agreements_of, listing_of
from etl.rules.finding import Finding
from etl.rules.findings import goal_finding, measure_finding
from etl.rules.follow_up import Followed
from etl.rules.meeting import Item, ItemOrigin

#: A fact more and the back row reads none of them.
MOST_FACTS = 3
#: Who has not reported is told to nobody in the room: a measure without a report says that it can't be rated.
_SILENT = ("no_report_in_round", "report_too_old")
_LISTED: frozenset[ItemOrigin] = frozenset({"funding", "cooperation", "idea", "contradiction"})


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen. ``place`` of ``total`` in the agenda (0: looked at in between); ``subject`` says what it is about
    („Ziel S2“), ``reports`` who speaks, ``wording`` the subject's own words beneath the headline. ``headline`` is a
    finding or words people wrote. ``late``: what came after the editorial deadline. ``chart``: a goal's
    deciding indicator with its path. ``gone``: nothing of what the item was about is known any more."""

    headline: Finding | str
    place: int = 0
    total: int = 0
    subject: Finding | None = None
    reports: tuple[str, ...] = ()
    wording: str = ""
    rating: str | None = None
    facts: tuple[Fact, ...] = ()
    listing: Listing | None = None
    proposal: str = ""
    consequence: str = ""
    late: tuple[Fact, ...] = ()
    chart: IndicatorView | None = None
    record: str = ""
    kind: str = ""
    gone: bool = False
    day: dt.date = field(default=dt.date.min)


def item_slide(
    picture: Picture,
    item: Item,
    agenda: Sequence[Item],
    now: Picture | None = None,
    followed: Sequence[Followed] = (),
) -> Slide:
    """The screen of an item of the ``agenda``. ``now``: the network as it is known by now, where ``picture`` shows the
    day of the editorial deadline; ``followed``: what is on the body's list of agreements."""
    place = next((n for n, one in enumerate(agenda, 1) if one.id == item.id), 0)
    known = [key for record in item.records if (key := picture.state.counts_as(record))]
    made = _agreements(picture, item, followed) or _made(picture, item, known)
    return Slide(
        headline=made.headline,
        place=place,
        total=len(agenda),
        subject=made.subject,
        reports=tuple(organisations(item.reports, picture)),
        wording="" if made.kind == "decision" and item.proposal else made.wording,
        rating=made.rating,
        facts=made.facts[:MOST_FACTS],
        listing=made.listing,
        proposal=item.proposal,
        consequence=item.consequence or made.consequence,
        late=late_facts(known, picture, now) if now is not None else (),
        chart=made.chart,
        record=made.record,
        kind=made.kind,
        gone=made.gone,
        day=picture.facts.day,
    )


def target_slide(picture: Picture, key: str, now: Picture | None = None) -> Slide | None:
    """The screen of a goal or measure looked at in between; None where there is none by this key."""
    key = picture.state.counts_as(key)
    found = _record(picture, key)
    if found is None or found.kind not in ("goal", "measure"):
        return None
    late = late_facts([key], picture, now) if now is not None else ()
    return Slide(
        headline=found.headline,
        subject=found.subject,
        wording=found.wording,
        rating=found.rating,
        facts=found.facts[:MOST_FACTS],
        late=late,
        chart=found.chart,
        record=key,
        kind=found.kind,
        day=picture.facts.day,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    headline: Finding | str
    subject: Finding | None = None
    wording: str = ""
    rating: str | None = None
    facts: tuple[Fact, ...] = ()
    listing: Listing | None = None
    consequence: str = ""
    chart: IndicatorView | None = None
    record: str = ""
    kind: str = ""
    gone: bool = False


def _agreements(picture: Picture, item: Item, followed: Sequence[Followed]) -> _Made | None:
    if item.origin != "open_agreements":
        return None
    headline, listing = agreements_of(picture, followed)
    return _Made(headline, Finding("room.origin.open_agreements"), listing=listing)


def _made(picture: Picture, item: Item, known: list[str]) -> _Made:
    if item.origin in _LISTED and (item.origin != "funding" or len(known) != 1):
        headline, listing = listing_of(picture, item.origin, known)
        return _Made(headline or item.title, Finding(f"room.origin.{item.origin}"), listing=listing)
    found = [made for key in known if (made := _record(picture, key)) is not None]
    if not found:
        return _Made(item.title, Finding(f"room.origin.{item.origin}"), gone=bool(item.records))
    first = found[0]
    facts = [fact for made in found for fact in (made.facts if made is first else made.facts[:1])]
    own = item.origin in ("own", "council_report", "next_meeting", "opening")
    return _Made(
        item.title if own else first.headline,
        first.subject,
        first.wording,
        first.rating,
        tuple(facts),
        consequence=first.consequence,
        chart=first.chart if len(found) == 1 else None,
        record=first.record,
        kind=first.kind,
    )


def _record(picture: Picture, key: str) -> _Made | None:
    facts = picture.facts
    if key in facts.goal_by_key:
        return _goal(picture, key)
    if key in facts.measure_by_key:
        return _measure(picture, key)
    if key in facts.funding_by_key:
        funding = facts.funding_by_key[key]
        told = funding_facts(funding, picture)
        return _Made(funding.name, Finding("room.subject.funding"), facts=told, record=key, kind="funding")
    decision = next((d for d in facts.decisions if d.key == key), None)
    if decision is None:
        return None
    question, rest = decision_question(decision.title)
    return _Made(
        question,
        Finding("room.subject.decision"),
        wording=rest,
        facts=decision_facts(decision, picture),
        consequence=decision.consequence or "",
        record=key,
        kind="decision",
    )


def _goal(picture: Picture, key: str) -> _Made:
    page = goal_page(picture, key)
    assert page is not None, "a goal of these facts has a page"
    goal = page.goal
    subject = Finding("room.subject.goal", {"id": goal.id}) if goal.id else Finding("room.subject.goal_unnumbered")
    deciding = next((view for view in page.indicators if view.decides), None)
    return _Made(
        goal_finding(goal, picture.facts, picture.thresholds),
        subject,
        goal.title,
        page.rating.code,
        goal_facts(page, picture),
        chart=deciding if deciding and deciding.path and deciding.values else None,
        record=key,
        kind="goal",
    )


def _measure(picture: Picture, key: str) -> _Made:
    measure, rating = picture.facts.measure_by_key[key], picture.ratings[key]
    headline = measure_finding(measure, picture.facts, picture.thresholds)
    if rating.rule in _SILENT:
        headline = Finding("room.head.not_rated_yet")
    told = measure_facts(measure, picture)
    subject = Finding("room.subject.measure")
    return _Made(headline, subject, measure.title, rating.code, told, record=key, kind="measure")
