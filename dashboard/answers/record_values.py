"""All that is said about one record, as a list whose values each lead to their cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.answers.picture import Picture
from dashboard.answers.provenance import (
    Eyes,
    Origin,
    assigned_origin,
    counts_as_assigned,
    is_hidden,
    may_be_asked,
    origin_of,
)
from dashboard.answers.said import Sentence, said_behind
from etl.model.state import Known
from etl.rules.steps import line_title

#: What names a record, the first that is stated.
_NAMES = ("short_title", "title", "name", "short_name", "indicator", "contact_name", "programme", "text", "id")
#: Companions that only say how exact another field is.
_SILENT = ("start_precision", "end_precision")


@dataclass(frozen=True, slots=True)
class RecordValues:
    """``values`` are (field, origin without excerpt); ``about`` is the record this one belongs to, by its name;
    ``title`` is empty where only that one has a name (a value of an indicator).

    ``latest`` is the last statement about it. ``inferred``: none of the fields asked for is stated, so what is shown of
    them follows from the others and from who reported when. ``said`` stands beside the rating that rests on the values.
    """

    key: str
    kind: str
    title: str
    about: str | None
    values: tuple[tuple[str, Origin], ...]
    latest: Origin | None = None
    inferred: bool = False
    said: tuple[Sentence, ...] = ()


def record_values(picture: Picture, record: str, eyes: Eyes, names: Sequence[str] = ()) -> RecordValues | None:
    """What holds of a record, in the order it was stated; only ``names`` where some are given and stated.

    None where there is no such record, or nothing of it that this viewer may ask about.
    """
    known = picture.state.find(record)
    if known is None:
        return None
    told = [n for n in known.holds if n not in _SILENT and may_be_asked(picture, known, n, eyes) and _is_said(known, n)]
    given = {n: o for n in names if counts_as_assigned(picture, known, n) and (o := assigned_origin(picture, known, n))}
    found = [n for n in names if n in told or n in given]
    chosen = found or told
    if not chosen or is_hidden(picture, record, names, eyes):
        return None
    parent = picture.state.find(known.parent) if known.parent else None
    return RecordValues(
        key=record,
        kind=known.kind,
        title="" if parent and record_title(known) == known.key else record_title(known),
        about=record_title(parent) if parent else None,
        values=tuple(
            (n, given.get(n) or origin_of(picture, known, n, known.holds[n], eyes, whole=False)) for n in chosen
        ),
        latest=_latest(picture, known, told, eyes),
        inferred=bool(names) and not found,
        said=said_behind(picture, record, names),
    )


def _latest(picture: Picture, known: Known, names: Sequence[str], eyes: Eyes) -> Origin | None:
    said = known.said[-1]
    name = next((name for name in names if name in said.body.values), None)
    return origin_of(picture, known, name, said, eyes, whole=False) if name else None


def record_title(known: Known) -> str:
    """What people call a record."""
    if known.kind == "interface":
        return line_title(known.values) or known.key
    return next((str(known.values[n]) for n in _NAMES if known.values.get(n) not in (None, "", [])), known.key)


def _is_said(known: Known, name: str) -> bool:
    return known.values.get(name) not in (None, "", []) or name in known.holds[name].body.unread
