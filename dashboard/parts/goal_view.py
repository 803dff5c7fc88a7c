"""One goal's page as it stands in Streamlit: four perspectives on the same goal."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.goal_page import GoalPage, IndicatorView, goal_cooperations, goal_fundings, goal_partners
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import origins
from dashboard.answers.results import assessments
from dashboard.parts import goal_proof, goal_work, sharing
from dashboard.parts.blocks import note, section
from dashboard.parts.charts import palette
from dashboard.parts.context import Context
from dashboard.parts.downloads import download
from dashboard.parts.goal_axis import value_axis_start
from dashboard.parts.goal_chart import alternative, goal_chart, history_words
from dashboard.parts.html import clickable, joined, plain_label, show, tag
from dashboard.parts.provenance import eyes_of, where_from_popover
from dashboard.parts.quantities import is_percent, quantity
from dashboard.parts.switches import switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import traced, value_target
from etl.rules.facts import Goal

PERSPECTIVES = ("wirkung", "umsetzung", "zusammenarbeit", "foerderung")


def show_goal(context: Context, picture: Picture, page: GoalPage) -> None:
    follow(context, clickable(goal_proof.goal_headline(page, context.say), key="kopf"))
    chosen = _controls(context, page)
    if chosen == "wirkung":
        _effect(context, picture, page)
    elif chosen == "umsetzung":
        follow(context, clickable(goal_work.timeline_markup(page, context.say, context.language), key="goal-timeline"))
        download(goal_work.measures_download(page, context.say, context.language), _name(page, "umsetzung"), context)
    elif chosen == "zusammenarbeit":
        _cooperation(context, picture, page)
    else:
        _funding(context, picture, page)


def _controls(context: Context, page: GoalPage) -> str:
    """Perspectives at the left, the way to all goals and to the neighbours at the right."""
    with st.container(key="rt-goal-controls", horizontal=True, vertical_alignment="center"):
        words = context.say
        chosen = switch(words("goals.perspective"), "blick", PERSPECTIVES, lambda p: words(f"goals.perspective.{p}"))
        with st.container(key="rt-goal-steps", horizontal=True, horizontal_alignment="right", gap="small"):
            sharing.way_in(context)
            if context.is_office and st.button(words("catalogue.way_in"), type="tertiary", key="goal-edit"):
                context.open("ziele", sicht="katalog", eintrag=page.goal.key)
            if st.button(words("goals.all"), type="tertiary", key="goal-all"):
                context.open("ziele")
            _step(context, page.previous, "back", chosen)
            _step(context, page.following, "on", chosen)
    return chosen


def _step(context: Context, goal: Goal | None, way: str, perspective: str) -> None:
    if goal is None:
        return
    label = plain_label(context.say(f"goals.step.{way}", id=goal.id or "…"))
    help_ = plain_label(context.say(f"goals.step.{way}.help", title=goal.short_title or goal.title))
    if st.button(label, help=help_, type="tertiary", key=f"goal-{way}"):
        kept = {} if perspective == PERSPECTIVES[0] else {"blick": perspective}
        context.open("ziele", ziel=goal.key, **kept)


def _effect(context: Context, picture: Picture, page: GoalPage) -> None:
    """Left the proof, right the chart, below what contributes."""
    proof, chart = st.columns([5, 7], gap="large")
    with proof:
        _proof(context, picture, page)
    with chart:
        _indicator(context, page)
        _below(context, page)
    _contested(context, picture, page)
    follow(context, clickable(goal_work.measures_markup(page, context.say, context.language), key="goal-measures"))
    if page.measures:
        download(goal_work.measures_download(page, context.say, context.language), _name(page, "massnahmen"), context)


def _proof(context: Context, picture: Picture, page: GoalPage) -> None:
    say, language = context.say, context.language
    follow(context, clickable(goal_proof.verdict_markup(page, say, language), key="goal-verdict"))
    view = next((v for v in page.indicators if v.decides), None)
    if view is not None and view.latest is not None:
        with st.container(key="rt-number", horizontal=True, vertical_alignment="center"):
            label = goal_proof.number_label(view, say, language)
            where_from_popover(context, label, view.latest.key, "current_value", view.indicator.title)
            show(note(goal_proof.age_words(view, page.day, say)))
    felt = assessments(context.store, page.goal.key, context.known_on)
    proof = goal_proof.proof_markup(page, picture.thresholds, say, language, felt)
    follow(context, clickable(proof, key="goal-proof"))


def _indicator(context: Context, page: GoalPage) -> None:
    """The chart of one indicator; several can be chosen from, the deciding one first."""
    say = context.say
    if not page.indicators and page.below:
        return
    if not page.indicators:
        show(section(say("goals.indicator")), note(say("goals.no_indicator")))
        return
    views = {view.indicator.key: view for view in page.indicators}
    view = page.indicators[0]
    if len(views) > 1:
        labels = dict(zip(views, _distinct([v.indicator.title for v in page.indicators]), strict=True))
        view = views[switch(say("goals.indicator"), "indikator", tuple(views), labels.__getitem__)]
    show(section(view.indicator.title, _aside(context, view)))
    if not view.values and view.path is None:
        show(note(say("goals.no_chart")))
        return
    chart = goal_chart(view, context.language, palette(), say, gap_counts=view.verdict.code != "on_track")
    st.altair_chart(chart, theme=None, width="stretch", alt=alternative(view, context.language, say), key="goal-chart")
    defined = view.indicator.definition
    below = [goal_proof.chart_key(view, say), goal_proof.chart_sources(view, say)]
    if defined:
        below.append(
            note(
                traced(say("goals.definition", text=defined), value_target(view.indicator.key, "indicator_definition"))
            )
        )
    below += [note(words) for words in history_words(view, context.language, say)]
    follow(context, clickable(joined(below), key="goal-chart-key"))
    if not view.decides and view.latest is not None:
        label = goal_proof.number_label(view, say, context.language)
        where_from_popover(context, label, view.latest.key, "current_value", view.indicator.title)


def _distinct(titles: list[str]) -> list[str]:
    """Labels for a widget, which knows its options by their label: equal titles are numbered."""
    return [
        plain_label(title if titles.count(title) == 1 else f"{title} ({titles[: at + 1].count(title)})")
        for at, title in enumerate(titles)
    ]


def _aside(context: Context, view: IndicatorView) -> str:
    """Unit, source, and where the axis begins if it leaves out zero."""
    indicator = view.indicator
    unit = context.say("goals.unit.percent") if is_percent(indicator.unit) else indicator.unit
    told = [unit, context.say("goals.source", name=indicator.data_source) if indicator.data_source else None]
    start = value_axis_start(view)
    if start:
        told.append(context.say("goals.axis_cut", value=quantity(context.language, start, indicator.unit)))
    return " · ".join(part for part in told if part)


def _contested(context: Context, picture: Picture, page: GoalPage) -> None:
    eyes = eyes_of(context)
    found = [(c, origins(picture, c.record, c.field, eyes)) for c in page.contradictions]
    markup = goal_proof.contradictions_markup(found, context.say, context.language)
    if markup is not None:
        follow(context, clickable(markup, key="goal-contested"))
        case = next((c for c in page.contradictions if c.decided is None), None)
        if case is not None and context.is_office and st.button(context.say("clarify.settle"), key="goal-settle"):
            context.open("klaerungen", fall=f"{case.record}.{case.field}")


def _below(context: Context, page: GoalPage) -> None:
    markup = goal_proof.below_markup(page, context.say, context.language)
    if markup is not None:
        follow(context, clickable(markup, key="goal-below"))


def _cooperation(context: Context, picture: Picture, page: GoalPage) -> None:
    facts = picture.facts
    found = goal_cooperations(page, facts)
    names = {p.key: p.short_name or p.name for p in facts.partners}
    partners = goal_partners(page, facts)
    shown = goal_work.cooperations_markup(partners, found, names, context.say, context.language)
    follow(context, clickable(shown, key="goal-cooperations"))
    if found:
        table = goal_work.cooperations_download(found, names, context.say, context.language)
        download(table, _name(page, "kooperationen"), context)


def _funding(context: Context, picture: Picture, page: GoalPage) -> None:
    lines = goal_fundings(page, picture.facts)
    follow(context, clickable(goal_work.fundings_markup(lines, context.say, context.language), key="goal-fundings"))
    if lines:
        download(goal_work.fundings_download(lines, context.say, context.language), _name(page, "foerderung"), context)


def _name(page: GoalPage, what: str) -> str:
    """A file name of letters and digits."""
    label = "".join(c if c.isalnum() else "-" for c in page.goal.id or "")
    return "-".join(part for part in ("ziel", label.strip("-").lower(), what) if part)


def not_there(context: Context) -> None:
    """A key nobody knows on that day: say so, and lead back."""
    show(tag("p", context.say("goals.unknown", day=context.day), class_="rt-over"))
    if st.button(context.say("goals.all"), key="goal-all"):
        context.open("ziele")
