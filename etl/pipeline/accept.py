"""Accept: one transaction that stores a delivery's bytes and what it says, or nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.model.deliveries import add_delivery, add_series, later_than_all, next_delivery_number
from etl.model.packing import Passage, Said
from etl.model.partner_words import Word, add_words
from etl.model.records import give_keys
from etl.model.statements import statements, store_statements
from etl.model.store import Connection, Store, raise_version, version_in
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.authority import NeedsOffice, NotYours, reasons_for_office
from etl.pipeline.mappings import remember_heading
from etl.pipeline.network import network_in
from etl.pipeline.preview import Preview, compare_with_store, read_anew
from etl.pipeline.report import sheets_as_json
from etl.pipeline.senders import named_sender
from etl.pipeline.single_clients import refuse_sentences
from etl.pipeline.understanding import Understood
from etl.stages.compare import Comparison
from etl.stages.resolve_references import bare
from etl.stages.shapes import Cell, Draft, Origins


class StaleComparison(Exception):
    """A fact the delivery touches changed since its preview: nothing was stored, ``preview`` is the new comparison."""

    def __init__(self, preview: Preview) -> None:
        super().__init__("the store changed since the preview")
        self.preview = preview


@dataclass(frozen=True, slots=True)
class Accepted:
    """``number`` is what ``undo`` takes, None when nothing was stored; ``outcome`` is accepted or unchanged."""

    number: int | None
    outcome: str


def accept_delivery(
    store: Store,
    preview: Preview,
    *,
    now: dt.datetime,
    by: str | None = None,
    remember: bool = False,
    for_partner: str | None = None,
    accepted_by: str | None = None,
    words: Mapping[str, Word] | None = None,
    on_behalf: bool = False,
    mail: str | None = None,
    again: bool = False,
) -> Accepted:
    """Store what ``preview`` shows; ``remember`` its corrected columns for the partner's later lists too.

    ``for_partner``: the partner whose sign-in accepts (None: the office, or who runs the command line);
    ``accepted_by``: who of the office accepts what ``by`` sent; ``words``: the partner's own sentences beside ratings
    (record -> sentence). ``on_behalf``: ``by`` is of the office and takes it in for the partner; ``mail``: what the
    mail it came in was called; ``again``: the rebuild says once more what is stored. Raises ``StaleComparison`` where
    the store has changed in what it touches, ``NeedsOffice`` where a partner's sign-in is not enough, ``NotYours``
    where it is another's, ``TellsOfClient`` for a sentence about a single client.
    """
    if not again:
        refuse_sentences([by, *(word.text for word in (words or {}).values())])
    if preview.outcome == "unchanged":
        return Accepted(None, "unchanged")
    with store.writing() as connection:
        refresh(connection, preview)
        if preview.outcome == "unchanged":
            return Accepted(None, "unchanged")
        before = network_statements(connection, preview) if for_partner is not None else []
        came = Came(by, accepted_by, on_behalf, mail)
        stored = store_accepted(connection, preview, now=now, came=came)
        if for_partner is not None:
            if for_partner != preview.sender.key:
                raise NotYours
            reasons = reasons_for_office(connection, for_partner, before, network_statements(connection, preview))
            if reasons:
                raise NeedsOffice(reasons)
        add_words(connection, stored.number, preview.day, words or {})
        if remember:
            _remember_columns(connection, preview, stored.partner, by or "")
        raise_version(connection)
    return Accepted(stored.number, stored.outcome)


@dataclass(frozen=True, slots=True)
class Came:
    """Who brought a delivery and how, as the columns of ``Delivery`` say it."""

    sent_by: str | None = None
    accepted_by: str | None = None
    on_behalf: bool = False
    mail: str | None = None


_UNTOLD = Came()


@dataclass(frozen=True, slots=True)
class Stored:
    """What was just written: ``keys`` are those of the records, draft by draft."""

    number: int
    outcome: str
    partner: str
    keys: list[str]


def store_accepted(connection: Connection, preview: Preview, *, now: dt.datetime, came: Came = _UNTOLD) -> Stored:
    """Write the delivery and what it says; the transaction, and whether it is kept, is the caller's."""
    nothing_new = preview.comparison.nothing_new and not any(preview.comparison.missing.values())
    outcome = "unchanged" if nothing_new else "accepted"
    number = next_delivery_number(connection)
    partner = preview.sender.key or give_keys(connection, ["partner"])[0]
    keys = _keys(connection, preview, partner)
    known_from = later_than_all(connection, now)
    _store_delivery(connection, preview, number, partner, outcome, known_from, came)
    _store_statements(connection, preview, number, partner, keys)
    return Stored(number, outcome, partner, keys)


