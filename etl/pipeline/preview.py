"""Preview: what a file says and what it would change. Changes no fact."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from etl.issues import Issue
from etl.model.deliveries import corrections_of, newest_of_series, records_of_series, series_of
from etl.model.packing import Said
from etl.model.state import gone_of
from etl.model.statements import statements
from etl.model.store import Connection, Store
from etl.model.tables import NETWORK_KINDS
from etl.pipeline.clean_copy import CleanCopy, clean_copy, tell_withheld
from etl.pipeline.issue_groups import grouped
from etl.pipeline.known_records import identities, undated_of, values_on
from etl.pipeline.mappings import mappings_version, remembered_of
from etl.pipeline.names_in_cells import Named, names_in_cells
from etl.pipeline.network import Network, network_in
from etl.pipeline.senders import FindSender, Sender, certain_sender, file_fingerprint, named_by_template, named_sender
from etl.pipeline.understanding import Remembered, Understood, understand
from etl.stages.compare import Comparison, compare
from etl.stages.corrections import Corrections
from etl.stages.match_records import Match, match_records
from etl.stages.resolve_references import resolve_references
from etl.stages.shapes import Draft
from etl.vocabulary import Vocabulary, load_vocabulary

BERLIN = ZoneInfo("Europe/Berlin")
#: Raised whenever the importer reads anything differently: a file's hash is a shortcut only within one version.
IMPORTER_VERSION = "4"


@dataclass(slots=True)
class Preview:
    """A file as understood, matched and compared with the store at ``version``. ``day`` is the day of the delivery;
    ``given_day`` what the sender said. ``outcome`` is ``unchanged`` when this very file is the newest of its series."""

    file: str
    content: bytes
    sha256: str
    sender: Sender
    day: dt.date
    given_day: dt.date | None
    received_at: dt.datetime
    version: int
    importer: str
    fingerprint: str
    understood: Understood
    vocabulary: Vocabulary
    outcome: str = "preview"
    matches: list[Match] = field(default_factory=list)
    parents: dict[int, str] = field(default_factory=dict)
    known_parents: dict[str, str | None] = field(default_factory=dict)
    comparison: Comparison = field(default_factory=Comparison)
    issues: list[Issue] = field(default_factory=list)
    names: Named = field(default_factory=dict)
    #: Where the sender wants parts left out: ``content`` is that of this copy.
    copy: CleanCopy | None = None
    corrections: Corrections = field(default_factory=Corrections)

    def day_of(self, number: int) -> dt.date:
        """The day draft ``number`` is about: its own row's or cell's date, the sheet's "Stand", the delivery's day."""
        return self.understood.days[number] or self.day

    @property
    def about(self) -> dt.date:
        """The latest day the file says anything about: what is told as its „Stand“."""
        return max((day or self.day for day in self.understood.days), default=self.day)

    def stored_corrections(self) -> dict[str, Any]:
        """What the store keeps beside the file, so that it can be read the same way again."""
        withheld = {"withhold": list(self.copy.parts)} if self.copy else {}
        return withheld | self.corrections.as_data()


def preview_delivery(
    store: Store,
    content: bytes,
    file: str,
    *,
    partner: str | None = None,
    day: dt.date | None = None,
    now: dt.datetime,
    received_at: dt.datetime | None = None,
    vocabulary: Vocabulary | None = None,
    withhold: Sequence[str] = (),
    corrections: Corrections | None = None,
    copy: CleanCopy | None = None,
    find_sender: FindSender = certain_sender,
    looked_at: bool = False,
) -> Preview:
    """Understand ``content`` and compare it with the store.

    ``now`` is the instant of asking; ``received_at`` when the file came in (default ``now``). ``withhold`` are parts of
    the file (``"TN!B:D"``) that the sender wants left out: the preview's content and hash are those of a copy without
    them. ``corrections``: what was put right about it; None takes those with which the partner's very same file was
    accepted before, so that sending it again takes none of them back. ``copy``: the copy that ``content`` already is;
    ``find_sender`` says who sent it where ``partner`` does not; ``looked_at``: see ``understand``. Raises
    ``DeliveryRefused`` where the file, or its sender without ``partner``, can't be taken.
    """
    vocabulary = vocabulary or load_vocabulary()
    received = received_at or now
    delivery_day = day or day_received(received)
    copy = clean_copy(content, file, withhold) if withhold else copy
    if copy is not None:
        content, file = copy.content, copy.file
    sha256 = hashlib.sha256(content).hexdigest()
    with store.reading() as connection:
        network = network_in(connection)
        sender = named_sender(partner, network) if partner else None
        if corrections is None:
            corrections = _made_before(connection, sha256, sender)
        remembered = remembered_of(connection, sender.key if sender else None)
        understood = understand(content, file, vocabulary, delivery_day, remembered, corrections, looked_at)
        if sender is None:
            sender = find_sender(connection, understood, file, network)
            if remembered := remembered_of(connection, sender.key):
                understood = understand(content, file, vocabulary, delivery_day, remembered, corrections, looked_at)
        if copy is not None:
            tell_withheld(understood, copy)
        preview = Preview(
            file=file,
            content=content,
            sha256=sha256,
            sender=sender,
            day=delivery_day,
            given_day=day,
            received_at=received,
            version=network.version,
            importer=_importer(vocabulary.version, remembered),
            fingerprint=file_fingerprint(understood),
            understood=understood,
            vocabulary=vocabulary,
            copy=copy,
            corrections=corrections,
        )
        compare_with_store(connection, preview, network)
    return preview


def _made_before(connection: Connection, sha256: str, sender: Sender | None) -> Corrections:
    stored = corrections_of(connection, sha256, sender.key) if sender and sender.key else {}
    return Corrections.from_data(stored)


def read_anew(connection: Connection, preview: Preview) -> bool:
    """Read the file again where what was confirmed about its headings changed since; False where nothing did."""
    remembered = remembered_of(connection, preview.sender.key)
    importer = _importer(preview.vocabulary.version, remembered)
    if importer == preview.importer:
        return False
    looked_at = preview.understood.looked_at
    preview.understood = understand(
        preview.content, preview.file, preview.vocabulary, preview.day, remembered, preview.corrections, looked_at
    )
    if preview.copy is not None:
        tell_withheld(preview.understood, preview.copy)
    preview.importer = importer
    preview.fingerprint = file_fingerprint(preview.understood)
    return True


def day_received(received: dt.datetime) -> dt.date:
    """The day on which something came in, where the network is."""
    return received.astimezone(BERLIN).date()


def importer_of(connection: Connection, partner: str, vocabulary: Vocabulary) -> str:
    """What would read a file of this partner now: importer, vocabulary and confirmed headings by their versions."""
    return _importer(vocabulary.version, remembered_of(connection, partner))


def _importer(vocabulary: str, remembered: Remembered) -> str:
    return f"{IMPORTER_VERSION}.{vocabulary}.{mappings_version(remembered)}"


def compare_with_store(connection: Connection, preview: Preview, network: Network | None = None) -> None:
    """Match and compare ``preview`` with the store as it is now (again, inside the accepting transaction)."""
    network = network or network_in(connection)
    partner = preview.sender.key
    series = series_of(connection, partner, preview.fingerprint) if partner else None
    newest = newest_of_series(connection, series) if series is not None else None
    drafts = preview.understood.drafts
    # those of undone deliveries too: a record keeps its key when it comes back
    kinds = _network_kinds(drafts)
    said = statements(connection, partner=partner, kinds=kinds, with_undone=True) if partner or kinds else []
    preview.parents = _outside_parents(drafts, network)
    preview.known_parents = {statement.record: statement.parent for statement in reversed(said)}
    preview.matches, match_issues = match_records(drafts, identities(said), preview.parents, _pinned(said, preview))
    _match_undated(preview, said)
    days = {m.key: preview.day_of(i) for i, m in enumerate(preview.matches) if m.key is not None}
    known = values_on(said, days, partner)
    # an answered form tells of the records that changed, and nothing of the others
    whole = series is not None and not preview.corrections.form
    in_series = records_of_series(connection, series, preview.day) if whole and series is not None else {}
    for key in gone_of(said):
        in_series.pop(key, None)
    preview.comparison = compare(drafts, preview.matches, known, in_series)
    template_of = named_by_template(preview.understood)
    preview.names, name_issues = names_in_cells(preview.understood, preview.sender.name, network)
    found = [*preview.understood.issues, *_placed(match_issues, preview), *name_issues]
    if template_of is not None:  # what a partner has nothing to say about stays empty
        found = [issue for issue in found if issue.code != "table_without_rows"]
    if partner is None and template_of != preview.sender.name:
        found.append(Issue("partner_created", values={"partner": preview.sender.name}))
    preview.issues = grouped(found)
    preview.outcome = "unchanged" if newest is not None and _same_file(newest, preview) else "preview"


def _network_kinds(drafts: list[Draft]) -> list[str]:
    """The kinds of the network's own records that the file speaks about."""
    return sorted({draft.kind for draft in drafts} & NETWORK_KINDS)


