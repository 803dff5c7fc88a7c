"""Compares what the importer understood of a workbook with its truth, cell by cell."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple

from etl.issues import DeliveryRefused
from etl.pipeline.ledger import SheetLedger
from etl.pipeline.understanding import Understood, understand
from etl.stages.shapes import BLANKS, Draft, address
from etl.vocabulary import load_vocabulary
from tests.evaluation.truth import Fact, Record, Truth

#: The field a record is called by, the first that its truth states.
_CALLED_BY = ("title", "indicator", "text", "name", "programme", "funder", "contact_name", "current_value", "partner_b")
#: Fields that follow from another one of the same cells, and records made from fields of others. The text of contact
#: data that could not be taken apart says itself that it is not understood.
_DERIVED = re.compile(r"_precision$|^(goal|vacant|title_of|salutation)$")
_DERIVED_KINDS = frozenset(("milestone", "allocation", "field_of_action"))
#: Some truths speak of four states of a decision or an agreement; ours are finer.
_COARSER = {
    "postponed": "open", "to_decide": "open", "decided": "open", "overdue": "open", "ongoing": "in_progress",
    "rejected": "dropped", "kept": "done",
}  # fmt: skip
_CONFIDENT = frozenset(("known", "remembered"))


@dataclass(slots=True)
class Score:
    """Counts over one workbook or several. ``wrong`` are confident wrong values, ``doubtful`` wrong ones that are
    marked or stand in a column that is only proposed; ``invented`` are records that nobody wrote."""

    workbooks: int = 0
    records: int = 0
    records_found: int = 0
    invented: int = 0
    facts: int = 0
    right: int = 0
    values: int = 0
    wrong: int = 0
    doubtful: int = 0
    lost: int = 0
    kept: int = 0
    set_aside: int = 0
    reported: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class _Found:
    """One value the importer gives, with its root record and whether it claims to be sure."""

    root: int
    draft: Draft
    field: str
    value: Any
    cells: frozenset[str]
    confident: bool


def score(truth: Truth) -> Score:
    """The importer at work on one workbook, without a store: reading is a pure function of the bytes."""
    result = Score(workbooks=1, records=len(truth.records), facts=sum(len(r.facts) for r in truth.records))
    try:
        understood = understand(
            truth.file.read_bytes(), truth.file.name, load_vocabulary(), dt.date.fromisoformat(truth.day)
        )
    except DeliveryRefused as refusal:
        result.told.append(f"{truth.file.name}: REFUSED {refusal.issue.code}")
        result.reported = result.facts
        return result
    found = list(_found_in(understood))
    _Comparison(truth, understood, found, result).run()
    return result


class _Comparison:
    def __init__(self, truth: Truth, understood: Understood, found: list[_Found], result: Score) -> None:
        self.truth, self.understood, self.found, self.result = truth, understood, found, result
        self.by_cell: dict[str, list[_Found]] = defaultdict(list)
        for item in found:
            for cell in item.cells:
                self.by_cell[cell].append(item)
        self.matched: set[int] = set()
        self.roots: set[int] = set()
        self.outcomes = {
            f"{'csv' if understood.format in ('csv', 'tsv') else s.sheet.name}!{address(*p)}": outcome
            for s in understood.sheets
            for p, outcome in s.outcomes.items()
        }

    def run(self) -> None:
        for record in self.truth.records:
            self._record(record)
        self._wrong_values()
        self._invented()
        self.result.lost += sum(abs(_uncounted(sheet.ledger)) for sheet in self.understood.sheets)
        counted = sum(sheet.ledger.filled for sheet in self.understood.sheets)
        self.result.lost += max(0, _filled_by_another_reader(self.truth.file) - counted)
        self.result.lost += sum(cell not in self.outcomes for cell in self._value_cells())

    def _value_cells(self) -> set[str]:
        """The truth's cells, but for those that only a colour speaks in."""
        of_colour = {cell for f in self.found for cell in f.cells if f.draft.marks.get(f.field) == "status_from_colour"}
        cells = {cell for record in self.truth.records for fact in record.facts for cell in fact.cells}
        return {cell for cell in cells - of_colour if self._holds_something(cell)}

    def _holds_something(self, cell: str) -> bool:
        name, _, place = cell.rpartition("!")
        for sheet in self.understood.sheets:
            if name == ("csv" if self.understood.format in ("csv", "tsv") else sheet.sheet.name):
                row, column = coordinate_to_tuple(place)
                return sheet.sheet.filled(row, column)
        return True

    def _record(self, record: Record) -> None:
        called = _called(record)
        anchors = [f for f in self._candidates(called) if _fits(f, called.value)]
        self.result.records_found += bool(anchors)
        if not anchors:
            self._tell("record not found", called, self._candidates(called))
        roots = {f.root for f in anchors} or self._likeliest_root(record)
        self.roots |= roots
        for fact in record.facts:
            fits = [f for f in self._candidates(fact) if f.root in roots and _fits(f, fact.value)]
            if not fits and "." in fact.field and fact.field.endswith("contact"):
                fits = [f for f in self._candidates(fact) if f.root in roots and _contact_in(f.value, fact.value)]
            if fits:
                self.result.right += 1
                self.matched.update(map(id, fits))
            else:
                self._missed(fact, bool(anchors))

    def _likeliest_root(self, record: Record) -> set[int]:
        """A record whose name was not understood is still the one that most of its other facts belong to."""
        counts = Counter(f.root for fact in record.facts for f in self._candidates(fact) if _fits(f, fact.value))
        return {root for root, number in counts.most_common(1) if number >= 2}

    def _candidates(self, fact: Fact) -> list[_Found]:
        short = fact.field.partition(".")[2]
        return [f for cell in fact.cells for f in self.by_cell.get(cell, ()) if f.field == short]

    def _missed(self, fact: Fact, anchored: bool) -> None:
        outcomes = {self.outcomes.get(cell) for cell in fact.cells}
        if "kept" in outcomes:
            self.result.kept += 1
        elif "reported" in outcomes:
            self.result.reported += 1
        elif any(o and o.startswith("set_aside") for o in outcomes):
            self.result.set_aside += 1
        if anchored:
            self._tell(f"missed ({', '.join(sorted(map(str, outcomes)))})", fact, self._candidates(fact))

    def _wrong_values(self) -> None:
        """Values whose cells the truth speaks of otherwise, or not at all."""
        right_cells = {(f.field, cell) for f in self.found if id(f) in self.matched for cell in f.cells}
        for item in self.found:
            if _DERIVED.search(item.field) or item.draft.kind in _DERIVED_KINDS:
                continue
            if item.field == "partner" and any((f.field, f.value) == ("name", item.value) for f in self.found):
                continue  # a contact's partner, scored as that partner's name
            if item.field == "contact_name" and "contact_last_name" in item.draft.values:
                continue  # put together from two columns that are scored themselves
            self.result.values += 1
            if id(item) in self.matched or any((item.field, cell) in right_cells for cell in item.cells):
                continue
            if item.confident:
                self.result.wrong += 1
            else:
                self.result.doubtful += 1
            kind = "WRONG" if item.confident else "doubtful"
            where = sorted(item.cells)[0] if item.cells else "?"
            self.result.told.append(
                f"{self.truth.file.name}: {kind} {item.draft.kind}.{item.field} = {item.value!r} from {where}"
            )

    def _invented(self) -> None:
        mains = {r.kind for r in self.truth.records}
        roots = {f.root for f in self.found if f.draft.kind in mains and f.draft.parent is None}
        extra = roots - self.roots
        self.result.invented += len(extra)
        for root in sorted(extra):
            draft = self.understood.drafts[root]
            self.result.told.append(
                f"{self.truth.file.name}: INVENTED {draft.kind} row {draft.row}: {draft.values}"[:200]
            )

    def _tell(self, what: str, fact: Fact, found: Iterable[_Found]) -> None:
        seen = [f.value for f in found] or [
            f"{f.draft.kind}.{f.field}={f.value!r}" for cell in fact.cells for f in self.by_cell.get(cell, ())
        ]
        self.result.told.append(
            f"{self.truth.file.name}: {what} {fact.field} = {fact.value!r} at {', '.join(fact.cells)}; found {seen}"[
                :400
            ]
        )


