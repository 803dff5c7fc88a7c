"""Confirming what a partner's heading means, so that every later list of that partner is read so at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.model.deliveries import all_deliveries, later_than_all
from etl.model.judgements import keys_counted_as
from etl.model.mappings import MappingRow, add_mapping, confirmed_mappings, end_mapping
from etl.model.store import Connection, Store, raise_version
from etl.pipeline.network import network_in
from etl.pipeline.refused import Refused
from etl.pipeline.senders import named_sender
from etl.stages.columns.anchors import kind_of
from etl.stages.columns.heading_parts import series_key
from etl.stages.columns.remembered import Confirmed, heading_keys
from etl.vocabulary import load_vocabulary

KEEP = ""
_ANY_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)


class MappingRefused(Refused):
    """A mapping that can't be stored or ended. ``code`` is partner_unknown, heading_empty, field_unknown or unknown."""

    sentences = "command.mapping_"


@dataclass(frozen=True, slots=True)
class ConfirmedMapping:
    """As people read it: whose heading, what it means (``field`` "" = kept under its own heading), who said so when."""

    number: int
    partner: str
    heading: str
    kind: str
    field: str
    person: str
    known_from: dt.datetime
    ended_at: dt.datetime | None
    headings: tuple[str, ...]


def confirm_mapping(
    store: Store,
    partner: str,
    heading: str,
    field: str,
    *,
    by: str,
    when: dt.datetime,
    kind: str | None = None,
    headings: Sequence[str] = (),
) -> int:
    """Remember that ``heading`` means ``field`` (or ``KEEP``) in this partner's lists; an earlier word is ended.

    ``headings`` are all headings of the table in question; without them the newest delivered list of the partner that
    has the heading (of ``kind``, where given) is meant, and where there is none, any. Raises ``MappingRefused``.
    """
    heading = " ".join(heading.split())
    if not series_key(heading):
        raise MappingRefused("heading_empty", heading)
    if field != KEEP and field not in load_vocabulary().fields:
        raise MappingRefused("field_unknown", field)
    with store.writing() as connection:
        key = _known_partner(connection, partner)
        kind = kind or (kind_of(field) if field else "")
        found_kind, found = _list_with(connection, key, heading, kind)
        number = remember_heading(
            connection, key, heading, field, kind=kind or found_kind, headings=headings or found, by=by, when=when
        )
        raise_version(connection)
    return number


def remember_heading(
    connection: Connection,
    partner: str,
    heading: str,
    field: str,
    *,
    kind: str,
    headings: Sequence[str],
    by: str,
    when: dt.datetime = _ANY_TIME,
) -> int:
    """``confirm_mapping`` within a transaction; without ``when`` it holds from just after what is known so far."""
    now = later_than_all(connection, when)
    for row in confirmed_mappings(connection, partner):
        if series_key(row.heading) == series_key(heading) and heading_keys(row.headings) == heading_keys(headings):
            end_mapping(connection, row.id, now)
    return add_mapping(
        connection, partner=partner, kind=kind, heading=heading, field=field, headings=headings, person=by, now=now
    )


def _known_partner(connection: Connection, name: str) -> str:
    key = named_sender(name, network_in(connection)).key
    if key is None:
        raise MappingRefused("partner_unknown", name)
    return key


def _list_with(connection: Connection, partner: str, heading: str, kind: str) -> tuple[str, list[str]]:
    """Kind and headings of the newest delivered list of a partner that has this heading."""
    own = keys_counted_as(connection, partner)
    for delivery in reversed(all_deliveries(connection)):
        if delivery.partner in own:
            for table in (table for sheet in delivery.sheets for table in sheet["tables"]):
                headings = [column["heading"] for column in table["columns"]]
                if series_key(heading) in heading_keys(headings) and (not kind or table["kind"] in (kind, None)):
                    return str(table["kind"] or ""), headings
    return "", []


def forget_mapping(store: Store, number: int, *, when: dt.datetime) -> None:
    """End a mapping: later lists are read without it; what was read with it stays. Raises ``MappingRefused``."""
    with store.writing() as connection:
        if not end_mapping(connection, number, later_than_all(connection, when)):
            raise MappingRefused("unknown", str(number))
        raise_version(connection)


def list_mappings(
    store: Store, partner: str | None = None, *, known_on: dt.datetime | None = None
) -> list[ConfirmedMapping]:
    """The mappings that hold (at ``known_on``, default now), by partner, the latest last. Raises ``MappingRefused``."""
    with store.reading() as connection:
        partners = network_in(connection).partners
        key = _known_partner(connection, partner) if partner is not None else None
        rows = confirmed_mappings(connection, key, known_on)
    names = {key: str(known.value("name")) for key, known in partners.items()}
    found = [_as_people_read_it(row, names.get(row.partner, row.partner)) for row in rows]
    return sorted(found, key=lambda mapping: (mapping.partner.casefold(), mapping.number))


def _as_people_read_it(row: MappingRow, partner: str) -> ConfirmedMapping:
    return ConfirmedMapping(
        row.id, partner, row.heading, row.kind, row.field, row.person, row.known_from, row.ended_at, tuple(row.headings)
    )


def remembered_of(connection: Connection, partner: str | None) -> tuple[Confirmed, ...]:
    """What naming columns may use for lists of this partner (its key; None: a new one)."""
    if partner is None:
        return ()
    return tuple(
        Confirmed(row.heading, row.field, heading_keys(row.headings)) for row in confirmed_mappings(connection, partner)
    )


def mappings_version(remembered: Iterable[Confirmed]) -> str:
    """Changes with the mappings: a file's hash is a shortcut only while they are the same."""
    parts = sorted(repr((c.heading, c.field, sorted(c.headings))) for c in remembered)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8] if parts else "0"
