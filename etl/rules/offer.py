"""A measure as an offer that can be compared: for whom, where, at which language level, who can come, what for."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.rules.records import Measure
from etl.rules.text_likeness import Profile
from etl.vocabulary import load_vocabulary, normalise
from etl.vocabulary.offers import load_offers
from etl.vocabulary.word_parts import root, words_of

#: Levels of the Common European Framework, literacy before them, in the order they are learnt in.
LEVELS = ("alpha", "a1", "a2", "b1", "b2", "c1", "c2")
#: Who can come: anybody, whoever registers, whoever is sent or entitled.
ACCESS = ("open", "registration", "referral")
_EVERYWHERE, _SETTING, _HOUSE, _VENUE = "place.everywhere", "setting", "house", "venue"
#: Where a venue after one of these is only where it happens, with up to so many words between („in vier Quartieren“);
#: „in die Schule“ is where one is to come to.
_WHERE = frozenset(("im", "in", "an", "am", "aus", "bei", "beim", "vor", "auf", "at"))
_WHERE_TO = frozenset(("die", "das", "ins"))
_BETWEEN = 2
#: Themes that say for whom, not what for.
_PEOPLE_THEMES = frozenset({"#women", "#ageing"})
_LEVEL = re.compile(r"(?<![\w.])([abc][12])(?:[.,]\d)?(\+?)(?!\w)")
_UP_TO = re.compile(r"\s*(?:bis|to|-|–|—)\s*")
_NO_LEVEL_BEFORE = ("ziel", "goal", "nr", "massnahme")
_PARTS = re.compile(r"[\s/–-]+")
_FILLERS = frozenset(("in", "im", "am", "an", "bei", "der", "die", "das", "den", "dem", "und", "stadt", "gemeinde"))
_TITLE, _DESCRIPTION, _THEME = 1.0, 0.6, 0.8
#: As if so many more measures were known: in a small network, that two share a word makes it no common one.
_UNSEEN = 10
_SHORTEST_PART = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A telling word of title or description. ``features``: its root and the themes it speaks of -> how rare each is in
    the network, 0 to 1; ``weight``: less in a description. ``long_roots`` may be part of a compound."""

    written: str
    weight: float
    features: Mapping[str, float]
    long_roots: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """``place`` are the words of its place, ``everywhere``: the whole district's. ``purpose``: the words that say what
    it is for, ``features`` what these can have in common with another's: not where it happens."""

    measure: Measure
    lead: str | None
    groups: frozenset[str]
    place: frozenset[str]
    everywhere: bool
    levels: tuple[str, ...]
    access: str | None
    start: dt.date
    end: dt.date
    purpose: tuple[Word, ...]
    features: frozenset[str]
    long_roots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """Feature -> (weight, word as written) of a measure; ``meant``: without those of where it happens, which weigh but
    are nothing to have in common."""

    words: Mapping[str, tuple[float, str]]
    meant: frozenset[str]


def offers(measures: Iterable[Measure]) -> tuple[Offer, ...]:
    """Each measure as an offer, in the order given; how rare a word is, is counted among these."""
    known = tuple(measures)
    told = [_purpose(measure) for measure in known]
    often = Counter(feature for purpose in told for feature in purpose.words)
    top = math.log(len(known) + _UNSEEN)
    rare = {feature: math.log((len(known) + _UNSEEN) / n) / top for feature, n in often.items()}
    return tuple(_offer(m, purpose, rare) for m, purpose in zip(known, told, strict=True))


def _offer(measure: Measure, told: _Told, rare: Mapping[str, float]) -> Offer:
    place, everywhere = _place(measure.location or "")
    return Offer(
        measure=measure,
        lead=lead_of(measure),
        groups=frozenset(measure.target_group),
        place=place,
        everywhere=everywhere,
        levels=levels_of(measure),
        access=access_of(measure),
        start=measure.start or dt.date.min,
        end=measure.end if measure.end and not measure.open_end else dt.date.max,
        purpose=_words(told, rare),
        features=told.meant,
        long_roots=_long_roots(f for f in told.words if f in told.meant),
    )


def _words(told: _Told, rare: Mapping[str, float]) -> tuple[Word, ...]:
    """What one written word says in several ways (its root, its themes) counts once."""
    features: dict[str, dict[str, float]] = {}
    weights: dict[str, float] = {}
    for feature, (weight, written) in told.words.items():
        told_how = rare[feature] * (_THEME if feature.startswith("#") else 1.0)
        features.setdefault(written, {})[feature] = told_how
        weights[written] = max(weight, weights.get(written, 0.0))
    return tuple(
        Word(written, weights[written], found, _long_roots(f for f in found if f in told.meant))
        for written, found in features.items()
    )


