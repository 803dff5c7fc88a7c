"""The workbook for the next round: a partner's last file, saying what is known now in the partner's own form.

It is written, read by the importer, and written otherwise where it did not say what was meant, until it reads as
unchanged. What no cell can say exactly is left blank (a blank changes nothing) and told in a comment.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.give_back.as_of import days_of_sheets, says_today
from etl.pipeline.give_back.carried import stem_of
from etl.pipeline.give_back.cells import Cells
from etl.pipeline.give_back.marked import put_marks
from etl.pipeline.give_back.outgoing import HandedOut, open_outgoing
from etl.pipeline.give_back.told import told_of
from etl.pipeline.give_back.wishes import Reading, Where, Wish
from etl.pipeline.preview import preview_delivery
from etl.rules.days import in_berlin
from etl.stages.shapes import CellValue
from etl.wording import say

#: Each round tries one more way for each cell that does not say what is known.
_ROUNDS = 14


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery to be prefilled. ``records``: the keys of its records in the order of the file."""

    content: bytes
    file: str
    partner: str
    records: tuple[str, ...]


def prefill(store: Store, delivered: Delivered, *, language: str, now: dt.datetime) -> HandedOut:
    """The delivery's file as its partner would send it if nothing happened but what is known at ``now``."""
    filling = _Filling(store, delivered, language, now)
    filling.say_today()
    filling.say_what_is_known()
    return filling.handed_out()


class _Filling:
    """One workbook while it is being filled in."""

    def __init__(self, store: Store, delivered: Delivered, language: str, now: dt.datetime) -> None:
        self.store, self.delivered, self.language, self.now = store, delivered, language, now
        self.outgoing = open_outgoing(delivered.content, delivered.file)
        self.file = f"{stem_of(delivered.file)}.xlsx"
        self.today = in_berlin(now)
        self.cells = Cells(self.outgoing)
        self.wishes: dict[Where, Wish] = {}
        self.stands: dict[Where, tuple[CellValue, CellValue]] = {}
        with store.reading() as connection:
            self.state = state_on(connection)
        self.reading = self._read()

    def _read(self) -> Reading:
        content = self.outgoing.package.content()
        preview = preview_delivery(
            self.store, content, self.file, partner=self.delivered.partner, now=self.now, looked_at=True
        )
        return Reading(preview, self.state, self.delivered.records, self.language)

    def say_today(self) -> None:
        """Each sheet's own day becomes today's, where it can be written."""
        open_ones = {
            where: ways
            for where, ways in days_of_sheets(self.reading, self.today).items()
            if not self.cells.has_formula(*where)
        }
        while open_ones := {where: ways for where, ways in open_ones.items() if ways}:
            tried = {where: ways.pop(0) for where, ways in open_ones.items()}
            for where, way in tried.items():
                self.cells.write(*where, way, as_day=True)
            reading = self._read()
            told = {where for where in tried if says_today(reading, where, self.today)}
            if not self._same_records(reading):
                told, open_ones = set(), {}
            for where in tried.keys() - told:
                self.cells.restore(*where)
            for where in told:
                before = self.reading.sheets[where[0]].value(*where[1])
                self.stands[where] = before, tried[where]
                del open_ones[where]
        if self.stands:
            self.reading = self._read()

    def _same_records(self, reading: Reading) -> bool:
        return [d.kind for d in reading.drafts] == [d.kind for d in self.reading.drafts]

    def say_what_is_known(self) -> None:
        for wish in [*self.reading.outdated_rows(), *self.reading.entered_since()]:
            self.wishes.setdefault(wish.where, wish)
        self._settle([*self.wishes.values(), *self.reading.wishes()])
        for _ in range(_ROUNDS):
            if not self.wishes:
                return
            self.reading = self._read()
            open_ones = [*self._unmet(), *self.reading.wishes()]
            if not self._settle(open_ones):
                return

    def _unmet(self) -> list[Wish]:
        unmet = [w for w in self.wishes.values() if w.outcome != "left"]
        return [wish for wish in unmet if not wish.met_by(self.reading.values_at(wish.where))]

    def _settle(self, wishes: list[Wish]) -> bool:
        """Take the next way for each cell once; whether there was any."""
        moved: set[Where] = set()
        for wish in wishes:
            if wish.where not in self.wishes and self._reads_otherwise(wish):
                moved |= self._fill_again(wish.where[0])
            elif wish.where not in moved:
                own = self.wishes.setdefault(wish.where, wish)
                moved |= {wish.where} if self._next(own) else set()
        return bool(moved)

    def _reads_otherwise(self, wish: Wish) -> bool:
        """A blank cell made the sheet say what it never said: its table is understood otherwise without it."""
        emptied = any(w.outcome == "emptied" and w.where[0] == wish.where[0] for w in self.wishes.values())
        return emptied and None in wish.wanted.values()

    def _fill_again(self, sheet: str) -> set[Where]:
        emptied = [w for w in self.wishes.values() if w.outcome == "emptied" and w.where[0] == sheet]
        for wish in emptied:
            self.cells.restore(*wish.where)
            wish.outcome = "left"
        return {wish.where for wish in emptied}

    def _next(self, wish: Wish) -> bool:
        """The next way to say it, then silence, then what stood there."""
        if wish.outcome == "left":
            return False
        if self.cells.is_shared_formula(*wish.where):
            wish.outcome = "left"
            return True
        wish.replaces_formula = wish.replaces_formula or self.cells.has_formula(*wish.where)
        if wish.looks:
            style_of = wish.looks.pop(0)
            self.cells.dress(*wish.where, style_of)
            wish.outcome = "written" if style_of else "emptied"
        elif wish.ways:
            wish.content = wish.ways.pop(0)
            self.cells.write(*wish.where, wish.content, as_day=isinstance(wish.before, dt.date))
            wish.outcome = "written"
        elif wish.outcome != "emptied" and wish.may_be_emptied:
            self.cells.clear(*wish.where)
            wish.outcome, wish.content = "emptied", None
        else:
            self.cells.restore(*wish.where)
            wish.outcome = "left"
        return True

    def handed_out(self) -> HandedOut:
        """The file as it came where it already says all that is known."""
        if not self.wishes and not self.stands:
            came = self.delivered.content
            return self.outgoing.handed_out("prefilled", self.language, *self._apart(), as_it_came=came)
        self.cells.finish()
        put_marks(self.outgoing, told_of(self.wishes.values(), self.stands, self.language), self.language)
        return self.outgoing.handed_out("prefilled", self.language, *self._apart())

    def _apart(self) -> list[str]:
        """What is known and the file does not say, or says otherwise."""
        comparison = self.reading.preview.comparison
        missing = sum(len(keys) for keys in comparison.missing.values())
        other = sum(len(records) for found in (comparison.changed, comparison.new) for records in found.values())
        told = [say(self.language, "give_back.not_in_file", n=missing)] if missing else []
        return told + ([say(self.language, "give_back.left_over", n=other)] if other else [])
