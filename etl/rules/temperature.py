"""How a body feels about a goal or measure, beside the computed rating: counts alone, never who."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

#: What can be said, in the order of the ratings.
CHOICES = ("on_track", "at_risk", "off_track")
#: Of fewer voices the counts would tell who said what: everybody in the room knows one voice, their own.
FEWEST = 3
#: From this share on, on track and off track both weigh: the views differ whatever stands between them.
_WEIGHS = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Spread:
    """How many said what."""

    on_track: int = 0
    at_risk: int = 0
    off_track: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {choice: getattr(self, choice) for choice in CHOICES}

    @property
    def voices(self) -> int:
        return sum(self.counts.values())

    @property
    def majority(self) -> str | None:
        """What more than half say."""
        return next((choice for choice, n in self.counts.items() if 2 * n > self.voices), None)

    @property
    def differs(self) -> bool:
        """The views differ: nothing is said by more than half, or both ends weigh."""
        if not self.voices:
            return False
        ends = (Fraction(n, self.voices) for n in (self.on_track, self.off_track))
        return self.majority is None or all(share >= _WEIGHS for share in ends)


def finding_of(voices: int, spread: Spread | None) -> tuple[str, dict[str, object]]:
    """Wording code and values of what a closed question resulted in; ``spread`` None: too few to show."""
    if spread is None or voices < FEWEST:
        return "temperature.too_few", {"n": voices}
    if spread.differs:
        return "temperature.differs", {}
    majority = spread.majority or ""
    said = spread.counts[majority]
    if said == voices:
        return "temperature.all", {"n": voices, "rating": majority}
    return "temperature.most", {"n": said, "total": voices, "rating": majority}
