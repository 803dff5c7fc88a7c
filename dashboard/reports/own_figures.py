"""A partner's own figures as a sheet for its house or funder: each with day, goal, rating, cell, what it led to."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.answers.became import Figure, LedLine
from etl.wording import formatted, has, say

_COLUMNS = ("about", "figure", "value", "unit", "day", "goal", "rating", "source", "led")
_WIDTHS = (36, 26, 14, 12, 13, 36, 18, 44, 70)
#: Fewer people than this are not told in what leaves the group.
_FEW = 5


def own_figures_workbook(figures: Sequence[Figure], partner: str, day: dt.date, language: str) -> bytes:
    """One sheet; every text is written as text, so that none is run as a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": say(language, "became.sheet.title", partner=partner), "created": dt.datetime(2000, 1, 1)}
    )
    sheet = book.add_worksheet(say(language, "became.sheet.name"))
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    dated = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
    top = book.add_format({"valign": "top"})
    sheet.write_string(0, 0, say(language, "became.sheet.title", partner=partner), bold)
    sheet.write_string(1, 0, say(language, "became.sheet.about", day=day), top)
    for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, say(language, f"became.column.{name}"), bold)
    for row, figure in enumerate(figures, 4):
        texts = _texts(figure, language)
        for column, text in texts.items():
            sheet.write_string(row, column, text, wrap)
        _number(sheet, row, figure, language, top)
        if figure.day is not None:
            sheet.write_datetime(row, 4, dt.datetime.combine(figure.day, dt.time()), dated)
    sheet.freeze_panes(4, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def _texts(figure: Figure, language: str) -> dict[int, str]:
    word = f"field.measure.{figure.code}"
    name = say(language, word) if has(language, word) else say(language, "became.figure.value")
    if figure.per is not None:
        name = say(language, f"became.figure.per_{figure.per}", name=name)
    if figure.mark is not None:
        name = say(language, "value.marked", value=name, mark=say(language, figure.mark))
    led = [led_words(line, title, day, language) for line, title, day in figure.led]
    rating = say(language, f"rating.{figure.rating}") if figure.rating else "–"
    source = "\n".join(figure.sources) or say(language, "became.entered")
    return {
        0: figure.about,
        1: name,
        3: figure.unit or "",
        5: "\n".join(figure.goals) or say(language, "became.sheet.no_goal"),
        6: rating,
        7: source,
        8: "\n".join(led) or say(language, "became.sheet.nothing_yet"),
    }


def _number(sheet: Worksheet, row: int, figure: Figure, language: str, form: object) -> None:
    """Few people are not told: their number may lead to one of them."""
    value = figure.value
    if figure.people and isinstance(value, Decimal) and 0 < value < _FEW:
        sheet.write_string(row, 2, say(language, "became.sheet.few", n=_FEW), form)
    elif isinstance(value, Decimal):
        sheet.write_number(row, 2, float(value), form)
    else:
        sheet.write_string(row, 2, value, form)


def led_words(line: LedLine, title: str | None, day: dt.date | None, language: str) -> str:
    """„7. Sitzung der Steuerungsgruppe, 10. November 2026: Beschlossen: …“."""
    where = ", ".join(filter(None, (title, formatted(language, day, "date") if day else "")))
    said = say(language, f"became.led.{line.kind}", text=line.text)
    return f"{where}: {said}" if where else said
