"""A workbook's package, edited part by part: a part nobody asks to change keeps its bytes and its place."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from etl.stages.readers.package import open_package, read_part

#: lxml comes without types here.
Element = Any
_TYPES = "[Content_Types].xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DAY = (1980, 1, 1, 0, 0, 0)


def local(element: Element) -> str:
    """The name without its namespace; comments and instructions have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def added(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    """A new last child in the namespace of ``parent``."""
    child = etree.SubElement(parent, _in_namespace(parent, name), attributes)
    child.text = text
    return child


def created(beside: Element, name: str, **attributes: str) -> Element:
    """An element in the namespace of ``beside``, not yet anywhere."""
    return etree.Element(_in_namespace(beside, name), attributes, nsmap=beside.nsmap)


def child(parent: Element, name: str) -> Element | None:
    return next((found for found in parent if local(found) == name), None)


def needed(parent: Element, name: str) -> Element:
    """The child that was looked for before the workbook was let in."""
    found = child(parent, name)
    assert found is not None, f"{name} is missing in {parent.tag}"
    return found


def _in_namespace(element: Element, name: str) -> str:
    namespace = etree.QName(element).namespace
    return f"{{{namespace}}}{name}" if namespace else name


class Relation:
    """One relation of a part: ``kind`` is its type's last word, ``target`` the part it leads to."""

    def __init__(self, element: Element, folder: str) -> None:
        self.element = element
        self.id: str = element.get("Id") or ""
        self.type: str = element.get("Type") or ""
        self.kind = self.type.rpartition("/")[2]
        self.external = element.get("TargetMode") == "External"
        target = element.get("Target") or ""
        self.target = target if self.external else posixpath.normpath(posixpath.join("/", folder, target))[1:]


class Package:
    """Parts by name. Raises ``Refusal`` where the package or a part can't be opened."""

    def __init__(self, content: bytes) -> None:
        with open_package(content) as package:
            self.names = [info.filename for info in package.infolist()]
            self.parts = {name: read_part(package, name) for name in self.names}
        self._roots: dict[str, Element] = {}
        self.workbook = self.related("", "officeDocument")

    def xml(self, part: str) -> Element:
        """The root of a part, to be changed in place: it will be written anew."""
        if part not in self._roots:
            self._roots[part] = etree.fromstring(self.parts[part], _PARSER)
        return self._roots[part]

    def look(self, part: str) -> Element:
        """The root of a part that stays as it is."""
        return self._roots[part] if part in self._roots else etree.fromstring(self.parts[part], _PARSER)

    def relations(self, part: str) -> Iterator[Relation]:
        folder, rels = posixpath.dirname(part), _relations_part(part)
        for element in self.look(rels) if rels in self.parts else ():
            if local(element) == "Relationship":
                yield Relation(element, folder)

    def related(self, part: str, kind: str) -> str | None:
        """The part to which the first relation of this kind leads."""
        return next((r.target for r in self.relations(part) if r.kind == kind and not r.external), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Relate ``part`` to ``target``; returns the relation's id."""
        rels = _relations_part(part)
        if rels not in self.parts:
            self.add(rels, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.xml(rels)
        taken = {element.get("Id") for element in root}
        number = next(n for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        path = posixpath.relpath("/" + target, "/" + posixpath.dirname(part))
        added(root, "Relationship", Id=f"rId{number}", Type=self._base() + kind, Target=path)
        return f"rId{number}"

    def unrelate(self, part: str, relation: Relation) -> None:
        root = self.xml(_relations_part(part))
        root.remove(next(element for element in root if element.get("Id") == relation.id))

    def _base(self) -> str:
        """The relations' own namespace: transitional and strict workbooks differ in it."""
        kinds = [r.type for r in self.relations("") if r.kind == "officeDocument"]
        return kinds[0].removesuffix("officeDocument")

    def add(self, part: str, content: bytes, content_type: str | None = None) -> None:
        """A new part, or new content for one; its type is declared where it is given."""
        if part not in self.parts:
            self.names.append(part)
        self.parts[part] = content
        self._roots.pop(part, None)
        if content_type and not any(e.get("PartName") == f"/{part}" for e in self.look(_TYPES)):
            added(self.xml(_TYPES), "Override", PartName=f"/{part}", ContentType=content_type)

    def drop(self, part: str) -> None:
        """Take a part out, with its relations and its declared type; who leads to it is the caller's business."""
        for name in (part, _relations_part(part)):
            if name in self.parts:
                self.names.remove(name)
                del self.parts[name]
        types = self.xml(_TYPES)
        for element in [e for e in types if e.get("PartName") == f"/{part}"]:
            types.remove(element)

    def declare_extension(self, extension: str, content_type: str) -> None:
        types = self.look(_TYPES)
        if not any((element.get("Extension") or "").lower() == extension for element in types):
            root = self.xml(_TYPES)
            default = created(root, "Default", Extension=extension, ContentType=content_type)
            root.insert(0, default)

    def declared_types(self, change: bool = False) -> Element:
        """What the package says its parts are."""
        return self.xml(_TYPES) if change else self.look(_TYPES)

    def free_name(self, pattern: str) -> str:
        """``pattern`` with the first number no part has: ``"xl/comments{}.xml"``."""
        taken = {name.lower() for name in self.parts}
        return next(n for i in range(1, len(taken) + 2) if (n := pattern.format(i)).lower() not in taken)

    def settle(self, part: str) -> None:
        """Write a changed part, so that its bytes can be edited further."""
        if part in self._roots:
            self.parts[part] = _serialised(self._roots.pop(part))

    def content(self) -> bytes:
        """The package as bytes; the same changes give the same bytes."""
        for part, root in self._roots.items():
            self.parts[part] = _serialised(root)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name in self.names:
                info = zipfile.ZipInfo(name, _DAY)
                info.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(info, self.parts[name])
        return out.getvalue()


def _serialised(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
