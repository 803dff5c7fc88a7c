"""What kind of list a table is: the kind that explains most of its headings, with a word from the sheet's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.stages.columns.anchors import ANCHOR_FIELDS, ANCHORS, KINDS, kind_of
from etl.stages.columns.assignment import Slot, best_assignment
from etl.stages.columns.contents_alone import TITLED, fields_by_content, may_be_title
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.shapes import CellValue, Sheet, Table
from etl.vocabulary import Vocabulary, normalise
from etl.vocabulary.word_parts import root

_ANCHOR_BONUS = 0.6
_NAME_HINT, _TITLE_HINT, _WEAK_HINT = 1.0, 0.5, 0.2
_TITLE_ROWS, _ROW_OF_A_TABLE, _LONGEST_TITLE = 4, 4, 80
#: What the verb of a short title says weighs more than a noun somewhere above.
_SAID_HINT, _WORDS_OF_A_TITLE = 0.8, 8
#: A heading that is only like a known one says less about the kind of list.
_SIMILAR_WEIGHT = 0.5
_MUCH_STRONGER = 1.3
_SHORTEST_NAME = 6
_CLOSE, _LIKE_KNOWN, _HINTED = 0.7, 0.8, 1.0


_SERIES = frozenset(("goal.current_value", "goal.current_date"))


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for a kind: the summed weight, the fields its headings give, whether the sheet's name says so, and
    how many headings are known (those that are only similar count half)."""

    kind: str
    weight: float
    fields: frozenset[str]
    hinted: bool
    certain: float

    @property
    def anchored(self) -> bool:
        return any(anchor <= self.fields for anchor in ANCHORS[self.kind])


def table_kind(
    table: Table, sheet: Sheet, evidence: Sequence[ColumnEvidence], vocabulary: Vocabulary, beside: frozenset[str]
) -> str | None:
    """The table's kind, or None where no kind has both a title-like column and something more to say for it.

    ``beside`` are the kinds of the tables above it on the sheet: a card of an indicator may have its values below.
    """
    hints = _hints(table, sheet, vocabulary)
    supports = sorted((_support(kind, evidence, hints) for kind in KINDS), key=lambda s: -s.weight)
    supports = _explaining_most_first(supports, evidence)
    told = None if supports[0].anchored else told_kind(table, sheet, vocabulary)
    for support in supports:
        if support.kind == told and (support.anchored or _titled_by_content(support, evidence, vocabulary)):
            return told
    strongest = supports[0]
    for support in supports:
        if support.anchored and _enough(support, table):
            if strongest.weight >= _MUCH_STRONGER * support.weight and _titled_by_content(
                strongest, evidence, vocabulary
            ):
                return strongest.kind
            return support.kind
    if "goal" in beside and any(s.kind == "goal" and s.fields == _SERIES for s in supports):
        return "goal"
    for support in supports:
        if _titled_by_content(support, evidence, vocabulary):
            return support.kind
    return None


def _explaining_most_first(supports: list[Support], evidence: Sequence[ColumnEvidence]) -> list[Support]:
    """Kinds that are nearly as strong, by how much of the whole table they explain when each column gets its field."""
    close = [s for s in supports if s.anchored and s.weight >= _CLOSE * supports[0].weight]
    if len(close) < 2 or not supports[0].anchored:
        return supports
    close.sort(key=lambda support: -(_explained(support.kind, evidence) + (_HINTED if support.hinted else 0.0)))
    return close + [support for support in supports if support not in close]


def _explained(kind: str, evidence: Sequence[ColumnEvidence]) -> float:
    slots: list[dict[Slot, float]] = [
        {
            (m.field, None): m.score * (1.0 if m.how == "known" else _LIKE_KNOWN)
            for m in item.supported.get(kind, {}).values()
        }
        for item in evidence
    ]
    chosen = best_assignment(slots)
    return sum(options[slot] for options, slot in zip(slots, chosen, strict=True) if slot is not None)


def _enough(support: Support, table: Table) -> bool:
    return support.certain >= 2 or support.hinted or len(table.columns) == 1


