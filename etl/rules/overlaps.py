"""Measures that may do the same for the same people: a proposal to talk, explained field by field, never a verdict.

What agrees and what nobody said stand beside each other; people decide what follows (``etl.rules.relations``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from rapidfuzz import fuzz, utils

from etl.rules.candidates import candidates
from etl.rules.measure_rules import ENDED
from etl.rules.offer import Offer, Word, offers
from etl.rules.records import Measure
from etl.rules.thresholds import Thresholds
from etl.vocabulary import normalise
from etl.vocabulary.word_parts import root, words_of

#: In the order in which they are told.
Aspect = Literal["purpose", "people", "place", "level", "time", "access"]
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)
#: ``partly``: one within the other, or some of it; ``unsaid``: one of the two says nothing about it.
How = Literal["same", "partly", "unsaid", "differs"]

#: A wider group and those it takes in.
_TAKES_IN = {"people_with_migration_history": frozenset({"refugees", "new_immigrants"})}
_ALL = "general_public"
_PART = 0.7
#: A long description shares little of itself with a short title; so much the larger of the two shares counts.
_LARGER = 0.65
#: From this weight on, what two share is more than what half the network does.
_TELLING = 0.5


@dataclass(frozen=True, slots=True)
class Sign:
    """How two measures stand to each other in one respect, and what each says about it: the words that tell of the
    same purpose, codes of people, level and access, the place as written; nothing for ``time``, which the measures say.
    """

    aspect: Aspect
    how: How
    one: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two measures of different leads, ``one`` before ``other`` in the order of keys, with a sign for each aspect.
    ``start`` and ``end`` of the time both run, inclusive; None: open to that side."""

    one: str
    other: str
    signs: tuple[Sign, ...]
    start: dt.date | None
    end: dt.date | None

    def sign(self, aspect: Aspect) -> Sign:
        return self.signs[ASPECTS.index(aspect)]

    @property
    def agreeing(self) -> int:
        """In how many respects the two are the same."""
        return sum(sign.how == "same" for sign in self.signs)


def overlapping(measures: Iterable[Measure], thresholds: Thresholds) -> tuple[Overlap, ...]:
    """Pairs of measures of different leads with a like purpose that differ in nothing both state, and of which both
    state the same people or the same place. Ended measures are left out. Pairs come in the order of keys.
    """
    running = sorted((m for m in measures if m.status not in ENDED), key=lambda m: m.key)
    found = []
    for one, other in candidates(offers(running)):
        if _excluded(one, other):
            continue
        purpose = _alike(one, other, matched(one, other), matched(other, one), thresholds)
        if purpose:
            found.append(_compared(one, other, purpose))
    return tuple(sorted(found, key=lambda o: (o.one, o.other)))


def compare(one: Measure, other: Measure, thresholds: Thresholds) -> Overlap:
    """Any two measures field by field, whether or not they would be proposed."""
    first, second = offers(sorted((one, other), key=lambda m: m.key))
    return _compared(first, second, _purpose(first, second, thresholds))


def _excluded(one: Offer, other: Offer) -> bool:
    """What is cheap to see: the same lead, never at the same time, other people, place, level or access; or neither
    the same people nor the same place."""
    if one.lead == other.lead or max(one.start, other.start) > min(one.end, other.end):
        return True
    met = people(one.groups, other.groups), place(one, other)
    return "differs" in (*met, _level(one, other), _access(one, other)) or "same" not in met


def _compared(one: Offer, other: Offer, purpose: Sign) -> Overlap:
    start, end = max(one.start, other.start), min(one.end, other.end)
    groups = [tuple(sorted(offer.groups)) for offer in (one, other)]
    places = [(offer.measure.location,) if offer.measure.location else () for offer in (one, other)]
    access = [(offer.access,) if offer.access else () for offer in (one, other)]
    return Overlap(
        one.measure.key,
        other.measure.key,
        (
            purpose,
            Sign("people", people(one.groups, other.groups), *groups),
            Sign("place", place(one, other), *places),
            Sign("level", _level(one, other), one.levels, other.levels),
            Sign("time", "differs" if start > end else _when(one, other)),
            Sign("access", _access(one, other), *access),
        ),
        None if start == dt.date.min else start,
        None if end == dt.date.max else end,
    )


def _when(one: Offer, other: Offer) -> How:
    """Without any day nobody said when; the same days are the same time, others overlap."""
    if any(o.measure.start is None and o.measure.end is None and not o.measure.open_end for o in (one, other)):
        return "unsaid"
    return "same" if (one.start, one.end) == (other.start, other.end) else "partly"


