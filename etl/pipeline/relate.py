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
from etl.pipeline.typed_text import one_line, refuse_long
from etl.rules.house_goals import house_goal_key
from etl.rules.relations import OPEN, VERDICTS, PairKind, Relation, decided

LONGEST_REASON = 500


class RelationRefused(Refused):
    """Nothing was stored. ``code``: not_allowed, not_there, no_verdict, same, too_long, single_client,
    changed_since or open_already."""

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
    if kind not in VERDICTS:
        raise RelationRefused("not_there")
    if verdict not in (*VERDICTS[kind], OPEN):
        raise RelationRefused("no_verdict")
    reason = one_line(reason)
    refuse_long(RelationRefused, reason, LONGEST_REASON)
    if tells_of_client([reason]):
        raise RelationRefused("single_client")
    with store.writing() as connection:
        state = state_on(connection, kinds=["measure", "goal", "partner"])
        if len({state.counts_as(key) for key in pair}) < 2:
            raise RelationRefused("same")
        houses = _houses(kind, pair, state)
        if user.role != "coordinator" and (user.role != "partner" or user.partner not in houses):
            raise RelationRefused("not_allowed")
        before = decided(relations(connection, kind), state.counts_as).get(frozenset(map(state.counts_as, pair)))
        if (before.id if before else None) != seen:
            raise RelationRefused("changed_since")
        if verdict == OPEN and before is None:
            raise RelationRefused("open_already")
        one, other = sorted(pair) if kind == "measure" else pair
        said = Relation(0, one, other, verdict, reason, user.display_name, now)
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
