"""Stage 3: what kind of list a table is and what each of its columns means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.issues import Issue
from etl.stages.columns.anchors import kind_of
from etl.stages.columns.choices import Choice, choices
from etl.stages.columns.choosing import choose_fields
from etl.stages.columns.evidence import ColumnEvidence, gather
from etl.stages.columns.fingerprint import fingerprint
from etl.stages.columns.heading_day import day_of_heading
from etl.stages.columns.heading_index import PAPER, heading_index
from etl.stages.columns.interface_paper import is_interface_paper
from etl.stages.columns.kind import table_kind
from etl.stages.columns.section_fields import named_sections
from etl.stages.columns.wish import Wish
from etl.stages.shapes import Column, HowNamed, Sheet, Table, address, column_letters
from etl.stages.upright import upright
from etl.vocabulary import Vocabulary

__all__ = ["fingerprint", "name_columns"]

_NOTHING_REMEMBERED: Mapping[str, str] = {}
_DATED_BY_HEADING = frozenset(("goal.current_value", "goal.baseline_value", "goal.target_value"))
_ISSUE_OF: dict[HowNamed, str] = {"similar": "heading_similar", "content": "heading_from_content"}


def name_columns(
    table: Table,
    sheet: Sheet,
    vocabulary: Vocabulary,
    remembered: Mapping[str, str] = _NOTHING_REMEMBERED,
    beside: frozenset[str] = frozenset(),
) -> tuple[Table, list[Issue]]:
    """``table`` with its kind decided and every column named, and what a person should look at.

    ``remembered`` maps a normalised heading to the field a person confirmed for this partner ("" = keep the column).
    ``beside`` are the kinds of the tables that stand above it on its sheet.
    Where no kind is recognised the table comes back with kind None and one issue that gives its range.
    """
    if table.orientation != "down":
        laid = upright(table, sheet)
        named, issues = name_columns(laid.table, laid.sheet, vocabulary, remembered, beside)
        back = laid.table_back(named)
        return back, [_not_understood(back)] if back.kind is None else laid.issues_back(issues)
    paper = is_interface_paper(table, sheet, vocabulary)
    index = heading_index(vocabulary, paper=paper)
    evidence = gather(table, sheet, index, vocabulary, remembered)
    kind = PAPER if paper else table_kind(table, sheet, evidence, vocabulary, beside)
    if kind is None:
        return replace(table, kind=None), [_not_understood(table)]
    _forget_other_kinds(kind, evidence)
    crossed = choices(kind, evidence, sheet, index, vocabulary)
    fields, wishes = choose_fields(kind, evidence, vocabulary, {place: c.field for place, c in crossed.items()})
    columns = [
        _named(item, field, wish, crossed.get(place), vocabulary)
        for place, (item, field, wish) in enumerate(zip(evidence, fields, wishes, strict=True))
    ]
    named = replace(
        table,
        kind=kind,
        columns=_told_apart(columns),
        sections=named_sections(table.sections, kind, columns, vocabulary),
    )
    return named, _issues(named, evidence, wishes)


def _forget_other_kinds(kind: str, evidence: Sequence[ColumnEvidence]) -> None:
    """What was confirmed for another kind of list says nothing here."""
    for item in evidence:
        if item.remembered and kind_of(item.remembered) != kind:
            item.remembered = None


def _named(
    item: ColumnEvidence, field: str | None, wish: Wish, choice: Choice | None, vocabulary: Vocabulary
) -> Column:
    parts = item.parts
    if choice is not None:
        return replace(item.column, field=choice.field, how=choice.how, choice=choice.text)
    how: HowNamed = wish.how[field] if field else "kept"
    until = day_of_heading(item.column.heading, vocabulary) if parts.year and field in _DATED_BY_HEADING else None
    return replace(item.column, field=field, how=how, unit=parts.unit, year=parts.year, per=parts.per, until=until)


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Kept columns that share a heading get their letter added, so that neither covers the other in a record."""
    seen: set[str] = set()
    result = []
    for column in columns:
        if column.field is None:
            if column.heading in seen:
                column = replace(column, heading=f"{column.heading} ({column_letters(column.column)})")
            seen.add(column.heading)
        result.append(column)
    return result


def _issues(table: Table, evidence: Sequence[ColumnEvidence], wishes: Sequence[Wish]) -> list[Issue]:
    issues = []
    for column, item, wish in zip(table.columns, evidence, wishes, strict=True):
        code = _ISSUE_OF.get(column.how)
        proposal = column.field
        if column.field is None and item.content.size and item.remembered is None:
            code = "heading_ambiguous" if wish.undecided else "heading_kept"
            proposal = wish.undecided[0] if wish.undecided else None
            instead = _said_instead(table, wish)
            if instead is not None:
                issues.append(_heading_taken(table, column, instead))
                continue
        if code:
            issues.append(_heading_issue(code, table, column, proposal, wish.undecided))
    return issues


def _said_instead(table: Table, wish: Wish) -> Column | None:
    """The column to which a person gave the field that this one's own words mean."""
    meant = {field for field, how in wish.how.items() if how == "known"}
    return next((c for c in table.columns if c.field in meant and c.how == "remembered"), None)


def _heading_taken(table: Table, column: Column, instead: Column) -> Issue:
    issue = _heading_issue("heading_taken", table, column, None, ())
    return replace(issue, values=issue.values | {"field": instead.field, "other": instead.heading})


def _heading_issue(code: str, table: Table, column: Column, proposal: str | None, fields: tuple[str, ...]) -> Issue:
    row, place = column.heading_cells[-1] if column.heading_cells else (table.first_row, column.column)
    values = {"heading": column.heading, "column": column_letters(column.column), "kind": table.kind}
    if proposal:
        values["field"] = proposal
    if fields:
        values["fields"] = " ".join(fields)
    return Issue(code, table.sheet, (address(row, place),), column.heading, values, proposal)


def _not_understood(table: Table) -> Issue:
    area = f"{address(table.first_row, table.first_column)}:{address(table.last_row, table.last_column)}"
    headings = [column.heading for column in table.columns if column.heading_cells]
    values = {"rows": table.last_row - table.first_row + 1, "columns": table.last_column - table.first_column + 1}
    return Issue("table_not_understood", table.sheet, (area,), " | ".join(headings)[:200] or None, values)
