"""The store's tables. A fact is a statement about a record, made by a delivery or an entry, on two clocks.

Why one statement table for all kinds and not a table per kind: see ``docs/decisions/0001-statements.md``.
The fields each kind has are data (``data/vocabulary/fields.csv``) and reach the rules as typed facts.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, ForeignKey, LargeBinary, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from etl.model.base import Base, Instant

#: Every kind of record the store knows, in the order of the export.
KINDS = (
    "field_of_action",
    "goal",
    "indicator",
    "observation",
    "measure",
    "milestone",
    "need",
    "partner",
    "contact",
    "cooperation",
    "interface",
    "funding",
    "allocation",
    "idea",
    "meeting",
    "decision",
    "agreement",
)

#: Kinds that belong to the network, whoever states them; all others belong to the partner that delivered them.
NETWORK_KINDS = frozenset({"field_of_action", "goal", "indicator", "observation", "partner", "meeting"})


class StoreVersion(Base):
    """One row, raised in the transaction of every change of facts or decisions: the heart of every cache key.

    ``undone`` counts what was taken back: while it stands still, statements have only been added.
    """

    __tablename__ = "store_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    undone: Mapped[int]


class KeyCounter(Base):
    """The last number given to a kind of record; never goes back, so no key is used twice."""

    __tablename__ = "key_counter"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


class Setting(Base):
    """The network's own name, logo, day and other settings."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Round(Base):
    """A round of deliveries: its name, the day of the meeting it is for, the deadline for sending. Who opened it is
    null where nobody noted it."""

    __tablename__ = "round"
    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    day: Mapped[dt.date] = mapped_column(Date)
    deadline: Mapped[dt.date] = mapped_column(Date)
    opened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    opened_by: Mapped[str | None] = mapped_column(String(120))


class Series(Base):
    """Files of one partner with the same kinds and heading fingerprint: "missing" is judged only within a series."""

    __tablename__ = "series"
    id: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))


class Delivery(Base):
    """One file from one partner at one time. ``undone_at`` closes its statements on the known clock.

    ``sender`` is the partner's name as it was given or found when the file came, ``given_day`` what the sender said.
    ``accepted_by`` is whoever of the office looked at it first, where it had to wait for the office.
    ``sheets`` is what was understood (tables, columns, ledger) as in ``import --json``; ``changes`` counts per kind.
    ``names`` says how certain it was which record a name in a cell means: kind -> text -> how.
    ``on_behalf``: ``sent_by`` of the office took it in for the partner; ``mail``: what the mail was called it came in.
    """

    __tablename__ = "delivery"
    number: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    sender: Mapped[str] = mapped_column(String(400))
    series: Mapped[int] = mapped_column(ForeignKey("series.id"))
    file: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    format: Mapped[str] = mapped_column(String(10))
    day: Mapped[dt.date] = mapped_column(Date)
    given_day: Mapped[dt.date | None] = mapped_column(Date)
    received_at: Mapped[dt.datetime] = mapped_column(Instant)
    known_from: Mapped[dt.datetime] = mapped_column(Instant, index=True)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant, index=True)
    sent_by: Mapped[str | None] = mapped_column(String(120))
    undone_by: Mapped[str | None] = mapped_column(String(120))
    accepted_by: Mapped[str | None] = mapped_column(String(120))
    on_behalf: Mapped[bool] = mapped_column(server_default=false(), default=False)
    mail: Mapped[str | None] = mapped_column(String(400))
    importer: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
    sheets: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    issues: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    names: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, server_default="{}")
    changes: Mapped[dict[str, object]] = mapped_column(JSON)
    corrections: Mapped[dict[str, object]] = mapped_column(JSON)


