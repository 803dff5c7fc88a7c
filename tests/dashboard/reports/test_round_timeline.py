"""The timeline of a round on paper: one tagged page, counts, nobody named."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from dashboard.answers.round_timeline import Event, RoundTimeline
from dashboard.reports.round_timeline import timeline_pdf
from etl.rules.facts import Round
from etl.rules.reminders import round_finding

OPENED, DEADLINE, MEETING = dt.date(2026, 9, 14), dt.date(2026, 10, 23), dt.date(2026, 11, 10)
WORDS = {"de": ("Runde eröffnet", "Gremium"), "en": ("Round opened", "group")}
AUTUMN = Round("Herbst 2026 </text>#panic()", MEETING, DEADLINE, OPENED)


def a_timeline(days: int) -> RoundTimeline:
    """Reports on every other day, reminders in between: as many lines as can be."""
    came = [Event(OPENED + dt.timedelta(days=2 * n), "reports", 1, n + 1) for n in range(days)]
    letters = [Event(OPENED + dt.timedelta(days=10), "reminded", 3)]
    fixed = [Event(OPENED, "opened"), Event(DEADLINE, "deadline"), Event(MEETING, "meeting", ahead=True)]
    return RoundTimeline(
        this=AUTUMN,
        day=dt.date(2026, 11, 3),
        finding=round_finding(days, days + 2, 0, 0),
        expected=days + 2,
        late=1,
        ways={"file": days, "link": 0, "phone": 0, "confirmed": 0, "open": 2},
        events=tuple(sorted([*came, *letters, *fixed], key=lambda event: event.day)),
    )


@pytest.mark.parametrize(
    ("language", "words"), [("de", ("Runde eröffnet", "Gremium")), ("en", ("Round opened", "group"))]
)
@pytest.mark.parametrize("days", [0, 1, 90])
def test_a_round_fits_on_one_tagged_page(language: str, words: tuple[str, ...], days: int) -> None:
    content = timeline_pdf(a_timeline(days), "Netz <b>", "Befund.", language)
    paper = PdfReader(io.BytesIO(content))
    [page] = paper.pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    root = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(language)
    text = page.extract_text()
    assert all(word in text for word in (*words, "Befund.", "Netz <b>", AUTUMN.name))
    assert timeline_pdf(a_timeline(days), "Netz <b>", "Befund.", language) == content
