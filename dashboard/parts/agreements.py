"""The list of cooperations: what each rests on, who brings what, how long it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.answers.cooperation_list import AgreementList, AgreementRow
from dashboard.parts.blocks import Column, note, table
from dashboard.parts.cooperation_filters import word
from dashboard.parts.downloads import Table
from dashboard.parts.html import Content, Markup, joined, tag
from dashboard.parts.measures import pages
from dashboard.parts.traced import asked, traced, value_target
from etl.wording import formatted

Say = Callable[..., str]

_COLUMNS = ("title", "partners", "type", "contribution", "period", "status")
#: A sign beside each word, fuller the firmer it is; „?“ where nobody said.
_SIGNS = {"none": "–", "spoken": "◔", "written": "◑", "signed": "✓", None: "?"}
_RENEWAL = {"over": "▲", "soon": "△", "dates": "?"}


def agreements_markup(rows: Sequence[AgreementRow], say: Say, language: str) -> Markup:
    columns = [Column(say(f"cooperations.column.{name}"), narrow=name == "period") for name in _COLUMNS]
    cells = (_row(row, say, language) for row in rows)
    return table(columns, cells, label=say("cooperations.view.vereinbarungen"))


def agreement_page(found: AgreementList, say: Say, language: str) -> Markup:
    """One page of the list, and the way to the others."""
    if not found.rows:
        return note(say("cooperations.nothing_found"))
    return joined([agreements_markup(found.rows, say, language), pages(found.page, found.pages, say)])


def _row(row: AgreementRow, say: Say, language: str) -> list[Content]:
    key = row.key
    status = tag("span", word("cooperation.status", row.status, language) or say("word.unknown"), class_="rt-tag")
    purpose = tag("small", traced(row.purpose, value_target(key, "purpose"))) if row.purpose else None
    alone = tag("small", say("cooperations.one_named")) if row.alone else None
    kind = tag("small", word("cooperation.type", row.type, language)) if row.type else None
    brought = ", ".join(word("cooperation.contribution", one, language) for one in row.contributions)
    return [
        joined([asked(row.title, value_target(key)), purpose]),
        joined([traced(", ".join(row.partners) or "–", value_target(key, "partner_a", "partner_b")), alone]),
        traced(joined([_agreed(row, say), kind]), value_target(key, "agreement", "type")),
        traced(brought, value_target(key, "contribution")) if brought else tag("span", "–", class_="rt-room-only"),
        traced(joined([period(row, say), _renewal(row, say)]), value_target(key, "start", "end")),
        traced(status, value_target(key, "status")),
    ]


def _agreed(row: AgreementRow, say: Say) -> Markup:
    return joined([tag("span", _SIGNS[row.agreed], class_="rt-sign", aria_hidden="true"), " ", agreed_word(row, say)])


def agreed_word(row: AgreementRow, say: Say) -> str:
    """None, spoken, written or signed; nobody said is a fifth answer."""
    return say(f"cooperations.agreed_as.{row.agreed}") if row.agreed else say("word.unknown")


def _renewal(row: AgreementRow, say: Say) -> Markup | None:
    """Whether it is over, ends soon, or is said to end before it began."""
    if row.renewal is None:
        return None
    sign = tag("span", _RENEWAL[row.renewal], class_="rt-sign", aria_hidden="true")
    return tag("small", sign, " ", say(f"cooperations.renewal.{row.renewal}"))


def period(row: AgreementRow, say: Say) -> str:
    """„seit 08/2024“, „08/2024 bis 07/2027“."""
    if row.start and row.end:
        return say("cooperations.between", start=row.start, end=row.end)
    if row.start or row.end:
        return say("cooperations.since" if row.start else "cooperations.until", day=row.start or row.end)
    return say("word.unknown")


def agreements_download(rows: Sequence[AgreementRow], say: Say, language: str) -> Table:
    """Every chosen row, also those on other pages."""
    headings = ("title", "partners", "written", "type", "contribution", "status", "start", "end", "renewal", "purpose")
    return Table(
        tuple(say(f"cooperations.column.{name}") for name in headings),
        lambda: [
            [
                row.title,
                ", ".join(row.partners),
                agreed_word(row, say),
                word("cooperation.type", row.type, language),
                ", ".join(word("cooperation.contribution", one, language) for one in row.contributions),
                word("cooperation.status", row.status, language),
                formatted(language, row.start, "short_date") if row.start else "",
                formatted(language, row.end, "short_date") if row.end else "",
                say(f"cooperations.renewal.{row.renewal}") if row.renewal else "",
                row.purpose or "",
            ]
            for row in rows
        ],
    )
