"""The interface paper as files: DOCX and PDF to print and pass on, XLSX that can be filled in and comes back as a list.

What is in it about contacts is what the viewer for whom it is made may see; without contacts it may go to the body.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from dashboard.answers import interface_paper as answers
from dashboard.answers.contacts import Viewer
from dashboard.answers.interface_paper import Person, Reached
from dashboard.answers.picture import Picture
from dashboard.reports.paper import Block, Heading, Paper, Rows, Sentence
from dashboard.reports.paper_docx import as_docx
from dashboard.reports.paper_pdf import as_pdf
from dashboard.reports.result_blocks import sentences, words
from etl.rules.interface_paper import Part, Row
from etl.wording import formatted

#: Fixed, so that the same paper gives the same bytes.
_CREATED = dt.datetime(2000, 1, 1)
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
#: The columns of the workbook, as the importer knows them (``field.interface.<name>``), and how wide they are.
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("step", 26), ("organisation", 28), ("role", 13), ("offer", 42), ("legal_basis", 28), ("contact", 36),
    ("deputy", 30), ("handover_to", 30), ("handover_how", 36), ("valid_as_of", 13), ("confirmed_on", 14),
)  # fmt: skip
_PERSONAL = frozenset(("contact", "deputy"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper: of which picture, for whom, in which language, with the contacts they may see or without any."""

    picture: Picture
    network: str
    viewer: Viewer
    language: str
    contacts: bool = False

    @property
    def audience(self) -> str:
        return "internal" if self.contacts else "body"

    def say(self, key: str, **values: Any) -> str:
        return words(self.language)(key, **values)


def interface_docx(wanted: Wanted) -> bytes:
    return as_docx(_paper(wanted))


def interface_pdf(wanted: Wanted) -> bytes:
    return as_pdf(_paper(wanted))


def _paper(wanted: Wanted) -> Paper:
    say, day = wanted.say, wanted.picture.facts.day
    return Paper(
        language=wanted.language,
        title=say("interface.paper.title"),
        over=say("interface.paper.over", network=wanted.network, day=day),
        finding=sentences(answers.headline(wanted.picture).sentences, say),
        footer=say(
            "interface.paper.footer",
            network=wanted.network,
            audience=say(f"audience.{wanted.audience}"),
            day=day,
        ),
        page=(say("interface.paper.page"), f" {say('interface.paper.page_of')} "),
        author=wanted.network,
        day=day,
        blocks=(_overview(wanted), *_steps(wanted)),
    )


def _overview(wanted: Wanted) -> Rows:
    """Every step with who is responsible, on the first page."""
    say = wanted.say
    rows = []
    for row in answers.paper(wanted.picture).rows:
        names = ", ".join(part.who.name for part in row.responsible) or say("interface.paper.nobody")
        rows.append((answers.row_title(row, wanted.language), names))
    return Rows((say("interface.column.step"), say("interface.paper.overview")), tuple(rows), (40, 60))


def _steps(wanted: Wanted) -> list[Block]:
    found: list[Block] = []
    names = ("organisation", "offer", *(("contact",) if wanted.contacts else ()), "handover", "valid_as_of")
    shares = {"organisation": 24, "offer": 28, "contact": 26, "handover": 26, "valid_as_of": 18}
    columns = tuple(wanted.say(f"interface.column.{name}") for name in names)
    for row in answers.paper(wanted.picture).rows:
        found.append(Heading(answers.row_title(row, wanted.language)))
        if not row.parts:
            found.append(Sentence(wanted.say("interface.paper.nobody")))
            continue
        cells = tuple(tuple(_cell(wanted, part, name) for name in names) for part in row.parts)
        found.append(Rows(columns, cells, tuple(shares[name] for name in names)))
    return found


