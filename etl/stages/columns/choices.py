"""One column for each possible value, with a cross in it: "geplant | läuft | fertig" under "Status".

The group's field is what the heading above it says, else the field whose words its headings are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from etl.stages.columns.anchors import kind_of
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.columns.heading_index import HeadingIndex
from etl.stages.readings.crosses import is_cross
from etl.stages.readings.words import read_code
from etl.stages.shapes import Column, HowNamed, Sheet, said_of
from etl.vocabulary import Field, Vocabulary

#: Types of fields that can be chosen by a cross, the likelier first.
_CHOSEN = ("code", "codes", "references", "reference", "text")
#: Fields whose values stand in headings without being coded.
_NAMED_BY_HEADING = frozenset(
    ("partners", "partner_b", "goal_ref", "field_of_action", "location", "funding_source", "lead_org")
)
_CROSSED = 0.8
_LOOKED_AT = 3
_KNOWN_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Choice:
    field: str
    how: HowNamed
    text: str


def choices(
    kind: str, evidence: Sequence[ColumnEvidence], sheet: Sheet, index: HeadingIndex, vocabulary: Vocabulary
) -> dict[int, Choice]:
    """Place of a column -> what a cross in it says, for columns that belong to such a group."""
    found: dict[int, Choice] = {}
    for group in _groups(evidence):
        items = [evidence[place] for place in group]
        if len(group) < 2 or not any(item.content.size for item in items):
            continue
        texts = [_own_text(item.column, sheet) for item in items]
        field = _field(kind, _group_text(items[0].column, sheet), texts, index, vocabulary)
        if field is not None:
            name, how = field
            found |= {place: Choice(name, how, text) for place, text in zip(group, texts, strict=True)}
    return found


def _groups(evidence: Sequence[ColumnEvidence]) -> Iterator[list[int]]:
    """Runs of columns side by side that hold crosses alone or nothing, parted where the heading above changes."""
    crossed = [place for place, item in enumerate(evidence) if item.remembered is None and _holds_crosses(item)]
    for _, run in groupby(enumerate(crossed), key=lambda pair: (pair[1] - pair[0], _above(evidence[pair[1]].column))):
        yield [place for _, place in run]


def _holds_crosses(item: ColumnEvidence) -> bool:
    values = item.content.values
    if not item.column.heading_cells:
        return False
    if not any(map(is_cross, values[:_LOOKED_AT])):
        return not values
    return sum(map(is_cross, values)) >= _CROSSED * len(values)


def _above(column: Column) -> tuple[tuple[int, int], ...]:
    return column.heading_cells[:-1]


def _own_text(column: Column, sheet: Sheet) -> str:
    return said_of(sheet.value(*column.heading_cells[-1])).strip()


def _group_text(column: Column, sheet: Sheet) -> str:
    return " ".join(said_of(sheet.value(*cell)).strip() for cell in _above(column))


def _field(
    kind: str, above: str, texts: Sequence[str], index: HeadingIndex, vocabulary: Vocabulary
) -> tuple[str, HowNamed] | None:
    fields = [f for f in vocabulary.fields.values() if f.entity == kind and f.type in _CHOSEN]
    meanings = [replace(m) for m in index.meanings(above) if kind_of(m.field) == kind] if above else []
    by_words = max(
        ((_share(texts, f, vocabulary), f.name) for f in fields if f.type in ("code", "codes")), default=(0, "")
    )
    named = [m for m in meanings if _can_be_chosen(vocabulary.fields[m.field])]
    if any(m.how == "known" for m in named) and by_words[1] not in {m.field for m in named}:
        by_words = (0, "")  # "wer macht mit?" over "Stadt" and "VHS": the group's own words come first
    if by_words[0] >= _KNOWN_WORDS:
        agreed = any(m.field == by_words[1] and m.how == "known" for m in named)
        return by_words[1], "known" if agreed or by_words[0] == 1 else "similar"
    if named:
        best = max(named, key=lambda m: (m.score, -_CHOSEN.index(vocabulary.fields[m.field].type)))
        return best.field, best.how
    return (by_words[1], "similar") if by_words[0] > 0 and above else None


def _can_be_chosen(field: Field) -> bool:
    return field.type in ("code", "codes") or field.short in _NAMED_BY_HEADING


def _share(texts: Sequence[str], field: Field, vocabulary: Vocabulary) -> float:
    read = [read_code(text, field.values, vocabulary) for text in texts]
    return sum(reading.value is not None for reading in read) / len(texts)
