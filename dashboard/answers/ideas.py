"""Ideas as they were collected, under the challenges they answer."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.facts import Idea


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ideas under one challenge, as people named it (None: not yet under one)."""

    title: str | None
    ideas: tuple[Idea, ...]


def clusters(picture: Picture) -> tuple[Cluster, ...]:
    """By challenge, then alphabetically; ideas under none come last."""
    return _CLUSTERS(picture)


def _clusters(picture: Picture) -> tuple[Cluster, ...]:
    found: dict[str | None, list[Idea]] = {}
    for idea in sorted(picture.facts.ideas, key=lambda idea: alphabetical(idea.title)):
        found.setdefault(idea.cluster, []).append(idea)
    named = sorted((title for title in found if title), key=alphabetical)
    return tuple(Cluster(title, tuple(found[title])) for title in (*named, *([None] if None in found else [])))


_CLUSTERS: Once[Picture, tuple[Cluster, ...]] = Once(_clusters)
