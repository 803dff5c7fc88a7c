"""A proposal of what a record may belong to: how much speaks for it, and what. Never a statement: a person assigns."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

EvidenceKind = Literal["words", "field", "group", "programme", "like", "partner", "name", "lead", "place"]

#: Scores from which a proposal is shown, and from which it counts as safe; a safe one also leads by a margin.
LEAST, SAFE = 0.42, 0.62
_SAFE_MARGIN = 0.12
_MOST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for a proposal: ``own`` is the record's word for it, ``other`` that of what is proposed.

    ``kind``: words (both), field, group (a code), programme (the money carries such measures), like (a record called
    ``own`` belongs there), partner (the same organisation), name (``own`` is nearly the name), lead (``own`` stands for
    it elsewhere), place.
    """

    kind: EvidenceKind
    own: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``key`` of what is proposed; ``score`` from 0 to 1; ``safe``: so much speaks for it that it may be ticked with
    others of its kind, still by a person."""

    key: str
    score: float
    safe: bool
    evidence: tuple[Evidence, ...]


def weighed(key: str, told: Iterable[tuple[float, list[Evidence]]], *, may_be_safe: bool) -> Proposal:
    """Weights of any size as a score from 0 to 1."""
    pieces = list(told)
    total = sum(weight for weight, _ in pieces)
    return Proposal(key, max(0.0, 1 - math.exp(-total)), may_be_safe, tuple(e for _, some in pieces for e in some))


def likeliest(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The best first; empty where nothing is likely enough. Only the first may be safe, and only well ahead."""
    best = sorted((p for p in found if p.score >= LEAST), key=lambda p: (-p.score, p.key))[:_MOST]
    if not best:
        return ()
    lead = best[0].score - (best[1].score if len(best) > 1 else 0.0)
    safe = best[0].safe and best[0].score >= SAFE and lead >= _SAFE_MARGIN
    return (replace(best[0], safe=safe), *(replace(other, safe=False) for other in best[1:]))
