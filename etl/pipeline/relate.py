"""Deciding about two measures that look alike, or about a house's own goal beside a shared one."""

from __future__ import annotations

import datetime as dt

from etl.model.accounts import User
from etl.model.relations import add_relation, relations
from etl.model.state import Known, State, state_on
from etl.model.store import Store
from etl.pipeline.picture.links import Links
from etl.pipeline.picture.typed_records import measure_of
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client
from etl.rules.house_goals import house_goal_key
from etl.rules.relations import OPEN, VERDICTS, PairKind, Relation, decided

LONGEST_REASON = 500


class RelationRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, not_there, no_verdict, same, single_client or changed_since."""

    sentences = "overlap.refused."


def relate(
    store: Store,
    user: User,
    kind: PairKind,
    pair: tuple[str, str],
    verdict: str,
    *,
    reason: str,
    now: dt.datetime,
    seen: int | None = None,
) -> int:
    """What the office or one of the two houses decided about ``pair``; ``OPEN`` takes it back. Its number.

    ``pair`` are two measures, or a house's goal and a shared one. ``seen``: number of the decision that was shown, None
    where it was open. Raises ``RelationRefused``.
    """
    if verdict not in (*VERDICTS[kind], OPEN):
        raise RelationRefused("no_verdict")
    if pair[0] == pair[1]:
        raise RelationRefused("same")
    if tells_of_client([reason]):
        raise RelationRefused("single_client")
    with store.writing() as connection:
        state = state_on(connection, kinds=["measure", "goal", "partner"])
        houses = _houses(kind, pair, state)
        if user.role != "coordinator" and (user.role != "partner" or user.partner not in houses):
            raise RelationRefused("not_allowed")
        before = decided(relations(connection, kind), state.counts_as).get(frozenset(pair))
        if (before.id if before else None) != seen:
            raise RelationRefused("changed_since")
        one, other = sorted(pair) if kind == "measure" else pair
        said = Relation(0, one, other, verdict, reason.strip()[:LONGEST_REASON], user.display_name, now)
        return add_relation(connection, kind, said)


def _houses(kind: PairKind, pair: tuple[str, str], state: State) -> set[str | None]:
    """The partners a pair concerns. Raises ``RelationRefused`` (not_there)."""
    links = Links(state)
    if kind == "measure":
        known = [state.find(key) for key in pair]
        if any(one is None or one.kind != "measure" for one in known):
            raise RelationRefused("not_there")
        return {house for one in known if one is not None for house in _of(one, links)}
    if pair[1] not in state.kind("goal"):
        raise RelationRefused("not_there")
    houses: set[str | None] = set()
    for measure in state.kind("measure").values():
        told = measure_of(measure, links, [])
        houses |= {told.partner for text in told.own_goals if house_goal_key(told.partner, text) == pair[0]}
    if not houses:
        raise RelationRefused("not_there")
    return houses


def _of(measure: Known, links: Links) -> set[str]:
    told = measure_of(measure, links, [])
    return {key for key in (told.partner, told.lead_partner) if key}
