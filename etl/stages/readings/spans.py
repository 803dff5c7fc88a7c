"""What a cell says about time as a whole: a range, an open end, a rhythm, a duration, or that it is not known."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from etl.stages.readings.reading import LONGEST_VALUE, tidy
from etl.stages.readings.stretches import (
    SERIALS,
    YEARS,
    Stretch,
    a_day,
    a_year,
    from_serial,
    months,
    stretch,
    without_vagueness,
)
from etl.stages.shapes import CellValue
from etl.vocabulary import Vocabulary, load_vocabulary, normalise


@dataclass(frozen=True, slots=True)
class Span:
    """What a text says about time: where it starts, where it ends, or only how often or how long."""

    start: Stretch | None = None
    end: Stretch | None = None
    open_end: bool = False
    more: Mapping[str, object] = field(default_factory=dict)
    doubtful: bool = False
    at_once: bool = False
    reason: str | None = None

    @property
    def interpreted(self) -> bool:
        if self.doubtful or self.at_once:
            return True
        return any(s is not None and (s.approx or s.doubtful) for s in (self.start, self.end))


def span_of(value: CellValue, vocabulary: Vocabulary | None = None) -> Span | None:
    """The span a cell speaks of, or None where it cannot be read without guessing."""
    if isinstance(value, dt.date):
        date = day_of(value)
        return _both(a_day(date.year, date.month, date.day)) if date.year >= 1906 else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        found = _numbered(value)
        return _both(found) if found else None
    if not isinstance(value, str) or len(value) > LONGEST_VALUE:
        return None
    text = tidy(value).casefold()
    return _worded(text, vocabulary or load_vocabulary()) or _written(text)


def day_of(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def is_year_shown_as_date(value: dt.date) -> bool:
    """The number 2026 in a date format shows as 18 July 1905: no date anybody meant."""
    return value.year < 1906


def _both(found: Stretch) -> Span:
    return Span(found, found)


def _numbered(number: float) -> Stretch | None:
    """2026 is a year; 46266 a serial number; 9.2026 is what Excel makes of ``09.2026``."""
    if number == int(number) if abs(number) < 1e9 else False:
        if int(number) in YEARS:
            return a_year(int(number))
        if int(number) in SERIALS:
            date = from_serial(number)
            return a_day(date.year, date.month, date.day, doubtful=True)
        return None
    month, _, year = f"{number:.4f}".partition(".")
    if 1 <= number < 13 and int(year) in range(1990, 2060) and abs(number - round(number, 4)) < 1e-9:
        return replace(months(int(year), int(month), 1, "month"), doubtful=True)
    return from_serial_with_time(number)


def from_serial_with_time(number: float) -> Stretch | None:
    """46266.5 is noon of a day."""
    if not SERIALS.start <= number < SERIALS.stop:
        return None
    date = from_serial(number)
    return a_day(date.year, date.month, date.day, doubtful=True)


_EVERY = re.compile(r"(?:jede[nrs]?|alle|every)\b")
_WEEKDAY = re.compile(r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)s?\b|\b\w+days?\b")
_RHYTHM = {
    "monat": "monthly", "month": "monthly", "woche": "weekly", "week": "weekly", "jahr": "yearly", "year": "yearly",
    "quartal": "quarterly", "quarter": "quarterly",
}  # fmt: skip
_DURATION = re.compile(r"(\d{1,3})(?:[.,](5))? ?-?(monate?n?|mon\.?|jahre?n?|months?|years?)")


def _worded(text: str, vocabulary: Vocabulary) -> Span | None:
    """Words instead of a date: ``unbefristet``, ``jährlich``, ``36 Monate``, ``nach Vereinbarung``, ``kurzfristig``."""
    word = normalise(text)
    code = vocabulary.words["date_words"].get(word)
    if code == "open_end":
        return Span(open_end=True)
    if code == "immediate":
        return Span(at_once=True)
    if code in ("by_appointment", "on_demand"):
        return Span(more={"null_reason": code})
    if code is not None:
        return Span(reason=code)
    recurrence = vocabulary.words["recurrence"].get(word) or _rhythm(text)
    if recurrence:
        return Span(more={"recurrence": recurrence})
    horizon = vocabulary.words["horizon"].get(word)
    if horizon:
        return Span(more={"horizon": horizon})
    duration = _DURATION.fullmatch(text)
    if duration:
        factor = 12 if duration[3][0] in "jy" else 1
        half = factor // 2 if duration[2] else 0
        return Span(more={"duration_months": int(duration[1]) * factor + half})
    return None


def _rhythm(text: str) -> str | None:
    every = _EVERY.match(text)
    if not every:
        return None
    for word, rhythm in _RHYTHM.items():
        if word in text:
            return rhythm
    return "weekly" if _WEEKDAY.search(text) else None


_FROM = re.compile(r"(ab|seit|from|since|von|start:?|beginn:?|beginning|starting)(?: dem)? (.+)")
_UNTIL = re.compile(
    r"(?:noch |befristet )?(?:bis(?: spätestens| einschl\.| einschließlich)?|until|till|by|spätestens|ende:)"
    r"(?: zum)? (.+)"
)
_PROLONGED = re.compile(r"(?:verlängert|verlängerung|extended) (?=bis|until|till)")
_AND_AFTER = re.compile(r"(.+?) ?(?:ff\.?|fortl\.|fortlaufend|laufend|unbefristet|onwards)")
_OPEN_AFTER = re.compile(
    r"(.+?),? ?(?:-|bis|to) ?(?:heute|today|laufend|unbefristet|offen|dauerhaft|ongoing|auf weiteres)"
)
_TRAILING_DASH = re.compile(r"(.+?) ?-")
_REMARK = re.compile(r" ?\([^()]*\)$")
_END_OF = re.compile(r"(?:ende|end of) (.+)")
_TWO_DAYS = re.compile(r"(\d{1,2})\. ?(?:/|und|\+|&|and) ?(\d{1,2}\. ?.+)")
_SHORT_YEARS = re.compile(r"(\d{4}) ?- ?(\d{2})")


_COUNTED_LEFT = re.compile(r"(?:q|kw|cw|hj|h)\.? ?(?=\d)")
_SLASHED = re.compile(r"([a-zä]+\.?) ?/ ?([a-zä]+\.? \d{4})|(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)")


def _written(text: str) -> Span | None:
    for read in (_single, _open_ended, _from, _until, _range):
        span = read(text)
        if span is not None:
            return span
    without = without_vagueness(_REMARK.sub("", text))
    if without != text and without:
        span = _written(without)
        return span and replace(span, doubtful=True)
    return None


def _single(text: str) -> Span | None:
    found = stretch(text)
    return _both(found) if found else None


def _open_ended(text: str) -> Span | None:
    for pattern in (_OPEN_AFTER, _AND_AFTER, _TRAILING_DASH):
        match = pattern.fullmatch(text)
        begun = match and match[1].strip(" ,")
        if begun:
            begun = begun.removeprefix("ab ").removeprefix("seit ").removeprefix("since ").removeprefix("from ")
            found = stretch(begun)
            if found:
                return Span(start=found, open_end=True)
    return None


def _from(text: str) -> Span | None:
    match = _FROM.fullmatch(text)
    if not match:
        return None
    found = stretch(match[2])
    if found:
        return Span(start=found, open_end=match[1] in ("seit", "since"))
    return _range(match[2])


def _until(text: str) -> Span | None:
    match = _UNTIL.fullmatch(_PROLONGED.sub("", text))
    if not match:
        return None
    end_of = _END_OF.fullmatch(match[1])
    found = stretch(end_of[1]) if end_of else None
    if found:  # "bis Ende 2027" is the whole of 2027, other than "Ende 2027" alone
        return Span(end=replace(found, approx=found.precision == "year"))
    found = stretch(match[1])
    return Span(end=found) if found else None


def _range(text: str) -> Span | None:
    years = _SHORT_YEARS.fullmatch(text)
    if years and int(years[2]) > 12:
        text = f"{years[1]} - {years[1][:2]}{years[2]}"
    days = _TWO_DAYS.fullmatch(text)
    if days:
        text = f"{days[1]}. - {days[2]}"
    for left, right in _halves(text):
        counted = _COUNTED_LEFT.match(left)
        last = stretch(counted[0] + right if counted and right[0].isdigit() else right)
        first = last and (_completed(left, right) or stretch(left))
        if last and first:
            return Span(first, last)
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """The places where a text may be cut in two, the most certain first."""
    if " bis ende " in text:
        text = text.replace(" bis ende ", " bis ")
    for cut in (" bis zum ", " bis ", " to ", " until ", " - ", "bis"):
        left, found, right = text.partition(cut)
        if found and left and right:
            yield left.strip(), right.strip()
    slash = _SLASHED.fullmatch(text)
    if slash:
        yield slash[1] or slash[3], slash[2] or slash[4]
    for match in re.finditer("-", text):
        if match.start():
            yield text[: match.start()].strip(), text[match.end() :].strip()


def _completed(left: str, right: str) -> Stretch | None:
    """``01.`` before ``30.06.2026`` and ``September`` before ``November 2026`` borrow what they lack from the right."""
    if re.search(r"\d{4}$", left) or re.fullmatch(r"\d{1,2}\. ?\d{1,2}\. ?\d{2}", left):
        return None
    bare = left.rstrip(".")
    for match in re.finditer(r"[ ./-]", right):
        tail = right[match.start() :]
        for candidate in (bare + tail, f"{left}{tail.lstrip(' .')}", f"{left} {tail.lstrip(' .')}"):
            found = stretch(candidate)
            if found:
                return found
    return None