def _long_roots(features: Iterable[str]) -> tuple[str, ...]:
    return tuple(f for f in features if len(f) >= _SHORTEST_PART and not f.startswith("#"))


def lead_of(measure: Measure) -> str | None:
    """Who is accountable: the partner we know, else the name as stated, else who reports it."""
    return measure.lead_partner or (normalise(measure.lead) if measure.lead else measure.partner)


def levels_of(measure: Measure) -> tuple[str, ...]:
    """The language levels a measure is for, as its own column says or, where it has none, its title."""
    return _levels_in(measure.language_level) if measure.language_level else _levels_in(measure.title)


@lru_cache(maxsize=20_000)
def _levels_in(text: str) -> tuple[str, ...]:
    """„A2 bis B1“ is both and what lies between. A goal's number („Ziel A1“) is none."""
    plain = text.casefold()
    found = {"alpha"} if "alphabetis" in plain or re.search(r"(?<!\w)alpha(?!\w)", plain) else set()
    before: re.Match[str] | None = None
    for match in _LEVEL.finditer(plain):
        if plain[: match.start()].rstrip(" .:").endswith(_NO_LEVEL_BEFORE):
            continue
        first = LEVELS.index(match[1])
        if before is not None and _UP_TO.fullmatch(plain[before.end() : match.start()]):
            first = LEVELS.index(before[1])
        found |= set(LEVELS[first : LEVELS.index(match[1]) + 1])
        before = match
    return tuple(level for level in LEVELS if level in found)


def access_of(measure: Measure) -> str | None:
    """Who can come, by its own column or, where it has none, its description; None where neither says it."""
    return _access_in(measure.access or measure.description or "")


@lru_cache(maxsize=20_000)
def _access_in(text: str) -> str | None:
    """The narrowest that is named; „ohne Anmeldung“ names no registration."""
    named = {what.removeprefix("access.") for what, _ in load_offers().in_text(text)}
    return next((access for access in ("referral", "open", "registration") if access in named), None)


@lru_cache(maxsize=20_000)
def _place(location: str) -> tuple[frozenset[str], bool]:
    everywhere = any(what == _EVERYWHERE for what, _ in load_offers().in_text(location))
    return frozenset(word for word in words_of(normalise(location)) if word not in _FILLERS), everywhere


def _purpose(measure: Measure) -> _Told:
    """What is left out says for whom, when, how and at which place."""
    texts = [(_without_setting(measure.title), _TITLE), (_without_setting(measure.description or ""), _DESCRIPTION)]
    meant = Profile([(_without_where(text), weight) for text, weight in texts]).features
    here = {root(word) for word in _place(measure.location or "")[0]}
    left_out = _people_words() | here | _PEOPLE_THEMES
    said = {f: said for f, said in Profile(texts).features.items() if f not in left_out}
    return _Told(said, frozenset(f for f in said if f in meant))


@lru_cache(maxsize=20_000)
def _without_setting(text: str) -> str:
    """Words that say when or how, not what for, are left out: „B1-Abendkurs mit Kinderbetreuung“ is „B1 mit“."""
    parts = _PARTS.split(text)
    kept = [part for part in parts if _SETTING not in _said_by(part)]
    return " ".join(kept) if len(kept) < len(parts) else text


@lru_cache(maxsize=20_000)
def _without_where(text: str) -> str:
    """What happens in which house is left out: „Nachhilfe in der Grundschule“ is „Nachhilfe in der“."""
    parts = _PARTS.split(text)
    kept, since = [], None  # words since one that says where
    for part in parts:
        said = _said_by(part)
        if _HOUSE in said or (_VENUE in said and since is not None):
            since = None if since is None else 0  # „an Grundschulen und Sekundarschulen“
            continue
        kept.append(part)
        since = _words_since(normalise(part).split(), since)
    return " ".join(kept) if len(kept) < len(parts) else text


def _words_since(words: Sequence[str], since: int | None) -> int | None:
    """How many words stand between one that says where and what follows; None where none says it."""
    for word in words:
        if word in _WHERE:
            since = 0
        elif since is not None:
            since = None if word in _WHERE_TO or since == _BETWEEN else since + 1
    return since


def _said_by(part: str) -> frozenset[str]:
    return frozenset(what for word in normalise(part).split() for what in load_offers().of_word(word))


@lru_cache(maxsize=1)
def _people_words() -> frozenset[str]:
    """Roots of the single words that lists use for target groups."""
    words = (normalise(word) for word in load_vocabulary().words["target_group"])
    return frozenset(root(word) for word in words if " " not in word)
