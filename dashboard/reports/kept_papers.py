"""The papers that are kept of a meeting: what was shown, as PDF and as a workbook. Houses alone, no person, no contact
data: erasing somebody later leaves them and their checksum as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dashboard.answers.held import held_of
from dashboard.answers.minutes import known_persons, record_of
from dashboard.answers.minutes_content import MeetingRecord
from dashboard.reports import kept_workbook, paper_pdf
from dashboard.reports.meeting_blocks import (
    agreements_blocks,
    head_blocks,
    headline,
    items_blocks,
    late_blocks,
    ratings_blocks,
    since_blocks,
)
from dashboard.reports.paper import Block, Bullets, Heading, Paper, Sentence
from dashboard.reports.result_blocks import words
from etl.pipeline.meeting.closing import AboutToClose
from etl.pipeline.meeting.closing import Paper as KeptPaper
from etl.rules.persons import Persons, without_addresses
from etl.wording import formatted


def papers_for(language: str) -> Callable[[AboutToClose], Sequence[KeptPaper]]:
    """What ``close_meeting`` needs: makes the papers of a meeting that is being closed."""
    return partial(_made, language)


def _made(language: str, closing: AboutToClose) -> tuple[KeptPaper, ...]:
    store = closing.store
    record = record_of(store, held_of(store, closing.plan), known_at=closing.now, since=closing.since)
    return made_of(without_persons(record, known_persons(store)), language)


def made_of(record: MeetingRecord, language: str) -> tuple[KeptPaper, ...]:
    """The same record gives the same bytes."""
    word, day = words(language), record.day.isoformat()
    kind = "supplement" if record.since else "papers"
    name = f"{word(f'kept.file.{kind}')}_{day}"
    pdf = paper_pdf.as_pdf(kept_paper(record, language))
    book = kept_workbook.as_xlsx(record, language)
    return (
        KeptPaper(f"{name}.pdf", paper_pdf.MEDIA_TYPE, pdf),
        KeptPaper(f"{name}.xlsx", kept_workbook.MEDIA_TYPE, book),
    )


def without_persons(record: MeetingRecord, persons: Persons) -> MeetingRecord:
    """Every text of the record without anybody's name, number or address."""
    found: MeetingRecord = _cleaned(record, lambda text: without_addresses(persons.taken_out(text)))
    return found


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_cleaned(one, clean) for one in value)
    if isinstance(value, Mapping):
        return {name: _cleaned(one, clean) for name, one in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {f.name: _cleaned(getattr(value, f.name), clean) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **parts)
    return value


def kept_paper(record: MeetingRecord, language: str) -> Paper:
    """What was shown and what came of it; of a supplement what was added."""
    word = words(language)
    kind = "supplement" if record.since else "papers"
    return Paper(
        language=language,
        title=word(f"kept.title.{kind}", title=record.title),
        over=" · ".join(filter(None, (record.network, record.body))),
        finding=_finding(record, language),
        footer=word("minutes.footer", network=record.network, audience=word("audience.body"), day=record.day),
        page=(word("minutes.page") + "\u00a0", f" {word('minutes.page_of')} "),
        author=record.network,
        day=record.day,
        blocks=tuple(_supplement(record, language) if record.since else _whole(record, language)),
    )


def _finding(record: MeetingRecord, language: str) -> str:
    word = words(language)
    if record.since and not record.results:
        return word("kept.nothing_added")
    return headline(record, word)


def _supplement(record: MeetingRecord, language: str) -> list[Block]:
    word = words(language)
    since = formatted(language, record.since, "instant")
    found: list[Block] = [Sentence(word("kept.since", at=since))]
    if record.items or record.loose or record.loose_temperatures:
        found += items_blocks(record, language)
    return [*found, *agreements_blocks(record, language)]


def _whole(record: MeetingRecord, language: str) -> list[Block]:
    return [
        *head_blocks(record, language),
        *_houses(record, language),
        *since_blocks(record, language),
        *items_blocks(record, language, whole=True),
        *agreements_blocks(record, language),
        *ratings_blocks(record, language),
        *late_blocks(record, language),
    ]


def _houses(record: MeetingRecord, language: str) -> list[Block]:
    word = words(language)
    found: list[Block] = [Heading(word("minutes.heading.present"))]
    if record.houses is None:
        found.append(Sentence(word("minutes.presence_not_noted")))
    else:
        named = tuple(word("kept.house", house=house, n=n) for house, n in record.houses if house)
        free = sum(n for house, n in record.houses if not house)
        found.append(Bullets((*named, *((word("kept.no_house", n=free),) if free else ()))))
    if record.guests:
        found.append(Sentence(word("minutes.guests", n=record.guests)))
    return found
