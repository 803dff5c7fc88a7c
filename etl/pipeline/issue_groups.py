"""Issues as a partner can act on them: one per cause, what matters most first, never more than forty.

Equal reports become one with many cells; what follows from another issue is dropped; more than three of a kind in one
column become one that lists them. Where that is still too much, what matters less is drawn together further: a sheet's
reports of a kind, then a workbook's. No cell is lost on the way: a group names the cells of all its parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from etl.issues import CATALOGUE, Issue, Severity

AT_MOST = 40
#: As many of a kind are told one by one.
ONE_BY_ONE = 3
#: As many of the texts that stood there are in a group's ``found``; its parts have them all.
_TEXTS = 10
_ORDER = {code: number for number, code in enumerate(CATALOGUE)}
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_MORE: dict[Severity, str] = {"error": "more_errors", "warning": "more_warnings", "note": "more_notes"}
_GUESSED = frozenset(("heading_similar", "heading_from_content"))
_TROUBLES = frozenset(("cell_error_value", "cell_formula_without_value"))
#: Values that were not read: a total over them differs because of that.
_UNREAD = _TROUBLES | {code for code in CATALOGUE if code.endswith("_unreadable")} | {"amount_two"}
_CELL = re.compile(r"([A-Z]+)(\d+)")

Cause = Callable[[Issue], Hashable]


def grouped(issues: Iterable[Issue], at_most: int = AT_MOST) -> list[Issue]:
    """The issues of one workbook as they are told, at most ``at_most``."""
    single = _without_consequences(_equal_as_one(issues))
    guessed = {(i.sheet, i.values.get("field")) for i in single if i.code in _GUESSED}
    found = _together(single, _column, lambda i: 1 if (i.sheet, i.values.get("field")) in guessed else ONE_BY_ONE)
    found = _together(found, _field_anywhere, lambda _: ONE_BY_ONE)
    for cause in (_sheet, _code):
        for severity in reversed(_SEVERITIES):
            if len(found) > at_most:
                found = _together(found, _only(severity, cause), lambda _: 1)
    return _rest_summed(sorted(found, key=_weight), at_most)


def _equal_as_one(issues: Iterable[Issue]) -> list[Issue]:
    """Reports that differ in nothing but their cells."""
    found: dict[Hashable, list[Issue]] = {}
    for issue in issues:
        same = (issue.code, issue.sheet, issue.found, issue.proposal, repr(sorted(issue.values.items())))
        found.setdefault(same, []).append(issue)
    return [replace(same[0], cells=_cells(same)) if len(same) > 1 else same[0] for same in found.values()]


def _cells(issues: Iterable[Issue]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for issue in issues for cell in issue.cells))


def _without_consequences(issues: Sequence[Issue]) -> list[Issue]:
    """A total over values that were not read differs because of them; a row without title says all there is to say
    about its cells."""
    untitled = {(i.sheet, row) for i in issues if i.code == "record_without_title" for _, row in _places(i)}
    unread = {(i.sheet, column) for i in issues if i.code in _UNREAD for column, _ in _places(i)}
    unread |= {(i.sheet, column) for i in issues if i.code == "record_without_title" for column, _ in _places(i)}
    found: list[Issue] = []
    moved: dict[str | None, list[str]] = {}
    for issue in issues:
        if issue.code == "total_differs" and any((issue.sheet, column) in unread for column, _ in _places(issue)):
            continue
        if issue.code in _TROUBLES and untitled:
            inside = [c for c in issue.cells if (issue.sheet, _CELL.match(c)[2]) in untitled]  # type: ignore[index]
            moved.setdefault(issue.sheet, []).extend(inside)
            issue = replace(issue, cells=tuple(c for c in issue.cells if c not in set(inside)))
            if not issue.cells:
                continue
        found.append(issue)
    return [_with_cells(i, moved.get(i.sheet, ())) if i.code == "record_without_title" else i for i in found]


def _places(issue: Issue) -> Iterable[tuple[str, str]]:
    """(column, row) of each cell that is named by itself."""
    return (found.groups() for cell in issue.cells if (found := _CELL.fullmatch(cell)))  # type: ignore[misc]


def _with_cells(issue: Issue, more: Sequence[str]) -> Issue:
    rows = {row for _, row in _places(issue)}
    own = [cell for cell in more if _CELL.match(cell)[2] in rows]  # type: ignore[index]
    return replace(issue, cells=tuple(dict.fromkeys([*issue.cells, *own]))) if own else issue


def _column(issue: Issue) -> Hashable:
    where = issue.sheet if issue.cells else None
    return issue.code, where, issue.values.get("field") or issue.values.get("kind")


def _field_anywhere(issue: Issue) -> Hashable:
    return issue.code, issue.values.get("field") or issue.values.get("kind")


def _sheet(issue: Issue) -> Hashable:
    return issue.code, issue.sheet


def _code(issue: Issue) -> Hashable:
    return issue.code


def _only(severity: Severity, cause: Cause) -> Cause:
    """``cause`` for issues of one severity; every other stands alone."""
    return lambda issue: (cause(issue),) if issue.severity == severity else id(issue)


def _together(issues: Sequence[Issue], cause: Cause, one_by_one: Callable[[Issue], int]) -> list[Issue]:
    """Issues with the same cause as one, where they are more than may be told one by one."""
    by_cause: dict[Hashable, list[Issue]] = {}
    for issue in issues:
        by_cause.setdefault(cause(issue), []).append(issue)
    found: list[Issue] = []
    for same in by_cause.values():
        found += [_as_group(same[0].code, same)] if len(same) > one_by_one(same[0]) else same
    return found


def _as_group(code: str, issues: Sequence[Issue]) -> Issue:
    parts = tuple(part for issue in issues for part in (issue.parts or (issue,)))
    sheets = {part.sheet for part in parts}
    one_sheet = next(iter(sheets)) if len(sheets) == 1 else None
    texts = tuple(dict.fromkeys(part.found for part in parts if part.found))
    shared = {n: v for n, v in parts[0].values.items() if all(part.values.get(n) == v for part in parts)}
    cells = _cells(parts) if len(sheets) == 1 else tuple(dict.fromkeys(c for part in parts for c in _anywhere(part)))
    return Issue(code, one_sheet, cells, _joined(texts), shared, None, parts)


def _joined(texts: Sequence[str]) -> str | None:
    return "; ".join(texts[:_TEXTS]) + ("; …" if len(texts) > _TEXTS else "") if texts else None


def _anywhere(issue: Issue) -> Iterable[str]:
    """Cells with their sheet's name, as a spreadsheet writes them."""
    if issue.sheet is None:
        return issue.cells
    name = "'" + issue.sheet.replace("'", "''") + "'"
    return (f"{name}!{cell}" for cell in issue.cells)


def _weight(issue: Issue) -> tuple[int, int, int]:
    """Errors, warnings, notes; within them as the catalogue goes, from whole sheets to single cells."""
    return _SEVERITIES.index(issue.severity), _ORDER[issue.code], -len(issue.cells)


def _rest_summed(issues: list[Issue], at_most: int) -> list[Issue]:
    """What is still beyond the limit, as one last group for each severity among it."""
    if len(issues) <= at_most:
        return issues
    kept = issues[: max(0, at_most - len(_SEVERITIES))]
    rest = issues[len(kept) :]
    by_severity = {severity: [i for i in rest if i.severity == severity] for severity in _SEVERITIES}
    return kept + [_as_group(_MORE[severity], found) for severity, found in by_severity.items() if found]
