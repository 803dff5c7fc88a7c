"""What a form asks a partner: five questions about each measure of its own, filled in with what is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.model.state import Known, State
from etl.pipeline.template.writing import said_of_field, ways_to_write
from etl.vocabulary import load_vocabulary

#: The five questions about a measure, by the field that holds the answer, in the order they are asked.
QUESTIONS = ("status", "participants_actual", "obstacle", "next_steps", "contact")
#: The answers to the first question.
STATUSES = ("planned", "running", "permanent", "delayed", "paused", "completed", "cancelled")
_OVER = ("completed", "cancelled")


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure and what its questions are filled in with: a code for the status, texts for all others ("" where
    nothing is known). ``last`` is the latest day anything was said about it."""

    key: str
    title: str
    known: Mapping[str, str] = field(default_factory=dict)
    last: dt.date | None = None

    @property
    def over(self) -> bool:
        """It has ended: asked about only where somebody wants to say more."""
        return self.known.get("status") in _OVER


def asked_of(state: State, partner: str, everything: State | None = None) -> tuple[Asked, ...]:
    """The measures ``partner`` itself has told of, in the order in which they became known. ``everything`` is the state
    that others spoke of too: it knows whom to ask where the partner has not said so."""
    contact = contact_of(everything, partner) if everything is not None else ""
    own = [known for known in state.kind("measure").values() if known.partner == partner and known.value("title")]
    found = sorted(own, key=lambda known: known.key)
    return tuple(_asked(known, _whom(everything, known) or contact) for known in found)


def contact_of(state: State, partner: str) -> str:
    """The contact of an organisation, by name, "" where none is known."""
    wanted = state.counts_as(partner)
    names = (
        str(known.value("contact_name"))
        for _, known in sorted(state.kind("contact").items())
        if known.parent is not None and state.counts_as(known.parent) == wanted and known.value("contact_name")
    )
    return next(names, "")


def _whom(state: State | None, known: Known) -> str:
    """The contact that somebody else named for a measure."""
    found = state.find(state.counts_as(known.key)) if state is not None else None
    return known_text(found, "contact") if found is not None else ""


def _asked(known: Known, contact: str) -> Asked:
    texts = {name: known_text(known, name) for name in QUESTIONS}
    texts["contact"] = texts["contact"] or contact
    last = max((said.day for said in known.said), default=None)
    return Asked(known.key, str(known.value("title")), texts, last)


def known_text(known: Known, name: str) -> str:
    """What holds for a question, as its field shows it."""
    value = known.value(name)
    if value in (None, "", []):
        return ""
    if name == "status":
        return str(value)
    vocabulary = load_vocabulary()
    ways = ways_to_write(vocabulary.fields[f"measure.{name}"], known, "de", vocabulary)
    return str(ways[0]) if ways else "; ".join(said_of_field(known, name)) or str(value)
