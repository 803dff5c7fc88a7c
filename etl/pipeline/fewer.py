"""A file that names far fewer records than its series did last time: asked about before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from etl.model.deliveries import newest_of_series, series_of
from etl.model.store import Store
from etl.pipeline.preview import Preview
from etl.rules.thresholds import Thresholds
from etl.stages.compare import STAYS


@dataclass(frozen=True, slots=True)
class Fewer:
    """How many records of a kind the series named last time, and how many this file names."""

    kind: str
    last: int
    now: int

    @property
    def share(self) -> Decimal:
        """0.4: forty per cent fewer."""
        return 1 - Decimal(self.now) / self.last


def far_fewer(store: Store, preview: Preview, thresholds: Thresholds) -> tuple[Fewer, ...]:
    """Kinds of which the file names fewer than last time, by ``fewer_records_share`` or more. An answered form names
    only what changed, so it never does."""
    if preview.corrections.form:
        return ()
    with store.reading() as connection:
        partner = preview.sender.key
        series = series_of(connection, partner, preview.fingerprint) if partner else None
        newest = newest_of_series(connection, series) if series is not None else None
    if newest is None:
        return ()
    counts = preview.comparison.counts()
    found = (
        Fewer(kind, _named(told), _named(counts.get(kind, {})))
        for kind, told in sorted(newest.changes.items())
        if kind not in STAYS and _named(told)
    )
    return tuple(fewer for fewer in found if fewer.share >= thresholds.fewer_records_share)


def _named(counts: Mapping[str, Any]) -> int:
    return sum(int(counts.get(change, 0)) for change in ("new", "changed", "unchanged"))
