"""A measure or goal to pass on, as one page: PDF and picture."""

from __future__ import annotations

import datetime as dt
from functools import partial

from dashboard.answers.shared_words import SharedLine, shared_words
from dashboard.answers.sharing import SharedPage
from dashboard.reports import paper_pdf
from dashboard.reports.paper import Block, Bullets, Heading, Paper, Sentence
from etl.wording import say


def share_file(page: SharedPage, kind: str, network: str, day: dt.date, language: str) -> bytes:
    """``kind``: "pdf", or "png" for one picture, as high as the page is long."""
    paper = share_paper(page, network, day, language)
    return paper_pdf.as_pdf(paper) if kind == "pdf" else paper_pdf.as_picture(paper)


def share_paper(page: SharedPage, network: str, day: dt.date, language: str) -> Paper:
    word, words = partial(say, language), shared_words(page, network, day, language)
    return Paper(
        language=language,
        title=words.title,
        over=words.over,
        finding=words.finding,
        footer=words.footer,
        page=(word("share.page.before"), word("share.page.between")),
        author=network,
        day=day,
        blocks=tuple(block for line in words.lines for block in _blocks(line)),
    )


def _blocks(line: SharedLine) -> list[Block]:
    if line.items:
        return [Heading(line.text), Bullets(line.items)]
    return [Sentence(line.text, line.label, line.quiet)]
