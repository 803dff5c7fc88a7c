"""A file on its way back: its own package where that can be carried, else a clean copy, and the sentence about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from etl.issues import DeliveryRefused
from etl.pipeline.clean_copy import as_xlsx
from etl.pipeline.give_back.carried import drop_macros, sheet_parts, stem_of, why_not
from etl.pipeline.give_back.looks import Looks
from etl.pipeline.give_back.package import Package, child
from etl.stages.own_marks import is_ours
from etl.stages.read_workbook import read_workbook
from etl.stages.readers.refusal import Refusal
from etl.stages.shapes import Workbook
from etl.wording import say

_CARRIED = ("xlsx", "xlsm")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NAMELESS = "Tabelle"


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A workbook for its partner and the office. ``sentence`` says what of the partner's file did not come along; None
    where all of it did."""

    content: bytes
    file: str
    sentence: str | None


@dataclass(slots=True)
class Outgoing:
    """``why_copied`` is the reason of a clean copy (``why_not``, or the format), None where the package itself goes
    back; ``own_sheets`` are sheets we added before; ``renamed``: names that a workbook can't have -> those they got."""

    package: Package
    file: str
    own_sheets: frozenset[str]
    renamed: Mapping[str, str]
    why_copied: str | None
    without_macros: bool

    def looks(self) -> Looks:
        styles = self.package.related(self.package.workbook or "", "styles")
        assert styles is not None, "a workbook without styles was let in"
        return Looks(self.package.xml(styles))

    def handed_out(self, kind: str, language: str, *more: str, as_it_came: bytes | None = None) -> HandedOut:
        """The finished file; ``kind`` (marked, prefilled) names it. ``as_it_came``: the partner's own bytes, where
        nothing was changed."""
        sentences = []
        if self.why_copied:
            sentences.append(say(language, f"give_back.copied.{self.why_copied}"))
        if self.without_macros:
            sentences.append(say(language, "give_back.without_macros"))
        name = say(language, f"give_back.file.{kind}", stem=stem_of(self.file))
        whole = as_it_came is not None and not sentences
        content = as_it_came if whole and as_it_came is not None else self.package.content()
        return HandedOut(content, name, " ".join([*sentences, *more]) or None)


def open_outgoing(content: bytes, file: str) -> Outgoing:
    """Open ``content`` to be marked or prefilled. Raises ``DeliveryRefused`` where it can't be read."""
    workbook = read_workbook(content, file)
    own = frozenset(sheet.name for sheet in workbook.sheets if is_ours(sheet))
    package, reason = _carried(content, workbook)
    if package is not None:
        return Outgoing(package, file, own, {}, None, drop_macros(package))
    renamed = _rename(workbook)
    return Outgoing(Package(as_xlsx(workbook)), file, own, renamed, reason, False)


def _rename(workbook: Workbook) -> dict[str, str]:
    """Give each sheet a name a workbook can have: text files have none, other programs allow longer ones."""
    taken: set[str] = set()
    renamed = {}
    for number, sheet in enumerate(workbook.sheets, 1):
        name = _NOT_IN_NAMES.sub(" ", sheet.name).strip("'")[:_LONGEST_NAME] or f"{_NAMELESS}{number}"
        name = name if name.casefold() not in taken else f"{name[: _LONGEST_NAME - 5]} ({number})"
        taken.add(name.casefold())
        if name != sheet.name:
            renamed[sheet.name] = name
            sheet.name = name
    return renamed


def _carried(content: bytes, workbook: Workbook) -> tuple[Package | None, str]:
    """The package itself, or None and why not."""
    if workbook.format not in _CARRIED:
        return None, "format"
    try:
        package = Package(content)
        reason = why_not(package)
        if reason is None and not all(_opens(package, part) for part in sheet_parts(package).values()):
            reason = "unusual"
    except (Refusal, DeliveryRefused, etree.XMLSyntaxError, ValueError, KeyError):
        return None, "unusual"
    return (package, "") if reason is None else (None, reason)


def _opens(package: Package, part: str) -> bool:
    """Whether a sheet, and what its comments consist of, is there and can be parsed."""
    for relation in package.relations(part):
        if relation.kind in ("comments", "vmlDrawing") and relation.target not in package.parts:
            return False
        if relation.kind in ("comments", "threadedComment"):
            package.look(relation.target)
    return child(package.look(part), "sheetData") is not None
