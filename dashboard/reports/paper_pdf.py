"""A paper as tagged PDF (PDF/UA-1): headings, lists and tables are such for a screen reader too; or as a picture."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import typst

from dashboard.reports.paper import Block, Bullets, Heading, Paper, Rows, Sentence

MEDIA_TYPE = "application/pdf"
_PAGE = Path(__file__).with_name("paper.typ")
_FONTS = Path(__file__).with_name("fonts")


def as_pdf(paper: Paper) -> bytes:
    """Texts reach the page as data: nothing in them is read as a command. The same paper gives the same bytes."""
    return bytes(
        typst.compile(
            _PAGE.read_bytes(),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_data(paper))},
            pdf_standards=["ua-1"],
            timestamp=dt.datetime.combine(paper.day, dt.time(), dt.UTC),
        )
    )


def as_picture(paper: Paper) -> bytes:
    """PNG of the paper on one page that is as long as it needs."""
    told = _data(paper) | {"picture": True}
    picture = typst.compile(
        _PAGE.read_bytes(),
        format="png",
        ppi=144.0,
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told)},
        timestamp=dt.datetime.combine(paper.day, dt.time(), dt.UTC),
    )
    assert isinstance(picture, bytes), "one page"
    return picture


def _data(paper: Paper) -> dict[str, object]:
    day = paper.day
    return {
        "language": paper.language,
        "title": paper.title,
        "over": paper.over,
        "finding": paper.finding,
        "footer": paper.footer,
        "page": paper.page,
        "author": paper.author,
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    if isinstance(block, Heading):
        return {"is": "heading", "text": block.text, "level": block.level}
    if isinstance(block, Sentence):
        return {"is": "sentence", "text": block.text, "label": block.label, "quiet": block.quiet}
    if isinstance(block, Bullets):
        return {"is": "list", "items": block.items}
    assert isinstance(block, Rows), "there is no other block"
    return {"is": "table", "columns": block.columns, "rows": block.rows, "widths": list(block.widths)}
