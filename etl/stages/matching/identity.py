"""What a record is recognised by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.stages.references.spelling import bare


@dataclass(frozen=True, slots=True)
class Identity:
    """What a record is recognised by: ``own_id`` as written, ``name`` normalised, ``section`` normalised, its
    parent's key. ``title`` is the name as written, ``values`` all there is to compare.
    """

    kind: str
    own_id: str
    name: str
    section: str = ""
    parent: str | None = None
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False, compare=False)


def identity_of(kind: str, values: Mapping[str, object], parent: str | None = None) -> Identity:
    """The identity that a record's values give it."""
    own_id = str(values.get("id", "")).strip()
    title = _name(kind, values)
    return Identity(kind, own_id, bare(title), bare(str(values.get("field_of_action", ""))), parent, title, values)


def _name(kind: str, values: Mapping[str, object]) -> str:
    def text(*names: str) -> str:
        return next((str(values[n]) for n in names if values.get(n)), "")

    if kind == "indicator":
        return text("indicator")
    if kind == "observation":  # without a day of its own it is known by what it says: another value is another one
        known_by = text("current_date") or str(values.get("current_value", ""))
        return f"{known_by} {text('comparison_group')}".strip()
    if kind == "partner":
        return text("name")
    if kind == "contact":
        return text("contact_name", "email", "function", "contact_last_name", "phone") or "vacant"
    if kind == "cooperation":
        return text("title") or f"{text('partner_a')} {text('partner_b')}".strip()
    if kind == "funding":
        return (
            f"{text('title', 'programme', 'funder')} {text('recipient')} {text('start')}"
            if not values.get("id")
            else text("title", "programme", "funder")
        )
    if kind == "allocation":
        return text("measure_ref")
    if kind == "milestone":
        return text("milestone")
    if kind == "interface":  # what an organisation does at a step, also where its role there becomes another one
        return f"{text('step')} {text('organisation', 'responsible')}".strip()
    if kind == "meeting":
        return f"{text('date')} {text('body')}".strip()
    return text("title", "text")