class ReceivedFile(Base):
    """The bytes of a delivery, kept in the accepting transaction."""

    __tablename__ = "received_file"
    delivery: Mapped[int] = mapped_column(ForeignKey("delivery.number"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Draft(Base):
    """A file waiting for a decision in the dashboard: bytes and corrections, with the uploader's name. No fact.

    ``given_day`` is what was said about its day, ``received_at`` when its mail came (None: when it was uploaded),
    ``withheld`` what was left out of its bytes before they were kept (``CleanCopy`` without the bytes).
    """

    __tablename__ = "draft_delivery"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    partner: Mapped[str] = mapped_column(String(200))
    file: Mapped[str] = mapped_column(String(400))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    corrections: Mapped[dict[str, object]] = mapped_column(JSON)
    uploaded_by: Mapped[str] = mapped_column(String(120), index=True)
    uploaded_at: Mapped[dt.datetime] = mapped_column(Instant)
    given_day: Mapped[dt.date | None] = mapped_column(Date)
    received_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    withheld: Mapped[dict[str, object] | None] = mapped_column(JSON)
    mail: Mapped[str | None] = mapped_column(String(400))


class FolderFile(Base):
    """One thing in a folder that the office dropped: a file that waits (``draft``), or why it can't be used.

    ``came_in`` are the headers of the mail around it; ``issue`` says why it is set aside; ``proposal`` what is proposed
    and asked about it, ``answers`` what was answered; ``delivery`` is what came of it. No fact.
    """

    __tablename__ = "folder_file"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    folder: Mapped[str] = mapped_column(String(40), index=True)
    place: Mapped[int]
    file: Mapped[str] = mapped_column(String(400))
    came_in: Mapped[dict[str, object] | None] = mapped_column(JSON)
    draft: Mapped[str | None] = mapped_column(String(40), index=True)
    issue: Mapped[dict[str, object] | None] = mapped_column(JSON)
    proposal: Mapped[dict[str, object]] = mapped_column(JSON)
    answers: Mapped[dict[str, object]] = mapped_column(JSON)
    delivery: Mapped[int | None]
    uploaded_by: Mapped[str] = mapped_column(String(120), index=True)
    uploaded_at: Mapped[dt.datetime] = mapped_column(Instant)


class Entry(Base):
    """Something a signed-in person stated by hand, with date and reason."""

    __tablename__ = "entry"
    number: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class Statement(Base):
    """What one source said about records of one kind and owner (the partner they belong to; null: the network), as of
    ``day``; since when we know it, its delivery or entry tells. ``table_no`` counts the tables of the delivery.

    ``records`` are the keys of its ``count`` records, a JSON list; ``body`` what is said of them, field by field,
    packed (see ``etl.model.statements``).
    """

    __tablename__ = "statement"
    id: Mapped[int] = mapped_column(primary_key=True)
    delivery: Mapped[int | None] = mapped_column(ForeignKey("delivery.number"), index=True)
    entry: Mapped[int | None] = mapped_column(ForeignKey("entry.number"))
    table_no: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40), index=True)
    owner: Mapped[str | None] = mapped_column(String(40), index=True)
    day: Mapped[dt.date] = mapped_column(Date)
    count: Mapped[int]
    records: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes] = mapped_column(LargeBinary)


class Rating(Base):
    """A rating a body gave, beside the computed one: with reason and expiry, never instead of it."""

    __tablename__ = "human_rating"
    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    code: Mapped[str] = mapped_column(String(40))
    body: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    day: Mapped[dt.date] = mapped_column(Date)
    expires: Mapped[dt.date] = mapped_column(Date)
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class Mapping(Base):
    """What a person confirmed about a heading of a partner's lists; ``field`` "" means: keep under its own heading.

    ``headings`` are those of the table it was confirmed in (none: wherever the heading stands).
    """

    __tablename__ = "confirmed_mapping"
    id: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    heading: Mapped[str] = mapped_column(String(400))
    headings: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    field: Mapped[str] = mapped_column(String(80))
    person: Mapped[str] = mapped_column(String(120))
    known_from: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class AcceptancePolicy(Base):
    """Whether what a partner accepts holds at once or after the office has looked; a partner's latest row counts."""

    __tablename__ = "acceptance_policy"
    id: Mapped[int] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(String(40), index=True)
    policy: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(120))
    known_from: Mapped[dt.datetime] = mapped_column(Instant)


class Review(Base):
    """A waiting file whose partner has said yes and the office has not yet; ``answer`` is why it was sent back.

    ``words`` are the partner's own sentences beside ratings that become worse: record -> (rating's code, text).
    """

    __tablename__ = "office_review"
    draft: Mapped[str] = mapped_column(ForeignKey("draft_delivery.id", ondelete="CASCADE"), primary_key=True)
    partner: Mapped[str] = mapped_column(String(40))
    words: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    asked_by: Mapped[str] = mapped_column(String(120))
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(120))
    answered_at: Mapped[dt.datetime | None] = mapped_column(Instant)


class PartnerWord(Base):
    """A partner's sentence beside a rating its delivery made worse. Known, and taken back, with the delivery.

    ``rating`` is the code it was written about, ``day`` the day of the delivery.
    """

    __tablename__ = "partner_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    delivery: Mapped[int] = mapped_column(ForeignKey("delivery.number"), index=True)
    record: Mapped[str] = mapped_column(String(40), index=True)
    rating: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    day: Mapped[dt.date] = mapped_column(Date)
