"""The known records of a partner, and who of the newly read ones they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from etl.stages.matching.identity import Identity

#: Titles less alike than this (0-100) have nothing to do with one another.
UNLIKE = 50
_SAME_SECTION = 85


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to tell about a match that was made: its issue code, the title and the values of the sentence."""

    code: str
    title: str
    values: dict[str, object] = field(default_factory=dict)


class Candidates:
    """Known records that nothing read has taken yet. ``doubts``: draft -> what a person should look at."""

    def __init__(self, known: Iterable[tuple[str, Identity]]) -> None:
        self.left: dict[str, Identity] = dict(sorted(known, key=lambda pair: pair[0]))
        self.kinds = {identity.kind for identity in self.left.values()}
        self.doubts: dict[int, Doubt] = {}
        self._sections = {(i.kind, i.section) for i in self.left.values()}
        self._by_id: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for key, identity in self.left.items():
            if identity.own_id:
                self._by_id[identity.kind, identity.own_id].append(key)
            if identity.name:
                self._by_name[identity.kind, identity.name].append(key)

    def take(self, key: str) -> None:
        """Leave a record to nobody else: it is known already who is meant."""
        self.left.pop(key, None)

    def assign(self, wanted: Mapping[int, Identity]) -> dict[int, str]:
        """Draft -> key of the record it is: by id and title, by a title whose id moved, by id, by title."""
        wanted = {number: identity for number, identity in wanted.items() if identity.kind in self.kinds}
        if not wanted:
            return {}
        file = _File(wanted)
        found: dict[int, str] = {}
        renumbered: set[str] = set()
        for step in (self._exactly, self._renumbered, self._by_own_id, self._by_title):
            for number, identity in wanted.items():
                if number not in found:
                    key = step(number, identity, file, renumbered)
                    if key is not None:
                        found[number] = key
                        del self.left[key]
        return found

    def _exactly(self, number: int, wanted: Identity, file: _File, renumbered: set[str]) -> str | None:
        if not wanted.own_id:
            return None
        return next((key for key in self._with_id(wanted) if self.left[key].name == wanted.name), None)

    def _renumbered(self, number: int, wanted: Identity, file: _File, renumbered: set[str]) -> str | None:
        """One title on both sides, and its number is now another's, or the number it has now was."""
        keys = self._titled(wanted, file)
        if not wanted.own_id or wanted.own_id.isdigit() or len(keys) != 1 or file.names[_named(wanted)] != 1:
            return None
        before = self.left[keys[0]].own_id
        if not before or before == wanted.own_id:
            return None
        if not self._by_id.get((wanted.kind, wanted.own_id)) and (wanted.kind, before) not in file.ids:
            return None
        renumbered.add(wanted.kind)
        self.doubts[number] = Doubt("own_ids_changed", wanted.title, {"before": before, "now": wanted.own_id})
        return keys[0]

    def _by_own_id(self, number: int, wanted: Identity, file: _File, renumbered: set[str]) -> str | None:
        """An own id is certain, but for a running number, and ids that were given anew, the title has its say too."""
        keys = self._with_id(wanted) if wanted.own_id else []
        if not keys or (wanted.own_id.isdigit() and self._titled(wanted, file)):
            return None
        # an id that was given anew is another record's too, which nobody mentions any more
        keys.sort(key=lambda key: -fuzz.ratio(wanted.name, self.left[key].name))
        known = self.left[keys[0]]
        if not wanted.name or not known.name or _related(wanted.name, known.name):
            return keys[0]
        if wanted.own_id.isdigit() or wanted.kind in renumbered or len(keys) > 1:
            return None
        self.doubts[number] = Doubt("record_retitled", wanted.title, {"own_id": wanted.own_id, "known": known.title})
        return keys[0]

    def _by_title(self, number: int, wanted: Identity, file: _File, renumbered: set[str]) -> str | None:
        certain = not wanted.own_id or wanted.own_id.isdigit()
        keys = self._titled(wanted, file)
        return next((key for key in keys if certain or not self.left[key].own_id), None)

    def _titled(self, wanted: Identity, file: _File) -> list[str]:
        """Those with this title in the same section; an indicator that came before its goal had no parent yet."""
        keys = [k for k in self._by_name.get(_named(wanted), ()) if k in self.left] if wanted.name else []
        own = [k for k in keys if self.left[k].parent == wanted.parent]
        keys = own or [k for k in keys if self.left[k].parent is None and wanted.parent is not None]
        same = [k for k in keys if self.left[k].section == wanted.section]
        return same or [k for k in keys if self._same_section(wanted, self.left[k], file)]

    def _same_section(self, wanted: Identity, known: Identity, file: _File) -> bool:
        """One that a side does not state, or that was only renamed: the old name is gone, the new one is new."""
        if not wanted.section or not known.section:
            return True
        renamed = (wanted.kind, known.section) not in file.sections and (
            (wanted.kind, wanted.section) not in self._sections
        )
        return renamed or fuzz.ratio(wanted.section, known.section) >= _SAME_SECTION

    def _with_id(self, wanted: Identity) -> list[str]:
        keys = [k for k in self._by_id.get((wanted.kind, wanted.own_id), ()) if k in self.left]
        return [k for k in keys if self.left[k].parent == wanted.parent]


class _File:
    """What the file says as a whole: how often each title, which ids, which sections."""

    def __init__(self, wanted: Mapping[int, Identity]) -> None:
        self.names = Counter(_named(identity) for identity in wanted.values())
        self.ids = {(i.kind, i.own_id) for i in wanted.values() if i.own_id}
        self.sections = {(i.kind, i.section) for i in wanted.values()}


def _named(identity: Identity) -> tuple[str, str]:
    return identity.kind, identity.name


def _related(name: str, other: str) -> bool:
    """Whether a title may be another's new wording: a longer word in common, or much the same letters."""
    words, others = ({word[:6] for word in text.split(" ") if len(word) >= 4} for text in (name, other))
    return bool(words & others) or fuzz.ratio(name, other) >= UNLIKE
