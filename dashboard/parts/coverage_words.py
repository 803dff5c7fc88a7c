"""The words in and beside the funding chart: as rows that say where in the chart they stand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dashboard.answers.coverage import Band, Course, Rectangle, rectangles
from dashboard.parts.values import code_word
from etl.wording import formatted, say

Rows = list[dict[str, Any]]

#: The drawing's height in pixels.
HEIGHT = 238
#: A gap lower than this many pixels has no room for words.
_LEAST_HEIGHT = 30
#: So many months at the right end belong to the words of the line of need.
_NEED_LABEL_MONTHS = 7


def chart_message(course: Course, language: str) -> str:
    """What the chart says, for those who don't see it."""
    parts = [say(language, "funding.chart.alt", first=course.months[0], last=course.months[-1])]
    parts += [f"{band_label(band, language)}." for band in course.bands]
    if any(course.need):
        parts.append(say(language, "funding.chart.alt_need", amount=_whole(course.need[0])))
    parts += [say(language, "funding.chart.alt_gap", month=e.month, amount=_whole(e.missing)) for e in course.edges]
    return " ".join(parts)


def band_label(band: Band, language: str) -> str:
    """„Landesmittel Wohnlotsen 5.200 € bis Februar 2027“."""
    amount = formatted(language, _whole(max(band.monthly)), "money")
    return f"{_band_name(band, language)} {amount}{_until(band, language)}"


def _until(band: Band, language: str) -> str:
    """Money that ends after the months shown says nothing about its end."""
    if band.ends:
        return f" {say(language, 'funding.chart.until', month=band.ends)}"
    return f", {say(language, 'funding.chart.permanent')}" if band.permanent else ""


def _band_name(band: Band, language: str) -> str:
    if band.name:
        return band.name
    return say(language, "funding.chart.others" if band.others else "funding.chart.several", n=band.sources)


def _short_name(band: Band, language: str) -> str:
    return code_word("funding.level", band.level, language) if band.level else _band_name(band, language)


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1))


def label_rows(course: Course, language: str, top: float) -> Rows:
    """One label per band with money, at its first month."""
    stretches: dict[int, list[Rectangle]] = {}
    for found in rectangles(course.bands):
        stretches.setdefault(found[0], []).append(found)
    return [_label_row(course, language, top, own) for own in stretches.values()]


def _label_row(course: Course, language: str, top: float, own: Sequence[Rectangle]) -> dict[str, Any]:
    number, first, _, low, high = own[0]
    place, after = float(low + high) / 2, own[-1][2]
    band = course.bands[number]
    return {
        "band": number,
        "others": band.others,
        "x": first,
        "span": _reach(own, place, top) - first,
        "end": after,
        "free": after < len(course.months) and own[-1][3] >= max(course.covered[after], course.need[after]),
        "y": place,
        "h": float(high - low) / top,
        "long": band_label(band, language),
        "name": _band_name(band, language),
        "short": _short_name(band, language),
    }


def _reach(own: Sequence[Rectangle], place: float, top: float) -> int:
    """The month to which a line of text at the height ``place`` stays inside the band."""
    half = top * 10 / HEIGHT
    after = own[0][2]
    for _, first, end, low, high in own[1:]:
        if first != after or not float(low) + half <= place <= float(high) - half:
            break
        after = end
    return after


def need_label(course: Course, language: str, words: str) -> Rows:
    """Where the line stands highest above the money; at the right end if it does so there."""
    if not any(course.need):
        return []
    last = len(course.months) - 1
    free = [need - covered for need, covered in zip(course.need, course.covered, strict=True)]
    at = last if free[last] > 0 else max(range(len(free)), key=lambda i: free[i])
    text = say(language, f"funding.chart.{words}", amount=_whole(course.need[at]))
    left = at < last / 2
    return [{"x": at if left else at + 1, "y": float(course.need[at]), "t": text, "left": left, "up": True}]


def edge_labels(course: Course, language: str, top: float) -> Rows:
    """Beside the red rule; above the line of need where the gap is lower than the words."""
    return [
        {
            "x": course.months.index(edge.month),
            "y": float(edge.need if low else (edge.covered + edge.need) / 2),
            "t": say(language, "funding.chart.missing", amount=_whole(edge.missing)),
            "left": True,
            "up": low,
        }
        for edge in course.edges
        for low in (float(edge.missing) / top * HEIGHT < _LEAST_HEIGHT,)
        if not low or course.months.index(edge.month) < len(course.months) - _NEED_LABEL_MONTHS
    ]
