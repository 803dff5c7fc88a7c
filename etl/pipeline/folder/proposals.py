"""What is proposed for one file of a folder: from whom, about which day, and the one question that is still open.

Questions come one after the other, the first that is open is asked: who sent it (``sender``), parts about single
clients were left out (``clients``), an older list than what is known (``older``), this very file was taken in before
(``again``), which day it is about (``day``), far fewer records than last time (``fewer``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from etl.issues import DeliveryRefused, Issue, places_to_clarify
from etl.model.deliveries import days_spoken_of, newest_of_file, newest_of_series, series_of
from etl.model.store import Connection, Store
from etl.pipeline.clean_copy import CleanCopy, clean_copy
from etl.pipeline.fewer import far_fewer
from etl.pipeline.folder.correspondents import Correspondents, MailSender
from etl.pipeline.folder.days import named_day
from etl.pipeline.folder.files import FoundFile
from etl.pipeline.network import network_in
from etl.pipeline.preview import Preview, day_received, preview_delivery
from etl.rules.thresholds import Thresholds
from etl.stages.corrections import Corrections

#: The same file so soon again (days) is one mail sent twice; later it says that nothing changed.
_SAME_ROUND = 31
#: A list older than the newest of its series by more (days) is likely last year's.
_OLDER = 60
#: Sheets with data about single clients that are left out one after the other.
_SHEETS_LEFT_OUT = 12
_CLIENTS = ("file_single_clients", "file_single_clients_unlabelled")


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about a file: its ``sender``, its ``day``, and which questions (again, clients, older, fewer)
    it said yes to."""

    sender: str = ""
    day: dt.date | None = None
    yes: frozenset[str] = frozenset()

    def as_data(self) -> dict[str, Any]:
        return {"sender": self.sender, "day": self.day.isoformat() if self.day else None, "yes": sorted(self.yes)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Answers:
        day = dt.date.fromisoformat(data["day"]) if data.get("day") else None
        return cls(data.get("sender", ""), day, frozenset(data.get("yes", ())))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, as the store keeps it. ``question`` is the one that is open, "" where all is certain.

    ``sender_how``: given, template, series, named, mail, again; ``day_how``: given, stated (the sheet's own), mail,
    received. ``received`` is the day it came in, ``known``: this very file was accepted before.
    ``candidates`` are senders, ``other_day`` the day the name speaks of, ``before`` the delivery
    (number, day) that brought this file or a newer list, ``fewer`` what is named less often (kind, last time, now),
    ``parts`` what was left out. ``changes`` counts as in ``import --json``; ``to_clarify`` counts places.
    """

    question: str = ""
    sender: str = ""
    sender_key: str | None = None
    sender_how: str = ""
    candidates: tuple[str, ...] = ()
    day: str = ""
    day_how: str = ""
    received: str = ""
    known: bool = False
    other_day: str = ""
    other_how: str = ""
    before: tuple[int, str] | None = None
    fewer: tuple[tuple[str, int, int], ...] = ()
    parts: tuple[str, ...] = ()
    changes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    to_clarify: int = 0

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Proposal:
        told = dict(data)
        for name in ("candidates", "parts"):
            told[name] = tuple(told.get(name) or ())
        told["fewer"] = tuple((kind, last, now) for kind, last, now in told.get("fewer") or ())
        told["before"] = tuple(told["before"]) if told.get("before") else None
        return cls(**told)


@dataclass(frozen=True, slots=True)
class Proposed:
    """``preview`` where the sender is known; ``issue`` where the file can't be used; ``copy`` where parts of it must
    not be kept: then only the copy may be."""

    proposal: Proposal
    preview: Preview | None = None
    issue: Issue | None = None
    copy: CleanCopy | None = None


def propose(
    store: Store,
    file: FoundFile,
    answers: Answers,
    *,
    now: dt.datetime,
    thresholds: Thresholds,
    correspondents: Correspondents,
    copy: CleanCopy | None = None,
    corrections: Corrections | None = None,
) -> Proposed:
    """Read ``file``, compare it with the store, and say what is open about it. ``copy``: what ``file`` already is a
    copy of; ``corrections``: what was put right about it. Stores nothing."""
    received = file.received(now)
    before = _before(store, file)
    if before is not None and "again" not in answers.yes and _same_round(before, day_received(received)):
        told = {"name": file.file, "number": before.number, "day": before.day.isoformat()}
        return Proposed(Proposal(), issue=Issue("file_known", found=file.file, values=told))
    find = MailSender(file.mail, correspondents)
    sender = answers.sender or (_sender_of(store, before) if before is not None else "")
    wanted: dict[str, Any] = {"partner": sender or None, "day": answers.day, "now": now, "received_at": received}
    wanted |= {"corrections": corrections, "find_sender": find}
    try:
        copy, preview = _read(store, file, copy, wanted)
    except _SenderOpen as open_:
        proposal = Proposal("sender", candidates=find.candidates, parts=open_.copy.parts if open_.copy else ())
        return Proposed(proposal, copy=open_.copy)
    except DeliveryRefused as refusal:
        return Proposed(Proposal(), issue=refusal.issue)
    how = "given" if answers.sender else find.how or "again"
    proposal = _proposal(store, file, preview, answers, before, thresholds)
    return Proposed(replace(proposal, sender_how=how, parts=copy.parts if copy else ()), preview, None, copy)


class _SenderOpen(Exception):
    """The sender is not certain; ``copy`` where parts had to be left out first."""

    def __init__(self, copy: CleanCopy | None) -> None:
        super().__init__("sender_unknown")
        self.copy = copy


def _read(
    store: Store, file: FoundFile, copy: CleanCopy | None, wanted: dict[str, Any]
) -> tuple[CleanCopy | None, Preview]:
    """The preview; sheet by sheet without what looks like data about single clients, where there is such."""
    content, name = (copy.content, copy.file) if copy else (file.content, file.file)
    parts: list[str] = []
    for _ in range(_SHEETS_LEFT_OUT):
        try:
            return copy, preview_delivery(store, content, name, copy=copy, **wanted)
        except DeliveryRefused as refusal:
            if refusal.issue.code == "sender_unknown":
                raise _SenderOpen(copy) from None
            part = refusal.issue.values.get("withhold")
            if refusal.issue.code not in _CLIENTS or not part or part in parts or (copy and not parts):
                raise
            parts.append(part)
            try:
                copy = clean_copy(file.content, file.file, parts)
            except DeliveryRefused:
                raise refusal from None
            content, name = copy.content, copy.file
    raise DeliveryRefused(Issue("withhold_failed", found=file.file))


def _before(store: Store, file: FoundFile) -> Any:
    """The delivery that brought this very file."""
    with store.reading() as connection:
        return newest_of_file(connection, file.sha256)


def _same_round(before: Any, received: dt.date) -> bool:
    return abs((received - day_received(before.received_at)).days) <= _SAME_ROUND


def _sender_of(store: Store, before: Any) -> str:
    with store.reading() as connection:
        return network_in(connection).name_of(before.partner) or before.sender


def _proposal(
    store: Store, file: FoundFile, preview: Preview, answers: Answers, before: Any, thresholds: Thresholds
) -> Proposal:
    days = preview.understood.days
    fewer = tuple((f.kind, f.last, f.now) for f in far_fewer(store, preview, thresholds))
    newer = _newer(store, preview, before, answers)
    received = day_received(preview.received_at)
    stated = bool(days) and None not in days
    other = named_day(file.file, received) if not stated and answers.day is None else None
    found = Proposal(
        sender=preview.sender.name,
        sender_key=preview.sender.key,
        day=_about(preview).isoformat(),
        day_how="given" if answers.day else "stated" if stated else "mail" if file.mail else "received",
        received=received.isoformat(),
        known=before is not None,
        other_day=other.day.isoformat() if other else "",
        other_how=other.how if other else "",
        fewer=fewer,
        changes=preview.comparison.counts(),
        to_clarify=places_to_clarify(preview.issues),
    )
    opened = {
        "clients": preview.copy is not None,
        "older": newer is not None,
        "again": before is not None and newer is None and "older" not in answers.yes,
        "day": other is not None and before is None,
        "fewer": bool(fewer),
    }
    question = next((name for name, is_open in opened.items() if is_open and name not in answers.yes), "")
    told = _told_before(store, before)
    if question == "older" and told is not None and not stated:
        found = replace(found, day=told[1].isoformat())  # not today's, only because it was dropped today
    held = {"again": told, "older": newer}.get(question)
    return replace(found, question=question, before=(held[0], held[1].isoformat()) if held else None)


def _told_before(store: Store, before: Any) -> tuple[int, dt.date] | None:
    if before is None:
        return None
    with store.reading() as connection:
        return before.number, _day_of(connection, before)


def _about(preview: Preview) -> dt.date:
    """The latest day that any of its records is about."""
    return max((day or preview.day for day in preview.understood.days), default=preview.day)


def _newer(store: Store, preview: Preview, before: Any, answers: Answers) -> tuple[int, dt.date] | None:
    """Number and day of the newest delivery of the series, where this list is far older, or this very file came before
    a list about a later day: then it is last year's, whatever day it was dropped on, unless a person said its day."""
    partner = preview.sender.key
    if partner is None:
        return None
    with store.reading() as connection:
        series = series_of(connection, partner, preview.fingerprint)
        newest = newest_of_series(connection, series) if series is not None else None
        if newest is None:
            return None
        day = _day_of(connection, newest)
        came = before is not None and before.number < newest.number and before.sha256 != newest.sha256
        if came and answers.day is None and _day_of(connection, before) < day:
            return newest.number, day
    return (newest.number, day) if (day - _about(preview)).days > _OLDER else None


def _day_of(connection: Connection, row: Any) -> dt.date:
    """The latest day a delivery says anything about, as the pages show it."""
    return max(days_spoken_of(connection, row.number).get(row.number, ()), default=row.day)
