"""The collected ideas under their challenges."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.ideas import Cluster, clusters
from dashboard.answers.picture import Picture
from dashboard.parts.blocks import ListRow, list_rows, section
from dashboard.parts.context import Context
from dashboard.parts.html import Markup, clickable, joined
from dashboard.parts.ideas_frame import show_top
from dashboard.parts.targets import follow
from dashboard.parts.traced import asked, sourced, sum_target, value_target

Say = Callable[..., str]


def show_collected(context: Context, picture: Picture, views: Sequence[str]) -> None:
    found, say = clusters(picture), context.say
    n = len(picture.facts.ideas)
    sentence = say("idea.found", n=n)
    show_top(context, views, sourced(say("idea.over", n=n), say, sum_target("ideas")), sentence)
    follow(context, clickable(collected_markup(found, say), key="ideen"))


def collected_markup(found: Sequence[Cluster], say: Say) -> Markup:
    return joined(_cluster(cluster, say) for cluster in found)


def _cluster(cluster: Cluster, say: Say) -> Markup:
    head = section(cluster.title or say("idea.no_cluster"), say("idea.n", n=len(cluster.ideas)))
    rows = [ListRow(asked(idea.title, value_target(idea.key))) for idea in cluster.ideas]
    return joined([head, list_rows(rows)])