def _same_file(newest: object, preview: Preview) -> bool:
    """The newest of its series, byte for byte, about the same day, read by the same importer, words and mappings, with
    the same corrections."""
    read = (newest.sha256, newest.importer, newest.day, newest.corrections)  # type: ignore[attr-defined]
    return bool(read == (preview.sha256, preview.importer, preview.day, preview.stored_corrections()))


def _outside_parents(drafts: list[Draft], network: Network) -> dict[int, str]:
    """Keys of the goals that indicators without a goal of their own in the file refer to."""
    wanted = {i: d.references["goal"] for i, d in enumerate(drafts) if d.parent is None and d.references.get("goal")}
    if not wanted:
        return {}
    names = network.names["goal"]
    found = {}
    for number, texts in wanted.items():
        resolved = resolve_references(texts, names)
        if resolved:
            found[number] = next(iter(resolved.values()))
    return found


def _match_undated(preview: Preview, said: list[Said]) -> None:
    """An observation without a day of its own that says something else about the day of an earlier list puts that
    list's value right: it is no second value. Only where each list has one such value of its indicator and group."""
    told: dict[tuple[str, object], list[int]] = defaultdict(list)
    for number, draft in enumerate(preview.understood.drafts):
        parent = preview.parents.get(number) if draft.parent is None else preview.matches[draft.parent].key
        if draft.kind == "observation" and parent is not None and not draft.values.get("current_date"):
            told[parent, draft.values.get("comparison_group")].append(number)
    for place, numbers in told.items():
        match = preview.matches[numbers[0]]
        if len(numbers) == 1 and match.key is None and match.merged_into is None:
            same_day = undated_of(said, place, preview.sender.key, preview.day_of(numbers[0]))
            if len(same_day) == 1:
                preview.matches[numbers[0]] = Match(same_day.pop())


def _pinned(said: list[Said], preview: Preview) -> dict[int, str]:
    """Draft -> the record it was asked about. Only the sender's own count: a key from elsewhere pins nothing."""
    wanted = preview.corrections.records
    if not wanted or preview.sender.key is None:
        return {}
    own = {(s.kind, s.record) for s in said if s.owner == preview.sender.key}
    understood, found = preview.understood, {}
    for number, (table, draft) in enumerate(zip(understood.table_of, understood.drafts, strict=True)):
        key = wanted.get((understood.tables[table][0], draft.row))
        if key is not None and (draft.kind, key) in own:
            found[number] = key
    return found


def _placed(issues: list[Issue], preview: Preview) -> list[Issue]:
    """Matching knows drafts, not sheets: put the sheet in."""
    understood = preview.understood
    return [replace(i, sheet=understood.tables[understood.table_of[int(i.values["draft"])]][0]) for i in issues]
