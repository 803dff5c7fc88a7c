"""A partner's own sentences beside ratings that its delivery made worse: known and taken back with the delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, insert, select

from etl.model.tables import Delivery, PartnerWord
from etl.rules.facts import RatingCode, SaidBeside


@dataclass(frozen=True, slots=True)
class Word:
    """A sentence, and the rating's code it is said about."""

    rating: str
    text: str


def add_words(connection: Connection, delivery: int, day: dt.date, words: Mapping[str, Word]) -> None:
    """``words``: key of a record -> what its delivery's partner says beside its rating."""
    rows = [
        {"delivery": delivery, "record": record, "rating": word.rating, "text": word.text.strip(), "day": day}
        for record, word in sorted(words.items())
        if word.text.strip()
    ]
    if rows:
        connection.execute(insert(PartnerWord), rows)


def words_of(connection: Connection, delivery: int) -> dict[str, Word]:
    """Record -> what was said beside its rating when the delivery was accepted."""
    query = select(PartnerWord.record, PartnerWord.rating, PartnerWord.text).where(PartnerWord.delivery == delivery)
    return {row.record: Word(row.rating, row.text) for row in connection.execute(query.order_by(PartnerWord.id))}


def said_beside(connection: Connection, known_on: dt.datetime | None = None) -> tuple[SaidBeside, ...]:
    """All that hold as known at ``known_on`` (None: now), the latest day last."""
    query = select(PartnerWord, Delivery.partner).join(Delivery, Delivery.number == PartnerWord.delivery)
    if known_on is None:
        query = query.where(Delivery.undone_at.is_(None))
    else:
        later = Delivery.undone_at.is_(None) | (Delivery.undone_at > known_on)
        query = query.where(Delivery.known_from <= known_on, later)
    rows = connection.execute(query.order_by(PartnerWord.day, Delivery.known_from, PartnerWord.id))
    return tuple(
        SaidBeside(
            record=row.record,
            partner=row.partner,
            rating=cast(RatingCode, row.rating),
            text=row.text,
            day=row.day,
            delivery=row.delivery,
        )
        for row in rows
    )
