"""For each partner a mail „das haben wir verstanden“, ready to be sent: its files as we read them, marked workbooks
attached.

It goes to the contact the partner has named, never to the address a mail came from: that can be forged, and the
workbook with it would be gone.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.issues import DeliveryRefused, Issue, places_to_clarify
from etl.model.accounts import list_users
from etl.model.deliveries import days_spoken_of, find_delivery
from etl.model.judgements import root_of
from etl.model.reminders import unreachable_contacts
from etl.model.settings_rows import network
from etl.model.store import Store
from etl.pipeline.give_back import HandedOut, NoSuchDelivery, marked_delivery
from etl.pipeline.mail import MailFile, mail_draft
from etl.rules.facts import Facts
from etl.rules.reminders import addressees
from etl.wording import formatted, say

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHANGES = ("new", "changed", "unchanged")
#: No part of a file's name, on any system.
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', " "))


@dataclass(frozen=True, slots=True)
class Reply:
    """A mail to be: to the ``partner`` (its key), about these deliveries; ``address`` is "" where it has no contact."""

    partner: str
    name: str
    address: str
    contact: str
    language: str
    deliveries: tuple[int, ...]

    @property
    def file(self) -> str:
        """The name of the mail as a file."""
        return f"{' '.join(self.name.translate(_NOT_IN_NAMES).split())[:100]}.eml"


def replies(store: Store, numbers: Iterable[int], facts: Facts) -> tuple[Reply, ...]:
    """One for each partner that sent one of these deliveries, in the order of their names; those taken back apart."""
    by_partner: dict[str, list[int]] = defaultdict(list)
    with store.reading() as connection:
        for number in sorted(set(numbers)):
            row = find_delivery(connection, number)
            if row is not None and row.undone_at is None:
                by_partner[root_of(connection, row.partner)].append(number)
        unreachable = unreachable_contacts(connection)
        languages = {user.partner: user.language for user in reversed(list_users(connection)) if user.role == "partner"}
    found = []
    for partner, sent in by_partner.items():
        known = facts.partner_by_key.get(partner)
        to = next(iter(addressees(facts, [partner], unreachable)), None)
        found.append(
            Reply(
                partner,
                known.name if known else partner,
                to.address if to else "",
                to.name if to else "",
                languages.get(partner, "de"),
                tuple(sent),
            )
        )
    return tuple(sorted(found, key=lambda reply: reply.name.casefold()))


def reply_mail(store: Store, reply: Reply, *, person: str) -> bytes:
    """The mail as a draft file (eml); ``person`` signs it."""
    language = reply.language
    with store.reading() as connection:
        name = network(connection).name
        rows = [find_delivery(connection, number) for number in reply.deliveries]
        spoken = [days_spoken_of(connection, number).get(number, ()) for number in reply.deliveries]
        days = [_day(row, days) for row, days in zip(rows, spoken, strict=True)]
    told = [_told(store, row, day, language) for row, day in zip(rows, days, strict=True)]
    n = len(told)
    hello = say(language, "understood.hello_name" if reply.contact else "understood.hello", name=reply.contact)
    closing = [say(language, "understood.closing"), f"{say(language, 'understood.greeting')}\n{person}\n{name}"]
    text = "\n\n".join([hello, say(language, "understood.intro", n=n), *(text for text, _ in told), *closing])
    files = [MailFile(handed.file, handed.content, _XLSX) for _, handed in told if handed is not None]
    subject = say(language, "understood.subject", n=n, network=name)
    return mail_draft(reply.address, subject, f"{text}\n".replace("\u00a0", " "), _named_apart(files))


def all_mails(store: Store, found: Sequence[Reply], *, person: str) -> bytes:
    """All of them in one archive (zip)."""
    out = io.BytesIO()
    mails = [MailFile(reply.file, reply_mail(store, reply, person=person), "message/rfc822") for reply in found]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for mail in _named_apart(mails):
            archive.writestr(mail.name, mail.content)
    return out.getvalue()


def _told(store: Store, row: Any, day: dt.date, language: str) -> tuple[str, HandedOut | None]:
    """What is said about one delivery, and its workbook with marks."""
    try:
        handed = marked_delivery(store, row.number, language=language)
    except (DeliveryRefused, NoSuchDelivery):
        handed = None
    places = places_to_clarify(_issues(row))
    lines = [
        say(language, "understood.file", file=row.file, day=day),
        say(language, "understood.records", records=_records(row.changes, language)),
        say(language, "understood.places", n=places),
    ]
    if handed is None:
        lines.append(say(language, "understood.without_file"))
    elif handed.sentence:
        lines.append(handed.sentence)
    return "\n".join(lines), handed


def _day(row: Any, spoken_of: Iterable[dt.date]) -> dt.date:
    """The latest day the list says anything about, as every page shows it; the day it came in only where it has no
    rows."""
    return max(spoken_of, default=row.day)


def _issues(row: Any) -> list[Issue]:
    return [Issue.from_data(data) for data in row.issues]


def _records(changes: Mapping[str, Mapping[str, int]], language: str) -> str:
    """„12 Maßnahmen (3 neu, 9 unverändert) und 2 Ziele (2 neu)“."""
    told = []
    for kind, counts in changes.items():
        n = sum(counts.get(change, 0) for change in _CHANGES)
        if n:
            parts = [say(language, f"deliveries.change.{c}", n=counts[c]) for c in _CHANGES if counts.get(c)]
            told.append(f"{say(language, f'kind_count.{kind}', n=n)} ({', '.join(parts)})")
    return formatted(language, told, "list") if told else say(language, "understood.nothing")


def _named_apart(files: Sequence[MailFile]) -> list[MailFile]:
    """No two of one name."""
    taken: set[str] = set()
    found = []
    for file in files:
        name, number = file.name, 2
        stem, dot, ending = file.name.rpartition(".")
        while name.casefold() in taken:
            name, number = f"{stem} ({number}){dot}{ending}", number + 1
        taken.add(name.casefold())
        found.append(MailFile(name, file.content, file.kind))
    return found
