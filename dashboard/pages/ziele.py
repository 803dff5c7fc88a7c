"""Ziele: all goals by effect or by organisation, and their catalogue; with ``?ziel=<key>`` one goal's page."""

from __future__ import annotations

import streamlit as st

from dashboard.answers.goal_page import goal_page
from dashboard.answers.goals import finding_of_goals, goal_tree, goals_by_provider, rated_goals
from dashboard.answers.picture import Picture
from dashboard.answers.selection import RATINGS
from dashboard.parts import catalogue, filters, goals, sharing
from dashboard.parts.blocks import headline
from dashboard.parts.context import Context
from dashboard.parts.downloads import download
from dashboard.parts.empty import nothing_yet
from dashboard.parts.findings import sentence
from dashboard.parts.focus import show_goal_notes
from dashboard.parts.goal_view import not_there, show_goal
from dashboard.parts.html import clickable, joined
from dashboard.parts.switches import switch
from dashboard.parts.targets import follow
from dashboard.parts.traced import sourced, sum_target
from dashboard.parts.unassigned import measures_without_goal_line
from dashboard.reports.share_paper import share_file


def render(context: Context) -> None:
    catalogue.carry_out(context)
    picture = context.picture()
    key = st.query_params.get("ziel")
    page = goal_page(picture, key) if key else None
    if page is not None and sharing.show_shared(context, "goal", page.goal.key, share_file):
        return
    if page is not None:
        show_goal(context, picture, page)
        show_goal_notes(context, picture, page.goal.key)
    elif key:
        not_there(context)
    elif catalogue.asked():
        catalogue.show_catalogue(context, picture)
    elif picture.facts.goals:
        _all_goals(context, picture)
    else:
        nothing_yet(context, "ziele")
        catalogue.show_way_in(context)


def _all_goals(context: Context, picture: Picture) -> None:
    say, language = context.say, context.language
    tree = goal_tree(picture)
    over = say("goals.over", n=len(rated_goals(picture)), fields=len(tree))
    head = headline(sourced(over, say, sum_target("rating")), sentence(finding_of_goals(picture), say))
    follow(context, clickable(joined([head, measures_without_goal_line(context)]), key="kopf"))
    with st.container(key="rt-goal-controls", horizontal=True, vertical_alignment="bottom"):
        view = switch(say("goals.view"), "sicht", catalogue.VIEWS, lambda v: say(f"goals.view.{v}"))
        if view == "wirkung":
            filters.ratings(say("column.rating"), RATINGS, say)
    if view == "wirkung":
        tree = goals.filtered(tree, filters.selected().ratings)
        follow(context, clickable(goals.tree_markup(tree, say, language), key="goal-tree"))
        download(goals.tree_download(tree, say, language), "ziele", context)
    else:
        providers = goals_by_provider(picture)
        follow(context, clickable(goals.providers_markup(providers, say, language), key="goal-providers"))
        download(goals.providers_download(providers, say), "ziele-nach-organisation", context)
