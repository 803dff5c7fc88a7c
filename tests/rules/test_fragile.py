"""Where the network would tear: each spot is there when it is planted and gone when it is mended."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from etl.rules.bridges import bridges, neighbours
from etl.rules.facts import Contact, Cooperation, Facts, Goal, Partner
from etl.rules.fragile import Spot, fragile_spots
from etl.rules.steps import Interface
from tests.rules.network import THRESHOLDS, day, measure

TODAY = dt.date(2026, 11, 10)


def partners(*keys: str) -> tuple[Partner, ...]:
    return tuple(Partner(key=key, name=key.upper()) for key in keys)


def contact(key: str, partner: str = "a", **more: Any) -> Contact:
    usual: dict[str, Any] = {"name": key, "reported_on": day("2026-10-01")}
    return Contact(key=key, partner=partner, **(usual | more))


def together(key: str, *keys: str, **more: Any) -> Cooperation:
    return Cooperation(key=key, title=key, partner_keys=keys, **({"status": "active"} | more))


def line(house: str, **more: Any) -> Interface:
    """Reported by house a, whoever it names."""
    return Interface(key=f"i-{house}", step="s", partner="a", organisation=house, organisation_key=house, **more)


def spots(facts: Facts, *kinds: str) -> list[Spot]:
    joined = {c.key: tuple(dict.fromkeys(c.partner_keys)) for c in facts.cooperations}
    found = fragile_spots(facts, THRESHOLDS, joined)
    return [spot for spot in found if not kinds or spot.kind in kinds]


ONE = Facts(day=TODAY, partners=partners("a"), contacts=(contact("c1"),))


@pytest.mark.parametrize(
    ("planted", "key", "mended"),
    [
        (ONE, "single_contact:a", replace(ONE, contacts=(contact("c1", deputy="Frau B"),))),
        (
            replace(ONE, contacts=(contact("c1"), contact("c2"))),
            "no_deputy:a",
            replace(ONE, contacts=(contact("c1"), contact("c2", function="Stellv. Leitung"))),
        ),
        (ONE, "single_contact:a", replace(ONE, interfaces=(line("a", deputy="Frau B"),))),
        (
            replace(ONE, contacts=(contact("c1"), contact("c2")), interfaces=(line("b", deputy="Frau B"), line("a"))),
            "no_deputy:a",
            replace(ONE, contacts=(contact("c1"), contact("c2")), interfaces=(line("a", deputy="Frau B"),)),
        ),
        (
            replace(ONE, contacts=(contact("c1"), contact("c2", vacant=True))),
            "vacant:a",
            replace(ONE, contacts=(contact("c1"),)),
        ),
        (
            replace(ONE, contacts=(), cooperations=(together("k", "a"),)),
            "no_contact:a",
            replace(ONE, cooperations=(together("k", "a"),)),
        ),
        (
            replace(ONE, contacts=(contact("c1", reported_on=day("2025-11-09")),)),
            "unconfirmed:a",
            replace(ONE, contacts=(contact("c1", reported_on=day("2025-11-10")),)),
        ),
        (
            replace(ONE, cooperations=(together("k", "a", end=day("2026-11-09")),)),
            "agreement_over:k",
            replace(ONE, cooperations=(together("k", "a", end=day("2026-11-09"), status="ended"),)),
        ),
        (
            replace(ONE, cooperations=(together("k", "a", end=day("2026-12-31")),)),
            "agreement_ends:k",
            replace(ONE, cooperations=(together("k", "a", end=day("2028-12-31")),)),
        ),
    ],
)
def test_a_spot_is_there_until_it_is_mended(planted: Facts, key: str, mended: Facts) -> None:
    assert key in [spot.key for spot in spots(planted)]
    assert key not in [spot.key for spot in spots(mended)]


def test_a_person_whom_two_lists_name_is_one_and_confirmed_by_the_later() -> None:
    twice = (contact("c1", name="Ada", reported_on=day("2025-01-01")), contact("c2", name=" ada "))
    assert [spot.key for spot in spots(replace(ONE, contacts=twice))] == ["single_contact:a"]


def test_a_vacant_post_beside_one_person_is_one_spot() -> None:
    both = replace(ONE, contacts=(contact("c1"), contact("c2", vacant=True)))
    assert [spot.key for spot in spots(both)] == ["vacant:a"]


def test_a_goal_hangs_on_the_only_partner_that_leads_work_for_it() -> None:
    goals = (Goal(key="g", title="Ziel"), Goal(key="g1", title="Teilziel", parent="g"))
    own = measure("m1", goals=("g",), lead_partner="a", partner_keys=("b",))
    alone = Facts(day=TODAY, partners=partners("a", "b"), goals=goals, measures=(own,))
    [found] = spots(alone, "goal_on_one")
    assert (found.partners, found.parts, found.n) == (("a",), (("b",),), 1)
    second = replace(alone, measures=(own, measure("m2", goals=("g1",), lead_partner="b")))
    assert [spot.record for spot in spots(second, "goal_on_one")] == ["g1"]
    unknown = replace(alone, measures=(own, measure("m2", goals=("g",), lead="Musikschule", partner=None)))
    assert not spots(unknown, "goal_on_one")
    assert not spots(replace(alone, measures=(replace(own, status="completed"),)), "goal_on_one")


def chain(*pairs: str) -> Facts:
    keys = sorted({key for pair in pairs for key in pair})
    return Facts(day=TODAY, partners=partners(*keys), cooperations=tuple(together(p, *p) for p in pairs))


def test_a_partner_on_whom_two_parts_hang_until_there_is_a_second_way() -> None:
    apart = chain("ab", "bc", "ca", "cd", "de", "ef", "fd")
    found = {spot.partners[0]: spot.parts for spot in spots(apart, "bridge")}
    assert found == {"c": (("d", "e", "f"), ("a", "b")), "d": (("a", "b", "c"), ("e", "f"))}
    assert not spots(chain("ab", "bc", "ca", "cd", "de", "ef", "fd", "ae", "bf"), "bridge")
    planned = tuple(replace(c, status="contact") if c.key == "cd" else c for c in apart.cooperations)
    assert not spots(replace(apart, cooperations=planned), "bridge")


def test_cooperations_with_oneself_and_rings_join_nothing_and_end() -> None:
    assert not spots(chain("aa", "bb"), "bridge")
    ring = [(str(n), str((n + 1) % 500)) for n in range(500)]
    assert bridges(neighbours(ring)) == {}
    line = bridges(neighbours((str(n), str(n + 1)) for n in range(2000)))
    assert len(line) == 2001 - 4, "all but the two at either end, and no recursion"
