"""Each kind of record as the rules take it: one function a kind, from a known record to a typed one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from etl.model.state import Known
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links
from etl.rules.cooperation_rules import agreed
from etl.rules.erased import is_erased
from etl.rules.facts import (
    Agreed,
    Allocation,
    Contact,
    Cooperation,
    FollowUp,
    Funding,
    Goal,
    Indicator,
    Measure,
    Milestone,
    Observation,
    Partner,
)
from etl.vocabulary import load_vocabulary, normalise


def partner_of(k: Known) -> Partner:
    return Partner(
        key=k.key,
        name=typed.text(k, "name") or k.key,
        short_name=typed.text(k, "short_name"),
        type=typed.text(k, "type"),
        administration=typed.text(k, "administration"),
        unit=typed.text(k, "unit"),
        site=typed.text(k, "site"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def contact_of(k: Known) -> Contact:
    name = (
        typed.text(k, "contact_name")
        or " ".join(filter(None, (typed.text(k, "contact_first_name"), typed.text(k, "contact_last_name"))))
        or None
    )
    return Contact(
        key=k.key,
        partner=k.parent or k.partner or "",
        name=None if is_erased(name) else name,
        function=typed.text(k, "function"),
        phone=typed.text(k, "phone") or typed.text(k, "mobile"),
        email=typed.text(k, "email"),
        shared_with=typed.text(k, "shared_with"),
        consent=typed.truth(k, "consent"),
        vacant=bool(k.value("vacant")),
        deputy=typed.text(k, "deputy"),
        reported_on=k.last_day,
    )


def goal_of(k: Known, links: Links) -> Goal:
    parent = links.key("goal", typed.text(k, "parent")) or links.key("goal", typed.text(k, "lead_goal"))
    return Goal(
        key=k.key,
        title=typed.text(k, "title") or typed.text(k, "id") or k.key,
        id=typed.text(k, "id"),
        short_title=typed.text(k, "short_title"),
        level=cast(Any, typed.text(k, "level")),
        parent=parent if parent != k.key else None,
        field_of_action=typed.text(k, "field_of_action"),
        responsible=typed.text(k, "responsible"),
        said_status=typed.text(k, "status"),
        comment=typed.text(k, "comment"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def indicator_of(k: Known, links: Links) -> Indicator:
    goal = links.goal_of(k)
    return Indicator(
        key=k.key,
        goal=goal or "",
        title=typed.text(k, "indicator") or "",
        unit=typed.text(k, "unit"),
        baseline=typed.number(k, "baseline_value"),
        baseline_day=typed.day(k, "baseline_date"),
        target=typed.number(k, "target_value"),
        target_day=typed.day(k, "target_date"),
        direction=cast(Any, typed.text(k, "direction")),
        data_source=typed.text(k, "data_source"),
        collection=typed.text(k, "collection"),
        definition=typed.text(k, "indicator_definition"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def observation_of(k: Known, received: dict[int, dt.date]) -> Observation | None:
    value = typed.number(k, "current_value")
    if value is None or k.parent is None:
        return None
    held = k.holds["current_value"]
    return Observation(
        key=k.key,
        indicator=k.parent,
        day=typed.day(k, "current_date") or held.day,
        value=value,
        provisional=bool(k.qualifier("current_value").get("provisional")),
        delivery=held.delivery,
        received=received.get(held.delivery) if held.delivery else None,
        known=held.known_from,
        marks=typed.marks(k),
    )


def measure_of(k: Known, links: Links, children: list[Known]) -> Measure:
    days = tuple(sorted({s.day for s in k.said}))
    partners = typed.texts(k, "partners")
    lead, goals = typed.text(k, "lead_org"), typed.texts(k, "goal_ref")
    return Measure(
        key=k.key,
        title=typed.text(k, "title") or k.key,
        id=typed.text(k, "id"),
        partner=k.partner,
        description=typed.text(k, "description"),
        goals=links.stated_or_assigned("goal", k, "goal_ref", goals),
        own_goals=tuple(text for text in goals if links.key("goal", text) is None),
        field_of_action=typed.text(k, "field_of_action"),
        lead=lead,
        lead_partner=links.key("partner", lead)
        or (k.partner if lead is None else None)
        or next(iter(links.assigned("partner", k, "lead_org")), None),
        partners=partners,
        partner_keys=links.keys("partner", partners),
        target_group=typed.texts(k, "target_group"),
        location=typed.text(k, "location"),
        language_level=typed.text(k, "language_level"),
        access=typed.text(k, "access"),
        start=typed.day(k, "start"),
        start_precision=typed.text(k, "start_precision"),
        end=typed.day(k, "end"),
        end_precision=typed.text(k, "end_precision"),
        open_end=typed.open_end(k),
        status=typed.text(k, "status"),
        traffic_light=typed.text(k, "traffic_light"),
        progress=typed.number(k, "progress_pct"),
        participants_planned=typed.count(k, "participants_planned"),
        participants_reached=typed.count(k, "participants_actual"),
        staff_fte=typed.number(k, "staff_fte"),
        volunteer_hours=typed.number(k, "volunteer_hours"),
        cost=typed.money(k, "cost_total"),
        next_step=typed.text(k, "next_steps"),
        obstacle=typed.text(k, "obstacle"),
        result=typed.text(k, "result"),
        cancel_reason=typed.text(k, "cancel_reason"),
        funding_keys=links.keys("funding", typed.texts(k, "funding_source")),
        milestones=tuple(milestone_of(c) for c in children if c.kind == "milestone"),
        reported_on=days[-1],
        reported_in_rounds=days,
        confirmed_on=_confirmed_on(k),
        delivery=k.said[-1].delivery,
        comment=typed.text(k, "comment"),
        marks=typed.marks(k),
    )


def _confirmed_on(k: Known) -> dt.date | None:
    """The latest day on which a source stated again what was known, or a person confirmed it."""
    for earlier, later in zip(reversed(k.said[:-1]), reversed(k.said), strict=False):
        if later.body.confirms or later.body.values == earlier.body.values:
            return later.day
    return None


def milestone_of(k: Known) -> Milestone:
    return Milestone(
        typed.day(k, "date") or typed.day(k, "end"),
        typed.text(k, "milestone") or typed.text(k, "title") or "",
        typed.truth(k, "done"),
    )


def cooperation_of(k: Known, links: Links) -> Cooperation:
    partners = tuple(dict.fromkeys(typed.texts(k, "partner_a") + typed.texts(k, "partner_b")))
    return Cooperation(
        key=k.key,
        title=typed.text(k, "title") or " – ".join(partners),
        id=typed.text(k, "id"),
        partner=k.partner,
        partners=partners,
        partner_keys=links.keys("partner", partners),
        type=typed.text(k, "type"),
        status=typed.text(k, "status"),
        agreement=_agreed(k),
        start=typed.day(k, "start"),
        end=typed.day(k, "end"),
        purpose=typed.text(k, "purpose"),
        contribution=typed.texts(k, "contribution"),
        field_of_action=typed.text(k, "field_of_action"),
        frequency=typed.text(k, "frequency"),
        measures=links.keys("measure", typed.texts(k, "measure_ref")),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def _agreed(k: Known) -> Agreed | None:
    said = k.value("agreement")
    if isinstance(said, str):
        words = normalise(said)
        truth = load_vocabulary().words["boolean"].get(words)
        said = truth == "true" if truth else words
    beside = (text for name in ("type", "status") if name in k.holds for text in k.holds[name].body.said.get(name, ()))
    return agreed(
        said if isinstance(said, bool | str) else None,
        typed.text(k, "type"),
        typed.text(k, "status"),
        normalise(" ".join(beside)),
    )


def funding_of(k: Known, links: Links, children: list[Known]) -> Funding:
    allocated = {}
    for child in children:
        key = links.key("measure", typed.text(child, "measure_ref")) if child.kind == "allocation" else None
        if key:
            allocated[key] = Allocation(key, typed.number(child, "amount"))
    for key in links.keys("measure", typed.texts(k, "measure_ref")):
        allocated.setdefault(key, Allocation(key))
    if not allocated:
        allocated = {key: Allocation(key) for key in links.assigned("measure", k, "measure_ref")}
    split = [typed.number(child, "amount") for child in children if child.kind == "allocation"]
    split_amounts = [amount for amount in split if amount is not None]
    return Funding(
        key=k.key,
        title=typed.text(k, "title"),
        id=typed.text(k, "id"),
        partner=k.partner,
        programme=typed.text(k, "programme"),
        funder=typed.text(k, "funder"),
        level=typed.text(k, "level"),
        status=typed.text(k, "status"),
        applied=typed.money(k, "amount_applied"),
        granted=typed.money(k, "amount_granted"),
        spent=typed.money(k, "amount_spent"),
        paid=typed.money(k, "amount_paid"),
        own_share=typed.money(k, "own_share"),
        total=typed.money(k, "amount_total"),
        start=typed.day(k, "start"),
        end=typed.day(k, "end"),
        open_end=typed.open_end(k),
        report_due=typed.day(k, "report_due"),
        interim_report_due=typed.day(k, "interim_report_due"),
        follow_up=typed.text(k, "follow_up"),
        follow_up_state=_follow_up_state(typed.text(k, "follow_up")),
        recipient=typed.text(k, "recipient"),
        measures=tuple(allocated.values()),
        allocated=sum(split_amounts, Decimal(0)) if split_amounts else None,
        application_deadline=typed.day(k, "application_deadline"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
        marks=typed.marks(k),
    )


def _follow_up_state(said: str | None) -> FollowUp | None:
    """What the words under "Anschlussfinanzierung" mean; None for words the vocabulary does not know."""
    code = load_vocabulary().words["follow_up"].get(normalise(said or ""))
    return cast(FollowUp, code) if code else None
