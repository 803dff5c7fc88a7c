"""Which part of an OOXML package holds what: sheets, their comments, styles and theme."""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from etl.stages.readers.cells import Position, column_number
from etl.stages.readers.package import read_part
from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xml_parts import attribute, local, parse

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Parts:
    """``sheets`` maps a sheet's name to its part; names in the package are kept as written."""

    package: zipfile.ZipFile
    names: dict[str, str]
    workbook: str
    sheets: dict[str, str] = field(default_factory=dict)

    def find(self, path: str) -> str | None:
        """The part's real name: OPC names compare without case, and some writers use backslashes."""
        return self.names.get(path.lstrip("/").lower())

    def read(self, path: str) -> bytes:
        name = self.find(path)
        return read_part(self.package, name) if name else b""

    def beside_workbook(self, name: str) -> bytes:
        return self.read(posixpath.join(posixpath.dirname(self.workbook), name))


def find_parts(package: zipfile.ZipFile, sheet_names: list[str]) -> Parts:
    """The parts of a workbook whose sheets (as calamine lists them) are ``sheet_names``."""
    names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}
    workbook = next((name for name in names if name.endswith(("workbook.xml", "workbook.bin"))), "xl/workbook.xml")
    parts = Parts(package, names, workbook)
    only = [name for name in names if name.startswith("xl/worksheets/") and name.endswith((".xml", ".bin"))]
    if len(only) == 1 and len(sheet_names) == 1:
        parts.sheets = {sheet_names[0]: only[0]}
    else:
        parts.sheets = _sheet_parts(parts)
    return parts


def _sheet_parts(parts: Parts) -> dict[str, str]:
    root = parse(parts.read(parts.workbook))
    targets = {key: target for key, (target, _) in relations(parts, parts.workbook).items()}
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        if local(element.tag) == "sheet":
            target = targets.get(attribute(element, "id") or "")
            if target:
                found[element.get("name") or ""] = target
    return found


def relations(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (target part, type's last word) of a part's own relations."""
    folder, name = posixpath.split(part)
    xml = parts.read(f"{folder}/_rels/{name}.rels")
    root = parse(xml) if xml else None
    found: dict[str, tuple[str, str]] = {}
    for relation in root if root is not None else ():
        target, kind = relation.get("Target") or "", (relation.get("Type") or "").rpartition("/")[2]
        if relation.get("TargetMode") != "External":
            found[relation.get("Id") or ""] = (posixpath.normpath(posixpath.join("/", folder, target))[1:], kind)
    return found


def comments(parts: Parts, part: str) -> dict[Position, str]:
    """Cell -> text of its comment; threads win over the notice Excel leaves for older programs."""
    folder, name = posixpath.split(part)
    if parts.find(f"{folder}/_rels/{name}.rels") is None:
        return {}
    found: dict[Position, str] = {}
    related = sorted(relations(parts, part).values(), key=lambda relation: relation[1] == "threadedComment")
    for target, kind in related:
        if kind in ("comments", "threadedComment"):
            found.update(_comment_texts(parts.read(target), kind == "threadedComment"))
    return found


def _comment_texts(xml: bytes, threaded: bool) -> dict[Position, str]:
    root = parse(xml) if xml else None
    if xml and root is None:
        raise Refusal("file_damaged", part="comments")
    found: dict[Position, str] = {}
    for element in root.iter() if root is not None else ():
        if local(element.tag) not in ("comment", "threadedComment"):
            continue
        position = reference(element.get("ref") or "")
        text = "".join(part.text or "" for part in element.iter() if local(part.tag) in ("t", "text")).strip()
        if position and text and threaded and position in found:
            found[position] += "\n" + text
        elif position and text:
            found[position] = text
    return found


def reference(text: str) -> Position | None:
    """``"B7" -> (7, 2)``."""
    match = REFERENCE.match(text)
    return (int(match[2]), column_number(match[1].encode())) if match else None
