"""Who sent a file: the named partner, or the one partner its heading fingerprint, name or title cells point to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from etl.issues import DeliveryRefused, Issue
from etl.model.deliveries import partners_with_fingerprint
from etl.model.state import Known
from etl.model.store import Connection
from etl.pipeline.network import Network
from etl.pipeline.understanding import Understood
from etl.stages.name_columns import fingerprint
from etl.stages.resolve_references import bare
from etl.vocabulary import normalise
from etl.wording import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Sender:
    """``key`` is None for a partner the store does not know yet."""

    name: str
    key: str | None


#: Says who sent a file that was understood; raises ``DeliveryRefused`` (sender_unknown) where it can't.
FindSender = Callable[[Connection, Understood, str, Network], Sender]


def file_fingerprint(understood: Understood) -> str:
    """One hash for the kinds and headings of all tables of a file: files alike in it form a series."""
    parts = sorted(fingerprint(table) for _, table in understood.tables)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def named_sender(name: str, network: Network) -> Sender:
    """The partner with this name (spelling, abbreviations and legal form apart), or a new one."""
    names = network.names["partner"]
    key = names.by_name.get(bare(name))
    if key is None and bare(name) not in names.by_name:
        same = names.parts.same(name)
        key = same[0] if len(same) == 1 else None
    return Sender(network.name_of(key) or name, key) if key else Sender(name, None)


def named_by_template(understood: Understood) -> str | None:
    """The partner a template of ours was made for: it stands in the title of its sheets."""
    for sheet in understood.sheets:
        title = sheet.sheet.rows[0][0] if sheet.sheet.rows else None
        parts = title.split(" | ", 2) if isinstance(title, str) else ()
        if len(parts) == 3 and any(parts[0] == say(language, "template.mark") for language in LANGUAGES):
            return parts[2].strip()
    return None


def certain_sender(connection: Connection, understood: Understood, file: str, network: Network) -> Sender:
    """The sender where it is certain; raises ``DeliveryRefused`` (sender_unknown, with a proposal) where it is not."""
    told = told_by_file(connection, understood, file, network)
    if told.sender is not None:
        return told.sender
    raise DeliveryRefused(Issue("sender_unknown", found=file, proposal=told.proposal))


@dataclass(frozen=True, slots=True)
class ToldByFile:
    """The sender a file itself points to, and by what: its ``template``, its ``series`` (the headings of earlier
    files) or because it is ``named`` in it; otherwise the likeliest as a ``proposal``."""

    sender: Sender | None = None
    how: str = ""
    proposal: str | None = None


def told_by_file(connection: Connection, understood: Understood, file: str, network: Network) -> ToldByFile:
    """What the file says about its sender."""
    template_of = named_by_template(understood)
    if template_of is not None:  # its headings are everybody's
        sender = named_sender(template_of, network)
        return ToldByFile(sender, "template") if sender.key else ToldByFile(proposal=template_of)
    found, how = partners_with_fingerprint(connection, file_fingerprint(understood)), "series"
    if len(found) != 1:
        found, how = _named_in(understood, file, network), "named"
    name = network.name_of(found[0]) if len(found) == 1 else None
    if name is not None:
        return ToldByFile(Sender(name, found[0]), how)
    return ToldByFile(proposal=_likeliest(file, network.partners))


def _named_in(understood: Understood, file: str, network: Network) -> list[str]:
    titles = [normalise(file)]
    for sheet in understood.sheets:
        rows = sheet.sheet.rows[:5]
        titles += [normalise(v) for row in rows for v in row if isinstance(v, str)]
    found = set()
    for name, key in network.names["partner"].by_name.items():
        if key and len(name) >= 3 and any(f" {name} " in f" {title} " for title in titles):
            found.add(key)
    return sorted(found)


def _likeliest(file: str, partners: dict[str, Known]) -> str | None:
    names = [str(p.value("name")) for p in partners.values()]
    best = process.extractOne(file, names, scorer=fuzz.partial_ratio, score_cutoff=60)
    return best[0] if best else None
