"""What does not fit in what was reported about money: seen by the office and by the partners concerned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.answers.contacts import Viewer
from dashboard.answers.coverage import course
from dashboard.answers.once import Once
from dashboard.answers.picture import Picture
from dashboard.answers.same_twice import waiting_keys
from etl.rules.finding import Finding
from etl.rules.money_checks import Check, money_checks
from etl.rules.same_grant import SameGrant, reported_twice


@dataclass(frozen=True, slots=True)
class MoneyDoubts:
    """Grants that two partners seem to report (as long as nobody has said that they are two, or one), and amounts and
    periods that cannot be right."""

    twice: tuple[SameGrant, ...]
    checks: tuple[Check, ...]


def _found(picture: Picture) -> MoneyDoubts:
    twice = (p for p in reported_twice(picture.facts) if frozenset((p.one.key, p.other.key)) not in picture.state.apart)
    return MoneyDoubts(tuple(twice), money_checks(picture.facts))


_doubts = Once[Picture, MoneyDoubts](_found)


def may_see(viewer: Viewer) -> bool:
    """Findings about single partners: the office sees them all, a partner its own, nobody else any."""
    return viewer.role == "coordinator" or (viewer.role == "partner" and viewer.partner is not None)


def money_doubts(picture: Picture, viewer: Viewer) -> MoneyDoubts:
    if not may_see(viewer):
        return MoneyDoubts((), ())
    found = _doubts(picture)
    if viewer.role == "coordinator":
        return found
    own = viewer.partner
    return MoneyDoubts(
        tuple(pair for pair in found.twice if own in (pair.one.partner, pair.other.partner)),
        tuple(check for check in found.checks if check.funding.partner == own),
    )


def counted_twice(picture: Picture, levels: Iterable[str | None] | None = None) -> int:
    """How many grants may stand twice in the sums (of these levels): told to all beside them, without names."""
    chosen = None if levels is None else set(levels)
    return sum(
        chosen is None or pair.one.level in chosen or pair.other.level in chosen for pair in _doubts(picture).twice
    )


def drawn_twice(picture: Picture) -> int:
    """How many grants may stand twice in the bands of the chart, and so in what its headline says."""
    drawn = {funding.key for funding in course(picture).drawn}
    return sum({pair.one.key, pair.other.key} <= drawn for pair in _doubts(picture).twice)


def _make_needed_twice(picture: Picture) -> int:
    counted = {measure.key for measure in course(picture).measures.counted}
    return sum(keys <= counted for keys in waiting_keys(picture, "measure"))


_needed_twice = Once[Picture, int](_make_needed_twice)


def needed_twice(picture: Picture) -> int:
    """How many measures may stand twice in the monthly need: told to all beside it, without names."""
    return _needed_twice(picture)


def doubts_finding(found: MoneyDoubts) -> Finding:
    if not found.twice and not found.checks:
        return Finding("money.headline.nothing")
    twice = Finding("money.headline.twice", {"n": len(found.twice)})
    checks = Finding("money.headline.checks", {"n": len(found.checks)})
    if not found.twice:
        return checks
    return Finding(twice.code, twice.values, checks if found.checks else None)
