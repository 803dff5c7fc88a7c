"""What meetings and workshops leave behind, as the rules take it: needs, ideas, meetings, decisions, agreements."""

from __future__ import annotations

from etl.model.state import Known
from etl.pipeline.picture import typed
from etl.pipeline.picture.links import Links
from etl.rules.facts import Agreement, Decision, Idea, Meeting, Need


def need_of(k: Known, links: Links) -> Need:
    return Need(
        key=k.key,
        title=typed.text(k, "title") or k.key,
        id=typed.text(k, "id"),
        partner=k.partner,
        field_of_action=typed.text(k, "field_of_action"),
        target_group=typed.texts(k, "target_group"),
        location=typed.text(k, "location"),
        noticed_by=typed.text(k, "noticed_by"),
        noticed_on=typed.day(k, "noticed_on"),
        evidence=typed.text(k, "evidence"),
        goals=links.stated_or_assigned("goal", k, "goal_ref", typed.texts(k, "goal_ref")),
        measures=links.stated_or_assigned("measure", k, "measure_ref", typed.texts(k, "measure_ref")),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
    )


def idea_of(k: Known, links: Links) -> Idea:
    votes = typed.number(k, "votes")
    return Idea(
        key=k.key,
        title=typed.text(k, "title") or k.key,
        id=typed.text(k, "id"),
        partner=k.partner,
        field_of_action=typed.text(k, "field_of_action"),
        feasibility=typed.number(k, "feasibility"),
        impact=typed.number(k, "impact"),
        innovation=typed.number(k, "innovation"),
        votes=int(votes) if votes is not None else None,
        cluster=typed.text(k, "cluster"),
        goals=links.keys("goal", typed.texts(k, "goal_ref")),
        measures=links.stated_or_assigned("measure", k, "measure_ref", typed.texts(k, "measure_ref")),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
    )


def decision_of(k: Known, links: Links) -> Decision:
    return Decision(
        key=k.key,
        title=typed.text(k, "text") or k.key,
        id=typed.text(k, "id"),
        day=typed.day(k, "date"),
        body=typed.text(k, "body"),
        responsible=typed.text(k, "responsible"),
        due=typed.day(k, "due"),
        status=typed.text(k, "status"),
        kind=typed.text(k, "kind"),
        goals=links.keys("goal", typed.texts(k, "goal_ref")),
        consequence=typed.text(k, "consequence"),
        amount=typed.money(k, "amount"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
    )


def agreement_of(k: Known, links: Links) -> Agreement:
    return Agreement(
        key=k.key,
        title=typed.text(k, "title") or k.key,
        responsible=typed.text(k, "responsible"),
        partners=typed.texts(k, "partners"),
        due=typed.day(k, "due"),
        status=typed.text(k, "status"),
        meeting_day=typed.day(k, "meeting_date"),
        goals=links.keys("goal", typed.texts(k, "goal_ref")),
        measures=links.keys("measure", typed.texts(k, "measure_ref")),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
    )


def meeting_of(k: Known) -> Meeting:
    return Meeting(
        key=k.key,
        title=typed.text(k, "title") or "",
        day=typed.day(k, "date"),
        body=typed.text(k, "body"),
        reported_on=k.last_day,
        delivery=k.said[-1].delivery,
    )
