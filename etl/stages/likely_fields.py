"""What a column could mean, the likeliest first: for a person who is asked, never taken without one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from etl.stages.columns.anchors import kind_of
from etl.stages.columns.evidence import gather
from etl.stages.columns.heading_index import PAPER, heading_index
from etl.stages.readings.cells import Context, read_cell
from etl.stages.shapes import CellValue, Column, Sheet, Table
from etl.stages.upright import upright
from etl.vocabulary import Field, Vocabulary, normalise

#: As many fields are named; as many cells are tried; the share of them that a type has to read.
MOST, _TRIED, _READ = 5, 20, 0.8
#: Types that read nothing but what they are meant for.
_TELLING = frozenset(("date_end", "date", "amount", "count", "percent", "code", "codes", "postcode"))
_ANY_DAY = dt.date(2000, 1, 1)


def likely_fields(table: Table, column: Column, sheet: Sheet, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Fields of the table's kind: what the heading means or resembles, then what its cells could be read as."""
    place = next(i for i, one in enumerate(table.columns) if one is column)
    laid_table, laid_sheet = table, sheet
    if table.orientation != "down":
        laid = upright(table, sheet)
        laid_table, laid_sheet = laid.table, laid.sheet
    index = heading_index(vocabulary, paper=table.kind == PAPER)
    evidence = gather(laid_table, laid_sheet, index, vocabulary, {})[place]
    meant = sorted(evidence.supported.get(table.kind or "", {}).values(), key=lambda m: -m.score)
    several = vocabulary.ambiguous.get(normalise(column.heading), ())
    rows, where = laid_table.data_rows[:_TRIED], laid_table.columns[place].column
    values = [v for row in rows if (v := laid_sheet.value(row, where)) not in (None, "")]
    by_content = [f.name for f in vocabulary.fields.values() if f.type in _TELLING and _fits(values, f, vocabulary)]
    found = dict.fromkeys([m.field for m in meant] + [*several] + by_content)
    return tuple(name for name in found if name in vocabulary.fields and kind_of(name) == table.kind)[:MOST]


def _fits(values: Sequence[CellValue], field: Field, vocabulary: Vocabulary) -> bool:
    if not values:
        return False
    context = Context(field, vocabulary, _ANY_DAY)
    readings = [read_cell(value, context) for value in values]
    good = sum(not reading.problem and not reading.gives_nothing and not reading.mark for reading in readings)
    return good >= _READ * len(values)
