"""xlsx as the usual programs write it, without calamine, in about half of its time.

It reads only what it knows for certain to mean the same to calamine: every byte of a row must belong to a cell it
understands. At the first thing it does not know (a formula, rich text, a time of day, an unusual number format, a
prefix, a comment in the XML) it gives up on the whole workbook, and ``xlsx`` reads it as ever.
"""

from __future__ import annotations

import zipfile
from typing import Literal

from etl.stages.readers.cells import Digits, check_area, square
from etl.stages.readers.limits import Limits
from etl.stages.readers.quick_rows import RowReader
from etl.stages.readers.quick_styles import number_kinds
from etl.stages.readers.quick_texts import Unusual, numbered_texts
from etl.stages.readers.xlsx_marks import conditional_ranges
from etl.stages.readers.xlsx_parts import Parts, comments, find_parts, relations
from etl.stages.readers.xlsx_scan import digits_at, is_usual
from etl.stages.readers.xlsx_styles import read_styles
from etl.stages.readers.xml_parts import attribute, local, parse, truth
from etl.stages.shapes import Sheet, Workbook


def read_quickly(
    package: zipfile.ZipFile, kind: Literal["xlsx", "xlsm"], limits: Limits
) -> tuple[Workbook, list[Digits]] | None:
    """The workbook as ``read_xlsx`` gives it, or None where anything in it is unusual."""
    try:
        return _read(package, kind, limits)
    except Unusual:
        return None


def _read(package: zipfile.ZipFile, kind: str, limits: Limits) -> tuple[Workbook, list[Digits]]:
    parts = find_parts(package, [])
    names, texts = _named_sheets(parts)
    styles_xml = parts.beside_workbook("styles.xml")
    styles = read_styles(styles_xml, lambda: parts.beside_workbook("theme/theme1.xml"))
    kinds = number_kinds(styles_xml)
    sheets: list[Sheet] = []
    digits: list[Digits] = []
    area = 0
    for name, hidden, part in names:
        sheet, written = _sheet(name, hidden, part, parts, RowReader(kinds, styles, texts), limits, area)
        area += square(sheet, limits, area)
        sheets.append(sheet)
        digits.append(written)
    return Workbook(kind, sheets), digits


def _named_sheets(parts: Parts) -> tuple[list[tuple[str, bool, str]], dict[bytes, str]]:
    """Name, hidden and part of each sheet, and the shared texts by their number as written."""
    root = parse(parts.read(parts.workbook))
    if root is None:
        raise Unusual
    targets = relations(parts, parts.workbook)
    kinds = [kind for _, kind in targets.values()]
    if not set(kinds) <= _USUAL_RELATIONS or kinds.count("sharedStrings") > 1:
        raise Unusual
    named: list[tuple[str, bool, str]] = []
    for element in root.iter():
        tag = local(element.tag)
        if tag == "workbookPr" and truth(element.get("date1904")):
            raise Unusual
        if tag == "sheet":
            target, kind = targets.get(attribute(element, "id") or "", ("", ""))
            state = element.get("state", "visible")
            if kind != "worksheet" or not element.get("name") or state not in ("visible", "hidden", "veryHidden"):
                raise Unusual
            named.append((element.get("name") or "", state != "visible", target))
    shared = next((target for target, kind in targets.values() if kind == "sharedStrings"), None)
    if not named or len({name for name, _, _ in named}) < len(named):
        raise Unusual
    return named, numbered_texts(parts.read(shared)) if shared else {}


#: What a workbook's relations may lead to without making it unusual; none of it holds cells but the sheets.
_USUAL_RELATIONS = frozenset(
    ("worksheet", "styles", "theme", "sharedStrings", "calcChain", "customXml", "metadata", "person", "externalLink",
     "pivotCacheDefinition", "connections", "vbaProject", "sheetMetadata")
)  # fmt: skip


def _sheet(
    name: str, hidden: bool, part: str, parts: Parts, reader: RowReader, limits: Limits, already: int
) -> tuple[Sheet, Digits]:
    xml = parts.read(part)
    if not xml or not is_usual(xml):
        raise Unusual
    sheet = Sheet(name, hidden)
    sheet.rows = reader.rows(xml, lambda height, width: check_area(height, width, limits, name, already))
    facts = reader.facts
    sheet.errors, sheet.percent, sheet.fills, sheet.struck = facts.errors, facts.percent, facts.fills, facts.struck
    sheet.merged, sheet.hidden_rows, sheet.hidden_columns = facts.merged, facts.hidden_rows, facts.hidden_columns
    sheet.comments = comments(parts, part)
    sheet.conditional = conditional_ranges(xml, max(xml.rfind(b"sheetData"), 0))
    return sheet, lambda row, column: digits_at(xml, row, column)
