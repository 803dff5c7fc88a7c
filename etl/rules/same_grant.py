"""One grant that two partners report: seen by what both say of it, told to both, decided by people.

Nothing is left out of a sum by itself; that it may be counted twice is told beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from rapidfuzz import fuzz

from etl.rules.facts import Facts, Funding, Money

Evidence = Literal["id", "name", "amount", "period", "funder", "measure", "recipient"]
EVIDENCE: tuple[Evidence, ...] = ("id", "name", "amount", "period", "funder", "measure", "recipient")

_WORD = re.compile(r"\w{4,}")
_NAMES_ALIKE = 88
#: A word or amount that so many share tells nothing, and would make every funding be held against every other.
_COMMON = 25
_GONE = ("rejected", "withdrawn")


@dataclass(frozen=True, slots=True)
class SameGrant:
    """Two fundings of different partners, in the order of the facts, and in what they agree."""

    one: Funding
    other: Funding
    evidence: tuple[Evidence, ...]

    @property
    def key(self) -> str:
        return "+".join(sorted((self.one.key, self.other.key)))


def reported_twice(facts: Facts) -> tuple[SameGrant, ...]:
    """Pairs that speak of one grant: the same number, or a like name and money, or the same money for one measure."""
    found: dict[tuple[str, str], SameGrant] = {}
    for one, other in _near(facts.fundings):
        if one.partner == other.partner or one.partner is None or other.partner is None or not _overlap(one, other):
            continue
        evidence = _evidence(one, other, facts)
        if _enough(set(evidence)):
            found[one.key, other.key] = SameGrant(one, other, evidence)
    return tuple(found.values())


def _near(fundings: Iterable[Funding]) -> Iterable[tuple[Funding, Funding]]:
    """Pairs that share a number, an amount or a telling word; each pair once."""
    groups: dict[object, list[Funding]] = defaultdict(list)
    for funding in fundings:
        if funding.status in _GONE:
            continue
        for sign in _signs(funding):
            groups[sign].append(funding)
    seen = set()
    for group in groups.values():
        if len(group) > _COMMON:
            continue
        for one, other in combinations(group, 2):
            if (one.key, other.key) not in seen:
                seen.add((one.key, other.key))
                yield one, other


def _signs(funding: Funding) -> set[object]:
    signs: set[object] = set(_WORD.findall(funding.name.casefold()))
    amount = funding.granted or funding.applied
    if amount is not None and amount.amount > 0:
        signs.add(_plain(amount))
    if funding.id:
        signs.add(("id", _number(funding.id)))
    return signs


def _plain(money: Money) -> tuple[str, str | None]:
    return str(money.amount.normalize()), money.per


def _number(text: str) -> str:
    return re.sub(r"\W", "", text.casefold())


def _overlap(one: Funding, other: Funding) -> bool:
    def apart(first: Funding, then: Funding) -> bool:
        return first.end is not None and not first.open_end and then.start is not None and first.end < then.start

    return not apart(one, other) and not apart(other, one)


def _evidence(one: Funding, other: Funding, facts: Facts) -> tuple[Evidence, ...]:
    amounts = [f.granted or f.applied for f in (one, other)]
    known = [_plain(money) for money in amounts if money is not None and money.amount > 0]
    carried = [_carried(funding, facts) for funding in (one, other)]
    holds: dict[Evidence, bool] = {
        "id": _telling_number(one) and bool(other.id) and _number(one.id or "") == _number(other.id or ""),
        "name": fuzz.token_set_ratio(_words(one), _words(other)) >= _NAMES_ALIKE,
        "amount": len(known) == 2 and known[0] == known[1],
        "period": None not in (one.start, one.end) and (one.start, one.end) == (other.start, other.end),
        "funder": bool(one.funder and other.funder)
        and fuzz.token_set_ratio(str(one.funder).casefold(), str(other.funder).casefold()) >= _NAMES_ALIKE,
        "measure": bool(carried[0] & carried[1]),
        "recipient": _received_by(one, other.partner, facts) or _received_by(other, one.partner, facts),
    }
    return tuple(name for name in EVIDENCE if holds[name])


def _carried(funding: Funding, facts: Facts) -> set[str]:
    named = {allocation.measure for allocation in funding.measures}
    return named | {measure.key for measure in facts.measures_of_funding.get(funding.key, ())}


def _telling_number(funding: Funding) -> bool:
    """Whether its number is a funder's (Aktenzeichen): "F-1" or "3" is anybody's."""
    return len(_number(funding.id or "")) >= 6


def _words(funding: Funding) -> str:
    return " ".join(_WORD.findall(funding.name.casefold()))


def _received_by(funding: Funding, partner: str | None, facts: Facts) -> bool:
    found = facts.partner_by_key.get(partner or "")
    said = (funding.recipient or "").casefold().strip()
    return found is not None and bool(said) and said in {(n or "").casefold() for n in (found.name, found.short_name)}


def _enough(evidence: set[Evidence]) -> bool:
    if "id" in evidence:
        return True
    if "name" in evidence and evidence & {"amount", "recipient", "measure"}:
        return len(evidence) >= 3
    return {"amount", "period"} <= evidence and bool(evidence & {"measure", "recipient", "funder"})
