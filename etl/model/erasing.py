"""Taking a person out of the store: files replaced, statements and texts rewritten, and the record that it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    ForeignKey,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant
from etl.model.report_links import ReportLink, revoke_links
from etl.model.round_tables import Reminder
from etl.model.tables import Delivery, Draft, ReceivedFile

#: Rewritten in their own way, or (kept papers, which name houses alone) never.
_APART = frozenset({"statement", "received_file", "kept_paper", "body_member", "erasure", "account"})
#: Who did something: stays where that is a person with a sign-in, for decisions need their author.
_AUTHORS = frozenset(
    {
        "by",
        "person",
        "accepted_by",
        "answered_by",
        "asked_by",
        "changed_by",
        "closed_by",
        "created_by",
        "invited_by",
        "noted_by",
        "opened_by",
        "presented_by",
        "reopened_by",
        "revoked_by",
        "sent_by",
        "undone_by",
        "uploaded_by",
        "username",
        "withdrawn_by",
    }
)
#: Here ``person`` is whom a link was made for.
_FOR_A_PERSON = frozenset({"report_link"})


class Erasure(Base):
    """A person was taken out: ``record`` is the contact's key or the member's number, never the name."""

    __tablename__ = "erasure"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text)
    erased_by: Mapped[str] = mapped_column(String(120))
    erased_at: Mapped[dt.datetime] = mapped_column(Instant)


class ErasedFile(Base):
    """A received file that was replaced by its redacted copy: ``sha256`` is that of the file as it came, ``cells`` how
    many were emptied. ``withheld``: no copy could be made, so nothing of the file is kept."""

    __tablename__ = "erased_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    erasure: Mapped[int] = mapped_column(ForeignKey("erasure.id"))
    delivery: Mapped[int] = mapped_column(ForeignKey("delivery.number"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    cells: Mapped[int]
    withheld: Mapped[bool]


def add_erasure(connection: Connection, record: str, *, reason: str, by: str, now: dt.datetime) -> int:
    told = {"record": record, "reason": reason, "erased_by": by, "erased_at": now}
    key: Any = connection.execute(insert(Erasure).values(**told)).inserted_primary_key
    return int(key[0])


def erasures(connection: Connection) -> int:
    """How many there were: whatever was read of the store before the last one may name somebody who is erased."""
    return int(connection.execute(select(func.count()).select_from(Erasure)).scalar_one())


def add_erased_file(connection: Connection, **columns: Any) -> None:
    """``columns`` are those of ``ErasedFile``."""
    connection.execute(insert(ErasedFile).values(**columns))


def erased_files(connection: Connection) -> list[Any]:
    """All of them, oldest first."""
    return list(connection.execute(select(ErasedFile.__table__).order_by(ErasedFile.id)))


def replace_file(connection: Connection, number: int, content: bytes, **columns: Any) -> None:
    """The bytes of a delivery and what is told of them; ``columns`` are those of ``Delivery``."""
    connection.execute(update(ReceivedFile).where(ReceivedFile.delivery == number).values(content=content))
    connection.execute(update(Delivery).where(Delivery.number == number).values(**columns))


def waiting_contents(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    """Id, file name and bytes of every waiting file, whoever uploaded it."""
    for row in connection.execute(select(Draft.id, Draft.file, Draft.content)).all():
        yield row.id, row.file, bytes(row.content)


def replace_waiting(connection: Connection, draft: str, file: str, content: bytes) -> None:
    connection.execute(update(Draft).where(Draft.id == draft).values(file=file, content=content))


def end_letters_and_links(connection: Connection, named: Callable[[str], bool], *, by: str, now: dt.datetime) -> None:
    """Letters prepared for the person are not sent any more, links made for them open nothing."""
    unsent = connection.execute(select(Reminder.id, Reminder.name, Reminder.address).where(Reminder.sent_at.is_(None)))
    letters = [row.id for row in unsent.all() if named(row.name) or named(row.address)]
    connection.execute(delete(Reminder).where(Reminder.id.in_(letters)))
    links = connection.execute(select(ReportLink.id, ReportLink.person)).all()
    revoke_links(connection, [row.id for row in links if named(row.person)], now, by)


def rewrite_texts(connection: Connection, clean: Callable[[str], str], *, authors: bool) -> int:
    """Run ``clean`` over every text the store holds outside statements and files; how many rows changed. ``authors``:
    also where it says who did something. What identifies a row is left alone."""
    changed = 0
    for table in Base.metadata.sorted_tables:
        names = _texts_of(table, authors)
        if table.name in _APART or not names:
            continue
        keys = list(table.primary_key.columns)
        for row in connection.execute(select(*keys, *(table.c[name] for name in names))).all():
            told = {name: row._mapping[name] for name in names}
            anew = {name: after for name, value in told.items() if (after := _cleaned(value, clean)) != value}
            for name in anew.keys() & _unique(table):  # two persons' addresses must not become one
                anew[name] = f"{anew[name]} ({'-'.join(str(row._mapping[key.name]) for key in keys)})"
            if anew:
                this = [key == row._mapping[key.name] for key in keys]
                connection.execute(update(table).where(*this).values(**anew))
                changed += 1
    return changed


def _unique(table: Table) -> set[str]:
    together = {column.name for one in table.constraints if isinstance(one, UniqueConstraint) for column in one.columns}
    return together | {column.name for column in table.columns if column.unique}


def _texts_of(table: Table, authors: bool) -> list[str]:
    return [
        column.name
        for column in table.columns
        if isinstance(column.type, String | Text | JSON)
        and not isinstance(column.type, LargeBinary)
        and not column.primary_key
        and not column.foreign_keys
        and (authors or column.name not in _AUTHORS or table.name in _FOR_A_PERSON)
    ]


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {_cleaned(name, clean): _cleaned(one, clean) for name, one in value.items()}
    return [_cleaned(one, clean) for one in value] if isinstance(value, list | tuple) else value
