"""A template is read back before it is handed out: what would raise a question is written otherwise, or not at all."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from etl.model.state import State, state_on
from etl.model.store import Store
from etl.pipeline.preview import Preview, preview_delivery
from etl.pipeline.senders import named_sender
from etl.pipeline.template.known import Rows, known_rows
from etl.pipeline.template.layout import FIRST_ROW, OFFERED, template_columns, words
from etl.pipeline.template.workbook import Filling, template_workbook
from etl.stages.readers.cells import column_number
from etl.vocabulary import load_vocabulary
from etl.wording import say

_BERLIN = ZoneInfo("Europe/Berlin")
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
#: A cell has at most three ways to be written and a row can be given up: so many rounds settle everything.
_ROUNDS = 12
FILE = "template.xlsx"
#: Issues that weigh two cells of a row against each other.
_WEIGHING = frozenset({"end_before_start", "reached_above_planned", "spent_above_granted"})
#: (entity, row from 0 among the known ones, column or None for the whole row)
Place = tuple[str, int, int | None]


def template_for(store: Store, partner: str, *, language: str = "de", now: dt.datetime) -> bytes:
    """A workbook for ``partner`` to fill in, prefilled with what it has told so far; ``now`` is the day it is made.

    Imported as it is, it raises no issue, and every prefilled record reads as unchanged. What the store holds and no
    cell can say exactly is told in a hint beside an empty cell. Changes nothing in the store.
    """
    with store.reading() as connection:
        state = state_on(connection)
    sender = named_sender(partner, state.kind("partner"))
    rows, lists = known_rows(state, sender.key, sender.name, language), _lists(state, language)
    known = _count(rows)
    made_on = now.astimezone(_BERLIN).date()
    for _ in range(_ROUNDS):
        filling = Filling(sender.name, language, rows, lists, known - _count(rows))
        content = template_workbook(filling, made_on)
        preview = preview_delivery(store, content, FILE, partner=sender.name, now=now)
        places = set(_questioned(preview, language)) | set(_changed(preview, language, new=sender.key is not None))
        if not places:
            return content
        _avoid(rows, places)
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


def _entities(language: str) -> dict[str, str]:
    return {say(language, f"template.sheet.{entity}"): entity for entity in template_columns()}


def _questioned(preview: Preview, language: str) -> Iterable[Place]:
    """The cells that issues name. Where an issue weighs cells of one row against each other, the first gives way; of
    records with the same name the first stays."""
    entities = _entities(language)
    for issue in preview.issues:
        entity = entities.get(issue.sheet or "")
        places = [place for cell in issue.cells if (place := _place(entity, cell)) is not None]
        rows = {row for _, row, _ in places}
        if issue.code == "record_repeated":
            yield from ((places[0][0], row, None) for row in sorted(rows)[len(rows) > 1 :])
        else:
            yield from places[:1] if len(rows) == 1 and issue.code in _WEIGHING else places


def _place(entity: str | None, cell: str) -> Place | None:
    found = _CELL.match(cell)
    if entity is None or found is None or int(found[2]) < FIRST_ROW:
        return None
    return entity, int(found[2]) - FIRST_ROW, column_number(found[1].encode()) - 1


def _changed(preview: Preview, language: str, new: bool) -> Iterable[Place]:
    """Cells that read otherwise than what is known, and rows not recognised as the record they came from."""
    entities = _entities(language)
    for changed in preview.comparison.changed.values():
        for number, fields in changed.items():
            entity, row = _origin(preview, number, entities)
            names = {change.field.removesuffix("_precision") for change in fields}
            numbers: list[int | None] = [n for n, c in enumerate(template_columns()[entity]) if c.field.short in names]
            yield from ((entity, row, n) for n in numbers or [None])
    for numbers_of_kind in preview.comparison.new.values() if new else ():
        for number in numbers_of_kind:
            yield (*_origin(preview, number, entities), None)


def _origin(preview: Preview, number: int, entities: dict[str, str]) -> tuple[str, int]:
    sheet, _ = preview.understood.tables[preview.understood.table_of[number]]
    return entities[sheet], preview.understood.drafts[number].row - FIRST_ROW


def _avoid(rows: Rows, places: Iterable[Place]) -> None:
    """Take the next way to write each cell; give up rows that can't say any more which record they are."""
    given_up = set()
    for entity, number, column in places:
        if number < len(rows[entity]):
            row = rows[entity][number]
            cell = row.cells.get(column) if column is not None else None
            if cell is not None and cell.ways:
                del cell.ways[0]
            if cell is None or not row.usable:
                given_up.add((entity, number))
    for entity, found in rows.items():
        found[:] = [row for number, row in enumerate(found) if (entity, number) not in given_up]
