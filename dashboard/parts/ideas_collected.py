"""The collected ideas under their challenges or effect goals, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.answers.idea_workshops import COLLECTS
from dashboard.answers.ideas import GROUPINGS, Cluster, Collection, IdeaLine, collection, goal_label
from dashboard.answers.picture import Picture
from dashboard.parts import filters
from dashboard.parts.blocks import section
from dashboard.parts.context import Context
from dashboard.parts.downloads import Table, download
from dashboard.parts.drawn import drawn
from dashboard.parts.html import Content, Markup, clickable, go, joined, tag
from dashboard.parts.ideas_changing import change_dialog
from dashboard.parts.ideas_forms import cluster_dialog, collect_dialog
from dashboard.parts.ideas_frame import IDEA, show_top
from dashboard.parts.measures import pages
from dashboard.parts.switches import switch
from dashboard.parts.targets import follow, goal_target, measure_target
from dashboard.parts.traced import asked, sourced, sum_target, value_target
from etl.rules.facts import Goal

Say = Callable[..., str]

GROUPING = "nach"


def show_collected(context: Context, picture: Picture, views: Sequence[str]) -> None:
    say = context.say
    grouping = st.query_params.get(GROUPING, GROUPINGS[0])
    found = collection(picture, grouping if grouping in GROUPINGS else GROUPINGS[0], filters.selected().page)
    over = sourced(say("idea.over", n=found.total), say, sum_target("ideas"))
    show_top(context, views, over, headline_of(found, say))
    with st.container(horizontal=True, vertical_alignment="center", key="ideas-collected"):
        if found.total:
            switch(say("idea.grouping"), GROUPING, GROUPINGS, lambda name: say(f"idea.grouping.{name}"))
        _ways_in(context, picture, found.total)
        if found.total:
            download(_table(picture, say), "ideen", context, "body")
    here, page = st.query_params.get(IDEA), filters.selected().page
    choices = context.language, grouping, page, here
    listed = drawn(picture, "collected", lambda: collected_markup(found, say, here), *choices)
    clicked = clickable(listed, key="ideen")
    filters.turn_page(clicked)
    follow(context, clicked)


def headline_of(found: Collection, say: Say) -> str:
    """How many lie on the table, and how many of them became a measure."""
    first = say("idea.found", n=found.total)
    return f"{first} {say('idea.became', n=found.became)}" if found.became else first


def _ways_in(context: Context, picture: Picture, total: int) -> None:
    if context.as_shown:
        return
    if context.role in COLLECTS and st.button(context.say("idea.collect"), key="ideas-collect", type="primary"):
        collect_dialog(context, picture)
    if context.role in COLLECTS and total and st.button(context.say("idea.change"), key="ideas-change"):
        change_dialog(context)
    if context.is_office and total and st.button(context.say("idea.cluster"), key="ideas-cluster"):
        cluster_dialog(context, picture)


def collected_markup(found: Collection, say: Say, here: str | None = None) -> Markup:
    clusters = [_cluster(cluster, say, here) for cluster in found.clusters]
    return joined([tag("div", clusters, class_="rt-ideas"), pages(found.page, found.pages, say)])


def _cluster(cluster: Cluster, say: Say, here: str | None) -> Markup:
    title: Content = cluster.title or say("idea.no_cluster")
    if cluster.goal and cluster.title:
        title = go(cluster.title, goal_target(cluster.goal))
    head = section(title, say("idea.n", n=len(cluster.lines)))
    rows = tag("ul", (_line(line, cluster, say, here) for line in cluster.lines), class_="rt-list")
    return tag("section", head, rows)


def _line(line: IdeaLine, cluster: Cluster, say: Say, here: str | None) -> Markup:
    idea = line.idea
    title = asked(idea.title, value_target(idea.key))
    below: list[Content] = []
    if cluster.goal is None and line.goals:
        below += [tag("small", say("idea.serves"), " ", joined([_goal(g) for g in line.goals], ", "))]
    elif cluster.goal is not None and idea.cluster:
        below += [tag("small", say("idea.answers", cluster=idea.cluster))]
    below += [tag("small", say("idea.in_meeting")) if line.in_meeting else None, became_line(line, say)]
    led_here = idea.key if idea.key == here else None
    words = tag("div", tag("b" if led_here else "span", title), below)
    return tag("li", words, data_here=led_here)


def _goal(goal: Goal) -> Markup:
    return go(goal_label(goal), goal_target(goal.key))


def became_line(line: IdeaLine, say: Say) -> Markup | None:
    """„Daraus wurde die Maßnahme …“, with the way to it."""
    if not line.measures:
        return None
    measures = [go(measure.title, measure_target(measure.key)) for measure in line.measures]
    return tag("small", say("idea.became.measure", n=len(measures)), " ", joined(measures, ", "))


def _table(picture: Picture, say: Say) -> Table:
    heads = ("title", "cluster", "goals", "measures")

    def rows() -> list[tuple[str, ...]]:
        found = [collection(picture, GROUPINGS[0], n + 1) for n in range(collection(picture, GROUPINGS[0]).pages)]
        lines = [line for page in found for cluster in page.clusters for line in cluster.lines]
        return [_cells(line) for line in lines]

    return Table(tuple(say(f"idea.column.{name}") for name in heads), rows)


def _cells(line: IdeaLine) -> tuple[str, ...]:
    goals, measures = (goal_label(g) for g in line.goals), (m.title for m in line.measures)
    return line.idea.title, line.idea.cluster or "", "; ".join(goals), "; ".join(measures)
