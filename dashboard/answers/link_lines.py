"""A house's own lines of the interface paper behind its personal link: what they say, and its word about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.answers.interface_paper import row_title
from dashboard.answers.link_page import Holder
from etl.model.process_steps import line_words
from etl.model.state import state_on
from etl.model.store import Store
from etl.pipeline.interface.lines import LONGEST_NOTE, say_for_house
from etl.pipeline.interface.refused import InterfaceRefused
from etl.pipeline.interface.steps import steps_in
from etl.pipeline.picture.links import Links
from etl.pipeline.picture.rated import load_thresholds
from etl.pipeline.picture.typed_interfaces import interface_of
from etl.rules.facts import Facts
from etl.rules.interface_paper import Part, paper_of

__all__ = ["LONGEST_NOTE", "OwnLine", "own_lines", "say_own"]

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class OwnLine:
    """``waits``: its house has not confirmed it, or not for long."""

    title: str
    part: Part
    waits: bool

    @property
    def key(self) -> str:
        return self.part.line.key


def own_lines(store: Store, holder: Holder, day: dt.date, language: str) -> tuple[OwnLine, ...]:
    """The lines about the link's house, in the order of the paper."""
    with store.reading() as connection:
        state = state_on(connection, day, kinds=["interface", "partner"])
        if not state.kind("interface"):
            return ()
        steps, words = steps_in(connection), line_words(connection)
    links, months = Links(state), load_thresholds().interface_confirmed_months
    facts = Facts(day=day, interfaces=tuple(interface_of(k, links) for k in state.kind("interface").values()))
    return tuple(
        OwnLine(row_title(row, language), part, part.confirmed is None or part.confirmed.past is not None)
        for row in paper_of(facts, steps, words, months).rows
        for part in row.parts
        if part.who.key == holder.partner and not part.beside
    )


def say_own(
    store: Store, holder: Holder, said: Mapping[str, str | None], *, person: str, day: dt.date, now: dt.datetime
) -> tuple[int, str | None]:
    """How many words were stored, and None or the code why nothing was."""
    by = f"{person} ({holder.writer})" if holder.writer else person or holder.name
    try:
        return say_for_house(store, holder.partner, said, by=by[:_LONGEST_NAME], day=day, now=now), None
    except InterfaceRefused as refused:
        return 0, refused.code
