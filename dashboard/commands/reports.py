"""``report`` and ``check``: papers out of the store, and whether what is kept is still what it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from dashboard.answers.contacts import Viewer
from dashboard.answers.held import Held, held_meetings
from dashboard.answers.minutes import minutes_of
from dashboard.answers.picture import picture
from dashboard.commands.exports import Ended
from dashboard.reports.interface_paper import Wanted, interface_docx, interface_pdf, interface_xlsx
from dashboard.reports.minutes import minutes_paper
from dashboard.reports.paper_docx import as_docx
from dashboard.reports.paper_pdf import as_pdf
from etl.model.bodies import bodies
from etl.model.meetings import plans
from etl.model.settings_rows import network
from etl.model.store import Store
from etl.pipeline.meeting.closing import Verified, verify_all
from etl.wording import formatted, say

_WRITERS = {".docx": as_docx, ".pdf": as_pdf}
#: File name endings a report of a meeting can have.
MINUTES_AS = frozenset(_WRITERS)
_INTERFACE_WRITERS = {".docx": interface_docx, ".pdf": interface_pdf, ".xlsx": interface_xlsx}
#: Those an interface paper can have.
INTERFACES_AS = frozenset(_INTERFACE_WRITERS)
_TOLD = 8


def write_minutes(
    store: Store, output: Path, day: dt.date | None, body: str | None, today: dt.date, language: str
) -> Ended:
    """Write the minutes of the meeting on ``day`` (None: the latest) of ``body`` (None: the only one that met)."""
    with store.reading() as connection:
        today = network(connection).day or today
    held = held_meetings(store, today)
    wanted = [one for one in held if one.day == (day or held[0].day)] if held else []
    if body:
        wanted = [one for one in (wanted if day else held) if body.casefold() in (one.body_name.casefold(), one.key)]
        wanted = wanted if day else wanted[:1]
    if len(wanted) != 1:
        return _not_one(held, wanted, day, body, language)
    minutes = minutes_of(store, wanted[0].key, today=today)
    assert minutes is not None, "a meeting that was held has minutes"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(_WRITERS[output.suffix.lower()](minutes_paper(minutes, language)))
    return "command.minutes_written", {"path": str(output), "title": wanted[0].title, "day": wanted[0].day}, True


def write_interfaces(
    store: Store, output: Path, day: dt.date | None, today: dt.date, language: str, *, contacts: bool
) -> Ended:
    """Write the interface paper of ``day`` (None: today), with every contact or without any."""
    with store.reading() as connection:
        settings = network(connection)
    shown = picture(store, day or settings.day or today)
    if not shown.facts.interfaces:
        return "command.interfaces_none", {}, False
    wanted = Wanted(shown, settings.name, Viewer("coordinator"), language, contacts)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(_INTERFACE_WRITERS[output.suffix.lower()](wanted))
    return "command.interfaces_written", {"path": str(output), "day": shown.facts.day}, True


def _not_one(held: tuple[Held, ...], wanted: list[Held], day: dt.date | None, body: str | None, language: str) -> Ended:
    """Which meetings there are, so that the next try finds one."""
    if not held:
        return "command.minutes_no_meeting", {}, False
    if wanted:
        return "command.minutes_several", {"day": wanted[0].day, "bodies": [one.body_name for one in wanted]}, False
    known = dict.fromkeys(f"{formatted(language, one.day, 'date')} ({one.body_name})" for one in held[:_TOLD])
    values: dict[str, Any] = {"meetings": list(known)}
    if day:
        return "command.minutes_not_on", values | {"day": day}, False
    return "command.minutes_not_of", values | {"body": body or ""}, False


def check_kept(store: Store, language: str) -> tuple[list[str], bool]:
    """A sentence for every meeting whose kept papers are not what was kept; one sentence where all are."""
    with store.reading() as connection:
        found, planned = verify_all(connection), plans(connection)
        of_body = {body.id: body.name for body in bodies(connection)}
    broken = []
    for one in found:
        plan = planned[one.closing.meeting]
        if not one.whole:
            broken.append(_broken(one, plan.day, of_body.get(plan.body, ""), language))
    return broken or [say(language, "command.check_whole", n=len(found))], not broken


def _broken(one: Verified, day: dt.date, body: str, language: str) -> str:
    values = {"body": body, "day": day}
    if one.differing:
        return say(language, "command.check_paper", papers=list(one.differing), n=len(one.differing), **values)
    return say(language, "command.check_list", **values)
