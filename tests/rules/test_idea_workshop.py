"""Marks given alone: the median, how far apart people are, and what comes first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from etl.rules.facts import Idea
from etl.rules.idea_workshop import Dots, Opinion, Voice, most_divided, rated


def voices(idea: str, *marks: tuple[int | None, int | None, int | None]) -> list[Voice]:
    return [Voice(1, idea, f"person-{n}", *three) for n, three in enumerate(marks)]


@pytest.mark.parametrize(
    ("marks", "median", "unity"),
    [
        ((4, 4, 5), "4", "agreed"),
        ((3, 3, 3), "3", "agreed"),
        ((2, 3, 4), "3", "near"),
        ((1, 3, 5), "3", "divided"),
        ((1, 1, 5, 5), "3", "divided"),
        ((1, 2, 4, 5), "3", "divided"),
        ((4, 4, 4, 4, 4, 4, 4, 4, 1), "4", "agreed"),
        ((2, 3, 3, 4), "3", "agreed"),
        ((2, 3, 4, 4), "3.5", "near"),
    ],
)
def test_median_and_spread(marks: tuple[int, ...], median: str, unity: str) -> None:
    opinion = Opinion(marks)
    assert (opinion.median, opinion.unity) == (Decimal(median), unity)


def test_simple_and_strong_come_first_and_what_nobody_rated_last() -> None:
    ideas = [Idea(key=key, title=key) for key in ("later", "nobody", "simple", "strong", "first", "best")]
    said = [
        *voices("later", (2, 2, 3), (2, 3, 3), (3, 2, 3)),
        *voices("simple", (5, 2, 3), (5, 2, 3), (4, 3, 3)),
        *voices("strong", (2, 5, 3), (1, 5, 3), (2, 4, 3)),
        *voices("first", (4, 4, 3), (4, 4, 3), (4, 4, 3)),
        *voices("best", (5, 5, 3), (5, 4, 3), (5, 5, 3)),
    ]
    found = rated(ideas, said, [Dots(1, "nobody", 7)])
    assert [(one.idea.key, one.quadrant) for one in found] == [
        ("best", "first"),
        ("first", "first"),
        ("strong", "strong"),
        ("simple", "simple"),
        ("later", "later"),
        ("nobody", None),
    ]
    assert found[-1].dots == 7


def test_fewer_than_three_are_not_shown_not_even_as_a_median() -> None:
    idea = Idea(key="i", title="i", feasibility=Decimal(5), impact=Decimal(5))
    two, three = voices("i", (5, 5, 5), (1, 1, 1)), voices("i", (5, 5, None), (1, 1, 1), (1, 5, 1))
    assert rated([idea], two, [])[0].medians == {}
    found = rated([idea], three, [])[0]
    assert found.voices == 3
    assert "innovation" not in found.opinions
    assert found.medians["feasibility"] == 1


def test_a_list_s_own_medians_stand_where_nobody_rated_here_if_they_are_on_the_scale() -> None:
    listed = Idea(key="a", title="a", feasibility=Decimal(4), impact=Decimal("4.5"), votes=3)
    odd = Idea(key="b", title="b", feasibility=Decimal(80), impact=Decimal(4))
    first, second = rated([odd, listed], [], [])
    assert (first.idea.key, first.quadrant, first.dots, first.opinions) == ("a", "first", 3, {})
    assert (second.idea.key, second.quadrant) == ("b", None)


def test_where_people_disagree_most() -> None:
    ideas = [Idea(key="a", title="a"), Idea(key="b", title="b")]
    apart = [*voices("a", (1, 4, 3), (3, 4, 3), (5, 4, 3)), *voices("b", (1, 1, 3), (5, 3, 3), (5, 5, 3))]
    assert most_divided(rated(ideas, apart, [])) == ("feasibility", 2)
    agreed = [v for v in apart if v.username == "person-0"]
    assert most_divided(rated(ideas, [*agreed, *agreed, *agreed], [])) is None
