"""The minutes of a meeting (Niederschrift): DOCX to edit and tagged PDF, with the names the live store has today."""

from __future__ import annotations

from dashboard.answers.minutes_content import Attendee, ClosingTold, Minutes, Presence
from dashboard.reports.meeting_blocks import (
    agreements_blocks,
    head_blocks,
    headline,
    items_blocks,
    late_blocks,
    ratings_blocks,
)
from dashboard.reports.paper import Block, Bullets, Heading, Paper, Rows, Sentence
from dashboard.reports.result_blocks import words
from etl.rules.persons import NOBODY
from etl.wording import formatted

#: Who may have the minutes: they name whoever was there.
_AUDIENCE = "body"


def minutes_paper(minutes: Minutes, language: str) -> Paper:
    """The same minutes give the same paper."""
    record, word = minutes.record, words(language)
    title = word("minutes.title", title=record.title)
    audience = word(f"audience.{_AUDIENCE}")
    return Paper(
        language=language,
        title=title,
        over=" · ".join(filter(None, (record.network, record.body))),
        finding=headline(record, word),
        footer=word("minutes.footer", network=record.network, audience=audience, day=record.day),
        page=(word("minutes.page") + "\u00a0", f" {word('minutes.page_of')} "),
        author=record.network,
        day=record.day,
        blocks=(
            *_remark(minutes, language),
            *head_blocks(record, language),
            *_presence_blocks(minutes.presence, language),
            *items_blocks(record, language),
            *agreements_blocks(record, language),
            *ratings_blocks(record, language),
            *late_blocks(record, language),
            Heading(word("minutes.heading.next")),
            Sentence(_next(minutes, language)),
            Heading(word("minutes.heading.kept")),
            *_kept_blocks(minutes, language),
        ),
    )


def _remark(minutes: Minutes, language: str) -> list[Block]:
    """That this is a draft, or that the meeting is known from lists alone."""
    if minutes.closings:
        return []
    key = "minutes.draft" if minutes.record.planned else "minutes.from_lists_alone"
    return [Sentence(words(language)(key), quiet=True)]


def _presence_blocks(presence: Presence, language: str) -> list[Block]:
    word = words(language)
    found: list[Block] = [Heading(word("minutes.heading.present"))]
    if presence.there:
        columns = tuple(word(f"minutes.column.{name}") for name in ("house", "name", "function"))
        found.append(Sentence(word("minutes.present", n=len(presence.there))))
        found.append(Rows(columns, tuple(_row(one, language) for one in presence.there), (34, 34, 32)))
    elif presence.members or not presence.guests:
        found.append(Sentence(word("minutes.presence_not_noted")))
    if presence.guests:
        key = "minutes.guests" if presence.members else "minutes.people"
        found.append(Sentence(word(key, n=presence.guests)))
    if presence.noted and presence.missing:
        missing = tuple(", ".join(filter(None, (_name(one), one.house))) for one in presence.missing)
        found += [Heading(word("minutes.heading.missing"), 3), Bullets(missing)]
    return found


def _row(one: Attendee, language: str) -> tuple[str, str, str]:
    deputy = words(language)("minutes.deputy") if one.deputy else ""
    return one.house or "–", _name(one), ", ".join(filter(None, (one.function, deputy))) or "–"


def _name(one: Attendee) -> str:
    return one.name or NOBODY


def _next(minutes: Minutes, language: str) -> str:
    word, coming = words(language), minutes.record.next_meeting
    return word("minutes.next", title=coming[0], day=coming[1]) if coming else word("minutes.next.none")


def _kept_blocks(minutes: Minutes, language: str) -> list[Block]:
    word = words(language)
    if not minutes.closings:
        return [Sentence(word("minutes.not_kept"))]
    found: list[Block] = []
    for closing in minutes.closings:
        found += _closing(closing, language)
    return found


def _closing(closing: ClosingTold, language: str) -> list[Block]:
    word = words(language)
    key = "minutes.kept.supplement" if closing.supplement else "minutes.kept"
    found: list[Block] = [
        Sentence(word(key, at=closing.closed_at, papers=list(closing.papers))),
        Sentence(closing.sha256, word("minutes.label.checksum")),
    ]
    if closing.reason and closing.reopened_at:
        at = formatted(language, closing.reopened_at, "instant")
        found.append(Sentence(word("minutes.reopened", at=at, reason=closing.reason)))
    return found
