"""Erasing a person: a contact or a member of a body is taken out of statements, received files and every other text.

What stays is what no one can be recognised by: the post, the house, the record's key, the old files' hashes, who erased
and why. The papers that are kept of meetings name nobody, so they stay as they are.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from etl.issues import DeliveryRefused
from etl.model.accounts import User, list_users
from etl.model.bodies import erase_member
from etl.model.deliveries import all_deliveries, received_content
from etl.model.erasing import (
    add_erased_file,
    add_erasure,
    end_letters_and_links,
    erased_files,
    replace_file,
    replace_waiting,
    rewrite_texts,
    waiting_contents,
)
from etl.model.packing import Body, Said
from etl.model.statements import rewrite_statements, statements_of
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.contact_persons import IDENTIFYING
from etl.pipeline.erase_whom import ErasingRefused, Whom, whom_of_contact, whom_of_seat
from etl.pipeline.mappings import remembered_of
from etl.pipeline.picture.provenance import Provenance
from etl.pipeline.redact import CannotRedact, Redacted, left_of, redacted
from etl.pipeline.report import sheets_as_json
from etl.pipeline.reread import Reread, reread
from etl.rules.erased import erased_name
from etl.rules.persons import NOBODY, Persons
from etl.stages.readers.cells import position_of
from etl.vocabulary import load_vocabulary

#: What is kept of a file that no copy can be made of.
_WITHHELD = "\ufeffDatei wegen einer Löschung zurückgehalten\r\n".encode()


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done. ``files``: names of files replaced by a copy; ``withheld``: those of which no copy could be made,
    so nothing of them is kept; ``waiting``: of files nobody had decided about. ``account``: the person also has a
    sign-in, which stays (and their name where they decided something) until it is taken away there."""

    contacts: int
    members: int
    files: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    waiting: int = 0
    account: bool = False


def erase_contact(store: Store, key: str, user: User, *, reason: str, now: dt.datetime) -> Erased:
    """Erase whom the contact ``key`` names, by the office, with a reason. It can't be taken back. Raises
    ``ErasingRefused``."""
    return _erase(store, key, lambda connection: whom_of_contact(connection, key), user, reason, now)


def erase_seat(store: Store, number: int, user: User, *, reason: str, now: dt.datetime) -> Erased:
    """Erase whoever sits in a body as member ``number``; the seat stays, with its house. As ``erase_contact``."""
    return _erase(store, f"member-{number}", lambda connection: whom_of_seat(connection, number), user, reason, now)


def _erase(
    store: Store, record: str, find: Callable[[Connection], Whom], user: User, reason: str, now: dt.datetime
) -> Erased:
    if user.role != "coordinator":
        raise ErasingRefused("not_allowed")
    if not reason.strip():
        raise ErasingRefused("no_reason")
    with store.erasing() as connection:
        whom = find(connection)
        account = any(whom.persons.named_in(one.display_name) for one in list_users(connection))
        told = whom.persons.taken_out(reason.strip())
        number = add_erasure(connection, record, reason=told, by=user.username, now=now)
        files, withheld = _erase_from_files(connection, whom, number)
        rewrite_statements(connection, lambda said: _without(said, whom), entered=True)
        waiting = _erase_from_waiting(connection, whom)
        end_letters_and_links(connection, whom.persons.named_in, by=user.username, now=now)
        for seat in whom.seats:
            erase_member(connection, seat, by=user.username, now=now)
        rewrite_texts(connection, whom.persons.taken_out, authors=not account)
        raise_version(connection, undone=True)
    return Erased(len(whom.contacts), len(whom.seats), tuple(files), tuple(withheld), waiting, account)


def _erase_from_files(connection: Connection, whom: Whom, erasure: int) -> tuple[list[str], list[str]]:
    """Every received file that names the person is replaced; names of those, and of those that had to go."""
    files: list[str] = []
    withheld: list[str] = []
    provenance = Provenance(connection, load_vocabulary())
    gone = {row.delivery for row in erased_files(connection) if row.withheld}
    for row in all_deliveries(connection, with_undone=True):
        if row.number in gone:
            rewrite_statements(connection, lambda said: _without(said, whom), delivery=row.number)
            continue
        cells = _cells(connection, provenance, row.number, whom)
        try:
            copy = redacted(received_content(connection, row.number), row.file, cells, whom.persons)
            if copy is None:
                continue
            again = _read_again(connection, row, copy, whom)
        except (CannotRedact, DeliveryRefused):
            copy, again = None, None
        name = _replace(connection, row, copy, again, whom)
        (files if copy else withheld).append(name)
        changed = copy.changed if copy else len(cells)
        add_erased_file(
            connection, erasure=erasure, delivery=row.number, sha256=row.sha256, cells=changed, withheld=copy is None
        )
    return files, withheld


