"""Stage 7: what a delivery would change against what is known on its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from etl.stages.match_records import Match
from etl.stages.shapes import Draft

#: Values of earlier days and the network's own topics are not expected in every new file.
STAYS = frozenset({"observation", "field_of_action"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one known record that would read differently; ``old`` is None where nothing was stated."""

    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Comparison:
    """Per kind: indexes of new drafts, changed (draft index -> fields), unchanged drafts, keys no longer mentioned."""

    new: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    changed: dict[str, dict[int, list[FieldChange]]] = field(default_factory=lambda: defaultdict(dict))
    unchanged: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def counts(self) -> dict[str, dict[str, int]]:
        """As in ``import --json``: kind -> new, changed, unchanged, missing."""
        kinds = sorted(self.new.keys() | self.changed.keys() | self.unchanged.keys() | self.missing.keys())
        return {
            kind: {
                "new": len(self.new.get(kind, ())),
                "changed": len(self.changed.get(kind, ())),
                "unchanged": len(self.unchanged.get(kind, ())),
                "missing": len(self.missing.get(kind, ())),
            }
            for kind in kinds
        }

    @property
    def nothing_new(self) -> bool:
        """True when every record is known and reads as it did."""
        return not any(self.new.values()) and not any(self.changed.values())


def compare(
    drafts: Sequence[Draft],
    matches: Sequence[Match],
    known: Mapping[str, Mapping[str, Any]],
    in_series: Mapping[str, str],
) -> Comparison:
    """Compare drafts with ``known`` (key -> values on the delivery's day).

    ``in_series`` (key -> kind) says what may be missing.

    A field the new file does not state is no change: the older statement holds until someone says otherwise.
    """
    result = Comparison()
    mentioned = set()
    for number, (draft, match) in enumerate(zip(drafts, matches, strict=True)):
        if match.key is None:
            if match.merged_into is None:
                result.new[draft.kind].append(number)
            continue
        mentioned.add(match.key)
        before = known.get(match.key, {})
        changes = [FieldChange(n, before.get(n), v) for n, v in draft.values.items() if before.get(n) != v]
        if changes:
            result.changed[draft.kind][number] = changes
        elif match.merged_into is None:
            result.unchanged[draft.kind].append(number)
    for key, kind in in_series.items():
        if key not in mentioned and kind not in STAYS:
            result.missing[kind].append(key)
    return result
