"""A paper as DOCX to be edited further: real headings, tables whose header row repeats, language and page numbers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dashboard.reports.paper import Block, Bullets, Heading, Paper, Rows, Sentence

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_INK, _MUTED = RGBColor(0x17, 0x1A, 0x2B), RGBColor(0x51, 0x57, 0x7A)
_NO_XML = (0xFFFE, 0xFFFF)
_FONT = "Calibri"
_SIZES = {"Normal": 11, "Title": 22, "Heading 2": 14, "Heading 3": 12, "List Bullet": 11}
_REGIONS = {"de": "de-DE", "en": "en-GB"}
#: Centimetres between the margins of an A4 page.
_WIDTH = 16.6


def as_docx(paper: Paper) -> bytes:
    document = Document()
    _prepare(document, paper)
    _paragraph(document, paper.over, quiet=True)
    document.add_heading(_clean(paper.title), 1)
    if paper.finding:
        document.add_paragraph(_clean(paper.finding))
    for block in paper.blocks:
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _prepare(document: Any, paper: Paper) -> None:
    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = _FONT, _INK
        style.font.size = Pt(_SIZES.get(name, _SIZES["Title"]))
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), _FONT)
    _speak(document, _REGIONS.get(paper.language, paper.language))
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    _footer(section.footer.paragraphs[0], paper)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = paper.title, paper.author, paper.language, ""
    core.created = core.modified = dt.datetime.combine(paper.day, dt.time())


def _speak(document: Any, language: str) -> None:
    """The language of every text that names no other: for the spelling check and for being read out."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    found = defaults.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        defaults.append(found)
    found.set(qn("w:val"), language)


def _footer(paragraph: Any, paper: Paper) -> None:
    before, between = paper.page
    for text in (f"{paper.footer} · {before}", None, between, "NUMPAGES"):
        run = paragraph.add_run() if text in (None, "NUMPAGES") else paragraph.add_run(_clean(str(text)))
        run.font.size, run.font.color.rgb = Pt(9), _MUTED
        if text in (None, "NUMPAGES"):
            _field(run, "NUMPAGES" if text else "PAGE")


def _field(run: Any, code: str) -> None:
    """A number that the word processor counts."""
    for kind in ("begin", None, "end"):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = code
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Heading):
        document.add_heading(_clean(block.text), block.level)
    elif isinstance(block, Sentence):
        _paragraph(document, block.text, label=block.label, quiet=block.quiet)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(_clean(item), style="List Bullet")
    else:
        _table(document, block)


def _paragraph(document: Any, text: str, *, label: str = "", quiet: bool = False) -> None:
    paragraph = document.add_paragraph()
    if label:
        paragraph.add_run(_clean(f"{label} ")).bold = True
    run = paragraph.add_run(_clean(text))
    if quiet:
        run.font.size, run.font.color.rgb = Pt(9.5), _MUTED


def _table(document: Any, rows: Rows) -> None:
    table = document.add_table(rows=1, cols=len(rows.columns), style="Table Grid")
    table.autofit = False
    header = table.rows[0]
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    header._tr.get_or_add_trPr().append(mark)
    for cell, word in zip(header.cells, rows.columns, strict=True):
        cell.paragraphs[0].add_run(_clean(word)).bold = True
    for values in rows.rows:
        for cell, text in zip(table.add_row().cells, values, strict=True):
            cell.paragraphs[0].add_run(_clean(text))
    whole = sum(rows.widths)
    for row in table.rows:
        for cell, share in zip(row.cells, rows.widths, strict=True):
            cell.width = Cm(_WIDTH * share / whole)
    document.add_paragraph()


def _clean(text: str) -> str:
    """Without the control characters that no XML may hold."""
    return "".join(sign for sign in text if sign in "\t\n" or (ord(sign) >= 32 and ord(sign) not in _NO_XML))
