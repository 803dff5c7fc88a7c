"""What the store knows of the records that a file may speak about: what they are called, and their values on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from etl.model.packing import Said
from etl.stages.match_records import Identity, identity_of


def identities(said: list[Said]) -> list[tuple[str, Identity]]:
    """What every record this file may speak about was last called."""
    values: dict[str, dict[str, object]] = defaultdict(dict)
    of: dict[str, Said] = {}
    for statement in said:
        values[statement.record].update(statement.body.values)
        of[statement.record] = statement
    past = _past_undated(values, of)
    return [(k, identity_of(of[k].kind, found, of[k].parent)) for k, found in values.items() if k not in past]


def _past_undated(values: dict[str, dict[str, object]], of: dict[str, Said]) -> set[str]:
    """Observations without a day of their own that are not the last one of their indicator: a list that says such a
    value again says it anew, and the series keeps both."""
    undated = [k for k, s in of.items() if s.kind == "observation" and not values[k].get("current_date")]
    order = sorted(undated, key=lambda k: (of[k].undone, of[k].day, of[k].known_from, of[k].id), reverse=True)
    last: dict[tuple[str | None, object], str] = {}
    for key in order:
        last.setdefault((of[key].parent, values[key].get("comparison_group")), key)
    return set(undated) - set(last.values())


def undated_of(said: list[Said], place: tuple[str, object], partner: str | None, day: dt.date) -> set[str]:
    """Observations of an indicator and group that a partner stated about ``day`` without giving them a day."""
    return {
        s.record
        for s in said
        if s.kind == "observation"
        and not s.undone
        and (s.parent, s.body.values.get("comparison_group")) == place
        and (s.partner, s.day) == (partner, day)
        and not s.body.values.get("current_date")
    }


def values_on(said: list[Said], days: Mapping[str, dt.date], sender: str | None) -> dict[str, dict[str, object]]:
    """Record -> its values on its day in ``days``, as they hold now.

    What a person entered (a correction) holds against every list about the same day. Where two partners state the
    network's own facts differently for one day, the sender's own statement counts: sending the same list again is no
    change.
    """
    entered = _entered_on(said)
    found: dict[str, dict[str, object]] = defaultdict(dict)
    own: dict[tuple[str, str], tuple[dt.date, object]] = {}
    held: dict[tuple[str, str], dt.date] = {}
    for statement in said:
        day = days.get(statement.record)
        if day is None or statement.day > day or statement.undone:
            continue
        values = statement.body.values
        if statement.entry is None and statement.record in entered:
            fixed = entered[statement.record]
            values = {name: value for name, value in values.items() if (name, statement.day) not in fixed}
        found[statement.record].update(values)
        if statement.owner is None:
            for name, value in values.items():
                held[statement.record, name] = statement.day
                if statement.partner == sender:
                    own[statement.record, name] = (statement.day, value)
    for (record, name), (day, value) in own.items():
        if held[record, name] == day:
            found[record][name] = value
    return found


def _entered_on(said: list[Said]) -> dict[str, set[tuple[str, dt.date]]]:
    """Record -> the fields a person stated for a day, which no list about that day changes (``fold``)."""
    found: dict[str, set[tuple[str, dt.date]]] = defaultdict(set)
    for statement in said:
        if statement.entry is not None and not statement.undone and not statement.body.confirms:
            found[statement.record].update((name, statement.day) for name in statement.body.values)
    return found
