"""What a workbook says: a pure function of its bytes, the vocabulary, confirmed mappings and a day. No store, no
clock.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from etl.issues import DeliveryRefused, Issue
from etl.pipeline.ledger import SheetLedger, count, ranges, settle
from etl.stages.blank_forms import blank_forms
from etl.stages.check import check
from etl.stages.check_totals import check_totals
from etl.stages.columns.remembered import Confirmed, remembered_for
from etl.stages.corrections import Corrections, corrected, meanings_on, tell_corrected
from etl.stages.find_tables import find_tables
from etl.stages.name_columns import name_columns
from etl.stages.outcomes import Outcomes
from etl.stages.own_marks import take_own_marks_off
from etl.stages.read_values import read_values
from etl.stages.read_workbook import read_workbook
from etl.stages.readings.dates import read_date
from etl.stages.refuse_clients import refuse_clients
from etl.stages.resolve_references import Names, resolve_references
from etl.stages.shapes import Draft, Sheet, Table, address
from etl.stages.tell_beside import tell_beside
from etl.stages.tell_file import tell_file
from etl.vocabulary import Vocabulary

_AS_OF_WORDS = re.compile(r"^.*?(?:Daten)?[Ss]tand(?:\s+vom)?\s*:?\s*|^\s*[Aa]s (?:of|at)\s*:?\s*", re.DOTALL)
#: What people confirmed about the sender's headings.
Remembered = Sequence[Confirmed]
_AS_SENT = Corrections()


@dataclass(slots=True)
class SheetUnderstood:
    """One sheet with its tables, what became of each filled cell, and the ledger that proves it."""

    sheet: Sheet
    tables: list[Table]
    outcomes: Outcomes
    ledger: SheetLedger


@dataclass(slots=True)
class Understood:
    """A whole file. ``drafts`` of all tables in one list; ``table_of[i]`` is the number of draft i's table,
    ``tables`` the (sheet name, table) by that number."""

    format: str
    sheets: list[SheetUnderstood]
    drafts: list[Draft] = field(default_factory=list)
    table_of: list[int] = field(default_factory=list)
    tables: list[tuple[str, Table]] = field(default_factory=list)
    days: list[dt.date | None] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    looked_at: bool = False


def understand(
    content: bytes,
    file: str,
    vocabulary: Vocabulary,
    day: dt.date,
    remembered: Remembered = (),
    corrections: Corrections = _AS_SENT,
    looked_at: bool = False,
) -> Understood:
    """Read and recognise a file. Raises ``DeliveryRefused`` where it can't be used at all. ``looked_at``: it was
    accepted before, so it is known not to tell of single clients (a copy from which a contact was erased may look
    so)."""
    workbook = read_workbook(content, file)
    own = take_own_marks_off(workbook)
    result = Understood(workbook.format, [], issues=tell_file(workbook, file), looked_at=looked_at)
    result.issues += own.issues
    blank = blank_forms([sheet for sheet in workbook.sheets if sheet.name not in own.sheets], vocabulary)
    for sheet in workbook.sheets:
        if sheet.name in own.sheets:
            _set_aside(sheet, result, "feedback")
        elif sheet.name in blank:
            _set_aside(sheet, result, "template_row")
        else:
            _understand_sheet(sheet, vocabulary, day, remembered, corrections, result)
    _link_indicators(result.drafts)
    if not any(s.ledger.filled for s in result.sheets):
        raise DeliveryRefused(Issue("file_empty"))
    if not any(table.kind for _, table in result.tables):
        broken = next((issue for issue in result.issues if issue.code == "text_garbled"), None)
        raise DeliveryRefused(
            broken or Issue("file_no_table", values={"sheets": [s.sheet.name for s in result.sheets]})
        )
    for understood in result.sheets:
        if not understood.ledger.adds_up:
            raise DeliveryRefused(Issue("file_ledger_broken", sheet=understood.sheet.name))
    return result


def _understand_sheet(
    sheet: Sheet,
    vocabulary: Vocabulary,
    day: dt.date,
    remembered: Remembered,
    corrections: Corrections,
    result: Understood,
) -> None:
    read = corrected(sheet, corrections)
    tables, set_aside, issues = find_tables(read.sheet, vocabulary)
    client_data = None if result.looked_at else refuse_clients(read.sheet, tables)
    if client_data is None and not result.looked_at and read.sheet is not sheet:  # what was written over stays there
        client_data = refuse_clients(sheet, find_tables(sheet, vocabulary)[0])
    if client_data is not None:
        raise DeliveryRefused(client_data)
    set_aside |= read.set_aside
    outcomes = Outcomes.of(sheet)
    named: list[Table] = []
    first = len(result.drafts)
    confirmed = meanings_on(sheet.name, corrections)
    for table in tables:
        beside = frozenset(t.kind for t in named if t.kind)
        meanings = remembered_for(table, remembered) | confirmed
        table, found = name_columns(table, read.sheet, vocabulary, meanings, beside)
        named.append(table)
        issues += found
        if table.kind is not None:
            issues += _read_table(table, read.sheet, vocabulary, day, outcomes, result)
    if read.texts:
        issues += tell_corrected(sheet, read.texts, result.drafts[first:])
    _join_series(result, first)
    settled = settle(sheet, named, set_aside, outcomes)
    ledger = count(sheet, settled)
    issues += _not_understood(sheet, named, settled, issues)
    issues += tell_beside(sheet, named, result.drafts[first:], settled, vocabulary)
    if sheet.hidden and ledger.filled:
        issues.append(Issue("sheet_hidden", sheet=sheet.name))
    result.issues += [i if i.sheet else replace(i, sheet=sheet.name) for i in issues]
    result.sheets.append(SheetUnderstood(sheet, named, settled, ledger))


def _set_aside(sheet: Sheet, result: Understood, reason: str) -> None:
    """A blank form, whose labels are no data, or a sheet of ours."""
    labels = dict.fromkeys(sheet.filled_cells(), reason)
    settled = settle(sheet, [], labels, Outcomes.of(sheet))
    result.sheets.append(SheetUnderstood(sheet, [], settled, count(sheet, settled)))


def _join_series(result: Understood, first: int) -> None:
    """Values below the card of an indicator are that indicator's: the only named one among the sheet's drafts."""
    drafts = result.drafts
    indicators = [n for n in range(first, len(drafts)) if drafts[n].kind == "indicator"]
    named = [n for n in indicators if "indicator" in drafts[n].values]
    nameless = {n for n in indicators if drafts[n].values.keys() <= {"unit"} and not drafts[n].references}
    if len(named) != 1 or not nameless:
        return
    for draft in drafts[first:]:
        if draft.parent in nameless:
            draft.parent = named[0]
    left = [n for n in range(len(drafts)) if n not in nameless]
    place = {old: new for new, old in enumerate(left)}
    for draft in drafts[first:]:
        draft.parent = place[draft.parent] if draft.parent is not None else None
    result.drafts = [drafts[n] for n in left]
    result.table_of = [result.table_of[n] for n in left]
    result.days = [result.days[n] for n in left]


def _read_table(
    table: Table,
    sheet: Sheet,
    vocabulary: Vocabulary,
    day: dt.date,
    outcomes: Outcomes,
    result: Understood,
) -> list[Issue]:
    as_of = _as_of(table, sheet, day)
    drafts, found, issues = read_values(table, sheet, vocabulary, as_of or day)
    if as_of is not None and as_of > day:
        issues += _stand_to_come(table, sheet, result)
    issues += check_totals(table, sheet, drafts, vocabulary)
    outcomes.add(found)
    drafts = _with_fields_of_action(drafts)
    offset = len(result.drafts)
    number = len(result.tables)
    result.tables.append((sheet.name, table))
    for draft in drafts:
        if draft.parent is not None:
            draft.parent += offset
    result.drafts += drafts
    result.table_of += [number] * len(drafts)
    days = {d.day: dt.date.fromisoformat(d.day) if d.day else as_of for d in drafts}
    result.days += [days[d.day] for d in drafts]
    return issues + check(drafts, sheet.name)


def _stand_to_come(table: Table, sheet: Sheet, result: Understood) -> list[Issue]:
    """A sheet's „Stand“ after the day it came in: told once, however many tables it stands over."""
    told = any(name == sheet.name and earlier.as_of == table.as_of for name, earlier in result.tables)
    if told or table.as_of is None:
        return []
    value = sheet.value(*table.as_of)
    stood = value if isinstance(value, str) else value.strftime("%d.%m.%Y") if isinstance(value, dt.date) else ""
    return [Issue("stand_to_come", sheet.name, (address(*table.as_of),), stood)]


