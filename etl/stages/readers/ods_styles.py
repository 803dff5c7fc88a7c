"""The styles of an OpenDocument spreadsheet that could matter, with what they inherit."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from etl.stages.readers.xlsx_styles import NO_STATUS, PLAIN, CellStyle
from etl.stages.readers.xml_parts import attribute, local, parse


class OdsStyles:
    """Styles by name; a style's parent is looked up when it is asked for."""

    def __init__(self) -> None:
        self._own: dict[str, dict[str, str]] = {}
        self._parents: dict[str, str] = {}
        self._known: dict[str, CellStyle | None] = {}
        self.any_struck = False

    def read(self, xml: bytes) -> None:
        root = parse(xml)
        for element in root.iter() if root is not None else ():
            if local(element.tag) == "style":
                self.add(element)

    def add(self, element: ElementTree.Element) -> None:
        """Remember a ``style:style``: background, strike-through, and whether it hides a table."""
        name = attribute(element, "name")
        if not name:
            return
        self._parents[name] = attribute(element, "parent-style-name") or ""
        own = self._own[name] = {}
        for part in element:
            for key in ("background-color", "text-line-through-style", "display"):
                value = attribute(part, key)
                if value is not None:
                    own[key] = value
        if own.get("text-line-through-style", "none") != "none":
            self.any_struck = True

    def hides(self, name: str | None) -> bool:
        return self._own.get(name or "", {}).get("display") == "false"

    def strikes_part_of(self, cell: ElementTree.Element) -> bool:
        """Whether a stretch of the cell's text has a struck-out style of its own."""
        spans = (attribute(part, "style-name") for part in cell.iter() if local(part.tag) == "span")
        return any(style.struck for style in map(self.of, spans) if style)

    def of(self, name: str | None) -> CellStyle | None:
        """None where nothing about the style is of interest."""
        if not name:
            return None
        if name not in self._known:
            colour = self._inherited(name, "background-color").lstrip("#").upper()
            fill = colour if re.fullmatch("[0-9A-F]{6}", colour) and colour not in NO_STATUS else None
            struck = self._inherited(name, "text-line-through-style") not in ("", "none")
            style = CellStyle(fill=fill, struck=struck)
            self._known[name] = None if style == PLAIN else style
        return self._known[name]

    def _inherited(self, name: str, key: str) -> str:
        for _ in range(20):  # a chain of parents, which a broken file might close to a ring
            if key in self._own.get(name, {}):
                return self._own[name][key]
            name = self._parents.get(name, "")
        return ""