def network_statements(connection: Connection, preview: Preview) -> list[Said]:
    """All statements about the kinds of the network's records that the file speaks about."""
    kinds = {draft.kind for draft in preview.understood.drafts} & NETWORK_KINDS
    return statements(connection, kinds=sorted(kinds)) if kinds else []


def _remember_columns(connection: Connection, preview: Preview, partner: str, by: str) -> None:
    """What was said about columns of this file holds for every later list of the partner with these headings."""
    tables = [table for sheet in preview.understood.sheets for table in sheet.tables]
    for (sheet, heading), meaning in preview.corrections.columns.items():
        told = [t for t in tables if t.sheet == sheet and heading in (c.heading for c in t.columns)]
        for table in told:
            headings = [column.heading for column in table.columns]
            remember_heading(connection, partner, heading, meaning, kind=table.kind or "", headings=headings, by=by)


def refresh(connection: Connection, preview: Preview) -> None:
    """Compare anew where the store has moved on since the preview; raises ``StaleComparison`` where that matters."""
    version = version_in(connection)
    if version == preview.version:
        return
    seen = _essence(preview.comparison)
    seen_keys = [m.key for m in preview.matches]
    if preview.sender.key is None:  # another file of the same new partner may have been accepted meanwhile
        preview.sender = named_sender(preview.sender.name, network_in(connection))
    anew = read_anew(connection, preview)
    compare_with_store(connection, preview)
    preview.version = version
    now_seen = (_essence(preview.comparison), [m.key for m in preview.matches])
    if preview.outcome != "unchanged" and (anew or now_seen != (seen, seen_keys)):
        raise StaleComparison(preview)


def _essence(comparison: Comparison) -> object:
    return (
        {k: v for k, v in comparison.new.items() if v},
        {k: v for k, v in comparison.changed.items() if v},
        {k: v for k, v in comparison.unchanged.items() if v},
        {k: v for k, v in comparison.missing.items() if v},
    )


def _keys(connection: Connection, preview: Preview, partner: str) -> list[str]:
    """The key of every draft's record: known, merged with an earlier draft's, or newly given."""
    drafts, matches = preview.understood.drafts, preview.matches
    fresh = [i for i, m in enumerate(matches) if m.key is None and m.merged_into is None]
    own = _own_partner(preview)
    given = iter(give_keys(connection, [drafts[i].kind for i in fresh if i not in own]))
    new = {i: partner if i in own else next(given) for i in fresh}
    return [m.key or new[i if m.merged_into is None else m.merged_into] for i, m in enumerate(matches)]


def _own_partner(preview: Preview) -> set[int]:
    """Drafts that are the sender itself, where the sender is new and names itself in its own file."""
    if preview.sender.key is not None:
        return set()
    name = bare(preview.sender.name)
    drafts = preview.understood.drafts
    found = [i for i, d in enumerate(drafts) if d.kind == "partner" and bare(str(d.values.get("name", ""))) == name]
    return set(found[:1])


def _store_delivery(
    connection: Connection,
    preview: Preview,
    number: int,
    partner: str,
    outcome: str,
    now: dt.datetime,
    came: Came,
) -> None:
    add_delivery(
        connection,
        preview.content,
        number=number,
        partner=partner,
        sender=preview.sender.name,
        series=add_series(connection, partner, preview.fingerprint),
        file=preview.file,
        sha256=preview.sha256,
        format=preview.understood.format,
        day=preview.day,
        given_day=preview.given_day,
        received_at=preview.received_at,
        known_from=now,
        sent_by=came.sent_by,
        accepted_by=came.accepted_by,
        on_behalf=came.on_behalf,
        mail=came.mail,
        importer=preview.importer,
        outcome=outcome,
        sheets=sheets_as_json(preview.understood),
        issues=[issue.as_data() for issue in preview.issues],
        names=preview.names,
        changes=preview.comparison.counts(),
        corrections=preview.stored_corrections(),
    )