def _as_of(table: Table, sheet: Sheet, day: dt.date) -> dt.date | None:
    """The day a sheet's own "Stand" gives, or None. "Stand: 11/2026" is no later than the day it came in."""
    if table.as_of is None:
        return None
    value = sheet.value(*table.as_of)
    if isinstance(value, str):
        value = _AS_OF_WORDS.sub("", value)
    reading = read_date(value, end=True, day=dt.date(2000, 1, 1))
    if not reading.value:
        return None
    found = dt.date.fromisoformat(str(reading.value))
    return min(found, day) if "precision" in reading.fields else found


def _link_indicators(drafts: list[Draft]) -> None:
    """An indicator on a sheet of its own belongs to the goal of the same file whose number or title it names."""
    names = Names()
    for number, draft in enumerate(drafts):
        if draft.kind == "goal":
            names.add(str(number), *[str(draft.values[n]) for n in ("id", "title", "short_title") if n in draft.values])
    for draft in drafts:
        if draft.kind == "indicator" and draft.parent is None and names.by_name:
            resolved = resolve_references(draft.references.get("goal", ()), names)
            if resolved:
                draft.parent = int(next(iter(resolved.values())))


def _with_fields_of_action(drafts: list[Draft]) -> list[Draft]:
    """The goal catalogue names the network's fields of action: each becomes a record of its own, put last."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        title = draft.values.get("field_of_action")
        if draft.kind == "goal" and isinstance(title, str) and title not in found:
            new = Draft(
                "field_of_action", draft.row, {"title": title}, {"title": draft.cells["field_of_action"]}, day=draft.day
            )
            if "field_of_action" in draft.said:
                new.said = {"title": draft.said["field_of_action"]}
            found[title] = new
    return drafts + list(found.values())


def _not_understood(sheet: Sheet, tables: list[Table], settled: Outcomes, issues: list[Issue]) -> list[Issue]:
    """Reported cells that no issue names yet, told with their ranges; a table without a kind is named as a whole."""
    left = settled.cells_with("reported")
    if left:
        named = {cell for issue in issues for cell in issue.cells}
        unknown = [table for table in tables if table.kind is None]
        left = [p for p in left if address(*p) not in named and not any(_inside(p, table) for table in unknown)]
    if not left:
        return []
    code = "table_not_understood" if any(t.kind for t in tables) else "sheet_not_understood"
    return [Issue(code, sheet=sheet.name, cells=ranges(left), values={"count": len(left)})]


def _inside(position: tuple[int, int], table: Table) -> bool:
    row, column = position
    return table.first_row <= row <= table.last_row and table.first_column <= column <= table.last_column
