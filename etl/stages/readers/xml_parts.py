"""Parsing the small parts of a package, whatever prefix their writer gave the namespace."""

from __future__ import annotations

from xml.etree import ElementTree


def local(tag: object) -> str:
    """``"{http://...}sheet" -> "sheet"``; comments and instructions have no name."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: ElementTree.Element, name: str) -> str | None:
    """An attribute by local name, in whatever namespace (``r:id`` differs between transitional and strict)."""
    if name in element.attrib:
        return element.attrib[name]
    ending = "}" + name
    return next((value for key, value in element.attrib.items() if key.endswith(ending)), None)


def parse(xml: bytes) -> ElementTree.Element | None:
    """The root, or None where the part is no sound XML (what hangs on it is then simply not known)."""
    try:
        return ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def truth(value: str | None) -> bool:
    return value in ("1", "true", "on")
