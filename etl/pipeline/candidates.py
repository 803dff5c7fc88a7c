"""Records that may be one: a measure two partners report, a partner under two names; with what speaks for it.

Nothing is merged here. A pair about which a person said something is not proposed again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from etl.model.state import Known, State
from etl.pipeline.picture.links import Links
from etl.pipeline.picture.typed_records import funding_of, partner_of
from etl.pipeline.same_thing import evidence_of, telling_words
from etl.rules.facts import Facts
from etl.rules.same_grant import Evidence, reported_twice
from etl.stages.matching.identity import identity_of
from etl.stages.references.organisations import Organisations
from etl.stages.references.spelling import bare, same_but_slips

#: Facts about an organisation that two of them seldom share, by field of its record or of its contacts.
_SHARED = ("street", "website")
_CONTACT_SHARED = ("email", "phone")
_NAMES = ("name", "short_name")
_ALIKE = 90
#: What two grants agree in -> the fields that say so.
_FUNDING_FIELDS: dict[Evidence, tuple[str, ...]] = {
    "id": ("id",),
    "name": ("programme",),
    "amount": ("amount_granted",),
    "period": ("start", "end"),
    "funder": ("funder",),
    "measure": ("measure_ref",),
    "recipient": ("recipient",),
}
#: Words in more titles than this find no pairs.
_COMMON_WORD = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two records (in key order) that may be one. ``evidence``: title, words, named or fields that agree for measures;
    name, name_like, street, website, email, phone, measures for partners; fields that agree for funding."""

    kind: str
    one: Known
    other: Known
    evidence: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset((self.one.key, self.other.key))


def candidates(state: State) -> list[Candidate]:
    """Pairs nobody has judged yet: partners first, since merging two of them settles what they both report."""
    found = [*_partners(state), *_measures(state), *_fundings(state)]
    return [candidate for candidate in found if candidate.keys not in state.apart]


def _measures(state: State) -> Iterator[Candidate]:
    links, measures = Links(state), list(state.kind("measure").values())
    identities = {known.key: identity_of("measure", known.values) for known in measures}
    for one, other in _sharing_words(measures, {key: telling_words(i) for key, i in identities.items()}):
        if one.partner != other.partner:
            evidence = evidence_of(identities[one.key], identities[other.key], other, one.partner, links)
            if evidence:
                yield Candidate("measure", one, other, evidence)


def _fundings(state: State) -> Iterator[Candidate]:
    links, known = Links(state), state.kind("funding")
    facts = Facts(
        day=dt.date.max,
        partners=tuple(partner_of(k) for k in state.kind("partner").values()),
        fundings=tuple(funding_of(k, links, []) for k in known.values()),
    )
    for pair in reported_twice(facts):
        one, other = sorted((pair.one.key, pair.other.key))
        fields = tuple(field for code in pair.evidence for field in _FUNDING_FIELDS[code])
        yield Candidate("funding", known[one], known[other], fields)


def _sharing_words(records: Iterable[Known], words: dict[str, frozenset[str]]) -> list[tuple[Known, Known]]:
    """Pairs with a word in common, each once, in key order."""
    by_word: dict[str, list[Known]] = defaultdict(list)
    for known in records:
        for word in words[known.key]:
            by_word[word].append(known)
    pairs = {
        (one.key, other.key): (one, other)
        for sharing in by_word.values()
        if len(sharing) <= _COMMON_WORD
        for one, other in combinations(sharing, 2)
    }
    return [pairs[keys] for keys in sorted(pairs)]


def _partners(state: State) -> Iterator[Candidate]:
    partners = state.kind("partner")
    names = {key: _texts(known, _NAMES) for key, known in partners.items()}
    fitting = _fitting(names)
    shared = _shared_facts(state)
    titles = _titles(state)
    for one, other in combinations(partners.values(), 2):
        pair = frozenset((one.key, other.key))
        evidence = (*fitting.get(pair, ()), *shared.get(pair, ()))
        if titles[one.key] & titles[other.key] and evidence:
            evidence = (*evidence, "measures")
        if set(evidence) & {"name", "name_like"} or len(evidence) > 1:
            yield Candidate("partner", one, other, evidence)


def _fitting(names: dict[str, list[str]]) -> dict[frozenset[str], tuple[str, ...]]:
    """Pairs of which one's name may mean the other too: abbreviated, without place or legal form, mistyped."""
    organisations = Organisations(names)
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for key, texts in names.items():
        for text in texts:
            sure, near = organisations.fitting(text)
            for other in (*sure, *near):
                if other != key:
                    found.setdefault(frozenset((key, other)), ("name",))
    for (one, texts), (other, others) in combinations(names.items(), 2):
        if any(_mistyped(bare(text), bare(known)) for text in texts for known in others):
            found.setdefault(frozenset((one, other)), ("name_like",))
    return found


def _mistyped(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=_ALIKE) > 0 and same_but_slips(one.split(" "), other.split(" "))


def _shared_facts(state: State) -> dict[frozenset[str], tuple[str, ...]]:
    """Pairs of organisations with the same street, website, address or telephone."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for known in state.kind("partner").values():
        for name in _SHARED:
            for text in _texts(known, (name,)):
                owners[name, bare(text)].add(known.key)
    for contact in state.kind("contact").values():
        for name in _CONTACT_SHARED:
            for text in _texts(contact, (name,)):
                owners[name, text.casefold()].add(contact.parent or contact.partner or "")
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for (name, _), keys in owners.items():
        for pair in map(frozenset, combinations(sorted(keys - {""}), 2)):
            found[pair] = tuple(dict.fromkeys((*found.get(pair, ()), name)))
    return found


def _titles(state: State) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for known in state.kind("measure").values():
        if known.partner and known.value("title"):
            found[known.partner].add(bare(str(known.value("title"))))
    return found


def _texts(known: Known, names: Iterable[str]) -> list[str]:
    parts = known.merged or [known]
    return list(dict.fromkeys(str(part.value(name)) for part in parts for name in names if part.value(name)))
