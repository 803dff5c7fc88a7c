"""The same file again: told from what the store kept of it, without reading it.

A hash is a shortcut only where this very file is the newest accepted, not undone delivery of its series, about the same
day, and importer, vocabulary and confirmed headings are those that read it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from etl.issues import Issue
from etl.model.deliveries import find_delivery, newest_alike
from etl.model.store import Store
from etl.pipeline.network import Network, network_in
from etl.pipeline.preview import day_received, importer_of
from etl.pipeline.senders import Sender, named_sender
from etl.stages.resolve_references import bare
from etl.vocabulary import Vocabulary, load_vocabulary


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
        return Again(row.number, Sender(name, row.partner), sha256, network) if name else None


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
    issues = [issue for data in row.issues if not _settled(issue := Issue.from_data(data), again.network)]
    changes = {
        kind: {
            "new": 0,
            "changed": 0,
            "unchanged": counts["new"] + counts["changed"] + counts["unchanged"],
            "missing": counts["missing"],
        }
        for kind, counts in row.changes.items()
    }
    return Kept(row.sheets, issues, changes)


def _settled(issue: Issue, network: Network) -> bool:
    """Whether nobody needs to hear of it any more."""
    if issue.code == "partner_created":
        return True
    if issue.code != "reference_unknown":
        return False
    names = network.names.get(issue.values.get("kind", ""))
    return names is not None and names.by_name.get(bare(issue.found or "")) is not None
