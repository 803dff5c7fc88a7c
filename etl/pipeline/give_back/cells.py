"""Writing into the cells of an outgoing workbook, and taking it back where it did not say what was meant."""

from __future__ import annotations

import copy
import datetime as dt

from etl.pipeline.give_back.carried import sheet_parts
from etl.pipeline.give_back.grid import Grid, Position, empty, like_a_formula, write_number, write_text
from etl.pipeline.give_back.looks import Looks
from etl.pipeline.give_back.outgoing import Outgoing
from etl.pipeline.give_back.package import Element, child, created, needed
from etl.pipeline.template.writing import Content
from etl.stages.shapes import shortest_decimal

_DAY_ZERO = {False: dt.date(1899, 12, 30), True: dt.date(1904, 1, 1)}
#: Before it the count of days has a day that never was.
_FIRST_SAFE = dt.date(1900, 3, 1)


class Cells:
    """The cells of all sheets by sheet name and place. What was written can be taken back."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.package = outgoing.package
        self.looks: Looks = outgoing.looks()
        self.parts = sheet_parts(self.package)
        self._grids: dict[str, Grid] = {}
        self._before: dict[tuple[str, Position], Element] = {}
        properties = child(self.package.look(self.package.workbook or ""), "workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in ("1", "true")

    def grid(self, sheet: str) -> Grid:
        if sheet not in self._grids:
            self._grids[sheet] = Grid(self.package.xml(self.parts[sheet]))
        return self._grids[sheet]

    def is_shared_formula(self, sheet: str, place: Position) -> bool:
        """Other cells hang on the formula of this one."""
        cell = self.grid(sheet).find(*place)
        formula = child(cell, "f") if cell is not None else None
        return formula is not None and formula.get("ref") is not None

    def has_formula(self, sheet: str, place: Position) -> bool:
        cell = self.grid(sheet).find(*place)
        return cell is not None and child(cell, "f") is not None

    def write(self, sheet: str, place: Position, content: Content, *, as_day: bool = False) -> None:
        """``as_day``: the cell shows days already."""
        cell = self._open(sheet, place)
        style = int(cell.get("s") or 0)
        if isinstance(content, str):
            write_text(cell, content)
            if like_a_formula(content):
                cell.set("s", str(self.looks.quoted(style)))
        elif isinstance(content, dt.date):
            self._write_day(cell, content, style, as_day)
        elif content is not None:
            write_number(cell, shortest_decimal(content))
        else:
            empty(cell)

    def _write_day(self, cell: Element, day: dt.date, style: int, as_day: bool) -> None:
        if day < _FIRST_SAFE:
            write_text(cell, f"{day:%d.%m.%Y}")
            return
        write_number(cell, str((day - _DAY_ZERO[self._from_1904]).days))
        if not as_day:
            cell.set("s", str(self.looks.dated(style)))

    def clear(self, sheet: str, place: Position) -> None:
        empty(self._open(sheet, place))

    def dress(self, sheet: str, place: Position, style_of: Position | None) -> None:
        """Give a cell the looks of another, or take its colour off."""
        cell = self._open(sheet, place)
        other = self.grid(sheet).find(*style_of) if style_of else None
        style = int((other if other is not None else cell).get("s") or 0)
        cell.set("s", str(style if other is not None else self.looks.colourless(style)))

    def _open(self, sheet: str, place: Position) -> Element:
        """The cell as it came, whatever was written into it since."""
        cell = self.grid(sheet).cell(*place)
        if (sheet, place) in self._before:
            self.restore(sheet, place)
            cell = self.grid(sheet).cell(*place)
        self._before[sheet, place] = copy.deepcopy(cell)
        return cell

    def restore(self, sheet: str, place: Position) -> None:
        before = self._before.pop((sheet, place), None)
        if before is None:
            return
        cell = self.grid(sheet).cell(*place)
        empty(cell)
        cell.attrib.clear()
        cell.attrib.update(before.attrib)
        cell.extend(list(before))

    def finish(self) -> None:
        """Results of formulas over what was written are old: the program that opens the file counts anew."""
        package, workbook = self.package, self.package.workbook or ""
        if not any(b"<f" in package.parts[part] or b":f" in package.parts[part] for part in self.parts.values()):
            return
        root = package.xml(workbook)
        counting = child(root, "calcPr")
        if counting is None:
            counting = created(root, "calcPr")
            names = child(root, "definedNames")
            (names if names is not None else needed(root, "sheets")).addnext(counting)
        counting.set("fullCalcOnLoad", "1")
        for relation in [r for r in package.relations(workbook) if r.kind == "calcChain"]:
            package.unrelate(workbook, relation)
            package.drop(relation.target)