def _cell(wanted: Wanted, part: Part, name: str) -> str:
    say, line = wanted.say, part.line
    if name == "organisation":
        role = say(f"interface.role.{part.role or 'none'}")
        return f"{part.who.name or '–'} ({role})"
    if part.beside:
        return "–"
    if name == "offer":
        return _joined(line.offer, line.legal_basis)
    if name == "contact":
        return _reached(wanted, answers.reached(part, wanted.picture, wanted.viewer, general=False))
    if name == "handover":
        to = say("interface.hands_over", names=[one.name for one in part.receivers]) if part.receivers else None
        return _joined(to, line.handover_how)
    as_of = formatted(wanted.language, line.valid_as_of, "short_date") if line.valid_as_of else None
    return _joined(as_of, _confirmed(wanted, part))


def _confirmed(wanted: Wanted, part: Part) -> str | None:
    """As on the page: to its house, who reported it and the office."""
    if part.confirmed is None or not answers.knows(part, wanted.viewer):
        return None
    told, past = wanted.say("interface.paper.confirmed", day=part.confirmed.day), part.confirmed.past
    return f"{told} ({wanted.say('interface.confirmed.past', n=past)})" if past is not None else told


def _reached(wanted: Wanted, who: Reached) -> str:
    """Names and a telephone: addresses of mail stand in the workbook, no column of a page holds them."""
    deputy = wanted.say("interface.deputy", name=who.deputy.name) if who.deputy else None
    contact = ", ".join(filter(None, (who.contact.name, who.contact.phone))) if who.contact else None
    return _joined(wanted.say("interface.vacant") if who.vacant else contact, deputy)


def _person(person: Person | None) -> str:
    return ", ".join(filter(None, (person.name, person.phone, person.email))) if person else ""


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part) or "–"


def interface_xlsx(wanted: Wanted) -> bytes:
    """One sheet in the importer's own words: what a house changes in it comes back as its list. The same paper gives
    the same bytes. Every text is written as one: none is run as a formula, and what begins with a dash comes back as it
    was, without an apostrophe."""
    say, out, day = wanted.say, io.BytesIO(), wanted.picture.facts.day
    columns = [(name, width) for name, width in _COLUMNS if wanted.contacts or name not in _PERSONAL]
    book = xlsxwriter.Workbook(out, dict(_OPTIONS))
    title = say("interface.paper.title")
    book.set_properties({"created": _CREATED, "title": title, "author": wanted.network})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    date = book.add_format({"num_format": "dd.mm.yyyy", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(title[:31])
    sheet.write_string(0, 0, f"{title} – {wanted.network} – {say(f'audience.{wanted.audience}')}", bold)
    sheet.write_string(1, 0, say("interface.paper.as_of", day=day))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(4, 2)
    for place, (name, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(3, place, say(f"field.interface.{name}"), bold)
    for number, values in enumerate(_lines(wanted, [name for name, _ in columns]), 4):
        for place, value in enumerate(values):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, place, dt.datetime.combine(value, dt.time()), date)
            elif value:
                sheet.write_string(number, place, value, wrap)
    book.close()
    return out.getvalue()


def _lines(wanted: Wanted, names: Sequence[str]) -> list[list[str | dt.date | None]]:
    rows = answers.paper(wanted.picture).rows
    return [[_value(wanted, row, part, name) for name in names] for row in rows for part in row.parts]


def _value(wanted: Wanted, row: Row, part: Part, name: str) -> str | dt.date | None:
    line = part.line
    if name == "step":
        return answers.row_title(row, wanted.language)
    if name == "organisation":
        return part.who.name
    if name == "role":
        return wanted.say(f"interface.role.{part.role}") if part.role else None
    if part.beside:
        return None
    if name in _PERSONAL:
        who = answers.reached(part, wanted.picture, wanted.viewer, general=False)
        return _person(who.contact if name == "contact" else who.deputy) or (
            "N.N." if who.vacant and name == "contact" else None
        )
    if name == "handover_to":
        return ", ".join(receiver.name for receiver in part.receivers)
    if name == "confirmed_on":
        return part.confirmed.day if part.confirmed and answers.knows(part, wanted.viewer) else None
    found: str | dt.date | None = getattr(line, name)
    return found
