"""Days without a year ("Ende Juli", "KW 36", "31.8.", "ab Advent"): the year of the list's own day, always marked."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from etl.stages.readings.reading import tidy
from etl.stages.readings.spans import Span, span_of
from etl.stages.shapes import CellValue
from etl.vocabulary import Vocabulary

_LONGEST = 40
#: So many days ago at most: what lies further back is meant for the year to come.
_LONG_PAST = 150
_POINT = (
    r"(?:jan|feb|mär|maerz|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?|"
    r"\d{1,2}\. ?\d{1,2}\.|\d{1,2}\. ?(?:jan|feb|mär|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]*\.?|"
    r"(?:kw|kalenderwoche) ?\d{1,2}|\d{1,2}\. ?kw|frühjahr|frühling|sommer|herbst|"
    r"ostern|pfingsten|weihnachten|advent|neujahr|silvester|nikolaus"
)
_WITHOUT_YEAR = re.compile(
    r"(?:(?P<lead>ab|seit|bis|bis zum|nach|vor|im|am|in der|zu|zum) )?(?P<part>(?:anfang|mitte|ende) )?"
    rf"(?P<point>{_POINT})"
)
_LEADS = {"nach": "ab ", "ab": "ab ", "seit": "ab ", "bis": "bis ", "bis zum": "bis ", "vor": "bis "}


def span_near(value: CellValue, day: dt.date, vocabulary: Vocabulary | None = None) -> Span | None:
    """The span such a text means in a list of ``day``; None where a year is given or more is said."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    match = _WITHOUT_YEAR.fullmatch(tidy(value).casefold())
    if match is None:
        return None
    for year in (day.year, day.year + 1):
        point = match["point"]
        gap = "" if point[-1] == "." and point[0].isdigit() and not point[-2].isalpha() else " "
        text = f"{_LEADS.get(match['lead'] or '', '')}{match['part'] or ''}{point.rstrip(' ')}{gap}{year}"
        span = span_of(text, vocabulary)
        last = None if span is None else span.end or span.start
        if span is None or last is None:
            return None
        if match["lead"] == "seit" or last.last >= day - dt.timedelta(days=_LONG_PAST):
            return replace(span, doubtful=True)
    return None
