"""Columns whose headings say nothing, understood by what stands in them and by what the list still lacks.

A colleague reads a list as a whole: two columns of days beside each other are beginning and end, two of whole numbers
are planned and reached, the only column of persons is whom to ask. Each such reading is a proposal, told and one click
from correction; where two columns could be meant, none is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from etl.stages.columns.content import ContentProfile, domain_share
from etl.stages.columns.evidence import ColumnEvidence
from etl.stages.readings.dates import read_date
from etl.stages.readings.words import read_code
from etl.vocabulary import Vocabulary

_FEWEST = 3
_CLEAR, _MOSTLY = 0.6, 0.5
#: Kind -> its pair of days, the earlier first.
_DAYS = {
    "measure": ("start", "end"),
    "funding": ("start", "end"),
    "cooperation": ("start", "end"),
    "decision": ("date", "due"),
    "agreement": ("meeting_date", "due"),
}
_ONE_DAY = {"need": "noticed_on", "meeting": "date", "goal": "current_date"}
_DAY_OF_VALUE = {
    "baseline_value": "baseline_date",
    "target_value": "target_date",
    "current_value": "current_date",
}
_PLACE = {"measure": "location", "need": "location"}
_PEOPLE = {"measure": ("participants_planned", "participants_actual")}
_MONEY = {"measure": "cost_total"}
_PERSON = {"measure": "contact", "partner": "contact_name", "cooperation": "contact", "funding": "contact"}
_ORGANISATION = {
    "measure": "lead_org",
    "partner": "name",
    "cooperation": "partner_a",
    "decision": "responsible",
    "agreement": "responsible",
    "goal": "responsible",
    "need": "noticed_by",
}
_ORGANISATIONS = {"measure": "partners", "cooperation": "partner_b", "agreement": "partners"}
_SHORTEST_WORDS = 3
_ANY_DAY = dt.date(2000, 1, 1)


@dataclass(slots=True)
class _Open:
    """A column that may be named: its place, what stands in it."""

    place: int
    content: ContentProfile
    unit: str | None


class Leftover:
    """``chosen`` has each column's field or None and is filled in place by ``name_left_over``."""

    def __init__(
        self,
        kind: str,
        evidence: Sequence[ColumnEvidence],
        chosen: list[str | None],
        closed: Callable[[int], bool],
        vocabulary: Vocabulary,
    ) -> None:
        self.kind, self.chosen, self.vocabulary = kind, chosen, vocabulary
        self.evidence = evidence
        self.named: list[int] = []
        self.closed = closed

    def open(self) -> Iterator[_Open]:
        for place, item in enumerate(self.evidence):
            if self.chosen[place] is None and not self.closed(place) and item.content.size >= _FEWEST:
                yield _Open(place, item.content, item.parts.unit)

    def lacks(self, short: str | None) -> bool:
        field = f"{self.kind}.{short}"
        return short is not None and field in self.vocabulary.fields and field not in self.chosen

    def take(self, place: int, short: str) -> None:
        self.chosen[place] = f"{self.kind}.{short}"
        self.named.append(place)

    def take_only(self, short: str | None, fits: Callable[[_Open], bool]) -> None:
        """Names the one column that fits; where several do, none."""
        if short is None or not self.lacks(short):
            return
        found = [column for column in self.open() if fits(column)]
        if len(found) == 1:
            self.take(found[0].place, short)


def name_left_over(left: Leftover) -> list[int]:
    """Names what it can in ``left.chosen``; gives the places it named."""
    _codes(left)
    _days(left)
    _days_of_values(left)
    left.take_only(_PERSON.get(left.kind), lambda c: c.content.share_of_persons() >= _CLEAR)
    left.take_only(_ORGANISATIONS.get(left.kind), lambda c: _organisations(c) and _lists(c))
    left.take_only(_ORGANISATION.get(left.kind), lambda c: _organisations(c) and not _lists(c))
    left.take_only(_MONEY.get(left.kind), lambda c: _money(c))
    _people(left)
    left.take_only(_PLACE.get(left.kind), lambda c: c.content.share_of_places() >= _MOSTLY and not _prose(c))
    left.take_only("title" if left.kind == "funding" else None, _purpose)
    left.take_only("description" if left.kind == "measure" else None, lambda c: _prose(c) and _beside_title(left, c))
    return left.named


def _codes(left: Leftover) -> None:
    """Each coded field whose words stand in exactly one open column, and in that column better than those of others."""
    fields = [f for f in left.vocabulary.fields.values() if f.entity == left.kind and f.type in ("code", "codes")]
    for column in list(left.open()):
        if column.content.share("text", "long") < _MOSTLY or column.content.mean_length() < _SHORTEST_WORDS:
            continue
        shares = sorted(((_words(column.content, f.values, left.vocabulary), f.short) for f in fields), reverse=True)
        if not shares:
            return
        (best, short), second = shares[0], shares[1][0] if len(shares) > 1 else 0.0
        if best >= _CLEAR and best > second + 0.2 and left.lacks(short):
            left.take(column.place, short)


