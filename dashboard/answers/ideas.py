"""Ideas as they were collected: under the challenges they answer or the effect goals they serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from etl.rules.facts import Goal, Idea, Measure
from etl.wording import LANGUAGES, say

#: How ideas can be grouped; the first is the usual one.
GROUPINGS = ("herausforderung", "ziel")
#: Ideas on one page of the collection.
IDEAS_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """An idea with the goals it serves and the measures it became. ``in_meeting``: typed in while a body met."""

    idea: Idea
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    in_meeting: bool = False


@dataclass(frozen=True, slots=True)
class Cluster:
    """Ideas under one challenge as people named it, or under one goal (``title`` None: not yet under one)."""

    title: str | None
    lines: tuple[IdeaLine, ...]
    goal: str | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """One page of the collection. ``total`` ideas in all, ``clustered`` of them under a challenge or goal, ``became``
    a measure."""

    clusters: tuple[Cluster, ...]
    total: int
    clustered: int
    named: int
    became: int
    page: int
    pages: int


def collection(picture: Picture, grouping: str, page: int = 1) -> Collection:
    """By title of the cluster, then alphabetically; ideas under none come last. An idea of two goals stands twice."""
    return _COLLECTION(picture, grouping, page)


def challenges(picture: Picture) -> tuple[str, ...]:
    """Challenges that ideas stand under so far, alphabetically."""
    return tuple(sorted({idea.cluster for idea in picture.facts.ideas if idea.cluster}, key=alphabetical))


def effect_goals(picture: Picture) -> dict[str, str]:
    """Goal key -> „S2 Kurs mit B1 abschließen“, alphabetically."""
    named = {goal.key: goal_label(goal) for goal in picture.facts.goals}
    return dict(sorted(named.items(), key=lambda pair: alphabetical(pair[1])))


def goal_label(goal: Goal) -> str:
    return " ".join(part for part in (goal.id, goal.short_title or goal.title) if part)


def idea_line(idea: Idea, picture: Picture) -> IdeaLine:
    facts = picture.facts
    goals = tuple(facts.goal_by_key[key] for key in idea.goals if key in facts.goal_by_key)
    measures = tuple(facts.measure_by_key[k] for k in idea.measures if k in facts.measure_by_key)
    return IdeaLine(idea, goals, measures, _in_meeting(idea, picture))


def _in_meeting(idea: Idea, picture: Picture) -> bool:
    """The reason of the entry that brought it says so, in the language it was typed in."""
    known = picture.state.find(idea.key)
    entry = known.said[0].entry if known is not None else None
    told = picture.provenance.entries.get(entry) if entry is not None else None
    return told is not None and told.reason.startswith(
        tuple(say(language, "idea.in_meeting") for language in LANGUAGES)
    )


def _collection(picture: Picture, grouping: str, page: int) -> Collection:
    ideas = sorted(picture.facts.ideas, key=lambda idea: (alphabetical(idea.title), idea.key))
    lines = [idea_line(idea, picture) for idea in ideas]
    clusters = _by_goal(lines) if grouping == "ziel" else _by_challenge(lines)
    pages = _paged(clusters)
    at = min(max(page, 1), len(pages))
    return Collection(
        clusters=pages[at - 1],
        total=len(lines),
        clustered=sum(1 for line in lines if (line.goals if grouping == "ziel" else line.idea.cluster)),
        named=sum(1 for cluster in clusters if cluster.title),
        became=sum(1 for line in lines if line.measures),
        page=at,
        pages=len(pages),
    )


def _by_challenge(lines: Iterable[IdeaLine]) -> list[Cluster]:
    found: dict[str | None, list[IdeaLine]] = {}
    for line in lines:
        found.setdefault(line.idea.cluster or None, []).append(line)
    return _sorted(Cluster(title, tuple(under)) for title, under in found.items())


def _by_goal(lines: Iterable[IdeaLine]) -> list[Cluster]:
    found: dict[str | None, list[IdeaLine]] = {}
    titles: dict[str | None, str | None] = {None: None}
    for line in lines:
        for goal in line.goals or (None,):
            found.setdefault(goal.key if goal else None, []).append(line)
            if goal:
                titles[goal.key] = goal_label(goal)
    return _sorted(Cluster(titles[key], tuple(under), key) for key, under in found.items())


def _sorted(clusters: Iterable[Cluster]) -> list[Cluster]:
    return sorted(clusters, key=lambda cluster: (cluster.title is None, alphabetical(cluster.title or "")))


def _paged(clusters: Iterable[Cluster]) -> list[tuple[Cluster, ...]]:
    """Pages of so many ideas; a cluster that does not fit goes on on the next page under its title."""
    pages: list[list[Cluster]] = [[]]
    room = IDEAS_PER_PAGE
    for cluster in clusters:
        rest = cluster.lines
        while rest:
            if not room:
                pages.append([])
                room = IDEAS_PER_PAGE
            pages[-1].append(Cluster(cluster.title, rest[:room], cluster.goal))
            rest, room = rest[room:], max(0, room - len(rest))
    return [tuple(page) for page in pages]


_COLLECTION: Once[Picture, Collection] = Once(_collection)
