"""``mapping``: what people confirmed about partners' headings. As in ``users``: (wording key, values, whether done)."""

from __future__ import annotations

import datetime as dt
import getpass

from rapidfuzz import process

from dashboard.commands.users import Result
from etl.model.store import Store
from etl.pipeline.mappings import KEEP, ConfirmedMapping, MappingRefused, confirm_mapping, forget_mapping, list_mappings
from etl.vocabulary import load_vocabulary, normalise
from etl.wording import formatted, has, say

KEEP_WORDS = frozenset(("keep", "behalten", "aufbewahren"))


def confirm(
    store: Store,
    partner: str,
    heading: str,
    field: str,
    kind: str | None,
    by: str | None,
    now: dt.datetime,
    language: str,
) -> Result:
    """Remember what a heading means; ``field`` is a field's name, its label in ``language``, or ``keep``."""
    meant = _field_meant(field, kind, language)
    if meant is None:
        likeliest = process.extractOne(field, list(load_vocabulary().fields))
        return "command.mapping_field_unknown", {"found": field, "proposed": likeliest[0] if likeliest else ""}, False
    try:
        number = confirm_mapping(store, partner, heading, meant, by=by or _somebody(), when=now, kind=kind)
    except MappingRefused as refused:
        return refused.sentence, {"found": refused.found}, False
    key = "command.mapping_kept" if meant == KEEP else "command.mapping_confirmed"
    return key, {"number": number, "heading": heading, "field": meant, "partner": partner}, True


def _field_meant(text: str, kind: str | None, language: str) -> str | None:
    """The field a person typed, None where it is none or several."""
    fields = load_vocabulary().fields
    if text.strip().casefold() in KEEP_WORDS:
        return KEEP
    if text.strip() in fields:
        return text.strip()
    said = normalise(text)
    labelled = [name for name in fields if normalise(_label(name, language)) == said]
    labelled = [name for name in labelled if name.startswith(f"{kind}.")] if kind else labelled
    return labelled[0] if len(labelled) == 1 else None


def _label(field: str, language: str) -> str:
    key = f"field.{field}"
    return say(language, key) if has(language, key) else field


def _somebody() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def listed(
    store: Store, partner: str | None, known_on: dt.datetime | None, language: str
) -> tuple[list[str], Result | None]:
    """A line per mapping: number, partner, heading, field, kind of list, who and since when."""
    try:
        found = list_mappings(store, partner, known_on=known_on)
    except MappingRefused as refused:
        return [], (refused.sentence, {"found": refused.found}, False)
    return [_line(mapping, language) for mapping in found], None


def _line(mapping: ConfirmedMapping, language: str) -> str:
    field = mapping.field or say(language, "command.mapping_keep")
    since = formatted(language, mapping.known_from, "instant")
    kind = say(language, f"kind.{mapping.kind}") if mapping.kind else ""
    return "\t".join((str(mapping.number), mapping.partner, mapping.heading, field, kind, mapping.person, since))


def forget(store: Store, number: int, now: dt.datetime) -> Result:
    """End a mapping."""
    try:
        forget_mapping(store, number, when=now)
    except MappingRefused:
        return "command.mapping_unknown", {"number": number}, False
    return "command.mapping_forgotten", {"number": number}, True
