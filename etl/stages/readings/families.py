"""Puts the drafts of a row together: what belongs to what, what is a record of its own, what is stated when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from etl.stages.readings.amounts import read_amount
from etl.stages.readings.goals import goal_row
from etl.stages.readings.joining import add, join_sources, move_all, not_after, refer
from etl.stages.readings.records import Records
from etl.stages.readings.spans import span_of
from etl.stages.shapes import Draft, said_texts
from etl.vocabulary import normalise

_CONTACT_ONLY_CONTEXT = frozenset({"shared_with", "consent"})


def assemble(records: Records) -> list[Draft]:
    """All drafts in the order of the rows, each main record before those that belong to it."""
    build = _BUILDERS.get(records.kind, _plain)
    drafts: list[Draft] = []
    for index in range(len(records.lines)):
        build(records, index, drafts)
    return drafts


def _plain(records: Records, index: int, drafts: list[Draft]) -> None:
    drafts.append(records.own[index])


def _measure(records: Records, index: int, drafts: list[Draft]) -> None:
    draft = records.own[index]
    reported = draft.values.get("report_date")
    if isinstance(reported, str):
        draft.day = not_after(reported, "report_date_precision" in draft.values, records.day)
    place = add(drafts, draft, None)
    if "milestone" in draft.values:
        drafts.extend(_milestones(draft, place, records))


_DONE = re.compile(r"[✓✔☑]|\b(?:erledigt|done)\b\.?", re.IGNORECASE)
_LINE_DATE = re.compile(r"(?:bis )?(\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{1,2}/\d{4}|Q[1-4]/\d{4}|[^\W\d]{3,9}\.? \d{4})")


def _milestones(measure: Draft, parent: int, records: Records) -> Iterator[Draft]:
    """One for each line; ``date`` where the line names exactly one, ``done`` where it is ticked."""
    text = measure.values["milestone"]
    assert isinstance(text, str), "a milestone is text"
    for line in re.split(r"\s*[\n;]+\s*", text):
        plain = re.sub(r"^[-–*•]\s*", "", line).strip()
        if not plain:
            continue
        draft = Draft("milestone", measure.row, parent=parent)
        fields: dict[str, str | bool] = {"milestone": plain}
        dates = _LINE_DATE.findall(plain)
        span = span_of(dates[0], records.vocabulary) if len(dates) == 1 else None
        if span and span.end:
            fields["date"] = span.end.last.isoformat()
            if span.end.precision != "day":
                fields["date_precision"] = span.end.precision
        if _DONE.search(plain):
            fields["done"] = True
        for name, value in fields.items():
            draft.values[name] = value
            draft.cells[name] = list(measure.cells["milestone"])
            draft.said[name] = list(said_texts(measure, "milestone"))
        yield draft


_AMOUNT_BEHIND = re.compile(r"(.+?)\s*(?:\(([^()]*\d[^()]*)\)|:\s*(\d[\d.,\s]*(?:€|EUR|Euro)))")


def _funding(records: Records, index: int, drafts: list[Draft]) -> None:
    """An allocation for each measure named; its amount only where it stands beside the name."""
    draft = records.own[index]
    parent = add(drafts, draft, None)
    for name in draft.references.get("measure_ref", ()):
        part = Draft("allocation", draft.row, parent=parent)
        split = _AMOUNT_BEHIND.fullmatch(name)
        reading = read_amount(split[2] or split[3], vocabulary=records.vocabulary) if split else None
        fields = {"measure_ref": name}
        if split and reading and isinstance(reading.value, str) and not reading.problem:
            fields = {"measure_ref": split[1], "amount": reading.value}
        for field, value in fields.items():
            part.values[field] = value
            part.cells[field] = list(draft.cells["measure_ref"])
            part.said[field] = list(said_texts(draft, "measure_ref"))
        part.references["measure_ref"] = [fields["measure_ref"]]
        drafts.append(part)


def _partner(records: Records, index: int, drafts: list[Draft]) -> None:
    """A row without a name adds a contact to the partner above where names are a column, else to the sender."""
    partner, contact = records.own[index], records.of("contact")[index]
    _full_name(contact)
    place: int | None = None
    if "name" in partner.values:
        name = ("partner", normalise(str(partner.values["name"])))
        place = _one_of_several(records, records.known.get(name), partner, contact, drafts)
        if place is None:
            place = records.known[name] = add(drafts, partner, None)
    else:
        move_all(records, partner, contact)
        if "partner.name" in records.stated:
            place = next((at for at in range(len(drafts) - 1, -1, -1) if drafts[at].kind == "partner"), None)
            if place is not None:
                refer(contact, "partner", drafts[place], "name")
    if not contact.cells.keys() <= _CONTACT_ONLY_CONTEXT or contact.kept:
        add(drafts, contact, place)
    elif place is not None:
        move_all(records, contact, partner)


def _one_of_several(
    records: Records, place: int | None, partner: Draft, contact: Draft, drafts: list[Draft]
) -> int | None:
    """A partner that stands in several rows, one for each contact, is one; what differs belongs to the contact."""
    if place is None or not contact.cells:
        return None
    same = drafts[place]
    for name in [n for n in partner.values if same.values.get(n) == partner.values[n]]:
        join_sources(partner, same, name)
    move_all(records, partner, contact)
    return place


def _full_name(contact: Draft) -> None:
    if "contact_name" in contact.values:
        return
    parts = [n for n in ("contact_first_name", "contact_last_name") if n in contact.values]
    if parts:
        contact.values["contact_name"] = " ".join(str(contact.values[name]) for name in parts)
        contact.cells["contact_name"] = [cell for name in parts for cell in contact.cells[name]]
        contact.said["contact_name"] = [text for name in parts for text in said_texts(contact, name)]


_BUILDERS: Mapping[str, Callable[[Records, int, list[Draft]], None]] = {
    "measure": _measure,
    "funding": _funding,
    "partner": _partner,
    "goal": goal_row,
}
