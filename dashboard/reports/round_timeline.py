"""The timeline of a round on one A4 page, as tagged PDF: counts only, no partner is named."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import typst

from dashboard.answers.contacts import Viewer
from dashboard.answers.picture import Picture
from dashboard.answers.round_timeline import Event, RoundTimeline, round_timeline
from dashboard.reports.round_course import course_svg
from etl.model.store import Store
from etl.wording import formatted, say

_PAGE = Path(__file__).with_suffix(".typ")
_FONTS = Path(__file__).with_name("fonts")
#: As many lines as the page holds below its chart.
_MOST_LINES = 22
#: Who may have the page: it names nobody.
_AUDIENCE = "body"


@dataclass(frozen=True, slots=True)
class _Line:
    """One event, or reports of several days in one (``until``)."""

    event: Event
    until: dt.date


def round_on_paper(store: Store, picture: Picture, viewer: Viewer, network: str, language: str) -> bytes | None:
    """The round the office looks at; None for everyone else, and where there is no round."""
    timeline = round_timeline(store, picture, viewer)
    if timeline is None:
        return None
    finding = " ".join(say(language, one.code, **one.values) for one in timeline.finding.sentences)
    return timeline_pdf(timeline, network, finding, language)


def timeline_pdf(timeline: RoundTimeline, network: str, finding: str, language: str) -> bytes:
    """``finding`` is the headline in the reader's language. Texts reach the page as data: nothing in them is read as a
    command. The same timeline gives the same bytes."""
    at = dt.datetime.combine(timeline.day, dt.time(), dt.UTC)
    return bytes(
        typst.compile(
            _PAGE.read_bytes(),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_data(timeline, network, finding, language))},
            pdf_standards=["ua-1"],
            timestamp=at,
        )
    )


def _data(timeline: RoundTimeline, network: str, finding: str, language: str) -> dict[str, object]:
    word = partial(say, language)
    this, day = timeline.this, timeline.day
    reported = timeline.expected - timeline.ways["open"]
    audience = word(f"audience.{_AUDIENCE}")
    return {
        "language": language,
        "network": network,
        "title": word("timeline.title", round=this.name),
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "over": word("timeline.over", network=network, round=this.name, day=day),
        "headline": finding,
        "figures": [[formatted(language, n, "count"), word(f"round.way.{way}")] for way, n in timeline.ways.items()],
        "course": word("timeline.course"),
        "chart": course_svg(timeline, language),
        "alt": word("timeline.alt", n=reported, total=timeline.expected, day=day),
        "events_title": word("timeline.events"),
        "columns": [word(f"timeline.column.{name}") for name in ("day", "what", "stand")],
        "events": [_cells(line, timeline, language) for line in _fitting(timeline.events)],
        "remark": _remark(timeline, language),
        "footer": word("timeline.footer", network=network, audience=audience, day=day),
    }


def _cells(line: _Line, timeline: RoundTimeline, language: str) -> list[str]:
    event = line.event
    on = formatted(language, event.day, "date")
    if line.until != event.day:
        on = say(language, "timeline.span", start=event.day, end=line.until)
    what = say(language, f"timeline.what.{event.what}", n=event.n) if event.n else _once(event, language)
    stand = say(language, "timeline.stand", n=event.so_far, total=timeline.expected) if event.so_far else ""
    return [on, what, stand]


def _once(event: Event, language: str) -> str:
    what = say(language, f"timeline.what.{event.what}")
    return say(language, "timeline.ahead", what=what) if event.ahead else what


def _remark(timeline: RoundTimeline, language: str) -> str:
    told = [say(language, "timeline.late", n=timeline.late)] if timeline.late else []
    if timeline.this.opened is None:
        told.append(say(language, "timeline.not_opened"))
    return " ".join([*told, say(language, "timeline.first")])


def _fitting(events: Sequence[Event]) -> list[_Line]:
    """A line an event; where they are too many for the page, the reports of a week (then of two, of four …) share
    one."""
    lines, days = [_Line(event, event.day) for event in events], 7
    while len(lines) > _MOST_LINES and days < 3_000:
        lines, days = _joined(events, dt.timedelta(days=days)), days * 2
    return lines


def _joined(events: Sequence[Event], span: dt.timedelta) -> list[_Line]:
    """Reports that follow one another within a span in one line; what stands between them parts them."""
    lines: list[_Line] = []
    for event in events:
        last = lines[-1] if lines else None
        if last and event.what == last.event.what == "reports" and event.day < last.event.day + span:
            together = replace(last.event, n=last.event.n + event.n, so_far=event.so_far)
            lines[-1] = _Line(together, event.day)
        else:
            lines.append(_Line(event, event.day))
    return lines
