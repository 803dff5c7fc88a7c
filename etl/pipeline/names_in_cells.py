"""Goals and partners that cells of a file name: which of them the network knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from etl.issues import Issue
from etl.pipeline.network import Network
from etl.pipeline.understanding import Understood
from etl.stages.resolve_references import Names, Resolved, bare, look_up
from etl.stages.shapes import Draft, addresses, addresses_of
from etl.vocabulary import load_vocabulary

#: Kind -> text in a cell that names such a record -> how certain it is which (``Resolved.how``).
Named = dict[str, dict[str, str]]


def names_in_cells(understood: Understood, sender: str, network: Network) -> tuple[Named, list[Issue]]:
    """Goals and partners named in cells, and an issue for each name that the network does not know, or only by a
    similar one. Cells that name a similar one get a mark."""
    names = {kind: known.copy() for kind, known in network.names.items()}
    _add_drafted_names(understood.drafts, names)
    _add_new(names["partner"], -1, [sender])
    issues: list[Issue] = []
    drafts = understood.drafts
    told: Named = defaultdict(dict)
    for (sheet, kind), spoken in _spoken_of(understood, names).items():
        for text, places in spoken.items():
            resolved = look_up(text, names[kind])
            told[kind][text] = resolved.how
            if resolved.how != "known":
                cells = tuple(_cells_of(places, drafts))
                issues.append(_reference_issue(resolved, names[kind], kind, sheet, cells, text))
            if resolved.how == "similar":
                for name, numbers in places:
                    for number in numbers:
                        drafts[number].marks[name] = "reference_similar"
    return told, issues


def _reference_issue(
    resolved: Resolved, names: Names, kind: str, sheet: str, cells: tuple[str, ...], text: str
) -> Issue:
    """``key`` and ``keys`` among the values are for a click, ``candidates`` and the proposal for people."""
    code = f"reference_{resolved.how}"
    if resolved.how == "ambiguous":
        called = [names.called(key) for key in resolved.candidates]
        return Issue(code, sheet, cells, text, {"kind": kind, "keys": list(resolved.candidates), "candidates": called})
    likely = resolved.key or next(iter(resolved.candidates), None)
    values = {"kind": kind, "key": likely} if likely else {"kind": kind}
    return Issue(code, sheet, cells, text, values, names.called(likely) if likely else None)


#: Text -> where it is spoken: field -> numbers of drafts.
_Spoken = dict[str, list[tuple[str, list[int]]]]


def _spoken_of(understood: Understood, kinds: Iterable[str]) -> dict[tuple[str, str], _Spoken]:
    """(sheet, kind of what is named) -> what is named there."""
    of_table: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (draft, table_no) in enumerate(zip(understood.drafts, understood.table_of, strict=True)):
        if draft.references:
            of_table[table_no, draft.kind].append(number)
    found: dict[tuple[str, str], _Spoken] = defaultdict(lambda: defaultdict(list))
    for (table_no, kind), numbers in of_table.items():
        referred = _referred_kinds(kind, frozenset(kinds))
        told = [understood.drafts[number].references for number in numbers]
        for name in dict.fromkeys(chain.from_iterable(told)):
            if name in referred:
                spoken = found[understood.tables[table_no][0], referred[name]]
                for texts, places in _alike([references.get(name) for references in told], numbers):
                    for text in texts:
                        spoken[text].append((name, places))
    return found


def _alike(told: Sequence[list[str] | None], numbers: Sequence[int]) -> Iterable[tuple[list[str], list[int]]]:
    """The same texts, and the numbers of all drafts that name them (drafts of a column share the list)."""
    alike: dict[int, tuple[list[str], list[int]]] = {}
    for texts, number in zip(told, numbers, strict=True):
        if texts:
            if id(texts) not in alike:
                alike[id(texts)] = texts, []
            alike[id(texts)][1].append(number)
    return alike.values()


def _cells_of(places: Sequence[tuple[str, list[int]]], drafts: Sequence[Draft]) -> list[str]:
    """The cells in which a name is spoken, in the order of the drafts."""
    names = {name for name, _ in places}
    if len(names) == 1:
        numbers = sorted(chain.from_iterable(numbers for _, numbers in places))
        return addresses_of([drafts[number] for number in numbers], names.pop())
    spoken = sorted(((number, name) for name, numbers in places for number in numbers), key=itemgetter(0))
    return [cell for number, name in spoken for cell in addresses(drafts[number], name)]


@lru_cache(maxsize=100)
def _referred_kinds(kind: str, kinds: frozenset[str]) -> dict[str, str]:
    """Field of a record of this kind -> the kind of record it names, for those among ``kinds``."""
    fields = load_vocabulary().fields.values()
    of_goals = {field.short: field.values for field in fields if field.entity == "goal"}
    own = {field.short: field.values for field in fields if field.entity == kind}
    return {name: values for name, values in (of_goals | own).items() if values in kinds}


def _add_drafted_names(drafts: list[Draft], names: dict[str, Names]) -> None:
    for number, draft in enumerate(drafts):
        if draft.kind == "goal":
            _add_new(names["goal"], number, [draft.values.get(n) for n in ("id", "title", "short_title")])
        elif draft.kind == "partner":
            _add_new(names["partner"], number, [draft.values.get(n) for n in ("name", "short_name")])


def _add_new(names: Names, number: int, texts: list[object]) -> None:
    """Names the file brings itself; those the network knows already keep their record."""
    names.add(f"#{number}", *[str(t) for t in texts if t and bare(str(t)) not in names.by_name])
