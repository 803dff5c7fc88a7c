"""Comments at cells: added beside those a partner has, below its own text where a cell has one already."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.pipeline.give_back.grid import Grid, Position, writable
from etl.pipeline.give_back.package import Element, Package, Relation, added, child, local, needed
from etl.stages.own_marks import NOTE, without_own_lines
from etl.stages.readers.xlsx_parts import reference
from etl.stages.shapes import address

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "Runder Tisch"
_NAMESPACES = (
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_NEW_SHAPES = (
    "<xml" + _NAMESPACES + '><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    "<v:shapetype" + _NAMESPACES + ' id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    "<v:shape" + _NAMESPACES + ' id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:260pt;height:90pt;z-index:{z};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 9</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
#: The ids of shapes go in blocks of this size, one sheet's after another's.
_BLOCK = 1024
_ID = re.compile(rb"_x0000_s(\d+)")
_END = b"</xml>"


class Notes:
    """The comments of one sheet."""

    def __init__(self, package: Package, sheet: str, grid: Grid) -> None:
        self.package, self.sheet, self.grid = package, sheet, grid
        relations = list(package.relations(sheet))
        self.threads = {r.target for r in relations if r.kind == "threadedComment"}
        self.comments = next((r for r in relations if r.kind == "comments"), None)
        self.shapes = _shapes_of(relations, grid)

    @property
    def can_be_added(self) -> bool:
        """False where what the sheet has is written as nobody expects; its cells are then marked by colour alone."""
        if self.shapes is None:
            return self.comments is None
        root = self.package.look(self.comments.target) if self.comments is not None else None
        if root is not None and (child(root, "authors") is None or child(root, "commentList") is None):
            return False
        return self.package.parts.get(self.shapes, b"").rstrip().endswith(_END)

    def write(self, texts: Mapping[Position, str]) -> None:
        """Put each text, one paragraph, to its cell. A cell with a thread keeps it as it is: threads are its own."""
        root = self.package.xml(self._comments_part())
        by_cell = self._existing(root)
        threaded = self._threaded()
        new = []
        for position in sorted(texts):
            text = NOTE + writable(" ".join(texts[position].split()))
            if position in by_cell:
                if position not in threaded:
                    _append(by_cell[position], "\n\n" + text)
            else:
                _add(root, position, text)
                new.append(position)
        if new:
            self._draw(new)

    def _existing(self, root: Element) -> dict[Position, Element]:
        found = {}
        for comment in needed(root, "commentList"):
            place = reference(comment.get("ref") or "")
            if place:
                found[place] = comment
        return found

    def _threaded(self) -> set[Position]:
        found: set[Position] = set()
        for part in self.threads:
            for thread in self.package.look(part) if part in self.package.parts else ():
                place = reference(thread.get("ref") or "")
                found |= {place} if place else set()
        return found

    def _comments_part(self) -> str:
        if self.comments is not None:
            return self.comments.target
        part = self.package.free_name("xl/comments{}.xml")
        namespace = self.grid.root.nsmap.get(self.grid.root.prefix)
        empty = f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'
        self.package.add(part, empty.encode(), _COMMENTS_TYPE)
        self.package.relate(self.sheet, "comments", part)
        return part

    def _draw(self, new: list[Position]) -> None:
        """A shape for each new comment: without one a comment is not shown."""
        part = self.shapes or self._new_shapes(len(new))
        xml = self.package.parts[part].rstrip()
        ids = [int(found) for found in _ID.findall(xml)]
        first = max(ids, default=_BLOCK * self._block(part)) + 1
        shapes = [b"" if b'id="_x0000_t202"' in xml else _SHAPE_TYPE.encode()]
        shapes += [_shape(first + n, n, *position).encode() for n, position in enumerate(new)]
        self.package.parts[part] = xml[: -len(_END)] + b"".join(shapes) + _END

    def _new_shapes(self, count: int) -> str:
        part = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
        first = self._block(part)
        blocks = ",".join(str(first + n) for n in range(1 + count // _BLOCK))
        self.package.add(part, _NEW_SHAPES.format(blocks=blocks).encode())
        self.package.declare_extension("vml", _SHAPES_TYPE)
        relation = self.package.relate(self.sheet, "vmlDrawing", part)
        self.grid.hang_notes(f"{{{self._relations_namespace()}}}id", relation)
        return part

    def _block(self, part: str) -> int:
        """A block of ids no other sheet's shapes use; a few stay free for a sheet with very many."""
        number = re.search(r"(\d+)\.vml$", part)
        return 64 * int(number[1]) if number else 64

    def _relations_namespace(self) -> str:
        return next(r.type for r in self.package.relations(self.sheet) if r.kind == "vmlDrawing").rpartition("/")[0]


def told_last_time(package: Package, sheet: str) -> set[Position]:
    """The cells of ``sheet`` whose comments hold lines of ours."""
    part = package.related(sheet, "comments")
    found: set[Position] = set()
    if part not in package.parts:
        return found
    for comment in package.look(part).iter("{*}comment"):
        place = reference(comment.get("ref") or "")
        if place and NOTE in "".join(piece.text or "" for piece in comment.iter() if local(piece) == "t"):
            found.add(place)
    return found


def _shapes_of(relations: list[Relation], grid: Grid) -> str | None:
    """The shapes the sheet itself names; those of its header and footer are others."""
    named = child(grid.root, "legacyDrawing")
    if named is None:
        return None
    ids = {value for key, value in named.attrib.items() if key.endswith("}id")}
    return next((r.target for r in relations if r.id in ids), None)


def _shape(number: int, z: int, row: int, column: int) -> str:
    return _SHAPE.format(
        id=number,
        z=z + 1,
        left=column,
        right=column + 4,
        top=max(row - 2, 0),
        bottom=max(row - 2, 0) + 6,
        row=row - 1,
        column=column - 1,
    )


def _add(root: Element, position: Position, text: str) -> None:
    comment = added(needed(root, "commentList"), "comment", ref=address(*position), authorId=_author(root))
    _write(added(added(comment, "text"), "t"), text)


def _author(root: Element) -> str:
    authors = needed(root, "authors")
    names = [author.text for author in authors]
    if _AUTHOR not in names:
        added(authors, "author", _AUTHOR)
        names.append(_AUTHOR)
    return str(names.index(_AUTHOR))


def _append(comment: Element, text: str) -> None:
    """Below what the partner wrote there; in place of what we wrote there last time."""
    body = child(comment, "text")
    if body is None:
        body = added(comment, "text")
    pieces = [part for part in body.iter() if local(part) == "t"]
    for piece in pieces:
        _write(piece, without_own_lines(piece.text or ""))
    runs = [part for part in body if local(part) == "r"]
    if runs:
        last = added(body, "r")
        runs[-1].addnext(last)
        _write(added(last, "t"), text)
    elif pieces:
        own = pieces[0].text or ""
        _write(pieces[0], own + text if own.strip() else text.lstrip())
    else:
        _write(added(body, "t"), text)


def _write(piece: Element, text: str) -> None:
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
