"""Names in cells, resolved to the keys of what they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.model.state import Known, State
from etl.pipeline.picture import typed
from etl.stages.resolve_references import Names, look_up


@dataclass
class Links:
    """Resolves names in cells to keys, once per distinct text."""

    state: State

    def __post_init__(self) -> None:
        self.names = {
            "goal": self._names("goal", "id", "title", "short_title"),
            "partner": self._names("partner", "name", "short_name"),
            "funding": self._names("funding", "id", "title", "programme"),
            "measure": self._names("measure", "title"),
        }
        self.found: dict[tuple[str, str], str | None] = {}

    def _names(self, kind: str, *fields: str) -> Names:
        names = Names(organisations=kind == "partner")
        for key, known in self.state.kind(kind).items():
            for part in known.merged or (known,):
                names.add(key, *[typed.text(part, name) for name in fields])
        return names

    def goal_of(self, indicator: Known) -> str | None:
        """The goal an indicator belongs to: the one it was stored with, else the one its rows name (it came first)."""
        if indicator.parent in self.state.kind("goal"):
            return indicator.parent
        said = [text for s in reversed(indicator.said) for text in s.body.references.get("goal", ())]
        return next(iter(self.keys("goal", said)), None)

    def key(self, kind: str, text: str | None) -> str | None:
        if not text:
            return None
        if (kind, text) not in self.found:
            own = self.state.counts_as(text)  # what a meeting wrote down names a record by its key where it must
            self.found[kind, text] = own if own in self.state.kind(kind) else look_up(text, self.names[kind]).key
        return self.found[kind, text]

    def stated_or_assigned(self, kind: str, known: Known, field: str, texts: Iterable[str]) -> tuple[str, ...]:
        """What ``texts`` of the record name; where they name nothing we know, what the office assigned to it."""
        return self.keys(kind, texts) or self.assigned(kind, known, field)

    def assigned(self, kind: str, known: Known, field: str) -> tuple[str, ...]:
        """The keys the office assigned in a field, as far as they are still there."""
        row = known.assigned.get(field)
        targets = (self.state.counts_as(key) for key in row.targets) if row is not None else ()
        return tuple(dict.fromkeys(key for key in targets if key in self.state.kind(kind)))

    def keys(self, kind: str, texts: Iterable[str]) -> tuple[str, ...]:
        found = (self.key(kind, text) for text in texts)
        return tuple(dict.fromkeys(key for key in found if key))
