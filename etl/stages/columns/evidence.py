"""Everything known about one column before anything is decided: heading, marks in it, contents, a person's word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from etl.stages.columns.anchors import kind_of
from etl.stages.columns.content import ContentProfile, profile, sampled_profiles
from etl.stages.columns.fitting import could_be, fit
from etl.stages.columns.heading_day import day_of_heading
from etl.stages.columns.heading_index import HeadingIndex, Meaning
from etl.stages.columns.heading_parts import HeadingParts, heading_parts
from etl.stages.columns.meanings import heading_meanings
from etl.stages.readings.legend_words import explained_signs, sign_of
from etl.stages.shapes import Column, Sheet, Table, said_of
from etl.vocabulary import Vocabulary, normalise


@dataclass(slots=True)
class ColumnEvidence:
    """``meanings`` are those of the heading alone, of all kinds; ``supported`` are the same by kind after the contents
    were looked at. ``kinds``: how many kinds of list know the heading, the fewer, the more it says about the table.
    ``remembered`` is a field a person confirmed, "" to keep the column, None where nobody said so.
    ``private``: the heading says that the column is for the house alone."""

    column: Column
    parts: HeadingParts
    meanings: tuple[Meaning, ...]
    content: ContentProfile
    remembered: str | None
    supported: dict[str, dict[str, Meaning]]
    private: bool = False
    kinds: int = 0


_LESS_LIKELY = 0.08
_FEWEST_SIGNS, _LONGEST_SIGN = 2, 3
_EUROS = ("€", "TEUR", "Mio. €")
#: Below this nothing is named.
LEAST_SCORE = 0.6


def gather(
    table: Table, sheet: Sheet, index: HeadingIndex, vocabulary: Vocabulary, remembered: Mapping[str, str]
) -> list[ColumnEvidence]:
    """The evidence for every column of ``table``, in the columns' order."""
    profiles = sampled_profiles(sheet, table.data_rows, [column.column for column in table.columns])
    profiles = _spelt_out(profiles, table, sheet, vocabulary)
    evidence = []
    for column, content in zip(table.columns, profiles, strict=True):
        meanings = _meanings(column, sheet, index)
        parts = _parts(column, table, sheet, vocabulary)
        said = remembered.get(normalise(column.heading)) if remembered and column.heading_cells else None
        supported = _supported(meanings, content, vocabulary, parts.unit)
        private = index.is_private(parts.whole)
        evidence.append(ColumnEvidence(column, parts, meanings, content, said, supported, private, _kinds(meanings)))
    return evidence


def _spelt_out(
    profiles: list[ContentProfile], table: Table, sheet: Sheet, vocabulary: Vocabulary
) -> list[ContentProfile]:
    """A column of signs that the sheet explains ("L = läuft gerade") looks like a column of what they mean."""
    if not any(map(_holds_signs, profiles)):
        return profiles
    meant = {sign: word.meaning for sign, word in explained_signs(table, sheet, vocabulary).items()}
    if len(meant) < _FEWEST_SIGNS:
        return profiles
    return [_with_meanings(content, meant) if _holds_signs(content) else content for content in profiles]


def _holds_signs(content: ContentProfile) -> bool:
    texts = content.texts()
    return content.size >= _FEWEST_SIGNS and len(texts) == content.size and max(map(len, texts)) <= _LONGEST_SIGN


def _with_meanings(content: ContentProfile, meant: Mapping[str, str]) -> ContentProfile:
    texts = [meant.get(sign_of(text) or "", text) for text in content.texts()]
    return profile(list(texts)) if all((sign_of(text) or "") in meant for text in content.texts()) else content


def _kinds(meanings: tuple[Meaning, ...]) -> int:
    sure = [meaning for meaning in meanings if meaning.how == "known"] or meanings
    return len({kind_of(meaning.field) for meaning in sure})


def _parts(column: Column, table: Table, sheet: Sheet, vocabulary: Vocabulary) -> HeadingParts:
    """The heading's parts; a unit may also stand in one of its cells alone ("Geld (TEUR)" over "bewilligt"), or in a
    row of units between the heading and the first record."""
    parts = heading_parts(column.heading)
    if parts.year is None and column.heading_cells:
        day = day_of_heading(said_of(sheet.value(*column.heading_cells[-1])), vocabulary)
        parts = replace(parts, year=int(day[0][:4])) if day else parts
    for cell in reversed(column.heading_cells[:-1]):
        above = heading_parts(said_of(sheet.value(*cell)))
        parts = replace(parts, unit=parts.unit or above.unit, per=parts.per or above.per)
    return parts if parts.unit else replace(parts, unit=_unit_below(column, table, sheet))


def _unit_below(column: Column, table: Table, sheet: Sheet) -> str | None:
    """ "TEUR" right below the heading and above the first record, and nothing else in that cell."""
    if not column.heading_cells or not table.data_rows:
        return None
    for row in range(column.heading_cells[-1][0] + 1, table.data_rows[0]):
        parts = heading_parts(said_of(sheet.value(row, column.column)))
        if parts.unit and not parts.base:
            return parts.unit
    return None


def _supported(
    meanings: tuple[Meaning, ...], content: ContentProfile, vocabulary: Vocabulary, unit: str | None
) -> dict[str, dict[str, Meaning]]:
    """Kind -> field -> meaning with its score for these contents; refuted ones are left out."""
    found: dict[str, dict[str, Meaning]] = {}
    fits: dict[tuple[str, str, str], float] = {}
    for meaning in _of_unit(meanings, unit, vocabulary):
        known = vocabulary.fields[meaning.field]
        asked = meaning.field if known.type == "id" else known.short
        alike = (known.type, known.values, asked)  # all that ``fit`` asks of a field
        if meaning.how == "similar" and not could_be(content, known.type):
            continue
        if alike not in fits:
            fits[alike] = fit(content, meaning.field, vocabulary)
        score = meaning.score * fits[alike] - (_LESS_LIKELY if _is_unlikely(meaning) else 0.0)
        if score >= LEAST_SCORE:
            supported = found.setdefault(kind_of(meaning.field), {})
            supported[meaning.field] = Meaning(meaning.field, score, meaning.how)
    return found


def _is_unlikely(meaning: Meaning) -> bool:
    """Few lists have a column for the day of the report, many for the end; few grants name a measure, many a purpose:
    only their own words name the rarer ones."""
    return meaning.how == "similar" and meaning.field.endswith((".report_date", ".measure_ref"))


def _of_unit(meanings: tuple[Meaning, ...], unit: str | None, vocabulary: Vocabulary) -> Iterable[Meaning]:
    """A heading that gives euros is an amount, whatever else its words are like."""
    if unit not in _EUROS:
        return meanings
    return [m for m in meanings if m.how == "known" or vocabulary.fields[m.field].type == "amount"]


def _meanings(column: Column, sheet: Sheet, index: HeadingIndex) -> tuple[Meaning, ...]:
    if not column.heading_cells:
        return ()
    if len(column.heading_cells) == 1:
        return index.meanings(column.heading)
    *parents, child = (said_of(sheet.value(row, col)) for row, col in column.heading_cells)
    return heading_meanings(parents, child, index)
