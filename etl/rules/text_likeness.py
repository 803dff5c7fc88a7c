"""How much a short text has in common with others: words and their parts, and the themes they speak of.

A shared word says the more the fewer of the others have it (inverse document frequency), so nothing here knows the
wording of any one catalogue.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.vocabulary import normalise
from etl.vocabulary.themes import load_themes
from etl.vocabulary.word_parts import root, words_of

#: (text, how much it counts from 0 to 1)
Weighed = tuple[str, float]
#: A root of a word, or a theme behind "#".
Feature = str

#: Roots every list of an integration network is full of, and words that say how, not what.
_EVERYWHERE = frozenset(
    root(word)
    for word in (
        *("integration", "migration", "zugewanderte", "gefluechtete", "fluechtlinge", "menschen", "personen", "alle"),
        *("projekt", "angebot", "massnahme", "landkreis", "kreis", "stadt", "gemeinde", "netzwerk", "neue", "mehr"),
        *("fuer", "mit", "im", "in", "an", "am", "auf", "aus", "bei", "bis", "von", "vom", "zu", "zum", "zur", "nach"),
        *("ohne", "um", "als", "nicht", "durch", "ueber", "unter", "vor", "ins", "binnen", "innerhalb", "wer", "wie"),
        *("gibt", "geben", "erhalten", "erhaelt", "finden", "findet", "kommen", "jede", "jeder", "jedes", "deren"),
        *("hoch", "anteil", "zahl", "prozent", "jahr", "jahre", "monat", "monate", "woche", "wochen", "tage", "zwei"),
        *("eigene", "andere", "hilfe", "helfen", "hilft", "nutzen", "werden", "koennen", "sollen", "haben", "kurs"),
        *("migrationshintergrund", "einwanderungsgeschichte", "zuwanderungsgeschichte", "familien", "kinder", "the"),
        *("for", "and", "with", "in", "to", "from", "people", "auslaendische", "zugewandert", "herkunft", "gruppe"),
        *("jugend", "jugendliche", "jugendlicher", "junge", "eltern", "beim", "bleiben", "begleiten", "eins", "drei"),
        *("erste", "ersten", "erster", "vier", "fuenf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwoelf"),
    )
)
#: The theme of what every organisation does beside its work for people.
OTHER_BUSINESS = "#other_business"
#: Features below this weight are mentioned beside others.
_MEANT = 0.4
_SHORTEST_ROOT, _SHORTEST_PART = 4, 5


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts have in common: ``one``'s word and ``other``'s; ``weight`` is what it adds to the score."""

    one: str
    other: str
    weight: float


class Profile:
    """The features of some texts: feature -> (weight, the word as written)."""

    __slots__ = ("features",)

    def __init__(self, texts: Iterable[Weighed]) -> None:
        self.features: dict[Feature, tuple[float, str]] = {}
        for text, weight in texts:
            for feature, written in _features(text):
                if weight > self.features.get(feature, (0.0, ""))[0]:
                    self.features[feature] = weight, written


@lru_cache(maxsize=20_000)
def _features(text: str) -> tuple[tuple[Feature, str], ...]:
    found: dict[Feature, str] = {}
    for theme, written in load_themes().in_text(text):
        found.setdefault(f"#{theme}", written)
    for written in text.split():
        for word in words_of(normalise(written)):
            stem = root(word)
            if len(stem) >= _SHORTEST_ROOT and stem not in _EVERYWHERE and not stem.isdigit():
                found.setdefault(stem, written.strip(".,;:!?()[]„“”\"'»«–"))
    return tuple(found.items())


class Likeness:
    """``of`` are the texts others are compared with, by key; ``beside`` what is common elsewhere tells less."""

    def __init__(self, of: Mapping[str, Profile], beside: Sequence[Profile] = ()) -> None:
        self._of = of
        self._rare = _rarity(list(of.values()))
        self._told = _rarity(beside) if len(beside) >= 8 else {}

    def shared(self, one: Profile, key: str) -> tuple[Shared, ...]:
        """What ``one`` has in common with the text of ``key``, the telling first, each word of ``one`` once."""
        found: dict[str, Shared] = {}
        theirs = self._of[key].features
        for feature, (weight, written) in one.features.items():
            match = self._match(feature, theirs)
            if match is None:
                continue
            rare = self._rare.get(match, 1.0) * (0.6 + 0.4 * self._told.get(feature, 1.0))
            shared = Shared(written, theirs[match][1], weight * theirs[match][0] * rare)
            if shared.weight > found.get(written, _NOTHING).weight:
                found[written] = shared
        return tuple(sorted(found.values(), key=lambda s: -s.weight))

    @staticmethod
    def _match(feature: Feature, theirs: Mapping[Feature, object]) -> Feature | None:
        """The same feature, or a long root within a compound: "abend" in "abendkurs", "kurs" is too short."""
        if feature in theirs:
            return feature
        if feature.startswith("#") or len(feature) < _SHORTEST_PART:
            return None
        for other in theirs:
            if not other.startswith("#") and len(other) >= _SHORTEST_PART and (feature in other or other in feature):
                return other
        return None


_NOTHING = Shared("", "", 0.0)


def _rarity(profiles: Sequence[Profile]) -> dict[Feature, float]:
    """Feature -> 1 where one text has it, towards 0 where all have it."""
    counted = Counter(f for profile in profiles for f, (weight, _) in profile.features.items() if weight > _MEANT)
    top = math.log(len(profiles) + 1)
    return {f: math.log((len(profiles) + 1) / n) / top if top else 1.0 for f, n in counted.items()}
