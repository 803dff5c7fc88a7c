"""Cells that read without a doubt, most of any list: each different value is read once, each row filled at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.stages.readings.cells import LONGEST_TOKEN, text_tokens_of
from etl.stages.readings.column_facts import Filling
from etl.stages.readings.reading import Reading, stripped
from etl.stages.readings.records import LOADED, Records
from etl.stages.shapes import CellValue, Draft, FieldValue, Origins, rendered, said_of
from etl.vocabulary import Field, Vocabulary

_FIRST_DAY = dt.date(1906, 1, 1)  # see ``spans.is_year_shown_as_date``


@dataclass(slots=True)
class KnownValues:
    """What the different values of a column read as. ``plain``: nothing needs a second look; ``said``: the cell's text,
    where the plain value does not render it; ``doubtful``: those that need one; ``readings``: as far as read
    already."""

    plain: dict[object, FieldValue] = field(default_factory=dict)
    said: dict[object, str] = field(default_factory=dict)
    doubtful: set[object] = field(default_factory=set)
    readings: dict[object, Reading] = field(default_factory=dict)
    blank: set[object] = field(default_factory=set)

    def add_days(self, values: Sequence[object]) -> bool:
        """Takes a column of stored dates and blanks alone; False where it is none."""
        days = set(values)
        if None in days:
            days.remove(None)
            self.blank.add(None)
        if set(map(type, days)) != {dt.date} or min(days) < _FIRST_DAY:  # type: ignore[type-var,operator]
            return False
        self.plain = {day: day.isoformat() for day in days}  # type: ignore[attr-defined]
        return True

    def said_lists(self) -> dict[object, list[str]]:
        return {key: [text] for key, text in self.said.items()}

    def names(self) -> dict[object, list[str]]:
        """The names that the values refer to."""
        return {key: v if isinstance(v, list) else [str(v)] for key, v in self.plain.items()}

    def add_reading(self, key: object, value: CellValue, reading: Reading) -> None:
        self.readings[key] = reading
        inexact = reading.qualifier or reading.mark or reading.problem or reading.reason
        plain = None if inexact or len(reading.fields) != 1 else reading.value
        if plain is None:
            self.doubtful.add(key)
            return
        self.plain[key] = plain
        said = said_of(value)
        if rendered(plain) != said:
            self.said[key] = said


def read_texts(keys: Sequence[object], values: Sequence[CellValue], vocabulary: Vocabulary) -> KnownValues:
    """Free text as it stands; words like "k. A." are left to the careful way."""
    tokens, known = text_tokens_of(vocabulary), KnownValues()
    plain, said = known.plain, known.said
    different = dict(zip(keys, values, strict=True)) if keys is not values else dict.fromkeys(values)
    for key, value in different.items():
        if keys is values:
            value = key  # type: ignore[assignment]
        if value is None:
            known.blank.add(key)
            continue
        text = value if value.__class__ is str else said_of(value)
        bare = stripped(text)  # type: ignore[arg-type]
        if not bare:
            known.blank.add(key)
        elif len(bare) <= LONGEST_TOKEN and bare.casefold() in tokens:
            known.doubtful.add(key)
        else:
            plain[key] = bare
            if bare is not text and bare != text:
                said[key] = text  # type: ignore[assignment]
    return known


@dataclass(slots=True)
class PlainColumn:
    """A column with what its values read as; ``keys`` are those of ``known``. ``values`` has the plain values, None for
    blank cells and for those to be put in with care."""

    filling: Filling
    found: Field
    keys: Sequence[object]
    known: KnownValues
    values: list[FieldValue | None] = field(default_factory=list)
    full: bool = False

    def __post_init__(self) -> None:
        plain = self.known.plain
        self.full = not self.known.blank and not self.known.doubtful
        self.values = list(map(plain.get, self.keys))
        if self.found.type in ("codes", "references"):
            self.values = [list(v) if isinstance(v, list) else v for v in self.values]

    def filled(self) -> list[int]:
        """The indexes of all cells that hold something."""
        blank = self.known.blank
        return [index for index, key in enumerate(self.keys) if key not in blank]

    def give_up(self, taken: Iterable[int]) -> list[int]:
        """The indexes to be put in with care: doubtful cells, and those whose field is ``taken`` already."""
        careful = {index for index in taken if self.values[index] is not None}
        for index in careful:
            self.values[index] = None
            self.full = False
        doubtful = self.known.doubtful
        if doubtful:
            careful |= {index for index, key in enumerate(self.keys) if key in doubtful}
        return sorted(careful)


class Waiting:
    """Plain columns that wait until something has to look at the drafts: then all go in, in the order they came."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.columns: dict[str, list[PlainColumn]] = defaultdict(list)
        self.looked_at = False
        self.joined: dict[tuple[int, int], tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]] = {}

    def add(self, slot: str, column: PlainColumn) -> list[int]:
        """Takes the column's plain cells; gives the indexes of the others, for which all that waits is put in first."""
        taken: list[int] = []
        if self.looked_at:
            self.put_in()
            name = column.found.short
            taken = [index for index, draft in enumerate(self.records.of(slot)) if name in draft.values]
        careful = column.give_up(taken)
        self.columns[slot].append(column)
        if careful:
            self.look()
        return careful

    def look(self) -> None:
        """From now on drafts may hold what no column of theirs has said."""
        self.put_in()
        self.looked_at = True

    def put_in(self) -> None:
        """Fills the drafts with everything that waits."""
        for slot, columns in self.columns.items():
            drafts = self.records.of(slot)
            self._put_rows(drafts, columns)
            _put_texts(drafts, columns)
        self.columns.clear()

    def _put_rows(self, drafts: Sequence[Draft], columns: Sequence[PlainColumn]) -> None:
        names = [column.found.short for column in columns]
        places = {column.found.short: column.filling.column.column for column in columns}
        shared: dict[tuple[str, ...], Mapping[str, int]] = {tuple(names): places}
        full = all(column.full for column in columns)
        for draft, row in zip(drafts, zip(*(column.values for column in columns), strict=True), strict=True):
            stated: dict[str, FieldValue] = dict(zip(names, row, strict=True))  # type: ignore[arg-type]
            usual: Mapping[str, int] = places
            if not full:
                stated = {name: value for name, value in stated.items() if value is not None}
                pattern = tuple(stated)
                usual = shared.get(pattern) or shared.setdefault(pattern, {name: places[name] for name in pattern})
            origins = draft.cells
            if not draft.values and not (origins.usual or origins.apart):  # type: ignore[attr-defined]
                draft.values, origins.usual = stated, usual  # type: ignore[attr-defined]
                continue
            draft.values.update(stated)
            self._place(draft, usual)
        for column in columns:
            filled = self.records.lines
            if not column.full:
                filled = [row for row, value in zip(filled, column.values, strict=True) if value is not None]
            self.records.outcomes.set_rows(column.filling.column.column, filled, LOADED)

    def _place(self, draft: Draft, usual: Mapping[str, int]) -> None:
        origins = draft.cells
        assert isinstance(origins, Origins), "drafts that are being filled have the origins they were made with"
        if origins.apart:
            for name in origins.apart.keys() & usual.keys():
                del origins.apart[name]
                draft.said.pop(name, None)
        before = origins.usual
        if not before:
            origins.usual = usual
            return
        both = (id(before), id(usual))
        if both not in self.joined:  # holds the two, so that nothing else can get their ids
            self.joined[both] = before, usual, {**before, **usual}
        origins.usual = self.joined[both][2]


