"""What one column could be, before all columns are decided together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from etl.stages.shapes import HowNamed

#: Scores that are equal but for this are equally good.
NEAR = 0.03
#: A score that no other heading outdoes, and the fewest values that speak for or against a field.
CERTAIN, FEWEST_TYPICAL = 0.94, 3


@dataclass(slots=True)
class Wish:
    """What one column could be: fields with scores and how they were found; ``undecided`` are fields that the heading
    means equally and nothing separates (then the column is kept and a person asked)."""

    scores: dict[str, float] = field(default_factory=dict)
    how: dict[str, HowNamed] = field(default_factory=dict)
    undecided: tuple[str, ...] = ()

    def add(self, name: str, score: float, how: HowNamed) -> None:
        self.scores[name] = score
        self.how[name] = how

    def drop(self, names: Iterable[str]) -> None:
        for name in names:
            self.scores.pop(name, None)

    def likeliest(self) -> list[str]:
        top = max(self.scores.values(), default=0.0)
        return [name for name, score in self.scores.items() if score >= top - NEAR]

    @property
    def sure(self) -> bool:
        """Whether a heading's own words name it."""
        return any(how == "known" for how in self.how.values())
