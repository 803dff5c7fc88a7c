"""Records that may be one, side by side field by field, and what was judged about others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.contradictions import about
from dashboard.answers.once import Once
from dashboard.answers.order import alphabetical
from dashboard.answers.picture import Picture
from dashboard.answers.provenance import Eyes, Meaning, field_of, may_be_asked, origin_of
from etl.model.judged import weighed
from etl.model.state import Known
from etl.pipeline.candidates import Candidate, candidates
from etl.vocabulary import load_vocabulary

_candidates = Once[Picture, list[Candidate]](lambda picture: candidates(picture.state))


@dataclass(frozen=True, slots=True)
class Line:
    """One field of both records: ``how`` is same, different or once (only one of them states it). ``spoke``: it is
    evidence that they are one. Values are None where nothing is stated."""

    term: str
    values: tuple[Any, Any]
    meanings: tuple[Meaning, Meaning]
    how: str
    spoke: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said about a pair: that it is one record, ``kept`` the key that stays, or two (None)."""

    number: int
    person: str
    reason: str
    known: dt.datetime
    kept: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by ``keys``, in that order ``titles`` and ``partners`` (who reports them). ``evidence`` are codes."""

    kind: str
    keys: tuple[str, str]
    titles: tuple[str, str]
    partners: tuple[str, str]
    evidence: tuple[str, ...]
    lines: tuple[Line, ...]
    judged: Verdict | None = None

    @property
    def key(self) -> str:
        return "+".join(self.keys)

    def key_if_kept(self, kept: str) -> str:
        """The key of the pair once it was merged into ``kept``."""
        return "+".join(sorted(self.keys, key=lambda key: key != kept))


def waiting_keys(picture: Picture, kind: str) -> list[frozenset[str]]:
    """The keys of each pair of a kind of record that nobody has judged: for counting, whoever looks."""
    return [found.keys for found in _candidates(picture) if found.kind == kind]


def pairs(picture: Picture, viewer: Viewer) -> tuple[Pair, ...]:
    """Pairs nobody has judged and those that were: all for the office, a partner's own for the partner."""
    eyes = Eyes(viewer.role == "coordinator", viewer.partner if viewer.role == "partner" else None)
    return _pairs(picture, eyes)


def _all(picture: Picture, eyes: Eyes) -> tuple[Pair, ...]:
    found = [*_waiting(picture, eyes), *_judged(picture, eyes)]
    return tuple(sorted(found, key=lambda pair: (pair.kind != "partner", alphabetical(pair.titles[0]), pair.key)))


_pairs = Once[Picture, tuple[Pair, ...]](_all)


def _waiting(picture: Picture, eyes: Eyes) -> Iterator[Pair]:
    for candidate in _candidates(picture):
        if _concerns(candidate.one, eyes) or _concerns(candidate.other, eyes):
            yield _pair(picture, candidate.one, candidate.other, candidate.evidence, eyes)


def _judged(picture: Picture, eyes: Eyes) -> Iterator[Pair]:
    for row in picture.state.samenesses:
        one, other = _part(picture, row.kept), _part(picture, row.other)
        if one is not None and other is not None and (_concerns(one, eyes) or _concerns(other, eyes)):
            verdict = Verdict(row.id, row.person, row.reason, row.known_from, row.kept if row.same else None)
            yield _pair(picture, one, other, tuple(row.evidence), eyes, verdict)


def _part(picture: Picture, key: str) -> Known | None:
    """A record as it was before it was merged."""
    known = picture.state.find(key)
    return next((part for part in known.merged if part.key == key), known) if known is not None else None


def _concerns(known: Known, eyes: Eyes) -> bool:
    return eyes.owns(known.key if known.kind == "partner" else known.partner)


def _pair(
    picture: Picture,
    one: Known,
    other: Known,
    evidence: tuple[str, ...],
    eyes: Eyes,
    judged: Verdict | None = None,
) -> Pair:
    return Pair(
        kind=one.kind,
        keys=(one.key, other.key),
        titles=(about(one, picture), about(other, picture)),
        partners=(_reporter(one, picture), _reporter(other, picture)),
        evidence=evidence,
        lines=tuple(_lines(picture, one, other, evidence, eyes)),
        judged=judged,
    )


def _reporter(known: Known, picture: Picture) -> str:
    """The partner that reports a measure, by the short name; a partner by its whole name."""
    if known.kind == "partner":
        return about(known, picture)
    found = picture.facts.partner_by_key.get(known.partner or "")
    return (found.short_name or found.name) if found else "–"


def _lines(picture: Picture, one: Known, other: Known, evidence: tuple[str, ...], eyes: Eyes) -> Iterator[Line]:
    """Field by field in the order of the vocabulary; contacts are left out."""
    for name in (f.short for f in load_vocabulary().fields.values() if f.kind == one.kind and f.type != "contact"):
        values = tuple(_value(known, name) for known in (one, other))
        if values == (None, None) or not may_be_shown(picture, one, other, name, eyes):
            continue
        meanings = tuple(_meaning(picture, known, name, eyes) for known in (one, other))
        alike = weighed(values[0]) == weighed(values[1])
        how = "once" if None in values else "same" if alike else "different"
        field = field_of(one.kind, name)
        spoke = name in evidence or (name in ("title", "name") and bool({"words", "name_like"} & set(evidence)))
        yield Line(field.name if field else name, values, meanings, how, spoke)  # type: ignore[arg-type]


def may_be_shown(picture: Picture, one: Known, other: Known, name: str, eyes: Eyes) -> bool:
    return all(may_be_asked(picture, known, name, eyes) for known in (one, other) if name in known.holds)


def _value(known: Known, name: str) -> Any:
    value = known.value(name)
    return None if value in ("", []) else value


def _meaning(picture: Picture, known: Known, name: str, eyes: Eyes) -> Meaning:
    if name in known.holds:
        return origin_of(picture, known, name, known.holds[name], eyes).meaning
    return Meaning("text")
