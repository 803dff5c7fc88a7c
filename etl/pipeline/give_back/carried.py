"""Whether a workbook can go back as it came, marks aside; where not, why, and what has to stay behind."""

from __future__ import annotations

import posixpath
import re

from etl.pipeline.give_back.looks import has_styles
from etl.pipeline.give_back.package import Element, Package, child, local

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = "application/vnd.ms-office.vbaProject"
#: Relations to macros and to what only calls them; the parts go with them.
_MACRO_KINDS = frozenset({"vbaProject", "wordVbaData", "vbaProjectSignature", "vbaProjectSignatureAgile"})
_CALLS_MACROS = ("customUI/", "xl/vba")
#: Edited, a sheet takes ten times its bytes.
_LARGEST_SHEET = 40_000_000
_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*?(?:encoding=[\"'](?:utf-8|us-ascii)[\"'])?[^>]*?\?>|<)", re.I)
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*?encoding=[\"'](?!utf-8|us-ascii)", re.I)


def why_not(package: Package) -> str | None:
    """The reason why the package can't be carried: ``signed`` (a signature would no longer hold), ``shared`` (a log of
    changes several people made would no longer fit), ``old_macros`` (macros that are sheets), ``unusual`` (built as no
    usual program builds it), ``large`` (too large a sheet to be edited whole). None where it can."""
    names = [name.lower() for name in package.names]
    if any(name.startswith("_xmlsignatures/") for name in names):
        return "signed"
    if any(name.startswith("xl/revisions/") for name in names):
        return "shared"
    if any(name.startswith(("xl/macrosheets/", "xl/dialogsheets/")) for name in names):
        return "old_macros"
    if not _is_usual(package, names):
        return "unusual"
    return "large" if any(len(package.parts[part]) > _LARGEST_SHEET for part in sheet_parts(package).values()) else None


def _is_usual(package: Package, names: list[str]) -> bool:
    if len(set(names)) < len(names) or any("\\" in name or name.startswith("/") for name in names):
        return False
    if "[Content_Types].xml" not in package.parts or package.workbook not in package.parts:
        return False
    styles = package.related(package.workbook, "styles")
    if styles not in package.parts or not has_styles(package.look(styles)):
        return False
    sheets = list(sheet_parts(package).values())
    edited = [package.workbook, styles, "[Content_Types].xml", *sheets]
    return bool(sheets) and all(_is_plain(package, part) for part in edited)


def _is_plain(package: Package, part: str) -> bool:
    xml = package.parts.get(part, b"")
    return bool(xml) and bool(_UTF8.match(xml)) and not _OTHER_ENCODING.match(xml)


def sheet_parts(package: Package) -> dict[str, str]:
    """Name of a sheet with cells -> its part, in the workbook's order."""
    assert package.workbook is not None, "a package without a workbook was let in"
    targets = {r.id: r for r in package.relations(package.workbook)}
    found = {}
    for entry in _entries(package.look(package.workbook)):
        relation = targets.get(next((v for k, v in entry.attrib.items() if k.endswith("}id")), ""))
        if relation is not None and relation.kind == "worksheet":
            found[entry.get("name") or ""] = relation.target
    return found


def _entries(workbook: Element) -> list[Element]:
    sheets = child(workbook, "sheets")
    return [entry for entry in sheets if local(entry) == "sheet"] if sheets is not None else []


def drop_macros(package: Package) -> bool:
    """Leave macros behind, with the ribbons that call them; whether there were any."""
    assert package.workbook is not None, "a package without a workbook was let in"
    dropped = _drop_related(package, package.workbook) | _drop_related(package, "")
    for name in [name for name in package.names if name.startswith(_CALLS_MACROS)]:
        package.drop(name)
        dropped = True
    types = package.declared_types()
    if any(_is_of_macros(entry) for entry in types):
        types = package.declared_types(change=True)
        for entry in [entry for entry in types if _is_of_macros(entry)]:
            if entry.get("ContentType") == _MACROS:
                types.remove(entry)
            else:
                entry.set("ContentType", _WORKBOOK)
                dropped = True
    return dropped


def _is_of_macros(entry: Element) -> bool:
    kind = entry.get("ContentType") or ""
    return kind == _MACROS or (kind.endswith(".main+xml") and "macroEnabled" in kind)


def _drop_related(package: Package, part: str) -> bool:
    dropped = False
    for relation in list(package.relations(part)):
        ribbon = relation.target.startswith(_CALLS_MACROS)
        if not relation.external and (relation.kind in _MACRO_KINDS or ribbon):
            package.unrelate(part, relation)
            if relation.target in package.parts:
                package.drop(relation.target)
            dropped = True
    return dropped


def stem_of(file: str) -> str:
    """The file's name without its folder and ending."""
    return posixpath.splitext(posixpath.basename(file.replace("\\", "/")))[0]