def _read_again(connection: Connection, row: Any, copy: Redacted, whom: Whom) -> Reread:
    """What the copy says, statement by statement. Raises ``CannotRedact`` where it says anything else than the file
    did about anybody else."""
    remembered = remembered_of(connection, row.partner)
    corrections = _clean(row.corrections, whom.persons)
    told = reread(connection, row, copy.content, copy.file, corrections, remembered)
    if told is None:
        raise CannotRedact
    for said, body in told.bodies.values():
        if said.record not in whom.contacts and not _names(said, whom) and body.values != said.body.values:
            raise CannotRedact
    return told


def _replace(connection: Connection, row: Any, copy: Redacted | None, again: Reread | None, whom: Whom) -> str:
    if copy is None or again is None:
        rewrite_statements(connection, lambda said: _without(said, whom), delivery=row.number)
        file, content = f"{whom.persons.taken_out(row.file)}.csv", _WITHHELD
        columns: dict[str, Any] = {"format": "csv", "sheets": _clean(row.sheets, whom.persons)}
    else:
        told = again.bodies

        def change(said: Said) -> Body:
            own = said.record in whom.contacts or _names(said, whom)
            return told[said.id][1] if own and said.id in told else said.body

        rewrite_statements(connection, change, delivery=row.number)
        file, content = copy.file, copy.content
        sheets = again.understood.sheets
        for sheet, before, count in zip(sheets, row.sheets, copy.emptied, strict=True):
            more = count + int(before["cells"]["withheld"])
            sheet.ledger.filled += more
            sheet.ledger.withheld += more
        columns = {"format": copy.format, "sheets": sheets_as_json(again.understood)}
    sha256 = hashlib.sha256(content).hexdigest()
    replace_file(connection, row.number, content, file=file, sha256=sha256, **columns)
    return file


def _cells(
    connection: Connection, provenance: Provenance, delivery: int, whom: Whom
) -> dict[tuple[str, int, int], str | None]:
    """The cells that the person's contacts were read from: emptied; in that of the name stands the post alone."""
    found: dict[tuple[str, int, int], str | None] = {}
    named: dict[tuple[str, int, int], str] = {}
    for said in statements_of(connection, delivery):
        if said.record not in whom.contacts or said.table_no is None:
            continue
        own, shared = _places(provenance, said, IDENTIFYING), _places(provenance, said, {"function"})
        found |= dict.fromkeys(own)
        sheet, _ = provenance.deliveries[delivery].tables[said.table_no]
        found |= {(sheet, row, column): None for row, column in said.body.kept_cells.values()}
        name = _places(provenance, said, {"contact_name"}) or _places(provenance, said, {"contact_last_name"})
        if name:
            post = str(said.body.values.get("function") or "") if name[-1] in shared else ""
            named[name[-1]] = ", ".join(filter(None, (erased_name(said.record), post)))
    return found | named


def _places(provenance: Provenance, said: Said, names: Iterable[str]) -> list[tuple[str, int, int]]:
    """The cells of these fields, in their order; a heading is nobody's."""
    found = []
    for name in sorted(names):
        if name in said.body.values or name in said.body.unread:
            for cell in provenance.sources(said, name):
                if cell.role != "heading":
                    found.append((cell.sheet, *position_of(cell.cell)))
    return found


def _names(said: Said, whom: Whom) -> bool:
    """Whether anything in a statement names the person."""
    body = said.body
    parts = (body.values, body.said, body.kept, body.unread, body.references)
    return any(whom.persons.named_in(text) for part in parts for text in _texts(part))


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            yield from _texts(name)
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _without(said: Said, whom: Whom) -> Body:
    """A statement without the person, where no file says it (an entry) or none can any more."""
    body = said.body
    if said.record not in whom.contacts and not _names(said, whom):
        return body
    anew = Body(**{name: _clean(getattr(body, name), whom.persons) for name in Body.__dataclass_fields__})
    if said.kind != "contact" or said.record not in whom.contacts:
        return anew
    for part in (anew.values, anew.said, anew.cells, anew.qualifier, anew.marks, anew.unread, anew.references):
        for name in IDENTIFYING & part.keys():
            del part[name]  # type: ignore[attr-defined]
    anew.kept.clear()
    anew.kept_cells.clear()
    if body.values.get("contact_name") or body.values.get("contact_last_name"):
        anew.values["contact_name"] = erased_name(said.record)
    return anew


def _clean(value: Any, persons: Persons) -> Any:
    if isinstance(value, str):
        return left_of(value, persons) or (NOBODY if persons.named_in(value) else value)
    if isinstance(value, Mapping):
        return {_clean(name, persons): _clean(one, persons) for name, one in value.items()}
    return [_clean(one, persons) for one in value] if isinstance(value, list) else value


def _erase_from_waiting(connection: Connection, whom: Whom) -> int:
    """Files nobody has decided about; one that can't be rewritten is emptied, and says so when it is opened."""
    changed = 0
    for draft, file, content in waiting_contents(connection):
        try:
            copy = redacted(content, file, {}, whom.persons)
        except CannotRedact:
            replace_waiting(connection, draft, f"{whom.persons.taken_out(file)}.csv", _WITHHELD)
            changed += 1
        else:
            if copy is not None:
                replace_waiting(connection, draft, copy.file, copy.content)
                changed += 1
    return changed
