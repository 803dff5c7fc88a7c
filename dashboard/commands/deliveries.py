"""``import`` and ``undo``: deliveries from the command line."""

from __future__ import annotations

import datetime as dt
import hashlib
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
from etl.pipeline.memory import spare_the_collector
from etl.pipeline.report import Wording, again_as_json, delivery_as_json, issue_as_json
from etl.pipeline.same_thing import tell_same_elsewhere
from etl.wording import say
from etl.wording.issues import issue_wording

log = logging.getLogger("rundertisch")
#: Anything larger is no partner's list; read_workbook has finer limits.
READ_AT_MOST = 60_000_000


@dataclass
class Imported:
    """What became of the files: entries for ``--json``; ``bad`` when one was refused or has an error issue."""

    deliveries: list[dict[str, Any]] = field(default_factory=list)
    bad: bool = False


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
    """Import files and folders (their files by name), one delivery and one transaction each. ``withhold``: parts that
    their sender wants left out."""
    result = Imported()
    spare_the_collector()
    for path in _files(paths):
        entry, bad = _import(store, path, partner, day, preview_only, clock, language, withhold)
        result.deliveries.append(entry)
        result.bad = result.bad or bad
    return result


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
        else:
            yield path


def _import(
    store: Store,
    path: Path,
    partner: str | None,
    day: dt.date | None,
    preview_only: bool,
    clock: Callable[[], dt.datetime],
    language: str,
    withhold: Sequence[str],
) -> tuple[dict[str, Any], bool]:
    wording = issue_wording(language)
    content = b""
    try:
        content = _content(path)
        # a preview tells of other partners' lists too; a copy without parts has another hash
        asked_more = preview_only or withhold
        again = None if asked_more else same_again(store, content, partner=partner, day=day, now=clock())
        if again is not None:
            return _again(store, again, path.name, wording)
        preview = preview_delivery(store, content, path.name, partner=partner, day=day, now=clock(), withhold=withhold)
        if preview_only:
            tell_same_elsewhere(store, preview)
        number, outcome = (None, _previewed(preview)) if preview_only else _accept(store, preview, clock)
    except DeliveryRefused as refusal:
        return _refused(path, content, partner, refusal.issue, language), True
    except Exception:
        reference = uuid.uuid4().hex[:8]
        log.exception("delivery %s failed (reference %s)", path.name, reference)
        issue = Issue("delivery_failed", values={"reference": reference})
        return _refused(path, content, partner, issue, language), True
    bad = any(issue.severity == "error" for issue in preview.issues)
    return delivery_as_json(preview, number, outcome, wording), bad


def _again(store: Store, again: Again, file: str, wording: Wording) -> tuple[dict[str, Any], bool]:
    """The very file that is known already."""
    kept = kept_of(store, again)
    bad = any(issue.severity == "error" for issue in kept.issues)
    return again_as_json(again, kept, file, wording), bad


def _previewed(preview: Preview) -> str:
    return "unchanged" if preview.outcome == "unchanged" else "preview"


def _accept(store: Store, preview: Preview, clock: Callable[[], dt.datetime]) -> tuple[int | None, str]:
    """Accept; where another process changed the store meanwhile, the new comparison is what counts here."""
    for _ in range(5):
        try:
            accepted = accept_delivery(store, preview, now=clock())
            return accepted.number, accepted.outcome
        except StaleComparison as stale:
            preview = stale.preview
    raise RuntimeError("the store kept changing")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            content = handle.read(READ_AT_MOST + 1)
    except OSError as error:
        raise DeliveryRefused(Issue("file_not_found", found=path.name)) from error
    if len(content) > READ_AT_MOST:
        raise DeliveryRefused(Issue("file_too_large", found=path.name))
    return content


def _refused(path: Path, content: bytes, partner: str | None, issue: Issue, language: str) -> dict[str, Any]:
    wording = issue_wording(language)
    told = issue_as_json(issue, wording)
    return {
        "file": path.name,
        "sha256": hashlib.sha256(content).hexdigest() if content else None,
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
