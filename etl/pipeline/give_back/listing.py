"""The sheet we add: each matter with its cell, what stood there, what it is about, and room for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from etl.pipeline.give_back.grid import like_a_formula, writable, write_number, write_text
from etl.pipeline.give_back.looks import Looks
from etl.pipeline.give_back.package import Element, Package, added, needed
from etl.stages.own_marks import FILLS, HEADING_ROW
from etl.stages.shapes import address
from etl.wording import say

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_COLUMNS = ("number", "severity", "sheet", "cell", "found", "message", "proposal", "answer")
_WIDTHS = (6, 14, 22, 14, 30, 60, 40, 40)
_HEADING = "E7EAF3"
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at. ``cells`` are addresses or ranges on ``sheet`` ("" where it is about the file)."""

    severity: str
    sheet: str
    cells: tuple[str, ...]
    found: str
    message: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands above the list: the sheet's name, its first cell (by which we know it again) and a hint."""

    sheet: str
    mark: str
    hint: tuple[str, ...]
    language: str


def write_listing(package: Package, looks: Looks, matters: Sequence[Matter], titles: Titles, part: str | None) -> None:
    """Add the sheet as the last one, or write it anew in ``part``."""
    assert package.workbook is not None, "a package without a workbook was let in"
    namespace = _main_namespace(package)
    root = _sheet(namespace, looks, matters, titles)
    if part is None:
        part = package.free_name("xl/worksheets/sheet{}.xml")
        package.add(part, _serialised(root), _TYPE)
        relation = package.relate(package.workbook, "worksheet", part)
        _list_sheet(package, titles.sheet, relation)
    else:
        package.add(part, _serialised(root))


def _main_namespace(package: Package) -> str:
    root = package.look(package.workbook or "")
    return str(root.nsmap[root.prefix])


def _serialised(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _list_sheet(package: Package, name: str, relation: str) -> None:
    """The workbook's list of sheets gets one more entry; every other byte of that part stays."""
    part = package.workbook or ""
    package.settle(part)
    root = package.look(part)
    sheets = needed(root, "sheets")
    entries = list(sheets)
    taken = {int(entry.get("sheetId") or 0) for entry in entries}
    key = next(k for k in entries[-1].attrib if k.endswith("}id"))
    prefix = f"{sheets.prefix}:" if sheets.prefix else ""
    end = f"</{prefix}sheets>".encode()
    before, found, after = package.parts[part].rpartition(end)
    assert found, "a list of sheets ends"
    entry = (
        f'<{prefix}sheet xmlns:rt="{key[1:].partition("}")[0]}" name="{_attribute(free_sheet_name(entries, name))}" '
        f'sheetId="{max(taken) + 1}" rt:id="{relation}"/>'
    )
    package.parts[part] = before + entry.encode() + found + after


def free_sheet_name(entries: Sequence[Element], name: str) -> str:
    taken = {(entry.get("name") or "").casefold() for entry in entries}
    names = (name, *(f"{name[: _LONGEST_NAME - 4]} ({number})" for number in range(2, len(taken) + 3)))
    return next(found for found in names if found.casefold() not in taken)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")


def _sheet(namespace: str, looks: Looks, matters: Sequence[Matter], titles: Titles) -> Element:
    root = etree.Element(f"{{{namespace}}}worksheet", nsmap={None: namespace})
    added(added(root, "sheetPr"), "pageSetUpPr", fitToPage="1")
    view = added(added(root, "sheetViews"), "sheetView", workbookViewId="0")
    added(
        view,
        "pane",
        ySplit=str(HEADING_ROW),
        topLeftCell=f"A{HEADING_ROW + 1}",
        activePane="bottomLeft",
        state="frozen",
    )
    columns = added(root, "cols")
    for number, width in enumerate(_WIDTHS, 1):
        added(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    data = added(root, "sheetData")
    _plain_row(data, 1, looks.own(bold=True), titles.mark)
    for number, text in enumerate(titles.hint, 2):
        _plain_row(data, number, 0, text)
    heading = [say(titles.language, f"give_back.column.{name}") for name in _COLUMNS]
    _row(data, HEADING_ROW, [(text, looks.own(bold=True, fill=_HEADING)) for text in heading])
    links = []
    for number, matter in enumerate(matters, 1):
        row = HEADING_ROW + number
        _row(data, row, _cells(looks, number, matter, titles.language))
        if matter.sheet and matter.cells:
            links.append((address(row, _COLUMNS.index("cell") + 1), matter))
    _link(root, links)
    added(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    return root


def _cells(looks: Looks, number: int, matter: Matter, language: str) -> list[tuple[str, int]]:
    texts: tuple[str, ...] = (str(number), say(language, f"give_back.severity.{matter.severity}"), matter.sheet)
    texts += (", ".join(matter.cells), matter.found, matter.message, matter.proposal, "")
    styles = [looks.own(quoted=like_a_formula(text)) for text in texts]
    styles[1] = looks.own(fill=FILLS[matter.severity])
    if matter.sheet and matter.cells:
        styles[3] = looks.own(link=True)
    return list(zip(texts, styles, strict=True))


def _plain_row(data: Element, row: int, style: int, text: str) -> None:
    _row(data, row, [(text, style)])


def _row(data: Element, row: int, cells: Sequence[tuple[str, int]]) -> None:
    line = added(data, "row", r=str(row))
    for column, (text, style) in enumerate(cells, 1):
        cell = added(line, "c", r=address(row, column), s=str(style))
        if column == 1 and text.isdigit():
            write_number(cell, text)
        elif text:
            write_text(cell, text)


def _link(root: Element, links: Sequence[tuple[str, Matter]]) -> None:
    """Each cell of the list leads to its cell; Excel knows at most so many links on a sheet."""
    if not links:
        return
    parent = added(root, "hyperlinks")
    for place, matter in links[:60_000]:
        name = matter.sheet.replace("'", "''")
        added(parent, "hyperlink", ref=place, location=writable(f"'{name}'!{matter.cells[0]}"))
