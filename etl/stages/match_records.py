"""Which known record a drafted one is: its own id first, then its title in the same section.

Rules (design, identity): within a partner a record is matched by its own id, then by normalised title in the same
section; anything less is proposed to a person. Repeated own ids or titles are never merged silently, so the second
of two equal rows is the second record with that name, in every delivery anew. A running number (1, 2, 3) is no name:
when rows are inserted it moves, so an equal title goes before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from etl.issues import Issue
from etl.stages.resolve_references import bare
from etl.stages.shapes import Draft, address

#: Rows that say the same name again mean the same thing for these kinds (a goal's number stands on each indicator's
#: row).
MERGED = frozenset({"field_of_action", "goal", "indicator", "observation", "partner", "contact", "meeting"})
#: Titles at least this alike (0-100) are shown to a person as perhaps the same record.
PROPOSE = 85


@dataclass(frozen=True, slots=True)
class Identity:
    """What a record is recognised by: ``own_id`` as written, ``name`` normalised, ``section`` normalised, its
    parent's key.
    """

    kind: str
    own_id: str
    name: str
    section: str = ""
    parent: str | None = None


def identity_of(kind: str, values: Mapping[str, object], parent: str | None = None) -> Identity:
    """The identity that a record's values give it."""
    own_id = str(values.get("id", "")).strip()
    return Identity(kind, own_id, bare(_name(kind, values)), bare(str(values.get("field_of_action", ""))), parent)


def _name(kind: str, values: Mapping[str, object]) -> str:
    def text(*names: str) -> str:
        return next((str(values[n]) for n in names if values.get(n)), "")

    if kind == "indicator":
        return text("indicator")
    if kind == "observation":
        return f"{text('current_date')} {text('comparison_group')}".strip()
    if kind == "partner":
        return text("name")
    if kind == "contact":
        return text("contact_name", "email", "function", "contact_last_name", "phone") or "vacant"
    if kind == "cooperation":
        return text("title") or f"{text('partner_a')} {text('partner_b')}".strip()
    if kind == "funding":
        return (
            f"{text('title', 'programme', 'funder')} {text('recipient')} {text('start')}"
            if not values.get("id")
            else text("title", "programme", "funder")
        )
    if kind == "allocation":
        return text("measure_ref")
    if kind == "milestone":
        return text("milestone")
    if kind == "meeting":
        return f"{text('date')} {text('body')}".strip()
    return text("title", "text")


@dataclass(frozen=True, slots=True)
class Match:
    """The record a draft is: a known key, or None for a new one; ``merged_into`` is an earlier draft of the same
    record.
    """

    key: str | None
    merged_into: int | None = None


def match_records(
    drafts: Sequence[Draft], known: Iterable[tuple[str, Identity]], parents: Mapping[int, str] | None = None
) -> tuple[list[Match], list[Issue]]:
    """Match drafts to known records of the same owner.

    ``parents`` gives the key of a parent outside the file (draft index -> key). A new parent has no key yet: its
    children match nothing.
    """
    index = _Index(known)
    matches = [Match(None)] * len(drafts)
    identities = [Identity("", "", "")] * len(drafts)
    issues: list[Issue] = []
    first_of: dict[tuple[str, str, str, str | None], int] = {}
    unlike = _unlike_all_others(drafts)
    for number in _parents_first(drafts):
        draft = drafts[number]
        if number in unlike and draft.kind not in index.kinds:
            continue  # new, whatever it is called
        identity = identity_of(draft.kind, draft.values, _parent_of(number, draft, matches, parents or {}))
        identities[number] = identity
        same = (identity.kind, identity.own_id, identity.name, identity.parent)
        earlier = first_of.setdefault(same, number)
        if earlier != number and identity.kind in MERGED:
            matches[number] = Match(matches[earlier].key, earlier)
            continue
        if earlier != number and (identity.own_id or identity.name):
            issues.append(_repeated(draft, drafts[earlier]))
        matches[number] = Match(index.take(identity))
    return matches, issues + _proposals(drafts, identities, matches, index)


