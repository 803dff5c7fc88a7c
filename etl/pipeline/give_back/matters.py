"""The issues of a delivery as what a partner is asked: each matter with its cells, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from etl.issues import Issue
from etl.pipeline.give_back.grid import Position
from etl.pipeline.give_back.listing import Matter
from etl.stages.readers.cells import column_number
from etl.wording import say
from etl.wording.issues import issue_wording

_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_SEVERITIES = ("error", "warning", "note")
#: Of a range so many cells are marked; what is beyond is told by the list alone.
_MOST_OF_RANGE = 200
#: So many cells of one sheet are marked at most: beyond, marks would hide the list they stand on.
_MOST_OF_SHEET = 2_000

#: Cell -> (severity of the gravest matter there, what to say there).
Marks = dict[Position, tuple[str, str]]


def matters_of(issues: Iterable[Issue], language: str) -> list[Matter]:
    """What the list shows: groups one by one, gravest first."""
    wording = issue_wording(language)
    found = []
    for issue in _single(issues):
        message, proposal = wording(issue)
        told = proposal or issue.proposal or ""
        found.append(Matter(issue.severity, issue.sheet or "", issue.cells, issue.found or "", message, told))
    return sorted(found, key=lambda matter: _SEVERITIES.index(matter.severity))


def _single(issues: Iterable[Issue]) -> Iterator[Issue]:
    for issue in issues:
        yield from issue.parts or (issue,)


def marks_of(matters: Iterable[Matter], language: str) -> dict[str, Marks]:
    """Sheet -> its marked cells. A note marks the first cell of each of its ranges, what is graver all cells."""
    found: dict[str, Marks] = {}
    for matter in matters:
        marks = found.setdefault(matter.sheet, {})
        for area in matter.cells:
            for number, place in enumerate(_cells(area, matter.severity)):
                _mark(marks, place, matter, language, tell=number == 0)
    return found


def _mark(marks: Marks, place: Position, matter: Matter, language: str, *, tell: bool) -> None:
    if place not in marks and len(marks) >= _MOST_OF_SHEET:
        return
    severity, text = marks.get(place, (matter.severity, ""))
    said = say(
        language,
        f"give_back.comment.{'with' if matter.proposal else 'without'}_proposal",
        severity=say(language, f"give_back.severity.{matter.severity}"),
        message=matter.message,
        proposal=matter.proposal,
    )
    marks[place] = (severity, f"{text} {said}".strip() if tell and said not in text else text)


def _cells(area: str, severity: str) -> Iterator[Position]:
    found = _AREA.fullmatch(area)
    if found is None:
        return
    left, top = column_number(found[1].encode()), int(found[2])
    right, bottom = (column_number(found[3].encode()), int(found[4])) if found[3] else (left, top)
    cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    most = 1 if severity == "note" else _MOST_OF_RANGE
    for _, place in zip(range(most), cells, strict=False):
        yield place


def texts_of(marks: Mapping[Position, tuple[str, str]]) -> dict[Position, str]:
    return {place: text for place, (_, text) in marks.items() if text}
