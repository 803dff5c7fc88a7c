"""Which known record a drafted one is: its own id first, then its title in the same section.

Rules (design, identity): within a partner a record is matched by its own id, then by normalised title in the same
section; anything less is proposed to a person. Repeated own ids or titles are never merged silently, so the second
of two equal rows is the second record with that name, in every delivery anew. A running number (1, 2, 3) is no name:
when rows are inserted it moves, so an equal title goes before it. Own ids that were given anew are known by the titles
that moved with them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from etl.issues import Issue
from etl.stages.matching.candidates import Candidates, Doubt
from etl.stages.matching.identity import Identity, identity_of
from etl.stages.matching.likeness import likenesses
from etl.stages.shapes import Draft, address

__all__ = ["MERGED", "Identity", "Match", "identity_of", "match_records"]

#: Rows that say the same name again mean the same thing for these kinds (a goal's number stands on each indicator's
#: row).
MERGED = frozenset({"field_of_action", "goal", "indicator", "observation", "partner", "contact", "meeting"})


@dataclass(frozen=True, slots=True)
class Match:
    """The record a draft is: a known key, or None for a new one; ``merged_into`` is an earlier draft of the same
    record.
    """

    key: str | None
    merged_into: int | None = None


def match_records(
    drafts: Sequence[Draft],
    known: Iterable[tuple[str, Identity]],
    parents: Mapping[int, str] | None = None,
    pinned: Mapping[int, str] | None = None,
) -> tuple[list[Match], list[Issue]]:
    """Match drafts to known records of the same owner.

    ``pinned`` drafts are of the record with this key, whatever they are called (rows of an answered form).

    ``parents`` gives the key of a parent outside the file (draft index -> key). A new parent has no key yet: its
    children match nothing. Issues carry the ``draft`` they are about among their values.
    """
    index = Candidates(known)
    matches = [Match(None)] * len(drafts)
    for number, key in (pinned or {}).items():
        matches[number] = Match(key)
        index.take(key)
    identities: dict[int, Identity] = {}
    issues: list[Issue] = []
    first_of: dict[tuple[str, str, str, str | None], int] = {}
    unlike = _unlike_all_others(drafts)
    for generation in _parents_first(drafts):
        wanted: dict[int, Identity] = {}
        for number in generation:
            if matches[number].key is not None:
                continue
            draft = drafts[number]
            if number in unlike and draft.kind not in index.kinds:
                continue  # new, whatever it is called
            identity = identity_of(draft.kind, draft.values, _parent_of(number, draft, matches, parents or {}))
            same = (identity.kind, identity.own_id, identity.name, identity.parent)
            earlier = first_of.setdefault(same, number)
            if earlier != number and identity.kind in MERGED:
                matches[number] = Match(None, earlier)
                continue
            if earlier != number and (identity.own_id or identity.name):
                issues.append(_repeated(number, draft, drafts[earlier]))
            wanted[number] = identity
        for number, key in index.assign(wanted).items():
            matches[number] = Match(key)
        for number in generation:
            earlier_match = matches[number].merged_into
            if earlier_match is not None:
                matches[number] = Match(matches[earlier_match].key, earlier_match)
        identities |= wanted
    told = [_told(drafts[number], number, doubt) for number, doubt in index.doubts.items()]
    return matches, issues + told + _proposals(drafts, identities, matches, index)


def _unlike_all_others(drafts: Sequence[Draft]) -> set[int]:
    """Drafts with an own id that no other of their kind has: they are never the same record as another one's."""
    ids = [(draft.kind, str(draft.values.get("id", "")).strip()) for draft in drafts]
    times = Counter(ids)
    return {number for number, (kind, own_id) in enumerate(ids) if own_id and times[kind, own_id] == 1}


def _parents_first(drafts: Sequence[Draft]) -> list[list[int]]:
    """Draft indexes by generation, every parent's before its children's, each in the order of the file."""
    if all(draft.parent is None for draft in drafts):
        return [list(range(len(drafts)))]

    def depth(number: int) -> int:
        parent = drafts[number].parent
        return 0 if parent is None else 1 + depth(parent)

    generations: dict[int, list[int]] = defaultdict(list)
    for number in range(len(drafts)):
        generations[depth(number)].append(number)
    return [generations[depth] for depth in sorted(generations)]


def _parent_of(number: int, draft: Draft, matches: Sequence[Match], outside: Mapping[int, str]) -> str | None:
    if draft.parent is None:
        return outside.get(number)
    parent = matches[draft.parent]
    root = draft.parent if parent.merged_into is None else parent.merged_into
    return parent.key or f"#{root}"


def _repeated(number: int, draft: Draft, earlier: Draft) -> Issue:
    title = str(draft.values.get("title") or draft.values.get("id") or draft.kind)
    return Issue(
        "record_repeated",
        cells=tuple(address(d.row, 1) for d in (earlier, draft)),
        found=title,
        values={"kind": draft.kind, "row": draft.row, "earlier": earlier.row, "draft": number},
    )


def _told(draft: Draft, number: int, doubt: Doubt) -> Issue:
    values = {"kind": draft.kind, "row": draft.row, "draft": number, **doubt.values}
    return Issue(doubt.code, cells=(address(draft.row, 1),), found=doubt.title, values=values)


def _proposals(
    drafts: Sequence[Draft], identities: Mapping[int, Identity], matches: Sequence[Match], index: Candidates
) -> list[Issue]:
    """New records that may be known ones nobody mentioned: each known record for the one that fits it best."""
    open_ = {n: i for n, i in identities.items() if matches[n].key is None and matches[n].merged_into is None}
    found = []
    for number, alike in likenesses(open_, {k: i for k, i in index.left.items() if i.kind not in MERGED}).items():
        draft, known = drafts[number], index.left[alike.key]
        values = {"kind": draft.kind, "row": draft.row, "draft": number, "known": known.title, "key": alike.key}
        values["evidence"] = list(alike.evidence)
        cells, title = (address(draft.row, 1),), open_[number].title
        found.append(Issue("match_proposed", cells=cells, found=title, values=values, proposal=known.title))
    return found