def _put_texts(drafts: Sequence[Draft], columns: Sequence[PlainColumn]) -> None:
    """What stood in the cells where the values do not say it, and the names they refer to. Drafts share these lists."""
    said = [(column, column.known.said_lists()) for column in columns if column.known.said]
    _fill([draft.said for draft in drafts], said)
    referring = [column for column in columns if column.found.type in ("reference", "references")]
    _fill([draft.references for draft in drafts], [(column, column.known.names()) for column in referring])


def _fill(
    targets: Sequence[dict[str, list[str]]], told: Sequence[tuple[PlainColumn, Mapping[object, list[str]]]]
) -> None:
    """Puts what is told of each column's values under the column's field, all columns of a row at once."""
    if not told:
        return
    names, full, columns = [], True, []
    for column, lists in told:
        found: list[list[str] | None] = list(map(lists.get, column.keys))
        if not column.full:
            found = [None if v is None else texts for texts, v in zip(found, column.values, strict=True)]
        full = full and column.full and len(lists) == len(column.known.plain)
        names.append(column.found.short)
        columns.append(found)
    if full:
        for target, row in zip(targets, zip(*columns, strict=True), strict=True):
            target.update(zip(names, row, strict=True))  # type: ignore[arg-type]
        return
    for name, found in zip(names, columns, strict=True):
        for target, texts in zip(targets, found, strict=True):
            if texts is not None:
                target[name] = texts