def _purpose(one: Offer, other: Offer, thresholds: Thresholds) -> Sign:
    own, theirs = matched(one, other), matched(other, one)
    return _alike(one, other, own, theirs, thresholds) or Sign(
        "purpose", "partly" if own.words else "differs", own.words, theirs.words
    )


def _alike(one: Offer, other: Offer, own: Matched, theirs: Matched, thresholds: Thresholds) -> Sign | None:
    """A like purpose: a common share of the telling words; a title nearly the same will do, unless both describe what
    they do. Where all they share is common in the network, people, place and level must be the same as well."""
    percent = 100 * (_LARGER * max(own.share, theirs.share) + (1 - _LARGER) * min(own.share, theirs.share))
    telling = min(own.weight, theirs.weight) >= _TELLING or _all_else(one, other)
    if percent >= thresholds.overlap_purpose and telling:
        return Sign("purpose", _same_words(own.words, theirs.words), own.words, theirs.words)
    titles = (one.measure.title,), (other.measure.title,)
    return Sign("purpose", _same_words(*titles), *titles) if _alike_titles(one, other, thresholds) else None


def _same_words(own: Sequence[str], theirs: Sequence[str]) -> How:
    """The same only where each word has its like: „Beratung“ in „Anerkennungsberatung“ is part of it."""
    roots = [{root(word) for told in words for word in words_of(normalise(told))} for words in (own, theirs)]
    return "same" if roots[0] == roots[1] else "partly"


def _all_else(one: Offer, other: Offer) -> bool:
    return (
        people(one.groups, other.groups) == "same"
        and place(one, other) == "same"
        and _level(one, other) in ("same", "partly")
    )


def _alike_titles(one: Offer, other: Offer, thresholds: Thresholds) -> bool:
    if one.measure.description and other.measure.description:
        return False
    titles = (one.measure.title, other.measure.title)
    alike = fuzz.token_sort_ratio(*titles, processor=utils.default_process)
    return bool(alike >= thresholds.overlap_title_similarity)


@dataclass(frozen=True, slots=True)
class Matched:
    """``words`` of the one that the other has too, the telling first; their ``weight``, and their ``share``, 0 to 1."""

    words: tuple[str, ...]
    weight: float
    share: float


def matched(one: Offer, other: Offer) -> Matched:
    """What ``one`` is for that ``other`` is for as well; a word counts by what the two share of it, one that only says
    where as one they do not share."""
    found: dict[str, float] = {}
    total = 0.0
    for word in one.purpose:
        told = max(
            (rare for f, rare in word.features.items() if f in one.features and f in other.features), default=0.0
        )
        told = word.weight * max(told, _as_part(word, other))
        total += told or word.weight * max(word.features.values())
        if told:
            found[word.written] = told
    weight = sum(found.values())
    return Matched(tuple(sorted(found, key=lambda w: -found[w])), weight, weight / total if total else 0.0)


def _as_part(word: Word, other: Offer) -> float:
    """A long root within a compound of the other: „coaching“ in „Jobcoaching“ says part of what it does."""
    for own in word.long_roots:
        for known in other.long_roots:
            if own in known or known in own:
                return _PART * word.features[own]
    return 0.0


def people(one: frozenset[str], other: frozenset[str]) -> How:
    """A wider group (all, people with a migration history) takes the narrower one in."""
    if not one or not other:
        return "unsaid"
    if one & other:
        return "same"
    wider = _ALL in one | other or any(
        _TAKES_IN.get(code, frozenset()) & narrow for wide, narrow in ((one, other), (other, one)) for code in wide
    )
    return "partly" if wider else "differs"


def place(one: Offer, other: Offer) -> How:
    """A place within the other, or within the whole district, is partly the same."""
    if not (one.place or one.everywhere) or not (other.place or other.everywhere):
        return "unsaid"
    if one.place == other.place:
        return "same"
    within = one.everywhere or other.everywhere or one.place <= other.place or other.place <= one.place
    return "partly" if within else "differs"


def _level(one: Offer, other: Offer) -> How:
    if not one.levels or not other.levels:
        return "unsaid"
    if not set(one.levels) & set(other.levels):
        return "differs"
    return "same" if one.levels == other.levels else "partly"


def _access(one: Offer, other: Offer) -> How:
    """Whoever may just come may also register; who has to be sent is somebody else."""
    if one.access is None or other.access is None:
        return "unsaid"
    if one.access == other.access:
        return "same"
    return "differs" if "referral" in (one.access, other.access) else "partly"
