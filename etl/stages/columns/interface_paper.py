"""Whether a table is an interface paper: who does what at which step, and whom it hands over to."""

from __future__ import annotations

from etl.stages.columns.content import domain_share, sampled_profiles
from etl.stages.columns.heading_index import heading_index
from etl.stages.shapes import Sheet, Table, said_of
from etl.vocabulary import Vocabulary, normalise

_STEP, _ROLE, _PAPER = "interface.step", "interface.role", "interface"
_WHO = frozenset(("interface.organisation", "interface.responsible"))
#: Words that no other list heads its columns with.
_HANDS_OVER = frozenset(("interface.handover_to",))
_MOSTLY = 0.6
_TITLE_ROWS = 6


def is_interface_paper(table: Table, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """A step and an organisation by their exact headings, and beside them a hand-over or roles by their words; where
    the sheet is called so, step and organisation are enough."""
    index = heading_index(vocabulary, paper=True)
    headed = [column for column in table.columns if column.heading_cells and len(column.heading) <= 60]
    if len(headed) < 3:
        return False
    known = {
        meaning.field: column.column
        for column in reversed(headed)
        for meaning in index.meanings(column.heading)
        if meaning.how == "known"
    }
    if _STEP not in known or not _WHO & known.keys():
        return False
    return (
        bool(_HANDS_OVER & known.keys())
        or _says_roles(table, sheet, known, vocabulary)
        or _is_called_so(table, sheet, vocabulary)
    )


def _says_roles(table: Table, sheet: Sheet, known: dict[str, int], vocabulary: Vocabulary) -> bool:
    if _ROLE not in known:
        return False
    (content,) = sampled_profiles(sheet, table.data_rows, [known[_ROLE]])
    return content.size > 0 and domain_share(content, _ROLE, vocabulary) >= _MOSTLY


def _is_called_so(table: Table, sheet: Sheet, vocabulary: Vocabulary) -> bool:
    rows = range(max(1, table.first_row - _TITLE_ROWS), table.first_row + 1)
    titles = [said_of(sheet.value(row, table.first_column)) for row in rows]
    words = [word for text in (sheet.name, *titles) if len(text) <= 80 for word in (text, *text.split())]
    return any(vocabulary.sheets.get(normalise(word)) == _PAPER for word in words)
