"""Stage 4: the records of a table whose columns are named, and what became of each of its cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from etl.issues import Issue
from etl.stages.outcomes import Outcomes
from etl.stages.readings.carrying import carry_down, carry_sections
from etl.stages.readings.cells import Context, reason_for_nothing
from etl.stages.readings.colours import read_colours
from etl.stages.readings.column_facts import report_troubles
from etl.stages.readings.column_reading import read_columns
from etl.stages.readings.families import assemble
from etl.stages.readings.records import REPORTED, Records
from etl.stages.readings.reports import Reports
from etl.stages.readings.words import INTERPRETED, status_with_dates
from etl.stages.shapes import CellValue, Column, Draft, Sheet, Table, address, said_of, said_texts
from etl.stages.upright import upright
from etl.vocabulary import Vocabulary

#: A row is a record where one of these is stated.
TITLES: Mapping[str, tuple[str, ...]] = {
    "measure": ("measure.title",),
    "goal": ("goal.title", "goal.indicator"),
    "partner": ("partner.name", "partner.contact_name", "partner.contact_last_name", "partner.contact_combined"),
    "cooperation": ("cooperation.title", "cooperation.partner_a", "cooperation.partner_b"),
    "funding": ("funding.programme", "funding.funder", "funding.title"),
    "decision": ("decision.text",),
    "idea": ("idea.title",),
    "need": ("need.title",),
    "meeting": ("meeting.title", "meeting.date"),
    "agreement": ("agreement.title",),
    "interface": ("interface.step", "interface.organisation", "interface.responsible"),
}


def read_values(
    table: Table, sheet: Sheet, vocabulary: Vocabulary, day: dt.date
) -> tuple[list[Draft], Outcomes, list[Issue]]:
    """Drafts, the outcome of every filled cell in the rows of records and of the sections, and issues.

    Outcomes: ``loaded``, ``kept``, ``reported``, ``set_aside:null``, ``set_aside:ditto``, ``set_aside:section``.
    ``day`` is the day the delivery is about (the sheet's own „Stand“ where it has one).
    A table without kind gives nothing: it is reported as a whole by its range.
    """
    if table.kind is None:
        return [], Outcomes.of(sheet), []
    if table.orientation != "down":
        laid = upright(table, sheet)
        drafts, outcomes, issues = read_values(laid.table, laid.sheet, vocabulary, day)
        return laid.drafts_back(drafts), laid.outcomes_back(outcomes, sheet), laid.issues_back(issues)
    records = Records(table, sheet, vocabulary, day, [], Reports(sheet.name), Outcomes.of(sheet))
    untitled = _split_lines(records)
    read_columns(records)
    carry_down(records)
    carry_sections(records)
    read_colours(records)
    if table.kind == "measure":
        _settle_statuses(records)
    report_troubles(records)
    issues = records.reports.issues()
    missing = _report_untitled(records, untitled)
    return assemble(records), records.outcomes, [*issues, *missing]


def _split_lines(records: Records) -> list[int]:
    """Sets the lines that hold a record; gives those where no title-like field is stated."""
    table, names = records.table, TITLES[records.kind]
    columns = [column for column in table.columns if column.field in names]
    stated = _lines_stating(records, columns) | _title_spreads(records, columns)
    records.lines += [line for line in table.data_rows if line in stated]
    return [line for line in table.data_rows if line not in stated]


def _lines_stating(records: Records, columns: Sequence[Column]) -> set[int]:
    """The lines in which one of ``columns`` says something."""
    stated: set[int] = set()
    for column in columns:
        context = Context(records.vocabulary.fields[column.field or ""], records.vocabulary, records.day)
        value, place = records.sheet.value, column.column
        lines = [line for line in records.table.data_rows if line not in stated]
        stated.update([line for line in lines if _states(value(line, place), context)])
    return stated


def _states(value: CellValue, context: Context) -> bool:
    if value is None:
        return False
    text = (value if isinstance(value, str) else said_of(value)).strip()
    if len(text) > 24:
        return True
    reason = reason_for_nothing(value, context)
    return bool(text) and (reason is None or (context.field.kind == "contact" and reason == "to_be_named"))


def _title_spreads(records: Records, columns: Sequence[Column]) -> set[int]:
    """Lines of a goal table under a merged title or below a goal, which state a value: their indicator counts."""
    if records.kind != "goal":
        return set()
    measured = [c for c in records.table.columns if c.field in ("goal.target_value", "goal.baseline_value")]
    titled = any(column.field == "goal.title" for column in columns)
    named = any(column.field == "goal.indicator" for column in columns)
    if not titled and not named:  # the values of an indicator that stands elsewhere on the sheet
        return _lines_stating(records, [c for c in records.table.columns if c.field == "goal.current_value"])
    if not measured or not titled or named:
        return set()
    return _lines_stating(records, measured)


def _settle_statuses(records: Records) -> None:
    """``laufend`` and ``abgeschlossen zum …`` mean what the row's dates make of them; every doubtful status is told."""
    heading = next((c.heading for c in records.table.columns if c.field == "measure.status"), "")
    for draft in records.own:
        code = draft.values.get("status")
        settles = code in ("permanent", "completed")
        if not isinstance(code, str) or not (settles or "status" in draft.marks):
            continue
        if draft.cells["status"][0][2] == "colour":
            continue
        text = said_texts(draft, "status")[0]
        bounded = "end" in draft.values and not draft.qualifier.get("end", {}).get("open_end")
        settled, decided = status_with_dates(text, code, bounded, records.day, records.vocabulary)
        if decided:
            draft.values["status"] = settled
            draft.said["status"] = [text]
            draft.marks["status"] = INTERPRETED
        if "status" in draft.marks:
            position = draft.cells["status"][0][:2]
            records.reports.tell(draft.marks["status"], position, text, "measure.status", heading, read=settled)


def _report_untitled(records: Records, untitled: Sequence[int]) -> list[Issue]:
    """Rows that state no record: all their cells are reported, unless every one of them says "nothing"."""
    reported: list[tuple[int, int]] = []
    for line in untitled:
        positions = [p for p in _cells_of(records, line) if p not in records.outcomes]
        if positions and all(_says_nothing(records, position) for position in positions):
            records.outcomes.update(dict.fromkeys(positions, "set_aside:null"))
        else:
            records.outcomes.update(dict.fromkeys(positions, REPORTED))
            reported.extend(positions)
    if not reported:
        return []
    cells = tuple(address(*position) for position in reported)
    return [Issue("record_without_title", sheet=records.sheet.name, cells=cells, values={"kind": records.kind})]


def _says_nothing(records: Records, position: tuple[int, int]) -> bool:
    context = Context(records.vocabulary.fields["measure.comment"], records.vocabulary, records.day)
    return reason_for_nothing(records.sheet.value(*position), context) is not None


def _cells_of(records: Records, line: int) -> list[tuple[int, int]]:
    """The filled cells of a line of the table."""
    table, sheet = records.table, records.sheet
    places = [(line, column) for column in range(table.first_column, table.last_column + 1)]
    return [place for place in places if sheet.filled(*place)]
