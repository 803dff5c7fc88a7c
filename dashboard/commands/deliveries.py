"""``import`` and ``undo``: deliveries from the command line."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.issues import DeliveryRefused, Issue
from etl.model.store import Store
from etl.pipeline import Preview, StaleComparison, accept_delivery, preview_delivery
from etl.pipeline.again import Again, kept_of, same_again
from etl.pipeline.folder import Correspondents, FoundFile, MailSender, correspondents_in, found_in, once
from etl.pipeline.memory import spare_the_collector
from etl.pipeline.report import Wording, again_as_json, delivery_as_json, issue_as_json
from etl.pipeline.same_thing import tell_same_elsewhere
from etl.pipeline.senders import certain_sender
from etl.wording import say
from etl.wording.issues import issue_wording

log = logging.getLogger("rundertisch")
#: Anything larger is no partner's list; read_workbook has finer limits.
READ_AT_MOST = 60_000_000


@dataclass
class Imported:
    """What became of the files: entries for ``--json``; ``bad`` when one was refused or has an error issue.

    ``set_aside``: what came along in mails and archives and is no list (pictures of a text, signatures, a file twice).
    """

    deliveries: list[dict[str, Any]] = field(default_factory=list)
    set_aside: list[dict[str, Any]] = field(default_factory=list)
    bad: bool = False

    def as_json(self) -> dict[str, Any]:
        beside = {"set_aside": self.set_aside} if self.set_aside else {}
        return {"deliveries": self.deliveries, **beside}


def import_files(
    store: Store,
    paths: Iterable[Path],
    *,
    partner: str | None,
    day: dt.date | None,
    preview_only: bool,
    clock: Callable[[], dt.datetime],
    language: str,
    withhold: Sequence[str] = (),
) -> Imported:
    """Import files and folders (their files by name), mails and archives (what is attached to them), one delivery and
    one transaction each. ``withhold``: parts that their sender wants left out."""
    result = Imported()
    spare_the_collector()
    doing = _Import(store, partner, day, preview_only, clock, language, withhold)
    for file in _found(paths):
        if file.issue is not None and file.issue.severity == "note":
            result.set_aside.append(_beside(file, language))
            continue
        entry, bad = doing.file(file)
        result.deliveries.append(entry)
        result.bad = result.bad or bad
    return result


def _found(paths: Iterable[Path]) -> Iterable[FoundFile]:
    """One after the other; of the same bytes twice in mails and archives, the second is told as such."""
    first: dict[str, str] = {}
    for path in _files(paths):
        try:
            found = found_in(path.name, _content(path))
        except DeliveryRefused as refusal:
            found = [FoundFile(path.name, path.name, issue=refusal.issue)]
        for file in found:
            yield file if file.file == path.name else once(file, first)


def _beside(file: FoundFile, language: str) -> dict[str, Any]:
    assert file.issue is not None, "set aside for a reason"
    told = issue_as_json(file.issue, issue_wording(language))
    return {"file": file.file, "mail": file.dropped, "code": told["code"], "message": told["message"]}


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
        else:
            yield path


@dataclass(slots=True)
class _Import:
    """What is asked of every file of one command."""

    store: Store
    partner: str | None
    day: dt.date | None
    preview_only: bool
    clock: Callable[[], dt.datetime]
    language: str
    withhold: Sequence[str]
    known: Correspondents | None = None

    def file(self, file: FoundFile) -> tuple[dict[str, Any], bool]:
        """The entry of one file, and whether it is bad."""
        try:
            if file.issue is not None:
                raise DeliveryRefused(file.issue)
            return self._taken(file)
        except DeliveryRefused as refusal:
            issue = refusal.issue
        except Exception:
            reference = uuid.uuid4().hex[:8]
            log.exception("delivery %s failed (reference %s)", file.file, reference)
            issue = Issue("delivery_failed", values={"reference": reference})
        return _refused(file, self.partner, issue, self.language), True

    def _taken(self, file: FoundFile) -> tuple[dict[str, Any], bool]:
        wording, now = issue_wording(self.language), self.clock()
        about = {"partner": self.partner, "day": self.day, "now": now, "received_at": file.received(now)}
        # a preview tells of other partners' lists too; a copy without parts has another hash
        asked_more = self.preview_only or self.withhold
        again = None if asked_more else same_again(self.store, file.content, **about)
        if again is not None:
            return _again(self.store, again, file.file, wording)
        find = certain_sender if file.mail is None else MailSender(file.mail, self._correspondents())
        preview = preview_delivery(
            self.store, file.content, file.file, withhold=self.withhold, find_sender=find, **about
        )
        if self.preview_only:
            tell_same_elsewhere(self.store, preview)
        number, outcome = (None, _previewed(preview)) if self.preview_only else self._accept(preview, file.carrier)
        bad = any(issue.severity == "error" for issue in preview.issues)
        return delivery_as_json(preview, number, outcome, wording), bad

    def _correspondents(self) -> Correspondents:
        if self.known is None:
            with self.store.reading() as connection:
                self.known = correspondents_in(connection)
        return self.known

    def _accept(self, preview: Preview, mail: str | None) -> tuple[int | None, str]:
        """Accept; where another process changed the store meanwhile, the new comparison is what counts here."""
        for _ in range(5):
            try:
                accepted = accept_delivery(self.store, preview, now=self.clock(), mail=mail)
                return accepted.number, accepted.outcome
            except StaleComparison as stale:
                preview = stale.preview
        raise RuntimeError("the store kept changing")


def _again(store: Store, again: Again, file: str, wording: Wording) -> tuple[dict[str, Any], bool]:
    """The very file that is known already."""
    kept = kept_of(store, again)
    bad = any(issue.severity == "error" for issue in kept.issues)
    return again_as_json(again, kept, file, wording), bad


def _previewed(preview: Preview) -> str:
    return "unchanged" if preview.outcome == "unchanged" else "preview"


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            content = handle.read(READ_AT_MOST + 1)
    except OSError as error:
        raise DeliveryRefused(Issue("file_not_found", found=path.name)) from error
    if len(content) > READ_AT_MOST:
        raise DeliveryRefused(Issue("file_too_large", found=path.name))
    return content


def _refused(file: FoundFile, partner: str | None, issue: Issue, language: str) -> dict[str, Any]:
    wording = issue_wording(language)
    told = issue_as_json(issue, wording)
    return {
        "file": file.file,
        "sha256": file.sha256 if file.content else None,
        "partner": partner,
        "outcome": "refused",
        "reason": told["message"],
        "sheets": [],
        "issues": [told],
        "changes": {},
    }


def told(entry: dict[str, Any], language: str) -> Iterable[tuple[str, bool]]:
    """A delivery in lines for people: (line, whether it belongs on stderr)."""
    outcome = say(language, f"command.outcome_{entry['outcome']}", number=entry.get("delivery") or "")
    yield f"{entry['file']}: {outcome}", entry["outcome"] == "refused"
    for sheet in entry["sheets"]:
        yield "  " + _ledger_line(sheet, language), False
    for kind, counts in entry["changes"].items():
        parts = ", ".join(f"{n} {say(language, f'command.change_{name}')}" for name, n in counts.items() if n)
        if parts:
            yield f"  {say(language, f'kind.{kind}')}: {parts}", False
    for issue in entry["issues"]:
        line = f"  {say(language, 'command.severity_' + issue['severity'])}: {issue['message']}"
        yield line + (f" {issue['proposal']}" if issue["proposal"] else ""), True


def _ledger_line(sheet: dict[str, Any], language: str) -> str:
    cells = sheet["cells"]
    return say(
        language,
        "command.ledger",
        sheet=sheet["name"],
        **{name: cells[name] for name in ("filled", "headings", "loaded", "kept", "withheld", "reported")},
        set_aside=sum(cells["set_aside"].values()),
    )