def _words(content: ContentProfile, domain: str, vocabulary: Vocabulary) -> float:
    exact = domain_share(content, domain, vocabulary)
    if exact >= _CLEAR or not domain.endswith("status"):
        return exact
    texts = content.texts()
    read = sum(read_code(text, domain, vocabulary).value is not None for text in texts[:20])
    return max(exact, 0.9 * read / max(len(texts[:20]), 1)) if texts else exact


def _days(left: Leftover) -> None:
    pair = _DAYS.get(left.kind)
    days = [(middle, column) for column in left.open() if (middle := _middle_day(left, column.place))]
    single = _ONE_DAY.get(left.kind)
    if single and left.lacks(single) and len(days) == 1:
        left.take(days[0][1].place, single)
    if pair is None:
        return
    missing = [name for name in pair if left.lacks(name)]
    if len(missing) == 2 and len(days) == 2 and not _has_period(left):
        (first, one), (last, other) = days
        if first < last and other.place == one.place + 1:
            left.take(one.place, pair[0])
            left.take(other.place, pair[1])
    elif len(missing) == 1 and len(days) == 1:
        _other_day(left, pair, missing[0], days[0])


def _days_of_values(left: Leftover) -> None:
    """In a list of goals the column of years right behind a value says when that value was, or is to be."""
    for value, day in _DAY_OF_VALUE.items():
        field = f"{left.kind}.{value}"
        if field not in left.chosen or not left.lacks(day):
            continue
        behind = left.chosen.index(field) + 1
        for column in list(left.open()):
            if column.place == behind and column.content.share("date", "year", "period") >= _MOSTLY:
                left.take(column.place, day)


def _has_period(left: Leftover) -> bool:
    return f"{left.kind}.period" in left.chosen


def _other_day(left: Leftover, pair: tuple[str, str], missing: str, found: tuple[str, _Open]) -> None:
    """The column beside the one that is named, where its days lie on the right side of the other's."""
    known = left.chosen.index(f"{left.kind}.{pair[0] if missing == pair[1] else pair[1]}")
    middle = _middle_day(left, known)
    day, column = found
    if middle is None or abs(known - column.place) > 2:
        return
    if (missing == pair[0] and day < middle) or (missing == pair[1] and day > middle):
        left.take(column.place, missing)


def _middle_day(left: Leftover, place: int) -> str | None:
    """The middle one of the days a column gives, None where it gives mostly none."""
    content = left.evidence[place].content
    if content.share("date", "year", "period") < _MOSTLY:
        return None
    read = [read_date(value, False, _ANY_DAY, left.vocabulary).value for value in content.values]
    days = sorted(str(value) for value in read if value)
    return days[len(days) // 2] if len(days) >= _MOSTLY * content.size and days else None


def _people(left: Leftover) -> None:
    pair = _PEOPLE.get(left.kind)
    if pair is None:
        return
    counts = [column for column in left.open() if _counted(column)]
    missing = [name for name in pair if left.lacks(name)]
    if len(missing) == 2 and len(counts) == 2 and counts[1].place == counts[0].place + 1:
        left.take(counts[0].place, pair[0])
        left.take(counts[1].place, pair[1])
    elif len(missing) == 1 and len(counts) == 1:
        known = left.chosen.index(f"{left.kind}.{pair[0] if missing[0] == pair[1] else pair[1]}")
        if abs(known - counts[0].place) == 1:
            left.take(counts[0].place, missing[0])


def _counted(column: _Open) -> bool:
    """Whole numbers of persons: no money, no codes, no running number."""
    content = column.content
    if column.unit or content.share("number", "year") < _CLEAR or content.share("money") > 0.2:
        return False
    numbers = [v for v in content.values if isinstance(v, (int, float)) and not isinstance(v, bool)]
    whole = all(number == int(number) and 0 <= number < 100_000 for number in numbers)
    running = len(numbers) > 3 and sorted(numbers) == list(range(int(min(numbers)), int(min(numbers)) + len(numbers)))
    return whole and not running


def _money(column: _Open) -> bool:
    """Amounts by their sign or the heading's unit: numbers alone could be anything."""
    content = column.content
    euro = column.unit in ("€", "TEUR", "Mio. €") or content.share("money") >= 0.2
    return euro and content.share("money", "number", "year", "postcode") >= _MOSTLY


def _organisations(column: _Open) -> bool:
    return column.content.share_of_organisations() >= _MOSTLY and column.content.mean_length() <= 90


def _lists(column: _Open) -> bool:
    texts = column.content.texts()
    return sum(any(sign in text for sign in (",", ";", "\n", " und ", "/")) for text in texts) >= 0.3 * len(texts)


def _prose(column: _Open) -> bool:
    return column.content.mean_length() >= 40 and column.content.distinct() >= 0.9


def _purpose(column: _Open) -> bool:
    """What a grant is for: texts of several words, each another."""
    content = column.content
    return content.share("text", "long") >= 0.8 and content.mean_length() >= 12 and content.distinct() >= 0.8


def _beside_title(left: Leftover, column: _Open) -> bool:
    title = f"{left.kind}.title"
    return title in left.chosen and column.place == left.chosen.index(title) + 1
