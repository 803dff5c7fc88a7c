"""What judgements about sources have in common: a person, a reason, and that nothing changed under their hands."""

from __future__ import annotations

import datetime as dt

from etl.model.deliveries import later_than_all
from etl.model.judgements import Judgement, close_judgement
from etl.model.store import Store, raise_version
from etl.pipeline.refused import Refused
from etl.pipeline.single_clients import tells_of_client


class JudgementRefused(Refused):
    """A judgement that can't be stored; nothing was.

    ``code`` is without_reason, without_person, single_client, not_contested, changed (since it was shown),
    unknown_record, other_kind, judged_before or nothing_to_undo.
    """


def with_reason(reason: str) -> str:
    """``reason`` as it is stored. Raises ``JudgementRefused`` where there is none or it tells of a single client."""
    if not reason.strip():
        raise JudgementRefused("without_reason")
    if tells_of_client([reason]):
        raise JudgementRefused("single_client")
    return reason.strip()


def take_back(store: Store, table: Judgement, number: int, *, now: dt.datetime, by: str) -> None:
    """Close a judgement on the known clock; nothing is deleted. Raises ``JudgementRefused`` (nothing_to_undo)."""
    with store.writing() as connection:
        if not close_judgement(connection, table, number, later_than_all(connection, now), by):
            raise JudgementRefused("nothing_to_undo", str(number))
        raise_version(connection)
