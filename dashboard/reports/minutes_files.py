"""The minutes of a meeting as the files people take along."""

from __future__ import annotations

import datetime as dt

from dashboard.answers.minutes import minutes_of
from dashboard.reports.minutes import minutes_paper
from dashboard.reports.paper_docx import as_docx
from dashboard.reports.paper_pdf import as_pdf
from etl.model.store import Store


def minutes_docx(store: Store, meeting: str, today: dt.date, language: str) -> bytes:
    """b"" where there is no such meeting up to ``today``."""
    minutes = minutes_of(store, meeting, today=today)
    return as_docx(minutes_paper(minutes, language)) if minutes else b""


def minutes_pdf(store: Store, meeting: str, today: dt.date, language: str) -> bytes:
    """b"" where there is no such meeting up to ``today``."""
    minutes = minutes_of(store, meeting, today=today)
    return as_pdf(minutes_paper(minutes, language)) if minutes else b""
