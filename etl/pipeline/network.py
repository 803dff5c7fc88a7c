"""The names of the network's goals and partners: folded once, then only what was said since.

Every import asks for them, and most imports add a partner or nothing at all. What was folded is kept per store and
never changed: it holds for one version of the store, and the next version's is made from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from etl.model.judgements import Sameness, judgements, roots_of
from etl.model.packing import Said
from etl.model.state import Known, fold
from etl.model.statements import statements
from etl.model.store import Connection, versions_in
from etl.stages.resolve_references import Names

#: Kinds whose records are referred to by name, and the fields that name them.
NAMING: Mapping[str, tuple[str, ...]] = {
    "goal": ("id", "title", "short_title"),
    "partner": ("name", "short_name"),
}


@dataclass(frozen=True, slots=True)
class Network:
    """Goals and partners as known at ``version`` of the store, and their names by kind. Look, but change nothing.

    ``roots``: partners that were merged -> the partner they count as; their names are that one's too.
    """

    version: int
    undone: int
    last: int
    records: Mapping[str, Known]
    names: Mapping[str, Names]
    roots: Mapping[str, str]

    def name_of(self, partner: str) -> str | None:
        """The name of the partner with this key, if it is one."""
        found = self.records.get(partner)
        return str(found.value("name")) if found is not None and found.kind == "partner" else None

    @property
    def partners(self) -> dict[str, Known]:
        found = sorted(self.records.items())
        return {key: known for key, known in found if known.kind == "partner" and key not in self.roots}


#: The latest network of each open store (by its engine).
_kept: WeakKeyDictionary[Any, Network] = WeakKeyDictionary()


def network_in(connection: Connection) -> Network:
    """The network as this transaction sees it."""
    version, undone = versions_in(connection)
    kept = _kept.get(connection.engine)
    if kept is not None and kept.version == version:
        return kept
    roots = roots_of([row for row in judgements(connection, Sameness) if row.kind == "partner"])
    if kept is None or kept.undone != undone or kept.version > version or kept.roots != roots:
        kept = Network(version, undone, 0, {}, _no_names(), roots)
    said = statements(connection, kinds=NAMING, after=kept.last)
    network = _kept[connection.engine] = _later(kept, said, version)
    return network


def _later(before: Network, said: Iterable[Said], version: int) -> Network:
    """``before`` and what was said since."""
    new: dict[str, list[Said]] = defaultdict(list)
    last = before.last
    for statement in said:
        new[statement.record].append(statement)
        last = max(last, statement.id[0])
    if not new:
        return replace(before, version=version, last=last)
    records = dict(before.records)
    for key, statements_ in new.items():
        known = records.get(key)
        records[key] = fold([*(known.said if known else ()), *statements_])
    if _only_behind(new, records, before):
        copies = {kind: names.copy() for kind, names in before.names.items()}
        names = _with_names(sorted(new), records, before.roots, copies)
    else:
        names = _with_names(sorted(records), records, before.roots, _no_names())
    return replace(before, version=version, last=last, records=records, names=names)


def _only_behind(new: Iterable[str], records: Mapping[str, Known], before: Network) -> bool:
    """Whether all new keys follow the known ones, so that adding their names gives what adding all in order gives."""
    last = {kind: next(reversed(names.texts), "") for kind, names in before.names.items()}
    return all(key not in before.records and key > last[records[key].kind] for key in new)


def _no_names() -> dict[str, Names]:
    return {kind: Names(organisations=kind == "partner") for kind in NAMING}


def _with_names(
    keys: Iterable[str], records: Mapping[str, Known], roots: Mapping[str, str], names: dict[str, Names]
) -> dict[str, Names]:
    for key in keys:
        known = records[key]
        names[known.kind].add(roots.get(key, key), *[known.value(field) for field in NAMING[known.kind]])
    return names
