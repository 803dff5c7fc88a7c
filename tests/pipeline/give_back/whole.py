"""What may differ between a partner's workbook and the one it gets back, and that nothing else does."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from lxml import etree
from python_calamine import CalamineWorkbook

from etl.stages.readers.cells import column_number
from etl.stages.shapes import address

#: Parts in which marks are written.
_MAY_CHANGE = re.compile(
    r"xl/worksheets/[^/]+\.xml|xl/comments[^/]*\.xml|xl/[Cc]omments/.*|xl/drawings/[^/]+\.vml|.*styles\.xml"
    r"|.*\.rels|\[Content_Types\]\.xml|xl/workbook\.xml"
)
_OF_MACROS = re.compile(r"xl/vba|customUI/|.*\.rels$")
_GROUPS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def differences(before: bytes, after: bytes) -> Iterator[str]:
    """What differs and must not: nothing, for a workbook that was only marked."""
    old, new = parts(before), parts(after)
    for name, content in old.items():
        if name not in new:
            if not _OF_MACROS.match(name):
                yield f"{name} is gone"
        elif content != new[name]:
            if not _MAY_CHANGE.fullmatch(name):
                yield f"{name} changed"
            elif name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield from (f"{name}: {found}" for found in sheet_differences(content, new[name], old, new))
            elif name.endswith("styles.xml"):
                yield from (f"{name}: {found}" for found in style_differences(content, new[name]))
            elif name == "xl/workbook.xml":
                yield from _without_added_sheet(content, new[name])
    yield from (f"{name} is new" for name in new if name not in old and not _MAY_CHANGE.fullmatch(name))


def _without_added_sheet(before: bytes, after: bytes) -> Iterator[str]:
    if before != re.sub(rb'<(?:\w+:)?sheet xmlns:rt="[^>]*/>', b"", after):
        yield "the workbook differs in more than one sheet"


def sheet_differences(
    before: bytes, after: bytes, old: dict[str, bytes], new: dict[str, bytes], contents: bool = True
) -> Iterator[str]:
    """Cells differ in their style at most, new ones are blank, everything around them is equal. ``contents=False``:
    cells may hold something else."""
    one, two = etree.fromstring(before), etree.fromstring(after)
    cells_before, cells_after = cells(one), cells(two)
    for place, cell in cells_before.items():
        other = cells_after.get(place)
        if other is None:
            yield f"{place} is gone"
        elif canonical(without(cell, "s")) != canonical(without(other, "s")):
            if contents or (child(cell, "f") is not None and child(other, "f") is None):
                yield f"{place} changed"
        elif cell.get("s") != other.get("s"):
            yield from _style_differences(place, cell, other, old, new)
    for place in cells_after.keys() - cells_before.keys():
        if len(cells_after[place]):
            yield f"{place} is new and not blank"
    if canonical(around(one)) != canonical(around(two)):
        yield "what stands around the cells changed"


def _style_differences(
    place: str, cell: Any, other: Any, old: dict[str, bytes], new: dict[str, bytes]
) -> Iterator[str]:
    """A marked cell's style is its old one but for the fill or the border."""
    one, two = (styles(found)[int(c.get("s") or 0)] for found, c in ((old, cell), (new, other)))
    marks = ("fillId", "borderId", "applyFill", "applyBorder", "quotePrefix")
    if canonical(without(one, *marks)) != canonical(without(two, *marks)):
        yield f"{place} is formatted otherwise"


def styles(found: dict[str, bytes]) -> list[Any]:
    name = next(name for name in found if name.endswith("styles.xml"))
    return list(child(etree.fromstring(found[name]), "cellXfs"))


def style_differences(before: bytes, after: bytes) -> Iterator[str]:
    """Each style that was there still stands in its place."""
    one, two = etree.fromstring(before), etree.fromstring(after)
    for name in _GROUPS:
        first, second = child(one, name), child(two, name)
        if first is not None:
            same = zip(first, second, strict=False)
            if len(second) < len(first) or any(canonical(a) != canonical(b) for a, b in same):
                yield f"{name} changed"


def cells(sheet: Any) -> dict[str, Any]:
    """Address -> cell; where a writer left the addresses out they count on."""
    found, row = {}, 0
    for line in sheet.iter("{*}row"):
        row, column = int(line.get("r") or row + 1), 0
        for cell in line.iterfind("{*}c"):
            letters = re.match("[A-Z]*", cell.get("r") or "")
            column = column_number(letters[0].encode()) if letters and letters[0] else column + 1
            found[address(row, column)] = cell
    return found


def child(element: Any, name: str) -> Any:
    return next((found for found in element if etree.QName(found).localname == name), None)


def without(element: Any, *names: str) -> Any:
    found = copy.deepcopy(element)
    found.tail = None
    for name in names:
        found.attrib.pop(name, None)
    return found


def around(sheet: Any) -> Any:
    """The sheet without its cells, and without the place of its notes."""
    found = copy.deepcopy(sheet)
    for cell in list(found.iter("{*}c")):
        cell.getparent().remove(cell)
    for row in list(found.iter("{*}row")):
        row.attrib.pop("spans", None)
        if set(row.attrib) <= {"r"}:
            row.getparent().remove(row)
    for notes in list(found.iter("{*}legacyDrawing")):
        notes.getparent().remove(notes)
    return found


def canonical(element: Any) -> bytes:
    return bytes(etree.tostring(element, method="c14n", exclusive=True))


def opened_by_others(content: bytes) -> dict[str, list[list[Any]]]:
    """Read by openpyxl and by calamine; returns what calamine sees."""
    openpyxl.load_workbook(io.BytesIO(content)).close()
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
