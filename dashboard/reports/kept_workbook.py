"""The kept workbook: agenda, results, ratings of all goals and measures, and the cells their figures were read from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from dashboard.answers.minutes_content import MeetingRecord, RatedTold
from dashboard.reports.meeting_blocks import basis, change_row, shown_line, stand, temperature_words
from dashboard.reports.result_blocks import Word, due_words, expected, result_label, sentences, status_word, who, words
from etl.pipeline.export import escaped
from etl.wording import has, say

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Fixed, so that the same meeting gives the same bytes.
_CREATED = dt.datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_WIDEST = 60

Cells = Sequence[Sequence[Any]]


def as_xlsx(record: MeetingRecord, language: str) -> bytes:
    """The same record gives the same bytes; no text is run as a formula."""
    word, out = words(language), io.BytesIO()
    book = xlsxwriter.Workbook(out, dict(_OPTIONS))
    book.set_properties({"created": _CREATED, "title": record.title, "author": record.network})
    bold, wrap = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, columns, rows in _sheets(record, word, language):
        sheet = book.add_worksheet(word(f"kept.sheet.{name}"))
        sheet.freeze_panes(1, 0)
        _write(sheet, [word(f"kept.column.{column}") for column in columns], rows, bold, wrap)
    book.close()
    return out.getvalue()


def _sheets(record: MeetingRecord, word: Word, language: str) -> Iterable[tuple[str, Sequence[str], Cells]]:
    yield "meeting", ("what", "value"), _meeting(record, word, language)
    if record.changed:
        yield (
            "since",
            ("title", "kind", "how", "cause"),
            [change_row(one, word, language) for one in record.changed.lines],
        )
    yield (
        "agenda",
        ("number", "title", "planned", "taken", "reports", "shown", "proposal"),
        _agenda(record, word, language),
    )
    columns = ("item", "kind", "text", "who", "due", "about", "views", "checked", "reason", "expires", "status")
    yield "results", columns, _results(record, word, language)
    yield "temperatures", ("item", "text"), _temperatures(record, word)
    if record.since is None:
        columns = ("kind", "key", "title", "field", "rating", "code", "rule", "why", "inputs", "age", "flips", "body")
        yield "ratings", columns, [_rating(one, word, language) for one in record.rated]
        columns = ("key", "title", "field", "value", "unit", "day", "marks", "file", "sheet", "cell")
        yield "figures", columns, list(_figures(record, language))
        yield "thresholds", ("what", "value"), _thresholds(record, word)


def _meeting(record: MeetingRecord, word: Word, language: str) -> Cells:
    told = [
        (word("minutes.label.day"), record.day),
        (word("minutes.label.body"), record.body),
        (word("minutes.label.place"), record.place),
        (word("minutes.label.stand"), stand(record, word)),
        (word("kept.column.basis"), basis(record, word)),
    ]
    houses = [(word("minutes.heading.present"), f"{house or '–'}: {n}") for house, n in record.houses or ()]
    return [*told, *houses]


def _agenda(record: MeetingRecord, word: Word, language: str) -> Cells:
    return [
        (
            item.number,
            item.title,
            item.minutes,
            round(item.seconds / 60, 1) if item.seconds else None,
            ", ".join(item.reports),
            " ".join([sentences(item.shown, word), *(shown_line(line, word, language) for line in item.lines)]).strip(),
            item.proposal,
        )
        for item in record.items
    ]


def _results(record: MeetingRecord, word: Word, language: str) -> Cells:
    placed = [(item.number, result) for item in record.items for result in item.results]
    placed += [(0, result) for result in record.loose]
    return [
        (
            number or None,
            result_label(result, word).rstrip(":"),
            " / ".join([*result.texts, *(word(one.code, **one.values) for one in result.followed)]),
            who(result, word),
            due_words(result, word, language),
            "; ".join(result.about),
            "; ".join(result.views),
            " ".join(expected(result, word)),
            result.reason,
            result.expires,
            status_word(result, language) if result.status else None,
        )
        for number, result in placed
    ]


def _temperatures(record: MeetingRecord, word: Word) -> Cells:
    placed = [(item.number, one) for item in record.items for one in item.temperatures]
    return [(number, temperature_words(one, word)) for number, one in placed] + [
        (None, temperature_words(one, word)) for one in record.loose_temperatures
    ]


def _rating(one: RatedTold, word: Word, language: str) -> Sequence[Any]:
    rating, human = one.rating, one.rating.human
    inputs = "; ".join(f"{name}={_plain(value)}" for name, value in sorted(rating.inputs.items()) if value is not None)
    return (
        word(f"kind.{one.kind}", n=1),
        one.key,
        one.title,
        one.field_of_action,
        word(f"rating.{rating.code}") if rating.code else None,
        rating.code,
        rating.rule,
        sentences(one.finding.sentences, word),
        inputs,
        rating.data_age_days,
        rating.flips_on,
        f"{human.body}: {word(f'rating.{human.code}')}" if human else None,
    )


def _figures(record: MeetingRecord, language: str) -> Iterable[Sequence[Any]]:
    for one in record.rated:
        for figure in one.figures:
            told = (one.key, figure.title or one.title, _field(figure.kind, figure.field, language))
            value = (_value(figure.value), figure.unit, figure.day, ", ".join(figure.marks))
            for source in figure.sources or (None,):
                cell = (source.file, source.sheet, source.cell) if source else (None, None, None)
                yield (*told, *value, *cell)


def _field(kind: str, name: str, language: str) -> str:
    for owner in (kind, "goal"):
        if has(language, f"field.{owner}.{name}"):
            return say(language, f"field.{owner}.{name}")
    return name


def _thresholds(record: MeetingRecord, word: Word) -> Cells:
    told = [(name, _value(value)) for name, value in sorted(record.thresholds.items())]
    return [(word("kept.column.rules"), record.rules), (word("kept.column.basis"), record.thresholds_version), *told]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {value[name]}" for name in sorted(value, key=str))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool) or value is None or isinstance(value, int | float | dt.date):
        return value
    if isinstance(value, dict):
        return "–".join(str(value.get(name, "")) for name in ("min", "max"))
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _write(sheet: Any, columns: Sequence[str], rows: Cells, bold: Any, wrap: Any) -> None:
    widths = [len(column) for column in columns]
    sheet.write_row(0, 0, columns, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            shown = value.isoformat() if isinstance(value, dt.date) else value
            if shown is None or shown == "":
                continue
            widths[column] = max(widths[column], min(_WIDEST, len(str(shown))))
            sheet.write(number, column, escaped(shown), wrap)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
