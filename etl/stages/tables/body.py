"""The rows under a heading, each told apart: records, sections, totals, examples, template rows, notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.stages.shapes import CellValue, Section
from etl.stages.tables.grid import Grid
from etl.stages.tables.heading_rows import Cell, Heading
from etl.stages.tables.notes import NoteWords, as_of_cell, note_reason, own_reason
from etl.stages.tables.sections import known_section, looks_like_section, section_subject, section_text
from etl.vocabulary import Vocabulary

_FEW = 2
#: What a lone text below full records says when it is no record.
_NOTE = re.compile(
    r"@|\?|\bbitte\b|\bplease\b|\btel\b|\bfragen\b|^(?:Anm|Hinweis|Quelle|Stand|NB|PS|Note|Source)\b|:\s|"
    r"\b(?:auf|mit)geschrieben|zusammengestellt|erstellt|ausgefüllt|compiled|updated\b",
    re.IGNORECASE,
)
_LONG_NOTE = 120


@dataclass(slots=True)
class Body:
    """What was found under one heading. ``notes`` are the cells that are no data, with reason."""

    data_rows: list[int] = field(default_factory=list)
    total_rows: list[int] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notes: dict[Cell, str] = field(default_factory=dict)
    as_of: Cell | None = None


def read_body(grid: Grid, heading: Heading, rows: list[int], words: NoteWords, vocabulary: Vocabulary) -> Body:
    """Sorts ``rows`` (filled, below ``heading``) into records and what is none."""
    reader = _BodyReader(grid, heading, words, vocabulary)
    counts, few, titles, record = grid.counts, reader.few, reader.titles, reader.body.data_rows.append
    for row in rows:
        cells = grid.rows[row - 1]
        # nearly every row: full, and neither a heading once more nor a total or an example by how it begins
        if counts[row - 1] > few and titles.isdisjoint(cells) and not reader.is_marked(row):
            record(row)
        else:
            reader.take(row)
    reader.finish(rows)
    return reader.body


class _BodyReader:
    def __init__(self, grid: Grid, heading: Heading, words: NoteWords, vocabulary: Vocabulary) -> None:
        self.grid, self.heading, self.words, self.vocabulary = grid, heading, words, vocabulary
        self.body = Body()
        self.columns = len(heading.cells)
        self.few = _FEW if self.columns >= 4 else 1
        self.in_legend = 0
        self.titles = frozenset(
            text for cells in heading.cells.values() if (text := grid.text(*cells[-1])) and len(text) > 1
        )

    def _start(self, row: int) -> CellValue:
        first = self.grid.rows[row - 1][self.heading.first_column - 1]
        return first if first is not None else next((v for v in self.grid.rows[row - 1] if v is not None), None)

    def is_marked(self, row: int) -> bool:
        """Whether a row begins as a total or an example may begin."""
        start = self._start(row)
        return isinstance(start, str) and start.lstrip()[:3].casefold() in self.words.starts

    def take(self, row: int) -> None:
        if self.grid.count(row) > self.few:
            if self._repeats_heading(row):
                self._aside(row, "second_heading")
            elif self.is_marked(row):
                self._take_marked(row, str(self._start(row)).strip())
            else:
                self.body.data_rows.append(row)
        elif self.columns == 1:
            self._take_single(row)
        else:
            self._take_sparse(row)

    def _repeats_heading(self, row: int) -> bool:
        if self.titles.isdisjoint(self.grid.rows[row - 1]):
            return False
        filled = self.grid.filled(row)
        return sum(self.grid.text(row, column) in self.titles for column in filled) > 0.6 * len(filled)

    def _take_marked(self, row: int, start: str) -> None:
        """A full row that may be a total or an example, by how it begins and by what else it holds."""
        reasons = self.words.reasons(start)
        others = [self.grid.value(row, column) for column in self.grid.filled(row)][1:]
        texts = sum(isinstance(value, str) and not _reads_as_number(value) for value in others)
        if "total" in reasons and (texts == 0 or (texts <= 1 and len(others) > 2 and reasons["total"] == start)):
            self._total(row)
        elif "example" in reasons and (not self.body.data_rows or ":" in start or len(start) < 14):
            self._aside(row, "example")
        else:
            self.body.data_rows.append(row)

    def _take_single(self, row: int) -> None:
        text = self.grid.text(row, self.grid.filled(row)[0])
        reason = own_reason(text, self.words) if text else None
        if reason:
            self._aside(row, reason)
        else:
            self.body.data_rows.append(row)

    def _take_sparse(self, row: int) -> None:
        filled = self.grid.filled(row)
        values = [self.grid.value(row, column) for column in filled]
        texts = [value.strip() for value in values if isinstance(value, str) and not _reads_as_number(value)]
        if not texts:
            self._take_numbers(row, filled, values)
            return
        if day := as_of_cell(self.grid, row, self.words):
            self.body.as_of = self.body.as_of or day
            self._aside(row, "as_of")
            return
        reason = own_reason(texts[0], self.words)
        if reason == "legend" or (self.in_legend and self.in_legend == row - 1):
            self.in_legend = row
            self._aside(row, "legend")
        elif reason == "total":
            self._total(row) if len(texts) == 1 or len(filled) == 1 else self.body.data_rows.append(row)
        elif reason:
            self._aside(row, reason)
        elif len(filled) == 1 and self._is_section(row, filled[0], texts[0]):
            self._section(row, filled[0], texts[0])
        else:
            self.body.data_rows.append(row)

    def _take_numbers(self, row: int, filled: list[int], values: list[CellValue]) -> None:
        """Only numbers: a running number in front is a template row, sums below the records are a total."""
        if filled[0] == self.heading.first_column and all(not value for value in values[1:]):
            self._aside(row, "template_row")
        elif self.body.data_rows and all(isinstance(v, (int, float)) and not isinstance(v, bool) for v in values):
            self._total(row)
        else:
            self.body.data_rows.append(row)

    def _is_section(self, row: int, column: int, text: str) -> bool:
        width = self.grid.merged_width(row, column)
        if width >= max(3, self.columns // 2) or (width == self.columns and width > 1):
            return True
        if self.columns < 3 or text.endswith("."):
            return False
        return looks_like_section(text, self.words) or known_section(text, self.words, self.vocabulary)

    def _section(self, row: int, column: int, text: str) -> None:
        subject = section_subject(text, self.words, self.vocabulary)
        self.body.sections.append(Section(row, column, subject, section_text(text, self.words)))
        self._aside(row, "section")

    def _total(self, row: int) -> None:
        self.body.total_rows.append(row)
        self._aside(row, "total")

    def _aside(self, row: int, reason: str) -> None:
        for column in self.grid.filled(row):
            self.body.notes[(row, column)] = reason

    def finish(self, rows: list[int]) -> None:
        """Sparse texts after the last full record are notes below the table, sections without records too."""
        body = self.body
        if body.data_rows and self._sums_up(body.data_rows[-1]):
            self._total(body.data_rows.pop())
        while body.data_rows and self._is_note_below(body.data_rows[-1]):
            row = body.data_rows.pop()
            text = next((t for column in self.grid.filled(row) if (t := self.grid.text(row, column))), "")
            self._aside(row, note_reason(text, self.words, "footer"))
        last = body.data_rows[-1] if body.data_rows else 0
        for section in [section for section in body.sections if section.row > last]:
            body.sections.remove(section)
            self._aside(section.row, note_reason(section.text, self.words, "footer"))

    def _sums_up(self, row: int) -> bool:
        """Whether the row's numbers are the sums of their columns, told by nothing but that: at least one beyond doubt.

        Only a row that is emptier than the records and whose texts say no more than one word.
        """
        filled = self.grid.filled(row)
        numbers = [column for column in filled if _number(self.grid.value(row, column)) is not None]
        if len(self.body.data_rows) < 3 or not numbers or len(filled) - len(numbers) > 1:
            return False
        sums = 0
        for column in numbers:
            above = [_number(self.grid.value(r, column)) for r in self.body.data_rows[:-1]]
            known = [number for number in above if number is not None]
            if len(known) < 2 or abs(sum(known) - (_number(self.grid.value(row, column)) or 0)) > 0.01:
                return False
            sums += 1
        return sums > 0

    def _is_note_below(self, row: int) -> bool:
        filled = self.grid.filled(row)
        if len(filled) > self.few or self.columns < 3:
            return False
        texts = [text for column in filled if (text := self.grid.text(row, column))]
        if not texts:
            return False
        lone = len(filled) == 1 and row == self.body.data_rows[-1] and self._usually_full()
        if lone and _NOTE.search(texts[0]):
            return True
        prose = len(filled) == 1 and (len(texts[0]) > _LONG_NOTE or texts[0].endswith((".", ":", "!")))
        apart = row >= 2 and self.grid.count(row - 1) == 0 and self.columns >= 5
        numbered = isinstance(self.grid.value(row, filled[0]), (int, float))
        below_notes = (row + 1 <= self.grid.height) and apart
        return prose or (below_notes and not numbered and self._usually_full())

    def _usually_full(self) -> bool:
        sampled = self.body.data_rows[:10]
        return sum(self.grid.count(row) > self.few + 1 for row in sampled) >= 0.6 * len(sampled)


def _number(value: CellValue) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def _reads_as_number(text: str) -> bool:
    return bool(text.strip()) and not any(char.isalpha() for char in text.replace("€", "").replace("EUR", ""))