def _support(kind: str, evidence: Sequence[ColumnEvidence], hints: dict[str, float]) -> Support:
    weights: dict[str, float] = {}
    certain: dict[str, float] = {}
    for item in evidence:
        if item.remembered is not None:
            if item.remembered and kind_of(item.remembered) == kind:
                weights[item.remembered] = 2.0
                certain[item.remembered] = 2.0
        elif supported := item.supported.get(kind):
            best = max(supported.values(), key=lambda meaning: meaning.score)
            weight = best.score / item.kinds**0.5 * (1.0 if best.how == "known" else _SIMILAR_WEIGHT)
            weights[best.field] = max(weight, weights.get(best.field, 0.0))
            certain[best.field] = max(1.0 if best.how == "known" else 0.5, certain.get(best.field, 0.0))
    bonus = max((weight for field, weight in weights.items() if field in ANCHOR_FIELDS), default=0.0) * _ANCHOR_BONUS
    hint = hints.get(kind, 0.0)
    return Support(
        kind, sum(weights.values()) + bonus + hint, frozenset(weights), hint >= _TITLE_HINT, sum(certain.values())
    )


def _titled_by_content(support: Support, evidence: Sequence[ColumnEvidence], vocabulary: Vocabulary) -> bool:
    """No title by its heading, but other fields are clear and a column holds what records are called by."""
    headed = any(item.column.heading_cells for item in evidence)
    if support.kind not in TITLED or not (headed or support.hinted):
        return False
    by_content = sum(
        support.kind not in item.supported
        and bool(fields_by_content(item.content, support.kind, vocabulary, first=place == 0))
        for place, item in enumerate(evidence)
    )
    speaking = len(support.fields) + by_content + support.hinted
    return speaking >= 3 and any(may_be_title(item, support.kind) for item in evidence)


def _hints(table: Table, sheet: Sheet, vocabulary: Vocabulary) -> dict[str, float]:
    hints: dict[str, float] = {}
    _hint_from(sheet.name, _NAME_HINT, vocabulary, hints)
    for values in title_rows(table, sheet):
        for value in values:
            if isinstance(value, str) and len(value) <= _LONGEST_TITLE:
                _hint_from(value, _TITLE_HINT, vocabulary, hints)
    if told := told_kind(table, sheet, vocabulary):
        hints[told] = max(hints.get(told, 0.0), _SAID_HINT)
    return hints


def told_kind(table: Table, sheet: Sheet, vocabulary: Vocabulary) -> str | None:
    """ "Das haben wir entschieden", "Was uns fehlt": the kind that the verb of the nearest short title says."""
    verbs = vocabulary.words["title_words"]
    for values in title_rows(table, sheet):
        words = normalise(values[0]).split() if len(values) == 1 and isinstance(values[0], str) else []
        kinds = {verbs[word] for word in words if word in verbs}
        if len(kinds) == 1 and len(words) <= _WORDS_OF_A_TITLE:
            return kinds.pop()
    return None


def title_rows(table: Table, sheet: Sheet) -> Iterator[Sequence[CellValue]]:
    """The rows right above the table that can be its title, the nearest first: never those of a table before it."""
    for row in range(table.first_row - 1, max(0, table.first_row - 1 - _TITLE_ROWS), -1):
        cells = [(column, value) for column, value in enumerate(sheet.rows[row - 1], 1) if value not in (None, "")]
        own = [value for column, value in cells if table.first_column <= column <= table.last_column]
        if len(own) >= _ROW_OF_A_TABLE:
            return
        yield own or [value for _, value in cells]


@lru_cache(maxsize=4)
def _roots(vocabulary: Vocabulary) -> dict[str, str]:
    """Root of a sheet's name of one word -> kind: "Kooperierende" says what "Kooperationen" says."""
    names = ((name, kind) for name, kind in vocabulary.sheets.items() if " " not in name and len(name) > _SHORTEST_NAME)
    return {root(name): kind for name, kind in names if kind in ANCHORS}


def _hint_from(text: str, weight: float, vocabulary: Vocabulary, hints: dict[str, float]) -> None:
    whole = normalise(text)
    named = _roots(vocabulary)
    for word in (whole, *whole.split()):
        kind = vocabulary.sheets.get(word) or named.get(root(word))
        if kind in ANCHORS:
            # Names that any list may have ("Übersicht", "2026", "Tabelle1") are a hint only for want of a better one.
            general = any(char.isdigit() for char in word) or word == "uebersicht"
            hints[kind] = max(hints.get(kind, 0.0), _WEAK_HINT if general else weight)