def _unlike_all_others(drafts: Sequence[Draft]) -> set[int]:
    """Drafts with an own id that no other of their kind has: they are never the same record as another one's."""
    ids = [(draft.kind, str(draft.values.get("id", "")).strip()) for draft in drafts]
    times = Counter(ids)
    return {number for number, (kind, own_id) in enumerate(ids) if own_id and times[kind, own_id] == 1}


def _parents_first(drafts: Sequence[Draft]) -> list[int]:
    """Draft indexes so that every parent comes before its children, otherwise in the order of the file."""
    if all(draft.parent is None for draft in drafts):
        return list(range(len(drafts)))

    def depth(number: int) -> int:
        parent = drafts[number].parent
        return 0 if parent is None else 1 + depth(parent)

    return sorted(range(len(drafts)), key=depth)


def _parent_of(number: int, draft: Draft, matches: Sequence[Match], outside: Mapping[int, str]) -> str | None:
    if draft.parent is None:
        return outside.get(number)
    parent = matches[draft.parent]
    root = draft.parent if parent.merged_into is None else parent.merged_into
    return parent.key or f"#{root}"


class _Index:
    """Known records that no draft has taken yet."""

    def __init__(self, known: Iterable[tuple[str, Identity]]) -> None:
        self.left: dict[str, Identity] = dict(sorted(known))
        self.kinds = {identity.kind for identity in self.left.values()}
        self.by_id: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.by_name: dict[tuple[str, str, str | None], list[str]] = defaultdict(list)
        for key, identity in self.left.items():
            if identity.own_id:
                self.by_id[identity.kind, identity.own_id].append(key)
            if identity.name:
                self.by_name[identity.kind, identity.name, identity.parent].append(key)

    def take(self, wanted: Identity) -> str | None:
        by_name = self._named(wanted)
        by_id = self._with_id(wanted)
        if wanted.own_id and not wanted.own_id.isdigit():
            order = by_id or ([] if any(self.left[k].own_id for k in by_name) else by_name)
        elif wanted.own_id:
            both = [key for key in by_name if key in by_id]
            order = both or by_name or by_id
        else:
            order = by_name
        if not order:
            return None
        self.left.pop(order[0])
        return order[0]

    def _named(self, wanted: Identity) -> list[str]:
        if not wanted.name:
            return []
        named = self.by_name.get((wanted.kind, wanted.name, wanted.parent), [])
        if not named and wanted.parent is not None:
            # an indicator that came before its goal had no parent yet
            named = self.by_name.get((wanted.kind, wanted.name, None), [])
        keys = [k for k in named if k in self.left]
        same_section = [k for k in keys if self.left[k].section == wanted.section]
        return same_section or keys

    def _with_id(self, wanted: Identity) -> list[str]:
        keys = [k for k in self.by_id.get((wanted.kind, wanted.own_id), ()) if k in self.left]
        return [k for k in keys if self.left[k].parent == wanted.parent]


def _repeated(draft: Draft, earlier: Draft) -> Issue:
    title = str(draft.values.get("title") or draft.values.get("id") or draft.kind)
    return Issue(
        "record_repeated",
        cells=tuple(address(d.row, 1) for d in (earlier, draft)),
        found=title,
        values={"kind": draft.kind, "row": draft.row, "earlier": earlier.row},
    )


def _proposals(
    drafts: Sequence[Draft], identities: Sequence[Identity], matches: Sequence[Match], index: _Index
) -> list[Issue]:
    left: dict[str, dict[str, str]] = defaultdict(dict)
    for key, identity in index.left.items():
        if identity.name and identity.kind not in MERGED:
            left[identity.kind][key] = identity.name
    issues: list[Issue] = []
    if not left:
        return issues
    for draft, identity, match in zip(drafts, identities, matches, strict=True):
        if match.key is None and identity.name and left.get(identity.kind):
            best = process.extractOne(identity.name, left[identity.kind], scorer=fuzz.ratio, score_cutoff=PROPOSE)
            if best:
                issues.append(
                    Issue(
                        "match_proposed",
                        cells=(address(draft.row, 1),),
                        found=str(draft.values.get("title", identity.name)),
                        values={"kind": draft.kind, "row": draft.row, "known": best[0]},
                        proposal=best[2],
                    )
                )
    return issues
