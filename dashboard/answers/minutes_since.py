"""What had changed since the body's meeting before, as the opening screen of a meeting told it: for its kept papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dashboard.answers.minutes_content import ChangeTold, SinceTold
from dashboard.answers.picture import Picture
from dashboard.answers.since import Compare, Since, since
from etl.model.store import Store
from etl.rules.facts import Facts
from etl.rules.meeting import Body
from etl.rules.since import Line


def since_told(store: Store, shown: Picture, earlier: dt.date, body: Body | None) -> SinceTold:
    """Partners that said nothing are a number, as on the screen."""
    compare = Compare(earlier, shown.facts.day, known_on=shown.facts.known_on)
    found = since(store, shown, compare, body, None)
    silent = found.count("partners_silent")
    lines = [line for section in found.sections.values() for line in section if line.section != "partners_silent"]
    return SinceTold(earlier, found.finding.sentences, tuple(_told(line, found) for line in lines), silent)


def _told(line: Line, found: Since) -> ChangeTold:
    before, after = (rating.code if rating else None for rating in (line.before, line.after))
    title = _title(line.kind, line.key, found.after) or _title(line.kind, line.key, found.before) or line.key
    cause = line.change.cause if line.change else None
    return ChangeTold(line.section, line.kind, title, cause, before, after, line.day)


def _title(kind: str, key: str, facts: Facts) -> str | None:
    groups: dict[str, Sequence[Any]] = {
        "goal": facts.goals,
        "measure": facts.measures,
        "funding": facts.fundings,
        "partner": facts.partners,
        "cooperation": facts.cooperations,
        "need": facts.needs,
        "idea": facts.ideas,
        "decision": facts.decisions,
        "agreement": facts.agreements,
        "meeting": facts.meetings,
        "field_of_action": facts.fields_of_action,
    }
    record = next((one for one in groups.get(kind, ()) if one.key == key), None)
    for name in ("short_title", "name", "title"):
        if record is not None and getattr(record, name, None):
            return str(getattr(record, name))
    return None
