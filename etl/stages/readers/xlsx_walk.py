"""The facts of ``xlsx_scan``, walked element by element: for any prefix, quoting, order, encoding, missing ``r``."""

from __future__ import annotations

import io
from xml.etree import ElementTree

from etl.stages.readers.refusal import Refusal
from etl.stages.readers.xlsx_parts import reference
from etl.stages.readers.xlsx_scan import SheetFacts
from etl.stages.readers.xlsx_styles import PLAIN, Styles
from etl.stages.readers.xml_parts import local, truth


def walk(xml: bytes, styles: Styles) -> SheetFacts:
    """What stands beside the values; raises ``Refusal`` where the part is no sound XML."""
    walker = _Walker(styles)
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
            walker.step(event, element)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Refusal("file_damaged", part="sheet") from None
    walker.facts.digits = lambda row, column: walker.numbers.get((row, column))
    return walker.facts


class _Walker:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.facts = SheetFacts()
        self.numbers: dict[tuple[int, int], str] = {}
        self.row = 0
        self.column = 0

    def step(self, event: str, element: ElementTree.Element) -> None:
        name = local(element.tag)
        if event == "start":
            if name == "row":
                self._row(element)
            return
        if name == "c":
            self._cell(element)
        elif name == "row":
            element.clear()
        elif name == "col" and truth(element.get("hidden")):
            first, last = int(element.get("min") or 1), min(int(element.get("max") or 1), 16_384)
            self.facts.hidden_columns.update(range(first, last + 1))
        elif name == "mergeCell":
            self._merged(element.get("ref") or "")

    def _row(self, element: ElementTree.Element) -> None:
        self.row = int(element.get("r") or self.row + 1)
        self.column = 0
        if truth(element.get("hidden")):
            self.facts.hidden_rows.add(self.row)

    def _merged(self, text: str) -> None:
        first, _, last = text.partition(":")
        top, bottom = reference(first), reference(last or first)
        if top and bottom:
            self.facts.merged.append((*top, *bottom))

    def _cell(self, element: ElementTree.Element) -> None:
        place = reference(element.get("r") or "") or (self.row, self.column + 1)
        self.row, self.column = place
        style = self.styles.get(int(element.get("s") or 0), PLAIN)
        if style.percent:
            self.facts.percent.add(place)
        if style.fill:
            self.facts.fills[place] = style.fill
        if style.struck:
            self.facts.struck.add(place)
        parts = {local(part.tag): part for part in element}
        if parts:
            self.facts.last_row = max(self.facts.last_row, place[0])
            self.facts.last_column = max(self.facts.last_column, place[1])
            self._content(element, parts, place)
        element.clear()

    def _content(
        self, element: ElementTree.Element, parts: dict[str, ElementTree.Element], place: tuple[int, int]
    ) -> None:
        kind, formula = element.get("t"), parts.get("f")
        value = (parts["v"].text or "") if "v" in parts else ""
        if kind == "e":
            self.facts.errors[place] = value or "#VALUE!"
        elif formula is not None and not value.strip() and "is" not in parts:
            self.facts.formulas_without_value[place] = "=" + (formula.text or "")
            if kind == "str":
                self.facts.blank_results.add(place)
        elif formula is not None and kind == "inlineStr" and value.strip():
            self.facts.texts[place] = value
        elif len(value) >= 16 and kind in (None, "n"):
            self.numbers[place] = value
