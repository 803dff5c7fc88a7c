"""The same file again: told from what the store kept of it, without reading it.

A hash is a shortcut only where this very file is the newest accepted, not undone delivery of its series, about the same
day, where importer, vocabulary and confirmed headings are those that read it, and where reading it could tell nothing
that it did not tell then: no record was in doubt, and no name in it is less certain than it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from etl.issues import Issue
from etl.model.deliveries import find_delivery, newest_alike
from etl.model.store import Connection, Store
from etl.pipeline.issue_groups import grouped
from etl.pipeline.network import Network, network_in
from etl.pipeline.preview import day_received, importer_of
from etl.pipeline.senders import Sender, named_sender
from etl.stages.resolve_references import look_up
from etl.vocabulary import Vocabulary, load_vocabulary

#: What was told of records the store had before; now it has these.
_IN_DOUBT = frozenset(("own_ids_changed", "record_retitled", "match_proposed"))


@dataclass(frozen=True, slots=True)
class Again:
    """The delivery ``number`` that brought the file, its sender, and the network as it is now."""

    number: int
    sender: Sender
    sha256: str
    network: Network


def same_again(
    store: Store,
    content: bytes,
    *,
    partner: str | None = None,
    day: dt.date | None = None,
    now: dt.datetime,
    received_at: dt.datetime | None = None,
    vocabulary: Vocabulary | None = None,
) -> Again | None:
    """The delivery that already says all that this file says; None where the file has to be read.

    Arguments as for ``preview_delivery``. Without ``partner`` the file must have come from one partner only.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    about = day or day_received(received_at or now)
    with store.reading() as connection:
        found = newest_alike(connection, sha256, about)
        if not found:
            return None
        network = network_in(connection)
        if partner is not None:
            sender = named_sender(partner, network)
            found = [row for row in found if row.partner == sender.key]
        if len(found) != 1:
            return None
        row = found[0]
        if row.importer != importer_of(connection, row.partner, vocabulary or load_vocabulary()):
            return None
        name = network.name_of(row.partner)
        if name is None or not _still_told(connection, row.number, network):
            return None
        return Again(row.number, Sender(name, row.partner), sha256, network)


def _still_told(connection: Connection, number: int, network: Network) -> bool:
    """Whether what was told of a delivery is, but for names that became known, what reading it again would tell."""
    row = find_delivery(connection, number)
    assert row is not None, "a delivery is never deleted"
    doubts = any(issue.code in _IN_DOUBT for issue in _single(map(Issue.from_data, row.issues)))
    return not (row.corrections or doubts) and all(
        look_up(text, network.names[kind]).how in ("known", how)
        for kind, names in row.names.items()
        for text, how in names.items()
    )


def _single(issues: Iterable[Issue]) -> Iterator[Issue]:
    """The issues that stand in groups, and those that stand alone."""
    for issue in issues:
        yield from issue.parts or (issue,)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the store kept of how a file was understood: ``sheets`` and ``changes`` as in ``import --json``."""

    sheets: list[dict[str, Any]]
    issues: list[Issue]
    changes: dict[str, dict[str, int]]


def kept_of(store: Store, again: Again) -> Kept:
    """What was understood, told as of now: all of it is known, and names may have become known since."""
    with store.reading() as connection:
        row = find_delivery(connection, again.number)
    assert row is not None, "a delivery is never deleted"
    changes = {
        kind: {
            "new": 0,
            "changed": 0,
            "unchanged": counts["new"] + counts["changed"] + counts["unchanged"],
            "missing": counts["missing"],
        }
        for kind, counts in row.changes.items()
    }
    return Kept(row.sheets, _unsettled([Issue.from_data(data) for data in row.issues], again.network), changes)


def _unsettled(issues: list[Issue], network: Network) -> list[Issue]:
    single = list(_single(issues))
    left = [issue for issue in single if not _settled(issue, network)]
    return issues if len(left) == len(single) else grouped(left)


def _settled(issue: Issue, network: Network) -> bool:
    """Whether nobody needs to hear of it any more."""
    if issue.code == "partner_created":
        return True
    names = network.names.get(issue.values.get("kind", "")) if issue.code.startswith("reference_") else None
    return names is not None and look_up(issue.found or "", names).how == "known"