def _uncounted(ledger: SheetLedger) -> int:
    """Filled cells that no part of the ledger counts (negative where one counts twice)."""
    parts = (ledger.headings, ledger.loaded, ledger.kept, ledger.withheld, ledger.reported, *ledger.set_aside.values())
    return ledger.filled - sum(parts)


def _filled_by_another_reader(file: Path) -> int:
    """How many cells openpyxl finds filled in an xlsx (but for those under merged cells); 0 for other formats."""
    if file.suffix != ".xlsx":
        return 0
    book = openpyxl.load_workbook(file)
    return sum(
        cell.value is not None and bool(str(cell.value).strip(BLANKS))
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def _called(record: Record) -> Fact:
    by_short = {fact.field.partition(".")[2]: fact for fact in record.facts}
    return next((by_short[name] for name in _CALLED_BY if name in by_short), record.facts[0])


def _found_in(understood: Understood) -> Iterator[_Found]:
    name_of = "csv" if understood.format in ("csv", "tsv") else None
    drafts = understood.drafts
    for place, (draft, number) in enumerate(zip(drafts, understood.table_of, strict=True)):
        sheet, table = understood.tables[number]
        root = place
        while drafts[root].parent is not None:
            root = drafts[root].parent  # type: ignore[assignment]
        hows = {c.field.partition(".")[2]: c.how for c in table.columns if c.field}
        for name, value in draft.values.items():
            cells = frozenset(f"{name_of or sheet}!{address(r, c)}" for r, c, _ in draft.cells.get(name, ()))
            proposed = hows.get(name, "known") not in _CONFIDENT or draft.marks.get(name) is not None
            doubt = proposed or name == "contact_combined" or bool(draft.qualifier.get(name, {}).keys() & {"approx", "provisional", "parenthesised"})
            yield _Found(root, draft, name, value, cells, not doubt)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "").replace("\u00a0", " ")).strip().casefold()


def _fits(found: _Found, truth: Any) -> bool:
    if _same(found.value, truth):
        return True
    state = found.field == "status" and found.draft.kind in ("decision", "agreement")
    return state and _COARSER.get(str(found.value)) == truth


def _same(found: Any, truth: Any) -> bool:
    """Equal but for blanks, spelling of numbers, and the order of lists."""
    if isinstance(truth, dict) and isinstance(found, dict):
        return all(_same(found.get(k), v) for k, v in truth.items()) and found.keys() <= truth.keys()
    if isinstance(truth, list):
        return {_plain(str(v)) for v in truth} == {
            _plain(str(v)) for v in (found if isinstance(found, list) else [found])
        }
    if isinstance(found, list):
        return len(found) == 1 and _same(found[0], truth)
    if isinstance(truth, (int, float)) and not isinstance(truth, bool):
        try:
            return abs(float(found) - truth) < 0.005
        except (TypeError, ValueError):
            return False
    return _plain(str(found)) == _plain(str(truth))


def _contact_in(found: Any, truth: Any) -> bool:
    """The contact of a measure stays one text: what the truth takes from it stands in it."""
    parts = truth.values() if isinstance(truth, dict) else [truth]
    return all(_plain(str(part)) in _plain(str(found)) for part in parts)