def _store_statements(connection: Connection, preview: Preview, number: int, partner: str, keys: list[str]) -> None:
    passages = []
    if preview.sender.key is None:
        named = {"values": [{"name": preview.sender.name}]}
        passages.append(Passage("partner", None, None, preview.day, [partner], [None], [None], named))
    understood = preview.understood
    parents = _parents(preview, keys)
    for (table_no, kind, day), numbers in _together(preview).items():
        drafts = [understood.drafts[i] for i in numbers]
        records, within = [keys[i] for i in numbers], [parents.get(i) for i in numbers]
        owner = None if kind in NETWORK_KINDS else partner
        rows = [draft.row for draft in drafts]
        told = told_by(understood, table_no, drafts)
        passages.append(Passage(kind, owner, table_no, day, records, rows, within, told))
    store_statements(connection, passages, delivery=number)


def _together(preview: Preview) -> dict[tuple[int, str, dt.date], list[int]]:
    """Drafts of one table, kind and day."""
    found: dict[tuple[int, str, dt.date], list[int]] = defaultdict(list)
    understood = preview.understood
    for i, (table, draft, day) in enumerate(zip(understood.table_of, understood.drafts, understood.days, strict=True)):
        found[table, draft.kind, day or preview.day].append(i)
    return found


def _parents(preview: Preview, keys: list[str]) -> dict[int, str | None]:
    """Draft -> the record its own is part of: a known record's stays, a new one's is what the file says."""
    found: dict[int, str | None] = dict(preview.parents)
    found |= {i: keys[d.parent] for i, d in enumerate(preview.understood.drafts) if d.parent is not None}
    known = preview.known_parents
    return found | {i: known[m.key] for i, m in enumerate(preview.matches) if m.key is not None}


def told_by(understood: Understood, table: int, drafts: list[Draft]) -> dict[str, list[Mapping[str, Any]]]:
    """What drafts of one table say, part by part, as it is stored."""
    columns = understood.tables[table][1].columns
    return _told(drafts, _Places({c.field.split(".", 1)[1]: c.column for c in columns if c.field}))


def _told(drafts: list[Draft], places: _Places) -> dict[str, list[Mapping[str, Any]]]:
    return {
        "values": [d.values for d in drafts],
        "said": [d.said for d in drafts],
        "cells": [places.elsewhere(d) for d in drafts],
        "qualifier": [d.qualifier for d in drafts],
        "marks": [d.marks for d in drafts],
        "kept": [d.kept for d in drafts],
        "kept_cells": [d.kept_cells for d in drafts],
        "unread": [d.unread for d in drafts],
        "references": [d.references for d in drafts],
    }


class _Places:
    """The columns where one would expect the fields of a table's records. Only other cells are written down."""

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self.moved: dict[int, tuple[Mapping[str, int], list[str]]] = {}

    def elsewhere(self, draft: Draft) -> dict[str, list[Cell]]:
        """Field -> cells, for those that do not stand in the draft's row and the field's column alone."""
        told: Mapping[str, list[Cell]] = draft.cells
        cells: dict[str, list[Cell]] = {}
        if isinstance(told, Origins):
            usual = told.usual
            if id(usual) not in self.moved:
                self.moved[id(usual)] = usual, self._moved(usual)
            moved = self.moved[id(usual)][1]
            if not moved and not told.apart and len(draft.values) == len(usual):
                return cells  # a field in its usual place has a value: these are all
            cells = {name: told[name] for name in moved}
            told = told.apart
        for name, found in told.items():
            if len(found) != 1 or found[0] != (draft.row, self.columns.get(name), "value"):
                cells[name] = found
        # a value without any cell (computed from others) must not be taken for one in its usual column
        placed = set(draft.cells)
        cells.update({name: [] for name in draft.values if name not in placed})
        return cells

    def _moved(self, usual: Mapping[str, int]) -> list[str]:
        """The usual places of drafts that are not those of the table (drafts share them, so each is looked at once)."""
        return [name for name, column in usual.items() if self.columns.get(name) != column]
