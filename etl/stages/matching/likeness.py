"""Records that may be the same though their titles differ: what speaks for it, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz

from etl.stages.matching.identity import Identity

#: Titles at least this alike (0-100) are shown to a person as perhaps the same; less alike ones where facts agree.
ALIKE, RELATED, FACTS_AGREEING = 85, 70, 2
FACTS = ("start", "end", "location", "lead_org", "cost_total")
#: Words shorter than this, and words in more titles than this, find no candidates.
_LONG_WORD, _COMMON_WORD = 4, 200
Numbers = tuple[str, ...]
_NOBODY: Mapping[Numbers, list[str]] = {}


@dataclass(frozen=True, slots=True)
class Likeness:
    """The known record and what speaks for it: title, words, id, section, or fields that agree."""

    key: str
    score: float
    evidence: tuple[str, ...]


def likenesses(new: Mapping[int, Identity], known: Mapping[str, Identity]) -> dict[int, Likeness]:
    """For new records the known one each may be; none is proposed twice."""
    if not new or not known:
        return {}
    by_word = _by_word(known)
    pairs = []
    for number, identity in new.items():
        numbers = _numbers(identity.name)
        candidates = (by_word.get((identity.kind, word), _NOBODY).get(numbers, ()) for word in _words(identity))
        for key in set(chain.from_iterable(candidates)):
            found = likeness(identity, known[key], key)
            if found is not None:
                pairs.append((-found.score, number, found))
    taken: dict[int, Likeness] = {}
    keys: set[str] = set()
    for _, number, found in sorted(pairs, key=lambda pair: (pair[0], pair[1], pair[2].key)):
        if number not in taken and found.key not in keys:
            taken[number] = found
            keys.add(found.key)
    return dict(sorted(taken.items()))


def likeness(new: Identity, known: Identity, key: str) -> Likeness | None:
    """How alike two records are, None where nothing is proposed. Numbers in titles are no matter of wording."""
    if _numbers(new.name) != _numbers(known.name):
        return None
    same_id = bool(new.own_id) and new.own_id == known.own_id
    facts = tuple(name for name in FACTS if new.values.get(name) and new.values.get(name) == known.values.get(name))
    if new.name == known.name:
        moved = ("section",) if new.section != known.section else ()
        return Likeness(key, 200.0 + len(facts), ("title", *moved, *facts))
    ratio = fuzz.ratio(new.name, known.name)
    related = max(ratio, fuzz.token_set_ratio(new.name, known.name) - 1)
    if ratio >= ALIKE or (related >= RELATED and len(facts) + same_id >= FACTS_AGREEING):
        return Likeness(key, related + 10 * len(facts), ("words", *(("id",) if same_id else ()), *facts))
    return None


def _by_word(known: Mapping[str, Identity]) -> dict[tuple[str, str], Mapping[Numbers, list[str]]]:
    """(Kind, word) -> numbers in the name -> keys. A numbered list shares its words, but no two their numbers."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, identity in known.items():
        for word in _words(identity):
            found[identity.kind, word].append(key)
    return {word: _by_numbers(keys, known) for word, keys in found.items() if len(keys) <= _COMMON_WORD}


def _by_numbers(keys: Sequence[str], known: Mapping[str, Identity]) -> Mapping[Numbers, list[str]]:
    found: dict[Numbers, list[str]] = defaultdict(list)
    for key in keys:
        found[_numbers(known[key].name)].append(key)
    return found


def _words(identity: Identity) -> set[str]:
    """The beginnings of its longer words: ``sprachkurse`` finds ``sprachkurs``; the id finds the same id."""
    words = {word[:6] for word in identity.name.split(" ") if len(word) >= _LONG_WORD}
    return words | {f"#{identity.own_id}"} if identity.own_id else words


@lru_cache(maxsize=50_000)
def _numbers(name: str) -> Numbers:
    return tuple(sorted(word for word in name.split(" ") if any(c.isdigit() for c in word)))
