"""A text like known words: mistyped, bent, or put a little differently – and never another word that looks like one."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from etl.stages.readings.phrases import phrases_in
from etl.vocabulary import Vocabulary, normalise
from etl.vocabulary.likeness import Likeness

_PROPOSAL_SCORE = 85
_SHORTEST_LIKE, _LONGEST_LIKE, _FEWEST_WORDS = 4, 80, 30
_CLEARLY_LIKE, _LIKER = 0.62, 0.08

#: Domains whose words name somebody. There the root of a word says too little: "Patienten" are no "Paten", and an
#: "Arbeitsverwaltung" is not its "Arbeiter". Only the same word counts, bent or mistyped.
_NAMING = frozenset(("target_group",))
#: Letters from which one, and two, may be mistyped: "Lehre" is no "Lehrer", "vertretene" are no "Vertriebene".
_ONE_SLIP, _TWO_SLIPS = 7, 12
_SHORTEST_BENT = 4
_BENDING = ("innen", "en", "in", "e", "n", "s")
_ANYBODY, _WITH = ("menschen", "personen", "people", "persons"), ("mit", "with")
#: "ausbildende" and "Auszubildende" differ by two letters, and by who teaches whom.
_TURNING = "zu"

_likenesses: dict[tuple[str, str], Likeness] = {}
_by_first: dict[tuple[str, str], dict[str, list[tuple[tuple[str, ...], str]]]] = {}


def resembling(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    """The code whose known words a short text is clearly most like: "kommt erst noch" is like "kommt noch"."""
    plain = normalise(text)
    words = plain.split()
    turning = (vocabulary.words.get(name, {}) for name in (f"{domain}.alone", "hedges", "status_clause"))
    if phrases_in(words, domain, vocabulary) or any(word in known for known in turning for word in words):
        return None  # what its known words say was weighed already, or something turns them
    if not _SHORTEST_LIKE <= len(plain) <= _LONGEST_LIKE or len(vocabulary.words[domain]) < _FEWEST_WORDS:
        return None
    if domain in _NAMING:
        return _trait(words, domain, vocabulary) or _meant(words, domain, vocabulary)
    key = (vocabulary.version, domain)
    if key not in _likenesses:
        _likenesses[key] = Likeness({word: (code,) for word, code in vocabulary.words[domain].items() if len(word) > 2})
    ranked = sorted(_likenesses[key].cosines(plain).items(), key=lambda found: -found[1])
    if not ranked or ranked[0][1] < _CLEARLY_LIKE:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _LIKER else None


def nearest(text: str, domain: str, vocabulary: Vocabulary) -> str | None:
    """What may have been meant, to be asked; never for a word that is known to be another."""
    plain = normalise(text)
    if not 4 <= len(plain) <= 60 or _other(plain, domain, vocabulary):
        return None
    words = vocabulary.words[domain]
    best = process.extractOne(plain, words.keys(), scorer=fuzz.ratio, score_cutoff=_PROPOSAL_SCORE)
    if best is None or (domain in _NAMING and (best[0][0] != plain[0] or OSA.distance(best[0], plain) > 2)):
        return None
    return words[best[0]]


def _other(plain: str, domain: str, vocabulary: Vocabulary) -> bool:
    """Whether words of their own, without a code here, are in the text (``domain.other``)."""
    others = vocabulary.words.get(f"{domain}.other", {})
    return any(word in others for word in plain.split())


def _trait(words: list[str], domain: str, vocabulary: Vocabulary) -> str | None:
    """What is said of somebody: "Langzeitarbeitslose mit Fluchterfahrung" are like "Menschen mit Fluchterfahrung"."""
    for at in range(1, len(words) - 1):
        if words[at] in _WITH:
            found = (vocabulary.words[domain].get(" ".join((anybody, *words[at:]))) for anybody in _ANYBODY)
            return next(filter(None, found), None)
    return None


def _meant(words: list[str], domain: str, vocabulary: Vocabulary) -> str | None:
    """The code of the known words that the text is, each bent or mistyped; None where two fit, or it is another."""
    if _other(" ".join(words), domain, vocabulary):
        return None
    known = _known(domain, vocabulary)
    found: dict[int, set[str]] = {}
    for first in {word[0] for word in words}:
        for meant, code in known.get(first, ()):
            places = [next((at for at, word in enumerate(words) if same_word(word, one)), None) for one in meant]
            if None not in places and len(set(places)) == len(words):
                found.setdefault(len(meant), set()).add(code)
    codes = found[max(found)] if found else set()
    return next(iter(codes)) if len(codes) == 1 else None


def _known(domain: str, vocabulary: Vocabulary) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First letter -> known words that begin with it, taken apart."""
    key = (vocabulary.version, domain)
    if key not in _by_first:
        made = _by_first.setdefault(key, {})
        for text, code in vocabulary.words[domain].items():
            if len(text) >= _SHORTEST_BENT:
                made.setdefault(text[0], []).append((tuple(text.split()), code))
    return _by_first[key]


def same_word(word: str, meant: str) -> bool:
    """Whether ``word`` is ``meant``, bent or with a slip of the fingers; both normalised.

    A slip spares the first letter. Long words have room for two, but not in the ending, which makes new words of old
    ones ("Berufsschule" is no "Berufsschüler"). "Employees" are no "employers", for one letter
    more does not make up for a word that exists: such words stand in ``domain.other``.
    """
    if word == meant:
        return True
    shorter, longer = sorted((word, meant), key=len)
    if len(shorter) >= _SHORTEST_BENT and longer[len(shorter) :] in _BENDING and longer.startswith(shorter):
        return True
    if len(shorter) < _ONE_SLIP or word[0] != meant[0] or not (word.isalpha() and meant.isalpha()):
        return False
    if longer.replace(_TURNING, "", 1) == shorter:
        return False
    allowed = 2 if len(shorter) >= _TWO_SLIPS and word[-3:] == meant[-3:] else 1
    return OSA.distance(word, meant, score_cutoff=allowed) <= allowed
