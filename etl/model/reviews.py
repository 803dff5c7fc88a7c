"""Whose acceptance waits for the office, and the files that wait there. No facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from etl.model.drafts import WaitingFile
from etl.model.partner_words import Word
from etl.model.tables import AcceptancePolicy, Draft, Review

ReviewRow = Any

#: What a partner accepts holds at once, or after the office has looked.
AT_ONCE, OFFICE_FIRST = "at_once", "office_first"
POLICIES = (AT_ONCE, OFFICE_FIRST)


def policies(connection: Connection) -> dict[str, str]:
    """Partner -> policy, for those the office decided about; for all others it is ``at_once``."""
    rows = connection.execute(select(AcceptancePolicy.partner, AcceptancePolicy.policy).order_by(AcceptancePolicy.id))
    return {row.partner: row.policy for row in rows}


def policy_of(connection: Connection, partner: str) -> str:
    of_partner = select(AcceptancePolicy.policy).where(AcceptancePolicy.partner == partner)
    latest = of_partner.order_by(AcceptancePolicy.id.desc()).limit(1)
    return connection.execute(latest).scalar_one_or_none() or AT_ONCE


def set_policy(connection: Connection, partner: str, policy: str, *, person: str, now: dt.datetime) -> None:
    """A row more; what held before stays to be read."""
    assert policy in POLICIES, f"there is no policy {policy!r}"
    connection.execute(insert(AcceptancePolicy).values(partner=partner, policy=policy, person=person, known_from=now))


def ask_office(
    connection: Connection, waiting: WaitingFile, partner: str, words: Mapping[str, Word], *, by: str, at: dt.datetime
) -> None:
    """The partner said yes, the office has not yet. Asking again takes the earlier answer away."""
    connection.execute(delete(Review).where(Review.draft == waiting.id))
    told = {record: [word.rating, word.text] for record, word in words.items()}
    values = {"draft": waiting.id, "partner": partner, "words": told, "asked_by": by, "asked_at": at}
    connection.execute(insert(Review).values(values))


def send_back(connection: Connection, draft: str, answer: str, *, by: str, at: dt.datetime) -> bool:
    """The office says why it does not take the file; False where it does not wait there any more."""
    waits = (Review.draft == draft, Review.answer.is_(None))
    done = connection.execute(update(Review).where(*waits).values(answer=answer, answered_by=by, answered_at=at))
    return done.rowcount == 1


def find_review(connection: Connection, draft: str) -> ReviewRow | None:
    return connection.execute(select(Review).where(Review.draft == draft)).first()


def waiting_for_office(connection: Connection) -> list[tuple[WaitingFile, ReviewRow]]:
    """Files the office has to look at, oldest first; without their bytes."""
    file = (Draft.id, Draft.partner, Draft.file, Draft.uploaded_by, Draft.uploaded_at)
    review = (Review.partner.label("sender"), Review.words, Review.asked_by, Review.asked_at)
    rows = connection.execute(
        select(*file, *review)
        .join(Review, Review.draft == Draft.id)
        .where(Review.answer.is_(None))
        .order_by(Review.asked_at, Draft.id)
    )
    return [(WaitingFile(*row[:5]), row) for row in rows]
