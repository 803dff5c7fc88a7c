"""A template is read back before it is handed out: what would raise a question is written otherwise, or not at all."""

from __future__ import annotations

import datetime as dt

from etl.model.state import State, state_on
from etl.model.store import Store
from etl.pipeline.network import network_in
from etl.pipeline.preview import preview_delivery
from etl.pipeline.senders import named_sender
from etl.pipeline.template.known import Rows, known_rows
from etl.pipeline.template.layout import OFFERED, template_columns, words
from etl.pipeline.template.objections import give_way, objections
from etl.pipeline.template.workbook import Filling, template_workbook
from etl.rules.days import in_berlin
from etl.vocabulary import load_vocabulary

#: A cell has at most three ways to be written and a row can be given up: so many rounds settle everything.
_ROUNDS = 12
FILE = "template.xlsx"


def template_for(store: Store, partner: str, *, language: str = "de", now: dt.datetime) -> bytes:
    """A workbook for ``partner`` to fill in, prefilled with what it has told so far; ``now`` is the day it is made.

    Imported as it is, it raises no issue, and every prefilled record reads as unchanged. What the store holds and no
    cell can say exactly is told in a hint beside an empty cell. Changes nothing in the store.
    """
    with store.reading() as connection:
        state = state_on(connection, apart=True)
        sender = named_sender(partner, network_in(connection))
    rows, lists = known_rows(state, sender.key, sender.name, language), _lists(state, language)
    known = _count(rows)
    made_on = in_berlin(now)
    for _ in range(_ROUNDS):
        filling = Filling(sender.name, language, rows, lists, known - _count(rows))
        content = template_workbook(filling, made_on)
        preview = preview_delivery(store, content, FILE, partner=sender.name, now=now)
        places = objections(preview, rows, language, known=sender.key is not None)
        if not places:
            return content
        give_way(rows, places)
    return template_workbook(Filling(sender.name, language, {}, lists, known), made_on)


def _count(rows: Rows) -> int:
    return sum(map(len, rows.values()))


def _lists(state: State, language: str) -> dict[str, tuple[str, ...]]:
    """The entries of each drop-down: words of coded values, names of what the network knows."""
    vocabulary = load_vocabulary()
    domains = dict.fromkeys(c.domain for columns in template_columns().values() for c in columns if c.domain)
    return {
        domain: _names(state, domain) if domain in OFFERED else words(domain, language, vocabulary)
        for domain in domains
    }


def _names(state: State, kind: str) -> tuple[str, ...]:
    name = "name" if kind == "partner" else "title"
    found = {str(known.value(name)) for known in state.kind(kind).values() if known.value(name)}
    return tuple(sorted(found, key=str.casefold))
